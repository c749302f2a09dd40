import { performance } from 'node:perf_hooks';
import { ask, createPlanner } from '../unit/planner/planner-world.ts';

const QUESTIONS = [
  'revenue by category last month',
  'top 5 products by revenue in 2025',
  'revenue of product 4711 blue lantern last month',
  'average order value by country per month this year',
  'revnue in germny excluding web',
  'why did revenue fall last month?',
  'orders with revenue above 1000 since 1 May',
  'revenue of blue lanterns',
  'what percentage of revenue comes from Germany?',
  'revenue this year to date against last year to date',
];
const COLOURS = ['red', 'blue', 'green', 'ivory', 'pink', 'black', 'silver', 'amber'];
const THINGS = [
  'lantern',
  'teapot',
  'cushion',
  'frame',
  'candle',
  'basket',
  'mirror',
  'parasol',
  'bunting',
  'tray',
];

/** Time from question to plan with `values` product names known: median and 95th percentile, in milliseconds. */
export async function benchPlanner(
  values = 50_000,
  rounds = 30,
): Promise<{ p50Ms: number; p95Ms: number; questions: number }> {
  const product = Array.from(
    { length: values },
    (_, index) => `${index} ${COLOURS[index % COLOURS.length] ?? ''} ${THINGS[index % THINGS.length] ?? ''}`,
  );
  const planner = createPlanner({ product });
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const question of QUESTIONS) {
      const started = performance.now();
      await ask(question, { planner });
      if (round > 0) took.push(performance.now() - started);
    }
  }
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.floor(took.length * share)] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), questions: took.length };
}
