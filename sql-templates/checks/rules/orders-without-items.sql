-- severity: info
-- sentence: {count} orders have no line.
-- tables: orders, order_items
with touched as (
  select order_id from retail.orders where batch_id = :batch
  union
  select order_id from retail.order_items where batch_id = :batch
  union
  select order_id from retail.payments where batch_id = :batch
  union
  select order_id from retail.refunds where batch_id = :batch
)
select o.order_id as example, cast(null as decimal(19,4)) as amount
from retail.orders o
left join (
  select distinct order_id from retail.order_items where order_id in (select order_id from touched)
) i on i.order_id = o.order_id
where o.order_id in (select order_id from touched) and i.order_id is null
