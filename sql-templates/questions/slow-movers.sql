-- name: slow-movers
-- title: Slow movers
-- question: Which products sold least or not at all in a period, with the stock that lies there.
-- meaning: Listed are products that sold before or are in stock; the stock is the last count of each branch, summed.
-- answer:
--   - "{rows} products hardly sell; {most.stock_value>product} ties up most money: {most.stock_value} at cost."
-- examples:
--   - slow movers
--   - which products hardly sell
--   - products that did not sell in the last 3 months
--   - slow moving products with stock
-- cues:
--   - [slow mover, slow movers, slow moving, slow-moving, hardly sell, did not sell, not selling, shelf warmers, dead stock, sell poorly]
-- parameters:
--   - { name: period, label: period, type: period, default: last 3 complete months }
--   - { name: most_units, label: units at most, type: integer, default: 5, least: 0, most: 100000, words: [at most, fewer than, less than] }
-- columns:
--   - { name: product, label: Product, type: text }
--   - { name: category, label: Category, type: text }
--   - { name: units, label: Units sold, type: decimal, unit: { kind: count, of: units } }
--   - { name: last_sold, label: Last sold, type: date }
--   - { name: stock, label: In stock, type: decimal, unit: { kind: count, of: units } }
--   - { name: stock_value, label: Stock at cost, type: decimal, unit: { kind: money } }
-- tables: [order_items, products, stock_counts]
-- owner: merchandising
with sales as (
  select
    product_id,
    sum(case when order_date >= cast(:from as date) then quantity else 0 end) as units,
    max(order_date) as last_sold
  from order_items
  where line_kind = 'sale' and order_date < cast(:to as date)
  group by product_id
),
counts as (
  select product_id, branch_id, quantity, row_number() over (partition by product_id, branch_id order by counted_on desc) as place
  from stock_counts
  where counted_on < cast(:to as date)
),
stock as (
  select product_id, sum(quantity) as stock from counts where place = 1 group by product_id
)
select
  coalesce(p.name, p.product_id) as product,
  p.category,
  coalesce(s.units, 0) as units,
  s.last_sold,
  k.stock,
  cast(k.stock * p.unit_cost as decimal(19,2)) as stock_value
from products p
left join sales s on s.product_id = p.product_id
left join stock k on k.product_id = p.product_id
where (s.product_id is not null or k.stock > 0)
  and coalesce(s.units, 0) <= cast(:most_units as integer)
order by coalesce(k.stock, 0) * coalesce(p.unit_cost, 0) desc, units, product
limit 500
