-- name: repeat-rate
-- title: Customers who bought more than once
-- question: How many customers bought once, twice, three times and more often in a period.
-- meaning: Counted are people, not customer numbers; an order is a sale document.
-- answer:
--   - "{sum.customers} customers bought; {first.customers} of them ({first.customer_share}) made {first.orders_made} order, and {last.customers} made {last.orders_made}."
-- examples:
--   - how many customers bought more than once
--   - what is the repeat purchase rate
--   - share of customers with two or more orders
--   - repeat customers by number of orders
-- cues:
--   - [customer, customers, people, buyers, repeat]
--   - [more than once, repeat purchase, repeat rate, two or more orders, once and twice, by number of orders, how often]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
-- columns:
--   - { name: orders_made, label: Orders made, type: text }
--   - { name: customers, label: Customers, type: integer, unit: { kind: count, of: customers } }
--   - { name: customer_share, label: Of all customers, type: decimal, unit: { kind: share } }
--   - { name: revenue, label: Their revenue, type: decimal, unit: { kind: money } }
--   - { name: revenue_share, label: Of revenue, type: decimal, unit: { kind: share } }
-- tables: [orders, order_items]
-- owner: marketing
with sold as (
  select order_id, sum(net_amount) as revenue
  from order_items
  where line_kind = 'sale' and order_date >= cast(:from as date) and order_date < cast(:to as date)
  group by order_id
),
people as (
  select o.person_id, count(*) as orders, sum(coalesce(s.revenue, 0)) as revenue
  from orders o
  left join sold s on s.order_id = o.order_id
  where o.document_kind = 'sale' and o.person_id is not null
    and o.order_date >= cast(:from as date) and o.order_date < cast(:to as date)
  group by o.person_id
),
bands as (
  select least(orders, 5) as band, count(*) as customers, sum(revenue) as revenue
  from people
  group by 1
)
select
  case when band >= 5 then '5 or more' else cast(band as varchar(4)) end as orders_made,
  customers,
  cast(customers * 1.0 / sum(customers) over () as decimal(18,4)) as customer_share,
  revenue,
  cast(revenue / nullif(sum(revenue) over (), 0) as decimal(18,4)) as revenue_share
from bands
order by band
