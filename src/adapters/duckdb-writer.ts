import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { StepResult, WriteBatch } from '../ports/warehouse.ts';
import { applyBatch, type LocalObjects } from './duckdb-batch.ts';
import { engineError, fileError } from './duckdb-errors.ts';
import { MACRO_SCHEMA, MACRO_VERSION, macroStatements } from './duckdb-macros.ts';
import { DRAFT_SEARCH_PATH, type Scratch } from './duckdb-scratch.ts';
import { type EngineLimits, MEANING_SETTINGS, openOptions, searchPathStatement } from './duckdb-settings.ts';
import type { Snapshots } from './duckdb-snapshots.ts';
import { removeDeadSpills } from './duckdb-spill.ts';

export type WriterNeeds = {
  snapshots: Snapshots;
  objects: LocalObjects;
  limits: EngineLimits;
  now: () => Date;
  scratch: Scratch;
};

/**
 * Applies one batch to a copy of the valid snapshot and publishes the copy. The caller holds the writer's lock.
 * Whatever fails, the valid snapshot stays as it was.
 */
export async function writeSnapshot(batch: WriteBatch, needs: WriterNeeds): Promise<StepResult[]> {
  await needs.snapshots.clean();
  const workFolder = await temporaryFolder(needs.limits.tempFolder);
  const draft = await needs.snapshots.draft().catch(fileError);
  try {
    const { results, isRepeated } = await writeDraft(draft, batch, workFolder, needs);
    if (isRepeated) await needs.snapshots.discard(draft);
    else {
      await needs.snapshots.publish(draft, MACRO_VERSION).catch(fileError);
      await needs.snapshots.clean();
    }
    return results;
  } catch (error) {
    await needs.snapshots.discard(draft);
    throw error;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function writeDraft(
  draft: string,
  batch: WriteBatch,
  workFolder: string,
  { objects, limits, now, scratch }: WriterNeeds,
): Promise<{ results: StepResult[]; isRepeated: boolean }> {
  const isMaking = batch.steps.some((step) => 'scratch' in step);
  if (scratch.isWanted(isMaking))
    return scratch.withDraft(draft, { limits, isMaking }, async (engine) => {
      await prepareEngine(engine.connection, DRAFT_SEARCH_PATH);
      return applyBatch(engine.connection, batch, { objects, workFolder, now, scratch: engine });
    });
  const database = await DuckDBInstance.create(draft, openOptions(limits, 'write')).catch(engineError);
  try {
    const connection = await database.connect();
    await prepareEngine(connection, searchPathStatement('main'));
    const applied = await applyBatch(connection, batch, { objects, workFolder, now });
    if (!applied.isRepeated) await connection.run('checkpoint').catch(engineError);
    connection.closeSync();
    return applied;
  } finally {
    database.closeSync();
  }
}

async function prepareEngine(connection: DuckDBConnection, searchPath: string): Promise<void> {
  for (const setting of MEANING_SETTINGS) await connection.run(setting);
  const version = await connection
    .runAndReadAll(`select version from ${MACRO_SCHEMA}.macros`)
    .then((reader) => reader.getRowsJson()[0]?.[0])
    .catch(() => undefined);
  if (version !== MACRO_VERSION) {
    for (const statement of macroStatements()) await connection.run(statement).catch(engineError);
    await connection.run(
      `create or replace table ${MACRO_SCHEMA}.macros as select '${MACRO_VERSION}' as version`,
    );
    await connection.run(
      `create table if not exists ${MACRO_SCHEMA}.write_tokens (token varchar, written_at timestamp, results varchar)`,
    );
  }
  await connection.run(searchPath);
}

/** Only with the writer's lock: what other writers left here is of dead ones. */
async function temporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  removeDeadSpills(parent);
  for (const name of await readdir(parent))
    if (name.startsWith('write-')) await rm(join(parent, name), { recursive: true, force: true });
  return mkdtemp(join(parent, 'write-'));
}
