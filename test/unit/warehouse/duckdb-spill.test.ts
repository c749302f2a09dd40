import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOptions } from '../../../src/adapters/duckdb-settings.ts';
import { removeDeadSpills, spillFolder } from '../../../src/adapters/duckdb-spill.ts';

let tempFolder: string;

beforeEach(() => {
  tempFolder = mkdtempSync(join(tmpdir(), 'plumbline-spill-'));
});
afterEach(() => rmSync(tempFolder, { recursive: true, force: true }));

const ROWS = 400_000;

/** An engine with a table that does not fit into its memory. */
async function spillingEngine(letter: string) {
  const database = await DuckDBInstance.create(
    ':memory:',
    openOptions({ memoryLimit: '24MB', threads: 1, tempFolder }, 'write'),
  );
  const connection = await database.connect();
  await connection.run(
    `create temp table t as select '${letter}' || repeat(md5(i::varchar), 3) as text from range(${ROWS}) r(i)`,
  );
  const rowsOf = async (start: string) => {
    const found = await connection.runAndReadAll(
      `select count(*) filter (where text like '${start}%' and length(text) = 97) from t`,
    );
    return Number(found.getRowsJson()[0]?.[0]);
  };
  return {
    rowsOf,
    close() {
      connection.closeSync();
      database.closeSync();
    },
  };
}

test('two engines that spill at the same time keep their own rows, also after one of them is closed', async () => {
  const [one, two] = await Promise.all([spillingEngine('a'), spillingEngine('b')]);
  expect(readdirSync(tempFolder)).toHaveLength(2);
  expect(await Promise.all([one.rowsOf('a'), two.rowsOf('b')])).toEqual([ROWS, ROWS]);
  two.close();
  expect(await one.rowsOf('a')).toBe(ROWS);
  one.close();
  expect(readdirSync(tempFolder)).toEqual([]);
});

test('what a killed process spilled is removed, and what a living one spills is left', () => {
  const living = spillFolder(tempFolder);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const dead = join(tempFolder, basename(living).replace(`-${process.pid}-`, `-${pid}-`));
  const elsewhere = join(tempFolder, basename(dead).replace(/^spill-[0-9a-f]{8}/, 'spill-00000000'));
  for (const folder of [living, dead, elsewhere]) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'duckdb_temp_storage_DEFAULT-0.tmp'), 'pages');
  }
  removeDeadSpills(tempFolder);
  expect([living, dead, elsewhere].map((folder) => existsSync(folder))).toEqual([true, false, true]);
});
