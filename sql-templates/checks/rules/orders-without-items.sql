-- severity: info
-- sentence: {count} orders have no line.
-- tables: orders, order_items
select order_id as example, cast(null as decimal(19,4)) as amount
from {{sums}}
where known_as is not null and line_count is null
