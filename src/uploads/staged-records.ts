import { createHash } from 'node:crypto';
import { startOfMonth } from '../domain/day.ts';
import { add, type Decimal, decimal, negate, toShortText, tryDecimal, ZERO } from '../domain/decimal.ts';
import { accountKindOf } from './account-kind.ts';
import { titleDay } from './ask-about.ts';
import { normalizeHeader } from './normalize-header.ts';
import type { ReadRow } from './read-table.ts';
import type { StagedFeed } from './staged-feeds.ts';
import type { ReadOptions } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';

const ID_BYTES = 120;

/** What makes a budget figure the same figure in the next file. */
export function budgetId(row: Fields, account = row['account_code'] || row['account_name']): string {
  const parts = [row['scenario'], row['month'], account, row['branch_id'], row['category'], row['measure']];
  const id = parts.map((part) => part ?? '').join('|');
  if (Buffer.byteLength(id) <= ID_BYTES) return id;
  return `${row['scenario']}|${row['month']}|${createHash('sha256').update(id).digest('hex')}`;
}

/** A row of a staged file, by column. */
export type Fields = Record<string, string>;

/** What one row of a table becomes: none when it holds no amount, several where it stands for several. */
export function recordsOf(
  feed: StagedFeed,
  table: UploadTable,
  row: ReadRow,
  id: string,
  options: ReadOptions,
  notes: Set<string>,
): Fields[] {
  const values: Fields = {};
  for (const { column, mapped } of table.columns) {
    const value = row.values[column];
    if (mapped && value !== undefined) values[mapped.to] = value;
  }
  switch (feed) {
    case 'budgets':
      return budgetRecords(table, row, values, options, notes);
    case 'stock_counts':
      return [stockRecord(table, values, options)];
    case 'price_lists':
      return [priceRecord(table, values, id, options)];
    case 'branch_takings':
      return takingsRecords(table, row, { ...branchSaid(options), ...values }, id);
    case 'expenses':
      return [expenseRecord(table, values, id, options)];
    case 'supplier_invoices':
      return [invoiceRecord(values, id)];
    case 'account_balances':
      return [balanceRecord(table, row, values, id, options, notes)];
    case 'bank_transactions':
      return [bankRecord(table, row, values, id, options)];
    case 'ledger_entries':
      return ledgerRecords(table, row, values, id, options, notes);
  }
}

function budgetRecords(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  { answers, known }: ReadOptions,
  notes: Set<string>,
): Fields[] {
  const base = { ...values, scenario: scenarioOf(values['scenario']) };
  const measure =
    measureOf(values['measure']) ??
    measureOfTable(table) ??
    measureOfAccount(values['account_code'], known) ??
    measureOf(answers?.['measure']) ??
    '';
  const { crosstab } = table.table;
  if (crosstab.length > 0)
    return crosstab.flatMap(({ column, period, scenario }) => {
      const amount = row.values[column];
      if (scenario === 'actual' || scenario === 'difference') {
        notes.add(
          'Columns of actual figures and of differences were left out: a budget holds what is planned.',
        );
        return [];
      }
      if (period.grain === 'quarter' || period.grain === 'year')
        notes.add(`The figure of a whole ${period.grain} is kept in its first month.`);
      const month = period.start.replace(/^--(\d\d)$/, `${answers?.[`year:${table.keys.year}`] ?? ''}-$1-01`);
      const planned = scenario ?? base.scenario;
      return amount === undefined ? [] : [{ ...base, scenario: planned, month, measure, amount }];
    });
  const month = values['month'] ? startOfMonth(values['month']) : '';
  const own = (['revenue', 'expense'] as const).flatMap((kind) => {
    const amount = values[kind];
    return amount === undefined ? [] : [{ ...base, month, measure: kind, amount }];
  });
  if (own.length > 0) return own;
  return [{ ...base, month, measure }];
}

function scenarioOf(text: string | undefined): string {
  return /forecast|prognose|prevision/i.test(text ?? '') ? 'forecast' : 'budget';
}

/** What the books say of an account: income is revenue. */
export function measureOfAccount(
  code: string | undefined,
  known: ReadOptions['known'],
): 'revenue' | 'expense' | undefined {
  const kind = known?.accounts.find((account) => account.code === code)?.kind;
  return kind === 'income' ? 'revenue' : kind === 'expense' ? 'expense' : undefined;
}

/** A sheet called 'Expenses' says what its amounts are. */
export function measureOfTable({ sheet, table }: UploadTable): string | undefined {
  return measureOf(sheet.name) ?? measureOf(table.titles.join(' '));
}

function measureOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/rev|income|sales|erl|umsatz|recette|ingres|ricav|omzet|receita/i.test(text)) return 'revenue';
  return /exp|cost|aufw|kost|charge|d[eé]pens|gast|spes|cost|uitg|despes/i.test(text) ? 'expense' : undefined;
}

