import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { type RestatementNeeds, tellRestatements } from '../../src/digests/restatements.ts';
import { AppError } from '../../src/domain/app-error.ts';
import { metricQuery } from '../../src/domain/metric-query.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aReceipt } from '../support/a-receipt.ts';
import { aRun } from '../support/a-run.ts';

describe('figures that were quoted and have changed since', () => {
  let dynamodb: ADynamodb;
  let now: string;
  /** What revenue is now, by receipt. */
  let figures: Record<string, string>;
  let thread: { key: string; text: string }[];
  let needs: RestatementNeeds;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    now = '2026-03-05T10:00:00.000Z';
    figures = { 'rcp-1': '£100.00', 'rcp-2': '£7.00' };
    thread = [];
    const clock = { now: () => new Date(now), today: () => now.slice(0, 10), timeZone: 'UTC' };
    needs = {
      receipts: dynamodbReceipts(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      clock,
      rightsOf: async () => ALL_RIGHTS,
      rerun: async (receipt) => rerunOf(receipt, figures[receipt.id] ?? '£0.00'),
      async post(restatement, earlier) {
        const text = restatement.lines.map((line) => `${line.label} ${line.was} > ${line.is}`).join('; ');
        const at = earlier === null ? thread.length : Number(earlier);
        thread[at] = { key: restatement.key, text };
        return String(at);
      },
      findPosted: async ({ key }) => {
        const at = thread.findIndex((message) => message.key === key);
        return at < 0 ? null : String(at);
      },
      log: { warn: () => undefined },
    };
    await needs.receipts.save(quoted('rcp-1', '£100.00', '2026-03-01'));
    await needs.receipts.save(quoted('rcp-2', '£7.00', '2026-02-01'));
  });
  afterEach(() => dynamodb.close());

  it('are told to their thread, was and is, and only where a changed day is covered', async () => {
    figures = { 'rcp-1': '£120.00', 'rcp-2': '£8.00' };
    await tellRestatements(load(['2026-03-01']), needs);
    expect(thread).toEqual([{ key: 'restated/C1/1.1/2026-03-05', text: 'Revenue £100.00 > £120.00' }]);
  });

  it('are told once: another load that leaves them as they are tells nothing', async () => {
    figures['rcp-1'] = '£120.00';
    await tellRestatements(load(['2026-03-01']), needs);
    expect(await tellRestatements(load(['2026-03-01']), needs)).toEqual([]);
    now = '2026-03-06T10:00:00.000Z';
    expect(await tellRestatements(load(['2026-03-01']), needs)).toEqual([]);
    expect(thread).toHaveLength(1);
  });

  it('are told again when they change again, from what was last said, also back', async () => {
    figures['rcp-1'] = '£120.00';
    await tellRestatements(load(['2026-03-01']), needs);
    now = '2026-03-06T10:00:00.000Z';
    figures['rcp-1'] = '£130.00';
    await tellRestatements(load(['2026-03-01']), needs);
    now = '2026-03-07T10:00:00.000Z';
    figures['rcp-1'] = '£100.00';
    await tellRestatements({ ...load(['2026-03-01']), undoneAt: now }, needs);
    expect(thread.map((message) => message.text)).toEqual([
      'Revenue £100.00 > £120.00',
      'Revenue £120.00 > £130.00',
      'Revenue £130.00 > £100.00',
    ]);
  });

  it('of a thread and day are one message', async () => {
    await needs.receipts.save(quoted('rcp-3', '£1.00', '2026-03-01'));
    figures = { ...figures, 'rcp-1': '£120.00', 'rcp-3': '£2.00' };
    await tellRestatements(load(['2026-03-01']), needs);
    expect(thread).toEqual([
      { key: 'restated/C1/1.1/2026-03-05', text: 'Revenue £100.00 > £120.00; Revenue £1.00 > £2.00' },
    ]);
    figures['rcp-1'] = '£125.00';
    await tellRestatements(load(['2026-03-01']), needs);
    expect(thread).toEqual([
      {
        key: 'restated/C1/1.1/2026-03-05',
        text: 'Revenue £100.00 > £125.00; Revenue £1.00 > £2.00',
      },
    ]);
  });

  /** As if nobody had been told of anything. */
  async function forget(): Promise<void> {
    for (const kind of ['restated', 'restated-message'])
      for (const { id } of await needs.smallRecords.list(kind)) await needs.smallRecords.remove(kind, id);
  }

  it('are told once whatever call the teller dies after, and told whole', async () => {
    await needs.receipts.save(quoted('rcp-3', '£1.00', '2026-03-01'));
    figures = { ...figures, 'rcp-1': '£120.00', 'rcp-3': '£2.00' };
    let deaths = 0;
    for (let call = 1; call <= 14; call += 1) {
      thread = [];
      now = `2026-03-${String(5 + call).padStart(2, '0')}T10:00:00.000Z`;
      const dying = diesAt(needs, call);
      const done = tellRestatements(load(['2026-03-01']), dying.needs);
      if ((await Promise.race([done.then(() => 'told'), dying.died])) === 'died') deaths += 1;
      await tellRestatements(load(['2026-03-01']), needs);
      expect(thread.map(({ text }) => text)).toEqual(['Revenue £100.00 > £120.00; Revenue £1.00 > £2.00']);
      await forget();
    }
    expect(deaths).toBeGreaterThan(10);
  });

  it('are tried again when a thread could not be told, which does not hold up the others', async () => {
    await needs.receipts.save({ ...quoted('rcp-3', '£1.00', '2026-03-01'), thread: 'C1:2.2' });
    await needs.receipts.save({ ...quoted('rcp-4', '£1.00', '2026-03-01'), thread: 'C1:3.3' });
    figures = { ...figures, 'rcp-1': '£120.00', 'rcp-3': '£2.00', 'rcp-4': '£3.00' };
    const away = (code: 'slack.unavailable' | 'slack.rejected', of: string): RestatementNeeds => ({
      ...needs,
      async post(restatement, earlier) {
        if (restatement.thread === of) throw new AppError(code);
        return needs.post(restatement, earlier);
      },
    });
    await expect(
      tellRestatements(load(['2026-03-01']), away('slack.unavailable', '1.1')),
    ).rejects.toMatchObject({
      code: 'slack.unavailable',
    });
    expect(thread.map(({ text }) => text).sort()).toEqual(['Revenue £1.00 > £2.00', 'Revenue £1.00 > £3.00']);
    await tellRestatements(load(['2026-03-01']), needs);
    expect(thread.map(({ text }) => text)).toContain('Revenue £100.00 > £120.00');
    expect(thread).toHaveLength(3);

    figures['rcp-3'] = '£4.00';
    now = '2026-03-06T10:00:00.000Z';
    await tellRestatements(load(['2026-03-01']), away('slack.rejected', '2.2'));
    expect(await tellRestatements(load(['2026-03-01']), needs)).toEqual([]);
    expect(thread).toHaveLength(3);
  });

  it('are left alone when nobody has the rights any more, or they cannot be read again', async () => {
    figures['rcp-1'] = '£120.00';
    expect(await tellRestatements(load(['2026-03-01']), { ...needs, rightsOf: async () => null })).toEqual(
      [],
    );
    const failing = {
      ...needs,
      rerun: async () => {
        throw new Error('no');
      },
    };
    expect(await tellRestatements(load(['2026-03-01']), failing)).toEqual([]);
    expect(await tellRestatements(load(['2026-03-01']), needs)).toHaveLength(1);
  });
});

