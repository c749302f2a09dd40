import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import { type AWarehouse, aWarehouseOfSnapshots } from '../support/a-warehouse.ts';
import { noObjects } from '../support/no-objects.ts';

let home: AWarehouse;
beforeEach(async () => {
  home = await aWarehouseOfSnapshots();
});
afterEach(() => home.close());

const read = (sql: string, timeoutMs = 10_000) =>
  home.warehouse.read({ sql, schema: 'retail', maxRows: 100, timeoutMs });
const branch = (id: string) => ({
  sql: "insert into retail.branches (branch_id, name, batch_id) values (:id, 'x', 'b')",
  params: { id },
});
const branches = async () => (await read('select branch_id from branches order by 1')).rows.flat();

test('a question cannot reach files, other databases, settings or extensions', async () => {
  const secret = join(home.folder, 'secret.csv');
  writeFileSync(secret, 'a\n1\n');
  for (const sql of [
    `select * from read_csv('${secret}')`,
    `select * from '${secret}'`,
    `select * from read_text('${secret}')`,
    `select * from glob('${home.folder}/*')`,
    "select * from read_parquet('https://example.com/x.parquet')",
    `select * from sqlite_scan('${secret}', 'x')`,
  ])
    await expect(read(sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^warehouse\./) });
  for (const sql of [
    `attach '${secret}' as other`,
    "set memory_limit = '10GB'",
    'install httpfs',
    `copy branches to '${secret}'`,
    `export database '${home.folder}'`,
    'create temp macro count(x) as 1',
    'pragma database_list',
    'call pragma_version()',
    'explain select 1',
    'checkpoint',
  ])
    await expect(read(sql), sql).rejects.toMatchObject({
      code: expect.stringMatching(/write-refused|bad-statement/),
    });
});

test('one long call that cannot be interrupted is killed, and those beside it are answered all the same', async () => {
  const stuck = read("select length(repeat('x', 2000000000) || cast(year as varchar)) from dates", 600);
  const beside = read('select count(*) from dates a, dates b where a.year = 2001 and b.year = 2002');
  await expect(stuck).rejects.toMatchObject({ code: 'warehouse.timed-out' });
  expect((await beside).rows).toEqual([[365 * 365]]);
  expect(await branches()).toEqual([]);
});

test('a step whose question finds nothing is left out', async () => {
  const onlyIf = 'select 1 as found from retail.branches where branch_id = :id';
  const results = await home.warehouse.write({
    token: 'only-if',
    steps: [
      { ...branch('b1'), onlyIf },
      branch('b2'),
      { sql: "update retail.branches set name = 'y' where branch_id = :id", params: { id: 'b2' }, onlyIf },
    ],
  });
  expect(results.map(({ changed }) => changed)).toEqual([0, 1, 1]);
  expect(await branches()).toEqual(['b2']);
});

test('scratch tables are gone with the process that made them, and stand in no snapshot', async () => {
  const table = 'staging.own_scratch';
  const sql = `create table ${table} (id varchar(20))`;
  await home.warehouse.write({ token: 'scratch', steps: [{ sql, scratch: table }, branch('b1')] });
  expect(await branches()).toEqual(['b1']);
  await expect(read(`select * from ${table}`)).rejects.toMatchObject({ code: 'warehouse.bad-statement' });
  const other = await openDuckdbWarehouse({ folder: home.folder, objects: noObjects });
  expect([await home.warehouse.holdsScratch?.([table]), await other.holdsScratch?.([table])]).toEqual([
    true,
    false,
  ]);
  await other.close();
});

test('small questions do not wait for two heavy ones', async () => {
  const sql = 'select count(*) from dates a, dates b, dates c where a.year + b.year + c.year = 3';
  const enough = new AbortController();
  const ended: string[] = [];
  expect((await read('select 1')).rows).toEqual([[1]]); // The reading process has started.
  const slow = [1, 2].map(() =>
    home.warehouse
      .read({ sql, schema: 'retail', maxRows: 1, timeoutMs: 60_000, signal: enough.signal })
      .catch((error: unknown) => error)
      .finally(() => {
        ended.push('heavy');
      }),
  );
  expect((await read('select 1')).rows).toEqual([[1]]);
  expect(ended).toEqual([]);
  enough.abort();
  for (const each of await Promise.all(slow)) expect(each).toMatchObject({ code: 'warehouse.cancelled' });
});

test('another process that writes is seen at the next question', async () => {
  const other = await openDuckdbWarehouse({ folder: home.folder, objects: noObjects });
  expect(await branches()).toEqual([]);
  await other.write({ token: 't1', steps: [branch('B1')] });
  expect(await branches()).toEqual(['B1']);
  await home.warehouse.write({ token: 't2', steps: [branch('B2')] });
  await other.close();
  expect(await branches()).toEqual(['B1', 'B2']);
  expect(readdirSync(home.folder).filter((name) => name.endsWith('.duckdb'))).toHaveLength(1);
});

test('a question that meets a snapshot just taken away looks again for the newest', async () => {
  await home.warehouse.write({ token: 'one', steps: [branch('A')] });
  const pointer = join(home.folder, 'current');
  const newest = readFileSync(pointer, 'utf8');
  writeFileSync(pointer, 'snapshot-999998.duckdb\n');
  setTimeout(() => writeFileSync(pointer, newest), 40);
  expect(await branches()).toEqual(['A']);
});

