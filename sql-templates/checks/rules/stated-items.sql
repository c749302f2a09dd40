-- severity: info
-- sentence: {count} orders state another number of items than their lines have.
-- tables: orders, order_items
-- Orders without any line have their own check. Either lines or pieces may be what is stated.
with touched as (
  select order_id from retail.orders where batch_id = :batch
  union
  select order_id from retail.order_items where batch_id = :batch
  union
  select order_id from retail.payments where batch_id = :batch
  union
  select order_id from retail.refunds where batch_id = :batch
), lines as (
  select order_id, count(*) as line_count, sum(quantity) as pieces
  from retail.order_items
  where order_id in (select order_id from touched)
  group by order_id
)
select o.order_id as example, cast(null as decimal(19,4)) as amount
from retail.orders o
join lines l on l.order_id = o.order_id
where o.stated_items is not null and o.stated_items <> l.line_count and o.stated_items <> l.pieces
