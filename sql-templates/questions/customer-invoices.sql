-- name: customer-invoices
-- title: Invoices of a customer
-- question: Which orders and invoices a customer has, newest first.
-- answer:
--   - "There are {rows} documents of this customer, worth {sum.net_amount} together; the newest listed is of {first.order_date}."
-- examples:
--   - invoices of customer 17850
--   - list the orders of customer C0042
--   - what did customer 12583 order
-- cues:
--   - [customer, client, buyer]
--   - [invoices of, orders of, what did, order history, invoices for, orders for]
-- parameters:
--   - { name: customer, label: customer number, type: text, words: [customer, client] }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: document_kind, label: Kind, type: text }
--   - { name: status, label: Status, type: text }
--   - { name: lines, label: Lines, type: integer, unit: { kind: count, of: lines } }
--   - { name: net_amount, label: Amount, type: decimal, unit: { kind: money } }
-- tables: [orders, order_items]
-- owner: customer service
select
  o.order_id,
  o.order_date,
  o.document_kind,
  o.status,
  count(i.line_no) as lines,
  coalesce(sum(i.net_amount), 0) as net_amount
from orders o
left join order_items i on i.order_id = o.order_id
where o.customer_id = :customer or o.person_id = :customer
group by o.order_id, o.order_date, o.document_kind, o.status
order by o.order_date desc, o.order_id
limit 1000
