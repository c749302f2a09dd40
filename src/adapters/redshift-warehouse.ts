import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DescribeStatementResponse, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { AppError } from '../domain/app-error.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ReadQuery, StepResult, Warehouse, WriteBatch } from '../ports/warehouse.ts';
import { atStep } from './at-step.ts';
import { checkParameters } from './check-parameters.ts';
import { checkSelect } from './check-select.ts';
import { copyStatement } from './redshift-copy.ts';
import { explainCopy } from './redshift-load-errors.ts';
import { type BoundSql, bindForDataApi } from './redshift-parameters.ts';
import { fetchResult } from './redshift-results.ts';
import { type SettleTimes, settleStatements } from './redshift-settle.ts';
import { askedSlices } from './redshift-slices.ts';
import {
  MAX_BATCH_STATEMENTS,
  MAX_SQL_BYTES,
  type RedshiftNeeds,
  type RedshiftTarget,
  type RunOptions,
  runStatements,
  sender,
} from './redshift-statements.ts';

export type RedshiftWarehouseOptions = RedshiftTarget & {
  /** Made with maxAttempts 1, since this adapter does the retrying, and with an HTTP time-out above 35 s. */
  client: RedshiftDataClient;
  /** A login that may only read the policy schemas, for whatever is asked of those; the writer's when left out. */
  readerSecretArn?: string;
  readerDbUser?: string;
  /** For COPY: the role that may read the landing bucket, and where its manifests are put. */
  copyRoleArn: string;
  region?: string;
  /** How many files the warehouse reads at once; asked of it when left out. */
  slices?: number | undefined;
  objects: ObjectStore;
  settle?: Partial<SettleTimes>;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
};

const WRITE_TIMEOUT_MS = 1_800_000;
const MAX_STEP_ROWS = 10_000;
const TOKEN_TABLE = [
  'create schema if not exists ops',
  'create table if not exists ops.write_tokens (token varchar(200) not null, written_at timestamp not null) diststyle all sortkey (written_at)',
];

/** Amazon Redshift through the Data API: no connection is held, every call can be repeated. */
export function openRedshiftWarehouse(options: RedshiftWarehouseOptions): Warehouse {
  const needs: RedshiftNeeds = {
    client: options.client,
    sleep: options.sleep ?? ((ms) => delay(ms)),
    random: options.random ?? Math.random,
  };
  const writer: RedshiftTarget = options;
  const { secretArn: _secret, dbUser: _user, ...place } = options;
  const reader: RedshiftTarget =
    options.readerSecretArn || options.readerDbUser
      ? {
          ...place,
          ...(options.readerSecretArn ? { secretArn: options.readerSecretArn } : {}),
          ...(options.readerDbUser ? { dbUser: options.readerDbUser } : {}),
        }
      : options;
  const loginFor = (schema: string): RedshiftTarget => (schema.startsWith('policy_') ? reader : writer);
  /** How often a token's statement failed in this process; the next try needs a new client token. */
  const failures = new Map<string, number>();

  const { slices } = options;
  const copySlices = slices
    ? async () => slices
    : askedSlices((sql) =>
        readRows({ sql, schema: 'ops', maxRows: 1, timeoutMs: 30_000 }, sql, writer, needs),
      );

  return {
    settle: (run) => settleStatements(run, runOptions({}, writer), needs, options.settle),
    copySlices,
    async read(query) {
      return readRows(query, query.sql, loginFor(query.schema), needs);
    },
    async estimateRows(query) {
      const plan = await readRows(
        { ...query, maxRows: 1000 },
        `explain ${query.sql}`,
        loginFor(query.schema),
        needs,
      );
      const counts = plan.rows.map((row) => Number(/rows=(\d+)/.exec(String(row[0]))?.[1] ?? 0));
      return counts.length === 0 ? null : Math.max(...counts);
    },
    async write(batch) {
      const run = runOptions(batch, writer);
      if (await isWritten(batch.token, run, needs)) return batch.steps.map(() => NOTHING);
      const statements = await statementsOf(batch, options);
      const bytes = statements.reduce((sum, each) => sum + Buffer.byteLength(each.sql), 0);
      const isLarge = statements.length > MAX_BATCH_STATEMENTS || bytes > MAX_SQL_BYTES;
      try {
        if (isLarge) return await inSession(statements, batch, run, needs);
        const ended = await submitOnce(statements, batch.token, run, needs, failures);
        return await resultsOf(ended, batch, run, needs);
      } catch (thrown) {
        throw await explainCopy(thrown, batch, options.objects, (sql, params) =>
          readRows({ sql, params, schema: 'ops', maxRows: 1, timeoutMs: 30_000 }, sql, writer, needs),
        );
      }
    },
    async close() {
      options.client.destroy();
    },
  };
}

