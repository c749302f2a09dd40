import type { Run } from '../../src/domain/run.ts';
import { LOAD_TABLES } from '../stages/load-tables.ts';
import { ReceiveOutput } from '../stages/receive-files.ts';
import { stagingTables } from '../stages/stage-sql.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

/** Where a run's judged rows lie until they are in the warehouse. */
export function stagedPrefix(set: string, run: string): string {
  return `${set}/${run}/`;
}

/** Takes away what a run that ends needs no more: its staged rows, and the staging tables of one that was not loaded. */
export async function cleanUp(run: Run, needs: PipelineNeeds): Promise<void> {
  const received = ReceiveOutput.safeParse(run.outputs['receive']);
  if (!received.success) return;
  try {
    if (run.batch === null && (run.outputs['check'] !== undefined || run.stage === 'check'))
      await dropStaging(run, needs);
    const prefix = stagedPrefix(received.data.set, run.id);
    for await (const info of needs.objects.list(needs.landingBucket, prefix))
      await needs.objects.delete(info.ref);
  } catch (thrown) {
    needs.log.warn({ err: thrown, run: run.id }, 'staged rows of a run were left behind');
  }
  await needs.failpoint?.('cleaned');
}

async function dropStaging(run: Run, needs: PipelineNeeds): Promise<void> {
  const tables = stagingTables(
    run.id,
    LOAD_TABLES.map((table) => table.name),
  );
  const steps = tables.map((table) => ({ sql: `drop table if exists ${table}` }));
  await needs.warehouse.write({ token: `${run.id}-clean`, steps });
}
