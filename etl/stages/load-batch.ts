import { z } from 'zod';
import { RowCounts } from '../../src/domain/run.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { TableRule } from './check-files.ts';
import { mergedSteps } from './control-totals.ts';
import { lateArrivalSteps } from './late-arrivals.ts';
import { inLoadOrder } from './load-tables.ts';
import { daysTable, mergeStatements } from './merge-sql.ts';
import { fillStep, sqlSteps, stagingTable } from './sql-steps.ts';
import { stagedTables } from './stage-sql.ts';

export const LoadInput = z.object({
  run: z.string(),
  batch: z.string(),
  batchNumber: z.number().int(),
  feed: z.string(),
  tables: z.array(z.string()),
  rules: z.array(TableRule),
  rows: RowCounts,
  /** A run whose refused and waiting rows these are. */
  redriven: z.string().nullable(),
  /** ISO instant, fixed before the write, so that a repeated call writes the same. */
  loadedAt: z.string(),
});
export type LoadInput = z.infer<typeof LoadInput>;

export const LoadOutput = z.object({ batch: z.string(), touchedDays: z.array(z.string()) });
export type LoadOutput = z.infer<typeof LoadOutput>;

const LOAD_TIMEOUT_MS = 60 * 60_000;
const MAX_DAYS = 100_000;

/**
 * Merges the staged rows of a run into the warehouse in one transaction, whose token is the batch's id: a call
 * repeated after a kill finds it done. Replaced rows go to history, so that the batch can be undone.
 */
export async function loadBatch(
  input: LoadInput,
  { warehouse }: { warehouse: Warehouse },
): Promise<LoadOutput> {
  await warehouse.write({ token: input.batch, steps: loadSteps(input), timeoutMs: LOAD_TIMEOUT_MS });
  return { batch: input.batch, touchedDays: await readDays(warehouse, input.run) };
}

export function loadSteps(input: LoadInput): Statement[] {
  const { run, batch } = input;
  const tables = inLoadOrder(input.tables);
  // What is tried again is a part of its documents: their other lines are loaded already and stay.
  const wholeParents = (table: string) =>
    input.redriven === null && input.rules.some((rule) => rule.table === table && rule.wholeParents);
  return [
    // What others take from a parent is put right before they are merged, so that they take the right thing.
    ...tables.flatMap((table) => [
      ...mergeStatements(table, { run, batch, wholeParents: wholeParents(table.name) }),
      ...lateArrivalSteps({
        run,
        by: batch,
        changed: [table.name],
        keysOf: (name) => stagingTable(run, name),
      }),
    ]),
    ...mergedSteps(run, tables),
    // What was staged is in; where it is scratch, its memory is free again.
    ...stagedTables(run, input.tables).map((table) => ({ sql: `drop table if exists ${table}` })),
    ...(input.redriven === null
      ? []
      : [
          {
            sql: fillStep(sqlSteps('loads/merge.sql'), 'forget-redriven', {}),
            params: { redriven: input.redriven },
          },
        ]),
    {
      sql: `insert into ops.load_batches (batch_id, batch_no, run_id, feed, loaded_at, undone_at, rows_read, rows_loaded, rows_refused, rows_waiting, touched_days)
values (:batch, :number, :run, :feed, cast(:loadedAt as timestamp), null, :read, :loaded, :refused, :waiting, null)`,
      params: {
        batch,
        number: input.batchNumber,
        run,
        feed: input.feed,
        loadedAt: warehouseTime(input.loadedAt),
        ...input.rows,
      },
    },
  ];
}

/** '2026-11-21T03:04:05.678Z' as both engines read a timestamp. */
export function warehouseTime(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}

/** Whether the transaction of a batch was committed. */
export async function isLoaded(batch: string, { warehouse }: { warehouse: Warehouse }): Promise<boolean> {
  const found = await warehouse.read({
    sql: 'select batch_id from ops.load_batches where batch_id = :batch',
    params: { batch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  return found.rows.length > 0;
}

/** The days that the statements of a load or undo have written down, oldest first. */
export async function readDays(warehouse: Warehouse, run: string): Promise<string[]> {
  const days = await warehouse.read({
    sql: `select distinct day from ${daysTable(run)} where day is not null order by day`,
    schema: 'retail',
    maxRows: MAX_DAYS,
    timeoutMs: 120_000,
  });
  return days.rows.map(([day]) => String(day));
}
