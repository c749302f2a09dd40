import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { type MemoryClock, memoryClock } from '../../src/adapters/memory-clock.ts';
import type { Run } from '../../src/domain/run.ts';
import { tellLongRuns } from '../../src/runs/long-runs.ts';
import { endMutes, muteFeed } from '../../src/runs/mute-feed.ts';
import { createNoticeDesk, type NoticeDesk, type NoticeMessage } from '../../src/runs/notice-desk.ts';
import { noticeFact } from '../../src/runs/notice-fact.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aRun } from '../support/a-run.ts';

type Posted = { key: string; message: NoticeMessage; thread: boolean; edits: number };

describe('notices of runs', () => {
  let dynamodb: ADynamodb;
  let clock: MemoryClock;
  let channel: Posted[];
  let facts: string[];
  let desk: NoticeDesk;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    clock = memoryClock('2026-03-02T09:00:00Z');
    channel = [];
    facts = [];
    desk = instance();
  });
  afterEach(() => dynamodb.close());

  it('of a thousand failures in a minute are at most five posts, and each fact is in one of them', async () => {
    const [one, two] = [instance(), instance()];
    const runs = Array.from({ length: 1000 }, (_, index) => failed(`run-${index}`, `feed-${index}`));
    const places = await Promise.all(
      runs.map((run, index) => (index % 2 === 0 ? one : two).announce(runNotice(run))),
    );
    expect(channel.length).toBeLessThanOrEqual(5);
    expect(new Set(told())).toEqual(new Set(runs.map(({ id }) => id)));
    expect(places.every((place) => place !== null)).toBe(true);
    expect(new Set(facts.flatMap((fact) => fact.match(/run-\d+/g) ?? [])).size).toBe(1000);
    const totals = channel.flatMap(({ message }) =>
      message.kind === 'summary' ? [message.summary.counts] : [],
    );
    expect(totals).toEqual([{ failed: 996 }]);
  }, 60_000);

  it('of one failure that repeats edit their first message, and its end is told in the thread', async () => {
    for (let time = 0; time < 5; time += 1) {
      await desk.announce(runNotice(failed(`run-${time}`)));
      clock.advance(120_000);
    }
    expect(channel).toHaveLength(1);
    expect(channel[0]?.message).toMatchObject({ kind: 'run', series: { count: 5 } });
    await desk.announce(runNotice(failed('run-again', 'orders', 'Another cause.')));
    expect(channel).toHaveLength(2);
    clock.advance(120_000);
    await desk.announce(runNotice(loaded('run-good')));
    expect(channel.map(({ message, thread }) => [message.kind, thread])).toEqual([
      ['run', false],
      ['run', false],
      ['run', false],
      ['recovered', true],
    ]);
    await desk.announce(runNotice(failed('run-later')));
    expect(channel.filter(({ thread }) => !thread)).toHaveLength(4);
  });

  it('of money records are news only when they fail, and when they load again', async () => {
    for (const id of ['run-1', 'run-2'])
      expect(await desk.announce(runNotice(loaded(id, 'ledger')))).toBeNull();
    expect(channel).toEqual([]);
    await desk.announce(runNotice(failed('run-3', 'ledger')));
    await desk.announce(runNotice(loaded('run-4', 'ledger')));
    await desk.announce(runNotice(loaded('run-5', 'ledger')));
    expect(channel.map(({ message }) => message.kind)).toEqual(['run', 'recovered']);
  });

  it('that was told before its teller died is found and not told twice', async () => {
    const dies = instance({ diesAfterPosting: true });
    await expect(dies.announce(runNotice(loaded('run-1')))).rejects.toThrow('killed');
    const place = await instance().announce(runNotice(loaded('run-1')));
    expect(channel).toHaveLength(1);
    expect(place).toEqual({ channel: 'C1', ts: '1' });
  });

  it('that cannot be told fails, so that its run stays untold for the sweeper', async () => {
    const broken = instance({ isDown: true });
    await expect(broken.announce(runNotice(failed('run-1')))).rejects.toThrow('down');
    await desk.announce(runNotice(failed('run-1')));
    expect(channel).toHaveLength(1);
  });

  it('of a feed that is muted wait for a day and are then told together', async () => {
    const runs = [failed('run-1'), loaded('run-2')].map((run) => ({
      ...run,
      endedAt: '2026-03-02T10:00:00Z',
    }));
    await muteFeed('orders', 'U1', store());
    for (const run of runs) expect(await desk.announce(runNotice(run))).toBeNull();
    await desk.announce(runNotice(loaded('run-3', 'products')));
    expect(channel).toHaveLength(1);
    const summaries: string[] = [];
    const ending = {
      ...store(),
      runLog: { list: async () => runs },
      poster: {
        post: async (_: unknown, found: Run[]) => String(summaries.push(found.map(({ id }) => id).join(' '))),
        findPosted: async () => null,
      },
    };
    expect(await endMutes(ending)).toEqual([]);
    clock.advance(25 * 3_600_000);
    await Promise.all([endMutes(ending), endMutes(ending)]);
    expect(summaries).toEqual(['run-1 run-2']);
    await desk.announce(runNotice(loaded('run-4')));
    expect(channel).toHaveLength(2);
  });

  it('of micro-batches of events come only when something is wrong', async () => {
    await desk.announce(runNotice({ ...loaded('run-1'), startedBy: 'events' }));
    expect(channel).toEqual([]);
    await desk.announce(runNotice({ ...failed('run-2'), startedBy: 'events' }));
    expect(channel).toHaveLength(1);
  });

  it('of a run that goes on are edited to its end, and never back', async () => {
    await desk.announce(runNotice(aRun({ id: 'run-1', stage: 'validate' })));
    await desk.announce(runNotice(loaded('run-1')));
    await desk.announce(runNotice(aRun({ id: 'run-1', stage: 'load' })));
    expect(channel).toHaveLength(1);
    expect(channel[0]?.message).toMatchObject({ notice: { run: { outcome: 'loaded' } } });
  });

  function told(): string[] {
    return channel.flatMap(({ message }) =>
      message.kind === 'summary' ? message.summary.runs : (message.notice.run.id ?? []),
    );
  }

  function store() {
    return {
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      clock,
    };
  }

  function instance(trouble: { diesAfterPosting?: boolean; isDown?: boolean } = {}): NoticeDesk {
    const place = (index: number) => ({ channel: 'C1', ts: String(index + 1) });
    return createNoticeDesk({
      ...store(),
      poster: {
        async post(message, key, thread) {
          if (trouble.isDown) throw new Error('down');
          channel.push({ key, message, thread: thread !== null, edits: 0 });
          if (trouble.diesAfterPosting) throw new Error('killed');
          return place(channel.length - 1);
        },
        async update({ ts }, message) {
          if (trouble.isDown) throw new Error('down');
          const posted = channel[Number(ts) - 1];
          if (!posted) return false;
          posted.message = message;
          posted.edits += 1;
          return true;
        },
        async findPosted(key) {
          const at = channel.findIndex((each) => each.key === key);
          return at < 0 ? null : place(at);
        },
      },
      publish: async (message) => {
        facts.push(noticeFact(message).text);
      },
    });
  }
});

