-- name: late-orders
-- title: Late orders
-- question: Which orders arrived after the promised time, or are overdue, and by how many days.
-- meaning: Late is delivered after the promised instant; overdue is promised before the period's end and not delivered, returned or cancelled.
-- answer:
--   - "{first.all_late_orders} orders were late; the latest of those listed by {most.days_late}: order {most.days_late>order_id}."
-- examples:
--   - which orders are late
--   - list late orders
--   - overdue orders
--   - orders that are late right now
--   - what is late right now
--   - orders delivered after the promised date last month
-- cues:
--   - [order, orders, deliveries]
--   - [late, overdue, delayed, after the promised, after the estimate, behind schedule]
--   - [which, list, show, overdue, what]
-- parameters:
--   - { name: period, label: period of the orders, type: period, default: last 30 days }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Ordered, type: date }
--   - { name: branch, label: Branch, type: text }
--   - { name: promised_at, label: Promised, type: timestamp }
--   - { name: delivered_at, label: Delivered, type: timestamp }
--   - { name: state, label: State, type: text }
--   - { name: days_late, label: Days late, type: integer, unit: { kind: days } }
--   - { name: all_late_orders, label: Late orders in all, type: integer, unit: { kind: count, of: orders } }
-- tables: [orders, branches]
-- owner: operations
-- notes: [At most 1000 orders are listed; the last column counts all of them.]
select
  o.order_id,
  o.order_date,
  coalesce(b.name, o.branch_id) as branch,
  o.promised_at,
  o.delivered_at,
  case when o.delivered_at is null then 'overdue' else 'late' end as state,
  datediff(day, o.promised_at, coalesce(o.delivered_at, dateadd(day, -1, cast(:to as timestamp)))) as days_late,
  count(*) over () as all_late_orders
from orders o
left join branches b on b.branch_id = o.branch_id
where o.document_kind = 'sale'
  and o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
  and (o.delivered_at > o.promised_at
    or (o.delivered_at is null and o.returned_at is null and o.promised_at < cast(:to as timestamp)
      and lower(coalesce(o.status, '')) not in ('canceled', 'cancelled', 'returned', 'unavailable', 'delivered')))
order by days_late desc, o.order_id
limit 1000
