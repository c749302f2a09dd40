-- severity: warning
-- sentence: {count} lines belong to an order that is not loaded; {amount} in all.
-- tables: orders, order_items
select i.order_id || ', line ' || cast(i.line_no as varchar(12)) as example, i.net_amount as amount
from retail.order_items i
left join retail.orders o on o.order_id = i.order_id
where o.order_id is null and i.batch_id = :batch
