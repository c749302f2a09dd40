import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../domain/app-error.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type FileStatement, splitStatements } from './split-statements.ts';

/** One numbered file of sql-templates/schema. */
export type Migration = {
  number: number;
  name: string;
  text: string;
  sha256: string;
  statements: FileStatement[];
};

export type MigrationOutcome = { applied: string[]; already: string[] };

/**
 * Brings the warehouse to what Git says: applies each file that it does not have yet, in order, each in one transaction.
 * A file that was changed after it was applied is an error that names it: write a new one instead.
 */
export async function migrateWarehouse(input: {
  warehouse: Warehouse;
  migrations: Migration[];
  now?: Date;
}): Promise<MigrationOutcome> {
  const { warehouse, migrations, now = new Date() } = input;
  const have = await appliedMigrations(warehouse);
  for (const migration of migrations) refuseChanged(migration, have.get(migration.number));
  const outcome: MigrationOutcome = { applied: [], already: [] };
  for (const migration of migrations) {
    if (have.has(migration.number)) outcome.already.push(migration.name);
    else {
      await applyMigration(warehouse, migration, now);
      outcome.applied.push(migration.name);
    }
  }
  return outcome;
}

/** Reads `NNNN-name.sql` files; numbers must run 1, 2, 3 ... Errors: config.invalid with the file's name. */
export async function readMigrations(folder: string = SCHEMA_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations: Migration[] = [];
  for (const [index, name] of names.entries()) {
    const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
    if (number !== index + 1)
      throw new AppError('config.invalid', {
        detail: `${name}: a migration is called NNNN-name.sql, and its number here has to be ${index + 1}.`,
      });
    const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
    const sha256 = createHash('sha256').update(text).digest('hex');
    migrations.push({ number, name, text, sha256, statements: splitIn(name, text) });
  }
  return migrations;
}

function splitIn(name: string, text: string): FileStatement[] {
  try {
    return splitStatements(text);
  } catch (error) {
    throw new AppError('config.invalid', {
      detail: `${name}: ${error instanceof AppError ? (error.detail ?? '') : String(error)}`,
      cause: error,
    });
  }
}

/** Of this package, wherever it was built to. */
export const SCHEMA_FOLDER = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/') ? '../../../sql-templates/schema/' : '../../sql-templates/schema/',
    import.meta.url,
  ),
);

async function appliedMigrations(warehouse: Warehouse): Promise<Map<number, string>> {
  try {
    const table = await warehouse.read({
      sql: 'select number, sha256 from ops.migrations order by number',
      schema: 'ops',
      isOurs: true,
      maxRows: 10_000,
      timeoutMs: 60_000,
    });
    return new Map(table.rows.map(([number, sha256]) => [Number(number), String(sha256).trim()]));
  } catch (error) {
    if (error instanceof AppError && isNotThereYet(error)) return new Map();
    throw error;
  }
}

/** A new warehouse has no such table; each engine says so in its own way. */
function isNotThereYet(error: AppError): boolean {
  return (
    (error.code === 'warehouse.bad-statement' && /does not exist|not found/i.test(error.detail ?? '')) ||
    (error.code === 'warehouse.unavailable' && /no tables yet/.test(error.detail ?? ''))
  );
}

function refuseChanged(migration: Migration, appliedHash: string | undefined): void {
  if (appliedHash === undefined || appliedHash === migration.sha256) return;
  throw new AppError('config.invalid', {
    detail: `${migration.name} was changed after it had been applied. Put it back and write a new migration.`,
  });
}

async function applyMigration(warehouse: Warehouse, migration: Migration, now: Date): Promise<void> {
  const note = {
    sql: `insert into ops.migrations (number, name, sha256, applied_at)
values (:number, :name, :sha256, cast(:applied_at as timestamp))`,
    params: {
      number: migration.number,
      name: migration.name,
      sha256: migration.sha256,
      applied_at: now.toISOString().slice(0, 19).replace('T', ' '),
    },
  };
  try {
    await warehouse.write({
      token: `migration-${migration.number}-${migration.sha256.slice(0, 16)}`,
      steps: [...migration.statements.map(({ sql }) => ({ sql })), note],
      timeoutMs: 600_000,
    });
  } catch (error) {
    throw located(error, migration);
  }
}

/** Adds file and line to what the warehouse said about a statement. */
function located(error: unknown, migration: Migration): unknown {
  if (!(error instanceof AppError)) return error;
  const step = Number(error.context['step']);
  const line = migration.statements[step]?.line;
  const where = line === undefined ? migration.name : `${migration.name}, line ${line}`;
  return new AppError(error.code, {
    detail: `${where}: ${error.detail ?? ''}`,
    context: error.context,
    cause: error,
  });
}
