-- name: discount-effect
-- title: Effect of discounts
-- question: How much is sold with which discount, and what it leaves.
-- meaning: The band is the line's discount of its gross amount; margin is revenue less cost where the cost is known.
-- answer:
--   - "Discounts of {sum.discount} were given; lines with discount '{most.revenue>discount_band}' made the most: {most.revenue}, {most.revenue>revenue_share} of revenue."
-- examples:
--   - effect of discounts
--   - how do discounts affect sales
--   - sales and margin by discount level
--   - what do discounts cost us
-- cues:
--   - [discount, discounts, discounted, markdown, markdowns]
--   - [effect, affect, impact, cost us, level, levels, band, bands, margin]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
-- columns:
--   - { name: discount_band, label: Discount, type: text }
--   - { name: lines, label: Lines, type: integer, unit: { kind: count, of: lines } }
--   - { name: units, label: Units, type: decimal, unit: { kind: count, of: units } }
--   - { name: discount, label: Discount given, type: decimal, unit: { kind: money } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
--   - { name: revenue_share, label: Of revenue, type: decimal, unit: { kind: share } }
--   - { name: margin_share, label: Margin, type: decimal, unit: { kind: share } }
-- tables: [order_items]
-- owner: merchandising
with lines as (
  select
    case
      when gross_amount = 0 or discount_amount <= 0 then 0
      when discount_amount / gross_amount <= 0.10 then 1
      when discount_amount / gross_amount <= 0.20 then 2
      when discount_amount / gross_amount <= 0.30 then 3
      else 4
    end as band,
    quantity,
    discount_amount,
    net_amount,
    case when cost_amount is not null then net_amount end as revenue_with_cost,
    cost_amount
  from order_items
  where line_kind = 'sale' and order_date >= cast(:from as date) and order_date < cast(:to as date)
)
select
  case band
    when 0 then 'none'
    when 1 then 'up to 10 %'
    when 2 then '10 to 20 %'
    when 3 then '20 to 30 %'
    else 'over 30 %'
  end as discount_band,
  count(*) as lines,
  sum(quantity) as units,
  sum(discount_amount) as discount,
  sum(net_amount) as revenue,
  cast(sum(net_amount) / nullif(sum(sum(net_amount)) over (), 0) as decimal(18,4)) as revenue_share,
  cast((sum(revenue_with_cost) - sum(cost_amount)) / nullif(sum(revenue_with_cost), 0) as decimal(18,4)) as margin_share
from lines
group by band
order by band
