-- name: rfm-segments
-- title: Customers by recency, frequency and money
-- question: How customers fall into groups by how recently, how often and for how much they bought.
-- meaning: Each person gets 1 to 5 points for recency, frequency and money against all others in the period; the group follows from recency and frequency.
-- answer:
--   - "The group '{most.revenue>customer_group}' brings the most: {most.revenue} from {most.revenue>customers} customers, {most.revenue>revenue_share} of revenue."
-- examples:
--   - rfm segments
--   - rfm analysis
--   - group customers by recency frequency and monetary value
--   - who are our champions and lost customers
-- cues:
--   - [rfm, recency, champions, "recency, frequency"]
-- parameters:
--   - { name: period, label: period, type: period, default: last 12 complete months }
-- columns:
--   - { name: customer_group, label: Group, type: text }
--   - { name: customers, label: Customers, type: integer, unit: { kind: count, of: customers } }
--   - { name: average_days_since, label: Days since last order, type: decimal, unit: { kind: days } }
--   - { name: average_orders, label: Orders each, type: decimal, unit: { kind: ratio } }
--   - { name: revenue, label: Revenue, type: decimal, unit: { kind: money } }
--   - { name: revenue_share, label: Of revenue, type: decimal, unit: { kind: share } }
-- tables: [order_items]
-- owner: marketing
with people as (
  select
    person_id,
    max(order_date) as last_day,
    count(distinct order_id) as orders,
    sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and person_id is not null
    and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by person_id
),
scored as (
  select
    person_id,
    orders,
    revenue,
    datediff(day, last_day, max(last_day) over ()) as days_since,
    ntile(5) over (order by last_day, person_id) as recency,
    ntile(5) over (order by orders, revenue, person_id) as frequency
  from people
),
grouped as (
  select
    case
      when recency >= 4 and frequency >= 4 then 'Champions'
      when recency >= 4 and frequency <= 2 then 'New and promising'
      when recency >= 3 then 'Loyal'
      when frequency >= 4 then 'At risk'
      when recency = 2 then 'Cooling'
      else 'Lost'
    end as customer_group,
    days_since,
    orders,
    revenue
  from scored
)
select
  customer_group,
  count(*) as customers,
  cast(avg(days_since * 1.0) as decimal(18,1)) as average_days_since,
  cast(avg(orders * 1.0) as decimal(18,2)) as average_orders,
  sum(revenue) as revenue,
  cast(sum(revenue) / nullif(sum(sum(revenue)) over (), 0) as decimal(18,4)) as revenue_share
from grouped
group by customer_group
order by revenue desc, customer_group
