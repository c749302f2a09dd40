-- name: top-customers
-- title: Best customers
-- question: Which customers bought for the most, with their orders and share.
-- meaning: Customers are people; one person with several customer numbers counts once.
-- answer:
--   - "Customer {first.person_id} spent the most: {first.revenue} in {first.orders} orders, {first.revenue_share} of revenue."
--   - "The {rows} listed spent {sum.revenue} together."
-- examples:
--   - best customers
--   - top 10 customers
--   - who are our best customers this year
--   - which customers spent the most last quarter
-- cues:
--   - [customer, customers, buyers, clients]
--   - [best, top, biggest, spent the most, most valuable, largest]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
--   - { name: top, label: number of customers, type: integer, default: 10, least: 1, most: 1000, words: [top, best, first] }
-- columns:
--   - { name: person_id, label: Customer, type: text }
--   - { name: country, label: Country, type: text }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
--   - { name: revenue_share, label: Of revenue, type: decimal, unit: { kind: share } }
--   - { name: last_order, label: Last order, type: date }
-- tables: [order_items, customers]
-- owner: marketing
with people as (
  select
    person_id,
    max(customer_id) as customer_id,
    count(distinct order_id) as orders,
    sum(net_amount) as revenue,
    max(order_date) as last_order
  from order_items
  where line_kind = 'sale' and person_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by person_id
),
ranked as (
  select
    person_id, customer_id, orders, revenue, last_order,
    sum(revenue) over () as total,
    row_number() over (order by revenue desc, person_id) as place
  from people
)
select
  r.person_id,
  c.country,
  r.orders,
  r.revenue,
  cast(r.revenue / nullif(r.total, 0) as decimal(18,4)) as revenue_share,
  r.last_order
from ranked r
left join customers c on c.customer_id = r.customer_id
where r.place <= cast(:top as integer)
order by r.place
