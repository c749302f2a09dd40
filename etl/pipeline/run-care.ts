import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import { isDeadProcess } from '../../src/domain/dead-process.ts';
import { UNDO_UNDER_WAY } from '../../src/domain/ledger-period.ts';
import type { Run } from '../../src/domain/run.ts';
import { refuseUndoInClosedMonth } from '../stages/closed-months.ts';
import { warehouseTime } from '../stages/load-batch.ts';
import { declarationHash, ReceiveOutput } from '../stages/receive-files.ts';
import { readUndo, type UndoOutput, undoBatch } from '../stages/undo-batch.ts';
import { announce } from './announce.ts';
import { feedsOfRun } from './feeds-of-run.ts';
import { finishUndo } from './finish-undo.ts';
import { fromLanding } from './from-landing.ts';
import { fromRecords } from './from-records.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';
import { findRun, isUnderWay, resumeRun, runPipeline } from './run-pipeline.ts';
import { sweepStaging } from './sweep-staging.ts';

const RUNS_LOOKED_AT = 500;
const RECORDS_FEED = 'ledger';
/** Without a sign of life for this long, a run of another machine counts as stopped. */
const SILENT_MS = 30 * 60_000;

/**
 * Runs the same landed files again. A run that loaded but did not finish is finished instead. Rows of which a newer
 * version came since are refused, unless `overNewer` says that the older files are the right ones. With `fromRecords` the
 * files are written anew from the landing table.
 */
export async function rerun(
  id: string,
  startedBy: string,
  needs: PipelineNeeds,
  { overNewer = false, fromRecords: fromTable = false }: { overNewer?: boolean; fromRecords?: boolean } = {},
): Promise<Run> {
  const run = await findRun(id, needs);
  if (run.outcome === 'running') {
    if (isAlive(run, needs)) throw new AppError('run.in-progress', { detail: `It is at ${run.stage}.` });
    return resumeRun(id, needs);
  }
  if (run.outcome === 'failed' && run.batch !== null && !run.undoneAt) {
    await needs.runLog.save({ ...run, outcome: 'running', failure: null, endedAt: null, announced: false });
    return resumeRun(id, needs);
  }
  const asOf = overNewer ? null : await asOfRun(run, needs);
  const input = fromLanding(run);
  const files = fromTable ? await fromRecords(run, input.files, needs) : input.files;
  return runPipeline({ ...input, files, startedBy, again: true, asOf }, needs);
}

/**
 * Takes a batch back: facts, history and KPIs are as if it had never come.
 * Errors: batch.not-found, batch.already-undone, batch.kept, run.in-progress.
 */
export async function undo(batch: string, needs: PipelineNeeds): Promise<UndoOutput> {
  const running = await needs.runLog.list({ limit: RUNS_LOOKED_AT, outcome: 'running' });
  const own = running.find((run) => run.batch === batch);
  if (own && isAlive(own, needs))
    throw new AppError('run.in-progress', { detail: `Its run is at ${own.stage}.` });
  await refuseUndoOfRecords(batch, needs);
  const undone = await overOpenMonths(batch, needs, () => undoBatch({ batch }, needs));
  await needs.failpoint?.('undo-written');
  await finishUndo(undone, needs);
  return undone;
}

/** Says that the batch goes out before it looks at the closed months: a closing that comes between sees one or the other. */
async function overOpenMonths(
  batch: string,
  needs: PipelineNeeds,
  takeOut: () => Promise<UndoOutput>,
): Promise<UndoOutput> {
  const { smallRecords } = needs;
  const before = await smallRecords?.find(UNDO_UNDER_WAY, batch);
  const value = { since: needs.clock.now().toISOString() };
  await smallRecords?.save(UNDO_UNDER_WAY, { id: batch, version: before?.version ?? 0, value });
  try {
    await refuseUndoInClosedMonth(batch, needs);
    await needs.failpoint?.('undo-checked');
    return await takeOut();
  } finally {
    await smallRecords?.remove(UNDO_UNDER_WAY, batch);
  }
}

