import { z } from 'zod';
import type { Run } from '../../src/domain/run.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';

const RUNS_LOOKED_AT = 500;

/**
 * A stopped run as it is to go on. When runs that began after it have loaded meanwhile, it is checked anew, so that its
 * older rows do not replace theirs. One that has loaded goes on as it is. Null while something that the stopped process
 * asked of the warehouse is still being carried out there: it is taken up later.
 */
export async function heedNewer(run: Run, needs: PipelineNeeds): Promise<Run | null> {
  if (run.outputs['load'] !== undefined) return run;
  if (needs.warehouse.settle && !(await needs.warehouse.settle(run.id))) return null;
  const batches = await loadedBatches(needs);
  if (isLoadedAs(run, batches)) return run;
  const input = RunInput.parse(run.outputs['input']);
  const own = [...(input.ownRuns ?? []), run.id];
  const loaded = (await needs.runLog.list({ limit: RUNS_LOOKED_AT })).flatMap(({ id, startedAt }) =>
    batches
      .filter((batch) => batch.run === id && !own.includes(id))
      .map((batch) => ({ ...batch, startedAt })),
  );
  const later = loaded.filter(({ startedAt }) => startedAt > run.startedAt);
  if (later.length === 0) return run;
  const asOf = Math.min(input.asOf ?? Number.MAX_SAFE_INTEGER, ...later.map(({ number }) => number - 1));
  // What began earlier and was loaded late is older all the same.
  const earlier = loaded.filter(({ startedAt, number }) => startedAt <= run.startedAt && number > asOf);
  const { check, 'load-plan': _plan, ...outputs } = run.outputs;
  return {
    ...run,
    stage: check === undefined ? run.stage : 'check',
    outputs: {
      ...outputs,
      input: {
        ...input,
        asOf,
        ownRuns: [...(input.ownRuns ?? []), ...earlier.map((batch) => batch.run)],
      },
      checkedAnew: timesCheckedAnew(run) + 1,
    },
  };
}

/** How often a run began its check anew; each has a token of its own. */
export function timesCheckedAnew(run: Run): number {
  return z.number().int().catch(0).parse(run.outputs['checkedAnew']);
}

type Loaded = { batch: string; number: number; run: string };

async function loadedBatches({ warehouse }: PipelineNeeds): Promise<Loaded[]> {
  const found = await warehouse.read({
    sql: 'select batch_id, batch_no, run_id from ops.load_batches where undone_at is null order by batch_no desc limit 1000',
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: 30_000,
  });
  return found.rows.map(([batch, number, run]) => ({
    batch: String(batch),
    number: Number(number),
    run: String(run),
  }));
}

function isLoadedAs(run: Run, batches: readonly Loaded[]): boolean {
  const plan = z.object({ batch: z.string() }).safeParse(run.outputs['load-plan']);
  return plan.success && batches.some(({ batch }) => batch === plan.data.batch);
}
