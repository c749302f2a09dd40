-- question: sums per branch and day
-- parameters: :from, :to (half-open days)
-- result: order_date, branch, orders (count), revenue (money), quantity, returned (count)
-- reads: retail.orders, retail.order_items
select
  order_date,
  branch_id as branch,
  sum(orders) as orders,
  sum(revenue) as revenue,
  sum(quantity) as quantity,
  sum(returned) as returned
from (
  select
    order_date,
    branch_id,
    count(*) as orders,
    cast(0 as decimal(19,4)) as revenue,
    cast(0 as decimal(19,4)) as quantity,
    cast(0 as decimal(19,4)) as returned
  from retail.orders
  where document_kind = 'sale'
    and branch_id is not null
    and order_date >= cast(:from as date)
    and order_date < cast(:to as date)
  group by order_date, branch_id
  union all
  select order_date, branch_id, 0, sum(net_amount), sum(quantity), sum(returned_quantity)
  from retail.order_items
  where line_kind = 'sale'
    and branch_id is not null
    and order_date >= cast(:from as date)
    and order_date < cast(:to as date)
  group by order_date, branch_id
) sums
group by order_date, branch_id
order by 1, 2
