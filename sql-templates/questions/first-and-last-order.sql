-- name: first-and-last-order
-- title: First and last order
-- question: When the first and the last order came in, of everybody or of one customer.
-- answer:
--   - "The first order came in on {first.first_order} and the last on {first.last_order}: {first.orders} orders in all."
-- examples:
--   - when was the first order
--   - when was our last order
--   - date of the first order
--   - first order date
--   - last order date
--   - when did we get our very first order
--   - when did the latest order come in
-- cues:
--   - [when, date]
--   - [first order, last order, latest order, most recent order, earliest order, very first order]
-- columns:
--   - { name: first_order, label: First order, type: date }
--   - { name: last_order, label: Last order, type: date }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
-- tables: [orders]
-- owner: operations
select
  min(order_date) as first_order,
  max(order_date) as last_order,
  count(*) as orders
from orders
where document_kind = 'sale'
having count(*) > 0
