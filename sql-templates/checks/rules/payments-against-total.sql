-- severity: warning
-- sentence: {count} orders were paid another amount than their total; off by {amount} in all.
-- tables: orders, order_items, payments
-- Where no total is stated it is the lines with tax and shipping. Orders without payments or without lines are left out.
with touched as (
  select order_id from retail.orders where batch_id = :batch
  union
  select order_id from retail.order_items where batch_id = :batch
  union
  select order_id from retail.payments where batch_id = :batch
  union
  select order_id from retail.refunds where batch_id = :batch
), paid as (
  select order_id, sum(amount) as amount
  from retail.payments
  where order_id in (select order_id from touched)
  group by order_id
), lines as (
  select order_id, sum(net_amount + tax_amount + shipping_amount) as amount
  from retail.order_items
  where order_id in (select order_id from touched)
  group by order_id
)
select p.order_id as example, p.amount - coalesce(o.total_amount, l.amount) as amount
from paid p
join retail.orders o on o.order_id = p.order_id
left join lines l on l.order_id = p.order_id
where abs(p.amount - coalesce(o.total_amount, l.amount)) >= 0.005
