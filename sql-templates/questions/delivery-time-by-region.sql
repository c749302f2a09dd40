-- name: delivery-time-by-region
-- title: Delivery time by region
-- question: How long deliveries take in each region of the customers, and how many are late.
-- meaning: Days run from order to delivery; the region is the customer's state, or country where there is no state.
-- answer:
--   - "{most.average_days>region} waits longest: {most.average_days} on average over {most.average_days>delivered_orders} delivered orders."
--   - "{least.average_days>region} waits least: {least.average_days}."
-- examples:
--   - delivery time by region
--   - how long do deliveries take per state
--   - where are deliveries slowest
--   - average and median delivery days by region
-- cues:
--   - [delivery, deliveries, deliver, shipping time, lead time]
--   - [region, regions, state, states, where, country, countries]
--   - [time, long, days, slow, slowest, fast, fastest, late]
-- parameters:
--   - { name: period, label: period of the orders, type: period, default: last 12 complete months }
-- columns:
--   - { name: region, label: Region, type: text }
--   - { name: delivered_orders, label: Delivered orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: average_days, label: Average days, type: decimal, unit: { kind: days } }
--   - { name: median_days, label: Median days, type: decimal, unit: { kind: days } }
--   - { name: slowest_tenth_days, label: Days for the slowest tenth, type: decimal, unit: { kind: days } }
--   - { name: late_orders, label: Late orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: late_share, label: Late, type: decimal, unit: { kind: share } }
-- tables: [orders, customers]
-- owner: operations
with deliveries as (
  select
    coalesce(c.state, c.country, o.country, 'unknown') as region,
    datediff(hour, o.ordered_at, o.delivered_at) / 24.0 as days,
    case when o.delivered_at > o.promised_at then 1 else 0 end as is_late
  from orders o
  left join customers c on c.customer_id = o.customer_id
  where o.document_kind = 'sale' and o.delivered_at is not null
    and o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
)
select
  region,
  count(*) as delivered_orders,
  cast(avg(days) as decimal(18,1)) as average_days,
  cast(median(days) as decimal(18,1)) as median_days,
  cast(percentile_cont(0.9) within group (order by days) as decimal(18,1)) as slowest_tenth_days,
  sum(is_late) as late_orders,
  cast(sum(is_late) * 1.0 / count(*) as decimal(18,4)) as late_share
from deliveries
group by region
order by average_days desc, region
