import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
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

/** Faults to show on demand; numbers count down with each request that met them. */
type Faults = {
  throttled: number;
  tooManyStatements: number;
  tooManyWaiting: number;
  serverErrors: number;
  /** Requests whose connection is cut after the work was done. */
  lostReplies: number;
  paused: boolean;
  /** Long polls are not honoured: every look is answered at once. */
  neverWaits: boolean;
};

export type RedshiftDataServer = {
  endpoint: string;
  faults: Faults;
  /** Names of the operations asked so far. */
  calls: string[];
  /** Every SQL text received. */
  sql: string[];
  /** As after 24 hours: statements and results are gone. */
  forgetResults(): void;
  /** As after eight hours: client tokens are gone. */
  forgetClientTokens(): void;
  close(): Promise<void>;
};

type Run = {
  id: string;
  sqls: string[];
  parameters: { name: string; value: string }[];
  status: 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';
  error?: string;
  createdAt: number;
  updatedAt: number;
  isBatch: boolean;
  sessionId?: string;
  name?: string;
  parts: Part[];
  connection?: DuckDBConnection;
  cancelled: boolean;
  done: Promise<void>;
};

type Part = {
  status: Run['status'];
  error?: string;
  columns: Column[];
  rows: DuckDBValue[][];
  resultRows: number;
  hasResult: boolean;
};
type Column = { name: string; typeName: string; precision: number; scale: number };
type Body = {
  Sql?: string;
  Sqls?: string[];
  StatementName?: string;
  Parameters?: { name: string; value: string }[];
  ClientToken?: string;
  Database?: string;
  SecretArn?: string;
  SessionId?: string;
  SessionKeepAliveSeconds?: number;
  WaitTimeSeconds?: number;
  Id?: string;
  NextToken?: string;
};

/** Statements on a page of ListStatements. */
const LISTED = 2;

class ApiError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/**
 * Amazon Redshift's Data API on this machine, for tests with the real SDK: AWS JSON 1.1 over an in-memory DuckDB that gets
 * Redshift's dialect translated. Copies the service's traps: values are text and '' fails, states, long polls, pages,
 * client tokens, a batch as one transaction, limits on SQL and on statements, sessions, and the faults in `Faults`.
 */
