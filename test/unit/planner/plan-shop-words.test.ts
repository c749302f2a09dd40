import { describe, expect, test } from 'vitest';
import { ask, createPlanner, inShort } from './planner-world.ts';

/** A shop of shoes in which 'shoes' are a category, and other categories have shoes too. */
const planner = createPlanner(
  {
    category: ['Shoes', 'Running', 'Accessories'],
    subcategory: ['Trail', 'Ballerinas', 'School shoes', 'Socks'],
    brand: ['Corsa'],
    product: ['Running Socks, 3 pairs', 'Wool Socks, pair'],
    refund_reason: ['too large', 'wrong colour'],
    order_status: ['processing'],
  },
  [
    {
      dimensions: ['category', 'subcategory', 'brand', 'department', 'product'],
      rows: [
        ['Shoes', 'Ballerinas', 'Plumb', 'Women', 'Ballet, red'],
        ['Shoes', 'Ballerinas', 'Plumb', 'Men', 'Ballet, blue'],
        ['Running', 'Trail', 'Corsa', 'Men', 'Ridge Runner'],
        ['Kids', 'School shoes', 'Corsa', 'Kids', 'Pupil'],
        ['Boots', 'Walking boots', 'Corsa', 'Men', 'Fell Walker Brown'],
        ['Accessories', 'Socks', 'Corsa', 'Men', 'Running Socks, 3 pairs'],
      ],
    },
  ],
);

