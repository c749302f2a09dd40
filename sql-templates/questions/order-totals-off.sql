-- name: order-totals-off
-- title: Orders whose total does not add up
-- question: Which orders have a total that is not items plus tax plus shipping minus discount.
-- meaning: The difference is the stated total less items + tax + shipping - discount, all as the source states them.
-- answer:
--   - "{rows} orders are listed; the largest difference is {first.difference}, in order {first.order_id} of {first.order_date}."
-- examples:
--   - which order totals do not add up
--   - orders where the total is not items plus tax plus shipping minus discount
--   - show orders with a wrong total
--   - order total mismatches last month
--   - which orders do not add up
-- cues:
--   - [order, orders]
--   - [total, totals, sum, sums, add up]
--   - [add up, wrong, mismatch, mismatches, mismatched, incorrect, off, tally, reconcile, minus discount, "does not match", "do not match"]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
--   - { name: top, label: number of orders, type: integer, default: 100, least: 1, most: 1000, words: [top, first] }
-- columns:
--   - { name: order_id, label: Order, type: text }
--   - { name: order_date, label: Day, type: date }
--   - { name: branch, label: Branch, type: text }
--   - { name: items_amount, label: Items, type: decimal, unit: { kind: money } }
--   - { name: tax_amount, label: Tax, type: decimal, unit: { kind: money } }
--   - { name: shipping_amount, label: Shipping, type: decimal, unit: { kind: money } }
--   - { name: discount_amount, label: Discount, type: decimal, unit: { kind: money } }
--   - { name: total_amount, label: Stated total, type: decimal, unit: { kind: money } }
--   - { name: difference, label: Difference, type: decimal, unit: { kind: money } }
-- tables: [orders, branches]
-- owner: finance
-- notes: [Orders whose source does not state items or a total cannot be checked and are left out., Differences below one cent are rounding.]
with checked as (
  select
    order_id,
    order_date,
    branch_id,
    items_amount,
    coalesce(tax_amount, 0) as tax_amount,
    coalesce(shipping_amount, 0) as shipping_amount,
    coalesce(discount_amount, 0) as discount_amount,
    total_amount,
    total_amount - (items_amount + coalesce(tax_amount, 0) + coalesce(shipping_amount, 0) - coalesce(discount_amount, 0))
      as difference
  from orders
  where order_date >= cast(:from as date) and order_date < cast(:to as date)
),
ranked as (
  select
    order_id, order_date, branch_id, items_amount, tax_amount, shipping_amount, discount_amount, total_amount, difference,
    row_number() over (order by abs(difference) desc, order_id) as place
  from checked
  where abs(difference) >= 0.01
)
select
  r.order_id,
  r.order_date,
  coalesce(b.name, r.branch_id) as branch,
  r.items_amount,
  r.tax_amount,
  r.shipping_amount,
  r.discount_amount,
  r.total_amount,
  r.difference
from ranked r
left join branches b on b.branch_id = r.branch_id
where r.place <= cast(:top as integer)
order by r.place
