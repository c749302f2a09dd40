import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import type { Digest } from '../../src/digests/digest.ts';
import { type SendNeeds, sendDigestNow, sendDueDigests } from '../../src/digests/send-digests.ts';
import { changeSubscription, stopSubscription, subscribe } from '../../src/digests/subscriptions.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';

describe('a digest is sent exactly once', () => {
  let dynamodb: ADynamodb;
  let now: Date;
  let loaded: string;
  /** What the channel has: survives every instance. */
  let channel: { key: string; day: string; complete: boolean }[];
  const clock: Clock = {
    now: () => now,
    today: () => now.toISOString().slice(0, 10),
    timeZone: 'Europe/Berlin',
  };

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    now = new Date('2026-03-02T06:00:00Z');
    loaded = '2026-03-01';
    channel = [];
  });
  afterEach(() => dynamodb.close());

  it('by two instances that look at the same moment, again and again', async () => {
    const [one, two] = [instance(), instance()];
    await subscribe({ to: 'C1', owner: 'U1', hour: 8 }, one);
    for (const at of ['2026-03-02T06:59:00Z', '2026-03-02T07:00:00Z', '2026-03-02T07:01:00Z']) {
      now = new Date(at);
      await Promise.all([sendDueDigests(one), sendDueDigests(two), sendDueDigests(one), sendDueDigests(two)]);
    }
    expect(channel).toHaveLength(1);
    now = new Date('2026-03-03T07:00:00Z');
    loaded = '2026-03-02';
    await Promise.all([sendDueDigests(one), sendDueDigests(two)]);
    expect(channel.map((each) => each.day)).toEqual(['2026-03-01', '2026-03-02']);
  });

  it.each(['before it posts', 'after it posted'] as const)('when the first dies %s', async (when) => {
    const first = instance({ dies: when });
    await subscribe({ to: 'C1', owner: 'U1', hour: 8 }, first);
    now = new Date('2026-03-02T07:00:00Z');
    await sendDueDigests(first);
    const second = instance();
    now = new Date('2026-03-02T07:03:00Z');
    await sendDueDigests(second);
    expect(channel).toHaveLength(when === 'before it posts' ? 0 : 1);
    now = new Date('2026-03-02T07:06:00Z');
    await sendDueDigests(second);
    await sendDueDigests(instance());
    expect(channel).toHaveLength(1);
  });

  it('on the days when the clock changes', async () => {
    const one = instance();
    await subscribe({ to: 'C1', owner: 'U1', hour: 2, minute: 30, days: [7] }, one);
    for (const [sunday, data] of [
      ['2026-03-29', '2026-03-28'],
      ['2026-10-25', '2026-10-24'],
    ] as const) {
      loaded = data;
      channel = [];
      for (let minute = 0; minute < 6 * 60; minute += 30) {
        now = new Date(Date.parse(`${sunday}T00:00:00Z`) + minute * 60_000);
        await sendDueDigests(one);
      }
      expect(channel, sunday).toHaveLength(1);
    }
  });

  it('waits for late data as long as it is told to, then sends what there is, marked', async () => {
    const one = instance();
    await subscribe({ to: 'C1', owner: 'U1', hour: 8, waitMinutes: 60 }, one);
    loaded = '2026-02-28';
    now = new Date('2026-03-02T07:30:00Z');
    expect(await sendDueDigests(one)).toEqual([]);
    now = new Date('2026-03-02T08:00:00Z');
    await sendDueDigests(one);
    expect(channel).toMatchObject([{ day: '2026-03-01', complete: false }]);
  });

  it('not at all when paused or stopped, and at once when asked for, once a click', async () => {
    const one = instance();
    const subscription = await subscribe({ to: 'C1', owner: 'U1', hour: 8 }, one);
    await changeSubscription(subscription.id, { paused: true }, one);
    now = new Date('2026-03-02T07:00:00Z');
    await sendDueDigests(one);
    expect(channel).toEqual([]);
    await sendDigestNow(subscription, 'click-1', one);
    await sendDigestNow(subscription, 'click-1', one);
    await sendDigestNow(subscription, 'click-2', one);
    expect(channel).toHaveLength(2);
    await changeSubscription(subscription.id, { paused: false }, one);
    await stopSubscription(subscription.id, one);
    await sendDueDigests(one);
    expect(channel).toHaveLength(2);
  });

  it('does not let one that fails hold up the others', async () => {
    const one = instance({ failsFor: 'C-broken' });
    await subscribe({ to: 'C-broken', owner: 'U1', hour: 8 }, one);
    await subscribe({ to: 'C1', owner: 'U1', hour: 8 }, one);
    now = new Date('2026-03-02T07:00:00Z');
    expect(await sendDueDigests(one)).toHaveLength(1);
  });

  function instance(
    trouble: { dies?: 'before it posts' | 'after it posted'; failsFor?: string } = {},
  ): SendNeeds & { ids: ReturnType<typeof sortableIds> } {
    return {
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      clock,
      ids: sortableIds(),
      rightsFor: async () => ALL_RIGHTS,
      loadedThrough: async () => loaded,
      make: async (_, day) => aDigest(day, loaded >= day),
      poster: {
        async post(subscription, digest, key) {
          if (subscription.to === trouble.failsFor) throw new Error('no such channel');
          if (trouble.dies === 'before it posts') throw new Error('killed');
          channel.push({ key, day: digest.day, complete: digest.complete });
          if (trouble.dies === 'after it posted') throw new Error('killed');
          return String(channel.length);
        },
        async findPosted(_, key) {
          const at = channel.findIndex((message) => message.key === key);
          return at < 0 ? null : String(at + 1);
        },
      },
      log: { error: () => undefined },
    };
  }
});

function aDigest(day: string, complete: boolean): Digest {
  return {
    day,
    scope: { kind: 'company' },
    title: day,
    warnings: [],
    complete,
    headline: 'h',
    tiles: [],
    sentences: [],
    course: null,
    standsOut: [],
    dataLine: '',
    text: 't',
  };
}
