import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Policy } from '../../src/access/policy.ts';
import { ALL_RIGHTS, rightsFor } from '../../src/access/rights-for.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import type { MemoryClock } from '../../src/adapters/memory-clock.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import type { Rights } from '../../src/domain/rights.ts';
import { changeRule, findRule } from '../../src/rules/keep-rules.ts';
import { offerRule } from '../../src/rules/offer-rule.ts';
import { type TellRulesNeeds, tellRules } from '../../src/rules/tell-rules.ts';
import { ownRules } from '../../src/wire-own-rules.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type AQuestionSide, aQuestionSide } from '../support/a-question-side.ts';
import { anAnswer, aSlackApp, isFinished, scriptedNeeds } from '../support/a-slack-app.ts';
import { aWorkspace } from '../support/a-workspace.ts';
import { twoBranches } from '../support/two-branches.ts';

const LAST = '2026-03-03';

describe("somebody's own alert", () => {
  let side: AQuestionSide;
  let store: ADynamodb;
  let clock: MemoryClock;
  let posts: { key: string; text: string; to: string }[];
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    side = await aQuestionSide(twoBranches(LAST), '2026-03-04');
    clock = side.needs.clock as MemoryClock;
  });
  afterAll(() => side.close());
  beforeEach(async () => {
    store = await aDynamodb();
    clock.set('2026-03-04T09:00:00Z');
    posts = [];
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await store.close();
  });

  it('is shown as it was understood, with what is now', async () => {
    expect(await offered('tell me when revenue of Leeds goes above £150 in a day')).toMatchObject({
      kind: 'offered',
      sentence: 'revenue of Leeds goes above £150.00 on a day',
      now: 'On 3 Mar 2026: £200.00.',
      rule: { status: 'draft' },
    });
    expect(await offered('tell me if revenue falls by 20 % against the same weekday')).toMatchObject({
      sentence: 'revenue on a day falls by more than 20.0% against the average of the same weekday',
      now: 'On 3 Mar 2026: £250.00, against £150.00 (the average of the same weekday in 8 weeks): 66.7% more.',
    });
    expect(await offered('tell me when revenue of Leds goes above 5')).toMatchObject({ kind: 'unclear' });
    expect(await offered('tell me when revenue goes above 8 %')).toMatchObject({
      kind: 'unclear',
      text: expect.stringContaining('8 % of what?'),
    });
  });

  it('is told once each time that it begins to hold, by two instances at once, and once when it is over', async () => {
    const id = await aRule('tell me when revenue of Leeds goes above £150 in a day');
    const [one, two] = [instance(), instance()];
    const looks = async () => {
      await Promise.all([tellRules(one), tellRules(two), tellRules(one)]);
      await tellRules(two);
    };
    await looks();
    expect(posts.map(({ key }) => key)).toEqual([`rule/${id}/1`]);
    expect(posts[0]?.text).toBe('Revenue of Leeds goes above £150.00 on a day. On 3 Mar 2026: £200.00.');
    await aDayWith('2026-03-04', '120.00');
    await looks();
    await aDayWith('2026-03-05', '500.00');
    await looks();
    expect(posts.map(({ key }) => key)).toEqual([`rule/${id}/1`, `rule/${id}/1/over`, `rule/${id}/2`]);
  });

  it.each(['before it posts', 'after it posted'] as const)(
    'is told once when its teller dies %s',
    async (when) => {
      await aRule('tell me when orders are at least 1 in a day');
      await tellRules(instance({ dies: when }));
      clock.advance(60_000);
      await tellRules(instance());
      expect(posts).toHaveLength(when === 'before it posts' ? 0 : 1);
      clock.advance(6 * 60_000);
      await tellRules(instance());
      await tellRules(instance());
      expect(posts).toHaveLength(1);
    },
  );

  it('waits for the end of quiet hours, also when the clock changes in them', async () => {
    await aRule('tell me when orders are at least 1 in a day', {
      quiet: { fromHour: 22, toHour: 7 },
      timeZone: 'Europe/Berlin',
    });
    for (const quiet of [
      '2026-03-28T22:00:00Z',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-29T04:59:00Z',
    ]) {
      clock.set(quiet);
      await tellRules(instance());
    }
    expect(posts).toEqual([]);
    clock.set('2026-03-29T05:01:00Z');
    await tellRules(instance());
    expect(posts).toHaveLength(1);
  });

  it('holds to the rights that its owner has at that moment, and says once when they no longer reach', async () => {
    const york = rightsOf({ metrics: 'all' }, { branch_id: ['B02'] });
    const id = await aRule('tell me when revenue goes above £100 in a day', {}, york);
    await tellRules(instance({ rights: york }));
    expect(posts).toEqual([]);
    const none = rightsOf({ metrics: ['orders'] });
    await tellRules(instance({ rights: none }));
    await tellRules(instance({ rights: none }));
    expect(posts.map(({ text, to }) => [to, text])).toEqual([['owner', 'You may not see revenue.']]);
    expect((await findRule(id, instance()))?.status).toBe('forbidden');
    await tellRules(instance());
    expect(posts).toHaveLength(1);
  });

  it('is set up in Slack by words, confirmed, listed and stopped', async () => {
    const workspace = await aWorkspace();
    const smallRecords = dynamodbVersionedRecords(store.records);
    const scripted = scriptedNeeds(store, () => anAnswer(), { clock });
    let looked = 0;
    const rules = ownRules({ smallRecords, questions: side.needs, clock, ids: sortableIds() }, () => {
      looked += 1;
    });
    const telling = {
      rules,
      alertSettings: {
        read: async () => ({ channel: 'data-runs', quiet: null }),
        save: async (s: never) => s,
      },
      listSubscriptions: async () => [],
    };
    const app = await aSlackApp(workspace, { ...scripted, telling: telling as never });
    closing.push(
      () => workspace.close(),
      () => app.stop(),
    );
    const asked = workspace.says('mara', '@mara', 'tell me when revenue of Leeds goes above £150 in a day');
    const reply = await workspace.waitForReply(asked, isFinished);
    expect(reply.text).toContain('I will tell you when revenue of Leeds goes above £150.00 on a day.');
    expect(scripted.asked).toEqual([]);
    await workspace.clicks('mara', reply, 'Yes, tell me');
    await workspace.waitFor('the rule to be on', () => looked > 0);
    const [{ rule } = { rule: undefined }] = await rules.list(workspace.person('mara'));
    expect(rule).toMatchObject({ status: 'on', to: workspace.person('mara') });
    workspace.opensHome('mara');
    await workspace.waitFor('Home', () =>
      JSON.stringify(workspace.home('mara') ?? '').includes('goes above £150.00'),
    );
    await workspace.clicks('mara', 'home', 'rule.stop');
    await workspace.waitFor('the rule to be gone', () =>
      JSON.stringify(workspace.messages('@mara')).includes('Stopped:'),
    );
    expect(await rules.list(workspace.person('mara'))).toEqual([]);
  });

  async function offered(words: string) {
    return offerRule(wanted(words), ALL_RIGHTS, { ...instance(), clock, ids: sortableIds() });
  }

  function wanted(words: string) {
    return { words, owner: 'U1', to: 'U1', timeZone: 'UTC', quiet: null };
  }

  async function aRule(words: string, given: object = {}, rights = ALL_RIGHTS): Promise<string> {
    const needs = { ...instance(), clock, ids: sortableIds() };
    const made = await offerRule({ ...wanted(words), ...given }, rights, needs);
    if (made.kind !== 'offered') throw new Error(made.text);
    await changeRule(made.rule.id, (rule) => ({ ...rule, status: 'on' }), needs);
    return made.rule.id;
  }

  async function aDayWith(day: string, amount: string): Promise<void> {
    await side.write(
      `insert into retail.orders (order_id, document_kind, customer_id, person_id, branch_id, channel, status, country, currency, ordered_at, order_date, batch_id) values ('X-${day}', 'sale', 'C1', 'C1', 'B01', 'store', 'delivered', 'GB', 'GBP', cast('${day} 10:00:00' as timestamp), cast('${day}' as date), 'bat-1')`,
      `insert into retail.order_items (order_id, line_no, line_kind, product_id, customer_id, person_id, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id) values ('X-${day}', 1, 'sale', 'P1', 'C1', 'C1', 'B01', cast('${day}' as date), 1, ${amount}, ${amount}, 0, ${amount}, 0, 0, 0, 'bat-1')`,
    );
    clock.set(`${day}T23:00:00Z`);
    clock.advance(10 * 3_600_000);
  }

  function instance(
    trouble: { dies?: 'before it posts' | 'after it posted'; rights?: Rights } = {},
  ): TellRulesNeeds {
    const place = (index: number) => ({ channel: 'D1', ts: String(index + 1) });
    const post = (key: string, text: string, to: string): number => {
      if (trouble.dies === 'before it posts') throw new Error('killed');
      posts.push({ key, text, to });
      if (trouble.dies === 'after it posted') throw new Error('killed');
      return posts.length - 1;
    };
    return {
      smallRecords: dynamodbVersionedRecords(store.records),
      conversations: dynamodbConversations(store.records, clock),
      questions: side.needs,
      rightsFor: async () => trouble.rights ?? ALL_RIGHTS,
      poster: {
        post: async (_, { headline, sentences }, key) =>
          place(post(key, `${headline}. ${sentences.join(' ')}`, 'channel')),
        postOver: async (_, sentence, key) => String(post(key, sentence, 'thread')),
        postForbidden: async (_, why, key) => String(post(key, why, 'owner')),
        async findPosted(_, key) {
          const at = posts.findIndex((each) => each.key === key);
          return at < 0 ? null : place(at);
        },
      },
      log: { error: () => undefined },
    };
  }
});

function rightsOf(manager: object, rowFilters: Record<string, string[]> = {}): Rights {
  const policy = Policy.parse({
    roles: { guest: {}, manager: { tables: 'all', ...manager } },
    everyone: 'guest',
    people: { U1: { roles: ['manager'], rowFilters } },
  });
  return rightsFor({ user: 'U1', groups: [], outsider: false }, policy);
}
