import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlannerReply } from '../../../src/domain/plan.ts';
import { ALL_RIGHTS, ask, createPlanner, inShort } from './planner-world.ts';

const PLAIN = [
  'revenue last month',
  'revenue by category in 2025',
  'top 5 products by revenue last month',
  'revenue in Germany last month',
  'revenue of boots vs sandals in 2025',
  'average revenue per day in 2025',
  'share of revenue by category',
  'categories with more than 100 orders',
  'orders by month in 2025 excluding web',
  'why did revenue fall last month?',
  'revenue this month vs last month',
  'how many customers do we have',
];

/** No English word, no place, no misspelling of anything: 'zqwkrta'. */
const nonsense = fc
  .array(fc.constantFrom(...'bcdfghjklmnpqrtvwxz'.split('')), { minLength: 6, maxLength: 9 })
  .map((letters) => letters.join(''));

describe('every word is accounted for', () => {
  test('a word that nobody knows never leaves the plan as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PLAIN), nonsense, fc.nat(20), async (question, word, place) => {
        const words = question.split(' ');
        words.splice(place % (words.length + 1), 0, word);
        const before = inShort(await ask(question));
        const after = await ask(words.join(' '));
        expect(after.kind === 'plan' && inShort(after) === before).toBe(false);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('words of business that the warehouse lacks are named in the refusal', async () => {
    for (const word of ['footfall', 'NPS', 'employees', 'ad spend', 'conversion rate']) {
      const reply = await ask(`${word} last month`);
      expect(reply.kind).toBe('refuse');
      expect(reply.kind === 'refuse' && reply.text.toLowerCase()).toContain(word.toLowerCase());
    }
  });
});

describe('the same meaning gives the same plan', () => {
  test.each([
    ['revenue', 'sales', 'turnover', 'takings'],
    ['orders', 'number of orders', 'order count', 'how many orders'],
    ['average order value', 'AOV', 'average basket', 'revenue per order'],
    ['units sold', 'quantity sold', 'items sold'],
  ])('synonyms of %s', async (...words) => {
    const plans = await Promise.all(
      words.map(async (word) => inShort(await ask(`${word} by category last month`))),
    );
    expect(new Set(plans).size).toBe(1);
  });

  test.each([
    'revenue by category last month',
    'show me revenue by category last month',
    'Please show me the revenue by category for last month.',
    'last month revenue by category',
    'what was our revenue per category last month?',
    'can you tell me revenue last month, broken down by category',
    'REVENUE BY CATEGORY LAST MONTH',
    'revenue for each category last month',
  ])('another wording: %s', async (question) => {
    expect(inShort(await ask(question))).toBe('revenue, by category, 2026-05-01..2026-06-01');
  });

  test.each([
    ['revnue by category last month', 'revenue by category last month'],
    ['revenue by categroy last month', 'revenue by category last month'],
    ['revenue by category last mnoth', 'revenue by category last month'],
    ['revenue in germny', 'revenue in Germany'],
    ['averge order value by country', 'average order value by country'],
    ['top 5 prodcuts by revenue', 'top 5 products by revenue'],
    ['orders in septembr 2025', 'orders in September 2025'],
  ])('a slip of spelling: %s', async (slip, right) => {
    const reply = await ask(slip);
    expect(inShort(reply)).toBe(inShort(await ask(right)));
    expect(reply.kind === 'plan' && reply.notes.some((note) => note.includes('was read as'))).toBe(true);
  });

  test('politeness around a question, and a full stop behind it, change nothing', async () => {
    const before = [
      'please ',
      'hi, ',
      'could you tell me ',
      'hey, can you show me ',
      'I would like to know ',
      'pls give me ',
    ];
    const after = ['', '.', '?', ' please', ' please.', ' thanks', ', thank you!'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PLAIN.filter((one) => !one.startsWith('why'))),
        fc.constantFrom(...before),
        fc.constantFrom(...after),
        async (question, first, last) => {
          expect(inShort(await ask(first + question + last))).toBe(inShort(await ask(question)));
        },
      ),
      { numRuns: 120, seed: 11 },
    );
  });

  test('figure, breakdown, filter and period may stand in any order that English allows', async () => {
    const parts = [
      ['by category', 'per branch', ''],
      ['for web', 'in Germany', ''],
      ['in May 2026', 'last month', 'in 2025'],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...parts.map((part) => fc.constantFrom(...part))),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.constantFrom('revenue', 'orders', 'average order value'),
        async (chosen, order, figure) => {
          const said = (places: number[]): string =>
            [figure, ...places.map((place) => chosen[place])].filter(Boolean).join(' ');
          expect(inShort(await ask(said(order)))).toBe(inShort(await ask(said([0, 1, 2]))));
        },
      ),
      { numRuns: 120, seed: 12 },
    );
  });

  test('asked again it is planned again in the same way', async () => {
    for (const question of PLAIN) {
      expect(await ask(question)).toEqual(await ask(question));
    }
  });

  test('the same question gives the same plan from another planner', async () => {
    const other = createPlanner();
    for (const question of PLAIN)
      expect(await ask(question, { planner: other })).toEqual(await ask(question));
  });
});

describe('questions back', () => {
  const UNCLEAR = [
    'average revenue',
    'orders on 03/04/2026',
    'sales in winter 2025',
    'Boots',
    'by country',
    'how are we doing?',
    'revenue of hanging hearts',
    'revenue of gifts',
    'revenue by refund reason',
    'revenue blorp last month',
    'revenue in early 2025',
    'what share of revenue',
  ];
  const choicesOf = (reply: PlannerReply) => {
    if (reply.kind === 'clarify') return reply.choices;
    return reply.kind === 'unknown-value' ? reply.didYouMean : [];
  };

  test.each(UNCLEAR)('%s: each choice is a question that is understood', async (question) => {
    const reply = await ask(question);
    expect(['clarify', 'unknown-value']).toContain(reply.kind);
    const choices = choicesOf(reply);
    expect(choices.length).toBeGreaterThanOrEqual(reply.kind === 'clarify' ? 2 : 1);
    expect(choices.length).toBeLessThanOrEqual(5);
    for (const choice of choices) expect((await ask(choice.question)).kind, choice.question).toBe('plan');
  });
});

describe('rights', () => {
  test('personal data is not shown to those who may not see it, and is to those who may', async () => {
    expect(inShort(await ask('revenue by customer name'))).toBe('no: not-permitted');
    const clear = { ...ALL_RIGHTS, personalData: 'clear' as const };
    expect(inShort(await ask('revenue by customer name', { rights: clear }))).toBe(
      'revenue, by customer_name, all',
    );
  });

  test('whole-company live figures are not read for those who see one branch', async () => {
    const branch = { ...ALL_RIGHTS, rowFilters: { branch_id: ['B03'] } };
    expect(inShort(await ask('revenue today', { rights: branch }))).toBe('revenue, 2026-06-16..2026-06-17');
  });
});
