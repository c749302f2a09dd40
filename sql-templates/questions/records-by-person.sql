-- name: records-by-person
-- title: Money records by person
-- question: How many entries each person recorded, approved and declined, and over how much.
-- meaning: Entries recorded in Slack, by the day of each step; a record that takes another back counts as a reversal.
-- examples:
--   - entries by person
--   - who recorded how many entries this month
--   - money records by person
--   - who approved entries last month
--   - how many ledger entries did each person record
-- cues:
--   - [person, people, who, each person, by whom, colleague, accountant]
--   - [recorded, record, records, entries, approved, declined, booked, money records]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: person_name, label: Person, type: text }
--   - { name: recorded, label: Recorded, type: integer, unit: { kind: count } }
--   - { name: recorded_amount, label: In the books, type: decimal, unit: { kind: money } }
--   - { name: reversals, label: Reversals, type: integer, unit: { kind: count } }
--   - { name: asked_for_approval, label: Sent for approval, type: integer, unit: { kind: count } }
--   - { name: approved, label: Approved, type: integer, unit: { kind: count } }
--   - { name: declined, label: Declined, type: integer, unit: { kind: count } }
-- tables: [ledger_steps]
-- owner: finance
select
  coalesce(person_name, person) as person_name,
  sum(case when step = 'posted' and record_kind <> 'reversal' then 1 else 0 end) as recorded,
  sum(case when step = 'posted' and record_kind <> 'reversal' then amount else 0 end) as recorded_amount,
  sum(case when step = 'posted' and record_kind = 'reversal' then 1 else 0 end) as reversals,
  sum(case when step = 'waiting' then 1 else 0 end) as asked_for_approval,
  sum(case when step = 'approved' then 1 else 0 end) as approved,
  sum(case when step = 'declined' then 1 else 0 end) as declined
from ledger_steps
where step_date >= cast(:from as date) and step_date < cast(:to as date)
group by coalesce(person_name, person)
order by recorded desc, person_name
