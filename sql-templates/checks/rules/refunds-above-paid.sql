-- severity: error
-- sentence: {count} orders were refunded more than was paid for them; {amount} too much in all.
-- tables: orders, refunds, payments
-- What was paid is the payments, else the stated total, else the lines with tax and shipping.
with touched as (
  select order_id from retail.orders where batch_id = :batch
  union
  select order_id from retail.order_items where batch_id = :batch
  union
  select order_id from retail.payments where batch_id = :batch
  union
  select order_id from retail.refunds where batch_id = :batch
), refunded as (
  select order_id, sum(amount) as amount
  from retail.refunds
  where order_id in (select order_id from touched)
  group by order_id
), paid as (
  select order_id, sum(amount) as amount
  from retail.payments
  where order_id in (select order_id from refunded)
  group by order_id
), lines as (
  select order_id, sum(net_amount + tax_amount + shipping_amount) as amount
  from retail.order_items
  where order_id in (select order_id from refunded)
  group by order_id
)
select r.order_id as example,
  r.amount - coalesce(p.amount, o.total_amount, l.amount) as amount
from refunded r
left join retail.orders o on o.order_id = r.order_id
left join paid p on p.order_id = r.order_id
left join lines l on l.order_id = r.order_id
where r.amount - coalesce(p.amount, o.total_amount, l.amount) >= 0.005
