-- name: new-and-returning
-- title: New against returning customers
-- question: How many buyers were new and how many came back, month by month, and what they spent.
-- meaning: New is a person in the month of the first order ever; in every later month the person is returning.
-- answer:
--   - "In {last.month_start} there were {last.new_customers} new and {last.returning_customers} returning customers; returning ones made {last.returning_share} of revenue."
--   - "Most new customers came in {most.new_customers>month_start}: {most.new_customers}."
-- examples:
--   - new against returning customers
--   - new vs returning customers by month
--   - how many customers are new and how many return
--   - revenue from new and returning customers this year
-- cues:
--   - [new]
--   - [returning, return, existing, came back, coming back]
--   - [customer, customers, buyers, people]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
-- columns:
--   - { name: month_start, label: Month, type: date }
--   - { name: new_customers, label: New customers, type: integer, unit: { kind: count, of: customers } }
--   - { name: returning_customers, label: Returning customers, type: integer, unit: { kind: count, of: customers } }
--   - { name: new_revenue, label: Revenue from new, type: decimal, unit: { kind: money } }
--   - { name: returning_revenue, label: Revenue from returning, type: decimal, unit: { kind: money } }
--   - { name: returning_share, label: Returning of revenue, type: decimal, unit: { kind: share } }
-- tables: [order_items]
-- owner: marketing
with firsts as (
  select person_id, cast(date_trunc('month', min(order_date)) as date) as first_month
  from order_items
  where line_kind = 'sale' and person_id is not null
  group by person_id
),
monthly as (
  select cast(date_trunc('month', order_date) as date) as month_start, person_id, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and person_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by 1, 2
)
select
  m.month_start,
  sum(case when f.first_month = m.month_start then 1 else 0 end) as new_customers,
  sum(case when f.first_month < m.month_start then 1 else 0 end) as returning_customers,
  sum(case when f.first_month = m.month_start then m.revenue else 0 end) as new_revenue,
  sum(case when f.first_month < m.month_start then m.revenue else 0 end) as returning_revenue,
  cast(sum(case when f.first_month < m.month_start then m.revenue else 0 end) / nullif(sum(m.revenue), 0)
    as decimal(18,4)) as returning_share
from monthly m
join firsts f on f.person_id = m.person_id
group by m.month_start
order by m.month_start
