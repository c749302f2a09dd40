-- name: tax-due
-- title: Tax due by month
-- question: How much tax on sales is owed per month, less the tax on purchases.
-- meaning: Tax amounts of ledger lines; of a credit (a sale, or something given back by a supplier) they are owed, of a debit they are deducted.
-- examples:
--   - tax due by month
--   - how much VAT do we owe this quarter
--   - VAT payable per month this year
--   - tax due last month
--   - input and output tax by month
-- cues:
--   - [tax due, vat due, tax payable, vat payable, tax owed, vat owed, owe, tax return, vat return, input tax, output tax, input and output tax, input vat, output vat, tax liability, vat liability]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: month_start, label: Month, type: date }
--   - { name: output_tax, label: Tax on sales, type: decimal, unit: { kind: money } }
--   - { name: input_tax, label: Tax on purchases, type: decimal, unit: { kind: money } }
--   - { name: tax_due, label: Tax due, type: decimal, unit: { kind: money } }
--   - { name: lines, label: Lines with tax, type: integer, unit: { kind: count } }
-- tables: [ledger_entries]
-- owner: finance
select
  cast(date_trunc('month', entry_date) as date) as month_start,
  sum(case when credit > debit then abs(tax_amount) else 0 end) as output_tax,
  sum(case when credit > debit then 0 else abs(tax_amount) end) as input_tax,
  sum(case when credit > debit then abs(tax_amount) else -abs(tax_amount) end) as tax_due,
  count(*) as lines
from ledger_entries
where tax_amount <> 0
  and entry_date >= cast(:from as date) and entry_date < cast(:to as date)
group by date_trunc('month', entry_date)
order by month_start
