-- name: declined-records
-- title: Declined money records
-- question: Which entries recorded in Slack were declined, by whom and why.
-- meaning: By the day of the decision; none of them is in the books.
-- examples:
--   - which entries were declined
--   - declined money records this year
--   - what was declined last month and why
-- cues:
--   - [declined, rejected, turned down, not approved]
--   - [entry, entries, record, records, money records, approval, approvals, what, which]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: declined_on, label: Declined on, type: date }
--   - { name: record_kind, label: Kind, type: text }
--   - { name: amount, label: Amount, type: decimal, unit: { kind: money } }
--   - { name: account, label: Account, type: text }
--   - { name: text, label: Text, type: text }
--   - { name: recorded_by, label: Recorded by, type: text }
--   - { name: declined_by, label: Declined by, type: text }
--   - { name: reason, label: Why, type: text }
--   - { name: record_id, label: Record, type: text }
-- tables: [ledger_steps]
-- owner: finance
select
  d.step_date as declined_on,
  d.record_kind,
  d.amount,
  coalesce(d.account_name, d.account_code) as account,
  d.text,
  coalesce(w.person_name, w.person) as recorded_by,
  coalesce(d.person_name, d.person) as declined_by,
  d.reason,
  d.record_id
from ledger_steps d
left join ledger_steps w on w.record_id = d.record_id and w.step = 'waiting'
where d.step = 'declined'
  and d.step_date >= cast(:from as date) and d.step_date < cast(:to as date)
order by d.stepped_at desc, d.record_id
