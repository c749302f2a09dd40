import { AppError } from '../../src/domain/app-error.ts';
import {
  forgetRebuildGoal,
  type JournalEntry,
  readJournal,
  rebuildGoal,
  type Totals,
  warehouseTotals,
} from './journal.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { runPipeline } from './run-pipeline.ts';

export type RebuildOutcome = {
  /** Runs that were done again, runs whose batches had been taken back and so were left out, runs that failed now. */
  runs: number;
  leftOut: number;
  failed: string[];
  /** What is not as it was when the journal was last written; empty: every row and every sum is. */
  differences: { what: string; was: string; is: string }[];
  totals: Totals;
};

/**
 * Fills an empty warehouse and empty records from what lies in landing: each run that ever loaded is done again in its
 * order, but those whose batches were taken back, which leaves things as if they had never come. Then rows and sums are
 * compared with those that were noted after the last load. Stopped half-way it can be started again.
 * Errors: usage.wrong when other data is there, or no journal is.
 */
export async function rebuild(
  needs: PipelineNeeds,
  onRun: (entry: JournalEntry, done: number, of: number) => void = () => undefined,
): Promise<RebuildOutcome> {
  const entries = await readJournal(needs);
  if (entries.length === 0)
    throw new AppError('usage.wrong', {
      detail: 'Landing has no journal of runs, so there is nothing to rebuild from.',
    });
  const wanted = entries.filter(({ undone }) => !undone);
  await refuseOtherData(wanted, needs);
  const goal = await rebuildGoal(needs);
  const failed: string[] = [];
  for (const [index, entry] of wanted.entries()) {
    onRun(entry, index + 1, wanted.length);
    if (!(await again(entry, needs))) failed.push(entry.run);
  }
  const totals = await warehouseTotals(needs);
  const differences = differencesOf(goal, totals);
  if (failed.length + differences.length === 0) await forgetRebuildGoal(needs);
  return {
    runs: wanted.length - failed.length,
    leftOut: entries.length - wanted.length,
    failed,
    differences,
    totals,
  };
}

/** A rebuild that was stopped goes on; over anything else it would mix two histories. */
async function refuseOtherData(wanted: JournalEntry[], needs: PipelineNeeds): Promise<void> {
  const known = new Set(wanted.map(({ run }) => run));
  const { rows } = await needs.warehouse.read({
    sql: 'select run_id from ops.load_batches',
    schema: 'retail',
    maxRows: 1_000_000,
    timeoutMs: 60_000,
  });
  const isOurs = rows.every(([run]) => known.has(String(run)));
  const started =
    rows.length === 0 || (isOurs && (await needs.runLog.find(String(rows[0]?.[0])))?.startedBy === REBUILD);
  if (!started)
    throw new AppError('usage.wrong', {
      detail:
        'The warehouse is not empty. A rebuild fills an empty one; make a new workgroup or folder for it.',
    });
}

const REBUILD = 'rebuild';

async function again(entry: JournalEntry, needs: PipelineNeeds): Promise<boolean> {
  const earlier = await needs.runLog.find(entry.run);
  if (earlier && earlier.outcome !== 'running' && earlier.outcome !== 'failed') return true;
  const { upload } = entry.input;
  const input = {
    ...entry.input,
    startedBy: REBUILD,
    // Nobody is told again of what they were told then.
    replyTo: null,
    // What it replaced was left out.
    upload: upload ? { ...upload, replaces: null } : upload,
  };
  const quiet = { ...needs, announcer: { announce: async () => null } };
  const run = await runPipeline(input, quiet, earlier ? undefined : entry.run);
  return run.outcome === 'loaded' || run.outcome === 'partly-refused';
}

function differencesOf(before: Totals | undefined, now: Totals): RebuildOutcome['differences'] {
  if (!before) return [{ what: 'the totals that were noted', was: 'not there', is: 'not compared' }];
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((what) => {
    const [was, is] = [before[what] ?? 'nothing', now[what] ?? 'nothing'];
    return was === is ? [] : [{ what, was, is }];
  });
}