describe('a long run', () => {
  it('is told once it has taken long, again with each stage, and a short one only at its end', async () => {
    const said: string[] = [];
    const long = tellLongRuns((run) => void said.push(`${run.id} ${run.stage}`), { afterMs: 5, everyMs: 5 });
    long.onProgress(aRun({ id: 'run-short' }));
    long.onProgress(aRun({ id: 'run-short', outcome: 'loaded' }));
    long.onProgress(aRun({ id: 'run-1', stage: 'receive' }));
    await until(() => said.length === 1);
    long.onProgress(aRun({ id: 'run-1', stage: 'load' }));
    await until(() => said.length === 2);
    long.onProgress(aRun({ id: 'run-1', stage: 'load', outcome: 'loaded' }));
    long.stop();
    expect(said).toEqual(['run-1 receive', 'run-1 load']);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

function failed(id: string, feed = 'orders', sentence = 'The file is empty.'): Run {
  const failure = { stage: 'validate' as const, code: 'file.empty', sentence, where: 'a.csv' };
  return aRun({ id, feed, outcome: 'failed', failure, endedAt: '2026-03-02T09:00:01.000Z' });
}

function loaded(id: string, feed = 'orders'): Run {
  return aRun({ id, feed, outcome: 'loaded', endedAt: '2026-03-02T09:00:01.000Z' });
}
