-- name: price-changes
-- title: Price changes
-- question: Which products changed their selling price most within a period.
-- meaning: The average unit price before discount in the first month with sales is held against that in the last month.
-- answer:
--   - "{rows} products changed their price; {most.change_share>product} rose most: from {most.change_share>first_price} to {most.change_share>last_price}."
-- examples:
--   - price changes
--   - which products became more expensive
--   - biggest price increases this year
--   - products whose price changed most
-- cues:
--   - [price, prices, expensive, cheaper, dearer]
--   - [change, changes, changed, increase, increases, increased, raised, became, cut, cuts, went up, went down]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
--   - { name: top, label: number of products, type: integer, default: 50, least: 1, most: 1000, words: [top, first] }
-- columns:
--   - { name: product, label: Product, type: text }
--   - { name: category, label: Category, type: text }
--   - { name: first_month, label: First month, type: date }
--   - { name: first_price, label: Price then, type: decimal, unit: { kind: money } }
--   - { name: last_month, label: Last month, type: date }
--   - { name: last_price, label: Price now, type: decimal, unit: { kind: money } }
--   - { name: change, label: Change, type: decimal, unit: { kind: money } }
--   - { name: change_share, label: Change in percent, type: decimal, unit: { kind: share } }
-- tables: [order_items, products]
-- owner: merchandising
with monthly as (
  select
    product_id,
    cast(date_trunc('month', order_date) as date) as month_start,
    sum(gross_amount) / nullif(sum(quantity), 0) as price
  from order_items
  where line_kind = 'sale' and product_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by 1, 2
),
placed as (
  select
    product_id,
    month_start,
    price,
    row_number() over (partition by product_id order by month_start) as from_start,
    row_number() over (partition by product_id order by month_start desc) as from_end
  from monthly
),
held as (
  select
    f.product_id,
    f.month_start as first_month,
    cast(f.price as decimal(19,2)) as first_price,
    l.month_start as last_month,
    cast(l.price as decimal(19,2)) as last_price
  from placed f
  join placed l on l.product_id = f.product_id and l.from_end = 1
  where f.from_start = 1 and f.month_start < l.month_start
),
ranked as (
  select
    h.product_id, h.first_month, h.first_price, h.last_month, h.last_price,
    row_number() over (order by abs((h.last_price - h.first_price) / nullif(h.first_price, 0)) desc nulls last, h.product_id) as place
  from held h
  where h.first_price <> h.last_price
)
select
  coalesce(p.name, r.product_id) as product,
  p.category,
  r.first_month,
  r.first_price,
  r.last_month,
  r.last_price,
  r.last_price - r.first_price as change,
  cast((r.last_price - r.first_price) / nullif(r.first_price, 0) as decimal(18,4)) as change_share
from ranked r
left join products p on p.product_id = r.product_id
where r.place <= cast(:top as integer)
order by r.place
