import { AppError } from '../../src/domain/app-error.ts';
import { TARGET_TABLES, type TargetColumn, type TargetTable } from '../feeds/tables.ts';

/** What the load itself knows about a table: what its rows take from other tables, and whose days they change. */
export type LoadRule = {
  /** Column to expression over staging `s` and the joined tables; a column not named here is `s.<column>`. */
  derived: Readonly<Record<string, string>>;
  /** Tables of the warehouse that a derivation reads; they are merged before this one. */
  joins: string;
  /** The columns whose days' KPIs change with a row. */
  days: readonly string[];
};

const NOTHING: LoadRule = { derived: {}, joins: '', days: [] };
const WITH_ORDER = 'left join retail.orders o on o.order_id = s.order_id';

/** In the order of loading: what others are derived from comes first. */
const RULES: Readonly<Record<string, LoadRule>> = {
  customers: { ...NOTHING, derived: { person_id: 'coalesce(s.person_id, s.customer_id)' } },
  branches: NOTHING,
  sellers: NOTHING,
  products: NOTHING,
  orders: {
    derived: {
      person_id: 'coalesce(c.person_id, s.person_id, s.customer_id)',
      country: 'coalesce(s.country, c.country)',
      order_date: 'coalesce(s.order_date, cast(s.ordered_at as date))',
    },
    joins: 'left join retail.customers c on c.customer_id = s.customer_id',
    days: ['order_date'],
  },
  order_items: {
    derived: {
      customer_id: 'coalesce(o.customer_id, s.customer_id)',
      person_id: 'coalesce(o.person_id, s.person_id, s.customer_id)',
      branch_id: 'coalesce(o.branch_id, s.branch_id)',
      order_date: 'coalesce(o.order_date, s.order_date)',
      unit_cost: 'coalesce(s.unit_cost, p.unit_cost)',
      // Made a decimal of the column's size before it is chosen: wider ones are many times slower.
      cost_amount:
        'coalesce(s.cost_amount, cast(s.quantity * coalesce(s.unit_cost, p.unit_cost) as decimal(19,4)))',
    },
    joins: `${WITH_ORDER} left join retail.products p on p.product_id = s.product_id`,
    days: ['order_date'],
  },
  refunds: {
    derived: {
      customer_id: 'coalesce(o.customer_id, s.customer_id)',
      branch_id: 'coalesce(o.branch_id, s.branch_id)',
      order_date: 'coalesce(o.order_date, s.order_date)',
    },
    joins: WITH_ORDER,
    days: ['refund_date', 'order_date'],
  },
  payments: {
    derived: {
      customer_id: 'coalesce(o.customer_id, s.customer_id)',
      branch_id: 'coalesce(o.branch_id, s.branch_id)',
      payment_date: 'coalesce(s.payment_date, cast(s.paid_at as date), o.order_date)',
    },
    joins: WITH_ORDER,
    days: ['payment_date'],
  },
  ledger_entries: { ...NOTHING, days: ['entry_date'] },
  ledger_steps: NOTHING,
  budgets: NOTHING,
  stock_counts: NOTHING,
  expenses: { ...NOTHING, days: ['expense_date'] },
  supplier_invoices: { ...NOTHING, days: ['invoice_date'] },
  branch_takings: { ...NOTHING, days: ['takings_date'] },
  account_balances: { ...NOTHING, days: ['balance_date'] },
  bank_transactions: { ...NOTHING, days: ['transaction_date'] },
  price_lists: NOTHING,
};

export type LoadTable = LoadRule & { name: string; key: string[]; columns: TargetColumn[] };

/** Every table that a load may fill, parents first. */
export const LOAD_TABLES: readonly LoadTable[] = Object.entries(RULES).map(([name, rule]) => {
  const target: TargetTable | undefined = TARGET_TABLES.find((table) => table.name === name);
  if (!target) throw new AppError('internal', { detail: `No target table ${name}.` });
  return { ...rule, name, key: target.key, columns: target.columns };
});

export function loadTable(name: string): LoadTable {
  const found = LOAD_TABLES.find((table) => table.name === name);
  if (!found) throw new AppError('feed.invalid-declaration', { detail: `No table is named ${name}.` });
  return found;
}

/** Those of the named tables, in the order of loading. */
export function inLoadOrder(names: Iterable<string>): LoadTable[] {
  const wanted = new Set(names);
  return LOAD_TABLES.filter((table) => wanted.has(table.name));
}

export function columnNames(table: LoadTable): string[] {
  return table.columns.map((column) => column.name);
}

export function sqlType(column: TargetColumn): string {
  switch (column.type) {
    case 'decimal':
      return 'decimal(19,4)';
    case 'integer':
      return 'integer';
    case 'day':
      return 'date';
    case 'timestamp':
      return 'timestamp';
    case 'text':
      return `varchar(${column.maxBytes ?? 400})`;
  }
}
