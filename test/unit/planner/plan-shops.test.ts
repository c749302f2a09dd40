import { describe, expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** Branches, orders on their way, refunds and stock in the words of those who work with them, on 16 June 2026. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'the way of an order': [
    [
      "how many of the southern branches' orders came late last month",
      'orders_late, by branch, 2026-05-01..2026-06-01, region in [South]',
    ],
    ['orders to Germany that are still not delivered', 'undelivered_orders, all, country in [Germany]'],
    [
      'how many parcels to France were late in May',
      'orders_late, 2026-05-01..2026-06-01, country in [France]',
    ],
    ['orders delivered within 48 hours in May', 'orders, 2026-05-01..2026-06-01, delivery_time at-most [2]'],
    [
      'share of orders that arrived within a week in May',
      'orders, 2026-05-01..2026-06-01, delivery_time is-not-empty [], delivery_time at-most [7], share-of-total',
    ],
    ['orders shipped within 1 day last month', 'orders, 2026-05-01..2026-06-01, shipping_time at-most [1]'],
    ['how many orders were dispatched last week', 'shipments_made, 2026-06-08..2026-06-15'],
    ['orders approved in May', 'approvals_made, 2026-05-01..2026-06-01'],
    ['orders at 14:00 in May', 'orders, 2026-05-01..2026-06-01, hour_of_day between [14|14]'],
    [
      'orders between 9 and 11 in the morning in May',
      'orders, 2026-05-01..2026-06-01, hour_of_day between [9|10]',
    ],
    [
      'days in May with over 80 orders',
      'orders, per day, 2026-05-01..2026-06-01, having orders more-than 80',
    ],
  ],
  'one order': [
    ['what is the status of order AB12-345678', 'template order-details'],
    ['was AB12-345678 delivered', 'template order-details'],
    ['total of order ab12 345678', 'template order-details'],
  ],
  branches: [
    ['when did the Leeds branch open', 'template branch-list'],
    ['our oldest shop', 'template branch-list'],
    ['which shops opened after 2012', 'template branch-list 2013-01-01..2026-06-17'],
    ['how many branches opened since 2010', 'branches_opened, 2010-01-01..2026-06-17'],
    ['which city is B07 in', 'template branch-list'],
    ['branches without sales last month', 'template branches-without 2026-05-01..2026-06-01'],
    ['which stores had no refunds yesterday', 'template branches-without 2026-06-15..2026-06-16'],
    [
      'revenue of the two northern shops in May',
      'revenue, by branch, 2026-05-01..2026-06-01, region in [North]',
    ],
    [
      'how many of our shops sold more than 100 units in May',
      'branches_selling, 2026-05-01..2026-06-01, of branch with units more-than 100',
    ],
    [
      'average orders on a Tuesday this year',
      'orders, 2026-01-01..2026-06-16, weekday in [Tuesday], average over days',
    ],
    ['average revenue by weekday in May', 'revenue, by weekday, 2026-05-01..2026-06-01, average over days'],
    ['which boots are out of stock somewhere', 'out_of_stock_products, by product, all, category in [Boots]'],
  ],
  'refunds and payments': [
    ['how long after the purchase do we refund on average this year', 'refund_days, 2026-01-01..2026-06-17'],
    [
      'refunds within 30 days of the purchase in May',
      'refunds, 2026-05-01..2026-06-01, refund_delay at-most [30]',
    ],
    ['orders that got a refund in May', 'refunded_orders, 2026-05-01..2026-06-01'],
    [
      'refunds for damaged goods per week in May',
      'refunds+refund_count, per week, 2026-05-01..2026-06-01, refund_reason in [damaged]',
    ],
    [
      'which branch had the highest refunds in May',
      'refunds, by branch, 2026-05-01..2026-06-01, top 1 by refunds',
    ],
    [
      'what came in by voucher and what by card in May?',
      'payments, by payment_method, 2026-05-01..2026-06-01, payment_method in [voucher|credit_card]',
    ],
    [
      'do more people pay by cash or voucher in May',
      'payment_count, by payment_method, 2026-05-01..2026-06-01, payment_method in [cash|voucher]',
    ],
  ],
};

describe.each(Object.entries(CASES))('the planner reads what the shops ask of %s', (_, cases) => {
  test.each(cases)('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});