const NOTHING: StepResult = { table: null, changed: null };

/** The search path and the time limit hold for the query's own session only, so they go along with it. */
async function readRows(query: ReadQuery, sql: string, target: RedshiftTarget, needs: RedshiftNeeds) {
  checkParameters(query.sql, query.params);
  checkSelect(query.sql);
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(query.schema))
    throw new AppError('internal', { context: { schema: query.schema } });
  const bound = bindForDataApi(sql, query.params);
  const run = runOptions(query, target);
  const before = [
    { sql: `set search_path to ${query.schema}`, parameters: [] },
    { sql: `set statement_timeout to ${Math.ceil(query.timeoutMs)}`, parameters: [] },
  ];
  const ended = await runStatements([...before, bound], run, needs);
  return fetchResult(needs.client, subId(ended, before.length), query.maxRows, sender(run, needs));
}

async function statementsOf(batch: WriteBatch, options: RedshiftWarehouseOptions): Promise<BoundSql[]> {
  const statements: BoundSql[] = [];
  for (const [i, step] of batch.steps.entries()) {
    if ('copyInto' in step) {
      const manifestName = `${hash(batch.token).slice(0, 32)}-${i}`;
      const { copyRoleArn, objects, region } = options;
      const sql = await copyStatement(step, {
        manifestName,
        iamRole: copyRoleArn,
        objects,
        ...(region ? { region } : {}),
      });
      statements.push({ sql, parameters: [] });
    } else if ('insertInto' in step) {
      throw new AppError('warehouse.bad-statement', { detail: 'Files are read only where they lie.' });
    } else {
      checkParameters(step.sql, step.params);
      statements.push(bindForDataApi(step.sql, step.params, `s${i}_`));
    }
  }
  const note = 'insert into ops.write_tokens (token, written_at) values (:token, getdate())';
  statements.push(bindForDataApi(note, { token: batch.token }));
  return statements;
}

/** Beyond the eight hours of a client token, the warehouse itself remembers. */
async function isWritten(token: string, run: RunOptions, needs: RedshiftNeeds): Promise<boolean> {
  const look = bindForDataApi('select token from ops.write_tokens where token = :token', { token });
  try {
    const ended = await runStatements([look], { ...run, clientToken: randomUUID() }, needs);
    const found = await fetchResult(needs.client, ended.Id ?? '', 1, sender(run, needs));
    return found.rows.length > 0;
  } catch (error) {
    if (!(error instanceof AppError) || !/does not exist/i.test(error.detail ?? '')) throw error;
    const make = TOKEN_TABLE.map((sql) => ({ sql, parameters: [] }));
    await runStatements(make, { ...run, clientToken: randomUUID() }, needs);
    return false;
  }
}

/**
 * The client token follows from the write's token, so a repeat joins the first try instead of writing twice. A try that has
 * failed would be joined as well, for eight hours; so after a failure the next try has a token of its own.
 */
