-- name: invoice-lines
-- title: Lines of an invoice
-- question: What is on an order or invoice, line by line.
-- answer:
--   - "Order {first.order_id} of {first.order_date} has {rows} lines, worth {sum.net_amount} together."
-- examples:
--   - show invoice 536365
--   - what is on order A1001
--   - lines of invoice 42
-- cues:
--   - [invoice, order, document, receipt]
--   - [show, what is on, lines of, look up, find]
-- parameters:
--   - { name: invoice, label: invoice number, type: text, words: [invoice, order, document] }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: line_no, label: Line, type: integer }
--   - { name: product, label: Product, type: text }
--   - { name: line_kind, label: Kind, type: text }
--   - { name: quantity, label: Quantity, type: decimal, unit: { kind: count, of: units } }
--   - { name: unit_price, label: Unit price, type: decimal, unit: { kind: money } }
--   - { name: net_amount, label: Amount, type: decimal, unit: { kind: money } }
-- tables: [order_items, products]
-- owner: customer service
select
  i.order_id,
  i.order_date,
  i.line_no,
  coalesce(i.description, p.name, i.product_id) as product,
  i.line_kind,
  i.quantity,
  i.unit_price,
  i.net_amount
from order_items i
left join products p on p.product_id = i.product_id
where i.order_id = :invoice
order by i.line_no
limit 1000
