-- name: bought-with-product
-- title: Bought together with a product
-- question: Which other products are most often in the same order as a product.
-- meaning: Counted are orders that hold both; the share is of all orders with the first.
-- answer:
--   - "{first.product} is bought with it most often: in {first.orders_together} of {first.orders_with} orders."
-- examples:
--   - what do people buy together with fell walker
--   - what are customers buying with fell walker
--   - which products are bought with fell walker
--   - what do customers buy along with fell walker
--   - what else do people buy with fell walker
--   - what is sold together with fell walker
--   - what goes with fell walker
--   - products in the same basket as fell walker
--   - what items are most often bought with fell walker in october
-- cues:
--   - [bought together with, buy together with, buying together with, bought with, buy with, buying with, sold with, sell with, sold together with, go with, goes with, along with, alongside, same basket as, same order as]
-- parameters:
--   - { name: product, label: product, type: dimension, dimension: product }
--   - { name: period, label: period, type: period, default: last 12 complete months }
--   - { name: top, label: number of products, type: integer, default: 20, least: 1, most: 500, words: [top, first] }
-- columns:
--   - { name: product, label: Bought with it, type: text }
--   - { name: category, label: Category, type: text }
--   - { name: orders_together, label: Orders with both, type: integer, unit: { kind: count, of: orders } }
--   - { name: together_share, label: Of orders with the first, type: decimal, unit: { kind: share } }
--   - { name: orders_with, label: Orders with the first, type: integer, unit: { kind: count, of: orders } }
-- tables: [order_items, products]
-- owner: merchandising
with lines as (
  select distinct i.order_id, i.product_id, p.name, p.category
  from order_items i
  join products p on p.product_id = i.product_id
  where i.line_kind = 'sale'
    and i.order_date >= cast(:from as date) and i.order_date < cast(:to as date)
),
asked as (
  select distinct order_id
  from lines
  where strpos(lower(name), lower(:product)) = 1
),
others as (
  select l.product_id, max(l.name) as product, max(l.category) as category, count(*) as orders_together
  from lines l
  join asked a on a.order_id = l.order_id
  where strpos(lower(l.name), lower(:product)) <> 1
  group by l.product_id
),
ranked as (
  select
    product_id, product, category, orders_together,
    row_number() over (order by orders_together desc, product_id) as place
  from others
)
select
  coalesce(product, product_id) as product,
  category,
  orders_together,
  cast(orders_together * 1.0 / (select count(*) from asked) as decimal(18,4)) as together_share,
  (select count(*) from asked) as orders_with
from ranked
where place <= cast(:top as integer)
order by place
