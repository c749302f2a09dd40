import { hasCode } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import { refreshKpis } from '../stages/refresh-kpis.ts';
import { cleanAfterUndo, type UndoOutput } from '../stages/undo-batch.ts';
import { noteRun, noteTotals } from './journal.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

/** Each step may be done again; the run says when the last one is through. */
export async function finishUndo(undone: UndoOutput, needs: PipelineNeeds): Promise<void> {
  const undoneAt = needs.clock.now().toISOString();
  const note = (undo: 'begun' | 'done') => (run: Run) => ({
    ...run,
    undoneAt: run.undoneAt ?? undoneAt,
    outputs: { ...run.outputs, undo: run.outputs['undo'] === 'done' ? 'done' : undo },
  });
  await changeRun(undone.run, note('begun'), needs);
  await needs.failpoint?.('undo-recorded');
  await refreshKpis({ days: undone.touchedDays }, needs);
  await needs.failpoint?.('undo-kpis');
  await cleanAfterUndo({ batch: undone.batch }, needs);
  await needs.failpoint?.('undo-cleaned');
  // Told before it counts as done: who finishes an undo that was stopped here tells it again.
  const run = await needs.runLog.find(undone.run);
  if (run) await noteRun(run, needs);
  await noteTotals(needs);
  if (run) await needs.dataChanged?.(run);
  await changeRun(undone.run, note('done'), needs);
}

/** A run that has ended may still be noted upon by several processes: who was second looks again. */
async function changeRun(
  id: string,
  change: (run: Run) => Run,
  needs: PipelineNeeds,
): Promise<Run | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const run = await needs.runLog.find(id);
    if (!run) return undefined;
    try {
      return await needs.runLog.save(change(run));
    } catch (thrown) {
      const isConflict = hasCode(thrown, 'records.conflict');
      if (!isConflict || attempt >= 5) throw thrown;
    }
  }
}
