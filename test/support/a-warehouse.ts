import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalObjects } from '../../src/adapters/duckdb-batch.ts';
import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { migrateWarehouse, readMigrations } from '../../src/warehouse/migrate.ts';
import { anOpenDuckdb } from './an-open-duckdb.ts';
import { noObjects } from './no-objects.ts';

export type AWarehouse = { warehouse: Warehouse; folder: string; close: () => Promise<void> };
type Options = { objects?: LocalObjects; clock?: Clock; lockWaitMs?: number };

/**
 * A fresh warehouse with all tables and no rows (but the dates) inside this process: the embedded one without its
 * snapshots, its lock and its reading process, which cost most of the time of a small test and are tested on their own.
 */
export async function aWarehouse(options: Pick<Options, 'objects' | 'clock'> = {}): Promise<AWarehouse> {
  const folder = await migratedFolder();
  const [name = ''] = (await readFile(join(folder, 'current'), 'utf8')).split('\n');
  const warehouse = await anOpenDuckdb({
    file: join(folder, name),
    objects: options.objects ?? noObjects,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  return { warehouse, folder, close: closing(warehouse, folder) };
}

/** The same as it runs in earnest: each write makes a snapshot, and another process reads. */
export async function aWarehouseOfSnapshots(options: Options = {}): Promise<AWarehouse> {
  const folder = await migratedFolder();
  const warehouse = await openDuckdbWarehouse({
    folder,
    objects: options.objects ?? noObjects,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.lockWaitMs === undefined ? {} : { lockWaitMs: options.lockWaitMs }),
    memoryLimit: '512MB',
    threads: 2,
  });
  return { warehouse, folder, close: closing(warehouse, folder) };
}

function closing(warehouse: Warehouse, folder: string): () => Promise<void> {
  return async () => {
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The migrations run once per version of the schema; every further call copies the file that they made. */
async function migratedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-warehouse-'));
  await copyFolder(await migratedTemplate(), folder);
  return folder;
}

/** Shared by all test processes: built aside and renamed, so that a half-made one is never seen. */
async function migratedTemplate(): Promise<string> {
  const migrations = await readMigrations();
  const { MACRO_VERSION } = await import('../../src/adapters/duckdb-macros.ts');
  const version = [...migrations.map((migration) => migration.sha256.slice(0, 8)), MACRO_VERSION].join('-');
  const template = join(tmpdir(), `plumbline-template-${version}`);
  if (await isThere(template)) return template;
  const building = `${template}.${randomUUID()}`;
  const warehouse = await openDuckdbWarehouse({ folder: building, objects: noObjects });
  await migrateWarehouse({ warehouse, migrations });
  await warehouse.close();
  await rename(building, template).catch(async () => rm(building, { recursive: true, force: true }));
  return template;
}

async function isThere(folder: string): Promise<boolean> {
  return (await readFile(join(folder, 'current'), 'utf8').catch(() => '')) !== '';
}

async function copyFolder(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name === 'tmp') continue;
    await copyFile(join(from, name), join(to, name), constants.COPYFILE_FICLONE);
  }
}
