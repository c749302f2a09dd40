-- question: sums per category and day, from which daily revenue, average order value and return rate follow
-- parameters: :from, :to (half-open days)
-- result: order_date, category, revenue (money), orders (count), quantity, returned (count)
-- reads: retail.order_items, retail.products
select
  i.order_date,
  coalesce(p.category, 'uncategorised') as category,
  sum(i.net_amount) as revenue,
  count(distinct i.order_id) as orders,
  sum(i.quantity) as quantity,
  sum(i.returned_quantity) as returned
from retail.order_items i
left join retail.products p on p.product_id = i.product_id
where i.line_kind = 'sale'
  and i.order_date >= cast(:from as date)
  and i.order_date < cast(:to as date)
group by i.order_date, coalesce(p.category, 'uncategorised')
order by 1, 2
