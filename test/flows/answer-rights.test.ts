import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Policy } from '../../src/access/policy.ts';
import { rightsFor } from '../../src/access/rights-for.ts';
import { SHOP } from '../support/a-countable-shop.ts';
import { type AQuestionSide, aQuestionSide } from '../support/a-question-side.ts';

const policy = Policy.parse({
  roles: {
    guest: {},
    member: { tables: 'all', metrics: 'all' },
    manager: { tables: 'all', metrics: 'all', personalData: 'masked' },
  },
  people: { UBEN: { roles: ['manager'], rowFilters: { branch_id: ['B02'] } } },
});
const rights = (user: string, outsider = false) => rightsFor({ user, groups: [], outsider }, policy);

describe('who asks, and what that one may see', () => {
  let side: AQuestionSide;
  beforeAll(async () => {
    side = await aQuestionSide(SHOP);
  });
  afterAll(() => side.close());

  it('shows a branch manager the branch alone, and says so', async () => {
    const answer = await side.answered('revenue last month', { rights: rights('UBEN') });
    expect(answer.table.rows).toEqual([['30.0000']]);
    expect(answer.text).toContain('Of what you may see (branch York), revenue was £30.00');
    expect(answer.understood.notes.join()).toContain('branch York');
  });

  it.each([
    [
      'share of revenue by branch last month',
      'Of what you may see (branch York), York made 100.0% of revenue',
    ],
    ['how many branches are there', 'Of what you may see (branch York), there is 1 branch.'],
  ])('carries the limit in the sentence itself: %s', async (text, said) => {
    expect((await side.answered(text, { rights: rights('UBEN') })).text).toContain(said);
  });

  it("tells nobody's limits where others read along", async () => {
    const { answer } = await side.ask('revenue last month', {
      asker: 'UBEN',
      rights: rights('UBEN'),
      readBy: 'others too',
    });
    expect(answer.text).toContain('Of what everyone here may see, revenue was');
    expect(JSON.stringify(answer)).not.toMatch(/York|may see \(/);
  });

  it('shows outsiders nothing', async () => {
    expect((await side.ask('revenue last month', { rights: rights('U9', true) })).answer).toMatchObject({
      kind: 'refused',
      reason: 'not-permitted',
    });
  });

  it('gives no personal data to a member', async () => {
    const { answer } = await side.ask('revenue by customer email', { rights: rights('U9') });
    expect(answer.kind).toBe('refused');
    expect(JSON.stringify(answer)).not.toContain('ada@example.com');
  });

  it.each(['delete all orders', 'drop table orders', "'; drop table orders; --"])(
    'does not write: %s',
    async (text) => {
      const { answer } = await side.ask(text);
      expect(answer.kind).not.toBe('answered');
      expect((await side.answered('how many orders are there')).table.rows).toEqual([[3]]);
    },
  );

  it('writes every question down, without personal data', async () => {
    await side.ask('revenue of ada@example.com last month');
    const [entry] = await side.needs.audit.list({ limit: 1 });
    expect(entry?.question).toBe('revenue of [e-mail] last month');
  });

  it('tells not permitted from none, when others may see more', async () => {
    const { answer } = await side.ask('revenue of boots last month', { rights: rights('UBEN') });
    expect(answer).toMatchObject({ kind: 'empty', reason: 'not-permitted' });
  });

  it('answers one person as often a day as is set, and the next one still', async () => {
    const own = await aQuestionSide(SHOP, '2026-03-02', { PERSON_DAILY_QUESTIONS: '2' });
    try {
      const ask = async (asker: string) =>
        (await own.ask('revenue last month', { asker, door: 'dm', thread: 'D1:1' })).answer;
      expect([(await ask('U1')).kind, (await ask('U1')).kind]).toEqual(['answered', 'answered']);
      expect(await ask('U1')).toMatchObject({ kind: 'refused', reason: 'limit-reached' });
      expect((await ask('U2')).kind).toBe('answered');
    } finally {
      await own.close();
    }
  });
});