/** What those of the shops, of operations and of customer service write in haste, on 16 June 2026. */
const CASES: Record<string, [question: string, plan: string][]> = {
  'kinds of goods': [
    ['revenue of trail shoes in May', 'revenue, 2026-05-01..2026-06-01, subcategory in [Trail]'],
    [
      'how many running socks did we sell in May',
      'units, 2026-05-01..2026-06-01, product in [Running Socks, 3 pairs]',
    ],
    ['Corsa shoes revenue in May', 'ask'],
    ['revenue of men shoes in May', 'ask'],
    [
      'revenue of Corsa boots in May',
      'revenue, 2026-05-01..2026-06-01, brand in [Corsa], category in [Boots]',
    ],
  ],
  'a place and a time without a figure': [
    ['Leeds yday', 'revenue, 2026-06-15..2026-06-16, branch_city in [Leeds]'],
    ['York last week by day', 'revenue, per day, 2026-06-08..2026-06-15, branch_city in [York]'],
    [
      'Leeds May vs April',
      'revenue, 2026-05-01..2026-06-01, branch_city in [Leeds], vs previous-period 2026-04-01..2026-05-01',
    ],
    [
      'Leeds this year vs last year in %',
      'revenue, 2026-01-01..2026-06-17, branch_city in [Leeds], vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    ['online in May', 'revenue, 2026-05-01..2026-06-01, <online>'],
    [
      'delivered, shipped - numbers for May',
      'orders, by order_status, 2026-05-01..2026-06-01, order_status in [delivered|shipped]',
    ],
    ['May vs April', 'ask'],
    ['numbers for York', 'ask'],
  ],
  'the shelves': [
    ['any sandals left in York', 'stock_on_hand, all, category in [Sandals], branch_city in [York]'],
    [
      'how many flip-flops are left in Leeds?',
      'stock_on_hand, all, subcategory in [Flip-flops], branch_city in [Leeds]',
    ],
    [
      'what do we have of flip-flops in York, per product',
      'stock_on_hand, by product, all, subcategory in [Flip-flops], branch_city in [York]',
    ],
    ['list out-of-stock items in York', 'out_of_stock_products, by product, all, branch_city in [York]'],
  ],
  'budgets of shops': [
    [
      'are we below budget in York this month',
      'revenue+revenue_budget+revenue_variance, 2026-06-01..2026-06-17, branch_city in [York]',
    ],
    [
      'did Leeds hit its target in May, budget and actual',
      'revenue+revenue_budget+revenue_variance, 2026-05-01..2026-06-01, branch_city in [Leeds]',
    ],
    [
      'York in May? compare to budget',
      'revenue+revenue_budget+revenue_variance, 2026-05-01..2026-06-01, branch_city in [York]',
    ],
    [
      'percentage of budget reached per branch in May',
      'revenue_attainment, by branch, 2026-05-01..2026-06-01',
    ],
  ],
  'rates and orders of things': [
    [
      'wages to revenue ratio in York in May',
      'expenses+revenue, 2026-05-01..2026-06-01, account in [Wages] of expenses, branch_city in [York], ratio',
    ],
    ['max orders per hour last saturday', 'orders, by hour_of_day, 2026-06-13..2026-06-14, top 1 by orders'],
    ['highest refund day this year', 'refunds, per day, 2026-01-01..2026-06-17, top 1 by refunds'],
    [
      'busiest saturday of the year in York',
      'orders, per day, 2026-01-01..2026-06-17, branch_city in [York], weekday in [Saturday], top 1 by orders',
    ],
    [
      'which reason costs us the most \u00a3 in May',
      'refunds, by refund_reason, 2026-05-01..2026-06-01, top 1 by refunds',
    ],
    [
      'how many late orders were there in May and what share of delivered is that',
      'orders_late+late_share, 2026-05-01..2026-06-01',
    ],
    [
      'share of returned orders web: this year vs last',
      'returned_order_share, 2026-01-01..2026-06-17, channel in [web], vs same-period-last-year 2025-01-01..2025-06-17',
    ],
    [
      'orders in the 10-11h slot on Saturdays in May',
      'orders, 2026-05-01..2026-06-01, weekday in [Saturday], hour_of_day between [10|10]',
    ],
  ],
  'words around the question': [
    [
      'sandals attach: how many sandals did we sell in May',
      'units, 2026-05-01..2026-06-01, category in [Sandals]',
    ],
    [
      'return rate of boots by month this year, something is wrong there',
      'return_rate, per month, 2026-01-01..2026-06-17, category in [Boots]',
    ],
    [
      'what time is the first order... ok simpler: orders at 9am in May',
      'orders, 2026-05-01..2026-06-01, hour_of_day between [9|9]',
    ],
    ['this looks weird: revenue in May', 'revenue, 2026-05-01..2026-06-01'],
    ['zalando: revenue in May', 'ask about zalando'],
    ['revenue this week (last mon-sun)', 'revenue, 2026-06-08..2026-06-15'],
    [
      'refunds this week and last week. this week = 1-7 June',
      'refunds, 2026-06-01..2026-06-08, vs period 2026-05-25..2026-06-01',
    ],
    [
      'web units by category last week for picking',
      'units, by category, 2026-06-08..2026-06-15, channel in [web]',
    ],
    ['average refund in euros.. sorry pounds, in May', 'average_refund, 2026-05-01..2026-06-01'],
    [
      'all branches in May: revenue, orders, units',
      'revenue+orders+units, by branch, 2026-05-01..2026-06-01',
    ],
  ],
  reasons: [
    [
      'how many refunds for the wrong size in May',
      'refund_count, 2026-05-01..2026-06-01, refund_reason in [too small|too large]',
    ],
    ['what do people complain about when they send shoes back', 'refund_count, by refund_reason, all'],
    ['how many complaints in May', 'no: cannot-answer'],
  ],
  'one noun alone': [
    ['the branch report', 'ask'],
    ['our store', 'ask'],
    ['delays', 'ask'],
    ['complaints?', 'ask'],
    ['backlog', 'ask'],
  ],
};

describe.each(Object.entries(CASES))('the planner reads %s', (_what, cases) => {
  test.each(cases)('%s', async (question, plan) => {
    expect(inShort(await ask(question, { planner }))).toBe(plan);
  });
});
