-- Orders of a day by branch and channel: counts and totals without reading each order.
create materialized view fast.daily_orders
diststyle all sortkey (order_date)
auto refresh yes
as
select
  order_date,
  branch_id,
  channel,
  document_kind,
  count(*) as orders,
  sum(total_amount) as total_amount,
  sum(shipping_amount) as shipping_amount,
  sum(discount_amount) as discount_amount
from retail.orders
group by order_date, branch_id, channel, document_kind
