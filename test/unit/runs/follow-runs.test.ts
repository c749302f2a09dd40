import { expect, it } from 'vitest';
import type { Run } from '../../../src/domain/run.ts';
import { createRunFollower } from '../../../src/runs/follow-runs.ts';
import { aRun } from '../../support/a-run.ts';

const AT = new Date('2026-03-01T12:00:00Z');

it('tells each run that loaded, and each that was taken back, once', async () => {
  const told: string[] = [];
  let runs: Run[] = [
    { ...aRun(), id: 'old', batch: 'bat-1', outcome: 'loaded', updatedAt: '2026-03-01T11:00:00Z' },
  ];
  const follower = createRunFollower(AT, {
    runLog: { list: async () => structuredClone(runs) },
    onChange: async (run) => void told.push(`${run.id} ${run.undoneAt ? 'undone' : run.outcome}`),
    onUntold: async (run) => void told.push(`${run.id} untold`),
    onFault: (thrown) => {
      throw thrown;
    },
  });
  await follower.look();
  runs = [{ ...aRun(), id: 'new', batch: null, outcome: 'running' }, ...runs];
  await follower.look();
  runs = runs.map((run) => (run.id === 'new' ? { ...run, batch: 'bat-2', outcome: 'loaded' } : run));
  await follower.look();
  await follower.look();
  runs = runs.map((run) => (run.id === 'new' ? { ...run, undoneAt: '2026-03-01T12:10:00Z' } : run));
  await follower.look();
  runs = [{ ...aRun(), id: 'upload', upload: 'upl-1', batch: null, outcome: 'failed', announced: false }];
  await follower.look();
  expect(told).toEqual(['new loaded', 'new undone', 'upload untold']);
});

it('tells what ended while nobody looked, and goes on after a fault', async () => {
  const told: string[] = [];
  const faults: unknown[] = [];
  let broken = true;
  const ended: Run = {
    ...aRun(),
    id: 'meanwhile',
    batch: 'bat-3',
    outcome: 'loaded',
    updatedAt: '2026-03-01T12:01:00Z',
  };
  const follower = createRunFollower(AT, {
    runLog: {
      list: async () => {
        if (broken) throw new Error('throttled');
        return [ended];
      },
    },
    onChange: async (run) => void told.push(run.id),
    onUntold: async (run) => void told.push(`${run.id} untold`),
    onFault: (thrown) => faults.push(thrown),
  });
  await follower.look();
  broken = false;
  await follower.look();
  expect(faults).toHaveLength(1);
  expect(told).toEqual(['meanwhile']);
});
