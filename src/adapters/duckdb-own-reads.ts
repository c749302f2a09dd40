import { DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../domain/app-error.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { ReadQuery } from '../ports/warehouse.ts';
import { readError, readOn } from './duckdb-read.ts';
import { type EngineLimits, MEANING_SETTINGS, openOptions } from './duckdb-settings.ts';

/**
 * Runs a SELECT of ours over a snapshot in this process, in an engine that is gone afterwards: what pipelines ask needs no
 * locked process beside them, nor the memory of one. `sql` is DuckDB's dialect already.
 */
export async function readHere(
  query: ReadQuery & { file: string },
  limits: EngineLimits,
): Promise<ResultTable> {
  const { file, schema, sql, params = {}, maxRows } = query;
  let stopped: 'warehouse.timed-out' | 'warehouse.cancelled' | undefined;
  if (query.signal?.aborted) throw new AppError('warehouse.cancelled');
  let database: DuckDBInstance | undefined;
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    database = await DuckDBInstance.create(file, openOptions(limits, 'read'));
    const connection = await database.connect();
    const stop = (code: NonNullable<typeof stopped>) => () => {
      stopped ??= code;
      connection.interrupt();
    };
    onAbort = stop('warehouse.cancelled');
    timer = setTimeout(stop('warehouse.timed-out'), query.timeoutMs);
    query.signal?.addEventListener('abort', onAbort, { once: true });
    for (const setting of MEANING_SETTINGS) await connection.run(setting);
    const table = await readOn(connection, { schema, sql, params, maxRows, explain: false });
    connection.closeSync();
    return table;
  } catch (error) {
    if (stopped) throw new AppError(stopped, { cause: error });
    throw error instanceof AppError
      ? error
      : readError(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    if (onAbort) query.signal?.removeEventListener('abort', onAbort);
    database?.closeSync();
  }
}
