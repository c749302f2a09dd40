-- name: lapsed-customers
-- title: Customers who did not come back
-- question: Which customers bought before a period but not in it, with what they were worth.
-- meaning: Listed are people with a sale before the period and none in it, the most valuable first.
-- answer:
--   - "{first.all_lapsed} customers have not come back in that time."
--   - "The most valuable of them is customer {most.revenue>person_id}: {most.revenue} so far, last on {most.revenue>last_order}."
-- examples:
--   - customers who did not come back
--   - which customers have not bought in the last 6 months
--   - lapsed customers
--   - who stopped buying from us
-- cues:
--   - [customer, customers, who, people, buyers]
--   - [did not come back, not come back, lapsed, churned, stopped buying, have not bought, has not bought, not ordered, have not ordered, inactive, lost]
-- parameters:
--   - { name: period, label: period without an order, type: period, default: last 6 complete months }
--   - { name: top, label: number of customers, type: integer, default: 100, least: 1, most: 1000, words: [top, first] }
-- columns:
--   - { name: person_id, label: Customer, type: text }
--   - { name: last_order, label: Last order, type: date }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: revenue, label: Revenue so far, type: decimal, unit: { kind: money } }
--   - { name: all_lapsed, label: Such customers in all, type: integer, unit: { kind: count, of: customers } }
-- tables: [order_items]
-- owner: marketing
with people as (
  select
    person_id,
    max(order_date) as last_order,
    count(distinct order_id) as orders,
    sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and person_id is not null and order_date < cast(:to as date)
  group by person_id
  having max(order_date) < cast(:from as date)
),
ranked as (
  select
    person_id, last_order, orders, revenue,
    count(*) over () as all_lapsed,
    row_number() over (order by revenue desc, person_id) as place
  from people
)
select person_id, last_order, orders, revenue, all_lapsed
from ranked
where place <= cast(:top as integer)
order by place
