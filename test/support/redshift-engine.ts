import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  DuckDBTypeId,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import { macroStatements } from '../../src/adapters/duckdb-macros.ts';
import { MEANING_SETTINGS } from '../../src/adapters/duckdb-settings.ts';
import { redshiftToDuckdb } from '../../src/adapters/redshift-to-duckdb.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import { parameterNames, sqlTokens } from '../../src/warehouse/sql-tokens.ts';
import { catalogueChanges, REDSHIFT_CATALOGUE } from './redshift-catalogue.ts';

/** Gives the bytes that COPY reads. */
export type ReadObject = (ref: ObjectRef) => Promise<Uint8Array>;

export type RedshiftStatement = {
  sql: string;
  parameters: { name: string; value: string }[];
  readOnly: boolean;
  /** Told of `set statement_timeout`. */
  limit(ms: number): void;
};

/** What one statement came to. */
export type Part = {
  status: 'FINISHED' | 'FAILED' | 'ABORTED';
  error?: string;
  columns: Column[];
  rows: DuckDBValue[][];
  resultRows: number;
  hasResult: boolean;
};
export type Column = { name: string; typeName: string; precision: number; scale: number };

export type RedshiftEngine = {
  connect(readOnly: boolean): Promise<DuckDBConnection>;
  run(connection: DuckDBConnection, statement: RedshiftStatement): Promise<Part>;
  close(): Promise<void>;
};

/** An in-memory DuckDB that takes Redshift's dialect: its catalogue, search paths, time-outs, COPY and plans. */
export async function openRedshiftEngine(readObject: ReadObject | undefined): Promise<RedshiftEngine> {
  const database = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  await setUp(database);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-redshift-'));
  return {
    async connect(readOnly) {
      const connection = await database.connect();
      await connection.run("set search_path = 'main,engine'");
      // The reader's grants: policy schemas, and to read alone.
      if (readOnly)
        await connection.run(
          "create or replace temp macro has_schema_privilege(s, p) as (s like 'policy%' and p = 'usage')",
        );
      return connection;
    },
    run: (connection, statement) =>
      runStatement(connection, statement, (at, sql) => copyFromS3(at, sql, { readObject, folder })),
    async close() {
      database.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function setUp(database: DuckDBInstance): Promise<void> {
  const connection = await database.connect();
  for (const statement of [...MEANING_SETTINGS, ...macroStatements(), ...REDSHIFT_CATALOGUE])
    await connection.run(statement);
  connection.closeSync();
}

/** Throws in the engine's words; `redshiftWords` says them as Redshift does. */
async function runStatement(
  connection: DuckDBConnection,
  { sql, parameters, readOnly, limit }: RedshiftStatement,
  copy: (connection: DuckDBConnection, sql: string) => Promise<number>,
): Promise<Part> {
  const nothing: Part = { status: 'FINISHED', columns: [], rows: [], resultRows: 0, hasResult: false };
  if (await setsSearchPath(connection, sql)) return nothing;
  const timeout = /^\s*set\s+statement_timeout\s+to\s+(\d+)\s*;?\s*$/i.exec(sql);
  if (timeout) {
    limit(Number(timeout[1]));
    return nothing;
  }
  if (/^\s*copy\s/i.test(sql)) return { ...nothing, resultRows: await copy(connection, sql) };
  for (const change of catalogueChanges(sql)) await connection.run(change);
  const translated = redshiftToDuckdb(sql);
  if (translated === '') return nothing;
  const statement = await connection.prepare(translated);
  const isRead =
    statement.statementType === StatementType.SELECT || statement.statementType === StatementType.EXPLAIN;
  if (readOnly && !isRead) throw new Error('permission denied for relation');
  for (const name of parameterNames(sqlTokens(sql))) {
    const value = parameters.find((each) => each.name === name)?.value ?? '';
    if (value === '') throw new Error(`invalid value for parameter ${name}`);
    statement.bindVarchar(statement.parameterIndex(name), value);
  }
  const result = await statement.run();
  if (!isRead) return { ...nothing, resultRows: isChange(statement.statementType) ? result.rowsChanged : 0 };
  if (statement.statementType === StatementType.EXPLAIN) return explained(await result.getRowsJson());
  const rows = await result.getRows();
  return { status: 'FINISHED', columns: columnsOf(result), rows, resultRows: rows.length, hasResult: true };
}

async function setsSearchPath(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const path = /^\s*set\s+search_path\s+to\s+(\w+)\s*;?\s*$/i.exec(sql)?.[1];
  if (path === undefined) return false;
  // Redshift takes a path to a schema that is not there, and then finds nothing in it.
  const known = await connection.runAndReadAll(
    `select 1 from information_schema.schemata where schema_name = '${path}'`,
  );
  await connection.run(`set search_path = '${known.currentRowCount > 0 ? path : 'engine'},engine'`);
  return true;
}

/** The rows that COPY took in. */
async function copyFromS3(
  connection: DuckDBConnection,
  sql: string,
  { readObject: read, folder }: { readObject: ReadObject | undefined; folder: string },
): Promise<number> {
  const match = /^\s*copy\s+(\S+)\s*\(([^)]*)\)\s+from\s+'s3:\/\/([^/']+)\/([^']+)'([^]*)$/i.exec(sql);
  if (!match || !read) throw new Error('syntax error in COPY');
  const [, table, columns, bucket = '', key = '', tail = ''] = match;
  if (!/iam_role\s+'arn:[^']+'/i.test(tail)) throw new Error('COPY needs credentials: iam_role is missing');
  const object = { bucket, key };
  const refs = /\bmanifest\b/i.test(tail) ? manifestEntries(await read(object)) : [object];
  let rows = 0;
  for (const ref of refs) {
    const file = join(folder, `${randomUUID()}.csv`);
    await writeFile(file, await read(ref));
    const nulls = /emptyasnull/i.test(tail) ? 'true' : 'false';
    const compression = /\bgzip\b/i.test(tail) ? ", compression 'gzip'" : ", compression 'none'";
    const result = await connection.run(
      `copy ${table} (${columns}) from '${file}' (format csv, header true, auto_detect false, delimiter ',', quote '"', escape '"', nullstr '', allow_quoted_nulls ${nulls}${compression})`,
    );
    rows += result.rowsChanged;
  }
  return rows;
}

function manifestEntries(bytes: Uint8Array): ObjectRef[] {
  const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as { entries: { url: string }[] };
  return manifest.entries.map(({ url }) => {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
    return { bucket, key };
  });
}

const TYPE_NAMES: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.BOOLEAN]: 'bool',
  [DuckDBTypeId.TINYINT]: 'int2',
  [DuckDBTypeId.SMALLINT]: 'int2',
  [DuckDBTypeId.INTEGER]: 'int4',
  [DuckDBTypeId.BIGINT]: 'int8',
  [DuckDBTypeId.HUGEINT]: 'int8',
  [DuckDBTypeId.DECIMAL]: 'numeric',
  [DuckDBTypeId.DOUBLE]: 'float8',
  [DuckDBTypeId.FLOAT]: 'float4',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamptz',
};

