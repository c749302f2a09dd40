-- name: payment-mix
-- title: Payment methods
-- question: How customers pay, by number, amount and share.
-- answer:
--   - "{most.amount>method} takes the most: {most.amount}, {most.amount>amount_share} of payments."
-- examples:
--   - payment mix
--   - how do customers pay
--   - payments by method last month
--   - share of each payment method
-- cues:
--   - [payment mix, payment methods, how do customers pay, how do people pay, payment method, payments by method, means of payment]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
-- columns:
--   - { name: method, label: Method, type: text }
--   - { name: payments, label: Payments, type: integer, unit: { kind: count, of: payments } }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: amount, label: Amount, type: decimal, unit: { kind: money } }
--   - { name: amount_share, label: Of amount, type: decimal, unit: { kind: share } }
--   - { name: average_installments, label: Installments on average, type: decimal, unit: { kind: ratio } }
-- tables: [payments]
-- owner: finance
select
  method,
  count(*) as payments,
  count(distinct order_id) as orders,
  sum(amount) as amount,
  cast(sum(amount) / nullif(sum(sum(amount)) over (), 0) as decimal(18,4)) as amount_share,
  cast(avg(installments * 1.0) as decimal(18,2)) as average_installments
from payments
where (payment_date >= cast(:from as date) and payment_date < cast(:to as date))
group by method
order by amount desc, method
