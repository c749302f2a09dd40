import type { Statement } from '../../src/ports/warehouse.ts';
import { daysTable } from './merge-sql.ts';
import { fillStep, sqlSteps } from './sql-steps.ts';

const LATE = 'loads/late-arrivals.sql';

/** What each changed parent makes necessary, in order, and the table whose rows of other batches it is about. */
const STEPS: readonly { parent: string; steps: readonly (readonly [step: string, about: string])[] }[] = [
  {
    parent: 'customers',
    // A customer who is known no more, after an undo, leaves the order's own number as the person.
    steps: [
      ['note-countries', 'orders'],
      ['people-gone-days', 'orders'],
      ['people-gone-orders', 'orders'],
      ['people-gone-items', 'order_items'],
      ['people-days', 'orders'],
      ['people-orders', 'orders'],
      ['people-items', 'order_items'],
    ],
  },
  {
    parent: 'products',
    steps: [
      ['note-costs', 'order_items'],
      ['products-days', 'order_items'],
      ['products-costs', 'order_items'],
    ],
  },
  {
    parent: 'orders',
    steps: [
      ['items-days', 'order_items'],
      ['items', 'order_items'],
      ['refunds', 'refunds'],
      ['payments', 'payments'],
    ],
  },
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
    steps.map(([name, about]) => ({
      sql: fillStep(sqlSteps(LATE), name, slots),
      params: { batch: by },
      onlyIf: `select 1 as found from retail.${about} where batch_id <> :batch limit 1`,
    })),
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