function columnsOf(result: DuckDBMaterializedResult): Column[] {
  return result.columnNames().map((name, i) => ({
    name: name.toLowerCase(),
    typeName: TYPE_NAMES[result.columnTypeId(i)] ?? 'varchar',
    precision: 0,
    scale: 0,
  }));
}

function explained(rows: unknown[][]): Part {
  const text = rows.map((row) => String(row.at(-1))).join('\n');
  const lines = [...text.matchAll(/~([\d,]+) rows?/g)].map((match) => [
    `XN Seq Scan  (cost=0.00..1.00 rows=${match[1]?.replaceAll(',', '')} width=8)`,
  ]);
  const columns = [{ name: 'QUERY PLAN', typeName: 'varchar', precision: 0, scale: 0 }];
  return { status: 'FINISHED', columns, rows: lines, resultRows: lines.length, hasResult: true };
}

function isChange(type: StatementType): boolean {
  return (
    type === StatementType.INSERT ||
    type === StatementType.UPDATE ||
    type === StatementType.DELETE ||
    type === StatementType.MERGE_INTO
  );
}

/** A message of the engine as Redshift words it. */
export function redshiftWords(message: string): string {
  const missing = /(?:Table|View) with name "?([\w.]+)"? does not exist/i.exec(message);
  if (missing) return `ERROR: relation "${missing[1]?.toLowerCase()}" does not exist`;
  if (/INTERRUPT/.test(message)) return "ERROR: Query cancelled on user's request";
  if (/TransactionContext|Conflict/i.test(message))
    return 'ERROR: 1023 DETAIL: Serializable isolation violation on table';
  return `ERROR: ${message.split('\n')[0]}`;
}
