-- severity: info
-- sentence: {count} orders state another number of items than their lines have.
-- tables: orders, order_items
-- Orders without any line have their own check. Either lines or pieces may be what is stated.
select o.order_id as example, cast(null as decimal(19,4)) as amount
from retail.orders o
join {{lines}} l on l.order_id = o.order_id
where o.stated_items is not null and o.stated_items <> l.line_count and o.stated_items <> l.pieces
