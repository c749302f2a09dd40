import { describe, expect, it } from 'vitest';
import type { PlannerReply } from '../../../src/domain/plan.ts';
import { ask } from './planner-world.ts';

/** A word that could change the number leaves its mark on the plan, or it is asked about. */

/** In square brackets: what another word of the question says as well. */
const QUESTIONS = [
  'Hi, could you tell me how many orders we had last month please?',
  'revenue by category last month excluding boots',
  'top 5 [products] by units this year',
  'which branch sold the fewest sneakers in May?',
  '[average] order value online in May compared with April',
  'how many new customers [bought] in York this year?',
  'refunds above 50 [pounds] in May by reason',
  'share of revenue from boots in Q1',
  'which categories grew more than 10% in [May] against [May] last year?',
  'orders without a coupon last month',
  'how many [customers] [ordered] more than twice this year',
  'cumulative revenue per day in May',
  'gross margin by brand in the second half of May',
  'late deliveries to Germany in April',
  'units of Walking [boots] sold on weekends in May',
  'orders still not delivered',
  'worst 3 branches in the North by revenue in May',
  'median order value in store last month',
  'wages against budget in May by branch',
  'busiest hour on Saturdays in May',
];

/** Read one by one: said or not, the number is the same. Anything else that is passed over fails the test. */
const HARMLESS = new Set(
  `hi could you tell me please we had have did do does our us the a an in on of for by to from at with is are was were
how many much what which number revenue sales sold units this order value gross reason orders more still`.split(
    /\s+/,
  ),
);

/** Each pair turns a question around. */
const TURNED: readonly (readonly [question: string, said: string, other: string])[] = [
  ['which branch sold the most boots in May', 'most', 'least'],
  ['store ranking by revenue in May, top 3', 'top', 'bottom'],
  ['which categories grew more than 10% in May against April', 'more', 'less'],
  ['which categories fell more than 10% in May against April', 'more', 'less'],
  ['which branches were up on last year in May', 'up', 'down'],
  ['which brands grew in May on last year', 'grew', 'declined'],
  ['orders per branch in the first two weeks of May', 'first', 'second'],
  ['sales first 9 days of May', 'first', 'second'],
  ['revenue first half 2025', 'first', 'last'],
  ['orders with a coupon in May', 'with', 'without'],
  ['orders with at least 3 items in May', 'at least', 'at most'],
  ['revenue since 10 May', 'since', 'before'],
  ['revenue from new customers in May', 'new', 'returning'],
  ['sales online in May', 'online', 'in store'],
  ['revenue in York in May', 'in York', 'outside York'],
  ['how many orders were late in May', 'late', 'on time'],
  ['average order value in May', 'average', 'total'],
  ['margin percentage by category in May', 'margin', 'markup'],
  ['discounts as a percentage of gross sales in May', 'gross', 'net'],
  ['payment amount by branch in May', 'amount', 'number'],
  ['customers who bought boots and sandals', 'and', 'or'],
  ['revenue last month', 'last', 'this'],
  ['refunds for damaged goods in May', 'for', 'except'],
  ['which products did we sell in May', 'did we', 'did we not'],
  ['which products did we sell in May', 'sell', 'sell exclusively'],
  ['revenue excluding Sundays in May', 'excluding Sundays', 'on Sundays'],
  ['out of stock products by branch', 'out of stock', 'stocked'],
  ['orders to Ireland and France last week', 'Ireland and ', ''],
  ['stuck orders by country', 'stuck ', ''],
  ['slowest deliveries by country in May', 'slowest', 'fastest'],
];

/** Words that narrow, or ask for something else; what cannot heed them must ask or say no. */
const MODIFIERS =
  `damaged;wholesale;premium;overseas;first-time;median;unpaid;cumulative;expected;potential;stuck;reserved;lost;
missed;like-for-like;second-hand;seasonal;summer;subscription;pre-ordered;duplicate;fraudulent;half of the;taxable;
not;no;few;other;another;third-party;exceptional;test`
    .split(/;\s*/)
    .map((one) => one.trim());
const BESIDE_A_NOUN = [
  'how many {} orders did we have last month',
  '{} revenue last month by category',
  'total {} sales in May',
  'sales of {} boots in York last month',
];

const BEHIND =
  `and why;and who;and where;like for like;on sale;in the sale;in a row;twice each;per head;per square metre;
excluding boots;after refunds;before discounts;for the first time;not yet paid;above target;with more than 2 items;
in the second half;by mistake;abroad;no longer;at a loss;divided by orders;as a share`
    .split(/;\s*/)
    .map((one) => one.trim());
const AT_THE_END = [
  'how many orders did we have last month {}',
  'which products did we sell in May {}',
  'refunds in York in May {}',
];

/** Every word is known, and what is asked for is not what any plan gives: it must ask. */
const NO_PLAN = [
  'customers refunded more than once this year',
  'products in stock in York but not in Leeds',
  'products with more than 100 in stock that sold fewer than 10 last month',
  'products sold in every branch in May',
  'customers who ordered in every month this year',
  'customers who bought more this year than last year',
  'which customers bought only in May',
  'orders with only boots',
  'revenue on the last day of each month',
  'the 3 worst of our top 10 products',
  'orders within the same country',
  'customers still buying from us who bought in 2025',
  'highest price paid for sneakers',
];

describe('Words leave marks', () => {
  it.each(NO_PLAN)('asks where no plan does as the words say: %s', async (question) => {
    expect(planOf(await ask(question))).toBeNull();
  });

  it.each(QUESTIONS)('lets no word drop that could change the number: %s', async (question) => {
    const words = question.split(' ');
    const asked = words.map((word) => word.replace(/[[\]]/g, ''));
    const whole = planOf(await ask(asked.join(' ')));
    expect(whole).not.toBeNull();
    const dropped: string[] = [];
    for (const [at, word] of words.entries()) {
      const without = planOf(await ask(asked.toSpliced(at, 1).join(' ')));
      if (without === whole && !word.startsWith('[')) dropped.push(word.toLowerCase().replace(/[?,.]/g, ''));
    }
    expect(dropped.filter((word) => !HARMLESS.has(word))).toEqual([]);
  });

  it.each(TURNED)(
    'gives another plan where a word is turned around: %s (%s, %s)',
    async (question, said, other) => {
      const meant = planOf(await ask(question));
      expect(question).toContain(said);
      const turned = planOf(await ask(question.replace(said, other)));
      expect(turned === null || turned !== meant).toBe(true);
    },
  );

  it.each(BESIDE_A_NOUN)('passes over no word before a noun: %s', async (frame) => {
    expect(await passedOver(frame, MODIFIERS)).toEqual([]);
  });

  it.each(AT_THE_END)('passes over no word at the end: %s', async (frame) => {
    expect(await passedOver(frame, BEHIND)).toEqual([]);
  });
});

async function passedOver(frame: string, words: readonly string[]): Promise<string[]> {
  const plain = planOf(await ask(frame.replace(/ ?\{\}/, '').trim()));
  expect(plain).not.toBeNull();
  const over: string[] = [];
  for (const word of words) if (planOf(await ask(frame.replace('{}', word))) === plain) over.push(word);
  return over;
}

/** What is asked of the data, in one text; null where it asks back or says no. */
function planOf(reply: PlannerReply): string | null {
  return reply.kind === 'plan'
    ? JSON.stringify(reply.plan, (key, value: unknown) => (key === 'label' ? undefined : value))
    : null;
}
