import { describe, expect, test } from 'vitest';
import { CHANGE_PHRASES, CHANGING, wayOfChange } from '../../../src/vocabulary/change-words.ts';
import { ask, inShort } from './planner-world.ts';

const BRANDS = 'revenue, by brand, 2026-05-01..2026-06-01, vs previous-period 2026-04-01..2026-05-01';
const RATES = BRANDS.replace('revenue', 'return_rate');

describe('words of change have one way to go, or none', () => {
  const none = new Set(CHANGING.flatMap((phrases) => phrases.split('|')));

  test.each(CHANGE_PHRASES.split('|'))('%s', (phrase) => {
    if (none.has(phrase) && !phrase.startsWith('growth')) expect(wayOfChange(phrase)).toBeNull();
    else expect(wayOfChange(phrase)).toMatch(/^(?:up|down)$/);
  });

  test('of a figure of which more is bad, worse is up', () => {
    expect([wayOfChange('returns worsened', true), wayOfChange('returns improved', true)]).toEqual([
      'up',
      'down',
    ]);
  });
});

describe('a ranking by change goes the way that was said', () => {
  test.each([
    [
      'which three brands slipped the most last month vs the month before',
      `${BRANDS}, bottom 3 by revenue_change`,
    ],
    ['which three brands plummeted most in May against April', `${BRANDS}, bottom 3 by revenue_change`],
    ['which brand lost most ground in May against April', `${BRANDS}, bottom 1 by revenue_change`],
    ['which brand had the worst drop in May against April', `${BRANDS}, bottom 1 by revenue_change`],
    ['which brand had the worst growth in May against April', `${BRANDS}, bottom 1 by revenue_change`],
    ['which three brands picked up the most in May against April', `${BRANDS}, top 3 by revenue_change`],
    ['which three brands slipped the least in May against April', `${BRANDS}, top 3 by revenue_change`],
    [
      "which brand's return rate worsened the most in May against April",
      `${RATES}, top 1 by return_rate_change`,
    ],
    [
      "which brand's return rate improved the most in May against April",
      `${RATES}, bottom 1 by return_rate_change`,
    ],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });

  test('where no way is said it asks, and both choices are read', async () => {
    const asked = await ask('which brand changed the most in May against April');
    const choices = asked.kind === 'clarify' ? asked.choices.map(({ question }) => question) : [];
    const read = await Promise.all(choices.map(async (choice) => inShort(await ask(choice))));
    expect(read).toEqual([`${BRANDS}, top 1 by revenue_change`, `${BRANDS}, bottom 1 by revenue_change`]);
  });
});

describe('the best of each', () => {
  const EACH = 'revenue, by category+product, 2026-05-01..2026-06-01, top 3 by revenue in each category';

  test.each([
    ['which 3 products sold the most last month in each category', EACH],
    ['which 3 products in each category sold the most last month', EACH],
    ['for every category, which 3 products took the most money last month', EACH],
    ['sales from the 1st of May up to and including the 15th', 'revenue, 2026-05-01..2026-05-16'],
    ['please identify the three highest revenue products within each category for May', EACH],
    [
      'which 3 products cost us most in refunds in May',
      'refunds, by product, 2026-05-01..2026-06-01, top 3 by refunds',
    ],
    ['what did each shop take in May', 'revenue, by branch, 2026-05-01..2026-06-01'],
    ['which two cities ordered the most in May', 'orders, by city, 2026-05-01..2026-06-01, top 2 by orders'],
    ['people who bought from us for the very first time in May', 'new_customers, 2026-05-01..2026-06-01'],
    ['kindly state net revenue for the month of May', 'net_revenue, 2026-05-01..2026-06-01'],
  ])('%s', async (question, plan) => {
    expect(inShort(await ask(question))).toBe(plan);
  });
});