test('a writer that lives keeps others out, and they are told who it is', async () => {
  const lock = { pid: process.pid, host: hostname(), since: '2025-01-01T00:00:00Z', id: 'other' };
  writeFileSync(join(home.folder, 'writer.lock'), JSON.stringify(lock));
  const other = await openDuckdbWarehouse({ folder: home.folder, objects: noObjects, lockWaitMs: 50 });
  await expect(other.write({ token: 't', steps: [branch('B1')] })).rejects.toMatchObject({
    code: 'warehouse.locked',
    detail: expect.stringContaining(`Process ${process.pid}`),
  });
  await other.close();
  expect(await branches()).toEqual([]);
  await rm(join(home.folder, 'writer.lock'));
});

test('the lock and the leftovers of a writer that died are cleared away', async () => {
  const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid']).toString());
  const lock = { pid, host: hostname(), since: '2025-01-01T00:00:00Z', id: 'dead' };
  writeFileSync(join(home.folder, 'writer.lock'), JSON.stringify(lock));
  writeFileSync(join(home.folder, 'draft-1-2.duckdb'), 'half');
  writeFileSync(join(home.folder, 'draft-1-2.duckdb.wal'), 'half');
  writeFileSync(join(home.folder, 'snapshot-000099.duckdb'), 'renamed but never pointed at');
  expect(await branches()).toEqual([]);
  await home.warehouse.write({ token: 't', steps: [branch('B1')] });
  expect(await branches()).toEqual(['B1']);
  expect(readdirSync(home.folder).filter((name) => name !== 'tmp')).toHaveLength(2);
});

test('a process killed at any moment of writing leaves each batch wholly there or not at all', async () => {
  const entry = fileURLToPath(new URL('../support/writing-process.ts', import.meta.url));
  for (const afterMs of [5, 40, 90]) {
    const child: ChildProcess = fork(entry, [home.folder], { execArgv: ['--import', 'tsx'], stdio: 'pipe' });
    await once(child, 'message');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const rows = (await read('select batch_id, count(*) from branches group by 1')).rows;
    expect(rows.every(([, count]) => count === 2)).toBe(true);
    await home.warehouse.write({
      token: `after-${afterMs}`,
      steps: [branch(`a${afterMs}`), branch(`b${afterMs}`)],
    });
    await home.warehouse.write({
      token: `clear-${afterMs}`,
      steps: [{ sql: 'delete from retail.branches' }],
    });
  }
});

test('a full disk is called that, and nothing changes', async () => {
  const small = join(home.folder, 'full');
  mkdirSync(small);
  const failing = {
    ...noObjects,
    get: async () => {
      throw Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
    },
  };
  const other = await openDuckdbWarehouse({ folder: home.folder, objects: failing });
  const step = {
    copyInto: 'retail.branches',
    columns: ['branch_id'],
    objects: [{ bucket: 'bkt', key: 'a.csv' }],
  };
  await expect(other.write({ token: 't', steps: [branch('B1'), step] })).rejects.toMatchObject({
    code: 'home.disk-full',
  });
  await other.close();
  expect(await branches()).toEqual([]);
});

test('a warehouse without tables says what to do', async () => {
  const empty = await openDuckdbWarehouse({ folder: join(home.folder, 'new'), objects: noObjects });
  await expect(
    empty.read({ sql: 'select 1', schema: 'retail', maxRows: 1, timeoutMs: 1000 }),
  ).rejects.toMatchObject({ code: 'warehouse.unavailable', detail: expect.stringContaining('migrate') });
  await empty.close();
});

test('a warehouse that an older Plumbline wrote gets the functions of this one when it is opened', async () => {
  const warehouse = home.folder;
  await home.warehouse.close();
  const [name = ''] = readFileSync(join(warehouse, 'current'), 'utf8').split('\n');
  const database = await DuckDBInstance.create(join(warehouse, name));
  const connection = await database.connect();
  await connection.run('drop macro engine.nvl2');
  await connection.run("create or replace table engine.macros as select 'of old' as version");
  connection.closeSync();
  database.closeSync();
  writeFileSync(join(warehouse, 'current'), `${name}\n`);

  const reopened = await openDuckdbWarehouse({ folder: warehouse, objects: noObjects });
  const first = readFileSync(join(warehouse, 'current'), 'utf8');
  const query = { schema: 'retail', maxRows: 1, timeoutMs: 10_000 };
  expect((await reopened.read({ ...query, sql: 'select nvl2(null, 1, 2) as a' })).rows).toEqual([[2]]);
  await reopened.close();
  await (await openDuckdbWarehouse({ folder: warehouse, objects: noObjects })).close();
  expect(readFileSync(join(warehouse, 'current'), 'utf8')).toBe(first);
});

test('trunc makes a timestamp its day, as it does in Redshift, and cuts a number off', async () => {
  expect(
    (
      await read(
        "select trunc(d) as day, count(*) from (select timestamp '2026-03-01 10:00:00' as d) x group by 1",
      )
    ).rows,
  ).toEqual([['2026-03-01', 1]]);
  expect((await read('select trunc(-1.57)')).rows).toEqual([['-1']]);
});
