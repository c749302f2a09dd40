import type { Statement } from '../../src/ports/warehouse.ts';
import { daysTable } from './merge-sql.ts';
import { fillStep, sqlSteps } from './sql-steps.ts';

const LATE = 'loads/late-arrivals.sql';

/** What each changed parent makes necessary, in order. */
const STEPS: readonly { parent: string; steps: readonly string[] }[] = [
  {
    parent: 'customers',
    // A customer who is known no more, after an undo, leaves the order's own number as the person.
    steps: [
      'note-countries',
      'people-gone-days',
      'people-gone-orders',
      'people-gone-items',
      'people-days',
      'people-orders',
      'people-items',
    ],
  },
  { parent: 'products', steps: ['note-costs', 'products-days', 'products-costs'] },
  { parent: 'orders', steps: ['items-days', 'items', 'refunds', 'payments'] },
];

export type LateArrivals = {
  /** Names the staging tables: the run that loads, or the undo. */
  run: string;
  /** The batch whose own rows are right already. */
  by: string;
  /** The tables that changed. */
  changed: readonly string[];
  /** The staging table that holds a table's changed keys. */
  keysOf(table: string): string;
};

/** Derives again what other batches' rows took from parents that changed now. */
export function lateArrivalSteps({ run, by, changed, keysOf }: LateArrivals): Statement[] {
  const slots = {
    days: daysTable(run),
    changed_customers: keysOf('customers'),
    changed_products: keysOf('products'),
    changed_orders: keysOf('orders'),
  };
  return STEPS.filter(({ parent }) => changed.includes(parent)).flatMap(({ steps }) =>
    steps.map((name) => {
      const sql = fillStep(sqlSteps(LATE), name, slots);
      return sql.includes(':batch') ? { sql, params: { batch: by } } : { sql };
    }),
  );
}

/** Takes out what rows had from parents that are taken back, in the rows and in their earlier versions. */
export function emptyLateFills({ changed, keysOf }: Pick<LateArrivals, 'changed' | 'keysOf'>): Statement[] {
  const step = (name: string, tables: Record<string, string> = {}): Statement => ({
    sql: fillStep(sqlSteps(LATE), name, {
      changed_customers: keysOf('customers'),
      changed_products: keysOf('products'),
      ...tables,
    }),
  });
  const emptied = (name: string, table: 'orders' | 'order_items', forget: string): Statement[] => [
    ...['retail', 'history'].map((schema) => step(name, { [table]: `${schema}.${table}` })),
    step(forget),
  ];
  return [
    ...(changed.includes('customers') ? emptied('empty-countries', 'orders', 'forget-countries') : []),
    ...(changed.includes('products') ? emptied('empty-costs', 'order_items', 'forget-costs') : []),
  ];
}
