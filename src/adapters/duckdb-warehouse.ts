import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, hasCode } from '../domain/app-error.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadQuery, Warehouse } from '../ports/warehouse.ts';
import { checkParameters } from './check-parameters.ts';
import { checkSelect } from './check-select.ts';
import type { LocalObjects } from './duckdb-batch.ts';
import { MACRO_VERSION } from './duckdb-macros.ts';
import { ownReads } from './duckdb-own-reads.ts';
import { startDuckdbReader } from './duckdb-reader.ts';
import { createScratch } from './duckdb-scratch.ts';
import { DEFAULT_LIMITS, type EngineLimits } from './duckdb-settings.ts';
import { type Snapshots, snapshotsIn } from './duckdb-snapshots.ts';
import { readSourceFile } from './duckdb-source.ts';
import { writeSnapshot } from './duckdb-writer.ts';
import { lockForWriting } from './duckdb-writer-lock.ts';
import { queryLanes } from './query-lanes.ts';
import type { TranslateOptions } from './redshift-functions-to-duckdb.ts';
import { redshiftToDuckdb } from './redshift-to-duckdb.ts';

/** The writer lives in the pipeline's own process; what does not fit is spilled to disk. */
const WRITER_MEMORY = '192MB';

export type DuckdbWarehouseOptions = {
  /** Made when missing; holds the snapshots, the lock and the engine's temporary files. */
  folder: string;
  /** Where CopySteps find their objects. */
  objects: LocalObjects;
  /** Sets getdate() and current_date; the machine's clock when left out. */
  clock?: Clock;
  /** Of the writer and of the reader each, as DuckDB writes it: '1GB'. Beyond it the engine spills to disk. */
  memoryLimit?: string;
  threads?: number;
  /** Starts the reading process at once, beside all else that starts; else at the first question. */
  warm?: boolean;
  /** How long a write waits for another process's write. */
  lockWaitMs?: number;
};

/**
 * The embedded warehouse. Reads run in a locked-down child process over an unchanging snapshot file; a write makes the next
 * snapshot. Readers never wait for a writer and see each batch wholly or not at all, in this process and in others.
 */
export async function openDuckdbWarehouse(options: DuckdbWarehouseOptions): Promise<Warehouse> {
  const limits: EngineLimits = {
    memoryLimit: options.memoryLimit ?? DEFAULT_LIMITS.memoryLimit,
    threads: options.threads ?? DEFAULT_LIMITS.threads,
    tempFolder: join(options.folder, 'tmp'),
  };
  await mkdir(limits.tempFolder, { recursive: true });
  const snapshots = snapshotsIn(options.folder);
  const reader = startDuckdbReader(limits);
  const lanes = queryLanes();
  const scratch = createScratch();
  const own = ownReads();
  const now = () => options.clock?.now() ?? new Date();
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** A snapshot may be replaced and deleted between our look and the reader's; then we look again. */
  const readNewest = async (
    query: ReadQuery,
    explain: boolean,
    timeoutMs: number,
    looks = 8,
  ): Promise<ResultTable> => {
    try {
      return await readOnce(query, explain, timeoutMs);
    } catch (error) {
      if (looks <= 1 || !isMissingFile(error)) throw error;
      await pause(25);
      return readNewest(query, explain, timeoutMs, looks - 1);
    }
  };
  const readOnce = async (query: ReadQuery, explain: boolean, timeoutMs: number): Promise<ResultTable> => {
    const file = await newestSnapshot(snapshots);
    const { sql, params = {}, isOurs = false, canAskForLess = false, ...rest } = query;
    const run = (meaning: TranslateOptions) => {
      const request = { ...rest, timeoutMs, file, params, sql: redshiftToDuckdb(sql, meaning) };
      const readApart = () => reader.run({ ...request, explain });
      if (!isOurs || explain) return readApart();
      const here = { ...limits, memoryLimit: options.memoryLimit ?? WRITER_MEMORY };
      const whenTooLarge = (next: () => Promise<ResultTable>) => (error: unknown) => {
        if (canAskForLess || !isTooLarge(error)) throw error;
        return next();
      };
      // One thread spills sooner than two; what does not fit even so may fit where nothing else is done.
      return own
        .read(request, here)
        .catch(whenTooLarge(() => own.read(request, { ...here, threads: 1 })))
        .catch(whenTooLarge(readApart));
    };
    const moment: TranslateOptions = options.clock ? { now: now() } : {};
    return run(moment).catch((error: unknown) => {
      if (!truncatesAMoment(error)) throw error;
      return run({ ...moment, truncatesMoments: true });
    });
  };
  const read = async (query: ReadQuery, explain = false): Promise<ResultTable> => {
    checkParameters(query.sql, query.params);
    checkSelect(query.sql);
    return lanes.run(query.timeoutMs, query.signal, (timeoutMs) => readNewest(query, explain, timeoutMs));
  };

  const write: Warehouse['write'] = (batch) => {
    const turn = lastWrite.then(async () => {
      const release = await lockForWriting(options.folder, options.lockWaitMs ?? 10_000);
      try {
        const writing = { ...limits, memoryLimit: options.memoryLimit ?? WRITER_MEMORY };
        const { objects } = options;
        own.letGo();
        return await writeSnapshot(batch, { snapshots, objects, limits: writing, now, scratch });
      } finally {
        await release();
      }
    });
    lastWrite = turn.catch(() => undefined);
    return turn;
  };
  // Written by an older Plumbline: any write brings the functions that questions may call up to this one.
  const macros = await snapshots.macros();
  if (macros !== undefined && macros !== MACRO_VERSION)
    await write({ token: `macros-${MACRO_VERSION}-${Date.now()}`, steps: [] });

  const file = options.warm ? await snapshots.current() : undefined;
  if (file) reader.warm(file);

  const readSource: Warehouse['readSource'] = async (source, select, maxRows) =>
    readSourceFile(
      source,
      (await options.objects.localPath?.(source.object)) ?? '',
      select,
      maxRows,
      limits.tempFolder,
    );

  return {
    read: (query) => read(query),
    ...(options.objects.localPath ? { readSource } : {}),
    async estimateRows(query) {
      const plan = await read({ ...query, maxRows: 100 }, true);
      return largestEstimate(plan);
    },
    write,
    holdsScratch: async (tables) => scratch.holds(tables),
    async close() {
      await lastWrite;
      own.letGo();
      scratch.close();
      await reader.close();
    },
  };
}

async function newestSnapshot(snapshots: Snapshots): Promise<string> {
  const file = await snapshots.current();
  if (file) return file;
  throw new AppError('warehouse.unavailable', { detail: 'It has no tables yet; run `warehouse migrate`.' });
}

function isMissingFile(error: unknown): boolean {
  return (
    error instanceof AppError &&
    error.code === 'warehouse.unavailable' &&
    typeof error.context['message'] === 'string' &&
    /does not exist|No such file/i.test(error.context['message'])
  );
}

function isTooLarge(error: unknown): boolean {
  return hasCode(error, 'warehouse.too-large');
}

function truncatesAMoment(error: unknown): boolean {
  return error instanceof AppError && /'trunc\((TIMESTAMP|DATE)/.test(error.detail ?? '');
}

/** The plan's boxes say '~1,234 rows'; reads cannot be fewer than the largest box. */
export function largestEstimate(plan: ResultTable): number | null {
  const text = plan.rows.map((row) => row.join('\n')).join('\n');
  const counts = [...text.matchAll(/~([\d,]+) rows?/g)].map((match) => Number(match[1]?.replaceAll(',', '')));
  return counts.length === 0 ? null : Math.max(...counts);
}
