-- name: bought-with-category
-- title: Bought together with a category
-- question: Which other products are most often in the same order as a category.
-- meaning: Counted are orders that hold both; the share is of all orders with the first.
-- answer:
--   - "{first.product} is bought with it most often: in {first.orders_together} of {first.orders_with} orders."
-- examples:
--   - what do people buy together with boots
--   - what are customers buying with boots
--   - which products are bought with boots
--   - what do customers buy along with boots
--   - what else do people buy with boots
--   - what is sold together with boots
--   - what goes with boots
--   - products in the same basket as boots
--   - what items are most often bought with boots in october
-- cues:
--   - [bought together with, buy together with, buying together with, bought with, buy with, buying with, sold with, sell with, sold together with, go with, goes with, along with, alongside, same basket as, same order as]
-- parameters:
--   - { name: category, label: category, type: dimension, dimension: category }
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
  where lower(category) = lower(:category)
),
others as (
  select l.product_id, max(l.name) as product, max(l.category) as category, count(*) as orders_together
  from lines l
  join asked a on a.order_id = l.order_id
  where coalesce(lower(l.category), '') <> lower(:category)
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
