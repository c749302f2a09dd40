import { describe, expect, it } from 'vitest';
import { freshness, lateSentences } from '../../../src/digests/freshness.ts';
import type { ExpectedFeed } from '../../../src/domain/feed-rhythm.ts';
import { NO_FEED, type Run } from '../../../src/domain/run.ts';
import { aRun } from '../../support/a-run.ts';

const ZONE = 'UTC';

describe('how feeds stand against their rhythm', () => {
  it('is on time until the next load is due, then late, then missing', async () => {
    const runs = daily(10, '2026-03-02');
    expect(await stateAt('2026-03-12T05:00:00Z', runs)).toBe('on-time');
    expect(await stateAt('2026-03-12T11:00:00Z', runs)).toBe('on-time');
    expect(await stateAt('2026-03-12T13:00:00Z', runs)).toBe('late');
    expect(await stateAt('2026-03-14T13:00:00Z', runs)).toBe('missing');
  });

  it('does not miss a feed at week-ends that never comes then', async () => {
    const weekdays = daily(40, '2026-01-05').filter(
      (run) => ![0, 6].includes(new Date(run.startedAt).getUTCDay()),
    );
    const last = weekdays.at(-1)?.startedAt.slice(0, 10);
    expect(last).toBe('2026-02-13');
    expect(await stateAt('2026-02-15T12:00:00Z', weekdays)).toBe('on-time');
    expect(await stateAt('2026-02-17T12:00:00Z', weekdays)).toBe('late');
  });

  it('says when a load is far smaller or larger than usual, and when the newest failed', async () => {
    const runs = daily(8, '2026-03-02');
    const withLast = (rows: number) => runs.map((run, index) => (index === 7 ? loaded(run, rows) : run));
    const at = '2026-03-09T09:00:00Z';
    expect(await stateAt(at, withLast(100))).toBe('smaller');
    expect(await stateAt(at, withLast(9000))).toBe('larger');
    expect(await stateAt(at, withLast(1200))).toBe('on-time');
    const failed = aRun({ id: 'run-x', outcome: 'failed', startedAt: '2026-03-09T08:30:00.000Z' });
    expect(await stateAt(at, [...runs, failed])).toBe('failing');
  });

  it('says nothing of a broken file that is of no feed', async () => {
    const broken = aRun({
      id: 'run-x',
      feed: NO_FEED,
      files: [],
      outcome: 'failed',
      startedAt: '2026-03-09T08:30:00.000Z',
    });
    const feeds = await at('2026-03-09T09:00:00Z', [...daily(8, '2026-03-02'), broken]);
    expect(feeds.map(({ feed, state }) => [feed, state])).toEqual([['orders', 'on-time']]);
  });

  it('does not guess a rhythm from one delivery, and passes over what was undone', async () => {
    expect(await stateAt('2026-06-01T00:00:00Z', daily(1, '2026-03-02'))).toBe('unknown');
    const undone = daily(10, '2026-03-02').map((run) => ({ ...run, undoneAt: run.startedAt }));
    const [feed] = await at('2026-03-12T05:00:00Z', undone);
    expect(feed).toMatchObject({ state: 'unknown', lastLoaded: null });
    expect(lateSentences(await at('2026-03-14T13:00:00Z', daily(10, '2026-03-02')))).toEqual([
      'orders: missing, due on 12 Mar 2026 at 12:00; the last load was on 11 Mar 2026 at 06:00.',
    ]);
  });

  it('knows the rhythm of each file of a set, and says what came late together in one sentence', async () => {
    const runs = daily(10, '2026-03-02').map((run, index) => ({
      ...run,
      files: [file('orders', 900), file('refunds', 90), ...(index === 0 ? [file('budgets', 9)] : [])],
    }));
    const found = await at('2026-03-12T13:00:00Z', runs);
    expect(found.map(({ feed, state }) => [feed, state])).toEqual([
      ['budgets', 'unknown'],
      ['orders', 'late'],
      ['refunds', 'late'],
    ]);
    const sentence =
      'orders, refunds: late, due on 12 Mar 2026 at 12:00; the last load was on 11 Mar 2026 at 06:00.';
    expect(lateSentences(found)).toEqual([sentence]);
    const known = found.map((feed) => ({ ...feed, tables: [feed.feed] }));
    expect(lateSentences(known, ['budgets'])).toEqual([]);
    expect(lateSentences(known, ['orders'])).toEqual([sentence.replace('orders, refunds', 'orders')]);
  });

  it('holds to the hour that is declared, on the wall clock of the declared zone, from the first day on', async () => {
    const expected = [
      {
        feed: 'orders',
        timeZone: 'Europe/Berlin',
        rhythm: { by: '07:30', days: [1, 2, 3, 4, 5] },
        tables: ['orders'],
      },
    ];
    const friday = daily(1, '2026-03-27');
    const state = async (now: string, runs = friday) => (await at(now, runs, expected))[0]?.state;
    expect(await state('2026-03-29T12:00:00Z')).toBe('unknown');
    // The clocks went forward on the Sunday: half past seven is now half past five in UTC.
    expect(await state('2026-03-30T05:29:00Z')).toBe('unknown');
    expect(await state('2026-03-30T05:31:00Z')).toBe('late');
    expect(await state('2026-03-31T05:31:00Z')).toBe('missing');
    expect(await state('2026-03-30T05:31:00Z', [])).toBe('late');
  });
});

async function stateAt(now: string, runs: Run[]): Promise<string | undefined> {
  return (await at(now, runs))[0]?.state;
}

function at(now: string, runs: Run[], expected: ExpectedFeed[] = []) {
  const newestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return freshness({
    runLog: { list: async () => newestFirst } as never,
    clock: { now: () => new Date(now), today: () => now.slice(0, 10), timeZone: ZONE },
    expected: async () => expected,
  });
}

function daily(days: number, first: string): Run[] {
  return Array.from({ length: days }, (_, day) => {
    const startedAt = new Date(Date.parse(`${first}T06:00:00.000Z`) + day * 86_400_000).toISOString();
    return loaded(aRun({ id: `run-${day}`, startedAt, outcome: 'loaded' }), 1000);
  });
}

function loaded(run: Run, rows: number): Run {
  return { ...run, rows: { read: rows, loaded: rows, refused: 0, waiting: 0 } };
}

function file(feed: string, rows: number): Run['files'][number] {
  const counts = { read: rows, loaded: rows, refused: 0, waiting: 0 };
  return {
    name: `${feed}.csv`,
    feed,
    object: { bucket: 'landing', key: feed },
    sizeBytes: 1,
    sha256: feed,
    rows: counts,
  };
}
