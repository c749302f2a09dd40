import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { DuckDBValue } from '@duckdb/node-api';
import { openRedshiftEngine, type ReadObject } from './redshift-engine.ts';
import { ApiError, type Body, type Faults, type Run, redshiftRuns } from './redshift-runs.ts';
import { serving } from './serving.ts';

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

/** Statements on a page of ListStatements. */
const LISTED = 2;

/**
 * Amazon Redshift's Data API on this machine, for tests with the real SDK: AWS JSON 1.1 over an in-memory DuckDB that gets
 * Redshift's dialect translated. Copies the service's traps: values are text and '' fails, states, long polls, pages,
 * client tokens, a batch as one transaction, limits on SQL and on statements, sessions, and the faults in `Faults`.
 */
export async function startRedshiftDataServer(
  options: {
    readObject?: ReadObject;
    /** Logins with this secret may only read. */
    readerSecretArn?: string;
    rowsPerPage?: number;
  } = {},
): Promise<RedshiftDataServer> {
  const engine = await openRedshiftEngine(options.readObject);
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

  const runs = redshiftRuns(engine, { faults, seen, readerSecretArn: options.readerSecretArn });

  const handlers: Record<string, (body: Body) => Promise<unknown>> = {
    async ExecuteStatement(body) {
      const run = await runs.submit(body, false);
      await runs.waitFor(run, body);
      return submitted(run);
    },
    async BatchExecuteStatement(body) {
      const run = await runs.submit(body, true);
      await runs.waitFor(run, body);
      return submitted(run);
    },
    async DescribeStatement(body) {
      if (body.WaitTimeSeconds && faults.tooManyWaiting > 0) {
        faults.tooManyWaiting--;
        throw new ApiError('ActiveWaitingRequestsExceededException', 'Too many waiting requests.');
      }
      const run = runs.find(body.Id ?? '');
      await runs.waitFor(run, body);
      return described(run);
    },
    async GetStatementResult(body) {
      const [id = '', sub] = (body.Id ?? '').split(':');
      const run = runs.find(id);
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
      const named = runs.all().filter(({ name }) => name?.startsWith(body.StatementName ?? ''));
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
      const run = runs.find(body.Id ?? '');
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
  const served = await serving(server);
  return {
    endpoint: served.origin,
    faults,
    calls,
    sql: seen,
    forgetResults: runs.forgetResults,
    forgetClientTokens: runs.forgetClientTokens,
    async close() {
      await served.close();
      await runs.close();
      await engine.close();
    },
  };
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

function send(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(json);
}