/** Calls to records and to Slack never come back from the given one on, which is still done. */
function diesAt(needs: RestatementNeeds, call: number) {
  let calls = 0;
  let die: (how: 'died') => void = () => undefined;
  const died = new Promise<'died'>((resolve) => {
    die = resolve;
  });
  const mortal = <A extends unknown[], T>(work: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      calls += 1;
      if (calls < call) return work(...given);
      if (calls === call) await work(...given);
      die('died');
      return new Promise<T>(() => undefined);
    };
  };
  const { smallRecords: records, conversations } = needs;
  const mortals: RestatementNeeds = {
    ...needs,
    post: mortal(needs.post),
    findPosted: mortal(needs.findPosted),
    smallRecords: { ...records, find: mortal(records.find), save: mortal(records.save) },
    conversations: {
      claim: mortal(conversations.claim),
      notePosted: mortal(conversations.notePosted),
    },
  };
  return { needs: mortals, died };
}

function load(touchedDays: string[]) {
  return aRun({ outcome: 'loaded', batch: 'bat-9', touchedDays });
}

function quoted(id: string, revenue: string, day: string): Receipt {
  const next = `${day.slice(0, 8)}${String(Number(day.slice(8)) + 1).padStart(2, '0')}`;
  return aReceipt({
    id,
    thread: 'C1:1.1',
    channel: 'C1',
    askedAt: '2026-03-04T09:00:00.000Z',
    plan: { kind: 'metrics', query: metricQuery({ metrics: ['revenue'], period: { from: day, to: next } }) },
    headline: [{ label: 'Revenue', value: revenue }],
  });
}

function rerunOf(receipt: Receipt, is: string) {
  const changes = receipt.headline.flatMap(({ label, value }) =>
    value === is ? [] : [{ label, was: value, is }],
  );
  return {
    receipt,
    same: changes.length === 0,
    changes,
    sameRights: true,
    batchesSince: [],
    batchesGone: [],
  };
}
