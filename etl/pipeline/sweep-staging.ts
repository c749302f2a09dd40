import type { Run } from '../../src/domain/run.ts';
import { daysTable } from '../stages/merge-sql.ts';
import { stagingTable } from '../stages/sql-steps.ts';
import { undoRun } from '../stages/undo-batch.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

/** A run that ended just now may be taking its own tables away. */
const CALM_MS = 60 * 60_000;
/** A run that loaded and failed after it is finished by running it again, which compares with what was staged. */
const KEEP_FAILED_MS = 7 * 86_400_000;
const MOST_TABLES = 10_000;

/** Of a run that loaded and whose staged rows are gone: when it is run again, there is nothing to compare with. */
export const STAGING_GONE = 'stagingGone';

/**
 * Takes staging tables away that runs left behind: of those that ended, an hour later; of those that loaded and then failed,
 * after a week, which is told with the run. What no known run has made stays, and is logged.
 */
export async function sweepStaging(runs: readonly Run[], needs: PipelineNeeds): Promise<string[]> {
  const left = await stagedTables(needs);
  if (left.length === 0) return [];
  const dropped: string[] = [];
  const known = new Set<string>();
  for (const run of runs) {
    const own = left.filter((table) => isOf(run, table));
    for (const table of own) known.add(table);
    const gone = own.filter((table) => mayGo(run, table, needs));
    if (gone.length === 0) continue;
    await needs.warehouse.write({
      token: `${run.id}-sweep-${needs.ids.next('staging')}`,
      steps: gone.map((table) => ({ sql: `drop table if exists ${table}` })),
    });
    dropped.push(...gone);
    if (isUnfinished(run)) await tellGone(run, needs);
    needs.log.info(
      { run: run.id, tables: gone.length },
      'staging tables that a run had left were taken away',
    );
  }
  const unknown = left.filter((table) => !known.has(table));
  if (unknown.length > 0)
    needs.log.warn({ tables: unknown.slice(0, 20) }, 'staging tables of no recent run are in the warehouse');
  return dropped;
}

async function stagedTables({ warehouse }: PipelineNeeds): Promise<string[]> {
  const found = await warehouse.read({
    sql: "select table_name from information_schema.tables where table_schema = 'staging' order by table_name",
    schema: 'retail',
    maxRows: MOST_TABLES,
    timeoutMs: 30_000,
  });
  return found.rows.map(([name]) => `staging.${String(name)}`);
}

function isOf(run: Run, table: string): boolean {
  if (table.startsWith(stagingTable(run.id, ''))) return true;
  return run.batch !== null && table.startsWith(stagingTable(undoRun(run.batch), ''));
}

/** Loaded, and something after that failed: the run is finished when it is run again. */
function isUnfinished(run: Run): boolean {
  return run.outcome === 'failed' && run.batch !== null && !run.undoneAt;
}

function mayGo(run: Run, table: string, { clock }: PipelineNeeds): boolean {
  if (run.outcome === 'running' || run.endedAt === null) return false;
  const age = clock.now().getTime() - Date.parse(run.endedAt);
  if (isUnfinished(run)) {
    // Without its days nobody would know which KPIs to compute.
    if (run.outputs['load'] === undefined && table === daysTable(run.id)) return false;
    return age > KEEP_FAILED_MS;
  }
  if (run.undoneAt && run.outputs['undo'] !== 'done') return false;
  return age > CALM_MS;
}

async function tellGone(run: Run, needs: PipelineNeeds): Promise<void> {
  const now = (await needs.runLog.find(run.id)) ?? run;
  if (now.outputs[STAGING_GONE] === true) return;
  const days = Math.round(KEEP_FAILED_MS / 86_400_000);
  const note = `Its staged rows were taken away after ${days} days. Running it again still finishes it, without comparing control totals.`;
  await needs.runLog.save({
    ...now,
    notes: [...(now.notes ?? []), note],
    outputs: { ...now.outputs, [STAGING_GONE]: true },
    announced: false,
  });
}
