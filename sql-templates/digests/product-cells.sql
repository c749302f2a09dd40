-- question: what was sold per day of the products that sell often enough to be watched one by one; sizes and colours
-- of one product ('Ridge Runner, blue, EU 38') are one, so the name counts up to its first comma
-- parameters: :from, :to (half-open days), :least_lines (count) within the days
-- result: order_date, product, category, revenue (money), units, lines (count)
-- reads: order_items, products
with lines as (
  select
    i.order_date,
    coalesce(nullif(split_part(p.name, ',', 1), ''), i.product_id) as product,
    coalesce(p.category, 'uncategorised') as category,
    i.net_amount,
    i.quantity
  from order_items i
  left join products p on p.product_id = i.product_id
  where i.line_kind = 'sale'
    and i.product_id is not null
    and i.order_date >= cast(:from as date)
    and i.order_date < cast(:to as date)
),
watched as (
  select product
  from lines
  group by product
  having count(*) >= :least_lines
)
select
  l.order_date,
  l.product,
  max(l.category) as category,
  sum(l.net_amount) as revenue,
  sum(l.quantity) as units,
  count(*) as lines
from lines l
join watched w on w.product = l.product
group by l.order_date, l.product
order by 1, 2
