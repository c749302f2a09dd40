import { describe, expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

/** What is said in plain English, and the plan that it means. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'a time that goes on until now': [
    ['orders feb 2026 till now', 'orders, 2026-02-01..2026-06-17'],
    ['expenses 1 March 2026 to date', 'expenses, 2026-03-01..2026-06-17'],
    ['units from Q1 up to today', 'units, 2026-01-01..2026-06-17'],
    ['orders this month until now', 'orders, 2026-06-01..2026-06-17'],
    [
      'orders April to date vs March to date',
      'orders, 2026-04-01..2026-04-17, vs period 2026-03-01..2026-03-17',
    ],
  ],
  'through a time': [
    ['orders month by month through 2025', 'orders, per month, 2025-01-01..2026-01-01'],
    ['units through the second half of 2025', 'units, 2025-07-01..2026-01-01'],
    ['orders through April', 'ask'],
    ['orders January through April', 'orders, 2026-01-01..2026-05-01'],
  ],
  'a difference': [
    ['difference between online and store orders in May', 'orders, by channel, 2026-05-01..2026-06-01'],
    [
      'difference in units between May and March',
      'units, 2026-05-01..2026-06-01, vs period 2026-03-01..2026-04-01',
    ],
    [
      'difference in units between last month and the month before',
      'units, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01',
    ],
  ],
  'averages of several times': [
    [
      'average daily orders in April and in May',
      'orders, per month, 2026-04-01..2026-06-01, average over days',
    ],
    ['average weekly units by quarter in 2025', 'ask'],
    ['average daily units by month in 2025', 'units, per month, 2025-01-01..2026-01-01, average over days'],
    [
      'average daily orders May vs April',
      'orders, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, average over days',
    ],
  ],
  'what is over its budget': [
    [
      'list the overspent accounts for May',
      'expense_variance, by account, 2026-05-01..2026-06-01, having expense_variance more-than 0, having expense_budget more-than 0',
    ],
    [
      'underspent branches in May',
      'expense_variance, by branch, 2026-05-01..2026-06-01, having expense_variance less-than 0',
    ],
  ],
  'where it is booked': [
    ['what does the ledger say for Wages in May', 'expenses, 2026-05-01..2026-06-01, account in [Wages]'],
    ['ledger: Rent by branch, May', 'expenses, by branch, 2026-05-01..2026-06-01, account in [Rent]'],
    ['Rent ledger for May', 'expenses, 2026-05-01..2026-06-01, account in [Rent]'],
  ],
  'what it is asked for': [
    [
      'Bit of planning ahead. Average daily orders in May?',
      'orders, 2026-05-01..2026-06-01, average over days',
    ],
    [
      'Lease review tomorrow. What was the rent in May?',
      'expenses, 2026-05-01..2026-06-01, account in [Rent]',
    ],
    ['VAT return due: tax in May', 'tax, 2026-05-01..2026-06-01'],
    ["Orders in May please, it's for the shop relaunch", 'orders, 2026-05-01..2026-06-01'],
    ['Boots review. Orders in May?', 'no: cannot-answer'],
  ],
  'how it is laid out': [
    ['refunds last week, one row per branch please', 'refunds, by branch, 2026-06-08..2026-06-15'],
    ['units in 2025, a line a month', 'units, per month, 2025-01-01..2026-01-01'],
    ['orders in 2025: months down, channels across', 'orders, by channel, per month, 2025-01-01..2026-01-01'],
    ['store-level refunds in May', 'refunds, by branch, 2026-05-01..2026-06-01'],
  ],
  'a figure in everyday words': [
    [
      'What percentage did we discount in each quarter of 2025?',
      'discount_rate, per quarter, 2025-01-01..2026-01-01',
    ],
    ['In percent, what margin did each brand make in May?', 'margin_rate, by brand, 2026-05-01..2026-06-01'],
    [
      'what did refunds come to by reason in May',
      'refunds+refund_count, by refund_reason, 2026-05-01..2026-06-01',
    ],
    ['what does a refund come to in May', 'average_refund, 2026-05-01..2026-06-01'],
    [
      'What did a Web shop order come to on average in May?',
      'average_order_value, 2026-05-01..2026-06-01, branch in [Web shop]',
    ],
    [
      'which shops average over £60 per order in May',
      'average_order_value, by branch, 2026-05-01..2026-06-01, having average_order_value more-than 60',
    ],
    ['in what month of 2025 did orders peak', 'orders, per month, 2025-01-01..2026-01-01, top 1 by orders'],
    [
      'which of the seven days of the week had the fewest orders in 2025',
      'orders, by weekday, 2025-01-01..2026-01-01, bottom 1 by orders',
    ],
    ['how much tax has every branch run up this year', 'tax, by branch, 2026-01-01..2026-06-17'],
    ['how did wages do in May', 'expenses, 2026-05-01..2026-06-01, account in [Wages]'],
    [
      'orders this year next to the same dates in 2025',
      'orders, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    ['What did each category sell and what gross profit did it make in May?', 'ask'],
  ],
  'what is meant by its neighbours': [
    [
      'May by region: what we sold and the gross margin on it',
      'revenue+gross_margin, by region, 2026-05-01..2026-06-01',
    ],
    ['how much inventory is in each shop at cost', 'stock_value, by branch, all'],
    ['VAT we paid to suppliers in May', 'ledger_tax, 2026-05-01..2026-06-01'],
    ['how many percent was our margin in May', 'margin_rate, 2026-05-01..2026-06-01'],
    [
      'compare for the current month the orders of Germany with those of France',
      'orders, by country, 2026-06-01..2026-06-17, country in [Germany|France]',
    ],
  ],
  'words of no table': [['orders in May by constructor', 'ask about constructor']],
};

describe.each(Object.entries(CASES))('%s', (_theme, cases) => {
  test.each(cases)('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});

test('in a thread an account is held against sales, and goes on so', async () => {
  const replies = await askInThread(['wages in May', 'and as % of turnover?', 'and rent?', 'by branch']);
  expect(replies.slice(1).map(inShort)).toEqual([
    'expenses+revenue, 2026-05-01..2026-06-01, account in [Wages] of expenses, ratio',
    'expenses+revenue, 2026-05-01..2026-06-01, account in [Rent] of expenses, ratio',
    'expenses+revenue, by branch, 2026-05-01..2026-06-01, account in [Rent] of expenses, ratio',
  ]);
});
