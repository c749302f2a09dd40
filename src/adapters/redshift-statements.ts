import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementResponse,
  ExecuteStatementCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { AppError } from '../domain/app-error.ts';
import { following } from './plain-tracer.ts';
import { dataApiError, statementError } from './redshift-errors.ts';
import type { BoundSql } from './redshift-parameters.ts';

/** Where statements go and as whom. A workgroup (serverless) or a cluster; a secret, a database user or the caller's own role. */
export type RedshiftTarget = {
  database: string;
  workgroupName?: string;
  clusterIdentifier?: string;
  secretArn?: string;
  dbUser?: string;
};

export type RedshiftNeeds = {
  client: RedshiftDataClient;
  sleep: (ms: number) => Promise<void>;
  /** 0 to 1, for jitter. */
  random: () => number;
};

export type RunOptions = {
  target: RedshiftTarget;
  /** The same token within eight hours gives the same statement instead of a second one. */
  clientToken: string;
  /** Milliseconds as Date.now() counts; 0 does not wait at all. */
  deadline: number;
  signal?: AbortSignal;
  sessionId?: string;
  keepSessionSeconds?: number;
};

/** Limits of BatchExecuteStatement and of one request's SQL. */
export const MAX_BATCH_STATEMENTS = 40;
export const MAX_SQL_BYTES = 100_000;

/** Longest that one HTTP request waits for the statement; less than the client's own time-out. */
const LONG_POLL_SECONDS = 15;
const MAX_TRIES = 6;

/** Runs statements to their end; several are one transaction. Stops them when time is up or `signal` fires. */
export async function runStatements(
  statements: BoundSql[],
  options: RunOptions,
  needs: RedshiftNeeds,
): Promise<DescribeStatementResponse> {
  const total = statements.reduce((bytes, each) => bytes + Buffer.byteLength(each.sql), 0);
  if (total > MAX_SQL_BYTES)
    throw new AppError('warehouse.bad-statement', {
      detail: `The SQL is ${total} bytes long; Redshift takes ${MAX_SQL_BYTES}.`,
    });
  const submitted = await retrying(() => submit(statements, options, needs), options, needs).catch(
    async (error: unknown) => {
      if (options.signal?.aborted) await cancelUnknown(statements, options, needs);
      throw error;
    },
  );
  const id = submitted.Id ?? '';
  try {
    return await waitForEnd(id, submitted.SessionId, options, needs);
  } catch (error) {
    if (error instanceof AppError && /timed-out|cancelled/.test(error.code)) await cancel(id, needs);
    throw error;
  }
}

async function submit(statements: BoundSql[], options: RunOptions, needs: RedshiftNeeds) {
  const { target } = options;
  const parameters = statements.flatMap((each) => each.parameters);
  const common = {
    ClientToken: options.clientToken,
    ...statementName(),
    ...(options.deadline > 0 ? { WaitTimeSeconds: waitSeconds(options) } : {}),
    ...(parameters.length > 0 ? { Parameters: parameters } : {}),
    ...(options.keepSessionSeconds ? { SessionKeepAliveSeconds: options.keepSessionSeconds } : {}),
    ...(options.sessionId ? { SessionId: options.sessionId } : connection(target)),
  };
  const [only] = statements;
  const abort = options.signal ? { abortSignal: options.signal } : {};
  if (only && statements.length === 1)
    return needs.client.send(new ExecuteStatementCommand({ Sql: only.sql, ...common }), abort);
  const batch = { Sqls: statements.map((each) => each.sql), ...common };
  return needs.client.send(new BatchExecuteStatementCommand(batch), abort);
}

/** In the console and in ListStatements a statement has the number of its question or run. */
function statementName(): { StatementName?: string } {
  const { question, run } = following();
  const name = question ?? run;
  return name ? { StatementName: name } : {};
}

