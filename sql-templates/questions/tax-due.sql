-- name: tax-due
-- title: Tax due by period
-- question: How much tax on sales is owed per month, quarter or year, less the tax on purchases.
-- meaning: Tax amounts of ledger lines; of a credit (a sale, or something given back by a supplier) they are owed, of a debit they are deducted.
-- answer:
--   - "Tax due is {sum.tax_due} in all: {sum.output_tax} on sales less {sum.input_tax} on purchases."
-- examples:
--   - tax due by month
--   - how much VAT do we owe this quarter
--   - VAT payable per month this year
--   - tax due last month
--   - input and output tax by month
--   - tax due by period
--   - what tax is due for October
--   - VAT due by quarter this year
--   - how much tax is due per year
--   - how much VAT do we have to pay
-- cues:
--   - [tax due, vat due, tax is due, vat is due, have to pay, tax payable, vat payable, tax owed, vat owed, owe, tax return, vat return, input tax, output tax, input and output tax, input vat, output vat, tax liability, vat liability]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
--   - name: grain
--     label: per
--     type: choice
--     default: month
--     choices:
--       - { value: month, words: [month, months, monthly] }
--       - { value: quarter, words: [quarter, quarters, quarterly] }
--       - { value: year, words: [per year, by year, yearly, annual] }
-- columns:
--   - { name: period_start, label: Period from, type: date }
--   - { name: output_tax, label: Tax on sales, type: decimal, unit: { kind: money } }
--   - { name: input_tax, label: Tax on purchases, type: decimal, unit: { kind: money } }
--   - { name: tax_due, label: Tax due, type: decimal, unit: { kind: money } }
--   - { name: lines, label: Lines with tax, type: integer, unit: { kind: count } }
-- tables: [ledger_entries]
-- owner: finance
with taxed as (
  select
    case
      when :grain = 'quarter' then cast(date_trunc('quarter', entry_date) as date)
      when :grain = 'year' then cast(date_trunc('year', entry_date) as date)
      else cast(date_trunc('month', entry_date) as date)
    end as period_start,
    credit > debit as is_sale,
    abs(tax_amount) as tax
  from ledger_entries
  where tax_amount <> 0
    and entry_date >= cast(:from as date) and entry_date < cast(:to as date)
)
select
  period_start,
  sum(case when is_sale then tax else 0 end) as output_tax,
  sum(case when is_sale then 0 else tax end) as input_tax,
  sum(case when is_sale then tax else -tax end) as tax_due,
  count(*) as lines
from taxed
group by period_start
order by period_start
