import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { type MemoryClock, memoryClock } from '../../src/adapters/memory-clock.ts';
import { freshness } from '../../src/digests/freshness.ts';
import { type LateFeedsNeeds, tellLateFeeds } from '../../src/digests/tell-late-feeds.ts';
import type { Run } from '../../src/domain/run.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aQuestion } from '../support/a-question.ts';
import { aQuestionSide } from '../support/a-question-side.ts';
import { aRun } from '../support/a-run.ts';
import { twoBranches } from '../support/two-branches.ts';

describe('late data', () => {
  let dynamodb: ADynamodb;
  let clock: MemoryClock;
  let runs: Run[];
  let channel: { key: string; sentence: string; inThread: boolean }[];

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    clock = memoryClock('2026-03-11T09:00:00Z');
    runs = Array.from({ length: 10 }, (_, day) =>
      aLoad(`2026-03-${String(day + 2).padStart(2, '0')}T06:00:00Z`),
    );
    channel = [];
  });
  afterEach(() => dynamodb.close());

  it('is told once, by two instances, then that it is missing, then that it came', async () => {
    await look();
    expect(channel).toEqual([]);
    clock.set('2026-03-12T13:00:00Z');
    await look();
    clock.set('2026-03-13T13:00:00Z');
    await look();
    runs = [...runs, aLoad('2026-03-13T14:00:00Z')];
    clock.set('2026-03-13T14:05:00Z');
    await look();
    expect(channel.map(({ sentence, inThread }) => [sentence, inThread])).toEqual([
      ['orders: late, due on 12 Mar 2026 at 12:00; the last load was on 11 Mar 2026 at 06:00.', false],
      ['orders: missing, due on 12 Mar 2026 at 12:00; the last load was on 11 Mar 2026 at 06:00.', true],
      ['orders: this is over. It was loaded on 13 Mar 2026 at 14:00.', true],
    ]);
  });

  it('is not told in quiet hours, nor is it lost by them', async () => {
    clock.set('2026-03-12T23:00:00Z');
    await look();
    expect(channel).toEqual([]);
    clock.set('2026-03-13T07:00:00Z');
    await look();
    expect(channel).toHaveLength(1);
  });

  it('is said with every answer that rests on it', async () => {
    const side = await aQuestionSide(twoBranches('2026-03-03'), '2026-03-12');
    try {
      const lateFor = async (tables: string[]) => (tables.includes('order_items') ? ['orders: late.'] : []);
      const { answer } = await answerQuestion(
        aQuestion({ text: 'revenue on 3 March 2026', today: '2026-03-12', planner: 'offline' }),
        { ...side.needs, lateFor },
      );
      expect(answer.kind === 'answered' && answer.dataState.warnings).toEqual(['orders: late.']);
    } finally {
      await side.close();
    }
  });

  async function look(): Promise<void> {
    await Promise.all([tellLateFeeds(instance()), tellLateFeeds(instance())]);
    await tellLateFeeds(instance());
  }

  function instance(): LateFeedsNeeds {
    const newestFirst = [...runs].reverse();
    const place = (index: number) => ({ channel: 'C1', ts: String(index + 1) });
    return {
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      clock,
      quietHours: { fromHour: 20, toHour: 7 },
      freshness: () => freshness({ clock, runLog: { list: async () => newestFirst } }),
      poster: {
        async post({ sentence }, key, thread) {
          channel.push({ key, sentence, inThread: thread !== null });
          return place(channel.length - 1);
        },
        async findPosted(key) {
          const at = channel.findIndex((each) => each.key === key);
          return at < 0 ? null : place(at);
        },
      },
    };
  }
});

function aLoad(startedAt: string): Run {
  const rows = { read: 1000, loaded: 1000, refused: 0, waiting: 0 };
  return aRun({ id: `run-${startedAt}`, startedAt, outcome: 'loaded', rows });
}
