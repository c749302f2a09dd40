-- name: abc-products
-- title: ABC analysis of products
-- question: Which products make the first 80 %, the next 15 % and the last 5 % of revenue.
-- meaning: Products are put in order of revenue; A makes the first 80 % of it, B the next 15 %, C the rest.
-- answer:
--   - "{first.products} products ({first.product_share} of them) make {first.revenue_share} of revenue: class {first.class}."
-- examples:
--   - abc analysis
--   - abc analysis of products last year
--   - which products make 80 percent of revenue
--   - classify products into a b and c
-- cues:
--   - [abc, pareto, "80 percent", "80 %", "80%", "a b and c"]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
-- columns:
--   - { name: class, label: Class, type: text }
--   - { name: products, label: Products, type: integer, unit: { kind: count, of: products } }
--   - { name: product_share, label: Of products, type: decimal, unit: { kind: share } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
--   - { name: revenue_share, label: Of revenue, type: decimal, unit: { kind: share } }
-- tables: [order_items]
-- owner: merchandising
with sold as (
  select product_id, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and product_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by product_id
  having sum(net_amount) > 0
),
running as (
  select
    product_id,
    revenue,
    sum(revenue) over (order by revenue desc, product_id rows between unbounded preceding and current row) - revenue as before_it,
    sum(revenue) over () as total
  from sold
),
classed as (
  select
    case when before_it < 0.80 * total then 'A' when before_it < 0.95 * total then 'B' else 'C' end as class,
    revenue
  from running
)
select
  class,
  count(*) as products,
  cast(count(*) * 1.0 / sum(count(*)) over () as decimal(18,4)) as product_share,
  sum(revenue) as revenue,
  cast(sum(revenue) / nullif(sum(sum(revenue)) over (), 0) as decimal(18,4)) as revenue_share
from classed
group by class
order by class
