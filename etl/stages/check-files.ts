import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import { RefusalTally, RowCounts } from '../../src/domain/run.ts';
import type { RefusedRecord, Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { Reference, Tolerance } from '../feeds/feed.ts';
import type { Forgotten } from '../forgetting/forgotten.ts';
import { forgottenSteps } from '../forgetting/forgotten-steps.ts';
import { checkSteps, countsQuery, keptQuery, newerQuery, tallyQuery } from './check-sql.ts';
import { compareStaged } from './control-totals.ts';
import { inLoadOrder, LOAD_TABLES } from './load-tables.ts';
import { stageSteps, stagingTables } from './stage-sql.ts';
import { ValidatedFile } from './validated-file.ts';

/** What the feeds of a set say about one table; over several feeds the stricter rule holds. */
export const TableRule = z.object({
  table: z.string(),
  duplicates: z.enum(['refuse', 'first', 'last']),
  references: z.array(Reference),
  /** Line numbers are counted, not stated: the rows of a parent replace all its rows. */
  wholeParents: z.boolean(),
});
export type TableRule = z.infer<typeof TableRule>;

export const CheckInput = z.object({
  run: z.string(),
  files: z.array(ValidatedFile),
  rules: z.array(TableRule),
  tolerance: z.record(z.string(), Tolerance),
  /** A run whose refused and waiting rows alone are tried again. */
  redriven: z.string().nullable(),
  /** The number of the newest batch that these rows may replace; null: any. */
  asOf: z.number().int().nullable().optional(),
  /** Runs over these same files, whose rows are no newer ones. */
  ownRuns: z.array(z.string()).optional(),
  /** How often the check of this run was begun anew: what an earlier one left is taken away. */
  anew: z.number().int().optional(),
  /** Months of the books in which nothing may change. */
  closed: z.array(z.object({ from: z.string(), to: z.string(), reason: z.string() })).optional(),
});
export type CheckInput = z.infer<typeof CheckInput>;

export const CheckOutput = z.object({
  /** False: more was refused than the feeds bear, so nothing may be loaded. */
  mayLoad: z.boolean(),
  rows: RowCounts,
  perFile: z.array(RowCounts),
  refusals: z.array(RefusalTally),
  tables: z.array(z.string()),
  /** What is to be told of the files though it stops nothing. */
  warnings: z.array(z.string()).default([]),
  /** First days of the months that were closed when it was checked. */
  closed: z.array(z.string()).default([]),
});
export type CheckOutput = z.infer<typeof CheckOutput>;

export type CheckNeeds = {
  warehouse: Warehouse;
  /** Customers who asked to be forgotten; null or left out: nobody. */
  forgotten?: Forgotten | null;
};

const MOST_WARNINGS = 20;
const CHECK_TIMEOUT_MS = 30 * 60_000;

/**
 * Stages the validated files and judges what only the whole set shows. Refused rows are kept in
 * `ops.refused_rows`, whatever becomes of the run. One write, done once however often it is called.
 */
export async function checkFiles(
  input: CheckInput,
  { warehouse, forgotten = null }: CheckNeeds,
): Promise<CheckOutput> {
  const tables = inLoadOrder(input.files.flatMap((file) => file.outputs.map((output) => output.table)));
  await warehouse
    .write({
      token: input.anew ? `${input.run}-check-${input.anew}` : `${input.run}-check`,
      steps: [
        ...(input.anew ? forgetCheck(input.run) : []),
        // What is tried again is counted afterwards in the staged rows.
        ...stageSteps(input.run, input.files, tables, { asScratch: input.redriven === null }),
        ...forgottenSteps(input.run, tables, forgotten),
        ...checkSteps(input, tables),
      ],
      timeoutMs: CHECK_TIMEOUT_MS,
    })
    .catch((thrown: unknown) => {
      throw inSourceWords(thrown, input.files);
    });
  await compareStaged(input.run, input.files, tables, warehouse);
  const names = tables.map((table) => table.name);
  const perFile = await countRows(input, names, warehouse);
  const setTally = await readTally(input.run, warehouse);
  return {
    // What is tried again was borne once; what is refused once more stays refused.
    mayLoad: input.redriven !== null || withinTolerance(input, await withoutNewer(input, perFile, warehouse)),
    rows: addCounts(perFile),
    perFile,
    refusals: mergeTallies([...input.files.flatMap((file) => file.refusals), ...setTally]),
    tables: names,
    closed: (input.closed ?? []).map(({ from }) => from),
    warnings: [...new Set(input.files.flatMap((file) => file.warnings))].slice(0, MOST_WARNINGS),
  };
}

function forgetCheck(run: string): Statement[] {
  const tables = stagingTables(
    run,
    LOAD_TABLES.map(({ name }) => name),
  );
  return [
    ...tables.map((table) => ({ sql: `drop table if exists ${table}` })),
    { sql: 'delete from ops.refused_rows where run_id = :run', params: { run } },
  ];
}

/** That newer rows came while a run was stopped is no fault of its files, so it does not count against their tolerance. */
async function withoutNewer(
  input: CheckInput,
  perFile: RowCounts[],
  warehouse: Warehouse,
): Promise<RowCounts[]> {
  if (!input.anew) return perFile;
  const found = await warehouse.read(newerQuery(input.run));
  const newer = new Map(found.rows.map(([file, lines]) => [Number(file), Number(lines)]));
  return perFile.map((counts, index) => ({ ...counts, refused: counts.refused - (newer.get(index) ?? 0) }));
}

/** A record that the warehouse could not take, by the file and line that people know. */
function inSourceWords(thrown: unknown, files: readonly ValidatedFile[]): unknown {
  const record =
    thrown instanceof AppError ? (thrown.context['refusedRecord'] as RefusedRecord | undefined) : undefined;
  if (!(thrown instanceof AppError) || !record) return thrown;
  const file = files.find(({ outputs }) =>
    outputs.some(({ object, parts = [object] }) => parts.some(({ key }) => key === record.object.key)),
  );
  if (!file || record.sourceLine === null) return thrown;
  return new AppError(thrown.code, {
    detail: `${file.file}, line ${record.sourceLine}, column ${record.column}: ${record.reason}`,
    context: thrown.context,
    cause: thrown,
  });
}

async function countRows(input: CheckInput, tables: string[], warehouse: Warehouse): Promise<RowCounts[]> {
  const counted = await warehouse.read(countsQuery(input.run));
  const inSet = new Map(counted.rows.map((row) => [Number(row[0]), row.slice(1).map(Number)]));
  const kept = input.redriven === null ? null : await countKept(input.run, tables, warehouse);
  return input.files.map(({ counts }, index) => {
    const [refusedInSet = 0, waitingInSet = 0] = inSet.get(index) ?? [];
    const refused = counts.refused + refusedInSet;
    const waiting = counts.waiting + waitingInSet;
    // Of a file whose refused rows are tried again, only those rows count.
    const read = kept ? (kept.get(index) ?? 0) + refused + waiting : counts.read;
    return { read, loaded: read - refused - waiting, refused, waiting };
  });
}

async function countKept(run: string, tables: string[], warehouse: Warehouse): Promise<Map<number, number>> {
  if (tables.length === 0) return new Map();
  const kept = await warehouse.read(keptQuery(run, tables));
  return new Map(kept.rows.map(([file, lines]) => [Number(file), Number(lines)]));
}

async function readTally(run: string, warehouse: Warehouse): Promise<RefusalTally[]> {
  const tally = await warehouse.read(tallyQuery(run));
  return tally.rows.map(([reason, count, example]) => ({
    reason: String(reason),
    count: Number(count),
    example: String(example ?? ''),
  }));
}

/** Tolerance is per feed, over all its files in the set. */
function withinTolerance(input: CheckInput, perFile: RowCounts[]): boolean {
  const byFeed = new Map<string, RowCounts[]>();
  input.files.forEach((file, index) => {
    const counts = perFile[index];
    if (counts) byFeed.set(file.feed, [...(byFeed.get(file.feed) ?? []), counts]);
  });
  return [...byFeed].every(([feed, counts]) => {
    const { read, refused } = addCounts(counts);
    const { rows, share } = input.tolerance[feed] ?? {};
    return share === undefined ? refused <= (rows ?? 0) : refused <= share * read;
  });
}

export function addCounts(counts: RowCounts[]): RowCounts {
  const total = { read: 0, loaded: 0, refused: 0, waiting: 0 };
  for (const one of counts) {
    total.read += one.read;
    total.loaded += one.loaded;
    total.refused += one.refused;
    total.waiting += one.waiting;
  }
  return total;
}

/** What a run that loads nothing says of its rows: what was not refused waits in the landing bucket. */
export function nothingLoaded(rows: RowCounts): RowCounts {
  return { ...rows, loaded: 0, waiting: rows.waiting + rows.loaded };
}

function mergeTallies(tallies: RefusalTally[]): RefusalTally[] {
  const byReason = new Map<string, RefusalTally>();
  for (const tally of tallies) {
    const before = byReason.get(tally.reason);
    byReason.set(tally.reason, before ? { ...before, count: before.count + tally.count } : tally);
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count).slice(0, 50);
}

/** The sentence for a set that was not loaded. */
export function tooManyRefused(rows: RowCounts, refusals: RefusalTally[]): AppError {
  // A missing parent is often one that was itself refused, so what else is wrong is said first.
  const worst =
    refusals.find(({ reason }) => !/^No row of |^The order is not known/.test(reason)) ?? refusals[0];
  const because = worst ? ` ${worst.reason.replace(/[.]?$/, '.')} For example: ${worst.example}.` : '';
  return new AppError('rows.refused', {
    detail: `${rows.refused} of ${rows.read} rows were refused.${because}`,
  });
}
