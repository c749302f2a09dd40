-- severity: info
-- sentence: {count} orders state another number of items than their lines have.
-- tables: orders, order_items
-- Orders without any line have their own check. Either lines or pieces may be what is stated.
select order_id as example, cast(null as decimal(19,4)) as amount
from {{sums}}
where stated_items <> line_count and stated_items <> pieces
