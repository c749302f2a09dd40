-- name: data-freshness
-- title: How fresh the data is
-- question: From when to when each kind of record is loaded, and how many there are.
-- meaning: The days are those of the records themselves, not of their loading.
-- answer:
--   - "The {first.records} are complete from {first.first_day} through {first.last_day}: {first.rows_loaded} of them are loaded."
-- examples:
--   - is the data up to date
--   - how fresh is the data
--   - how current is the data
--   - until when do we have data
--   - what is the latest data
--   - how far back does the data go
--   - when was the data last updated
--   - what dates does the data cover
--   - is the data complete
-- cues:
--   - [data, figures, numbers]
--   - [up to date, fresh, current, recent, latest, last updated, last loaded, until when, how far back, go back, cover, stale]
-- parameters: []
-- columns:
--   - { name: records, label: Records, type: text }
--   - { name: first_day, label: First day, type: date }
--   - { name: last_day, label: Last day, type: date }
--   - { name: rows_loaded, label: Rows, type: integer, unit: { kind: count, of: rows } }
-- tables: [orders, payments, refunds, ledger_entries, stock_counts]
-- owner: operations
with loaded as (
  select 1 as place, 'orders' as records, min(order_date) as first_day, max(order_date) as last_day, count(*) as rows_loaded
  from orders
  union all
  select 2, 'payments', min(payment_date), max(payment_date), count(*)
  from payments
  union all
  select 3, 'refunds', min(refund_date), max(refund_date), count(*)
  from refunds
  union all
  select 4, 'ledger entries', min(entry_date), max(entry_date), count(*)
  from ledger_entries
  union all
  select 5, 'stock counts', min(counted_on), max(counted_on), count(*)
  from stock_counts
)
select records, first_day, last_day, rows_loaded
from loaded
where rows_loaded > 0
order by place
