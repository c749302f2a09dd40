import { expect, it } from 'vitest';
import { ask, createPlanner, inShort } from './planner-world.ts';

const planner = createPlanner(
  {
    category: ['Shoes', 'Running', 'Accessories'],
    subcategory: ['Trail', 'Road', 'Laces', 'Socks', 'Ballerinas'],
    brand: ['Corsa'],
    product: ['Running Socks, 3 pairs', 'Laces', 'Ridge Runner, blue', 'Ridge Runner, red', 'Ballet'],
  },
  [
    {
      dimensions: ['category', 'subcategory', 'brand', 'product'],
      rows: [
        ['Running', 'Trail', 'Corsa', 'Ridge Runner, blue'],
        ['Running', 'Trail', 'Corsa', 'Ridge Runner, red'],
        ['Accessories', 'Socks', 'Corsa', 'Running Socks, 3 pairs'],
        ['Accessories', 'Laces', 'Plumb', 'Laces'],
        ['Shoes', 'Ballerinas', 'Harrow & Vale', 'Ballet'],
        ['Boots', 'Walking boots', 'Plumb', 'Fell Walker Brown'],
      ],
    },
    {
      dimensions: ['branch_city', 'region'],
      rows: [
        ['Leeds', 'North'],
        ['London', 'South'],
      ],
    },
  ],
);

const short = async (question: string): Promise<string> => inShort(await ask(question, { planner }));

it.each([
  ['revenue of trail shoes in May', 'revenue, 2026-05-01..2026-06-01, subcategory in [Trail]'],
  ['units of running socks in May', 'units, 2026-05-01..2026-06-01, product in [Running Socks, 3 pairs]'],
  [
    'revenue of Harrow & Vale shoes in May',
    'revenue, 2026-05-01..2026-06-01, brand in [Harrow & Vale], category in [Shoes]',
  ],
  ['orders with laces in May', 'orders, 2026-05-01..2026-06-01, subcategory in [Laces]'],
  ['laces sold in May', 'units, 2026-05-01..2026-06-01, subcategory in [Laces]'],
  [
    'revenue of Leeds in the North in May',
    'revenue, 2026-05-01..2026-06-01, branch_city in [Leeds], region in [North]',
  ],
])('reads the names in %s as what things can be', async (question, plan) => {
  expect(await short(question)).toBe(plan);
}); // prettier-ignore

it.each([
  ['revenue of Corsa shoes in May', ['Corsa', 'Shoes']],
  ['boots of Corsa sold in May', ['Boots', 'Corsa']],
  ['revenue of Leeds in the South in May', ['Leeds', 'South']],
  ['refunds of Ridge Runner boots', ['Boots', 'Ridge Runner']],
])('asks which is meant where nothing is both: %s', async (question, labels) => {
  const reply = await ask(question, { planner });
  expect(reply.kind).toBe('clarify');
  const choices = reply.kind === 'clarify' ? reply.choices.map(({ label }) => label) : [];
  expect(choices.sort()).toEqual(labels);
}); // prettier-ignore

it('lets go of a name in a thread that what is asked for next can not be', async () => {
  const first = await ask('revenue of boots in May', { planner });
  const plan = first.kind === 'plan' ? first.plan : null;
  const turn = {
    question: '',
    plan,
    answerKind: 'answered' as const,
    receiptId: null,
    askedAt: '',
    asker: 'U1',
  };
  const conversation = { thread: 't', channel: 'c', turns: [turn] };
  expect(inShort(await ask('only trail', { planner, conversation }))).toBe(
    'revenue, 2026-05-01..2026-06-01, subcategory in [Trail]',
  );
  expect(inShort(await ask('only plumb', { planner, conversation }))).toBe(
    'revenue, 2026-05-01..2026-06-01, category in [Boots], brand in [Plumb]',
  );
}); // prettier-ignore
