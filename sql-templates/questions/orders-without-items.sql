-- name: orders-without-items
-- title: Orders without items
-- question: Which orders have no line at all.
-- answer:
--   - "{first.all_such_orders} orders have no lines."
-- examples:
--   - orders without items
--   - which orders have no items
--   - show me empty orders
--   - orders that have no lines
-- cues:
--   - [order, orders]
--   - [without items, without item, no items, no item, no lines, without lines, empty]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: status, label: Status, type: text }
--   - { name: branch_id, label: Branch, type: text }
--   - { name: stated_items, label: Items as stated, type: integer, unit: { kind: count, of: items } }
--   - { name: total_amount, label: Stated total, type: decimal, unit: { kind: money } }
--   - { name: all_such_orders, label: Such orders in all, type: integer, unit: { kind: count, of: orders } }
-- tables: [orders, order_items]
-- owner: operations
-- notes: [At most 1000 orders are listed; the last column counts all of them.]
select
  o.order_id,
  o.order_date,
  o.status,
  o.branch_id,
  o.stated_items,
  o.total_amount,
  count(*) over () as all_such_orders
from orders o
where o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
  and not exists (select 1 from order_items i where i.order_id = o.order_id)
order by o.order_date desc, o.order_id
limit 1000
