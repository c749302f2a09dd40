import mssql from 'mssql';
import { AppError } from '../domain/app-error.ts';
import type {
  SourceDatabase,
  SourceReading,
  SourceRequest,
  SourceRow,
  SourceTable,
  SourceTableName,
} from '../ports/source-database.ts';
import { onSource } from './source-errors.ts';
import { localTime, placedRows } from './source-rows.ts';

export type SqlServerSourceOptions = {
  connectionString: string;
  /** How far before the safe watermark a later reading begins: seconds for times, a count for numbers. */
  overlap: number;
  /** Of watermarks that are times without a zone. */
  timeZone: string;
};

type Cell = string | null;
type Call = (procedure: string, values: Record<string, Cell | number>) => Promise<Cell[][][]>;
const PASSES = 'SQL Server';

/**
 * Reads through the procedures of `etl/extracts/sqlserver/install.sql`. In one snapshot transaction where the database
 * allows it, so that all tables are of one moment; else each chunk is of its own.
 */
export function sqlServerSource(options: SqlServerSourceOptions): SourceDatabase {
  return {
    begin: () => onSource(PASSES, () => begin(options)),
    close: async () => undefined,
  };
}

async function begin(options: SqlServerSourceOptions): Promise<SourceReading> {
  const config = mssql.ConnectionPool.parseConnectionString(options.connectionString) as mssql.config;
  const pool = new mssql.ConnectionPool({
    ...config,
    pool: { min: 0, max: 1 },
    connectionTimeout: 15_000,
    requestTimeout: 600_000,
    options: { ...config.options, appName: 'plumbline-extract', useUTC: true },
    // Results as lists: a column of the cells and one of the place may have the same name.
    arrayRowMode: true,
  });
  // A lost connection is told by the call that it breaks; unheard, this event would end the process.
  pool.on('error', () => undefined);
  await pool.connect();
  let transaction: mssql.Transaction | null = null;
  const call: Call = (procedure, values) =>
    onSource(PASSES, async () => {
      const request = transaction ? new mssql.Request(transaction) : pool.request();
      for (const [name, value] of Object.entries(values))
        if (typeof value === 'number') request.input(name, mssql.BigInt, value);
        else request.input(name, mssql.NVarChar(mssql.MAX), value);
      const { recordsets } = await request.execute(`plumbline.${procedure}`);
      return (recordsets as unknown as unknown[][][]).map((rows) => rows.map((row) => row.map(textOf)));
    });
  let settled: string;
  try {
    settled = (await call('clock', {}))[0]?.[0]?.[0] ?? '';
    transaction = await snapshot(pool);
  } catch (thrown) {
    await pool.close();
    throw thrown;
  }
  return {
    isSnapshot: transaction !== null,
    describe: (table) => describe(table, call),
    reach: (table) => reach(table, { ...options, settled }, call),
    read: (request) => readRows(request, call),
    async close() {
      await transaction?.rollback().catch(() => undefined);
      await pool.close().catch(() => undefined);
    },
  };
}

/** Null where the database does not allow snapshots (ALTER DATABASE ... SET ALLOW_SNAPSHOT_ISOLATION ON). */
async function snapshot(pool: mssql.ConnectionPool): Promise<mssql.Transaction | null> {
  const { recordset } = await pool
    .request()
    .query('select snapshot_isolation_state from sys.databases where database_id = db_id()');
  const [row] = recordset as unknown as unknown[][];
  if (Number(row?.[0]) !== 1) return null;
  const transaction = new mssql.Transaction(pool);
  transaction.on('rollback', () => undefined);
  await transaction.begin(mssql.ISOLATION_LEVEL.SNAPSHOT);
  return transaction;
}

/** The procedures give nothing but texts. */
function textOf(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

async function describe({ table, key }: SourceTableName, call: Call): Promise<SourceTable> {
  const [columns = [], unique = []] = await call('describe_table', { table, key: JSON.stringify(key) });
  const isUnique = unique[0]?.[0] ?? null;
  return {
    columns: columns.map(([name, type, nullable]) => ({
      name: name ?? '',
      type: type ?? '',
      nullable: nullable === 'YES',
    })),
    keyIsUnique: isUnique === null ? null : isUnique === 'YES',
  };
}

async function reach(
  { table, watermark, where }: SourceTableName,
  { overlap, timeZone, settled }: SqlServerSourceOptions & { settled: string },
  call: Call,
): Promise<string | null> {
  refuseWhere(where);
  if (watermark === null) return null;
  const local = localTime(settled, timeZone).replace(' ', 'T');
  const [rows] = await call('reach', { table, watermark, overlap: Math.round(overlap), settled, local });
  return rows?.[0]?.[0] ?? null;
}

async function readRows(request: SourceRequest, call: Call): Promise<SourceRow[]> {
  const { table, key, watermark, part, after, from, where, columns } = request;
  refuseWhere(where);
  const marked = part === 'marked' && watermark !== null;
  const [rows = []] = await call('read_rows', {
    table,
    columns: JSON.stringify(columns),
    key: JSON.stringify(key),
    watermark,
    part,
    after: after && JSON.stringify(marked ? [after.watermark, ...after.key] : after.key),
    from: marked ? from : null,
    rows: request.rows,
  });
  return placedRows(rows, request);
}

/** A condition would have to go into the procedures' text. */
function refuseWhere(where: string | null): void {
  if (where !== null)
    throw new AppError('extract.invalid-declaration', {
      detail: "SQL Server takes no 'where': make a view of the rows and name it under 'from'.",
    });
}
