import type { Concept } from './concepts.ts';

export type FeedColumn = {
  name: string;
  /** Meanings that fill this column, the best first. */
  from: readonly Concept[];
  /** Names that mean this column in this feed alone. */
  names?: readonly string[];
};

/** A kind of file that accountants send: what it needs, and what its columns become. */
export type UploadFeed = {
  name: string;
  title: string;
  columns: readonly FeedColumn[];
  /** Each group needs one of its alternatives, each alternative all of its columns. */
  required: readonly (readonly (readonly string[])[])[];
  /** Columns that hardly any other kind of file has. */
  telling: readonly string[];
  /** Words in a title, a sheet's name or the file's name. */
  words: RegExp;
};

const ACCOUNT: readonly FeedColumn[] = [
  { name: 'account_code', from: ['account_code'] },
  { name: 'account_name', from: ['account_name'] },
  { name: 'account_kind', from: ['account_kind'] },
];

/** Where every row is an account, its description is its name. */
const ACCOUNT_ROWS: readonly FeedColumn[] = [
  { name: 'account_code', from: ['account_code'] },
  { name: 'account_name', from: ['account_name', 'text', 'counterparty'] },
  { name: 'account_kind', from: ['account_kind', 'category'] },
];

export const UPLOAD_FEEDS: readonly UploadFeed[] = [
  {
    name: 'ledger_entries',
    title: 'ledger entries',
    columns: [
      { name: 'entry_date', from: ['date', 'invoice_date', 'payment_date'] },
      ...ACCOUNT,
      { name: 'debit', from: ['debit'] },
      { name: 'credit', from: ['credit'] },
      { name: 'amount', from: ['amount', 'gross_amount', 'net_amount'] },
      { name: 'direction', from: ['direction'] },
      { name: 'balance', from: ['balance'] },
      { name: 'contra_account', from: ['contra_account'] },
      { name: 'journal_id', from: ['journal_id'] },
      { name: 'document_no', from: ['document_no', 'invoice_no'] },
      { name: 'text', from: ['text'] },
      { name: 'counterparty', from: ['counterparty', 'supplier'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'category', from: ['category'] },
      { name: 'tax_code', from: ['tax_code'] },
      { name: 'tax_amount', from: ['tax_amount'] },
      { name: 'currency', from: ['currency'] },
      { name: 'exchange_rate', from: ['exchange_rate'] },
    ],
    required: [[['entry_date']], [['account_code'], ['account_name']], [['debit', 'credit'], ['amount']]],
    telling: ['account_code', 'debit', 'credit', 'journal_id', 'contra_account'],
    words:
      /general ledger|journal|ledger|transactions|hauptbuch|buchungsstapel|buchungen|grand livre|ecritures|libro (mayor|diario)|grootboek|razao|giornale|mastro/,
  },
  {
    name: 'trial_balance',
    title: 'a trial balance',
    columns: [
      ...ACCOUNT_ROWS,
      { name: 'debit', from: ['debit'] },
      { name: 'credit', from: ['credit'] },
      { name: 'balance', from: ['balance', 'amount'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [
      [['account_code'], ['account_name']],
      [['debit', 'credit'], ['balance']],
    ],
    telling: ['debit', 'credit'],
    words:
      /trial balance|summen und saldenliste|susa|balance (generale|des comptes)|balance de (comprobacion|sumas y saldos)|proef(en)?balans|saldibalans|balancete|bilancio di verifica/,
  },
  {
    name: 'bank_statement',
    title: 'a bank statement',
    columns: [
      { name: 'entry_date', from: ['date', 'value_date'] },
      { name: 'value_date', from: ['value_date'] },
      { name: 'text', from: ['text', 'category'] },
      { name: 'counterparty', from: ['counterparty', 'supplier'] },
      { name: 'counterparty_account', from: ['counter_iban'] },
      { name: 'amount', from: ['amount'] },
      { name: 'debit', from: ['debit'] },
      { name: 'credit', from: ['credit'] },
      { name: 'direction', from: ['direction'] },
      { name: 'balance', from: ['balance'] },
      { name: 'document_no', from: ['document_no'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [[['entry_date']], [['amount'], ['debit', 'credit']], [['text'], ['counterparty']]],
    telling: ['balance', 'value_date', 'counterparty_account', 'direction'],
    words:
      /bank|kontoauszug|umsatze|releve|extracto|afschrift|extrato|estratto conto|statement of account|account statement/,
  },
  {
    name: 'expenses',
    title: 'expenses',
    columns: [
      { name: 'entry_date', from: ['date', 'payment_date', 'invoice_date'] },
      { name: 'paid_by', from: ['paid_by'] },
      { name: 'text', from: ['text'] },
      { name: 'counterparty', from: ['counterparty', 'supplier'] },
      { name: 'category', from: ['category'] },
      { name: 'amount', from: ['amount', 'expense', 'gross_amount', 'unit_price'] },
      { name: 'net_amount', from: ['net_amount'] },
      { name: 'tax_amount', from: ['tax_amount'] },
      { name: 'tax_rate', from: ['tax_rate'] },
      { name: 'payment_method', from: ['payment_method'] },
      { name: 'account_code', from: ['account_code'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'document_no', from: ['document_no', 'invoice_no'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [[['amount']], [['text'], ['category'], ['counterparty']]],
    telling: ['paid_by', 'payment_method', 'category'],
    words:
      /expense|spesen|auslagen|reisekosten|frais|note de frais|gastos|onkosten|declaratie|despesas|spese|claim/,
  },
  {
    name: 'supplier_invoices',
    title: 'supplier invoices or payments',
    columns: [
      { name: 'entry_date', from: ['payment_date', 'invoice_date', 'date'] },
      { name: 'invoice_date', from: ['invoice_date'] },
      { name: 'due_date', from: ['due_date'] },
      { name: 'supplier', from: ['supplier', 'counterparty'] },
      { name: 'supplier_id', from: ['supplier_id'] },
      { name: 'document_no', from: ['invoice_no', 'document_no', 'journal_id'] },
      { name: 'amount', from: ['amount', 'gross_amount'] },
      { name: 'net_amount', from: ['net_amount'] },
      { name: 'tax_amount', from: ['tax_amount'] },
      { name: 'tax_rate', from: ['tax_rate'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'category', from: ['category'] },
      { name: 'text', from: ['text'] },
      { name: 'account_code', from: ['account_code'] },
      { name: 'account_name', from: ['account_name'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [
      [['entry_date'], ['invoice_date']],
      [['supplier'], ['supplier_id']],
      [['amount'], ['net_amount']],
    ],
    telling: ['supplier', 'supplier_id', 'due_date', 'invoice_date'],
    words:
      /supplier|vendor|invoice|spend(ing)? (over|data)|payments? (over|to)|creditor|lieferant|eingangsrechnung|kreditor|fournisseur|factures?|proveedor|facturas|leverancier|inkoopfacturen|fornecedor|fornitor/,
  },
  {
    name: 'budgets',
    title: 'a budget',
    columns: [
      { name: 'month', from: ['month', 'date'] },
      { name: 'account_code', from: ['account_code'] },
      { name: 'account_name', from: ['account_name', 'text', 'counterparty'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'category', from: ['category', 'account_kind'] },
      { name: 'amount', from: ['budget_amount', 'amount'] },
      { name: 'revenue', from: ['revenue'] },
      { name: 'expense', from: ['expense'] },
      { name: 'measure', from: ['measure'] },
      { name: 'scenario', from: ['scenario'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [
      [['month']],
      [['amount'], ['revenue'], ['expense']],
      [['account_code'], ['account_name'], ['branch_id'], ['category'], ['measure']],
    ],
    telling: ['month', 'scenario', 'measure'],
    words: /budget|forecast|plan(ung)?\b|haushalt|prevision|presupuesto|begroting|orcamento|preventivo/,
  },
  {
    name: 'price_list',
    title: 'a price list',
    columns: [
      { name: 'product_id', from: ['product_id'] },
      { name: 'product_name', from: ['product_name', 'text'] },
      { name: 'unit_price', from: ['unit_price'] },
      { name: 'unit_cost', from: ['unit_cost'] },
      { name: 'unit', from: ['unit'] },
      { name: 'category', from: ['category'] },
      { name: 'valid_from', from: ['valid_from', 'date'] },
      { name: 'tax_rate', from: ['tax_rate'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [[['product_id'], ['product_name']], [['unit_price']]],
    telling: ['unit_price', 'unit_cost', 'valid_from'],
    words:
      /price ?list|prices|preisliste|preise|tarif|liste de prix|lista de precios|prijslijst|tabela de precos|listino/,
  },
  {
    name: 'stock_counts',
    title: 'a stock count',
    columns: [
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'product_id', from: ['product_id'] },
      { name: 'product_name', from: ['product_name', 'text'] },
      { name: 'counted_on', from: ['counted_on', 'date'] },
      { name: 'quantity', from: ['quantity'] },
      { name: 'unit', from: ['unit'] },
      { name: 'unit_cost', from: ['unit_cost'] },
      { name: 'category', from: ['category'] },
    ],
    required: [[['product_id'], ['product_name']], [['quantity']]],
    telling: ['quantity', 'counted_on'],
    words:
      /stock|inventory|inventur|bestand|inventaire|inventario|existencias|voorraad|telling|estoque|giacenz/,
  },
  {
    name: 'branch_takings',
    title: 'branch takings',
    columns: [
      { name: 'entry_date', from: ['date', 'month'] },
      { name: 'branch_id', from: ['branch_id'] },
      { name: 'amount', from: ['takings', 'revenue', 'gross_amount', 'amount'] },
      { name: 'net_amount', from: ['net_amount'] },
      { name: 'tax_amount', from: ['tax_amount'] },
      { name: 'cash', from: ['cash'] },
      { name: 'card', from: ['card_takings'] },
      { name: 'transactions', from: ['transactions'] },
      { name: 'currency', from: ['currency'] },
    ],
    required: [[['entry_date']], [['branch_id']], [['amount'], ['cash', 'card']]],
    telling: ['cash', 'card', 'transactions'],
    words:
      /takings|till|tageseinnahmen|kasse|recettes?|caisse|caja|kassa|caixa|incassi|corrispettivi|z report|daily sales/,
  },
];

export function uploadFeed(name: string): UploadFeed | undefined {
  return UPLOAD_FEEDS.find((feed) => feed.name === name);
}

export function knownFeeds(): string[] {
  return UPLOAD_FEEDS.map(({ name }) => name);
}
