import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** Stretches of time and forms of an answer in more words than they need, on 16 June 2026. */
const SAME: [plain: string, ...spoken: string[]][] = [
  ['revenue in week 23 of 2026', 'revenue in week 23 (this year)'],
  [
    'units per week in the last 8 complete weeks',
    'how many units did each of the last eight full weeks bring us',
    'units for each of the 8 last completed weeks',
    'last 8 finished weeks - units in each one please',
    'weekly units, going back eight complete weeks, leaving out the one we are in',
  ],
  [
    'revenue per month in the last 6 complete months',
    'revenue for each of the six months that have most recently closed',
    'monthly revenue, last half dozen complete months, not counting the current one',
  ],
  [
    'revenue by branch from Good Friday to Easter Monday 2026',
    'For the four days from Good Friday through Easter Monday 2026, revenue branch by branch',
    'revenue per branch, Good Fri - Easter Mon 2026',
  ],
  ['orders on Black Friday 2025 vs Black Friday 2024', 'orders, Black Friday 25 against Black Friday 24'],
  [
    'orders per month since September 2025',
    'monthly orders, September 2025 to now',
    'orders by month from September 2025 up to the present',
  ],
  [
    'shipping Q4 2025 vs Q3 2025',
    'difference in shipping between Q4 2025 and Q3 2025',
    'shipping Q4 2025 minus Q3 2025',
  ],
  ['revenue in May 2026 vs April 2026', 'difference in revenue between May and April'],
  [
    'net revenue per month from January to May 2026 vs same period last year',
    'net revenue per month from January to May 2026 compared with the same months of 2025',
    'net revenue by month, January to May 2026, against the equivalent five months last year',
  ],
  ['orders month to date vs last month', 'orders month to date compared with the same days last month'],
  [
    'return rate by subcategory in the last 30 days',
    'Break the return rate down by subcategory; look back 30 days.',
  ],
  ['units per week up to 14 June', 'units per week to 14 June'],
  [
    'units on Cyber Monday 2025 vs Cyber Monday 2024',
    "units on last year's Cyber Monday vs the year before's",
  ],
  [
    'branches with more than 500 orders last month',
    'branches with orders > 500, last month',
    'show only those branches whose orders last month came to more than 500',
    'in may, in what branches was the number of orders greater than 500',
  ],
  [
    'revenue by region last quarter vs same period last year',
    "what's the year on year revenue growth by region for last quarter",
  ],
  [
    'orders without payment method cash last month',
    "Take last month's orders and drop the ones paid with cash. How many remain?",
    'orders last month that were not paid in cash',
    'orders paid by anything but cash last month',
  ],
  ['number of orders by branch last week', 'how many orders did each branch have last week'],
  ['items per order last month', 'how many items did people put in each order last month'],
  ['products with stock on hand below 20', 'what products are down to less than twenty units on hand'],
  ['orders by channel in May', 'orders via store, via web, via phone in May'],
  ['number of refunds for web in May', 'the number of refunds on the web channel in May'],
  [
    'bottom 3 branches by average order value last month',
    'our weakest 3 branches last month judged on average order value',
  ],
  [
    'bottom 3 subcategories by revenue_change last month vs the month before',
    '3 subcategories with the largest absolute decrease in revenue last month',
  ],
  [
    'worst 3 categories by return rate this year',
    'the three categories with the worst return rate this year',
  ],
  ['orders in June so far vs the same period last year', 'orders in June against June last year'],
  [
    'revenue by branch for Leeds Briggate and York Shambles in May',
    "compare May's revenue for Leeds Briggate and York Shambles",
  ],
  ['discounts in Q1 2026 vs Q4 2025', 'Q1 discounts vs Q4 2025'],
  ['revenue in December 2025 vs November 2025', 'Dec 25 v Nov 25 revenue'],
  ['3 month moving average of revenue in 2025', 'revenue 2025 smoothed over three months'],
  ['orders per week in 2025', '2025 orders, a figure per week'],
  ['revenue for 3 months ending March', 'takings for the quarter that ended in March'],
  ['top 5 branches by number of orders last month', 'our five busiest branches last month by orders'],
  [
    'revenue by branch last month',
    'basically the full revenue by branch last month, to the nearest pound',
    'speaking of last month, what was the revenue by branch',
    'revenue attributable to each branch last month, in alphabetical order',
    'random one: revenue position by branch last month',
    'number of revenue by branch last month',
    "how'd the branches do for revenue last month",
  ],
  [
    'orders last month',
    'how many orders did we pick up last month',
    'lastly, how many orders did we chalk up last month',
  ],
  [
    'units last month',
    'how many units did we put through the till last month',
    'how many units did we offload last month',
  ],
  ['refunds last month', 'how much money did we return to customers last month'],
  ['bottom 5 products by units in 2025', 'the five products we sold fewest of in 2025'],
  ['orders with a discount in May', 'number of orders in May on which a discount was given'],
  [
    'orders for Leeds Briggate vs York Shambles last month',
    "Leeds Briggate's orders minus York Shambles', last month",
  ],
  ['revenue against budget this year', 'are we on budget for revenue this year'],
  [
    'top category by units in each region last month',
    'in every region, the category with the most units, last month',
  ],
  ['units from 16 to 31 May 2026', 'units from the 16th of May to month end', 'May 2026, back half, units'],
  ['orders this week vs last week', 'how do orders this week compare to last'],
  ['branches ranked by revenue last month', 'order the branches by revenue for last month'],
]; // prettier-ignore

const ROWS = SAME.flatMap(([plain, ...spoken]) => spoken.map((one): [string, string] => [one, plain]));

const withoutLabels = (plan: string): string =>
  plan.replace(/vs (?:period|previous-period|same-period-last-year)/, 'vs');

test.each(ROWS)('%s: as %s', async (spoken, plain) => {
  const meant = inShort(await ask(plain));
  expect(meant).not.toMatch(/^(?:ask|no)/);
  expect(withoutLabels(inShort(await ask(spoken)))).toBe(withoutLabels(meant));
});

test('stores with a time and no figure are asked about, and not listed as those that opened then', async () => {
  expect(inShort(await ask('stores last week'))).toMatch(/^ask/);
  expect(inShort(await ask('which stores opened last year'))).toMatch(/^template branch-list/);
});
