-- severity: warning
-- sentence: {count} orders state an amount for their items that their lines do not add up to; off by {amount} in all.
-- tables: orders, order_items
-- Before or after the lines' discounts: sources differ, either is accepted.
select order_id as example, items_amount - net as amount
from {{sums}}
where abs(items_amount - net) >= 0.005
  and abs(items_amount - gross) >= 0.005
