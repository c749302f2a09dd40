-- severity: warning
-- sentence: {count} orders were paid another amount than their total; off by {amount} in all.
-- tables: orders, order_items, payments
-- Where no total is stated it is the lines with tax and shipping. Orders without payments or without lines are left out.
select order_id as example, paid - coalesce(total_amount, amount) as amount
from {{sums}}
where known_as is not null and abs(paid - coalesce(total_amount, amount)) >= 0.005
