-- severity: info
-- sentence: {count} orders have no line.
-- tables: orders, order_items
select o.order_id as example, cast(null as decimal(19,4)) as amount
from retail.orders o
left join {{lines}} l on l.order_id = o.order_id
where o.order_id in (select order_id from {{touched}}) and l.order_id is null