function connection(target: RedshiftTarget) {
  return {
    Database: target.database,
    ...(target.workgroupName ? { WorkgroupName: target.workgroupName } : {}),
    ...(target.clusterIdentifier ? { ClusterIdentifier: target.clusterIdentifier } : {}),
    ...(target.secretArn ? { SecretArn: target.secretArn } : {}),
    ...(target.dbUser ? { DbUser: target.dbUser } : {}),
  };
}

async function waitForEnd(
  id: string,
  sessionId: string | undefined,
  options: RunOptions,
  needs: RedshiftNeeds,
): Promise<DescribeStatementResponse> {
  for (let look = 0; ; look++) {
    checkTime(options);
    const asked = Date.now();
    const command = new DescribeStatementCommand({ Id: id, WaitTimeSeconds: waitSeconds(options) });
    const abort = options.signal ? { abortSignal: options.signal } : {};
    const state = await retrying(() => needs.client.send(command, abort), options, needs);
    if (state.Status === 'FINISHED') return { ...state, SessionId: state.SessionId ?? sessionId };
    if (state.Status === 'FAILED' || state.Status === 'ABORTED') {
      const failed = state.SubStatements?.findIndex((each) => each.Status === 'FAILED') ?? -1;
      const message = state.SubStatements?.[failed]?.Error ?? state.Error ?? '';
      const error = statementError(state.Status, message);
      throw withContext(error, { step: failed, createdAt: state.CreatedAt?.getTime() ?? 0 });
    }
    // A server that does not wait for us is asked less and less often.
    if (Date.now() - asked < 1000)
      await needs.sleep(Math.min(2000, 50 * 1.6 ** look) * (0.5 + needs.random() / 2));
  }
}

/** Tries again after throttling and faults of the way there; the client token makes that safe. */
async function retrying<T>(call: () => Promise<T>, options: RunOptions, needs: RedshiftNeeds): Promise<T> {
  for (let tries = 1; ; tries++) {
    checkTime(options);
    try {
      return await call();
    } catch (thrown) {
      if (options.signal?.aborted) throw new AppError('warehouse.cancelled', { cause: thrown });
      const error = dataApiError(thrown);
      if (!error.retryable || isLasting(error) || tries >= MAX_TRIES) throw error;
      await needs.sleep(Math.min(8000, 200 * 2 ** tries) * (0.5 + needs.random() / 2));
    }
  }
}

/** Credentials that are refused now are refused in a second too. */
function isLasting(error: AppError): boolean {
  const { name } = error.context;
  return (
    typeof name === 'string' &&
    /AccessDenied|ExpiredToken|UnrecognizedClient|Signature|CredentialsProvider/.test(name)
  );
}

/** For reading pages: the same retries as for statements. */
export function sender(options: RunOptions, needs: RedshiftNeeds) {
  return <T>(call: () => Promise<T>): Promise<T> => retrying(call, options, needs);
}

/** Called off while submitting: the same client token, without waiting, tells the id of what may be running. */
async function cancelUnknown(
  statements: BoundSql[],
  options: RunOptions,
  needs: RedshiftNeeds,
): Promise<void> {
  const { signal: _signal, ...unstoppable } = options;
  const { Id } = await submit(statements, { ...unstoppable, deadline: 0 }, needs).catch(() => ({
    Id: undefined,
  }));
  if (Id) await cancel(Id, needs);
}

async function cancel(id: string, needs: RedshiftNeeds): Promise<void> {
  // It may have ended by itself just now, which is as good.
  await needs.client.send(new CancelStatementCommand({ Id: id })).catch(() => undefined);
}

function checkTime(options: RunOptions): void {
  if (options.signal?.aborted) throw new AppError('warehouse.cancelled');
  if (Date.now() >= options.deadline) throw new AppError('warehouse.timed-out');
}

function waitSeconds(options: RunOptions): number {
  return Math.max(1, Math.min(LONG_POLL_SECONDS, Math.floor((options.deadline - Date.now()) / 1000)));
}

function withContext(error: AppError, context: Record<string, unknown>): AppError {
  return new AppError(error.code, {
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    context: { ...error.context, ...context },
    cause: error,
  });
}
