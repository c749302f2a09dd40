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
]; // prettier-ignore

const ROWS = SAME.flatMap(([plain, ...spoken]) => spoken.map((one): [string, string] => [one, plain]));

test.each(ROWS)('%s: as %s', async (spoken, plain) => {
  const meant = inShort(await ask(plain));
  expect(meant).not.toMatch(/^(?:ask|no)/);
  expect(inShort(await ask(spoken))).toBe(meant);
});
