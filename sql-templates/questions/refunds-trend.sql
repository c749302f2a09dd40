-- name: refunds-trend
-- title: Refunds month by month
-- question: How refunds developed over the last months, in number, amount and against revenue.
-- meaning: Refunds count in the month in which they were paid back; the share is of the same month's revenue.
-- answer:
--   - "In {last.month_start} {last.refunded_amount} was refunded, {last.refund_share} of revenue; in {first.month_start} it was {first.refunded_amount}, {first.refund_share}."
--   - "The share was highest in {most.refund_share>month_start}: {most.refund_share}."
-- examples:
--   - how did refunds develop over the last six months
--   - refunds trend
--   - trend of refunds for the last 6 months
--   - are refunds going up
-- cues:
--   - [refund, refunds, refunded]
--   - [trend, develop, developed, development, going up, going down, evolution, over the last, month by month, monthly]
-- parameters:
--   - { name: period, label: period, type: period, default: last 6 complete months }
-- columns:
--   - { name: month_start, label: Month, type: date }
--   - { name: refunds, label: Refunds, type: integer, unit: { kind: count, of: refunds } }
--   - { name: refunded_amount, label: Refunded, type: decimal, unit: { kind: money } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
--   - { name: refund_share, label: Refunds of revenue, type: decimal, unit: { kind: share } }
-- tables: [dates, refunds, order_items]
-- owner: finance
-- notes: [Months without refunds are shown with zero.]
with months as (
  select month_start from dates
  where date_day >= cast(:from as date) and date_day < cast(:to as date)
    and date_day <= (select max(order_date) from order_items)
  group by month_start
),
refunded as (
  select cast(date_trunc('month', refund_date) as date) as month_start, count(*) as refunds, sum(amount) as amount
  from refunds
  where refund_date >= cast(:from as date) and refund_date < cast(:to as date)
  group by 1
),
sold as (
  select cast(date_trunc('month', order_date) as date) as month_start, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by 1
)
select
  m.month_start,
  coalesce(r.refunds, 0) as refunds,
  coalesce(r.amount, 0) as refunded_amount,
  coalesce(s.revenue, 0) as revenue,
  cast(r.amount / nullif(s.revenue, 0) as decimal(18,4)) as refund_share
from months m
left join refunded r on r.month_start = m.month_start
left join sold s on s.month_start = m.month_start
order by m.month_start
