import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { checkParameters } from '../../src/adapters/check-parameters.ts';
import { checkSelect } from '../../src/adapters/check-select.ts';
import { applyBatch, type LocalObjects } from '../../src/adapters/duckdb-batch.ts';
import { readError, readOn } from '../../src/adapters/duckdb-read.ts';
import { MEANING_SETTINGS, openOptions, searchPathStatement } from '../../src/adapters/duckdb-settings.ts';
import { readSourceFile } from '../../src/adapters/duckdb-source.ts';
import { largestEstimate } from '../../src/adapters/duckdb-warehouse.ts';
import { redshiftToDuckdb } from '../../src/adapters/redshift-to-duckdb.ts';
import { AppError } from '../../src/domain/app-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ReadQuery, Warehouse } from '../../src/ports/warehouse.ts';

type Options = { file: string; objects: LocalObjects; clock?: Clock };

/**
 * A Warehouse on one open DuckDB file: the engine, the translation and the steps of the embedded warehouse, with none of
 * what makes it safe for several processes. It keeps the contract of every Warehouse.
 */
export async function anOpenDuckdb({ file, objects, clock }: Options): Promise<Warehouse> {
  const workFolder = await mkdtemp(join(tmpdir(), 'plumbline-open-'));
  const limits = { memoryLimit: '512MB', threads: 1, tempFolder: workFolder };
  const database = await DuckDBInstance.create(file, {
    ...openOptions(limits, 'write'),
    checkpoint_threshold: '1TB',
  });
  const writer = await database.connect();
  for (const setting of MEANING_SETTINGS) await writer.run(setting);
  await writer.run(searchPathStatement('main'));
  const now = () => clock?.now() ?? new Date();
  let last: Promise<unknown> = Promise.resolve();

  const read = async (query: ReadQuery, explain = false) => {
    checkParameters(query.sql, query.params);
    checkSelect(query.sql);
    if (query.signal?.aborted) throw new AppError('warehouse.cancelled');
    const connection = await database.connect();
    let stopped: 'warehouse.timed-out' | 'warehouse.cancelled' | undefined;
    const stop = (code: NonNullable<typeof stopped>) => () => {
      stopped ??= code;
      connection.interrupt();
    };
    const timer = setTimeout(stop('warehouse.timed-out'), query.timeoutMs);
    const onAbort = stop('warehouse.cancelled');
    query.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const { schema, params = {}, maxRows } = query;
      const sql = redshiftToDuckdb(query.sql, clock ? { now: now() } : {});
      return await readOn(connection, { schema, sql, params, maxRows, explain });
    } catch (error) {
      if (stopped) throw new AppError(stopped);
      throw readError(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      query.signal?.removeEventListener('abort', onAbort);
      connection.closeSync();
    }
  };
  const readSource: Warehouse['readSource'] = async (source, select, maxRows) =>
    readSourceFile(source, (await objects.localPath?.(source.object)) ?? '', select, maxRows, workFolder);

  return {
    read: (query) => read(query),
    ...(objects.localPath ? { readSource } : {}),
    estimateRows: async (query) => largestEstimate(await read({ ...query, maxRows: 100 }, true)),
    write(batch) {
      const turn = last.then(() => applyBatch(writer, batch, { objects, workFolder, now }));
      last = turn.catch(() => undefined);
      return turn.then(({ results }) => results);
    },
    async close() {
      await last;
      writer.closeSync();
      database.closeSync();
      await rm(workFolder, { recursive: true, force: true });
    },
  };
}
