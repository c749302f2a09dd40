-- severity: warning
-- sentence: {count} lines belong to an order that is not loaded; {amount} in all.
-- tables: orders, order_items
select i.order_id || ', line ' || cast(i.line_no as varchar(12)) as example, i.net_amount as amount
from retail.order_items i
where i.batch_id = :batch
  and i.order_id in (select order_id from {{sums}} where known_as is null and line_count is not null)
