-- question: what came back per day, branch and product, on the day it came back where that is known
-- parameters: :from, :to (half-open days)
-- result: return_date, branch_id, category, product, units
-- reads: refunds, order_items, products
select r.return_date, coalesce(r.branch_id, '') as branch_id, coalesce(p.category, 'uncategorised') as category,
  coalesce(nullif(split_part(p.name, ',', 1), ''), r.product_id) as product, sum(r.units) as units
from (
  select refund_date as return_date, branch_id, product_id, quantity as units
  from refunds
  where refund_date >= cast(:from as date) and refund_date < cast(:to as date) and quantity > 0
  union all
  select cast(coalesce(i.returned_at, i.order_date) as date), i.branch_id, i.product_id, i.returned_quantity
  from order_items i
  where i.line_kind = 'sale'
    and i.returned_quantity > 0
    and cast(coalesce(i.returned_at, i.order_date) as date) >= cast(:from as date)
    and cast(coalesce(i.returned_at, i.order_date) as date) < cast(:to as date)
    and not exists (select 1 from refunds)
) r
left join products p on p.product_id = r.product_id
group by r.return_date, r.branch_id, coalesce(p.category, 'uncategorised'),
  coalesce(nullif(split_part(p.name, ',', 1), ''), r.product_id)
order by 1, 2, 3, 4
