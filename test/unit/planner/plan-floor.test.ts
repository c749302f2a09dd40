import { expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

/** What branches, operations and customer service say has the plan of the plain question, on 16 June 2026. */
const SAME: [plain: string, ...spoken: string[]][] = [
  [
    'number of late orders last month',
    'how many parcels turned up late last month',
    'how many deliveries did we miss the date on last month',
    'last month how many deliveries were overdue when they came',
    'orders arriving late, last month',
  ],
  ['share delivered on time in May', 'how punctual were we in may', 'delivery punctuality may'],
  [
    'average delivery time last month',
    'how long were customers kept waiting for their parcels last month',
    'door to door time last month',
  ],
  [
    'average time to ship last month',
    'how long does an order lie around before we ship it, last month',
    'how quickly did we get orders out the door last month',
  ],
  [
    'average days to refund last month',
    'how long did people wait to get their money back last month',
    'how quickly do we refund people, last month',
    'days until customers got their money back, last month',
  ],
  ['number of returned orders last month', 'number of orders sent back last month'],
  ['return rate by category last month', 'for each category, what percentage came back last month'],
  [
    'which category has the highest return rate last month',
    'what category comes back most last month, as a share of units sold',
  ],
  ['total refunds by refund reason last month', 'what did each refund reason cost us last month'],
  [
    'revenue on friday, saturday and sunday last month',
    'takings fri-sun last month',
    'fri/sat/sun takings last month',
    'revenue fridays through sundays last month',
  ],
  ['revenue by weekday in York last month', 'what does york take on mondays, tuesdays and so on, last month'],
  ['orders per weekday last month', 'how are orders spread over the week, last month'],
  ['orders by hour of the day last month', 'how do orders spread over the day last month'],
  ['which weekday had the most orders in May', 'on which weekday did we get the most orders in may'],
  ['target reached last month by branch', '% of target per store last month'],
  ['revenue of York vs Leeds last month', 'york or leeds: who took more last month'],
  ['products out of stock by branch, highest', 'which store has run out of most products'],
  ['branches with sales last month', 'how many branches sold something last month'],
  [
    'customers refunded last month',
    'Last month, how many shoppers did we give money back to?',
    'we handed money back to how many different customers last month',
  ],
  ['number of refunds last month', 'how often did we have to hand money back last month, just the count'],
  ['average refund in May', 'on average how big was a refund in May?', 'mean value per refund, May'],
  ['net revenue last month', "Take refunds off last month's sales: what remains?"],
  ['value of returns in May', "How much were May's returned goods worth?"],
  ['returned units by brand in May', 'Brand by brand, how many pieces did customers send back in May?'],
  ['return rate by branch in May', 'What share of what each branch sold in May came back?'],
  [
    'share of orders returned by channel in May',
    'I want to know what fraction of May orders came back, split by channel.',
  ],
  ['average delay of late orders in May', 'When we were late in May, how many days late were we on average?'],
  ['cancellation rate by channel in May', '% cancelled by channel, may'],
  ['average revenue per branch last month', 'in average how much one branch has sold last month'],
  ['revenue against budget in percent in May', 'how far off plan were May sales, in percent'],
  [
    'how many orders took more than 7 days to arrive last month',
    'last month, for how many orders did people wait more than 7 days for delivery?',
  ],
  [
    'how many orders took more than two days to ship last month',
    'the number of orders last month for which shipment took longer than two days',
  ],
  [
    'top 3 refund reasons by number of refunds last month',
    'name the three reasons that caused the greatest number of refunds last month',
  ],
]; // prettier-ignore

/** A word more turns the question round, and the plan with it. */
const OTHERS: [plain: string, ...others: string[]][] = [
  [
    'share of late orders in May',
    'what share of late orders in May were online',
    'which orders were late in May',
  ],
  ['returned units in May', 'which items were returned in May', 'how many customers returned in May'],
  ['average refund in May', 'average number of refunds per day in May'],
  [
    'orders not yet delivered',
    'how many customers are still waiting for their order',
    'orders not yet shipped',
  ],
  ['average time to ship last month', 'how many orders were shipped on time last month'],
  ['number of refunds last month', 'how many customers were refunded last month'],
  ['revenue on friday, saturday and sunday last month', 'revenue from friday to sunday last week'],
]; // prettier-ignore

const ROWS = SAME.flatMap(([plain, ...spoken]) => spoken.map((one): [string, string] => [one, plain]));

test.each(ROWS)('%s: as %s', async (spoken, plain) => {
  const meant = inShort(await ask(plain));
  expect(meant).not.toMatch(/^(?:ask|no)/);
  expect(inShort(await ask(spoken))).toBe(meant);
});

const CONTRASTS = OTHERS.flatMap(([plain, ...others]) => others.map((one): [string, string] => [one, plain]));

test.each(CONTRASTS)('%s: not as %s', async (other, plain) => {
  expect(inShort(await ask(other))).not.toBe(inShort(await ask(plain)));
});

test.each([
  ['refund order 123 to my card', 'no: would-write'],
  ['can you send order 123 again', 'no: would-write'],
  ['is it getting slower?', 'ask'],
  ['did the promo work', 'ask'],
])('%s: %s', async (question, reply) => {
  expect(inShort(await ask(question))).toBe(reply);
});

test('how old an order is that is not shipped is asked about, and no hour of the day', async () => {
  expect(inShort(await ask('orders over 24 hours not shipped'))).toMatch(/^(?:ask|no)/);
});