export async function startRedshiftDataServer(
  options: {
    /** Gives the bytes that COPY reads. */
    readObject?: (ref: ObjectRef) => Promise<Uint8Array>;
    /** Logins with this secret may only read. */
    readerSecretArn?: string;
    rowsPerPage?: number;
  } = {},
): Promise<RedshiftDataServer> {
  const database = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  await setUp(database);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-redshift-'));
  const runs = new Map<string, Run>();
  const tokens = new Map<string, { id: string; hash: string }>();
  const sessions = new Map<string, { connection: DuckDBConnection; busy: boolean }>();
  const faults: Faults = {
    throttled: 0,
    tooManyStatements: 0,
    tooManyWaiting: 0,
    serverErrors: 0,
    lostReplies: 0,
    paused: false,
    neverWaits: false,
  };
  const calls: string[] = [];
  const seen: string[] = [];
  const rowsPerPage = options.rowsPerPage ?? 1000;

  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await database.connect();
    await connection.run("set search_path = 'main,engine'");
    return connection;
  };

  const submit = async (body: Body, isBatch: boolean): Promise<Run> => {
    if (faults.tooManyStatements > 0) {
      faults.tooManyStatements--;
      throw new ApiError('ActiveStatementsExceededException', 'More than 500 active statements.');
    }
    if (faults.paused)
      throw new ApiError('DatabaseConnectionException', 'The workgroup is not available.', 500);
    const sqls = isBatch ? (body.Sqls ?? []) : [body.Sql ?? ''];
    const parameters = body.Parameters ?? [];
    validate(sqls, parameters, body);
    const token = body.ClientToken;
    const hash = createHash('sha256')
      .update(JSON.stringify([sqls, parameters]))
      .digest('hex');
    const earlier = token ? tokens.get(token) : undefined;
    if (earlier) {
      if (earlier.hash !== hash)
        throw new ApiError('ValidationException', 'The ClientToken was used with other statements.');
      const run = runs.get(earlier.id);
      if (run) return run;
    }
    seen.push(...sqls);
    const run: Run = {
      id: randomUUID(),
      sqls,
      parameters,
      status: 'SUBMITTED',
      createdAt: Date.now() / 1000,
      updatedAt: Date.now() / 1000,
      isBatch,
      parts: [],
      cancelled: false,
      done: Promise.resolve(),
    };
    const sessionId = await sessionFor(body);
    if (sessionId) run.sessionId = sessionId;
    if (body.StatementName) run.name = body.StatementName;
    runs.set(run.id, run);
    if (token) tokens.set(token, { id: run.id, hash });
    const readOnly = options.readerSecretArn !== undefined && body.SecretArn === options.readerSecretArn;
    run.done = execute(run, readOnly);
    // A statement that begins while the server closes fails, and nobody waits for it.
    run.done.catch(() => undefined);
    return run;
  };

  const sessionFor = async (body: Body): Promise<string | undefined> => {
    const given = body.SessionId;
    if (given) {
      const session = sessions.get(given);
      if (!session) throw new ApiError('ValidationException', 'The session does not exist.');
      if (session.busy) throw new ApiError('ValidationException', 'A query is running in the session.');
      return given;
    }
    if (!body.SessionKeepAliveSeconds) return undefined;
    const id = randomUUID();
    sessions.set(id, { connection: await connect(), busy: false });
    return id;
  };

  const execute = async (run: Run, readOnly: boolean): Promise<void> => {
    const session = run.sessionId ? sessions.get(run.sessionId) : undefined;
    if (session) session.busy = true;
    const connection = session?.connection ?? (await connect());
    run.connection = connection;
    // The reader's grants: policy schemas, and to read alone.
    if (readOnly)
      await connection.run(
        "create or replace temp macro has_schema_privilege(s, p) as (s like 'policy%' and p = 'usage')",
      );
    run.status = 'PICKED';
    await new Promise((resolve) => setImmediate(resolve));
    run.status = 'STARTED';
    let timer: NodeJS.Timeout | undefined;
    let timedOut = false;
    const limit = (ms: number) => {
      timer = setTimeout(() => {
        timedOut = true;
        connection.interrupt();
      }, ms);
    };
    try {
      if (run.isBatch) await connection.run('begin transaction');
      for (const sql of run.sqls) {
        const part = await runOne(connection, sql, run.parameters, readOnly, limit);
        run.parts.push(part);
      }
      if (run.cancelled) throw new Error('INTERRUPT Error');
      if (run.isBatch) await connection.run('commit');
      run.status = 'FINISHED';
    } catch (error) {
      if (run.isBatch) await connection.run('rollback').catch(() => undefined);
      const message = error instanceof Error ? error.message : String(error);
      const stopped = /INTERRUPT/.test(message);
      run.status = run.cancelled && stopped ? 'ABORTED' : 'FAILED';
      run.error = timedOut ? 'ERROR: Query cancelled by statement timeout' : redshiftWords(message);
      run.parts.push({
        status: run.status,
        error: run.error,
        columns: [],
        rows: [],
        resultRows: -1,
        hasResult: false,
      });
    } finally {
      clearTimeout(timer);
      run.updatedAt = Date.now() / 1000;
      if (session) session.busy = false;
      else connection.closeSync();
    }
  };

  const runOne = async (
    connection: DuckDBConnection,
    sql: string,
    parameters: Run['parameters'],
    readOnly: boolean,
    limit: (ms: number) => void,
  ): Promise<Part> => {
    const nothing: Part = { status: 'FINISHED', columns: [], rows: [], resultRows: 0, hasResult: false };
    const path = /^\s*set\s+search_path\s+to\s+(\w+)\s*;?\s*$/i.exec(sql);
    if (path) {
      // Redshift takes a path to a schema that is not there, and then finds nothing in it.
      const known = await connection.runAndReadAll(
        `select 1 from information_schema.schemata where schema_name = '${path[1]}'`,
      );
      await connection.run(`set search_path = '${known.currentRowCount > 0 ? path[1] : 'engine'},engine'`);
      return nothing;
    }
    const timeout = /^\s*set\s+statement_timeout\s+to\s+(\d+)\s*;?\s*$/i.exec(sql);
    if (timeout) {
      limit(Number(timeout[1]));
      return nothing;
    }
    if (/^\s*copy\s/i.test(sql)) return { ...nothing, resultRows: await copyFromS3(connection, sql) };
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
    if (!isRead)
      return { ...nothing, resultRows: isChange(statement.statementType) ? result.rowsChanged : 0 };
    if (statement.statementType === StatementType.EXPLAIN) return explained(await result.getRowsJson());
    const rows = await result.getRows();
    return { status: 'FINISHED', columns: columnsOf(result), rows, resultRows: rows.length, hasResult: true };
  };

  const copyFromS3 = async (connection: DuckDBConnection, sql: string): Promise<number> => {
    const match = /^\s*copy\s+(\S+)\s*\(([^)]*)\)\s+from\s+'s3:\/\/([^/']+)\/([^']+)'([^]*)$/i.exec(sql);
    if (!match || !options.readObject) throw new Error('syntax error in COPY');
    const [, table, columns, bucket = '', key = '', tail = ''] = match;
    if (!/iam_role\s+'arn:[^']+'/i.test(tail)) throw new Error('COPY needs credentials: iam_role is missing');
    const read = options.readObject;
    let refs: ObjectRef[] = [{ bucket, key }];
    if (/\bmanifest\b/i.test(tail)) {
      const manifest = JSON.parse(Buffer.from(await read({ bucket, key })).toString('utf8')) as {
        entries: { url: string }[];
      };
      refs = manifest.entries.map(({ url }) => {
        const [, b = '', k = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
        return { bucket: b, key: k };
      });
    }
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
  };

  const handlers: Record<string, (body: Body) => Promise<unknown>> = {
    async ExecuteStatement(body) {
      const run = await submit(body, false);
      await waitFor(run, body);
      return submitted(run);
    },
    async BatchExecuteStatement(body) {
      const run = await submit(body, true);
      await waitFor(run, body);
      return submitted(run);
    },
    async DescribeStatement(body) {
      if (body.WaitTimeSeconds && faults.tooManyWaiting > 0) {
        faults.tooManyWaiting--;
        throw new ApiError('ActiveWaitingRequestsExceededException', 'Too many waiting requests.');
      }
      const run = find(body.Id ?? '');
      await waitFor(run, body);
      return described(run);
    },
    async GetStatementResult(body) {
      const [id = '', sub] = (body.Id ?? '').split(':');
      const run = find(id);
      if (run.status !== 'FINISHED')
        throw new ApiError('ResourceNotFoundException', 'Query is not in FINISHED state.');
      const part = run.parts[sub ? Number(sub) - 1 : run.parts.length - 1];
      if (!part?.hasResult) throw new ApiError('ResourceNotFoundException', 'Query does not have result.');
      const from = Number(body.NextToken ?? 0);
      const rows = part.rows.slice(from, from + rowsPerPage);
      return {
        ColumnMetadata: part.columns.map((column) => ({ ...column, label: column.name, nullable: 1 })),
        Records: rows.map((row) => row.map((value, i) => field(value, part.columns[i]?.typeName ?? ''))),
        TotalNumRows: part.rows.length,
        ...(from + rowsPerPage < part.rows.length ? { NextToken: String(from + rowsPerPage) } : {}),
      };
    },
    async ListStatements(body) {
      const named = [...runs.values()].filter(({ name }) => name?.startsWith(body.StatementName ?? ''));
      const from = Number(body.NextToken ?? 0);
      return {
        Statements: named.slice(from, from + LISTED).map((run) => ({
          Id: run.id,
          Status: run.status,
          StatementName: run.name,
          SessionId: run.sessionId,
        })),
        ...(from + LISTED < named.length ? { NextToken: String(from + LISTED) } : {}),
      };
    },
    async CancelStatement(body) {
      const run = find(body.Id ?? '');
      if (/FINISHED|FAILED|ABORTED/.test(run.status))
        throw new ApiError(
          'ValidationException',
          'Could not cancel a query that is already in a final state.',
        );
      run.cancelled = true;
      run.connection?.interrupt();
      return { Status: true };
    },
  };

  const waitFor = async (run: Run, body: Body): Promise<void> => {
    const seconds = faults.neverWaits ? 0 : Number(body.WaitTimeSeconds ?? 0);
    if (seconds > 30) throw new ApiError('ValidationException', 'WaitTimeSeconds is at most 30.');
    if (seconds === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    await Promise.race([run.done, late]);
    clearTimeout(timer);
  };

  const find = (id: string): Run => {
    const run = runs.get(id.split(':')[0] ?? '');
    if (!run) throw new ApiError('ResourceNotFoundException', 'Query does not exist.');
    return run;
  };

  const server = createServer((request, response) => {
    void respond(request, response);
  });
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target'] ?? '').replace('RedshiftData.', '');
    try {
      const body = JSON.parse((await buffer(request)).toString('utf8') || '{}') as Body;
      calls.push(operation);
      if (faults.throttled > 0) {
        faults.throttled--;
        throw new ApiError('ThrottlingException', 'Rate exceeded');
      }
      if (faults.serverErrors > 0) {
        faults.serverErrors--;
        throw new ApiError('InternalServerException', 'Something broke', 500);
      }
      const handler = handlers[operation];
      if (!handler) throw new ApiError('UnknownOperationException', operation);
      const reply = await handler(body);
      if (faults.lostReplies > 0) {
        faults.lostReplies--;
        request.socket.destroy();
        return;
      }
      send(response, 200, rawNumbers(JSON.stringify(reply)));
    } catch (error) {
      const api =
        error instanceof ApiError ? error : new ApiError('InternalServerException', String(error), 500);
      send(response, api.status, JSON.stringify({ __type: api.type, message: api.message }));
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    calls,
    sql: seen,
    forgetResults: () => runs.clear(),
    forgetClientTokens: () => tokens.clear(),
    async close() {
      await closeServer(server);
      for (const run of runs.values()) run.connection?.interrupt();
      await Promise.allSettled([...runs.values()].map((run) => run.done));
      for (const session of sessions.values()) session.connection.closeSync();
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

function validate(sqls: string[], parameters: Run['parameters'], body: Body): void {
  if (sqls.length < 1 || sqls.length > 40)
    throw new ApiError('ValidationException', 'Sqls must have 1 to 40 members.');
  if (sqls.reduce((bytes, sql) => bytes + Buffer.byteLength(sql), 0) > 100_000)
    throw new ApiError('ValidationException', 'Sql must be at most 100 KB.');
  if ((body.ClientToken ?? '').length > 64)
    throw new ApiError('ValidationException', 'ClientToken must be at most 64 long.');
  if (body.SessionId && body.Database)
    throw new ApiError('ValidationException', 'Database cannot be given together with SessionId.');
  if (!body.SessionId && !body.Database) throw new ApiError('ValidationException', 'Database is missing.');
  const used = new Set(sqls.flatMap((sql) => parameterNames(sqlTokens(sql))));
  for (const { name } of parameters)
    if (!used.has(name)) throw new ApiError('ValidationException', `Parameter ${name} is not referenced.`);
  for (const name of used)
    if (!parameters.some((each) => each.name === name))
      throw new ApiError('ValidationException', `Parameter ${name} has no value.`);
}

function submitted(run: Run) {
  return {
    Id: run.id,
    CreatedAt: run.createdAt,
    Status: run.status,
    ...(run.sessionId ? { SessionId: run.sessionId } : {}),
  };
}

function described(run: Run) {
  const last = run.parts.at(-1);
  return {
    Id: run.id,
    Status: run.status,
    CreatedAt: run.createdAt,
    UpdatedAt: run.updatedAt,
    QueryString: run.sqls.join(';'),
    HasResultSet: run.parts.some((part) => part.hasResult),
    ResultRows: last?.resultRows ?? -1,
    ...(run.error ? { Error: run.error } : {}),
    ...(run.sessionId ? { SessionId: run.sessionId } : {}),
    ...(run.isBatch
      ? {
          SubStatements: run.sqls.map((sql, i) => ({
            Id: `${run.id}:${i + 1}`,
            QueryString: sql,
            Status: run.parts[i]?.status ?? 'ABORTED',
            HasResultSet: run.parts[i]?.hasResult ?? false,
            ResultRows: run.parts[i]?.resultRows ?? -1,
            ...(run.parts[i]?.error ? { Error: run.parts[i]?.error } : {}),
          })),
        }
      : {}),
  };
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

/** Numeric, date and timestamp come as text, integers as longValue, whatever their size. */
function field(value: DuckDBValue | undefined, typeName: string) {
  if (value === null || value === undefined) return { isNull: true };
  if (typeName === 'bool') return { booleanValue: value };
  if (typeName.startsWith('int')) return { longValue: `@@raw:${String(value)}@@` };
  if (typeName.startsWith('float')) return { doubleValue: value };
  return { stringValue: String(value) };
}

/** JSON.stringify cannot write integers above 2^53; the service does. */
function rawNumbers(json: string): string {
  return json.replace(/"@@raw:(-?\d+)@@"/g, '$1');
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

function redshiftWords(message: string): string {
  const missing = /(?:Table|View) with name "?([\w.]+)"? does not exist/i.exec(message);
  if (missing) return `ERROR: relation "${missing[1]?.toLowerCase()}" does not exist`;
  if (/INTERRUPT/.test(message)) return "ERROR: Query cancelled on user's request";
  if (/TransactionContext|Conflict/i.test(message))
    return 'ERROR: 1023 DETAIL: Serializable isolation violation on table';
  return `ERROR: ${message.split('\n')[0]}`;
}

function send(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(json);
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
