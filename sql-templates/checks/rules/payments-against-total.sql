-- severity: warning
-- sentence: {count} orders were paid another amount than their total; off by {amount} in all.
-- tables: orders, order_items, payments
-- Where no total is stated it is the lines with tax and shipping. Orders without payments or without lines are left out.
select p.order_id as example, p.amount - coalesce(o.total_amount, l.amount) as amount
from {{paid}} p
join retail.orders o on o.order_id = p.order_id
left join {{lines}} l on l.order_id = p.order_id
where abs(p.amount - coalesce(o.total_amount, l.amount)) >= 0.005
