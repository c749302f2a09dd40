import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

/** How buyers and merchandisers ask, on 16 June 2026, and what it comes to. */
const CASES: [question: string, plan: string][] = [
  // What is out of stock, whichever way round.
  ['number of items out of stock in Leeds', 'out_of_stock_products, all, branch_city in [Leeds]'],
  [
    'sold-out sandals, how many skus by branch',
    'out_of_stock_products, by branch, all, category in [Sandals]',
  ],
  [
    'which sandals are we out of in York',
    'out_of_stock_products, by product, all, category in [Sandals], branch_city in [York]',
  ],
  [
    'do we still have any boots left in York',
    'stock_on_hand, all, category in [Boots], branch_city in [York]',
  ],
  ['stock value by category at cost price', 'stock_value, by category, all'],
  // Places of a ranking.
  ['second and third brand by units in May', `units, by brand, ${MAY}, top 2 by units from 2`],
  [
    'third to fifth worst categories by revenue in May',
    `revenue, by category, ${MAY}, bottom 3 by revenue from 3`,
  ],
  [
    'which sandals brand has sold best in May',
    `revenue, by brand, ${MAY}, category in [Sandals], top 1 by revenue`,
  ],
  // In short, and under headings.
  ['brand perf May: rev, units', `revenue+units, by brand, ${MAY}`],
  ['Fast movers: top 3 products by units in May', `units, by product, ${MAY}, top 3 by units`],
  ['revenue by brand in May table pls', `revenue, by brand, ${MAY}`],
  [
    'sandals sold so far this season (since 1 April) vs same period last season',
    'units, 2026-04-01..2026-06-17, category in [Sandals], vs same-period-last-year 2025-04-01..2025-06-17',
  ],
  ['gross sales, discounts and net revenue in May', `gross_sales+discounts+revenue, ${MAY}`],
  [
    'brands with falling revenue in May compared to April',
    `revenue, by brand, ${MAY}, vs previous-period 2026-04-01..2026-05-01, having revenue_change less-than 0`,
  ],
  [
    'units in April and May this year vs the two months last year',
    'units, 2026-04-01..2026-06-01, vs same-period-last-year 2025-04-01..2025-06-01',
  ],
  [
    'units january vs february 2025',
    'units, 2025-02-01..2025-03-01, vs previous-period 2025-01-01..2025-02-01',
  ],
  ['Q1 vs Q2 units 2025', 'units, 2025-04-01..2025-07-01, vs previous-period 2025-01-01..2025-04-01'],
  ['price range of boots', 'ask'],
  [
    'customers that bought most sneakers in May',
    'revenue, by customer, 2026-05-01..2026-06-01, category in [Sneakers], top 10 by revenue',
  ],
  [
    'the 5 customers who placed most orders in May',
    'orders, by customer, 2026-05-01..2026-06-01, top 5 by orders',
  ],
  ['which products brought in the most profit but least revenue in May', 'ask'],
  ['5 people who bought the most boots in May', 'ask about 5'],
  [
    'ten products that earned us most margin in May',
    'gross_margin, by product, 2026-05-01..2026-06-01, top 10 by gross_margin',
  ],
  [
    'which branch is holding the least stock at the moment?',
    'stock_on_hand, by branch, all, bottom 1 by stock_on_hand',
  ],
  [
    'split of turnover by department in May, in per cent',
    'revenue, by department, 2026-05-01..2026-06-01, share-of-total',
  ],
  [
    "kids' slice of company turnover in May",
    'revenue, by department, 2026-05-01..2026-06-01, department in [Kids], share-of-total',
  ],
  [
    'revenue up or down on last year, year to date?',
    'revenue, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
  ],
  [
    'revenue last year and this year, up or down?',
    'revenue, 2026-01-01..2026-06-17, vs same-period-last-year 2025-01-01..2025-06-17',
  ],
  [
    'is revenue down on last month, month to date?',
    'revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
  ],
];

test.each(CASES)('%s', async (question, plan) => {
  expect(inShort(await ask(question))).toBe(plan);
});
