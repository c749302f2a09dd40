import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { AppError } from '../domain/app-error.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type {
  CopyStep,
  ScratchStep,
  SourceStep,
  Statement,
  StepResult,
  WriteBatch,
} from '../ports/warehouse.ts';
import { atStep } from './at-step.ts';
import { checkParameters } from './check-parameters.ts';
import { engineError, fileError } from './duckdb-errors.ts';
import { MACRO_SCHEMA } from './duckdb-macros.ts';
import { bindParameters } from './duckdb-parameters.ts';
import { resultTable } from './duckdb-results.ts';
import type { ScratchEngine } from './duckdb-scratch.ts';
import { withSource } from './duckdb-source.ts';
import { redshiftToDuckdb } from './redshift-to-duckdb.ts';

/** A store on this machine may offer the file itself, which spares a copy. */
export type LocalObjects = ObjectStore & { localPath?(ref: ObjectRef): Promise<string> };

export type BatchNeeds = {
  objects: LocalObjects;
  /** Where objects that lie elsewhere are put while they are read. */
  workFolder: string;
  now: () => Date;
  /** Left out: scratch tables are tables as all others. */
  scratch?: Pick<ScratchEngine, 'making' | 'renamed'> | undefined;
};

const NO_SCRATCH: NonNullable<BatchNeeds['scratch']> = { making: (sql) => sql, renamed: (sql) => sql };

/** A SELECT inside a write gives at most this many rows. */
const MAX_STEP_ROWS = 10_000;

/** Applies one batch in one transaction, or finds by its token that it was applied before. */
export async function applyBatch(
  connection: DuckDBConnection,
  batch: WriteBatch,
  needs: BatchNeeds,
): Promise<{ results: StepResult[]; isRepeated: boolean }> {
  const earlier = await earlierResult(connection, batch.token);
  if (earlier) return { results: earlier, isRepeated: true };
  const results = await inTransaction(connection, batch, async () => {
    const done: StepResult[] = [];
    for (const [index, step] of batch.steps.entries()) {
      const work =
        'copyInto' in step
          ? copyStep(connection, step, needs)
          : 'insertInto' in step
            ? sourceStep(connection, step, needs)
            : statementStep(connection, step, needs);
      done.push(await work.catch(atStep(index)));
    }
    await rememberToken(connection, batch.token, needs.now(), done);
    return done;
  });
  return { results, isRepeated: false };
}

/** What the batch of this token gave when it was written before; undefined when it was not. */
async function earlierResult(connection: DuckDBConnection, token: string): Promise<StepResult[] | undefined> {
  const reader = await connection
    .runAndReadAll(`select results from ${MACRO_SCHEMA}.write_tokens where token = $token`, { token })
    .catch(engineError);
  const found = reader.getRowsJson()[0]?.[0];
  return typeof found === 'string' ? (JSON.parse(found) as StepResult[]) : undefined;
}

async function inTransaction<T>(
  connection: DuckDBConnection,
  batch: WriteBatch,
  work: () => Promise<T>,
): Promise<T> {
  let stoppedBy: 'warehouse.timed-out' | 'warehouse.cancelled' | undefined;
  const stop = (code: 'warehouse.timed-out' | 'warehouse.cancelled') => () => {
    stoppedBy ??= code;
    connection.interrupt();
  };
  const onAbort = stop('warehouse.cancelled');
  const timer = batch.timeoutMs ? setTimeout(stop('warehouse.timed-out'), batch.timeoutMs) : undefined;
  batch.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (batch.signal?.aborted) throw new AppError('warehouse.cancelled');
    await connection.run('begin transaction');
    const result = await work();
    if (stoppedBy) throw new AppError(stoppedBy);
    await connection.run('commit').catch(engineError);
    return result;
  } catch (error) {
    await connection.run('rollback').catch(() => undefined);
    if (stoppedBy) throw new AppError(stoppedBy, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    batch.signal?.removeEventListener('abort', onAbort);
  }
}

