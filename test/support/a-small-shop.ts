/** Three products, three orders with five lines, one payment: sums are easy to work out by hand. */
export const PRODUCTS = `product_id,name,category,unit_cost
p1,Boot,Boots,40
p2,Clog,Clogs,12.5
p3,Lace,Care,1
`;
export const BRANCHES = `branch_id,name,kind
b1,High Street,store
b2,Web,web
`;
export const CUSTOMERS = `customer_id,name,country
c1,Ann,GB
c2,Bob,GB
`;
/** Revenue 100 + 25.5 on the first day, 60.33 on the second. */
export const ORDERS = `order_id,ordered_at,branch_id,customer_id,items_amount,total_amount
o1,2026-02-01 10:00:00,b1,c1,125.50,125.50
o2,2026-02-01 12:00:00,b2,c2,,
o3,2026-02-02 09:30:00,b1,c1,60.33,60.33
`;
export const ITEMS = `order_id,line_no,product_id,quantity,unit_price,returned_quantity
o1,1,p1,1,100.00,0
o1,2,p2,1,25.50,1
o2,1,p2,2,25.50,0
o3,1,p1,0.5,100.00,0
o3,2,p3,1,10.33,0
`;

export const SHOP = {
  'products.csv': PRODUCTS,
  'branches.csv': BRANCHES,
  'customers.csv': CUSTOMERS,
  'orders.csv': ORDERS,
  'order_items.csv': ITEMS,
};
