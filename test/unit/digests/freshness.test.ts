import { describe, expect, it } from 'vitest';
import { freshness, lateSentences } from '../../../src/digests/freshness.ts';
import type { Run } from '../../../src/domain/run.ts';
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

  it('does not guess a rhythm from one delivery, and passes over what was undone', async () => {
    expect(await stateAt('2026-06-01T00:00:00Z', daily(1, '2026-03-02'))).toBe('unknown');
    const undone = daily(10, '2026-03-02').map((run) => ({ ...run, undoneAt: run.startedAt }));
    const [feed] = await at('2026-03-12T05:00:00Z', undone);
    expect(feed).toMatchObject({ state: 'unknown', lastLoaded: null });
    expect(lateSentences(await at('2026-03-14T13:00:00Z', daily(10, '2026-03-02')))).toEqual([
      'orders is missing: the last load was on 11 Mar 2026 at 06:00, and the next was due on 12 Mar 2026 at 12:00.',
    ]);
  });
});

async function stateAt(now: string, runs: Run[]): Promise<string | undefined> {
  return (await at(now, runs))[0]?.state;
}

function at(now: string, runs: Run[]) {
  const newestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return freshness({
    runLog: { list: async () => newestFirst } as never,
    clock: { now: () => new Date(now), today: () => now.slice(0, 10), timeZone: ZONE },
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
