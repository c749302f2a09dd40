import { describe, expect, test } from 'vitest';
import { askInThread, inShort } from './planner-world.ts';

const THREADS: [question: string, plan: string][][] = [
  [
    ['late share in May', 'late_share, 2026-05-01..2026-06-01'],
    ['how many is that', 'orders_late, 2026-05-01..2026-06-01'],
    ['which city was the worst', 'orders_late, by city, 2026-05-01..2026-06-01, top 1 by orders_late'],
  ],
  [
    ['average refund by reason in May', 'average_refund, by refund_reason, 2026-05-01..2026-06-01'],
    [
      'which reason had the lowest',
      'average_refund, by refund_reason, 2026-05-01..2026-06-01, bottom 1 by average_refund',
    ],
  ],
  [
    ['revenue from march to may', 'revenue, 2026-03-01..2026-06-01'],
    ['what about 2025?', 'revenue, 2025-03-01..2025-06-01'],
    ['which brand sold least?', 'revenue, by brand, 2025-03-01..2025-06-01, bottom 1 by revenue'],
  ],
  [
    ['units by weekday in May', 'units, by weekday, 2026-05-01..2026-06-01'],
    ['only the shops', 'units, by weekday, 2026-05-01..2026-06-01, channel in [store]'],
  ],
  [
    ['value of cancelled orders in May', 'cancellations_amount, 2026-05-01..2026-06-01'],
    [
      'share of customers with more than 3 orders',
      'unique_customers, 2026-05-01..2026-06-01, share-of-total, of customer with orders more-than 3',
    ],
    ['share of late orders', 'late_share, 2026-05-01..2026-06-01'],
  ],
  [
    ['refunds in May', 'refunds, 2026-05-01..2026-06-01'],
    ['share of gross sales', 'refunds+gross_sales, 2026-05-01..2026-06-01, ratio'],
  ],
  [
    ['stock on hand', 'stock_on_hand, all'],
    ['at cost price?', 'stock_value, all'],
  ],
  [
    ['revenue by branch in May', 'revenue, by branch, 2026-05-01..2026-06-01'],
    ['sort it by units', 'units+revenue, by branch, 2026-05-01..2026-06-01'],
  ],
  [
    ['payments by cash in May', 'payments, 2026-05-01..2026-06-01, payment_method in [cash]'],
    ['all payment methods', 'payments, by payment_method, 2026-05-01..2026-06-01'],
  ],
  [
    ['orders by category and brand in May', 'orders, by category+brand, 2026-05-01..2026-06-01'],
    ['remove the brand', 'orders, by category, 2026-05-01..2026-06-01'],
  ],
  [
    ['discounts in May', 'discounts, 2026-05-01..2026-06-01'],
    ['as a percentage of gross sales', 'discount_rate, 2026-05-01..2026-06-01'],
  ],
  [
    ['how much did we refund by reason in May', 'refunds, by refund_reason, 2026-05-01..2026-06-01'],
    ['how many were those?', 'refund_count, by refund_reason, 2026-05-01..2026-06-01'],
    [
      'which was the lowest',
      'refund_count, by refund_reason, 2026-05-01..2026-06-01, bottom 1 by refund_count',
    ],
  ],
  [
    ['rent in May by branch', 'expenses, by branch, 2026-05-01..2026-06-01, account in [Rent]'],
    [
      'compared to budget',
      'expenses+expense_budget+expense_variance, by branch, 2026-05-01..2026-06-01, account in [Rent]',
    ],
    [
      'and wages?',
      'expenses+expense_budget+expense_variance, by branch, 2026-05-01..2026-06-01, account in [Wages]',
    ],
  ],
  [
    ['how many customers bought in Q1', 'unique_customers, 2026-01-01..2026-04-01'],
    ['how many of those were new?', 'new_customers, 2026-01-01..2026-04-01'],
    ['and the existing ones', 'returning_customers, 2026-01-01..2026-04-01'],
  ],
  [
    ['delivery time by country in May', 'delivery_days, by country, 2026-05-01..2026-06-01'],
    [
      'just the ones over 4 days',
      'delivery_days, by country, 2026-05-01..2026-06-01, having delivery_days more-than 4',
    ],
  ],
  [
    ['gross margin in May', 'gross_margin, 2026-05-01..2026-06-01'],
    ['in percent?', 'margin_rate, 2026-05-01..2026-06-01'],
  ],
  [
    ['orders per month in 2025', 'orders, per month, 2025-01-01..2026-01-01'],
    ['units instead of orders', 'units, per month, 2025-01-01..2026-01-01'],
    ['total of those?', 'units, 2025-01-01..2026-01-01'],
  ],
  [
    ['boxing day revenue', 'revenue, 2025-12-26..2025-12-27'],
    ['black friday', 'revenue, 2025-11-28..2025-11-29'],
    ['and the year before?', 'revenue, 2024-11-29..2024-11-30'],
  ],
  [
    ['revenue by country last month', 'revenue, by country, 2026-05-01..2026-06-01'],
    ['total', 'revenue, 2026-05-01..2026-06-01'],
    ['and the year before?', 'revenue, 2025-05-01..2025-06-01'],
    ['the difference in percent', 'revenue, 2026-05-01..2026-06-01, vs period 2025-05-01..2025-06-01'],
  ],
  [
    ['revenue of boots per month in 2025', 'revenue, per month, 2025-01-01..2026-01-01, category in [Boots]'],
    [
      'as share of total',
      'revenue, by category, per month, 2025-01-01..2026-01-01, category in [Boots], share-of-total',
    ],
  ],
  [
    ['return rate by category', 'return_rate, by category, all'],
    ['which brand is worst', 'return_rate, by brand, all, top 1 by return_rate'],
  ],
  [
    [
      'top 5 categories by revenue last month',
      'revenue, by category, 2026-05-01..2026-06-01, top 5 by revenue',
    ],
    ['what about boots alone', 'revenue, 2026-05-01..2026-06-01, category in [Boots]'],
  ],
  [
    ['revenue last month', 'revenue, 2026-05-01..2026-06-01'],
    ['and by branch?', 'revenue, by branch, 2026-05-01..2026-06-01'],
    ['only boots', 'revenue, by branch, 2026-05-01..2026-06-01, category in [Boots]'],
    ['what about the month before', 'revenue, by branch, 2026-04-01..2026-05-01, category in [Boots]'],
    ['top 5', 'revenue, by branch, 2026-04-01..2026-05-01, category in [Boots], top 5 by revenue'],
    [
      'and returns?',
      'returned_units, by branch, 2026-04-01..2026-05-01, category in [Boots], top 5 by returned_units',
    ],
  ],
  [
    ['revenue by category in 2025', 'revenue, by category, 2025-01-01..2026-01-01'],
    ['excluding boots', 'revenue, by category, 2025-01-01..2026-01-01, category not-in [Boots]'],
    ['per month instead', 'revenue, by category, per month, 2025-01-01..2026-01-01, category not-in [Boots]'],
    ['remove that filter', 'revenue, by category, per month, 2025-01-01..2026-01-01'],
    [
      'compare with last year',
      'revenue, by category, per month, 2025-01-01..2026-01-01, vs same-period-last-year 2024-01-01..2025-01-01',
    ],
  ],
  [
    ['orders last week by branch', 'orders, by branch, 2026-06-08..2026-06-15'],
    [
      'vs the week before',
      'orders, by branch, 2026-06-08..2026-06-15, vs previous-period 2026-06-01..2026-06-08',
    ],
    [
      'what about revenue',
      'revenue, by branch, 2026-06-08..2026-06-15, vs previous-period 2026-06-01..2026-06-08',
    ],
    [
      'and this month?',
      'revenue, by branch, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
    ],
  ],
  [
    ['revenue in Germany last month', 'revenue, 2026-05-01..2026-06-01, country in [Germany]'],
    ['what about France', 'revenue, 2026-05-01..2026-06-01, country in [France]'],
    ['the year before?', 'revenue, 2025-05-01..2025-06-01, country in [France]'],
    [
      'why?',
      'why revenue, 2025-05-01..2025-06-01, country in [France], vs previous-period 2025-04-01..2025-05-01, by category branch channel',
    ],
  ],
  [
    ['top 5 products by revenue this year', 'revenue, by product, 2026-01-01..2026-06-17, top 5 by revenue'],
    ['bottom 5', 'revenue, by product, 2026-01-01..2026-06-17, bottom 5 by revenue'],
    ['by units', 'units, by product, 2026-01-01..2026-06-17, bottom 5 by units'],
    ['orders yesterday', 'live daily-kpis 2026-06-15 2026-06-16 orders'],
    ['by category', 'orders, by category, 2026-06-15..2026-06-16'],
  ],
  [
    [
      'revenue this month vs last month',
      'revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
    ],
    [
      'and by category?',
      'revenue, by category, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
    ],
    ['why?', 'why revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17, by category'],
  ],
  [
    ['average revenue', 'ask'],
    ['per day', 'revenue, all, average over days'],
  ],
  [
    ['by country', 'ask'],
    ['revenue', 'revenue, by country, all'],
  ],
  [
    ['revenue by country last month', 'revenue, by country, 2026-05-01..2026-06-01'],
    ['how many customers do we have?', 'customers_total, all'],
    ['revenue by brand in 2025', 'revenue, by brand, 2025-01-01..2026-01-01'],
    ['as a share', 'revenue, by brand, 2025-01-01..2026-01-01, share-of-total'],
  ],
];

describe('a thread keeps its last plan', () => {
  test.each(THREADS.map((thread) => [thread.map(([question]) => question).join(' / '), thread] as const))(
    '%s',
    async (_name, thread) => {
      const replies = await askInThread(thread.map(([question]) => question));
      expect(replies.map(inShort)).toEqual(thread.map(([, plan]) => plan));
    },
  );

  test('a follow-up with a word that nobody knows is asked about, not guessed', async () => {
    const [, reply] = await askInThread(['revenue last month', 'only blorfle']);
    expect(reply?.kind).not.toBe('plan');
  });

  test('without a thread a follow-up is asked about', async () => {
    const [reply] = await askInThread(['and by branch?']);
    expect(reply?.kind).toBe('clarify');
  });
});
