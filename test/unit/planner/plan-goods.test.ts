import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';
const YEAR = '2025-06-01..2026-06-01';

/** What each sold best, what goes with what, what a pair goes for: asked on 16 June 2026. */
const CASES: [question: string, plan: string][] = [
  ['which products go well together', `template basket-pairs ${YEAR}`],
  ['which items are often ordered together', `template basket-pairs ${YEAR}`],
  ['when someone buys sandals what else do they get', `template bought-with-category ${YEAR}`],
  ['customers who bought boots also bought what', `template bought-with-category ${YEAR}`],
  ['what do sandals buyers also buy', `template bought-with-category ${YEAR}`],
  [
    'for each department, which product sold best in May',
    `revenue, by department+product, ${MAY}, top 1 by revenue in each department`,
  ],
  [
    'which brand sells least in each branch',
    'revenue, by branch+brand, all, bottom 1 by revenue in each branch',
  ],
  ['which make sold best in May', `revenue, by brand, ${MAY}, top 1 by revenue`],
  ['which brand was best for orders in May', `orders, by brand, ${MAY}, top 1 by orders`],
  ['who was the top-selling brand in May', `revenue, by brand, ${MAY}, top 1 by revenue`],
  ['how many different articles did people buy in May', `products_sold, ${MAY}`],
  ['how many sandals do we still have', 'stock_on_hand, all, category in [Sandals]'],
  ['how much stock of each product do we hold', 'stock_on_hand, by product, all'],
  [
    'what did a pair of sandals go for on average in May',
    `average_selling_price, ${MAY}, category in [Sandals]`,
  ],
  [
    'which products did we sell fewer than 5 of in May',
    `units, by product, ${MAY}, having units less-than 5`,
  ],
  ['items that sold fewer than three in May', `units, by product, ${MAY}, having units less-than 3`],
  ['which did better in May, sandals or boots?', `revenue, by category, ${MAY}, category in [Sandals|Boots]`],
  ['sales on full-price goods in May', `revenue, ${MAY}, <at_full_price>`],
  // 'least' is of the products here, and 'first' of the quarter.
  [
    'which products earned us least in the first quarter',
    'revenue, by product, 2026-01-01..2026-04-01, bottom 10 by revenue',
  ],
  // What lies in the shops and what has run out.
  ['how are we off for sandals, shop by shop', 'stock_on_hand, by branch, all, category in [Sandals]'],
  [
    'how many pairs of sandals does each branch have?',
    'stock_on_hand, by branch, all, category in [Sandals]',
  ],
  ['how much cash is tied up in inventory', 'stock_value, all'],
  ['how many of our products have run out', 'out_of_stock_products, all'],
  // What was taken off, what one fetched, what was kept.
  ['on average, how much did we take off each order in May?', `average_discount, ${MAY}`],
  ['what did discounting come to in May', `discounts, ${MAY}`],
  ['the average price a pair fetched in May', `average_selling_price, ${MAY}`],
  [
    'articles that failed to reach a 30% margin in May',
    `margin_rate, by product, ${MAY}, having margin_rate less-than 0.30`,
  ],
  // How sales and the lack of them are spoken of.
  ['the 3 flops of May: lowest revenue products', `revenue, by product, ${MAY}, bottom 3 by revenue`],
  ['how many sandals went out of the door in May', `units, ${MAY}, category in [Sandals]`],
  [
    'what products have we not sold a single pair of this year',
    'template unsold-products 2026-01-01..2026-06-17',
  ],
  ['how many various products were sold in May, not pieces but products', `products_sold, ${MAY}`],
  [
    'in each department, which two brands made the most money in May',
    `revenue, by department+brand, ${MAY}, top 2 by revenue in each department`,
  ],
  // One slip of the hand, and no customer of the dearest goods by a mean of prices.
  ['which brand sels best', 'revenue, by brand, all, top 1 by revenue'],
  ['who bought the most expensive sandals', 'ask'],
  // Times and means of payment are nothing that goes with goods.
  [
    'did we sell more this month than last',
    'revenue, 2026-06-01..2026-06-17, vs previous-period 2026-05-01..2026-05-17',
  ],
];

test.each(CASES)('%s', async (question, plan) => {
  expect(inShort(await ask(question))).toBe(plan);
});
