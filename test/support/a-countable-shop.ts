export const order = (id: string, day: string, branch: string): string =>
  `insert into retail.orders (order_id, document_kind, customer_id, person_id, branch_id, channel, status, country, currency, ordered_at, order_date, batch_id) values ('${id}', 'sale', 'C1', 'C1', '${branch}', 'store', 'delivered', 'GB', 'GBP', cast('${day} 10:00:00' as timestamp), cast('${day}' as date), 'bat-1')`;
export const item = (
  id: string,
  line: number,
  day: string,
  product: string,
  branch: string,
  quantity: number,
  price: string,
): string =>
  `insert into retail.order_items (order_id, line_no, line_kind, product_id, customer_id, person_id, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id) values ('${id}', ${line}, 'sale', '${product}', 'C1', 'C1', '${branch}', cast('${day}' as date), ${quantity}, ${price}, ${quantity} * ${price}, 0, ${quantity} * ${price}, 0, 0, 0, 'bat-1')`;

/** Two branches, two products, three orders: what answers can be counted by hand. */
export const SHOP = [
  `insert into retail.branches (branch_id, name, kind, city, country, batch_id) values ('B01', 'Leeds', 'store', 'Leeds', 'GB', 'bat-1'), ('B02', 'York', 'store', 'York', 'GB', 'bat-1')`,
  `insert into retail.products (product_id, name, category, brand, batch_id) values ('P1', 'Hill Boot', 'Boots', 'Plumb', 'bat-1'), ('P2', 'Beach Sandal', 'Sandals', 'Corsa', 'bat-1')`,
  `insert into retail.customers (customer_id, person_id, name, email, country, batch_id) values ('C1', 'C1', 'Ada Example', 'ada@example.com', 'GB', 'bat-1')`,
  order('O1', '2026-02-03', 'B01'),
  item('O1', 1, '2026-02-03', 'P1', 'B01', 2, '50.25'),
  order('O2', '2026-02-10', 'B02'),
  item('O2', 1, '2026-02-10', 'P2', 'B02', 1, '30.00'),
  order('O3', '2026-01-20', 'B01'),
  item('O3', 1, '2026-01-20', 'P1', 'B01', 1, '50.25'),
  `insert into ops.load_batches (batch_id, batch_no, run_id, feed, loaded_at, rows_read, rows_loaded, rows_refused, rows_waiting) values ('bat-1', 1, 'run-1', 'orders', cast('2026-02-11 06:00:00' as timestamp), 9, 9, 0, 0)`,
];
