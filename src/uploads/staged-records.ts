import { negate, toShortText, tryDecimal } from '../domain/decimal.ts';
import { budgetRecords } from './staged-budgets.ts';
import type { StagedFeed } from './staged-feeds.ts';
import { dayOfTable, dayText, type Fields, isReversed, type RowToStage, sumText } from './staged-fields.ts';
import { balanceRecord, bankRecord, ledgerRecords } from './staged-ledger.ts';

/** What one row of a table becomes: none when it holds no amount, several where it stands for several. */
export function recordsOf(feed: StagedFeed, given: Omit<RowToStage, 'values'>): Fields[] {
  const staged = { ...given, values: valuesOf(given) };
  switch (feed) {
    case 'budgets':
      return budgetRecords(staged);
    case 'stock_counts':
      return [stockRecord(staged)];
    case 'price_lists':
      return [priceRecord(staged)];
    case 'branch_takings':
      return takingsRecords(staged);
    case 'expenses':
      return [expenseRecord(staged)];
    case 'supplier_invoices':
      return [invoiceRecord(staged)];
    case 'account_balances':
      return [balanceRecord(staged)];
    case 'bank_transactions':
      return [bankRecord(staged)];
    case 'ledger_entries':
      return ledgerRecords(staged);
  }
}

function valuesOf({ table, row }: Pick<RowToStage, 'table' | 'row'>): Fields {
  const values: Fields = {};
  for (const { column, mapped } of table.columns) {
    const value = row.values[column];
    if (mapped && value !== undefined) values[mapped.to] = value;
  }
  return values;
}

function stockRecord(staged: RowToStage): Fields {
  const { values, options } = staged;
  return {
    ...values,
    product_id: values['product_id'] ?? values['product_name'] ?? '',
    counted_on: values['counted_on']?.slice(0, 10) ?? dayOfTable(staged) ?? '',
    branch_id: values['branch_id'] ?? options.answers?.['branch'] ?? '',
  };
}

function priceRecord(staged: RowToStage): Fields {
  const { values, id } = staged;
  return { ...values, price_id: id, valid_from: dayText(values['valid_from']) || (dayOfTable(staged) ?? '') };
}

/** One for each day where days stand across, and for each branch where branches do. */
function takingsRecords({ table, row, id, options, ...staged }: RowToStage): Fields[] {
  const branch = options.answers?.['branch'];
  const values = { ...(branch === undefined ? {} : { branch_id: branch }), ...staged.values };
  const { crosstab, branches } = table.table;
  const across =
    branches.length > 0
      ? branches.map((one) => ({ column: one.column, own: { branch_id: one.branch } }))
      : crosstab.map(({ column, period }) => ({ column, own: { entry_date: period.start } }));
  if (across.length === 0) return [takingsRecord(values, id)];
  return across.flatMap(({ column, own }) => {
    const amount = row.values[column];
    return amount === undefined ? [] : [takingsRecord({ ...values, ...own, amount }, `${id}-${column}`)];
  });
}

function takingsRecord(values: Fields, id: string): Fields {
  const { cash, card } = values;
  return {
    ...values,
    takings_id: id,
    takings_date: dayText(values['entry_date']),
    cash_amount: cash ?? '',
    card_amount: card ?? '',
    amount: values['amount'] ?? sumText(cash, card),
  };
}

function expenseRecord(staged: RowToStage): Fields {
  const { values, id } = staged;
  const amount = grossAmount(values);
  const contrary = isReversed(staged) ? tryDecimal(amount) : undefined;
  return {
    ...values,
    expense_id: id,
    expense_date: dayText(values['entry_date']) || (dayOfTable(staged) ?? ''),
    supplier: values['counterparty'] ?? '',
    amount: contrary ? toShortText(negate(contrary)) : amount,
  };
}

function invoiceRecord({ values, id }: RowToStage): Fields {
  const paid = dayText(values['entry_date']);
  const issued = dayText(values['invoice_date']);
  return {
    ...values,
    invoice_id: id,
    invoice_date: issued || paid,
    due_date: dayText(values['due_date']),
    paid_on: issued && paid !== issued ? paid : '',
    account_code: (values['account_code'] ?? '').slice(0, 32),
    amount: grossAmount(values),
  };
}

function grossAmount(values: Fields): string {
  return values['amount'] ?? sumText(values['net_amount'], values['tax_amount']);
}
