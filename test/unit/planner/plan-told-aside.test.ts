import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** What is said before or after the question proper changes it as the plain question says, on 16 June 2026. */
const SAME: [plain: string, ...spoken: string[]][] = [
  ['revenue by channel in May', 'revenue by channel. May is fine.', 'revenue by channel, May will do'],
  [
    'average rent per month, January to May 2026',
    'how much rent does the firm pay in a typical month? An average over January to May 2026 would do.',
  ],
  [
    'number of refunds excluding damaged this year',
    'how many refunds this year? Leave out whatever was damaged.',
  ],
  ['units sold in May excluding Sandals', "units sold in May. Don't count sandals"],
  ['revenue by branch excluding the web shop', 'leaving the web shop aside, revenue by branch'],
  ['top 5 products by revenue in May', 'top 5 products by money in May', 'best 5 products moneywise in May'],
  [
    'which state had the lowest average shipping per order this year',
    'which state is the cheapest to ship to this year?',
  ],
  ['branches over budget on Wages in May', 'which branches blew their wages budget in May'],
  ['expenses of account Wages per quarter this year', 'staff pay per quarter this year'],
  ['monthly revenue growth, January to May', 'revenue growth month by month from January to May'],
  ['revenue last Saturday against the Saturday before', 'revenue last Saturday vs the one before'],
  ['revenue in Q1 against the quarter before', 'revenue in fiscal Q1 against the fiscal quarter before'],
  ['revenue in the first two weeks of May', 'revenue in the first fortnight of May'],
  [
    'number of orders between 9am and 11am on Saturdays in May',
    'how many orders were placed between 9 and 11 on Saturdays in May',
  ],
  [
    'difference in orders between web and stores last month',
    'how many more orders did web have than stores last month',
    'web orders minus store orders last month',
  ],
  ['which brand had the highest refunds in Q1', 'which brand lost us the most money to refunds in Q1'],
  ['returned units of Sandals last week', 'did anyone return sandals last week?'],
  [
    'revenue in the four weeks before Christmas vs the four weeks after Christmas',
    'revenue in the four weeks before Christmas against the four weeks after',
  ],
  ['revenue against budget in May', 'revenue vs budget for May - where did we land?'],
  [
    'number of out of stock products by branch',
    'how many lines are out of stock in each branch? As of the last count.',
  ],
  ['top 2 products by units in York last month', 'top 2 sellers in york last month by units'],
  ['which products did not sell in May', "what didn't sell a single pair in May? List the products please."],
  [
    'revenue in Q1, Q2 and Q3 2025',
    'Q1, Q2 and Q3 revenue of 2025',
    'Q1, Q2 and Q3 revenue for last year, side by side',
  ],
  [
    'how many shops do we have',
    "Hi! It's my first week, sorry if this is silly. How many shops do we have?",
    'quick one from the new trainee: how many shops do we have',
  ],
  ['refunds in May', 'how many quid did we hand back in refunds in May'],
  [
    'number of orders and revenue with coupon WELCOME10 in May',
    'how many times was WELCOME10 redeemed in May, and what sales came with it?',
  ],
  ['orders not yet shipped', 'orders still waiting to be dispatched, how many have we got?'],
  ['share of new customers this month', "% of this month's shoppers who are new to us"],
  ['how many sellers sold something in May', 'how many merchants made at least one sale in May'],
  [
    'percentage change in orders in Q2 against Q1',
    'by what % did orders grow in the 2nd quarter compared to the 1st?',
  ],
  ['expenses of account Rent this year', "what's the damage on rent this year"],
  ['new customers in May', 'how many new customers signed up in May?'],
  ['which seller city sold the most in 2025', 'from which city did our sellers sell the most in 2025?'],
  [
    'revenue growth per month in 2025',
    'which month had the biggest rise in revenue in 2025',
    'month with the biggest fall in revenue in 2025',
  ],
  [
    'number of late orders by country with share of total',
    'share of all late orders by country',
    'what share of all late orders does each country have',
  ],
  ['average list price of Walking boots', 'mean sticker price of walking boots'],
];

for (const [plainly, ...spoken] of SAME)
  test.for(spoken)(`'%s' is '${plainly}'`, async (question) => {
    expect(inShort(await ask(question))).toBe(inShort(await ask(plainly)));
  });

/** A day of the week comes back after a week, a holiday after a year. */
test.for([
  ['revenue last Saturday vs the one before', '2026-06-06..2026-06-07'],
  ['revenue last weekend vs the one before', '2026-06-06..2026-06-08'],
  ['revenue on Black Friday compared with the previous one', '2024-11-29..2024-11-30'],
  ['revenue on Easter Sunday against the one before', '2025-04-20..2025-04-21'],
  ['revenue last week against the one before', '2026-06-01..2026-06-08'],
])("'%s' is held against %s", async ([question = '', period = '']) => {
  expect(inShort(await ask(question))).toContain(period);
});

test.for(['who did best last month', 'who is the worst in Boots?', 'and who are the best in May'])(
  "'%s' is asked back, for neither customers nor branches were named",
  async (question) => {
    expect(await ask(question)).toMatchObject({ kind: 'clarify', text: 'Who do you mean?' });
  },
);
