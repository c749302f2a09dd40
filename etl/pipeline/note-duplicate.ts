import { z } from 'zod';
import type { Run } from '../../src/domain/run.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

type Needs = Pick<PipelineNeeds, 'runLog' | 'warehouse'>;

/**
 * Which run loaded the same files before, and what has replaced its rows since: files that come again after a corrected
 * version may be a mere repetition or the right ones after all, which only a person knows.
 */
export async function noteDuplicate(run: Run, needs: Needs): Promise<Pick<Run, 'notes' | 'superseded'>> {
  const earlier = await needs.runLog.findLoaded(run.contentHash);
  if (!earlier?.batch) return {};
  const said = [
    ...(run.notes ?? []),
    `The same files were loaded on ${earlier.startedAt.slice(0, 10)} by run ${earlier.id} (batch ${earlier.batch}).`,
  ];
  const newer = await replacedBy(earlier, needs);
  if (newer.length === 0) return { notes: said };
  const rows = newer.reduce((sum, one) => sum + one.rows, 0);
  const batches = newer.slice(0, 3).map(({ batch }) => batch);
  said.push(
    `Since then ${rows === 1 ? '1 of their rows was' : `${rows} of their rows were`} replaced by ${batches.join(', ')}${newer.length > 3 ? ' and others' : ''}, and that stays. If these files are the right ones after all, run this run again: press Re-run, or plumbline rerun ${run.id}.`,
  );
  return { notes: said, superseded: true };
}

async function replacedBy(run: Run, { warehouse }: Needs): Promise<{ batch: string; rows: number }[]> {
  const tables = z.object({ tables: z.array(z.string()) }).safeParse(run.outputs['check']).data?.tables ?? [];
  if (tables.length === 0) return [];
  const found = await warehouse.read({
    sql: `select replaced_by, cast(sum(row_count) as varchar(20)) from (
${tables.map((table) => `select replaced_by, count(*) as row_count from history.${table} where batch_id = :batch group by replaced_by`).join('\nunion all\n')}
) replaced group by replaced_by order by replaced_by`,
    params: { batch: run.batch },
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: 60_000,
  });
  return found.rows.map(([batch, rows]) => ({ batch: String(batch), rows: Number(rows) }));
}