function stockRecord(table: UploadTable, values: Fields, { answers }: ReadOptions): Fields {
  const product = values['product_id'] ?? values['product_name'] ?? '';
  const counted = values['counted_on']?.slice(0, 10) ?? dayOf(table, answers) ?? '';
  return {
    ...values,
    product_id: product,
    counted_on: counted,
    branch_id: values['branch_id'] ?? answers?.['branch'] ?? '',
  };
}

function dayOf(table: UploadTable, answers: ReadOptions['answers']): string | undefined {
  return answers?.[`day:${table.keys.own}`] ?? titleDay(table.table.titles)?.days[0]?.slice(0, 10);
}

function priceRecord(table: UploadTable, values: Fields, id: string, { answers }: ReadOptions): Fields {
  return { ...values, price_id: id, valid_from: day(values['valid_from']) || (dayOf(table, answers) ?? '') };
}

/** Of a file that is about one branch. */
function branchSaid({ answers }: ReadOptions): Fields {
  const branch = answers?.['branch'];
  return branch === undefined ? {} : { branch_id: branch };
}

/** One for each day where days stand across, and for each branch where branches do. */
function takingsRecords(table: UploadTable, row: ReadRow, values: Fields, id: string): Fields[] {
  const { crosstab, branches } = table.table;
  if (branches.length > 0)
    return branches.flatMap(({ column, branch }) => {
      const amount = row.values[column];
      const own = { ...values, branch_id: branch };
      return amount === undefined ? [] : [takingsRecord({ ...own, amount }, `${id}-${column}`)];
    });
  if (crosstab.length === 0) return [takingsRecord(values, id)];
  return crosstab.flatMap(({ column, period }) => {
    const amount = row.values[column];
    const own = { ...values, entry_date: period.start };
    return amount === undefined ? [] : [takingsRecord({ ...own, amount }, `${id}-${column}`)];
  });
}

function takingsRecord(values: Fields, id: string): Fields {
  const { cash, card } = values;
  return {
    ...values,
    takings_id: id,
    takings_date: day(values['entry_date']),
    cash_amount: cash ?? '',
    card_amount: card ?? '',
    amount: values['amount'] ?? sumText(cash, card),
  };
}

function expenseRecord(table: UploadTable, values: Fields, id: string, { answers }: ReadOptions): Fields {
  return {
    ...values,
    expense_id: id,
    expense_date: day(values['entry_date']) || (dayOf(table, answers) ?? ''),
    supplier: values['counterparty'] ?? '',
    amount: flipped(table, values['amount'] ?? sumText(values['net_amount'], values['tax_amount']), answers),
  };
}

function invoiceRecord(values: Fields, id: string): Fields {
  const paid = day(values['entry_date']);
  const issued = day(values['invoice_date']);
  return {
    ...values,
    invoice_id: id,
    invoice_date: issued || paid,
    due_date: day(values['due_date']),
    paid_on: issued && paid !== issued ? paid : '',
    account_code: (values['account_code'] ?? '').slice(0, 32),
    amount: values['amount'] ?? sumText(values['net_amount'], values['tax_amount']),
  };
}

function balanceRecord(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  id: string,
  { answers }: ReadOptions,
  notes: Set<string>,
): Fields {
  const closing = closingBalance(table, row, values);
  if (closing)
    notes.add('The balances are those at the end; what moved in the period is not loaded beside them.');
  const both = !closing && (values['debit'] !== undefined || values['credit'] !== undefined);
  return {
    ...values,
    ...accountOf(values, notes),
    balance_id: id,
    balance_date: (dayOf(table, answers) ?? '').slice(0, 10),
    ...(both
      ? { debit: values['debit'] ?? '', credit: values['credit'] ?? '' }
      : sides(closing ?? signedAmount(table, row, values, answers))),
  };
}

const OPENING =
  /\b(opening|brought forward|b f|bf|eb wert|ebwert|anfangsbestand|anfangssaldo|vortrag|saldovortrag|initial|ouverture|a nouveau|apertura|inicial|begin(saldo|balans)?|iniziale)\b/;

/** Where a balance at the start stands beside debits and credits, those are movements, and the balance is what it came to. */
function closingBalance({ columns }: UploadTable, row: ReadRow, values: Fields): Decimal | undefined {
  const balance = tryDecimal(values['balance'] ?? '');
  const hasOpening = columns.some(
    ({ header, mapped }) => !mapped && header !== null && OPENING.test(normalizeHeader(header)),
  );
  if (!balance || !hasOpening) return undefined;
  const column = columns.find(({ mapped }) => mapped?.to === 'balance')?.column ?? -1;
  const side = row.sides.get(column);
  const size = balance.units < 0n ? negate(balance) : balance;
  return side === undefined ? balance : side === 'debit' ? size : negate(size);
}

