import type { Run } from '../../src/domain/run.ts';

/** A run that has just started; give what matters. */
export function aRun(given: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    feed: 'orders',
    contentHash: 'hash-1',
    outcome: 'running',
    stage: 'receive',
    version: 1,
    startedAt: '2026-03-02T09:00:00.000Z',
    updatedAt: '2026-03-02T09:00:00.000Z',
    endedAt: null,
    files: [],
    rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
    refusals: [],
    batch: null,
    findings: 0,
    touchedDays: [],
    outputs: {},
    failure: null,
    startedBy: 'U1',
    notice: null,
    replyTo: null,
    announced: false,
    ...given,
  };
}