async function statementStep(
  connection: DuckDBConnection,
  step: Statement | ScratchStep,
  needs: BatchNeeds,
): Promise<StepResult> {
  const { now, scratch = NO_SCRATCH } = needs;
  checkParameters(step.sql, step.params);
  if (step.onlyIf !== undefined) {
    const { params = {}, onlyIf } = step;
    const looked = await statementStep(connection, { sql: onlyIf, params: named(onlyIf, params) }, needs);
    if (looked.table?.rows.length === 0) return { table: null, changed: 0 };
  }
  const text = 'scratch' in step ? scratch.making(step.sql, step.scratch) : scratch.renamed(step.sql);
  const sql = redshiftToDuckdb(text, { now: now() });
  if (sql === '') return { table: null, changed: 0 };
  try {
    const statement = await connection.prepare(sql);
    bindParameters(statement, step.params ?? {});
    if (statement.statementType === StatementType.SELECT)
      return { table: await resultTable(await statement.stream(), MAX_STEP_ROWS), changed: null };
    const result = await statement.run();
    return { table: null, changed: changesRows(statement.statementType) ? result.rowsChanged : null };
  } catch (error) {
    return engineError(error);
  }
}

/** Those of the parameters that a text names; an unused one is an error. */
function named(sql: string, params: NonNullable<Statement['params']>): NonNullable<Statement['params']> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => sql.includes(`:${name}`)));
}

function changesRows(type: StatementType): boolean {
  return (
    type === StatementType.INSERT ||
    type === StatementType.UPDATE ||
    type === StatementType.DELETE ||
    type === StatementType.MERGE_INTO
  );
}

async function copyStep(
  connection: DuckDBConnection,
  step: CopyStep,
  { objects, workFolder, scratch = NO_SCRATCH }: BatchNeeds,
): Promise<StepResult> {
  let changed = 0;
  for (const [index, ref] of step.objects.entries()) {
    const local = await objects.localPath?.(ref);
    const path = local ?? join(workFolder, `${index}-${basename(ref.key)}`);
    if (!local) await fetchObject(objects, ref, path);
    const columns = step.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
    const options =
      `format csv, header true, delimiter ',', quote '"', escape '"', nullstr '', allow_quoted_nulls false, ` +
      `auto_detect false, max_line_size 4194304${ref.key.endsWith('.gz') ? ", compression 'gzip'" : ''}`;
    const sql = `copy ${scratch.renamed(step.copyInto)} (${columns}) from '${path.replaceAll("'", "''")}' (${options})`;
    const result = await connection.run(sql).catch(engineError);
    changed += result.rowsChanged;
    if (!local) await rm(path, { force: true });
  }
  return { table: null, changed };
}

/** Lines are numbered as they come, so their order is kept while they are read. */
async function sourceStep(
  connection: DuckDBConnection,
  step: SourceStep,
  { objects, scratch = NO_SCRATCH }: BatchNeeds,
): Promise<StepResult> {
  const path = await objects.localPath?.(step.source.object);
  if (!path)
    throw new AppError('warehouse.bad-statement', { detail: 'The file does not lie on this machine.' });
  const columns = step.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
  try {
    await connection.run('set preserve_insertion_order = true');
    const result = await connection.run(
      `insert into ${scratch.renamed(step.insertInto)} (${columns}) ${withSource(step.source, path)}${step.select}`,
    );
    return { table: null, changed: result.rowsChanged };
  } catch (error) {
    return engineError(error);
  } finally {
    await connection.run('set preserve_insertion_order = false').catch(() => undefined);
  }
}

async function fetchObject(objects: ObjectStore, ref: ObjectRef, path: string): Promise<void> {
  try {
    const { body } = await objects.get(ref);
    await pipeline(body, createWriteStream(path));
  } catch (error) {
    fileError(error);
  }
}

async function rememberToken(
  connection: DuckDBConnection,
  token: string,
  at: Date,
  results: StepResult[],
): Promise<void> {
  await connection
    .run(`insert into ${MACRO_SCHEMA}.write_tokens values ($token, $at::timestamp, $results)`, {
      token,
      at: at.toISOString().slice(0, 23).replace('T', ' '),
      results: JSON.stringify(results),
    })
    .catch(engineError);
}
