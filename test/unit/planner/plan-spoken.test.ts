import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** What people say with verbs and idioms has the plan of the plain question, on 16 June 2026. */
const SAME: [plain: string, ...spoken: string[]][] = [
  [
    'branches with share of refunded orders more than 3% last month',
    'which shops had more than 3% of orders refunded last month',
  ],
  [
    'categories with discount rate at least 10% last month',
    'categories with a 10% discount or more last month',
  ],
  [
    'categories with return rate more than 7% this year',
    'categories where more than 7% of pairs came back this year',
    'categories with more than 7 percent of units returned this year',
  ],
  [
    'branches with cancellation rate over 5% last month',
    'branches where over 5% of orders were cancelled last month',
  ],
  [
    'discount rate by brand last month',
    'how heavily did we mark down each brand last month',
    'how hard was each brand marked down last month',
  ],
  [
    'average selling price of Sandals, 2024, 2025 and this year',
    'What do we get for a pair of sandals on average - 2024, 2025 and this year?',
  ],
  [
    'did chelsea boots or walking boots sell more units since 1 September',
    'did chelsea boots or walking boots move more units since 1 September',
  ],
  ['share delivered on time last month', 'the on-time % for deliveries last month'],
  ['revenue of customers from London last month', 'revenue from Londoners last month'],
  ['how many customers from Berlin bought in May', 'how many berliners bought from us in May'],
  ['revenue this week vs last week in Leeds', 'revenue this week vs last in Leeds'],
  ['Q1 sales, this year and last year', 'Q1 sales, this year and last?'],
  ['sales this year and last year', 'sales this year, and last year?'],
  [
    'return rate of Sandals last month',
    'what share of sandals were sent back last month',
    'what percentage of the sandals we sold came back last month',
    'how often do sandals get returned last month, in percent',
  ],
  ['best selling brand last month', 'which brand was our bestseller last month'],
  ['best selling branch last month', 'which branch was our best seller last month'],
  ['top 10 brands by revenue last month', 'which brands were our best sellers last month'],
  ['top 3 cities by orders last month', 'top 3 cities our shoppers come from, by orders last month'],
  ['top 5 products by returned units last month', 'top 5 products our customers returned last month'],
  ['most profitable city last month', 'which city was the most profitable last month'],
  ['average days to refund last month', 'how long did people wait for their money back last month'],
  [
    'most popular payment method in 2026',
    'what ways can people pay, and what is the most popular one in 2026?',
  ],
  [
    'how many boots were bought by returning customers last month',
    'how many boots did existing customers buy last month',
    'existing customers bought how many boots last month',
  ],
  ['orders by new customers last month', 'how many orders did new customers place last month'],
  ['top 3 branches by gross margin last month', 'top 3 branches that made the most profit last month'],
  ['refunds by refund reason this year', 'why are people getting refunds this year'],
  [
    'discount rate by region last month',
    'what % discount did we give by region last month',
    'how heavily did we discount by region last month, in percent',
  ],
  ['cancellation rate last month', 'order cancellation rate last month', 'rate of cancellations last month'],
  [
    'revenue budget of York Shambles this month',
    'how much is York Shambles supposed to take this month',
    'what is York Shambles meant to bring in this month',
  ],
  [
    'which branches missed their sales target last month',
    'which shops came in below target last month',
    'branches that did not hit their sales budget last month',
  ],
  [
    'share of customers with exactly one order last year',
    'what percentage of people bought just once last year',
    'what proportion of customers made only one purchase last year',
    'how many customers, as a percentage, ordered one time last year',
  ],
  [
    'how many customers ordered at least 4 times last year',
    'number of customers who ordered no fewer than 4 times last year',
    'how many customers ordered 4 times or more last year',
  ],
  ['number of new customers last month', 'how many customers were new last month'],
  [
    'average order value by region last month',
    'how much does the average customer spend per order by region last month',
  ],
  [
    'average revenue per customer last month',
    'what does a customer spend on average last month',
    'on average what did each shopper spend last month',
  ],
  [
    'top 7 customers by revenue this year',
    'the 7 highest spending customers this year',
    'who are the 7 customers worth the most to us this year',
  ],
  [
    'customers who ordered last year but not this year',
    'customers who ordered last year and nothing this year',
    'customers with orders last year but none this year',
  ],
  [
    'top 4 products by returned units last month',
    'which four products came back the most last month, by units',
    'our 4 most returned items last month by quantity',
  ],
  [
    'top 6 categories by units this year',
    'which 6 categories have we shifted most of this year',
    'the 6 categories we sold the most pieces of this year',
    'top six categories by volume this year',
  ],
  ['items per order by branch last month', 'how many things are in the average basket by branch last month'],
  [
    'stock of Boots in Leeds Briggate',
    'how many boots are sitting in Leeds Briggate',
    'how many boots have we got left at Leeds Briggate',
  ],
  [
    'products never sold last month',
    'which items have not shifted a single unit last month',
    'products nobody bought last month',
    'products without a single sale last month',
  ],
  [
    'orders delivered last week',
    'orders that reached the customer last week',
    'orders landed with customers last week',
  ],
  [
    'revenue last month',
    'what did the tills ring up last month',
    'how much went through the tills last month',
  ],
  ['revenue of York Shambles this month', "what's York Shambles taken this month"],
  ['cost of goods sold last month', 'what did the stuff we sold last month cost us'],
  ['refunds last month', 'how much did we hand back to customers last month'],
  ['expenses for Marketing this year', 'how much have we blown on marketing this year'],
  ['ledger profit last quarter', 'what was left last quarter after all costs', 'net result last quarter'],
  ['payments by payment method last month', 'payments by how people paid last month'],
  ['revenue by branch last month', 'sales last month, shop by shop', 'store-by-store takings last month'],
  [
    'best branch by revenue last month',
    'no. 1 branch for sales last month',
    'which branch was top of the table for sales last month',
  ],
  ['best weekday by revenue last month', 'strongest day of the week for sales last month'],
  ['orders over 150 last month', 'number of orders with a value of more than 150 last month'],
  ['revenue in the North by brand last month', 'takings by brand up North last month'],
  [
    'which branch took more last month, Leeds Briggate or York Shambles',
    'who took more last month, Leeds Briggate or York Shambles',
  ],
  [
    'orders by channel last month',
    'orders for web, store and phone last month',
    'orders online, in store and by phone last month',
  ],
  ['return rate by category last month', 'what share of units came back by category last month'],
  [
    'top 8 products by return rate last month',
    'the 8 products that get sent back the most last month, in percent',
  ],
  [
    'least profitable category by margin rate last month',
    'category with the slimmest margin rate last month',
    'least profitable category in % terms last month',
  ],
  ['refunds last month', 'how much money went out in refunds last month'],
  ['number of refunds last month', 'how many refunds went through last month'],
  ['repeat rate by channel last year', 'share of shoppers by channel who ordered more than once last year'],
  [
    'revenue from new customers last month',
    'what did first-time buyers spend last month',
    'how much money came from new customers last month',
  ],
  ['average delivery time last month', 'how many days did it take us to deliver on average last month'],
  [
    'gross margin of Nordhem this year',
    'what have we made on Nordhem this year in gross margin',
    'how much did we earn on Nordhem this year after cost of goods',
  ],
  [
    'expenses against budget last month',
    'actual costs against budgeted costs last month',
    'were costs within budget last month',
  ],
  [
    'cancellation rate in Leeds Briggate last month',
    'what share of orders in Leeds Briggate were cancelled last month',
    'what % of orders taken at Leeds Briggate got cancelled last month',
  ],
  [
    'share of orders returned from Germany last month',
    'what percentage of orders from Germany were sent back last month',
  ],
  [
    'share of late orders to Germany last month',
    'what proportion of orders to Germany arrived late last month',
    'proportion of late orders to Germany last month',
  ],
  [
    'share of new customers in Germany last month',
    'what percentage of customers in Germany were new last month',
  ],
  ['refund rate of Boots last month', 'what share of boots did we refund last month'],
  ['number of refunds by refund reason last month', 'the number one reason for refunds last month'],
  ['busiest hour of the day last month', 'when in the day were we busiest last month'],
  ['revenue budget last month', 'how much were we supposed to take last month'],
  ['number of customers last month', 'how many individuals shopped with us last month'],
  ['stock of Fell Walker Brown by branch', 'how many Fell Walker Brown do we have at each branch'],
  [
    'expenses by branch last month',
    'what did each branch cost us to run last month',
    'costs to run each branch last month',
  ],
  [
    'revenue without Sandals last month',
    'revenue of all but sandals last month',
    'sales for everything except sandals last month',
  ],
  [
    'which branches had revenue of more than 10000 last month',
    'which branches turned over more than £10,000 last month',
  ],
]; // prettier-ignore

/** What no figure tells is asked about, and never read past. */
test.each([
  'how much were refunds supposed to be last month',
  'what share of sandals that customers bought in April came back in May',
])('%s: asked', async (question) => {
  expect(inShort(await ask(question))).toMatch(/^ask/);
});

const ROWS = SAME.flatMap(([plain, ...spoken]) => spoken.map((one): [string, string] => [one, plain]));

test.each(ROWS)('%s: as %s', async (spoken, plain) => {
  const meant = inShort(await ask(plain));
  expect(meant).not.toMatch(/^(?:ask|no)/);
  expect(inShort(await ask(spoken))).toBe(meant);
});
