import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** What is said at the till, in the back room and over the rota, on 16 June 2026. */
const SAME: [plain: string, ...spoken: string[]][] = [
  [
    'average revenue per day by branch in May',
    'what did every branch take on an average day in May',
    'on a typical trading day in May, what was the revenue of each branch?',
  ],
  ['average orders per week in 2025', 'how many orders came in on the average week in 2025'],
  [
    'average order value by category last month',
    'in May one order was how much in average, for each category?',
  ],
  [
    'average items per order by channel in May',
    'how many items has one order in average in each channel, for May',
  ],
  [
    'units in May 2026 compared with April 2026',
    'units sold, May 2026 minus April 2026',
    'take the units sold in May 2026 and subtract those of April 2026',
    'what is the gap in units sold between April and May 2026',
    'by how much did units sold differ between May and April 2026',
  ],
  [
    'revenue in May compared with April',
    'what is the difference between revenue in May and revenue in April',
  ],
  [
    'bottom 3 days by revenue last month',
    'which 3 dates had the lowest revenue last month',
    'the 3 days last month with the least revenue',
  ],
  ['days with more than 50 orders in May 2026', 'on which dates in May 2026 did we have more than 50 orders'],
  [
    'number of refunds by refund reason last month',
    'refunds by refund reason last month, a count, not the money',
  ],
  ['number of payments by credit card in May', 'credit card payments in May, count not value'],
  [
    'revenue of Leeds Briggate yesterday',
    'I manage Leeds Briggate, what was the revenue there yesterday?',
    'I am doing the rota for Leeds Briggate, what was the revenue yesterday',
  ],
  ['revenue by weekday in May', "I'm planning rotas - what was revenue by weekday in May"],
  ['revenue by branch last week', 'how much did each of the branches turn over last week'],
  [
    'payments by payment method of Leeds Briggate in May',
    'payments of Leeds Briggate in May by credit card, cash, voucher and every other method',
  ],
  ['refunds and units returned last month', 'last month, refund amount and number of units returned'],
  ['average delivery time by country last month', 'country split of average delivery days for last month'],
  ['top 1 day by revenue last month', 'which was the best day of last month going by turnover'],
  ['bottom 3 days by orders in May', 'fewest orders, in May, 3 days'],
  ['top 3 branches by revenue this year', 'this year, what three branches have taken the most at the tills?'],
  [
    'cancellation rate in May 2026 compared with May 2025',
    'put the rate of cancelled orders in May 2026 beside that of May 2025',
  ],
  ['orders per day of the Web shop last week', "last week's orders of the Web shop, one day at a time"],
  [
    'revenue by weekday of York Shambles in May',
    'in May what did York Shambles take on Mondays, on Tuesdays, on Wednesdays etc through to Sundays',
  ],
  [
    'units by branch last 4 weeks compared with the 4 weeks before',
    'units by branch, last 4 weeks v the previous 4',
  ],
  [
    'why did revenue fall last month',
    'we sold less last month. Why?',
    'revenue fell last month, what is the reason?',
  ],
  [
    'why did refunds rise last month',
    'why did we refund more last month',
    'how come we handed back more last month',
  ],
  ['number of refunds by refund reason in May', 'for what reason were things refunded in May'],
  ['average number of instalments', 'into how many instalments do customers split their payments on average'],
  [
    'share of late orders by month this year',
    'late rate by order month this year',
    'late rate by month of purchase this year',
  ],
  ['orders placed before noon in May', 'before-noon orders, May'],
  ['number of orders with status shipped', 'how many orders are currently at shipped status'],
  [
    'revenue budget of Leeds Briggate in May',
    "what had we pencilled in as Leeds Briggate's sales for May in the budget",
  ],
  [
    'revenue budget reached by branch last quarter',
    'how close did each branch come to making its sales plan last quarter',
  ],
  ['number of orders by order status in May', 'how many orders of May are in every status'],
  ['number of orders shipped last week', 'how many orders went out of the warehouse last week'],
  [
    'average approval time in May',
    'what was the average time between placing an order and its approval in May',
  ],
  ['running total of revenue per month this year', "add up this year's revenue as we go, month after month"],
];

test.each(SAME.flatMap(([plain, ...spoken]) => spoken.map((one) => [one, plain] as const)))(
  '%s: as %s',
  async (spoken, plain) => {
    const meant = inShort(await ask(plain));
    expect(meant).not.toMatch(/^(?:ask|no)/);
    expect(inShort(await ask(spoken))).toBe(meant);
  },
);

/** When a thing was first and last sold, which no figure tells. */
test.each([
  ['when was Fell Walker Brown last ordered at York Shambles', 'Fell Walker Brown', 'York Shambles'],
  ['date of the latest Fell Walker Brown order, York Shambles', 'Fell Walker Brown', 'York Shambles'],
  ['the last day with an order for Fell Walker Brown in York Shambles', 'Fell Walker Brown', 'York Shambles'],
  ['when did York Shambles last sell Fell Walker Brown', 'Fell Walker Brown', 'York Shambles'],
  ['when did we first sell Fell Walker Brown', 'Fell Walker Brown', 'all'],
])('%s: by the template of the first and the last sale', async (question, product, branch) => {
  const reply = await ask(question);
  expect(reply).toMatchObject({
    plan: { template: 'first-and-last-sale', parameters: { product, branch } },
  });
});

test.each([
  'when was the last order',
  'orders on the last day of last month',
  'when did we last sell boots or sandals',
])('%s: not by that template', async (question) => {
  expect(inShort(await ask(question))).not.toBe('template first-and-last-sale');
});

/** A word more, and it is another question. */
const OTHER: [said: string, than: string][] = [
  ["I'm checking York Shambles - what was revenue in May", 'revenue in May'],
  ['revenue between April and May', 'revenue in May compared with April'],
  ['revenue in May less refunds in April', 'revenue in May compared with April'],
  ['refunds by order month this year', 'refunds by month this year'],
  ['share of delivery days by country in May', 'delivery days by country in May'],
  ['revenue of a normal week', 'average revenue per week'],
  ['how long do customers wait at the till', 'average delivery time'],
];

test.each(OTHER)('%s: not as %s', async (said, than) => {
  expect(inShort(await ask(said))).not.toBe(inShort(await ask(than)));
});
