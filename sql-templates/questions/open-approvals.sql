-- name: open-approvals
-- title: Money records that wait for approval
-- question: Which entries recorded in Slack wait for somebody's approval.
-- meaning: Recorded and neither approved nor declined yet; none of them is in the books.
-- examples:
--   - what is waiting for approval
--   - open approvals
--   - which entries still have to be approved
--   - how much money waits for approval
--   - entries pending approval
--   - pending approvals by person
--   - is anything waiting for my approval
--   - what do I have to approve
-- cues:
--   - [approval, approvals, approved, approve, approver, to be approved]
--   - [waiting, waits, wait, open, pending, outstanding, still, have to, have to be, needs, need, awaiting]
-- parameters: []
-- columns:
--   - { name: record_date, label: Date, type: date }
--   - { name: record_kind, label: Kind, type: text }
--   - { name: amount, label: Amount, type: decimal, unit: { kind: money } }
--   - { name: account, label: Account, type: text }
--   - { name: branch, label: Branch, type: text }
--   - { name: counterparty, label: With, type: text }
--   - { name: text, label: Text, type: text }
--   - { name: person_name, label: Recorded by, type: text }
--   - { name: waiting_since, label: Since, type: date }
--   - { name: record_id, label: Record, type: text }
-- tables: [ledger_steps, branches]
-- owner: finance
-- notes: [Who may approve presses Approve or Decline in Slack, or types /record waiting.]
select
  s.record_date,
  s.record_kind,
  s.amount,
  coalesce(s.account_name, s.account_code) as account,
  coalesce(b.name, s.branch_id, 'company') as branch,
  s.counterparty,
  s.text,
  s.person_name,
  s.step_date as waiting_since,
  s.record_id
from ledger_steps s
left join branches b on b.branch_id = s.branch_id
left join ledger_steps d on d.record_id = s.record_id and d.step in ('approved', 'declined', 'posted')
where s.step = 'waiting' and d.record_id is null
order by s.stepped_at, s.record_id
