import { createHash, randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parameterNames, sqlTokens } from '../../src/warehouse/sql-tokens.ts';
import { type Part, type RedshiftEngine, redshiftWords } from './redshift-engine.ts';

/** Faults to show on demand; numbers count down with each request that met them. */
export type Faults = {
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

export type Run = {
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

export type Body = {
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

/** A refusal as the service words it. */
export class ApiError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export type RedshiftRuns = {
  submit(body: Body, isBatch: boolean): Promise<Run>;
  find(id: string): Run;
  all(): Run[];
  /** As long as the request asks to wait, or until the run has ended. */
  waitFor(run: Run, body: Body): Promise<void>;
  forgetResults(): void;
  forgetClientTokens(): void;
  close(): Promise<void>;
};

/** Statements as the service runs them: client tokens, sessions, states, a batch as one transaction, limits. */
export function redshiftRuns(
  engine: RedshiftEngine,
  { faults, seen, readerSecretArn }: { faults: Faults; seen: string[]; readerSecretArn: string | undefined },
): RedshiftRuns {
  const runs = new Map<string, Run>();
  const tokens = new Map<string, { id: string; hash: string }>();
  const sessions = new Map<string, { connection: DuckDBConnection; busy: boolean }>();

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
    const readOnly = readerSecretArn !== undefined && body.SecretArn === readerSecretArn;
    const sessionId = await sessionFor(body, readOnly);
    if (sessionId) run.sessionId = sessionId;
    if (body.StatementName) run.name = body.StatementName;
    runs.set(run.id, run);
    if (token) tokens.set(token, { id: run.id, hash });
    run.done = execute(run, readOnly);
    // A statement that begins while the server closes fails, and nobody waits for it.
    run.done.catch(() => undefined);
    return run;
  };

  const sessionFor = async (body: Body, readOnly: boolean): Promise<string | undefined> => {
    const given = body.SessionId;
    if (given) {
      const session = sessions.get(given);
      if (!session) throw new ApiError('ValidationException', 'The session does not exist.');
      if (session.busy) throw new ApiError('ValidationException', 'A query is running in the session.');
      return given;
    }
    if (!body.SessionKeepAliveSeconds) return undefined;
    const id = randomUUID();
    sessions.set(id, { connection: await engine.connect(readOnly), busy: false });
    return id;
  };

  const execute = async (run: Run, readOnly: boolean): Promise<void> => {
    const session = run.sessionId ? sessions.get(run.sessionId) : undefined;
    if (session) session.busy = true;
    const connection = session?.connection ?? (await engine.connect(readOnly));
    run.connection = connection;
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
        run.parts.push(await engine.run(connection, { sql, parameters: run.parameters, readOnly, limit }));
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

  return {
    submit,
    find,
    all: () => [...runs.values()],
    waitFor,
    forgetResults: () => runs.clear(),
    forgetClientTokens: () => tokens.clear(),
    async close() {
      for (const run of runs.values()) run.connection?.interrupt();
      await Promise.allSettled([...runs.values()].map((run) => run.done));
      for (const session of sessions.values()) session.connection.closeSync();
    },
  };
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
