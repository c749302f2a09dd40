-- name: trial-balance
-- title: Trial balance
-- question: Debit, credit and balance of every account up to a day.
-- meaning: The balance is debit less credit of all entries up to and with the day; over all accounts it must be zero.
-- answer:
--   - "Debits are {sum.debit} and credits {sum.credit}."
-- examples:
--   - trial balance
--   - trial balance at the end of last month
--   - balances of all accounts
--   - show account balances with debit and credit
-- cues:
--   - [trial balance, account balances, balances of all accounts, balance of every account, balance list]
-- parameters:
--   - { name: until, label: last day, type: day, default: yesterday }
-- columns:
--   - { name: account_code, label: Account, type: text }
--   - { name: account_name, label: Account name, type: text }
--   - { name: account_kind, label: Kind, type: text }
--   - { name: debit, label: Debit, type: decimal, unit: { kind: money } }
--   - { name: credit, label: Credit, type: decimal, unit: { kind: money } }
--   - { name: balance, label: Balance, type: decimal, unit: { kind: money } }
-- tables: [ledger_entries]
-- owner: finance
select
  account_code,
  max(account_name) as account_name,
  max(account_kind) as account_kind,
  sum(debit) as debit,
  sum(credit) as credit,
  sum(debit) - sum(credit) as balance
from ledger_entries
where entry_date < dateadd(day, 1, cast(:until as date))
group by account_code
order by account_code
