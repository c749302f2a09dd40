-- name: stock-outs
-- title: Products out of stock
-- question: Which products are out of stock in a branch, and what they sold there lately.
-- meaning: The last count of product and branch is zero or less; units are those sold there in the period, none where it sold nothing.
-- answer:
--   - "There are {rows} cases of a product that is out of stock in a branch."
--   - "The most sold of them lately is {most.units_sold>product} in {most.units_sold>branch}: {most.units_sold} in that time."
-- examples:
--   - which products are out of stock
--   - stock outs
--   - out of stock by branch
--   - what is sold out
-- cues:
--   - [out of stock, stock out, stock outs, stock-outs, stockouts, sold out, no stock, ran out]
-- parameters:
--   - { name: period, label: period of the sales, type: period, default: last 30 days }
-- columns:
--   - { name: branch, label: Branch, type: text }
--   - { name: product, label: Product, type: text }
--   - { name: category, label: Category, type: text }
--   - { name: counted_on, label: Counted on, type: date }
--   - { name: stock, label: In stock, type: decimal, unit: { kind: count, of: units } }
--   - { name: units_sold, label: Units sold, type: decimal, unit: { kind: count, of: units } }
--   - { name: revenue, label: Their revenue, type: decimal, unit: { kind: money } }
-- tables: [stock_counts, order_items, products, branches]
-- owner: operations
with counts as (
  select
    branch_id, product_id, counted_on, quantity,
    row_number() over (partition by branch_id, product_id order by counted_on desc) as place
  from stock_counts
  where counted_on < cast(:to as date)
),
sales as (
  select branch_id, product_id, sum(quantity) as units_sold, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by branch_id, product_id
)
select
  coalesce(b.name, k.branch_id) as branch,
  coalesce(p.name, k.product_id) as product,
  p.category,
  k.counted_on,
  k.quantity as stock,
  coalesce(s.units_sold, 0) as units_sold,
  coalesce(s.revenue, 0) as revenue
from counts k
left join sales s on s.branch_id = k.branch_id and s.product_id = k.product_id
left join products p on p.product_id = k.product_id
left join branches b on b.branch_id = k.branch_id
where k.place = 1 and k.quantity <= 0
order by coalesce(s.revenue, 0) desc, branch, product
limit 1000