/** What was recorded in Slack is never taken out, only reversed: its own record says that it is in the books. */
async function refuseUndoOfRecords(batch: string, needs: PipelineNeeds): Promise<void> {
  const found = await needs.warehouse.read({
    sql: 'select feed from ops.load_batches where batch_id = :batch',
    params: { batch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  if (found.rows[0]?.[0] === RECORDS_FEED)
    throw new AppError('batch.kept', {
      detail:
        'It is a money record. Find it with /record find and press Reverse: that is kept in the books, too.',
    });
}

/**
 * Tries the refused and waiting rows of partly refused runs again: what was missing may be there by now. Refused rows
 * are tried when the declaration has changed since, or when asked for. Rows that came newer since are not replaced.
 */
export async function redrive(
  startedBy: string,
  needs: PipelineNeeds,
  { refused = false }: { refused?: boolean } = {},
): Promise<Run[]> {
  const results: Run[] = [];
  for (const run of await needs.runLog.list({ limit: RUNS_LOOKED_AT, outcome: 'partly-refused' })) {
    if (run.undoneAt || run.outputs['redrivenBy'] !== undefined) continue;
    const isWorthIt = run.rows.waiting > 0 || refused || (await isDeclaredAnew(run, needs));
    if (!isWorthIt) continue;
    const asOf = await asOfRun(run, needs);
    const input = { ...fromLanding(run), startedBy, again: true, redriven: run.id, asOf };
    results.push(await runPipeline(input, needs));
  }
  return results;
}

/** Whether the set's feeds say something else than when the run began. */
async function isDeclaredAnew(run: Run, needs: PipelineNeeds): Promise<boolean> {
  const received = ReceiveOutput.safeParse(run.outputs['receive']);
  if (!received.success || received.data.declared === '') return false;
  const sets = await feedsOfRun(run, needs).catch(() => []);
  const set = sets.find(({ name }) => name === received.data.set);
  return set !== undefined && declarationHash(set) !== received.data.declared;
}

/** The number of the newest batch that a run's files were newer than: its own, or the last that was there as it began. */
async function asOfRun(run: Run, needs: PipelineNeeds): Promise<number> {
  const { asOf } = RunInput.parse(run.outputs['input']);
  if (asOf !== undefined && asOf !== null) return asOf;
  const plan = z.object({ batchNumber: z.number() }).safeParse(run.outputs['load-plan']);
  if (run.batch !== null && plan.success) return plan.data.batchNumber;
  const found = await needs.warehouse.read({
    sql: 'select max(batch_no) from ops.load_batches where loaded_at <= cast(:at as timestamp)',
    params: { at: warehouseTime(run.startedAt) },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  return Number(found.rows[0]?.[0] ?? 0);
}

/**
 * Resumes runs that stopped without an end, finishes undos that stopped half-way, tells ends that were not told, and takes
 * away staging tables that were left.
 */
export async function sweep(
  needs: PipelineNeeds,
): Promise<{ resumed: Run[]; told: Run[]; undone: string[]; dropped: string[] }> {
  const outcome = {
    resumed: [] as Run[],
    told: [] as Run[],
    undone: [] as string[],
    dropped: [] as string[],
  };
  const undone = await undoneBatches(needs);
  // Oldest first: what came later is loaded later, also after a stop.
  const runs = (await needs.runLog.list({ limit: RUNS_LOOKED_AT })).reverse();
  outcome.dropped = await sweepStaging(runs, needs);
  for (const listed of runs) {
    let run = listed;
    const isUndone = run.batch !== null && undone.has(run.batch);
    if (run.outcome === 'running' && !isAlive(run, needs)) {
      run = await resumeRun(run.id, needs);
      outcome.resumed.push(run);
    } else if (run.outcome !== 'running' && !run.announced) {
      run = await announce(run, needs);
      if (run.announced) outcome.told.push(run);
    }
    if (isUndone && run.batch !== null && run.outcome !== 'running' && run.outputs['undo'] !== 'done') {
      await finishUndo(await readUndo({ batch: run.batch, touchedDays: run.touchedDays }, needs), needs);
      outcome.undone.push(run.batch);
    }
  }
  return outcome;
}

/** Finishes runs that stopped without an end, oldest first: before newer files are loaded, which may replace their rows. */
export async function resumeStopped(needs: PipelineNeeds, onRun: (run: Run) => void): Promise<void> {
  const running = await needs.runLog.list({ limit: RUNS_LOOKED_AT, outcome: 'running' });
  for (const run of running.reverse()) {
    if (isAlive(run, needs)) continue;
    onRun(run);
    await resumeRun(run.id, needs);
  }
}

async function undoneBatches(needs: PipelineNeeds): Promise<Set<string>> {
  const found = await needs.warehouse.read({
    sql: 'select batch_id from ops.load_batches where undone_at is not null',
    schema: 'retail',
    maxRows: 100_000,
    timeoutMs: 30_000,
  });
  return new Set(found.rows.map(([batch]) => String(batch)));
}

function isAlive(run: Run, needs: PipelineNeeds): boolean {
  const owner = run.outputs['owner'] as { pid?: number; host?: string } | undefined;
  if (owner?.host !== needs.owner.host || owner.pid === undefined)
    return needs.clock.now().getTime() - Date.parse(run.updatedAt) < SILENT_MS;
  return owner.pid === needs.owner.pid ? isUnderWay(run.id) : !isDeadProcess(owner.pid);
}
