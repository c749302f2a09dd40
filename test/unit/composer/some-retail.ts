import fc from 'fast-check';
import { addDays, type Day } from '../../../src/domain/day.ts';
import type { Warehouse } from '../../../src/ports/warehouse.ts';

export type Line = {
  order: string;
  line: number;
  kind: 'sale' | 'cancellation';
  product: string | null;
  quantity: number;
  /** In cents, so that sums are exact. */
  net: number;
  returned: number;
};
export type Order = {
  id: string;
  kind: 'sale' | 'cancellation';
  person: string | null;
  branch: string | null;
  channel: string | null;
  day: Day;
};
export type Refund = {
  id: string;
  order: string;
  product: string | null;
  branch: string | null;
  day: Day;
  cents: number;
};
export type Retail = {
  products: { id: string; category: string | null }[];
  branches: string[];
  orders: Order[];
  lines: Line[];
  refunds: Refund[];
};

export const FIRST_DAY: Day = '2025-01-27';
const DAYS = 75;

const PRODUCTS = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const CATEGORIES = ['Shoes', 'Boots', 'Bags', 'shoe care', null];

/** A small shop with everything awkward: no category, no branch, cancelled orders, gaps of days, unknown people. */
export function someRetail(seed: number): Retail {
  const order = fc.record({
    kind: fc.constantFrom('sale', 'sale', 'sale', 'sale', 'cancellation') as fc.Arbitrary<Order['kind']>,
    person: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { freq: 6 }),
    branch: fc.option(fc.constantFrom('B1', 'B2', 'B3'), { freq: 5 }),
    channel: fc.option(fc.constantFrom('web', 'store', 'phone'), { freq: 5 }),
    day: fc.integer({ min: 0, max: DAYS - 1 }).map((n) => addDays(FIRST_DAY, n - (n % 7 === 3 ? 1 : 0))),
    lines: fc.array(
      fc.record({
        product: fc.option(fc.constantFrom(...PRODUCTS, 'unlisted'), { freq: 12 }),
        quantity: fc.integer({ min: 1, max: 5 }),
        price: fc.integer({ min: 1, max: 20_000 }),
        returned: fc.integer({ min: 0, max: 1 }),
      }),
      { maxLength: 4 },
    ),
    refund: fc.option(fc.integer({ min: 1, max: 9_999 }), { freq: 2 }),
  });
  const made = fc.sample(fc.array(order, { minLength: 60, maxLength: 90 }), { seed, numRuns: 1 })[0] ?? [];
  const retail: Retail = {
    products: PRODUCTS.map((id, n) => ({ id, category: CATEGORIES[(n + seed) % CATEGORIES.length] ?? null })),
    branches: ['B1', 'B2', 'B3'],
    orders: [],
    lines: [],
    refunds: [],
  };
  made.forEach(({ kind, person, branch, channel, day, lines, refund }, n) => {
    const id = `o${n}`;
    retail.orders.push({ id, kind, person, branch, channel, day });
    lines.forEach(({ product, quantity, price, returned }, line) => {
      const sign = kind === 'sale' ? 1 : -1;
      retail.lines.push({
        order: id,
        line: line + 1,
        kind,
        product,
        quantity: sign * quantity,
        net: sign * quantity * price,
        returned,
      });
    });
    if (refund !== null) {
      const product = lines[0]?.product ?? null;
      retail.refunds.push({ id: `r${n}`, order: id, product, branch, day: addDays(day, 5), cents: refund });
    }
  });
  return retail;
}

/** Writes the shop into an empty warehouse. */
export async function putRetail(warehouse: Warehouse, retail: Retail): Promise<void> {
  const orderOf = new Map(retail.orders.map((order) => [order.id, order]));
  await warehouse.write({
    token: `retail-${retail.orders.length}-${retail.lines.length}-${Math.random()}`,
    steps: [
      rows(
        'products',
        ['product_id', 'category', 'name', 'batch_id'],
        retail.products.map((p) => [p.id, p.category, `Name of ${p.id}`, 'b']),
      ),
      rows(
        'branches',
        ['branch_id', 'name', 'batch_id'],
        retail.branches.map((id) => [id, `Branch ${id}`, 'b']),
      ),
      rows(
        'customers',
        ['customer_id', 'person_id', 'batch_id'],
        ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => [id, id, 'b']),
      ),
      rows(
        'orders',
        [
          'order_id',
          'document_kind',
          'customer_id',
          'person_id',
          'branch_id',
          'channel',
          'currency',
          'ordered_at',
          'order_date',
          'batch_id',
        ],
        retail.orders.map((o) => [
          o.id,
          o.kind,
          o.person,
          o.person,
          o.branch,
          o.channel,
          'EUR',
          `${o.day} 10:00:00`,
          o.day,
          'b',
        ]),
      ),
      rows(
        'order_items',
        [
          'order_id',
          'line_no',
          'line_kind',
          'product_id',
          'customer_id',
          'person_id',
          'branch_id',
          'order_date',
          'quantity',
          'unit_price',
          'gross_amount',
          'discount_amount',
          'net_amount',
          'tax_amount',
          'shipping_amount',
          'returned_quantity',
          'batch_id',
        ],
        retail.lines.map((l) => {
          const order = orderOf.get(l.order);
          const amount = (l.net / 100).toFixed(2);
          return [
            l.order,
            l.line,
            l.kind,
            l.product,
            order?.person ?? null,
            order?.person ?? null,
            order?.branch ?? null,
            order?.day ?? null,
            l.quantity,
            (l.net / l.quantity / 100).toFixed(2),
            amount,
            0,
            amount,
            0,
            0,
            l.returned,
            'b',
          ];
        }),
      ),
      rows(
        'refunds',
        [
          'refund_id',
          'order_id',
          'product_id',
          'branch_id',
          'refunded_at',
          'refund_date',
          'quantity',
          'amount',
          'batch_id',
        ],
        retail.refunds.map((r) => [
          r.id,
          r.order,
          r.product,
          r.branch,
          `${r.day} 09:00:00`,
          r.day,
          1,
          (r.cents / 100).toFixed(2),
          'b',
        ]),
      ),
    ],
  });
}

export function rows(
  table: string,
  columns: string[],
  values: (string | number | null)[][],
): { sql: string } {
  const cell = (value: string | number | null) =>
    value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value}'`;
  const lines = values.map((row) => `(${row.map(cell).join(', ')})`);
  return { sql: `insert into retail.${table} (${columns.join(', ')}) values ${lines.join(',\n')}` };
}
