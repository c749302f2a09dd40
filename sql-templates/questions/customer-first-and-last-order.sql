-- name: customer-first-and-last-order
-- title: First and last order of a customer
-- question: When a customer ordered first and last, and how often in between.
-- answer:
--   - "This customer ordered first on {first.first_order} and last on {first.last_order}: {first.orders} orders in all."
-- examples:
--   - when did customer 17850 last order
--   - when did customer C0042 first order
--   - last order of customer 17850
--   - when was the last order of customer 12583
--   - when did customer 12583 order last
-- cues:
--   - [customer, client, buyer]
--   - [last order, first order, order last, order first, last buy, last purchase, last bought, last ordered]
-- parameters:
--   - { name: customer, label: customer number, type: text, words: [customer, client] }
-- columns:
--   - { name: first_order, label: First order, type: date }
--   - { name: last_order, label: Last order, type: date }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
-- tables: [orders]
-- owner: customer service
select
  min(order_date) as first_order,
  max(order_date) as last_order,
  count(*) as orders
from orders
where document_kind = 'sale' and (customer_id = :customer or person_id = :customer)
having count(*) > 0
