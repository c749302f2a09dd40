import { LEDGER_LINE_COLUMNS } from '../domain/ledger-columns.ts';

/** Feeds of the ordinary pipeline that uploads become; they are declared in `etl/feeds/uploads.yaml`. */
export type StagedFeed =
  | 'ledger_entries'
  | 'budgets'
  | 'stock_counts'
  | 'expenses'
  | 'supplier_invoices'
  | 'branch_takings'
  | 'account_balances'
  | 'bank_transactions'
  | 'price_lists';

export type StagedShape = {
  /** What people call such rows. */
  title: string;
  columns: readonly string[];
  /** What every row must have, with what is said of one that lacks it. */
  required: Readonly<Record<string, string>>;
  /** Columns whose sums are control totals. */
  sums: readonly string[];
  /** The sum that groups are told by: one column, or the first less the second. */
  amount: readonly [string] | readonly [string, string] | null;
  /** Rows are told apart by the first of these that any row has. */
  by: readonly string[];
  day: string;
};

const ROW = ['upload_row'];
const NO_ACCOUNT = 'It names no account.';
const NO_DAY = 'It has no date.';
const ACCOUNT = ['account_code', 'account_name'];
/** Of bought things: tax apart and together. */
const GROSS = ['net_amount', 'tax_amount', 'amount', 'currency'];
const BY_ACCOUNT = {
  sums: ['debit', 'credit'],
  amount: ['debit', 'credit'],
  by: ['account_code'],
} as const satisfies Partial<StagedShape>;

export const STAGED_FEEDS: Readonly<Record<StagedFeed, StagedShape>> = {
  ledger_entries: {
    title: 'ledger entries',
    columns: [...ROW, ...LEDGER_LINE_COLUMNS],
    required: { entry_date: NO_DAY, account_code: NO_ACCOUNT },
    ...BY_ACCOUNT,
    day: 'entry_date',
  },
  account_balances: {
    title: 'account balances',
    columns: [
      ...ROW,
      'balance_id',
      'balance_date',
      ...ACCOUNT,
      'account_kind',
      'branch_id',
      'debit',
      'credit',
      'currency',
    ],
    required: { balance_date: NO_DAY, account_code: NO_ACCOUNT },
    ...BY_ACCOUNT,
    day: 'balance_date',
  },
  bank_transactions: {
    title: 'bank transactions',
    columns: [
      ...ROW,
      'transaction_id',
      'transaction_date',
      'value_date',
      'counterparty',
      'counterparty_account',
      'text',
      'document_no',
      'amount',
      'balance',
      'currency',
    ],
    required: { transaction_date: NO_DAY },
    sums: ['amount'],
    amount: ['amount'],
    by: ['counterparty', 'text'],
    day: 'transaction_date',
  },
  expenses: {
    title: 'expense claims',
    columns: [
      ...ROW,
      'expense_id',
      'expense_date',
      'paid_by',
      'supplier',
      'category',
      'account_code',
      'branch_id',
      'document_no',
      'text',
      'payment_method',
      ...GROSS,
    ],
    required: { expense_date: NO_DAY },
    sums: ['amount', 'tax_amount'],
    amount: ['amount'],
    by: ['category', 'account_code', 'supplier', 'branch_id'],
    day: 'expense_date',
  },
  supplier_invoices: {
    title: 'supplier invoices',
    columns: [
      ...ROW,
      'invoice_id',
      'invoice_date',
      'due_date',
      'paid_on',
      'supplier',
      'supplier_id',
      'document_no',
      'category',
      ...ACCOUNT,
      'branch_id',
      'text',
      ...GROSS,
    ],
    required: { invoice_date: NO_DAY },
    sums: ['amount', 'tax_amount'],
    amount: ['amount'],
    by: ['account_code', 'category', 'supplier', 'supplier_id'],
    day: 'invoice_date',
  },
  branch_takings: {
    title: 'branch takings',
    columns: [
      ...ROW,
      'takings_id',
      'takings_date',
      'branch_id',
      'cash_amount',
      'card_amount',
      'net_amount',
      'tax_amount',
      'amount',
      'transactions',
      'currency',
    ],
    required: { takings_date: NO_DAY, branch_id: 'It names no branch.' },
    sums: ['amount', 'cash_amount', 'card_amount'],
    amount: ['amount'],
    by: ['branch_id'],
    day: 'takings_date',
  },
  budgets: {
    title: 'budget figures',
    columns: [
      ...ROW,
      'budget_id',
      'scenario',
      'month',
      ...ACCOUNT,
      'branch_id',
      'category',
      'measure',
      'amount',
      'currency',
    ],
    required: { month: 'It has no month.' },
    sums: ['amount'],
    amount: ['amount'],
    by: ['account_name', 'account_code', 'category', 'branch_id', 'measure'],
    day: 'month',
  },
  stock_counts: {
    title: 'stock counts',
    columns: [...ROW, 'branch_id', 'product_id', 'counted_on', 'quantity'],
    required: { counted_on: NO_DAY, branch_id: 'It names no branch.' },
    sums: ['quantity'],
    amount: ['quantity'],
    by: ['branch_id'],
    day: 'counted_on',
  },
  price_lists: {
    title: 'prices',
    columns: [
      ...ROW,
      'price_id',
      'product_id',
      'product_name',
      'category',
      'unit',
      'valid_from',
      'unit_price',
      'unit_cost',
      'tax_rate',
      'currency',
    ],
    required: { valid_from: NO_DAY },
    sums: [],
    amount: null,
    by: ['category'],
    day: 'valid_from',
  },
};
