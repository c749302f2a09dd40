-- question: sums per day over the whole company
-- parameters: :from, :to (half-open days)
-- result: order_date, orders (count), customers (count of people), revenue (money), quantity, returned (count)
-- reads: retail.orders, retail.order_items
select
  order_date,
  sum(orders) as orders,
  sum(customers) as customers,
  sum(revenue) as revenue,
  sum(quantity) as quantity,
  sum(returned) as returned
from (
  select
    order_date,
    count(*) as orders,
    count(distinct person_id) as customers,
    cast(0 as decimal(19,4)) as revenue,
    cast(0 as decimal(19,4)) as quantity,
    cast(0 as decimal(19,4)) as returned
  from retail.orders
  where document_kind = 'sale'
    and order_date >= cast(:from as date)
    and order_date < cast(:to as date)
  group by order_date
  union all
  select order_date, 0, 0, sum(net_amount), sum(quantity), sum(returned_quantity)
  from retail.order_items
  where line_kind = 'sale'
    and order_date >= cast(:from as date)
    and order_date < cast(:to as date)
  group by order_date
) sums
group by order_date
order by 1
