-- question: products that sell and of which the latest count found none anywhere
-- parameters: :from, :to (half-open days of sales), :least_lines (count)
-- result: product_id, product, category, lines (count), revenue (money), counted_on
-- reads: stock_counts, order_items, products
select s.product_id, max(p.name) as product, max(p.category) as category, max(s.lines) as lines,
  max(s.revenue) as revenue, max(c.counted_on) as counted_on
from (
  select product_id, count(*) as lines, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale'
    and order_date >= cast(:from as date)
    and order_date < cast(:to as date)
  group by product_id
  having count(*) >= :least_lines
) s
join stock_counts c on c.product_id = s.product_id
left join products p on p.product_id = s.product_id
where c.counted_on = (
  select max(counted_on) from stock_counts where counted_on < cast(:to as date)
)
  and c.counted_on >= cast(:from as date)
group by s.product_id
having sum(c.quantity) <= 0
order by 5 desc, 1
