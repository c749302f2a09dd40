-- name: basket-pairs
-- title: Products bought together
-- question: Which pairs of products are most often in the same order.
-- meaning: Lift is how many times more often the two meet in an order than chance would have it.
-- answer:
--   - "{first.product} and {first.other_product} are bought together most often: in {first.orders_together} orders."
-- examples:
--   - which products are bought together
--   - basket pairs
--   - what do people buy together most often
--   - basket analysis last quarter
-- cues:
--   - [bought together, buy together, sold together, basket pairs, pairs, basket analysis, market basket, same order, same basket]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
--   - { name: top, label: number of pairs, type: integer, default: 20, least: 1, most: 500, words: [top, first] }
-- columns:
--   - { name: product, label: Product, type: text }
--   - { name: other_product, label: Bought with, type: text }
--   - { name: orders_together, label: Orders with both, type: integer, unit: { kind: count, of: orders } }
--   - { name: together_share, label: Of orders with the first, type: decimal, unit: { kind: share } }
--   - { name: lift, label: Lift, type: decimal, unit: { kind: ratio } }
-- tables: [order_items, products]
-- owner: merchandising
with lines as (
  select distinct order_id, product_id
  from order_items
  where line_kind = 'sale' and product_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
),
sizes as (
  select product_id, count(*) as orders from lines group by product_id
),
pairs as (
  select a.product_id, b.product_id as other_id, count(*) as orders_together
  from lines a
  join lines b on b.order_id = a.order_id and b.product_id > a.product_id
  group by a.product_id, b.product_id
  having count(*) >= 2
),
ranked as (
  select
    p.product_id, p.other_id, p.orders_together,
    row_number() over (order by p.orders_together desc, p.product_id, p.other_id) as place
  from pairs p
)
select
  coalesce(x.name, r.product_id) as product,
  coalesce(y.name, r.other_id) as other_product,
  r.orders_together,
  cast(r.orders_together * 1.0 / s.orders as decimal(18,4)) as together_share,
  cast(r.orders_together * 1.0 * (select count(distinct order_id) from lines) / (s.orders * 1.0 * t.orders)
    as decimal(18,2)) as lift
from ranked r
join sizes s on s.product_id = r.product_id
join sizes t on t.product_id = r.other_id
left join products x on x.product_id = r.product_id
left join products y on y.product_id = r.other_id
where r.place <= cast(:top as integer)
order by r.place
