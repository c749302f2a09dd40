-- What is derived from a parent is derived again when the parent comes late, changes, or is taken back.
-- Slots: table (a child of orders), date (its column for the order's day), days, changed_orders, changed_customers,
-- changed_products: tables with the keys of the parents that changed. Rows of the batch itself are right already.
-- Parameters: :batch.

-- step: people-days
insert into {{days}} (day)
select distinct o.order_date
from retail.orders o
join {{changed_customers}} k on k.customer_id = o.customer_id
left join retail.customers c on c.customer_id = o.customer_id
where o.batch_id <> :batch and (o.person_id is null or o.person_id <> coalesce(c.person_id, o.customer_id));

-- step: people-orders
update retail.orders
set person_id = coalesce(p.person_id, retail.orders.customer_id), country = coalesce(retail.orders.country, p.country)
from (
  select k.customer_id, c.person_id, c.country
  from {{changed_customers}} k
  left join retail.customers c on c.customer_id = k.customer_id
) p
where p.customer_id = retail.orders.customer_id
  and retail.orders.batch_id <> :batch
  and (retail.orders.person_id is null
    or retail.orders.person_id <> coalesce(p.person_id, retail.orders.customer_id)
    or (retail.orders.country is null and p.country is not null));

-- step: people-items
update retail.order_items
set person_id = coalesce(p.person_id, retail.order_items.customer_id)
from (
  select k.customer_id, c.person_id
  from {{changed_customers}} k
  left join retail.customers c on c.customer_id = k.customer_id
) p
where p.customer_id = retail.order_items.customer_id
  and retail.order_items.batch_id <> :batch
  and (retail.order_items.person_id is null
    or retail.order_items.person_id <> coalesce(p.person_id, retail.order_items.customer_id));

-- step: items-days
insert into {{days}} (day)
select distinct i.order_date
from retail.order_items i
join {{changed_orders}} k on k.order_id = i.order_id
join retail.orders o on o.order_id = i.order_id
where i.batch_id <> :batch and (i.order_date <> o.order_date or i.branch_id <> o.branch_id or i.branch_id is null)
union
select distinct o.order_date
from retail.order_items i
join {{changed_orders}} k on k.order_id = i.order_id
join retail.orders o on o.order_id = i.order_id
where i.batch_id <> :batch;

-- step: items
update retail.order_items
set customer_id = coalesce(o.customer_id, retail.order_items.customer_id),
    person_id = coalesce(o.person_id, retail.order_items.person_id),
    branch_id = coalesce(o.branch_id, retail.order_items.branch_id),
    order_date = o.order_date
from retail.orders o
where o.order_id = retail.order_items.order_id
  and o.order_id in (select order_id from {{changed_orders}})
  and retail.order_items.batch_id <> :batch;

-- step: refunds
update retail.refunds
set customer_id = coalesce(o.customer_id, retail.refunds.customer_id),
    branch_id = coalesce(o.branch_id, retail.refunds.branch_id),
    order_date = o.order_date
from retail.orders o
where o.order_id = retail.refunds.order_id
  and o.order_id in (select order_id from {{changed_orders}})
  and retail.refunds.batch_id <> :batch;

-- step: payments
update retail.payments
set customer_id = coalesce(o.customer_id, retail.payments.customer_id),
    branch_id = coalesce(o.branch_id, retail.payments.branch_id),
    payment_date = coalesce(cast(retail.payments.paid_at as date), retail.payments.payment_date, o.order_date)
from retail.orders o
where o.order_id = retail.payments.order_id
  and o.order_id in (select order_id from {{changed_orders}})
  and retail.payments.batch_id <> :batch;

-- step: products-days
insert into {{days}} (day)
select distinct i.order_date
from retail.order_items i
join {{changed_products}} k on k.product_id = i.product_id
left join retail.products p on p.product_id = k.product_id
left join (
  select product_id, category from history.products where replaced_by = :batch
) h on h.product_id = k.product_id
where i.batch_id <> :batch
  and (h.product_id is null or p.product_id is null
    or coalesce(h.category, '') <> coalesce(p.category, ''));

-- step: products-costs
update retail.order_items
set unit_cost = p.unit_cost,
    cost_amount = cast(retail.order_items.quantity * p.unit_cost as decimal(19,4))
from retail.products p
where p.product_id = retail.order_items.product_id
  and p.product_id in (select product_id from {{changed_products}})
  and retail.order_items.batch_id <> :batch
  and retail.order_items.unit_cost is null
  and p.unit_cost is not null;

-- step: people-gone-days
insert into {{days}} (day)
select distinct o.order_date
from retail.orders o
join {{changed_customers}} k on k.customer_id = o.customer_id
left join retail.customers c on c.customer_id = o.customer_id
where c.customer_id is null and o.batch_id <> :batch and o.person_id <> o.customer_id;

-- step: people-gone-orders
update retail.orders
set person_id = customer_id
where customer_id in (select customer_id from {{changed_customers}})
  and customer_id not in (select customer_id from retail.customers)
  and batch_id <> :batch and person_id <> customer_id;

-- step: people-gone-items
update retail.order_items
set person_id = customer_id
where customer_id in (select customer_id from {{changed_customers}})
  and customer_id not in (select customer_id from retail.customers)
  and batch_id <> :batch and person_id <> customer_id;

-- step: note-countries
insert into history.late_fills (table_name, order_id, line_no, parent_id, row_batch)
select 'orders', o.order_id, 0, o.customer_id, o.batch_id
from retail.orders o
join {{changed_customers}} k on k.customer_id = o.customer_id
join retail.customers c on c.customer_id = o.customer_id
where o.batch_id <> :batch and o.country is null and c.country is not null;

-- step: note-costs
insert into history.late_fills (table_name, order_id, line_no, parent_id, row_batch)
select 'order_items', i.order_id, i.line_no, i.product_id, i.batch_id
from retail.order_items i
join {{changed_products}} k on k.product_id = i.product_id
join retail.products p on p.product_id = i.product_id
where i.batch_id <> :batch and i.unit_cost is null and p.unit_cost is not null;

-- step: empty-countries
update {{orders}}
set country = null
from (
  select distinct f.order_id, f.row_batch
  from history.late_fills f
  join {{changed_customers}} k on k.customer_id = f.parent_id
  where f.table_name = 'orders'
) filled
where filled.order_id = {{orders}}.order_id and filled.row_batch = {{orders}}.batch_id;

-- step: empty-costs
update {{order_items}}
set unit_cost = null, cost_amount = null
from (
  select distinct f.order_id, f.line_no, f.row_batch
  from history.late_fills f
  join {{changed_products}} k on k.product_id = f.parent_id
  where f.table_name = 'order_items'
) filled
where filled.order_id = {{order_items}}.order_id and filled.line_no = {{order_items}}.line_no
  and filled.row_batch = {{order_items}}.batch_id;

-- step: forget-countries
delete from history.late_fills
using {{changed_customers}} k
where history.late_fills.table_name = 'orders' and k.customer_id = history.late_fills.parent_id;

-- step: forget-costs
delete from history.late_fills
using {{changed_products}} k
where history.late_fills.table_name = 'order_items' and k.product_id = history.late_fills.parent_id;
