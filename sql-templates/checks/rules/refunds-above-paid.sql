-- severity: error
-- sentence: {count} orders were refunded more than was paid for them; {amount} too much in all.
-- tables: orders, refunds, payments
-- What was paid is the payments, else the stated total, else the lines with tax and shipping.
select r.order_id as example,
  r.amount - coalesce(p.amount, o.total_amount, l.amount) as amount
from {{refunded}} r
left join retail.orders o on o.order_id = r.order_id
left join {{paid}} p on p.order_id = r.order_id
left join {{lines}} l on l.order_id = r.order_id
where r.amount - coalesce(p.amount, o.total_amount, l.amount) >= 0.005
