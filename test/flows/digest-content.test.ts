import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Policy } from '../../src/access/policy.ts';
import { ALL_RIGHTS, rightsFor } from '../../src/access/rights-for.ts';
import type { Digest } from '../../src/digests/digest.ts';
import { makeDigest } from '../../src/digests/make-digest.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Explainer } from '../../src/ports/explainer.ts';
import { digestMessage } from '../../src/slack/digest-blocks.ts';
import { problemsOf } from '../../src/slack/limits.ts';
import { type AQuestionSide, aQuestionSide } from '../support/a-question-side.ts';
import { twoBranches } from '../support/two-branches.ts';

/** A Tuesday; each day before it has one order of £100 in Leeds (boots) and one of £50 in York (sandals). */
const LAST = '2026-03-03';

describe("a day's digest", () => {
  let side: AQuestionSide;
  beforeAll(async () => {
    side = await aQuestionSide(twoBranches(LAST));
  });
  afterAll(() => side.close());
  const digest = (given: Partial<Parameters<typeof makeDigest>[0]> = {}): Promise<Digest> =>
    makeDigest({ day: LAST, scope: { kind: 'company' }, rights: ALL_RIGHTS, ...given }, side.needs);

  it('says what the day was against the same weekday, the day before, the month and the year', async () => {
    const made = await digest();
    expect(made.headline).toBe(
      'Revenue on Tuesday, 3 Mar 2026, was £250.00 from 2 orders: 66.7% more than an average Tuesday (£150) and 66.7% more than the day before (£150).',
    );
    expect(made.sentences[0]).toBe(
      'March so far: £550, 22.2% more than in the same days of last month (£450).',
    );
    expect(made.sentences).toContain('Best branches against their average Tuesday: Leeds £200 (+£100).');
    expect(made.tiles.map(({ label, value, sameWeekday }) => [label, value, sameWeekday])).toEqual([
      ['Revenue', '£250.00', '▲ up 66.7%'],
      ['Orders', '2', '■ level'],
      ['Average order value', '£125.00', '▲ up 66.7%'],
      ['Units sold', '2', '■ level'],
      ['New customers', '0', null],
    ]);
    expect(made.warnings).toEqual([]);
    expect(made.dataLine).toBe('Data through 3 Mar 2026, reconciled.');
    expect(await digest()).toEqual(made);
  });

  it('lets a language model add what its rows hold, and nothing else', async () => {
    const said = ['Leeds is £100 above its usual £100.', 'Leeds took £999.', 'York fell because of rain.'];
    const explainer: Explainer = {
      async explain(_, onPiece) {
        onPiece(said.join(' '));
        return { input: 0, output: 0, cached: 0, costUsd: '0' };
      },
    };
    const made = await makeDigest(
      { day: LAST, scope: { kind: 'company' }, rights: ALL_RIGHTS },
      { ...side.needs, explainer },
    );
    expect(made.sentences.filter((sentence) => said.includes(sentence))).toEqual([said[0]]);
    expect(made.dataLine).toContain('The language model worded a part of this');
  });

  it('says first when the day is not loaded, and claims nothing of it', async () => {
    const made = await digest({ day: addDays(LAST, 1) });
    expect(made.complete).toBe(false);
    expect(made.warnings[0]).toBe(
      '4 Mar 2026 is not loaded yet: the data goes through 3 Mar 2026. What follows is not complete.',
    );
    expect(made.standsOut).toEqual([]);
    expect(made.text.indexOf('not loaded yet')).toBeLessThan(made.text.indexOf('Revenue'));
  });

  it('is of one branch or category, and holds only what its readers may see', async () => {
    const boots = await digest({ scope: { kind: 'category', category: 'Boots' } });
    expect(boots.headline).toContain('was £200.00');
    const policy = Policy.parse({
      roles: { guest: {}, manager: { tables: 'all', metrics: 'all' } },
      everyone: 'guest',
      people: { UBEN: { roles: ['manager'], rowFilters: { branch_id: ['B02'] } } },
    });
    const york = await digest({ rights: rightsFor({ user: 'UBEN', groups: [], outsider: false }, policy) });
    expect(york.headline).toContain('was £50.00');
    expect(york.text).not.toContain('Leeds');
    expect(york.warnings).toEqual(['Only branch York: that is what everyone who reads this may see.']);
  });

  it('becomes blocks that Slack takes', async () => {
    const message = digestMessage(await digest(), { language: 'en-GB', currency: 'GBP' });
    expect(problemsOf(message.blocks)).toEqual([]);
    expect(message.blocks.some((block) => block.type === 'data_visualization')).toBe(true);
  });
});
