-- severity: warning
-- sentence: {count} orders state a total that is not items + tax + shipping - discount; off by {amount} in all.
-- tables: orders
-- Only orders that state their total and their items; what else is not stated counts as nothing.
select order_id as example,
  total_amount - (items_amount + coalesce(tax_amount, 0) + coalesce(shipping_amount, 0) - coalesce(discount_amount, 0)) as amount
from retail.orders
where batch_id = :batch
  and total_amount is not null
  and items_amount is not null
  and abs(total_amount - (items_amount + coalesce(tax_amount, 0) + coalesce(shipping_amount, 0) - coalesce(discount_amount, 0))) >= 0.005
