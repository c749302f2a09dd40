import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** How buyers, merchandisers and marketers type one question, on 16 June 2026. */
const SAME: [plain: string, ...typed: string[]][] = [
  [
    'top 4 brands by orders last month',
    'four brands that had the most orders last month',
    'brands ranked by orders last month, first four',
    'the four brands with most orders in May 2026',
    'rank the brands on order count for last month and show the first 4 only',
    "last month's brands by orders: top four",
  ],
  [
    'bottom 3 categories by revenue last quarter',
    'the three categories that brought in the least revenue last quarter',
    'three categories with the lowest revenue in Q1 2026',
    'categories with the least revenue last quarter, three of them',
  ],
  [
    'top 3 branches by new customers last quarter',
    'the 3 branches that won the most new customers last quarter',
    'branches ranked by new customers for Q1 2026, first three only',
  ],
  [
    'units by category last month without brand Plumb',
    'leaving Plumb out, units by category last month',
    'units by category last month, taking Plumb out',
    "if we don't count Plumb, how many units did each category sell last month?",
    'strip out Plumb and show units by category for last month',
    'units per category in May 2026, disregarding Plumb',
    'forget about Plumb: units by category last month',
    'keep Plumb out of it: units per category last month',
  ],
  [
    'revenue by branch last month except phone channel',
    'all channels but phone: revenue by branch last month',
    'revenue by branch last month, any channel except phone',
    'revenue per branch last month if you leave out the phone channel',
  ],
  [
    'refunds in Germany and the Netherlands together last month',
    'refunds last month for Germany plus Netherlands as one figure',
    'one number please: refunds last month for Germany and the Netherlands together',
    'add up Germany and the Netherlands: refunds last month',
    "last month's refunds, Germany and Netherlands jointly",
  ],
  [
    'top 5 products by units last month',
    'five best sellers last month by quantity, not revenue',
    'top 5 products last month, units not value',
    'best five products last month in units rather than money',
  ],
  [
    'return rate last month compared with the month before',
    'return rate last month, and how does it differ from the month before?',
    'return rate: last month beside the month that preceded it',
    'return rate last month set against the month before',
    "last month's return rate next to that of the month before",
  ],
  [
    'brands ranked by units last month',
    'sort the brands by units last month, from strongest to weakest',
    'brands by units last month, strongest to weakest',
    'put the brands in order of units for last month',
    'list the brands in order of units sold last month',
  ],
  [
    '3 brands with the largest drop in revenue in May 2026 compared with April 2026',
    'three biggest fallers among brands by revenue, May 2026 against April 2026',
    '3 brands with the steepest fall in revenue, May 2026 vs April 2026',
    'the 3 brands whose revenue dropped hardest in May 2026 compared with April 2026',
    'which 3 brands are down by the most revenue in May 2026 compared with April 2026',
  ],
  [
    'products with units above 1000 last month',
    'which products sold more than a thousand units last month',
    'products that sold upwards of a thousand units in May 2026',
  ],
  [
    'return rate by category last month',
    'return rate of each one of the categories last month',
    'what return rate did every single one of our categories have last month',
  ],
  [
    'average order value last month',
    'what did the average basket come to last month',
    'what was the average order worth last month',
    'what does one order come to on average, last month',
  ],
  [
    'items per order by channel last month',
    'how many pieces on an order on average, by channel, last month',
    'average number of articles in a basket per channel last month',
    'how many items did customers put in one order on average last month, by channel',
  ],
  [
    'number of customers by country last month',
    'customer numbers per country last month',
    'customer count by country last month',
    "last month's customer totals by country",
  ],
  [
    'customer segment with the most orders last month',
    'which segment of customers placed the most orders last month',
    'the one segment of our customers with the most orders last month',
  ],
  [
    'margin rate by brand last quarter',
    'margin as a percentage by brand last quarter',
    'gross margin in percent for each brand last quarter',
    'margin % per brand in Q1 2026',
    'how good was the margin rate per brand last quarter',
  ],
  [
    'discount rate by category last month',
    'how heavily did we discount each category last month',
    'how heavily was every category discounted last month',
  ],
  [
    'day with the most orders last month',
    'which date last month had the most orders',
    'on what date in May 2026 did we have the most orders',
    'which single day last month had the most orders',
    'peak date for orders last month',
    'best day for orders last month? the date please',
  ],
];

test.each(SAME.flatMap(([plain, ...typed]) => typed.map((one) => [one, plain])))(
  '%s: as %s',
  async (typed, plain) => {
    expect(inShort(await ask(typed))).toBe(inShort(await ask(plain)));
  },
);

/** What looks like an aside, and says of what the figures are. */
test.each([
  'Meeting with Nordhem on Friday: revenue by brand last month',
  'For the Nordhem talks I need the return rate per brand last quarter',
  'During the promotion: revenue by day last month',
])('%s is not answered as if the aside said nothing', async (question) => {
  expect((await ask(question)).kind).not.toBe('plan');
});

test.each([
  'Range review is on Thursday. margin rate by brand last quarter',
  'Got the rep coming in. margin rate by brand last quarter',
  'for the supplier talks I need the margin rate by brand last quarter',
  'Buying is asking what the margin rate by brand was last quarter',
])('%s: what the figures are needed for is left aside', async (question) => {
  expect(inShort(await ask(question))).toBe(inShort(await ask('margin rate by brand last quarter')));
});

/** A second sentence that leans on the name in the first, and words without their vowels. */
test.each([
  ['We pushed WELCOME10. How many orders used it last month?', 'orders with coupon WELCOME10 last month'],
  ['We ran WELCOME10 last month. How many orders used it?', 'orders with coupon WELCOME10 last month'],
  [
    'Plumb skews everything. Units by brand last month, ignoring it.',
    'units by brand last month except Plumb',
  ],
  ['revnue aprl 2026', 'revenue April 2026'],
  ['itms sold last month', 'items sold last month'],
  ['plmb revenue last month', 'revenue of Plumb last month'],
  ['the 3 best countires by revenue last month', 'top 3 countries by revenue last month'],
  ['top three countries YTD, revenue', 'top 3 countries by revenue year to date'],
])('%s: as %s', async (typed, plain) => {
  expect(inShort(await ask(typed))).toBe(inShort(await ask(plain)));
});

test('a code that nobody knows is asked about, and not left aside with its sentence', async () => {
  expect((await ask('We pushed WALK15. How many orders used it?')).kind).toBe('clarify');
});