function bankRecord(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  id: string,
  { answers }: ReadOptions,
): Fields {
  return {
    ...values,
    transaction_id: id,
    transaction_date: day(values['entry_date'] ?? values['value_date']),
    value_date: day(values['value_date']),
    amount: toShortText(negate(signedAmount(table, row, values, answers))),
  };
}

/** A day from a day, a time or a month. */
function day(text: string | undefined): string {
  if (text === undefined) return '';
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text.slice(0, 10);
}

function sumText(...texts: (string | undefined)[]): string {
  const given = texts.filter((text) => text !== undefined);
  return given.length === 0
    ? ''
    : toShortText(given.reduce((total, text) => add(total, decimal(text)), ZERO));
}

function flipped(table: UploadTable, text: string, answers: ReadOptions['answers']): string {
  const value = answers?.[`sign:${table.keys.key}`] === 'reversed' ? tryDecimal(text) : undefined;
  return value ? toShortText(negate(value)) : text;
}

/** A ledger line; where the row names the other account too, a second line that balances it. */
function ledgerRecords(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  id: string,
  { answers }: ReadOptions,
  notes: Set<string>,
): Fields[] {
  const account = accountOf(values, notes);
  const amount = signedAmount(table, row, values, answers);
  const base: Fields = {
    ...values,
    ...account,
    entry_id: id,
    journal_id: values['journal_id'] ?? values['document_no'] ?? id,
    entry_date: (values['entry_date'] ?? dayOf(table, answers) ?? '').slice(0, 10),
    counterparty: values['counterparty'] ?? values['supplier'] ?? values['paid_by'] ?? '',
    text: values['text'] ?? values['category'] ?? '',
    tax_amount: values['tax_amount'] ?? '',
  };
  const counter = values['contra_account'];
  const line = { ...base, ...sides(amount) };
  if (counter === undefined) return amount.units === 0n ? [] : [line];
  const other = {
    ...base,
    entry_id: `${id}-c`,
    account_code: counter.slice(0, 32),
    account_name: '',
    account_kind: '',
    tax_amount: '',
    tax_code: '',
    ...sides(negate(amount)),
  };
  return amount.units === 0n ? [] : [line, other];
}

/** '1-1110 BNZ Cheque Account' is a code and a name; an account with a name alone is known by it. */
function accountOf(values: Fields, notes: Set<string>): Fields {
  const kind = { account_kind: accountKindOf(values['account_kind']) ?? '' };
  const name = values['account_name'] ?? '';
  if (values['account_code'])
    return { ...kind, account_code: values['account_code'].slice(0, 32), account_name: name };
  const split = /^(\d[\d.\-/]*)[\s:–-]+(\p{L}.*)$/u.exec(name);
  if (split) return { ...kind, account_code: (split[1] ?? '').slice(0, 32), account_name: split[2] ?? '' };
  if (name !== '') notes.add('Accounts have names and no numbers; the names were taken as their codes.');
  return { ...kind, account_code: name.slice(0, 32), account_name: name };
}

/** Debit less credit of the account; a bank's own plus is what comes in, so it counts as a credit. */
function signedAmount(
  table: UploadTable,
  row: ReadRow,
  values: Fields,
  answers: ReadOptions['answers'],
): Decimal {
  const amount = statedAmount(table, row, values);
  return answers?.[`sign:${table.keys.key}`] === 'reversed' ? negate(amount) : amount;
}

function statedAmount(table: UploadTable, row: ReadRow, values: Fields): Decimal {
  const { debit, credit } = values;
  if (debit !== undefined || credit !== undefined) {
    const absolute = (text: string | undefined) => {
      const value = text === undefined ? ZERO : decimal(text);
      return table.feed?.name === 'bank_statement' && value.units < 0n ? negate(value) : value;
    };
    return add(absolute(debit), negate(absolute(credit)));
  }
  const raw = decimal(values['amount'] ?? values['net_amount'] ?? values['balance'] ?? '0');
  const column = table.columns.find(({ mapped }) => mapped?.to === 'amount')?.column ?? -1;
  const side = row.sides.get(column) ?? directionOf(values['direction']);
  if (side !== undefined) {
    const size = raw.units < 0n ? negate(raw) : raw;
    return side === 'debit' ? size : negate(size);
  }
  return table.feed?.name === 'bank_statement' ? negate(raw) : raw;
}

function directionOf(text: string | undefined): 'debit' | 'credit' | undefined {
  if (text === undefined) return undefined;
  if (/^(d|dr|s|soll|debit|debet|d[eé]bito?|debe|dare|af)/i.test(text.trim())) return 'debit';
  return /^(c|cr|h|haben|credit|cr[eé]dito?|haber|avere|bij)/i.test(text.trim()) ? 'credit' : undefined;
}

function sides(amount: ReturnType<typeof decimal>): Fields {
  return amount.units < 0n
    ? { debit: '', credit: toShortText(negate(amount)) }
    : { debit: toShortText(amount), credit: '' };
}
