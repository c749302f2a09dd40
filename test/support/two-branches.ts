import { addDays } from '../../src/domain/day.ts';

const DAYS = 70;

/** Each day up to `last` has one order of £100 in Leeds (boots) and one of £50 in York (sandals); Leeds £200 on the last. */
export function twoBranches(last: string): string[] {
  const orders: string[] = [];
  const items: string[] = [];
  for (let ago = 0; ago < DAYS; ago += 1) {
    const day = addDays(last, -ago);
    const leeds = ago === 0 ? '200.00' : '100.00';
    for (const [branch, product, amount] of [
      ['B01', 'P1', leeds],
      ['B02', 'P2', '50.00'],
    ] as const) {
      const id = `${branch}-${day}`;
      orders.push(
        `('${id}', 'sale', 'C1', 'C1', '${branch}', 'store', 'delivered', 'GB', 'GBP', cast('${day} 10:00:00' as timestamp), cast('${day}' as date), 'bat-1')`,
      );
      items.push(
        `('${id}', 1, 'sale', '${product}', 'C1', 'C1', '${branch}', cast('${day}' as date), 1, ${amount}, ${amount}, 0, ${amount}, 0, 0, 0, 'bat-1')`,
      );
    }
  }
  return [
    `insert into retail.branches (branch_id, name, batch_id) values ('B01', 'Leeds', 'bat-1'), ('B02', 'York', 'bat-1')`,
    `insert into retail.products (product_id, name, category, batch_id) values ('P1', 'Hill Boot', 'Boots', 'bat-1'), ('P2', 'Beach Sandal', 'Sandals', 'bat-1')`,
    `insert into retail.customers (customer_id, person_id, name, batch_id) values ('C1', 'C1', 'Ada Example', 'bat-1')`,
    `insert into retail.orders (order_id, document_kind, customer_id, person_id, branch_id, channel, status, country, currency, ordered_at, order_date, batch_id) values ${orders.join(', ')}`,
    `insert into retail.order_items (order_id, line_no, line_kind, product_id, customer_id, person_id, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id) values ${items.join(', ')}`,
    `insert into ops.load_batches (batch_id, batch_no, run_id, feed, loaded_at, rows_read, rows_loaded, rows_refused, rows_waiting) values ('bat-1', 1, 'run-1', 'orders', cast('2026-03-04 06:00:00' as timestamp), 9, 9, 0, 0)`,
  ];
}
