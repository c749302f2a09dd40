-- name: second-purchase
-- title: Time to the second order
-- question: How many days pass between a customer's first and second order.
-- meaning: Counted are people whose first order fell into the period; the second may be later.
-- answer:
--   - "Most often the second order comes '{most.customers>days_band}': {most.customers} customers, {most.customers>customer_share} of them."
-- examples:
--   - how long until the second purchase
--   - time between first and second order
--   - days to second purchase
-- cues:
--   - [second purchase, second order, buy again, order again, reorder]
--   - [long, time, days, until, when, soon]
-- parameters:
--   - { name: period, label: period of first orders, type: period, default: all time }
-- columns:
--   - { name: days_band, label: Second order after, type: text }
--   - { name: customers, label: Customers, type: integer, unit: { kind: count, of: customers } }
--   - { name: customer_share, label: Of customers, type: decimal, unit: { kind: share } }
-- tables: [orders]
-- owner: marketing
with numbered as (
  select
    person_id,
    order_date,
    row_number() over (partition by person_id order by ordered_at, order_id) as place
  from orders
  where document_kind = 'sale' and person_id is not null
),
both_orders as (
  select f.person_id, datediff(day, f.order_date, s.order_date) as days
  from numbered f
  left join numbered s on s.person_id = f.person_id and s.place = 2
  where f.place = 1 and f.order_date >= cast(:from as date) and f.order_date < cast(:to as date)
),
banded as (
  select
    case
      when days is null then 6
      when days <= 7 then 1
      when days <= 30 then 2
      when days <= 90 then 3
      when days <= 365 then 4
      else 5
    end as band
  from both_orders
)
select
  case band
    when 1 then 'up to 7 days'
    when 2 then '8 to 30 days'
    when 3 then '31 to 90 days'
    when 4 then '91 to 365 days'
    when 5 then 'over a year'
    else 'no second order yet'
  end as days_band,
  count(*) as customers,
  cast(count(*) * 1.0 / sum(count(*)) over () as decimal(18,4)) as customer_share
from banded
group by band
order by band
