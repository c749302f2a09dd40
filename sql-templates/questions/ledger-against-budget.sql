-- name: ledger-against-budget
-- title: Ledger against budget by account and branch
-- question: What was spent and earned by account and branch against the budget.
-- meaning: Expenses count as debit less credit, income as credit less debit; the variance is actual less budget.
-- examples:
--   - ledger against budget by account and branch
--   - actual versus budget by account
--   - budget variance by branch and account this year
--   - how do expenses compare with the budget per account
--   - spend by account and branch against budget
--   - show spending by account and branch compared with the budget
--   - what did each branch spend per account against its budget
-- cues:
--   - [budget, budgets, budgeted, plan]
--   - [account, accounts, ledger, expenses, expense, spend, spending, spent, actual, actuals, branch and account]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: account_code, label: Account, type: text }
--   - { name: account_name, label: Account name, type: text }
--   - { name: branch, label: Branch, type: text }
--   - { name: actual_amount, label: Actual, type: decimal, unit: { kind: money } }
--   - { name: budget_amount, label: Budget, type: decimal, unit: { kind: money } }
--   - { name: variance, label: Variance, type: decimal, unit: { kind: money } }
--   - { name: variance_share, label: Variance of budget, type: decimal, unit: { kind: share } }
-- tables: [ledger_entries, budgets, branches]
-- owner: finance
-- notes: [Budgets are monthly; a month counts when its first day is in the period., Only lines with an account code are compared.]
with actual as (
  select
    account_code,
    coalesce(branch_id, '') as branch_id,
    max(account_name) as account_name,
    sum(case when account_kind = 'income' then credit - debit else debit - credit end) as amount
  from ledger_entries
  where account_kind in ('income', 'expense')
    and entry_date >= cast(:from as date) and entry_date < cast(:to as date)
  group by account_code, coalesce(branch_id, '')
),
planned as (
  select account_code, coalesce(branch_id, '') as branch_id, max(account_name) as account_name, sum(amount) as amount
  from budgets
  where scenario = 'budget' and account_code is not null
    and month_start >= cast(:from as date) and month_start < cast(:to as date)
  group by account_code, coalesce(branch_id, '')
),
both_sides as (
  select
    coalesce(a.account_code, p.account_code) as account_code,
    coalesce(a.account_name, p.account_name) as account_name,
    coalesce(a.branch_id, p.branch_id) as branch_id,
    coalesce(a.amount, 0) as actual_amount,
    p.amount as budget_amount
  from actual a
  full outer join planned p on p.account_code = a.account_code and p.branch_id = a.branch_id
)
select
  x.account_code,
  x.account_name,
  coalesce(b.name, nullif(x.branch_id, ''), 'company') as branch,
  x.actual_amount,
  x.budget_amount,
  x.actual_amount - x.budget_amount as variance,
  cast((x.actual_amount - x.budget_amount) / nullif(x.budget_amount, 0) as decimal(18,4)) as variance_share
from both_sides x
left join branches b on b.branch_id = x.branch_id
order by x.account_code, branch
