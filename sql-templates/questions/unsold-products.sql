-- name: unsold-products
-- title: Products without a sale
-- question: Which products on file were not sold in a period.
-- meaning: Every product on file counts that has no line of a sale in the period, whether or not it is in stock.
-- examples:
--   - products never sold
--   - which products have never been sold
--   - products without sales
--   - products with no sales
--   - which products were not sold last month
--   - which products did not sell last month
--   - products we did not sell last month
--   - which products have not sold since august
--   - which items had no sales last month
--   - list the products that did not sell last month
--   - products not sold last month
--   - articles that never sold
--   - what did not sell last month
--   - unsold products last month
--   - which articles sold nothing last month
-- cues:
--   - [product, products, item, items, article, articles, what]
--   - [never sold, never been sold, without sales, without any sales, without a sale, no sales, not sold, not sell, did not sell, unsold, sold nothing, sell nothing, sold none]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
-- columns:
--   - { name: product, label: Product, type: text }
--   - { name: product_id, label: Product number, type: text }
--   - { name: category, label: Category, type: text }
--   - { name: last_sold, label: Last sold, type: date }
--   - { name: unsold_products, label: Products without a sale in all, type: integer, unit: { kind: count, of: products } }
-- tables: [order_items, products]
-- owner: merchandising
with sales as (
  select
    product_id,
    max(order_date) as last_sold,
    sum(case when order_date >= cast(:from as date) and order_date < cast(:to as date) then 1 else 0 end) as lines
  from order_items
  where line_kind = 'sale'
  group by product_id
)
select
  coalesce(p.name, p.product_id) as product,
  p.product_id,
  p.category,
  s.last_sold,
  count(*) over () as unsold_products
from products p
left join sales s on s.product_id = p.product_id
where coalesce(s.lines, 0) = 0
order by s.last_sold desc nulls last, product, p.product_id
limit 500
