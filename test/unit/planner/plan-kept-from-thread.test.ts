import { expect, test } from 'vitest';
import { ask, askInThread, inShort } from './planner-world.ts';

const MAY = '2026-05-01..2026-06-01';

/** The last question of a thread and what it comes to. */
const CASES: [thread: string[], plan: string][] = [
  // No time said: the thread's.
  [
    ['boots units in May', 'who bought most'],
    `revenue, by customer, ${MAY}, category in [Boots], top 1 by revenue`,
  ],
  [
    ['orders in May', 'which branch sold the most sandals'],
    `revenue, by branch, ${MAY}, category in [Sandals], top 1 by revenue`,
  ],
  [
    ['sandals in May, units', 'how many were sent back in that time?'],
    `returned_units, ${MAY}, category in [Sandals]`,
  ],
  [['units in May', 'units of all time'], 'units, all'],
  [['units in May', 'how many branches do we have'], 'branches_total, all'],
  [
    ['revenue in Leeds in May', 'top 3 categories'],
    `revenue, by category, ${MAY}, branch_city in [Leeds], top 3 by revenue`,
  ],
  // What contradicts the thread takes its place.
  [['average order value online in May', 'and in the stores?'], `average_order_value, ${MAY}, <in_store>`],
  [['orders at weekends in May', 'and on weekdays?'], `orders, ${MAY}, <on_weekdays>`],
  [['units with a discount in May', 'and at full price?'], `units, ${MAY}, <at_full_price>`],
  // Small turns.
  [
    ['how many orders in May', 'in the shops?', 'avg value of those'],
    `average_order_value, ${MAY}, <in_store>`,
  ],
  [
    ['marketing expenses in May', 'what had we budgeted?'],
    `expenses+expense_budget+expense_variance, ${MAY}, account in [Marketing]`,
  ],
  [
    ['new customers in May', 'last year for comparison'],
    `new_customers, ${MAY}, vs same-period-last-year 2025-05-01..2025-06-01`,
  ],
];

test.each(CASES)('%s', async (thread, plan) => {
  const replies = await askInThread(thread);
  const last = replies.at(-1);
  expect(last && inShort(last)).toBe(plan);
});

test.each([
  ['orders by week? forget it - units by branch in May', `units, by branch, ${MAY}`],
  ['quanto... sorry: orders in Germany in May', `orders, ${MAY}, country in [Germany]`],
  ['units in April, sorry, March', 'units, 2026-03-01..2026-04-01'],
  ['orders in April, no wait, I mean revenue', 'ask about no wait'],
])('what was taken back is left aside: %s', async (question, plan) => {
  expect(inShort(await ask(question))).toBe(plan);
});
