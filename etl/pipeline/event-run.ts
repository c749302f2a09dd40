import type { Finding } from '../../src/domain/load-batch.ts';
import type { Run } from '../../src/domain/run.ts';
import { closeWindow } from '../events/event-windows.ts';
import { reconcileWindow } from '../events/reconcile-window.ts';
import { feedsOfRun } from './feeds-of-run.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';

/** Of a run over a file of events: what differs between raw objects, invoice table and warehouse now that it is loaded. */
export async function compareWindow(
  run: Run,
  batch: string,
  foundAt: string,
  needs: PipelineNeeds,
): Promise<Finding[]> {
  const file = windowOf(run);
  if (!file || !needs.invoices) return [];
  return reconcileWindow(
    { file, run: run.id, batch, refused: run.rows.refused + run.rows.waiting, foundAt },
    {
      objects: needs.objects,
      bucket: needs.landingBucket,
      invoices: needs.invoices,
      warehouse: needs.warehouse,
      feeds: await feedsOfRun(run, needs),
    },
  );
}

/** The file is in the warehouse, by this run or by an earlier one. */
export async function windowLoaded(run: Run, needs: PipelineNeeds): Promise<void> {
  const file = windowOf(run);
  if (file) await closeWindow(file, { objects: needs.objects, bucket: needs.landingBucket });
}

function windowOf(run: Run): string | undefined {
  return RunInput.parse(run.outputs['input']).eventWindow;
}
