-- name: weekday-and-hour
-- title: Orders by weekday and hour
-- question: On which weekday and at which hour most orders come in.
-- meaning: The hour is the company's local hour at which the order was placed.
-- answer:
--   - "The busiest hour is {most.orders>weekday} at {most.orders>hour} o'clock: {most.orders} orders."
-- examples:
--   - best weekday and hour for orders
--   - busiest hours of the week
--   - orders by weekday and hour last month
-- cues:
--   - [weekday, weekdays, hour, hours, time of day, busiest, rush]
--   - [hour, hours, time of day, busiest, rush]
-- parameters:
--   - { name: period, label: period, type: period, default: last 3 complete months }
-- columns:
--   - { name: weekday, label: Weekday, type: text }
--   - { name: hour, label: Hour, type: integer }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: order_share, label: Of orders, type: decimal, unit: { kind: share } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
-- tables: [orders, order_items, dates]
-- owner: operations
with sold as (
  select order_id, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by order_id
)
select
  d.weekday_name as weekday,
  cast(extract(hour from o.ordered_at) as integer) as hour,
  count(*) as orders,
  cast(count(*) * 1.0 / sum(count(*)) over () as decimal(18,4)) as order_share,
  coalesce(sum(s.revenue), 0) as revenue
from orders o
join dates d on d.date_day = o.order_date
left join sold s on s.order_id = o.order_id
where o.document_kind = 'sale' and o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
group by d.weekday_name, d.iso_weekday, 2
order by orders desc, d.iso_weekday, hour
