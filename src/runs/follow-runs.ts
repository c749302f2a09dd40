import type { Run } from '../domain/run.ts';
import type { RunLog } from '../ports/run-log.ts';

export type FollowNeeds = {
  runLog: Pick<RunLog, 'list'>;
  /** A run has loaded something, or a batch was taken back, since the last look. */
  onChange(run: Run): Promise<void>;
  /** An upload's run has ended and its people have not been told: only the bot can. */
  onUntold(run: Run): Promise<void>;
  onFault(thrown: unknown): void;
};

const RUNS_LOOKED_AT = 50;

/**
 * Tells what runs change that other processes drive. The first look only learns what is there, but for runs that ended
 * while nobody looked: `since` is when this process's predecessor may have stopped looking.
 */
export function createRunFollower(since: Date, needs: FollowNeeds): { look(): Promise<void> } {
  let seen: Map<string, string> | undefined;
  return {
    async look() {
      try {
        const runs = await needs.runLog.list({ limit: RUNS_LOOKED_AT });
        const before = seen;
        seen = new Map(runs.map((run) => [run.id, stateOf(run)]));
        for (const run of runs.reverse()) {
          const isNew = before
            ? before.get(run.id) !== stateOf(run)
            : Date.parse(run.updatedAt) >= since.getTime();
          if (run.upload && !run.announced && run.outcome !== 'running') await needs.onUntold(run);
          if (isNew && run.batch !== null && run.outcome !== 'running') await needs.onChange(run);
        }
      } catch (thrown) {
        needs.onFault(thrown);
      }
    },
  };
}

function stateOf(run: Run): string {
  return `${run.outcome}/${run.undoneAt ?? ''}`;
}
