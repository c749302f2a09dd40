import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { MACRO_SCHEMA, macroStatements } from '../../src/adapters/duckdb-macros.ts';
import { bindParameters } from '../../src/adapters/duckdb-parameters.ts';
import { resultTable } from '../../src/adapters/duckdb-results.ts';
import { MEANING_SETTINGS } from '../../src/adapters/duckdb-settings.ts';
import { redshiftToDuckdb } from '../../src/adapters/redshift-to-duckdb.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { CopyStep, Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { readMigrations } from '../../src/warehouse/migrate.ts';

/** `clear` takes every row out of the tables that loads fill. */
export type AMemoryWarehouse = Warehouse & { clear(): Promise<void> };

/**
 * The engine and the translation of the embedded warehouse without its files and processes: for properties that need
 * hundreds of warehouses. Only what loads use; the adapter itself has its own contract.
 */
export async function aMemoryWarehouse(objects: ObjectStore): Promise<AMemoryWarehouse> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-memory-'));
  const database = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await database.connect();
  for (const setting of [...MEANING_SETTINGS, ...macroStatements()]) await connection.run(setting);
  await connection.run(`set search_path = 'main,${MACRO_SCHEMA}'`);
  for (const migration of await readMigrations()) {
    if (migration.name.includes('dates')) continue;
    for (const statement of migration.statements) await run(connection, { sql: statement.sql });
  }
  const tokens = new Set<string>();
  return {
    read: async (query) =>
      (await run(connection, query, query.maxRows)) ?? { columns: [], rows: [], truncated: false },
    async write(batch) {
      if (tokens.has(batch.token)) return [];
      tokens.add(batch.token);
      await connection.run('begin transaction');
      for (const step of batch.steps) {
        if ('copyInto' in step) await copy(connection, step, objects, folder);
        else if ('insertInto' in step) throw new Error('This warehouse reads no files.');
        else await run(connection, step);
      }
      await connection.run('commit');
      return [];
    },
    estimateRows: async () => null,
    async clear() {
      tokens.clear();
      for (const [schema, table] of await loadedTables(connection))
        await connection.run(
          schema === 'staging' ? `drop table staging.${table}` : `delete from ${schema}.${table}`,
        );
    },
    async close() {
      connection.closeSync();
      database.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function loadedTables(connection: DuckDBConnection): Promise<string[][]> {
  const found = await connection.runAndReadAll(
    "select schema_name, table_name from duckdb_tables() where schema_name in ('retail', 'history', 'ops', 'staging')",
  );
  return found.getRowsJson().map((row) => row.map(String));
}

async function run(connection: DuckDBConnection, { sql, params }: Statement, maxRows = 1000) {
  const translated = redshiftToDuckdb(sql);
  if (translated === '') return undefined;
  const statement = await connection.prepare(translated);
  bindParameters(statement, params ?? {});
  return resultTable(await statement.stream(), maxRows);
}

async function copy(connection: DuckDBConnection, step: CopyStep, objects: ObjectStore, folder: string) {
  const path = join(folder, 'copied.csv');
  for (const ref of step.objects) {
    await writeFile(path, await buffer((await objects.get(ref)).body));
    await connection.run(
      `copy ${step.copyInto} (${step.columns.join(', ')}) from '${path}' (format csv, header true, nullstr '', auto_detect false)`,
    );
  }
}
