import { BRANCHES, CUSTOMERS, ITEMS, ORDERS, PRODUCTS } from './a-small-shop.ts';

/** As the built-in orders set, but bearing refused rows, with lines that wait for their product. */
export const TOLERANT_FEEDS = `set: shop
currency: GBP
timeZone: Europe/London
tolerance: { rows: 2 }
feeds:
  products:
    match: ["products*.csv"]
    target: products
    columns:
      product_id: { type: code, required: true }
      name: { type: text, required: true }
      category: { type: text, required: true }
      unit_cost: { type: decimal, optional: true }
  branches:
    match: ["branches*.csv"]
    target: branches
    columns:
      branch_id: { type: code, required: true }
      name: { type: text, required: true }
      kind: { type: text, optional: true }
  customers:
    match: ["customers*.csv"]
    target: customers
    columns:
      customer_id: { type: code, required: true }
      name: { type: text, optional: true }
      country: { type: text, optional: true }
      person_id: { type: code, optional: true }
  orders:
    match: ["orders*.csv"]
    target: orders
    columns:
      order_id: { type: code, required: true }
      customer_id: { type: code, optional: true }
      branch_id: { type: code, optional: true }
      ordered_at: { type: timestamp, required: true }
      items_amount: { type: decimal, optional: true }
      total_amount: { type: decimal, optional: true }
  order_items:
    match: ["order_items*.csv"]
    target: order_items
    columns:
      order_id: { type: code, required: true }
      line_no: { type: integer, required: true }
      product_id: { type: code, required: true }
      quantity: { type: decimal, required: true, min: 0 }
      unit_price: { type: decimal, required: true }
      returned_quantity: { type: decimal, optional: true }
    fill:
      returned_quantity: coalesce(\`returned_quantity\`, 0)
    references:
      - { columns: [order_id], table: orders }
      - { columns: [product_id], table: products, onMissing: wait }
`;

export const BASE_FILES = {
  'products.csv': PRODUCTS,
  'branches.csv': BRANCHES,
  'customers.csv': CUSTOMERS,
  'orders.csv': ORDERS,
  'order_items.csv': ITEMS,
};

/** Corrects a line and an order, brings a new order, one line that is refused and one that waits. */
export const SECOND_FILES = {
  'orders2.csv': `order_id,ordered_at,branch_id,customer_id,items_amount,total_amount
o3,2026-02-03 09:30:00,b1,c2,60.33,60.33
o4,2026-02-04 10:00:00,b2,c1,,
`,
  'order_items2.csv': `order_id,line_no,product_id,quantity,unit_price,returned_quantity
o1,2,p2,3,25.50,1
o4,1,p1,2,99.99,0
o4,2,p9,1,7.77,0
o4,3,p1,many,7.77,0
`,
};
