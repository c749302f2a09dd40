-- question: what was sold per day, branch and category
-- parameters: :from, :to (half-open days)
-- result: order_date, branch_id, branch, category, revenue (money), cost (money), costed_revenue (money), units, lines (count)
-- reads: order_items, products, branches
select
  i.order_date,
  coalesce(i.branch_id, '') as branch_id,
  coalesce(max(b.name), i.branch_id, '') as branch,
  coalesce(p.category, 'uncategorised') as category,
  sum(i.net_amount) as revenue,
  sum(case when i.cost_amount is not null then i.cost_amount else 0 end) as cost,
  sum(case when i.cost_amount is not null then i.net_amount else 0 end) as costed_revenue,
  sum(i.quantity) as units,
  count(*) as lines
from order_items i
left join products p on p.product_id = i.product_id
left join branches b on b.branch_id = i.branch_id
where i.line_kind = 'sale'
  and i.order_date >= cast(:from as date)
  and i.order_date < cast(:to as date)
group by i.order_date, i.branch_id, coalesce(p.category, 'uncategorised')
order by 1, 2, 4
