-- severity: error
-- sentence: {count} orders were refunded more than was paid for them; {amount} too much in all.
-- tables: orders, refunds, payments
-- What was paid is the payments, else the stated total, else the lines with tax and shipping.
select order_id as example, refunded - coalesce(paid, total_amount, amount) as amount
from {{sums}}
where refunded - coalesce(paid, total_amount, amount) >= 0.005
