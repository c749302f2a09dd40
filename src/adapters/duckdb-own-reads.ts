import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../domain/app-error.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { ReadQuery } from '../ports/warehouse.ts';
import { readError, readOn } from './duckdb-read.ts';
import { type EngineLimits, MEANING_SETTINGS, openOptions } from './duckdb-settings.ts';

export type OwnReads = {
  /** `sql` is DuckDB's dialect already. */
  read(query: OwnQuery, limits: EngineLimits): Promise<ResultTable>;
  /** Gives the engine's memory back, as soon as nothing is read any more. */
  letGo(): void;
};

type OwnQuery = ReadQuery & { file: string };
type Engine = { of: string; database: Promise<DuckDBInstance>; readers: number; isLeft: boolean };

/** A step of a pipeline asks several questions one after another; nobody asks after a pause as long as this. */
const KEPT_MS = 1_000;

/**
 * Runs SELECTs of ours over a snapshot in this process: what pipelines ask needs no locked process beside them, nor the memory
 * of one. The engine stays open for the next question of the same snapshot, since opening it costs more than many a question.
 */
export function ownReads(): OwnReads {
  let kept: Engine | undefined;
  let timer: NodeJS.Timeout | undefined;

  const leave = (engine: Engine) => {
    if (kept === engine) kept = undefined;
    engine.isLeft = true;
    if (engine.readers === 0) closeEngine(engine);
  };
  const engineOf = (file: string, limits: EngineLimits): Engine => {
    const of = JSON.stringify([file, limits]);
    if (kept && kept.of !== of) leave(kept);
    kept ??= { of, database: openEngine(file, limits), readers: 0, isLeft: false };
    return kept;
  };

  return {
    async read(query, limits) {
      if (query.signal?.aborted) throw new AppError('warehouse.cancelled');
      const engine = engineOf(query.file, limits);
      engine.readers += 1;
      clearTimeout(timer);
      try {
        return await readOnEngine(await engine.database, query);
      } catch (error) {
        leave(engine);
        throw error instanceof AppError
          ? error
          : readError(error instanceof Error ? error.message : String(error));
      } finally {
        engine.readers -= 1;
        if (engine.isLeft && engine.readers === 0) closeEngine(engine);
        clearTimeout(timer);
        if (kept) timer = setTimeout(() => kept && leave(kept), KEPT_MS).unref();
      }
    },
    letGo() {
      clearTimeout(timer);
      if (kept) leave(kept);
    },
  };
}

async function openEngine(file: string, limits: EngineLimits): Promise<DuckDBInstance> {
  const database = await DuckDBInstance.create(file, openOptions(limits, 'read'));
  const connection = await database.connect();
  for (const setting of MEANING_SETTINGS) await connection.run(setting);
  connection.closeSync();
  return database;
}

function closeEngine({ database }: Engine): void {
  database.then(
    (open) => open.closeSync(),
    () => undefined,
  );
}

async function readOnEngine(database: DuckDBInstance, query: OwnQuery): Promise<ResultTable> {
  const { schema, sql, params = {}, maxRows, timeoutMs, signal } = query;
  const connection = await database.connect();
  let stopped: 'warehouse.timed-out' | 'warehouse.cancelled' | undefined;
  const stop = (code: NonNullable<typeof stopped>) => () => {
    stopped ??= code;
    connection.interrupt();
  };
  const onAbort = stop('warehouse.cancelled');
  const timer = setTimeout(stop('warehouse.timed-out'), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await readOn(connection, { schema, sql, params, maxRows, explain: false });
  } catch (error) {
    if (stopped) throw new AppError(stopped, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    connection.closeSync();
  }
}
