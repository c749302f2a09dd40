-- name: order-details
-- title: An order
-- question: What one order came to, where it stands, and what was paid and refunded.
-- answer:
--   - "Order {first.order_id} of {first.order_date} came to {first.total_amount} ({first.net_amount} for the goods without tax and shipping)."
--   - "Its status is {first.status}."
--   - "It was placed at {first.branch}."
--   - "It was paid by {first.paid_by}."
--   - "It was shipped on {first.shipped_on}."
--   - "It was delivered on {first.delivered_on}."
--   - "Refunds came to {first.refunded}."
-- examples:
--   - what is the total of order A1001
--   - what is the value of order A1001
--   - how much was order A1001
--   - how much was order A1001 worth in total
--   - how much did order A1001 come to
--   - what did order A1001 cost
--   - order total amount of A1001
--   - what is the status of order A1001
--   - was order A1001 delivered
--   - has order A1001 been shipped
--   - has order A1001 arrived yet
--   - is order A1001 paid
--   - where is order A1001
--   - when was order A1001 placed
--   - when was order A1001 delivered
--   - when was order A1001 shipped
--   - when did order A1001 arrive
--   - when will order A1001 be delivered
--   - was order A1001 late
--   - was order A1001 on time
--   - did order A1001 arrive late
--   - how was order A1001 paid
--   - how did the customer pay for order A1001
--   - payment method of order A1001
--   - was order A1001 refunded
--   - was there a refund on order A1001
--   - has order A1001 been refunded
--   - did we refund order A1001
--   - how much was refunded on order A1001
--   - how much did we refund for order A1001
--   - how much was given back on order A1001
--   - which branch was order A1001
--   - which shop sold order A1001
--   - which customer placed order A1001
--   - who placed order A1001
--   - shipping charged on order A1001
--   - discount on order A1001
--   - tax on order A1001
--   - how many items are in order A1001
--   - how many lines does order A1001 have
--   - number of units in order A1001
--   - delivery date of order A1001
--   - which country was order A1001 sent to
-- cues:
--   - [order, invoice, purchase, document]
-- parameters:
--   - { name: order, label: order number, type: text, words: [order, invoice, purchase, document] }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: status, label: Status, type: text }
--   - { name: total_amount, label: Total, type: decimal, unit: { kind: money } }
--   - { name: net_amount, label: Goods without tax, type: decimal, unit: { kind: money } }
--   - { name: shipping_amount, label: Shipping, type: decimal, unit: { kind: money } }
--   - { name: tax_amount, label: Tax, type: decimal, unit: { kind: money } }
--   - { name: discount_amount, label: Discount, type: decimal, unit: { kind: money } }
--   - { name: units, label: Units, type: decimal, unit: { kind: count, of: units } }
--   - { name: lines, label: Lines, type: integer, unit: { kind: count, of: lines } }
--   - { name: branch, label: Branch, type: text }
--   - { name: channel, label: Channel, type: text }
--   - { name: country, label: Country, type: text }
--   - { name: customer_id, label: Customer, type: text }
--   - { name: paid_by, label: Paid by, type: text }
--   - { name: paid, label: Paid, type: decimal, unit: { kind: money } }
--   - { name: shipped_on, label: Shipped, type: date }
--   - { name: promised_on, label: Promised, type: date }
--   - { name: delivered_on, label: Delivered, type: date }
--   - { name: delivered_late, label: Late, type: text }
--   - { name: refunded, label: Refunded, type: decimal, unit: { kind: money } }
--   - { name: refunds, label: Refunds, type: integer, unit: { kind: count, of: refunds } }
--   - { name: refund_reason, label: Reason, type: text }
-- tables: [orders, order_items, payments, refunds, branches]
-- owner: customer service
with sold as (
  select order_id, sum(net_amount) as net_amount, sum(quantity) as units, count(*) as lines
  from order_items
  where lower(order_id) = lower(:order)
  group by order_id
),
paid as (
  select order_id, sum(amount) as paid, min(method) as one_method, max(method) as other_method
  from payments
  where lower(order_id) = lower(:order)
  group by order_id
),
given_back as (
  select order_id, sum(amount) as refunded, count(*) as refunds, min(reason) as refund_reason
  from refunds
  where lower(order_id) = lower(:order)
  group by order_id
)
select
  o.order_id,
  o.order_date,
  o.status,
  o.total_amount,
  s.net_amount,
  o.shipping_amount,
  o.tax_amount,
  o.discount_amount,
  s.units,
  s.lines,
  coalesce(b.name, o.branch_id) as branch,
  o.channel,
  o.country,
  o.customer_id,
  case when p.one_method = p.other_method then p.one_method else p.one_method || ' and ' || p.other_method end as paid_by,
  p.paid,
  cast(o.shipped_at as date) as shipped_on,
  cast(o.promised_at as date) as promised_on,
  cast(o.delivered_at as date) as delivered_on,
  case when o.delivered_at > o.promised_at then 'late' when o.delivered_at <= o.promised_at then 'on time' end as delivered_late,
  coalesce(g.refunded, 0) as refunded,
  coalesce(g.refunds, 0) as refunds,
  g.refund_reason
from orders o
left join sold s on s.order_id = o.order_id
left join paid p on p.order_id = o.order_id
left join given_back g on g.order_id = o.order_id
left join branches b on b.branch_id = o.branch_id
where lower(o.order_id) = lower(:order)
