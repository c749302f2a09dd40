import { testWordings } from './test-readings.ts';

/** The same plan for each of its wordings. */
const CASES: Record<string, [plan: string, ...questions: string[]][]> = {
  'how far a budget was missed': [
    [
      'expenses+expense_budget+expense_variance, 2026-05-01..2026-06-01, account in [Rent]',
      'how far over or under the rent budget were we in May',
      'rent against budget in May',
    ],
    [
      'revenue+revenue_budget+revenue_variance, 2026-05-01..2026-06-01',
      'were we ahead of the revenue budget in May, and by how much?',
      'by how much did we miss the sales target in May',
    ],
    [
      'expense_variance, by account, 2026-05-01..2026-06-01, top 1 by expense_variance, having expense_budget more-than 0',
      'which account went furthest over its budget in May',
      'which account was most over its expense budget in May?',
    ],
    [
      'revenue_variance, by branch, 2026-05-01..2026-06-01, bottom 1 by revenue_variance',
      'which branch is furthest behind its revenue target in May',
      'which branch missed its sales budget by the most in May',
    ],
  ],
  'orders and places': [
    [
      'revenue, by branch, 2026-05-01..2026-06-01, top 1 by revenue from 2',
      'which branch had the second highest revenue in May',
      'who was the runner-up branch by revenue in May',
      'which branch came second in revenue in May',
    ],
    [
      'orders, per month, 2025-01-01..2026-01-01, bottom 1 by orders from 3',
      'the 3rd worst month for orders in 2025',
    ],
    ['units+revenue, by category, 2026-05-01..2026-06-01', 'revenue by category in May, highest units first'],
  ],
  'what a share is of': [
    [
      'revenue, by branch, 2026-05-01..2026-06-01, branch in [Leeds Briggate], share-of-total',
      'what part of all revenue in May came from Leeds Briggate',
      'how big a share of revenue in May was from Leeds Briggate',
    ],
    [
      'revenue, by weekend, 2026-05-01..2026-06-01, channel in [web], weekend in [yes], share-of-total',
      'what share of web revenue falls on weekends in May',
    ],
    [
      'revenue, by customer_type, 2026-05-01..2026-06-01, customer_type in [new], share-of-total',
      'share of revenue that came from new customers in May',
    ],
  ],
  'one entry': [
    [
      'largest_entry, 2026-05-01..2026-06-01, account in [Marketing]',
      'the biggest single booking on the Marketing account in May',
    ],
    [
      'largest_payment, 2026-05-01..2026-06-01',
      'biggest payment received in May',
      'what was the largest single payment in May',
    ],
  ],
  'times and names of money': [
    [
      'revenue, 2025-10-01..2026-01-01, vs same-period-last-year 2024-10-01..2025-01-01',
      'Q4 last year vs Q4 the year before, revenue',
    ],
    [
      'units, all',
      'how many units have we sold since we started recording',
      'units sold since records began',
    ],
    [
      'expenses, 2026-05-01..2026-06-01, account in [Wages]',
      'the wages bill in May',
      'how much was the wage bill in May',
    ],
    ['payments, 2026-05-01..2026-06-01, payment_method in [voucher]', 'total paid by voucher in May'],
    [
      'revenue, by subcategory, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01, having revenue_change_share more-than 0.1',
      'which subcategories grew more than 10% in revenue in May against April',
      'subcategories whose revenue rose by more than 10% in May vs April',
    ],
  ],
  'two figures of one thing': [
    [
      'refunds+refund_count, 2026-05-01..2026-06-01',
      'refunds in May and how many of them',
      'refunds in May: amount & number',
    ],
    ['revenue+orders, 2026-05-01..2026-06-01', 'what was the revenue in May and how many orders was that'],
    [
      'revenue+revenue_budget+revenue_variance, by branch, 2026-05-01..2026-06-01',
      'revenue vs budget by branch in May',
      'revenue against the plan by branch in May',
    ],
    [
      'expenses+expense_budget+expense_variance, by branch, 2026-05-01..2026-06-01, account in [Rent], having expense_variance more-than 0, having expense_budget more-than 0',
      'which branches were over their rent budget in May',
    ],
    [
      'revenue+revenue_budget+revenue_variance, by branch, 2026-05-01..2026-06-01, having revenue_variance less-than 0',
      'revenue shortfall against budget by branch in May, only those that missed it',
    ],
  ],
  'the shorthand of offices': [
    ['ask about minus', 'revenue per branch minus rent in May'],
    [
      'return_rate+units, by product, 2026-05-01..2026-06-01, top 5 by return_rate, having units at-least 50',
      '5 worst products in return rate (at least 50 sold) in May',
    ],
    ['revenue_budget, 2026-05-01..2026-06-01', 'rev budget May'],
    [
      'expense_budget, 2026-01-01..2027-01-01, account in [Marketing]',
      'budget 2026 for marketing, full year',
    ],
    ['ledger_profit, 2026-05-01..2026-06-01', 'profit in the books for May', 'profit per ledger in May'],
    ['expenses, per month, 2026-03-01..2026-06-01, account in [Rent]', 'rent bill last 3 months each'],
    ['average_order_value, per year, all', 'average order value over the years'],
    ['gross_margin, per year, 2025-01-01..2027-01-01', 'gross margin overall 2025 and 2026'],
    ['net_revenue, 2026-05-01..2026-06-01', 'net revenue (after refunds) in May'],
    [
      'revenue, by weekday, 2026-05-01..2026-06-01, weekday in [Saturday|Sunday]',
      'sales on Saturdays vs Sundays in May',
    ],
    ['expense_budget, by account, 2026-05-01..2026-06-01', 'expense budget by account for May 2026'],
    [
      'revenue, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01',
      'growth YoY in May in %',
      'revenue May v May LY',
    ],
  ],
  'budgets that may be of two kinds': [['ask', "what's the budget", 'budget for May', 'are we on track?']],
};

testWordings(CASES);
