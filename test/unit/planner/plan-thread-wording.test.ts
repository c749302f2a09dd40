import { describe, expect, test } from 'vitest';
import { askInThread, inShort } from './planner-world.ts';

const BOOTS = 'revenue of boots last month';
const SANDALS = 'revenue, 2026-05-01..2026-06-01, category in [Sandals]';
const UNITS = 'units, 2026-05-01..2026-06-01, category in [Boots]';

/** A question, what is said after it, and what that comes to. */
const TURNS: [first: string, then: string, plan: string][] = [
  ...['no, sandals', 'sorry, I meant sandals', 'not boots, sandals', 'swap boots for sandals'].map(
    (then): [string, string, string] => [BOOTS, then, SANDALS],
  ),
  ...['no, I meant units', 'units, not revenue', 'by units', 'what about volume'].map(
    (then): [string, string, string] => [BOOTS, then, UNITS],
  ),
  // What the thread is not about is left out, and takes no one's place.
  [
    'revenue by category in May',
    'not boots, sandals',
    'revenue, by category, 2026-05-01..2026-06-01, category not-in [Boots|Sandals]',
  ],
  [
    'revenue by branch in May',
    'drop the web orders',
    'revenue, by branch, 2026-05-01..2026-06-01, channel not-in [web]',
  ],
  ['revenue of boots by month in 2025', 'drop the boots', 'revenue, per month, 2025-01-01..2026-01-01'],
  [
    BOOTS,
    'and the other categories',
    'revenue, by category, 2026-05-01..2026-06-01, category not-in [Boots]',
  ],
  [
    'top 5 products by revenue this year',
    'make it ten',
    'revenue, by product, 2026-01-01..2026-06-17, top 10 by revenue',
  ],
  [
    'top 5 products by revenue this year',
    'the other end',
    'revenue, by product, 2026-01-01..2026-06-17, bottom 5 by revenue',
  ],
  ['revenue by brand in 2025', "who's top?", 'revenue, by brand, 2025-01-01..2026-01-01, top 1 by revenue'],
  [
    'revenue by brand in 2025',
    'which came last',
    'revenue, by brand, 2025-01-01..2026-01-01, bottom 1 by revenue',
  ],
  ['revenue by brand in May', 'add them up', 'revenue, 2026-05-01..2026-06-01'],
  ['revenue by brand in May', 'what do they come to in all?', 'revenue, 2026-05-01..2026-06-01'],
  ['revenue per day in May', 'weeks instead of days', 'revenue, per week, 2026-05-01..2026-06-01'],
  ['orders in 2025', 'broken down month by month', 'orders, per month, 2025-01-01..2026-01-01'],
  ['revenue by brand in May', 'add channel', 'revenue, by brand+channel, 2026-05-01..2026-06-01'],
  [
    'orders by brand in May',
    'how does that compare with last year',
    'orders, by brand, 2026-05-01..2026-06-01, vs same-period-last-year 2025-05-01..2025-06-01',
  ],
  ['orders last month', 'how about the previous month', 'orders, 2026-04-01..2026-05-01'],
  ['orders in May', 'show the same for last year', 'orders, 2025-05-01..2025-06-01'],
  ['orders in Q1 2025', 'and Q2?', 'orders, 2025-04-01..2025-07-01'],
  ['orders in December 2025', 'and January?', 'orders, 2026-01-01..2026-02-01'],
  ['revenue in May', "what's that per order", 'average_order_value, 2026-05-01..2026-06-01'],
  ['units in May', 'and per order?', 'items_per_order, 2026-05-01..2026-06-01'],
  [
    'units of boots in May',
    'how many came back?',
    'returned_units, 2026-05-01..2026-06-01, category in [Boots]',
  ],
  ['customers in May', 'how many came back?', 'returning_customers, 2026-05-01..2026-06-01'],
  [BOOTS, 'before discounts', 'gross_sales, 2026-05-01..2026-06-01, category in [Boots]'],
  [BOOTS, 'all branches', 'revenue, by branch, 2026-05-01..2026-06-01, category in [Boots]'],
];

describe('a short turn says what it changes of the plan before', () => {
  test.each(TURNS)('%s / %s', async (first, then, plan) => {
    const [, reply] = await askInThread([first, then]);
    expect(reply && inShort(reply)).toBe(plan);
  });
});
