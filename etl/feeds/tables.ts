/** What a column of the warehouse takes from a feed. Lengths are in bytes, as Redshift counts them. */
export type TargetColumn = {
  name: string;
  type: 'text' | 'decimal' | 'integer' | 'day' | 'timestamp';
  maxBytes?: number;
  required?: true;
  /** An expression over the same table's other columns (and `currency`), used where the feed says nothing. */
  byDefault?: string;
  /** Filled by the load from another table where the feed says nothing. */
  fromLoad?: true;
};

export type TargetTable = { name: string; key: string[]; columns: TargetColumn[] };

/** The tables that feeds may fill, as in sql-templates/schema, without `batch_id`, which the load adds. */
export const TARGET_TABLES: readonly TargetTable[] = [
  {
    name: 'customers',
    key: ['customer_id'],
    columns: [
      text('customer_id', 64, { required: true }),
      text('person_id', 64, { byDefault: 'customer_id' }),
      text('name', 200),
      text('email', 320),
      text('phone', 64),
      text('segment', 64),
      text('city', 128),
      text('state', 64),
      text('country', 64),
      text('postcode', 32),
      { name: 'joined_on', type: 'day' },
    ],
  },
  {
    name: 'products',
    key: ['product_id'],
    columns: [
      text('product_id', 64, { required: true }),
      text('sku', 64),
      text('name', 400),
      text('category', 128),
      text('subcategory', 128),
      text('department', 128),
      text('brand', 128),
      amount('unit_cost'),
      amount('list_price'),
      amount('weight_g'),
    ],
  },
  {
    name: 'branches',
    key: ['branch_id'],
    columns: [
      text('branch_id', 64, { required: true }),
      text('name', 200, { required: true }),
      text('kind', 32),
      text('city', 128),
      text('region', 128),
      text('country', 64),
      { name: 'opened_on', type: 'day' },
      { name: 'closed_on', type: 'day' },
    ],
  },
  {
    name: 'sellers',
    key: ['seller_id'],
    columns: [
      text('seller_id', 64, { required: true }),
      text('name', 200),
      text('city', 128),
      text('state', 64),
      text('country', 64),
    ],
  },
  {
    name: 'orders',
    key: ['order_id'],
    columns: [
      text('order_id', 64, { required: true }),
      text('document_kind', 16, { required: true, byDefault: "'sale'" }),
      text('customer_id', 64),
      text('person_id', 64, { fromLoad: true }),
      text('branch_id', 64),
      text('channel', 32),
      text('status', 32),
      text('country', 64),
      text('currency', 3, { required: true, byDefault: 'currency' }),
      { name: 'ordered_at', type: 'timestamp', required: true },
      { name: 'order_date', type: 'day', required: true, byDefault: 'day(ordered_at)' },
      { name: 'approved_at', type: 'timestamp' },
      { name: 'shipped_at', type: 'timestamp' },
      { name: 'delivered_at', type: 'timestamp' },
      { name: 'promised_at', type: 'timestamp' },
      { name: 'returned_at', type: 'timestamp' },
      amount('items_amount'),
      amount('discount_amount'),
      amount('shipping_amount'),
      amount('tax_amount'),
      amount('total_amount'),
      { name: 'stated_items', type: 'integer' },
      text('coupon', 64),
    ],
  },
  {
    name: 'order_items',
    key: ['order_id', 'line_no'],
    columns: [
      text('order_id', 64, { required: true }),
      { name: 'line_no', type: 'integer', required: true },
      text('line_kind', 16, { required: true, byDefault: "'sale'" }),
      text('product_id', 64),
      text('seller_id', 64),
      text('description', 400),
      text('customer_id', 64, { fromLoad: true }),
      text('person_id', 64, { fromLoad: true }),
      text('branch_id', 64, { fromLoad: true }),
      { name: 'order_date', type: 'day', fromLoad: true },
      text('status', 32),
      amount('quantity', { required: true }),
      amount('unit_price', { required: true }),
      amount('gross_amount', { required: true, byDefault: 'quantity * unit_price' }),
      amount('discount_amount', { required: true, byDefault: '0' }),
      amount('net_amount', { required: true, byDefault: 'gross_amount - discount_amount' }),
      amount('tax_amount', { required: true, byDefault: '0' }),
      amount('shipping_amount', { required: true, byDefault: '0' }),
      amount('unit_cost', { fromLoad: true }),
      amount('cost_amount', { fromLoad: true }),
      amount('returned_quantity', { required: true, byDefault: '0' }),
      { name: 'shipped_at', type: 'timestamp' },
      { name: 'delivered_at', type: 'timestamp' },
      { name: 'returned_at', type: 'timestamp' },
    ],
  },
  {
    name: 'refunds',
    key: ['refund_id'],
    columns: [
      text('refund_id', 80, { required: true }),
      text('order_id', 64, { required: true }),
      { name: 'line_no', type: 'integer' },
      text('product_id', 64),
      text('customer_id', 64, { fromLoad: true }),
      text('branch_id', 64, { fromLoad: true }),
      { name: 'refunded_at', type: 'timestamp', required: true },
      { name: 'refund_date', type: 'day', required: true, byDefault: 'day(refunded_at)' },
      { name: 'order_date', type: 'day', fromLoad: true },
      amount('quantity', { required: true, byDefault: '1' }),
      amount('amount', { required: true }),
      text('reason', 200),
      text('method', 32),
    ],
  },
  {
    name: 'payments',
    key: ['payment_id'],
    columns: [
      text('payment_id', 80, {
        required: true,
        byDefault: "concat(order_id, '-', sequence_no)",
      }),
      text('order_id', 64, { required: true }),
      { name: 'sequence_no', type: 'integer', required: true, byDefault: '1' },
      text('customer_id', 64, { fromLoad: true }),
      text('branch_id', 64, { fromLoad: true }),
      text('method', 32, { required: true }),
      { name: 'installments', type: 'integer' },
      { name: 'paid_at', type: 'timestamp' },
      { name: 'payment_date', type: 'day', byDefault: 'day(paid_at)' },
      amount('amount', { required: true }),
    ],
  },
  {
    name: 'ledger_entries',
    key: ['entry_id'],
    columns: [
      text('entry_id', 80, { required: true }),
      text('journal_id', 80, { required: true, byDefault: 'entry_id' }),
      { name: 'entry_date', type: 'day', required: true },
      text('account_code', 32, { required: true }),
      text('account_name', 200),
      text('account_kind', 16),
      text('branch_id', 64),
      text('counterparty', 200),
      text('document_no', 80),
      text('text', 400),
      amount('debit', { required: true, byDefault: '0' }),
      amount('credit', { required: true, byDefault: '0' }),
      amount('amount', { required: true, byDefault: 'debit - credit' }),
      text('tax_code', 32),
      amount('tax_amount', { required: true, byDefault: '0' }),
      text('currency', 3, { required: true, byDefault: 'currency' }),
      text('reverses', 80),
    ],
  },
  {
    name: 'budgets',
    key: ['budget_id'],
    columns: [
      text('budget_id', 120, {
        required: true,
        byDefault:
          "concat(scenario, '|', month_start, '|', account_code, '|', branch_id, '|', category, '|', measure)",
      }),
      text('scenario', 32, { required: true, byDefault: "'budget'" }),
      { name: 'month_start', type: 'day', required: true },
      text('account_code', 32),
      text('account_name', 200),
      text('branch_id', 64),
      text('category', 128),
      text('measure', 32, { required: true, byDefault: "'expense'" }),
      amount('amount', { required: true }),
      text('currency', 3, { required: true, byDefault: 'currency' }),
    ],
  },
  {
    name: 'stock_counts',
    key: ['branch_id', 'product_id', 'counted_on'],
    columns: [
      text('branch_id', 64, { required: true }),
      text('product_id', 64, { required: true }),
      { name: 'counted_on', type: 'day', required: true },
      amount('quantity', { required: true }),
    ],
  },
];

type Extras = Pick<TargetColumn, 'required' | 'byDefault' | 'fromLoad'>;

function text(name: string, maxBytes: number, extras: Extras = {}): TargetColumn {
  return { name, type: 'text', maxBytes, ...extras };
}

/** decimal(19,4) in the warehouse. */
function amount(name: string, extras: Extras = {}): TargetColumn {
  return { name, type: 'decimal', ...extras };
}
