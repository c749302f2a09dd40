-- Fills the date dimension from 2000-01-01 to 2040-12-31.
-- Numbers come from ten digits crossed, because generate_series runs on Redshift's leader node only.

insert into retail.dates (
  date_day, year, quarter, month, month_name, iso_year, iso_week, iso_weekday, weekday_name,
  day_of_month, day_of_year, is_weekend, week_start, month_start, quarter_start, year_start
)
with digits as (
  select 0 as n union all select 1 union all select 2 union all select 3 union all select 4
  union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
numbers as (
  select a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n as n
  from digits a
  cross join digits b
  cross join digits c
  cross join digits d
  cross join (select 0 as n union all select 1) e
),
days as (
  select cast(dateadd(day, n, date '2000-01-01') as date) as date_day
  from numbers
  where n < 14976
),
weeks as (
  select
    date_day,
    cast(date_trunc('week', date_day) as date) as week_start,
    -- The Thursday of a week says which ISO year the week belongs to.
    cast(dateadd(day, 3, date_trunc('week', date_day)) as date) as thursday
  from days
)
select
  date_day,
  cast(extract(year from date_day) as integer),
  cast(extract(quarter from date_day) as integer),
  cast(extract(month from date_day) as integer),
  case cast(extract(month from date_day) as integer)
    when 1 then 'January' when 2 then 'February' when 3 then 'March' when 4 then 'April'
    when 5 then 'May' when 6 then 'June' when 7 then 'July' when 8 then 'August'
    when 9 then 'September' when 10 then 'October' when 11 then 'November' else 'December'
  end,
  cast(extract(year from thursday) as integer),
  (cast(extract(doy from thursday) as integer) - 1) / 7 + 1,
  cast(datediff(day, week_start, date_day) as integer) + 1,
  case cast(datediff(day, week_start, date_day) as integer)
    when 0 then 'Monday' when 1 then 'Tuesday' when 2 then 'Wednesday' when 3 then 'Thursday'
    when 4 then 'Friday' when 5 then 'Saturday' else 'Sunday'
  end,
  cast(extract(day from date_day) as integer),
  cast(extract(doy from date_day) as integer),
  datediff(day, week_start, date_day) >= 5,
  week_start,
  cast(date_trunc('month', date_day) as date),
  cast(date_trunc('quarter', date_day) as date),
  cast(date_trunc('year', date_day) as date)
from weeks
order by date_day;
