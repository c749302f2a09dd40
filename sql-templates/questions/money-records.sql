-- name: money-records
-- title: Money records
-- question: What was recorded in Slack, entry by entry, by whom and what became of it.
-- meaning: One row a record, newest first; an entry is in the books once it is posted.
-- examples:
--   - list money records of this month
--   - show money records
--   - what was recorded in Slack last week
--   - entries recorded in Slack this month
-- cues:
--   - [money records, money record, recorded in slack, entries in slack, recorded entries, entries recorded]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: record_date, label: Date, type: date }
--   - { name: record_kind, label: Kind, type: text }
--   - { name: amount, label: Amount, type: decimal, unit: { kind: money } }
--   - { name: account, label: Account, type: text }
--   - { name: branch, label: Branch, type: text }
--   - { name: text, label: Text, type: text }
--   - { name: recorded_by, label: Recorded by, type: text }
--   - { name: state, label: State, type: text }
--   - { name: decided_by, label: Decided by, type: text }
--   - { name: record_id, label: Record, type: text }
-- tables: [ledger_steps, branches]
-- owner: finance
with steps as (
  select
    record_id,
    max(record_date) as record_date,
    max(record_kind) as record_kind,
    max(amount) as amount,
    max(coalesce(account_name, account_code)) as account,
    max(branch_id) as branch_id,
    max(text) as text,
    max(case when step in ('waiting', 'posted') then coalesce(person_name, person) end) as recorded_by,
    max(case when step in ('approved', 'declined') then coalesce(person_name, person) end) as decided_by,
    max(case when step = 'posted' then 1 else 0 end) as is_posted,
    max(case when step = 'declined' then 1 else 0 end) as is_declined
  from ledger_steps
  where record_date >= cast(:from as date) and record_date < cast(:to as date)
  group by record_id
)
select
  s.record_date,
  s.record_kind,
  s.amount,
  s.account,
  coalesce(b.name, s.branch_id, 'company') as branch,
  s.text,
  s.recorded_by,
  case when r.record_id is not null then 'reversed' when s.is_posted = 1 then 'in the books' when s.is_declined = 1 then 'declined' else 'waiting for approval' end as state,
  s.decided_by,
  s.record_id
from steps s
left join branches b on b.branch_id = s.branch_id
left join ledger_steps r on r.reverses_record = s.record_id and r.step = 'posted'
order by s.record_date desc, s.record_id desc
