import { AppError } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import { refreshKpis } from '../stages/refresh-kpis.ts';
import { cleanAfterUndo, type UndoOutput, undoBatch } from '../stages/undo-batch.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { announce, RunInput, resumeRun, runPipeline } from './run-pipeline.ts';

const RUNS_LOOKED_AT = 500;
/** Without a sign of life for this long, a run of another machine counts as stopped. */
const SILENT_MS = 30 * 60_000;

/** Runs the same landed files again. A run that loaded but did not finish is finished instead. */
export async function rerun(id: string, startedBy: string, needs: PipelineNeeds): Promise<Run> {
  const run = await found(id, needs);
  if (run.outcome === 'running') {
    if (isAlive(run, needs)) throw new AppError('run.in-progress', { detail: `It is at ${run.stage}.` });
    return resumeRun(id, needs);
  }
  if (run.outcome === 'failed' && run.batch !== null) {
    await needs.runLog.save({ ...run, outcome: 'running', failure: null, endedAt: null, announced: false });
    return resumeRun(id, needs);
  }
  return runPipeline({ ...fromLanding(run), startedBy, again: true, redriven: null }, needs);
}

/** Takes a batch back: facts, history and KPIs are as if it had never come. Errors: batch.not-found, batch.already-undone. */
export async function undo(batch: string, needs: PipelineNeeds): Promise<UndoOutput> {
  const undone = await undoBatch({ batch }, needs);
  await finishUndo(undone, needs);
  return undone;
}

async function finishUndo(undone: UndoOutput, needs: PipelineNeeds): Promise<void> {
  const run = await needs.runLog.find(undone.run);
  if (run && !run.undoneAt) await needs.runLog.save({ ...run, undoneAt: needs.clock.now().toISOString() });
  await needs.failpoint?.('undo-recorded');
  await refreshKpis({ days: undone.touchedDays, batchNumber: await needs.runLog.nextBatchNumber() }, needs);
  await cleanAfterUndo({ batch: undone.batch }, needs);
  if (run) await needs.dataChanged?.(run);
}

/** Tries the refused and waiting rows of partly refused runs again: what was missing may be there by now. */
export async function redrive(startedBy: string, needs: PipelineNeeds): Promise<Run[]> {
  const results: Run[] = [];
  for (const run of await needs.runLog.list({ limit: RUNS_LOOKED_AT, outcome: 'partly-refused' })) {
    if (run.rows.waiting === 0 || run.undoneAt || run.outputs['redrivenBy'] !== undefined) continue;
    const again = await runPipeline({ ...fromLanding(run), startedBy, again: true, redriven: run.id }, needs);
    results.push(again);
    if (again.outcome !== 'failed')
      await needs.runLog.save({ ...run, outputs: { ...run.outputs, redrivenBy: again.id } });
  }
  return results;
}

/** Resumes runs that stopped without an end, finishes undos that stopped half-way, and tells ends that were not told. */
export async function sweep(
  needs: PipelineNeeds,
): Promise<{ resumed: Run[]; told: Run[]; undone: string[] }> {
  const outcome = { resumed: [] as Run[], told: [] as Run[], undone: [] as string[] };
  const undone = await undoneBatches(needs);
  for (const run of await needs.runLog.list({ limit: RUNS_LOOKED_AT })) {
    if (run.outcome === 'running') {
      if (!isAlive(run, needs)) outcome.resumed.push(await resumeRun(run.id, needs));
    } else if (!run.announced) {
      const told = await announce(run, needs);
      if (told.announced) outcome.told.push(told);
    }
    if (run.batch && !run.undoneAt && run.outcome !== 'running' && undone.has(run.batch)) {
      await finishUndo(
        {
          batch: run.batch,
          run: run.id,
          feed: run.feed,
          removed: 0,
          restored: 0,
          touchedDays: run.touchedDays,
        },
        needs,
      );
      outcome.undone.push(run.batch);
    }
  }
  return outcome;
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

async function found(id: string, needs: PipelineNeeds): Promise<Run> {
  const run = await needs.runLog.find(id);
  if (!run) throw new AppError('run.not-found', { detail: `No run has the number '${id}'.` });
  return run;
}

/** The run's own landed copies, which nobody changes. */
function fromLanding(run: Run): Pick<RunInput, 'files' | 'set' | 'feed' | 'replyTo'> {
  const input = RunInput.parse(run.outputs['input']);
  const landed = run.files.map((file) => ({ name: file.name, object: file.object }));
  return {
    files: landed.length > 0 ? landed : input.files,
    set: input.set,
    feed: input.feed,
    replyTo: run.replyTo,
  };
}

function isAlive(run: Run, needs: PipelineNeeds): boolean {
  const owner = run.outputs['owner'] as { pid?: number; host?: string } | undefined;
  if (owner?.host === needs.owner.host && owner.pid !== undefined)
    return owner.pid === needs.owner.pid || processLives(owner.pid);
  return needs.clock.now().getTime() - Date.parse(run.updatedAt) < SILENT_MS;
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