async function submitOnce(
  statements: BoundSql[],
  token: string,
  run: RunOptions,
  needs: RedshiftNeeds,
  failures: Map<string, number>,
): Promise<DescribeStatementResponse> {
  const startedAt = Date.now();
  for (let attempt = failures.get(token) ?? 0; ; attempt++) {
    try {
      const ended = await runStatements(
        statements,
        { ...run, clientToken: hash(`${token}#${attempt}`) },
        needs,
      );
      failures.delete(token);
      return ended;
    } catch (error) {
      const createdAt = error instanceof AppError ? Number(error.context['createdAt'] ?? 0) : 0;
      if (createdAt > 0 || (error instanceof AppError && /timed-out|cancelled/.test(error.code)))
        failures.set(token, attempt + 1);
      // Older than this call by more than two clocks may differ: somebody else's failure, not ours.
      const foreign = createdAt > 0 && createdAt < startedAt - 60_000;
      if (!foreign || attempt > 50) throw error;
    }
  }
}

/** More statements than a batch takes: one transaction in a session of its own, statement by statement. */
async function inSession(
  statements: BoundSql[],
  batch: WriteBatch,
  run: RunOptions,
  needs: RedshiftNeeds,
): Promise<StepResult[]> {
  const begin = { sql: 'begin', parameters: [] };
  const keepSessionSeconds = 600;
  const begun = await runStatements(
    [begin],
    { ...run, clientToken: randomUUID(), keepSessionSeconds },
    needs,
  );
  if (!begun.SessionId) throw new AppError('warehouse.unavailable', { detail: 'No session was given.' });
  const session = { ...run, sessionId: begun.SessionId };
  const one = (statement: BoundSql, last: RunOptions = session) =>
    runStatements([statement], { ...last, clientToken: randomUUID() }, needs);
  const results: StepResult[] = [];
  try {
    // Whoever else writes with this token waits here, and then finds it.
    await one({ sql: 'lock table ops.write_tokens', parameters: [] });
    if (await isWritten(batch.token, session, needs)) {
      await one({ sql: 'rollback', parameters: [] });
      return batch.steps.map(() => NOTHING);
    }
    for (const [i, statement] of statements.entries()) {
      const ended = await one(statement).catch(atStep(i));
      if (i < batch.steps.length) results.push(await stepResult(ended.Id ?? '', ended, run, needs));
    }
    await one({ sql: 'commit', parameters: [] });
    return results;
  } catch (error) {
    const fresh: RunOptions = { target: run.target, clientToken: '', deadline: Date.now() + 30_000 };
    // When the session is gone, so is its transaction.
    await one({ sql: 'rollback', parameters: [] }, { ...fresh, sessionId: begun.SessionId }).catch(
      () => undefined,
    );
    // A commit whose reply was lost has happened all the same.
    const happened = await isWritten(batch.token, fresh, needs).catch(() => false);
    if (happened) return batch.steps.map((_, i) => results[i] ?? NOTHING);
    throw error;
  }
}

async function resultsOf(
  ended: DescribeStatementResponse,
  batch: WriteBatch,
  run: RunOptions,
  needs: RedshiftNeeds,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const [i] of batch.steps.entries())
    results.push(await stepResult(subId(ended, i), ended.SubStatements?.[i] ?? {}, run, needs));
  return results;
}

async function stepResult(
  id: string,
  state: { HasResultSet?: boolean | undefined; ResultRows?: number | undefined },
  run: RunOptions,
  needs: RedshiftNeeds,
): Promise<StepResult> {
  if (state.HasResultSet)
    return {
      table: await fetchResult(needs.client, id, MAX_STEP_ROWS, sender(run, needs)),
      changed: null,
    };
  const changed = state.ResultRows ?? -1;
  return { table: null, changed: changed >= 0 ? changed : null };
}

function subId(ended: DescribeStatementResponse, index: number): string {
  return ended.SubStatements?.[index]?.Id ?? `${ended.Id}:${index + 1}`;
}

function runOptions(from: { timeoutMs?: number; signal?: AbortSignal }, target: RedshiftTarget): RunOptions {
  return {
    target,
    clientToken: randomUUID(),
    deadline: Date.now() + (from.timeoutMs ?? WRITE_TIMEOUT_MS),
    ...(from.signal ? { signal: from.signal } : {}),
  };
}

/** 64 characters, which is what a client token may have. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
