-- severity: info
-- sentence: {count} days have no order at all, counted from the last day before this load to its own last.
-- tables: orders
-- A load that begins after the day that should come next leaves a gap before itself.
with loaded as (
  select min(order_date) as first_day, max(order_date) as last_day
  from retail.orders
  where batch_id = :batch
), before as (
  select max(order_date) as last_day
  from retail.orders
  where order_date < (select first_day from loaded)
), span as (
  select coalesce((select last_day from before), first_day) as first_day, last_day
  from loaded
), days as (
  select distinct order_date
  from retail.orders
  where order_date >= (select first_day from span) and order_date <= (select last_day from span)
)
select cast(d.date_day as varchar(10)) as example, cast(null as decimal(19,4)) as amount
from retail.dates d
left join days o on o.order_date = d.date_day
where d.date_day >= (select first_day from span)
  and d.date_day <= (select last_day from span)
  and o.order_date is null
