-- question: how many orders per day and branch
-- parameters: :from, :to (half-open days)
-- result: order_date, branch_id, orders (count)
-- reads: orders
select order_date, coalesce(branch_id, '') as branch_id, count(*) as orders
from orders
where document_kind = 'sale'
  and order_date >= cast(:from as date)
  and order_date < cast(:to as date)
group by order_date, branch_id
order by 1, 2
