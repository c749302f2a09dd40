import type { Run } from '../domain/run.ts';

const DEFAULTS = { afterMs: 8_000, everyMs: 3_000 };

export type LongRuns = {
  /** Given each time that a run's record changes. */
  onProgress(run: Run): void;
  stop(): void;
};

/** Has runs told that take long, and edits what was told as their stages pass; short ones are told when they end. */
export function tellLongRuns(tell: (run: Run) => void, pace = DEFAULTS): LongRuns {
  const known = new Map<string, { run: Run; timer: NodeJS.Timeout; saidStage: string | null }>();

  function look(id: string): void {
    const entry = known.get(id);
    if (!entry) return;
    if (entry.saidStage !== entry.run.stage) tell(entry.run);
    entry.saidStage = entry.run.stage;
    entry.timer = later(id, pace.everyMs);
  }

  function later(id: string, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => look(id), ms);
    timer.unref();
    return timer;
  }

  return {
    onProgress(run) {
      const entry = known.get(run.id);
      if (run.outcome !== 'running') {
        clearTimeout(entry?.timer);
        known.delete(run.id);
      } else if (entry) entry.run = run;
      else known.set(run.id, { run, timer: later(run.id, pace.afterMs), saidStage: null });
    },
    stop() {
      for (const { timer } of known.values()) clearTimeout(timer);
      known.clear();
    },
  };
}
