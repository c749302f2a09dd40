-- name: order-items-off
-- title: Orders whose lines do not sum to their items amount
-- question: Which orders state an items amount that is not the sum of their lines.
-- meaning: The difference is the stated items amount less the sum of the order's lines before order discounts.
-- answer:
--   - "{rows} orders differ from the sum of their lines; the first is {first.order_id}, by {first.difference}."
-- examples:
--   - orders where the lines do not sum to the items amount
--   - which orders have items that do not match the order
--   - order lines against order amount differences
-- cues:
--   - [line, lines, item, items]
--   - [order, orders]
--   - [do not sum, does not sum, do not match, does not match, differ, difference, differences, mismatch]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: items_amount, label: Items as stated, type: decimal, unit: { kind: money } }
--   - { name: lines_amount, label: Sum of lines, type: decimal, unit: { kind: money } }
--   - { name: difference, label: Difference, type: decimal, unit: { kind: money } }
-- tables: [orders, order_items]
-- owner: finance
with sums as (
  select order_id, sum(gross_amount) as lines_amount
  from order_items
  where order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by order_id
)
select
  o.order_id,
  o.order_date,
  o.items_amount,
  s.lines_amount,
  o.items_amount - s.lines_amount as difference
from orders o
join sums s on s.order_id = o.order_id
where o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
  and abs(o.items_amount - s.lines_amount) >= 0.01
order by abs(o.items_amount - s.lines_amount) desc, o.order_id
limit 1000
