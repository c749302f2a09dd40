-- name: customer-cohorts
-- title: Customer cohorts
-- question: Of the customers who first bought in a month, how many bought again in the months after.
-- meaning: A cohort is the people whose first order ever fell into that month; month 0 is that month.
-- examples:
--   - customer cohorts
--   - show cohort retention by month
--   - cohort analysis of the last 12 months
--   - how well do we retain customers by first purchase month
-- cues:
--   - [cohort, cohorts, retention, retain, retained]
-- parameters:
--   - { name: period, label: months of first orders, type: period, default: last 12 complete months }
-- columns:
--   - { name: cohort, label: First order in, type: date }
--   - { name: month_number, label: Months later, type: integer }
--   - { name: cohort_size, label: People in cohort, type: integer, unit: { kind: count, of: customers } }
--   - { name: buyers, label: Bought in that month, type: integer, unit: { kind: count, of: customers } }
--   - { name: buyer_share, label: Of the cohort, type: decimal, unit: { kind: share } }
-- tables: [orders]
-- owner: marketing
with firsts as (
  select person_id, cast(date_trunc('month', min(order_date)) as date) as cohort
  from orders
  where document_kind = 'sale' and person_id is not null
  group by person_id
),
chosen as (
  select person_id, cohort from firsts
  where cohort >= cast(date_trunc('month', cast(:from as date)) as date) and cohort < cast(:to as date)
),
sizes as (
  select cohort, count(*) as cohort_size from chosen group by cohort
),
activity as (
  select c.cohort, datediff(month, c.cohort, o.order_date) as month_number, count(distinct o.person_id) as buyers
  from chosen c
  join orders o on o.person_id = c.person_id and o.document_kind = 'sale'
  group by 1, 2
)
select
  a.cohort,
  a.month_number,
  s.cohort_size,
  a.buyers,
  cast(a.buyers * 1.0 / s.cohort_size as decimal(18,4)) as buyer_share
from activity a
join sizes s on s.cohort = a.cohort
where a.month_number between 0 and 12
order by a.cohort, a.month_number
