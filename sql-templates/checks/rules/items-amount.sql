-- severity: warning
-- sentence: {count} orders state an amount for their items that their lines do not add up to; off by {amount} in all.
-- tables: orders, order_items
-- Before or after the lines' discounts: sources differ, either is accepted.
select o.order_id as example, o.items_amount - l.net as amount
from retail.orders o
join {{lines}} l on l.order_id = o.order_id
where o.items_amount is not null
  and abs(o.items_amount - l.net) >= 0.005
  and abs(o.items_amount - l.gross) >= 0.005
