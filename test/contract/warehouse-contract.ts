import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ParameterValue } from '../../src/domain/plan.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';

export type WarehouseUnderTest = {
  warehouse: Warehouse;
  /** Puts an object where CopySteps find it. */
  putObject(ref: ObjectRef, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
};

/** What every Warehouse does. `start` gives one with the migrations applied and no facts. */
export function warehouseContract(name: string, start: () => Promise<WarehouseUnderTest>): void {
  describe(`${name} keeps the warehouse's promises`, () => {
    let under: WarehouseUnderTest;
    beforeAll(async () => {
      under = await start();
      await write([
        { sql: 'create schema if not exists lab' },
        {
          sql: `create table lab.facts (
  id varchar(20) not null, amount decimal(19,4), big bigint, small integer, day date, moment timestamp, flag boolean, note varchar(200),
  primary key (id)
) diststyle key distkey (id) sortkey (day)`,
        },
      ]);
    });
    afterAll(() => under.close());

    const write = (steps: Parameters<Warehouse['write']>[0]['steps'], token: string = randomUUID()) =>
      under.warehouse.write({ token, steps });
    const read = (sql: string, params: Record<string, ParameterValue> = {}, maxRows = 1000) =>
      under.warehouse.read({ sql, params, schema: 'lab', maxRows, timeoutMs: 20_000 });
    const readOurs = (sql: string) =>
      under.warehouse.read({ sql, schema: 'lab', maxRows: 1000, timeoutMs: 20_000, isOurs: true });
    const insert = (values: Record<string, ParameterValue>) => ({
      sql: `insert into lab.facts (${Object.keys(values).join(', ')})
values (${Object.keys(values)
        .map((column) => `:${column}`)
        .join(', ')})`,
      params: values,
    });

    test('values come back exactly: money, big integers, dates, times, truth and text of any script', async () => {
      await write([
        insert({
          id: 'exact',
          amount: '-12345678901234.5678',
          big: '9007199254740993',
          small: -42,
          day: '2024-02-29',
          moment: '2024-02-29 23:59:58.123',
          flag: true,
          note: `O'Neill "q" \n 日本 🥾 ü ; -- :x`,
        }),
      ]);
      const table = await read(
        'select amount, big, small, day, moment, flag, note from facts where id = :id',
        {
          id: 'exact',
        },
      );
      expect(table).toEqual({
        columns: [
          { name: 'amount', type: 'decimal' },
          { name: 'big', type: 'integer' },
          { name: 'small', type: 'integer' },
          { name: 'day', type: 'date' },
          { name: 'moment', type: 'timestamp' },
          { name: 'flag', type: 'boolean' },
          { name: 'note', type: 'text' },
        ],
        rows: [
          [
            '-12345678901234.5678',
            '9007199254740993',
            -42,
            '2024-02-29',
            '2024-02-29 23:59:58.123',
            true,
            `O'Neill "q" \n 日本 🥾 ü ; -- :x`,
          ],
        ],
        truncated: false,
      });
    });

    test('sums of money are exact, counts are numbers, and floats are plain decimals', async () => {
      const table =
        await read(`select sum(x) as total, count(*) as n, cast(0.1 as float) as f, cast(0.00000015 as float) as tiny
from (select cast(0.1 as decimal(19,4)) as x union all select 0.2 union all select 0.3) t`);
      expect(table.rows).toEqual([['0.6000', 3, '0.1', '0.00000015']]);
    });

    test('nulls, empty text and the word null stay three different things', async () => {
      await write([
        insert({ id: 'n1', note: null, small: null, day: null }),
        insert({ id: 'n2', note: '', small: 1, day: '2024-01-01' }),
        insert({ id: 'n3', note: 'null', small: 2, day: '2024-01-01' }),
      ]);
      const table = await read("select note, small, day from facts where id like 'n%' order by id");
      expect(table.rows).toEqual([
        [null, null, null],
        ['', 1, '2024-01-01'],
        ['null', 2, '2024-01-01'],
      ]);
      expect((await read('select id from facts where note = :note', { note: '' })).rows).toEqual([['n2']]);
      expect((await read('select count(*) from facts where note = :note', { note: null })).rows).toEqual([
        [0],
      ]);
    });

    test('numbers, truth and dates work as parameters, and a name may be used twice', async () => {
      const table = await read(
        `select cast(:whole as integer) + 1 as a, cast(:part as decimal(9,2)) as b, cast(:negative as integer) as c,
  :yes as d, dateadd(day, 1, cast(:day as date)) as e, cast(:whole as integer) as f`,
        { whole: 41, part: 12.5, negative: -3, yes: true, day: '2024-02-28' },
      );
      expect(table.rows).toEqual([[42, '12.50', -3, true, '2024-02-29 00:00:00', 41]]);
    });

    test('text in a parameter can never become SQL', async () => {
      const nasty = "x' or '1'='1'; drop table lab.facts; --";
      expect((await read('select count(*) from facts where note = :note', { note: nasty })).rows).toEqual([
        [0],
      ]);
      expect((await read('select :note as note', { note: nasty })).rows).toEqual([[nasty]]);
      expect((await read("select ':note' as a, 'x'::varchar(3) as b")).rows).toEqual([[':note', 'x']]);
    });

    test('a missing, an unknown and an impossible parameter are refused before anything runs', async () => {
      const bad = { code: 'warehouse.bad-parameter' };
      await expect(read('select :a as a')).rejects.toMatchObject(bad);
      await expect(read('select 1 as a', { b: 1 })).rejects.toMatchObject(bad);
      await expect(read('select :a as a', { a: Number.NaN })).rejects.toMatchObject(bad);
    });

    test('rows past the cap are cut and it says so', async () => {
      const sql = 'select date_day from retail.dates order by date_day';
      const cut = await read(sql, {}, 2500);
      expect(cut.rows).toHaveLength(2500);
      expect(cut.truncated).toBe(true);
      expect(cut.rows.at(-1)).toEqual(['2006-11-04']);
      const whole = await read(`${sql} limit 2500`, {}, 2500);
      expect(whole.rows).toHaveLength(2500);
      expect(whole.truncated).toBe(false);
    });

    test('what is ours gets the same answers, and cannot write either', async () => {
      await write([insert({ id: 'own' })]);
      const sql =
        "select cast(7 as bigint) / 2 as whole, 'x' as text, cast(1.5 as decimal(19,4)) as amount, id from facts where id = 'own'";
      expect(await readOurs(sql)).toEqual(await read(sql));
      await expect(readOurs("delete from lab.facts where id = 'own'")).rejects.toMatchObject({
        code: expect.stringMatching(/^warehouse\./),
      });
      expect((await read("select id from facts where id = 'own'")).rows).toHaveLength(1);
    });

    test('unqualified names resolve in the schema of the query', async () => {
      const inRetail = await under.warehouse.read({
        sql: 'select count(*) as n from dates',
        schema: 'retail',
        maxRows: 1,
        timeoutMs: 5000,
      });
      expect(inRetail.rows).toEqual([[14976]]);
      await expect(read('select count(*) as n from dates')).rejects.toMatchObject({
        code: 'warehouse.bad-statement',
      });
    });

    test('a read cannot write, run two statements or change settings', async () => {
      for (const sql of [
        "insert into lab.facts (id) values ('w')",
        'delete from lab.facts',
        'drop table lab.facts',
        'create table lab.more (a integer)',
        "update lab.facts set note = 'x'",
        'truncate table lab.facts',
        "set timezone to 'Asia/Tokyo'",
        'begin',
      ])
        await expect(read(sql), sql).rejects.toMatchObject({ code: 'warehouse.write-refused' });
      await expect(read('select 1; select 2')).rejects.toMatchObject({ code: 'warehouse.write-refused' });
      expect((await read('select count(*) > 0 as there from facts')).rows).toEqual([[true]]);
    });

    test('what the engine does not understand is our fault and says why', async () => {
      await expect(read('selec 1')).rejects.toMatchObject({
        code: expect.stringMatching(/bad-statement|write-refused/),
      });
      await expect(read('select nothing_like_it from facts')).rejects.toMatchObject({
        code: 'warehouse.bad-statement',
        detail: expect.stringContaining('nothing_like_it'),
      });
      await expect(read('select 1 from no_such_table')).rejects.toMatchObject({
        code: 'warehouse.bad-statement',
        detail: expect.stringContaining('no_such_table'),
      });
      await expect(read("select 'unclosed")).rejects.toMatchObject({ code: 'warehouse.bad-statement' });
    });

    const endless =
      'select count(*) as n from retail.dates a, retail.dates b, retail.dates c where a.year + b.year + c.year = 3';

    test('a query that takes too long is stopped in time', async () => {
      const started = Date.now();
      await expect(
        under.warehouse.read({ sql: endless, schema: 'lab', maxRows: 1, timeoutMs: 1100 }),
      ).rejects.toMatchObject({ code: 'warehouse.timed-out' });
      expect(Date.now() - started).toBeLessThan(5000);
      expect((await read('select 1 as one')).rows).toEqual([[1]]);
    });

    test('a query can be called off, before and while it runs', async () => {
      const stop = new AbortController();
      const running = under.warehouse.read({
        sql: endless,
        schema: 'lab',
        maxRows: 1,
        timeoutMs: 20_000,
        signal: stop.signal,
      });
      setTimeout(() => stop.abort(), 150);
      await expect(running).rejects.toMatchObject({ code: 'warehouse.cancelled' });
      await expect(
        under.warehouse.read({
          sql: 'select 1',
          schema: 'lab',
          maxRows: 1,
          timeoutMs: 1000,
          signal: stop.signal,
        }),
      ).rejects.toMatchObject({ code: 'warehouse.cancelled' });
    });

    test('a batch happens wholly or not at all, and says which step failed', async () => {
      await expect(
        write([
          insert({ id: 'half' }),
          {
            sql: 'insert into lab.facts (id, small) values (:id, :small)',
            params: { id: 'x', small: 'abc' },
          },
        ]),
      ).rejects.toMatchObject({ code: 'warehouse.bad-statement', context: { step: 1 } });
      expect((await read("select count(*) from facts where id = 'half'")).rows).toEqual([[0]]);
    });

    test('a batch of more steps than fit in one request is still one transaction', async () => {
      const rows = Array.from({ length: 60 }, (_, i) => insert({ id: `many${i}`, small: i }));
      await expect(write([...rows, { sql: 'select broken from lab.facts' }])).rejects.toMatchObject({
        code: 'warehouse.bad-statement',
      });
      expect((await read("select count(*) from facts where id like 'many%'")).rows).toEqual([[0]]);
      const token = randomUUID();
      expect(await write(rows, token)).toHaveLength(60);
      await write(rows, token);
      expect((await read("select count(*) from facts where id like 'many%'")).rows).toEqual([[60]]);
    });

    test('the same token writes once, also when both come at the same moment', async () => {
      const token = randomUUID();
      const step = { sql: "insert into lab.facts (id, small) values ('once', 1)" };
      await Promise.all([write([step], token), write([step], token)]);
      await write([step], token);
      expect((await read("select count(*) from facts where id = 'once'")).rows).toEqual([[1]]);
    });

    test('a failed write may be tried again with its token', async () => {
      const token = randomUUID();
      const step = { sql: "insert into lab.later (id) values ('a')" };
      await expect(write([step], token)).rejects.toMatchObject({ code: 'warehouse.bad-statement' });
      await write([{ sql: 'create table lab.later (id varchar(5))' }]);
      await write([step], token);
      expect((await read('select id from lab.later')).rows).toEqual([['a']]);
    });

    test('a scratch table serves later writes, and a write that fails leaves it as it was', async () => {
      const table = 'staging.contract_scratch';
      await write([
        { sql: `create table ${table} (id varchar(20), amount decimal(19,4))`, scratch: table },
        { sql: `insert into ${table} (id, amount) values ('s1', 1.5), ('s2', 2.5)` },
      ]);
      const holds = async () => (await under.warehouse.holdsScratch?.([table])) ?? true;
      expect(await holds()).toBe(true);
      const taking = `delete from ${table} where ${table}.id = 's1'`;
      await expect(write([{ sql: taking }, { sql: 'insert into lab.nowhere values (1)' }])).rejects.toThrow();
      await write([{ sql: `insert into lab.facts (id, amount) select s.id, s.amount from ${table} s` }]);
      expect((await read("select id, amount from facts where id like 's_' order by id")).rows).toEqual([
        ['s1', '1.5000'],
        ['s2', '2.5000'],
      ]);
      await write([{ sql: `drop table if exists ${table}` }]);
      if (under.warehouse.holdsScratch) expect(await holds()).toBe(false);
    });

    test('each step tells its rows or how many it changed', async () => {
      const [inserted, found, updated, deleted] = await write([
        { sql: "insert into lab.facts (id, small) values ('t1', 1), ('t2', 2)" },
        { sql: "select id, small from lab.facts where id in ('t1', 't2') order by id" },
        { sql: "update lab.facts set small = 5 where id = 't1'" },
        { sql: "delete from lab.facts where id in ('t1', 't2')" },
      ]);
      expect(inserted?.changed).toBe(2);
      expect(found?.table?.rows).toEqual([
        ['t1', 1],
        ['t2', 2],
      ]);
      expect(updated?.changed).toBe(1);
      expect(deleted?.changed).toBe(2);
    });

    test('readers see a write wholly or not at all while it happens, and right after it', async () => {
      await write([{ sql: 'create table lab.pair (side varchar(5), amount integer)' }]);
      await write([{ sql: "insert into lab.pair values ('a', 0), ('b', 0)" }]);
      const sums = new Set<unknown>();
      let writing = true;
      const reading = (async () => {
        while (writing)
          for (const row of (await read('select sum(amount) from lab.pair')).rows) sums.add(row[0]);
      })();
      for (let i = 1; i <= 3; i++) {
        await write([
          { sql: "update lab.pair set amount = amount + 1 where side = 'a'" },
          { sql: "update lab.pair set amount = amount - 1 where side = 'b'" },
        ]);
        expect((await read("select amount from lab.pair where side = 'a'")).rows).toEqual([[i]]);
      }
      writing = false;
      await reading;
      expect([...sums]).toEqual([0]);
    });

    test('files are loaded from the object store, plain and gzip, several at once', async () => {
      const { gzipSync } = await import('node:zlib');
      const bucket = 'lab-bucket';
      const csv = (rows: string) => Buffer.from(`id,amount,day,note\n${rows}`, 'utf8');
      await under.putObject(
        { bucket, key: 'in/a.csv' },
        csv('c1,1.5000,2024-01-01,"he said ""hi"", twice\nand more"\nc2,,,\n'),
      );
      await under.putObject({ bucket, key: "in/b it's.csv" }, csv('c3,-3.2500,2024-01-03,ü\n'));
      await under.putObject({ bucket, key: 'in/c.csv.gz' }, gzipSync(csv('c4,4.0000,2024-01-04,zip\n')));
      const columns = ['id', 'amount', 'day', 'note'];
      const [plain] = await write([
        {
          copyInto: 'lab.facts',
          columns,
          objects: [
            { bucket, key: 'in/a.csv' },
            { bucket, key: "in/b it's.csv" },
          ],
        },
        { copyInto: 'lab.facts', columns, objects: [{ bucket, key: 'in/c.csv.gz' }] },
      ]);
      expect(plain?.changed).toBe(3);
      expect(
        (await read("select id, amount, day, note from facts where id like 'c_' order by id")).rows,
      ).toEqual([
        ['c1', '1.5000', '2024-01-01', 'he said "hi", twice\nand more'],
        ['c2', null, null, null],
        ['c3', '-3.2500', '2024-01-03', 'ü'],
        ['c4', '4.0000', '2024-01-04', 'zip'],
      ]);
    });

    test('a file that cannot be loaded leaves nothing behind', async () => {
      const bucket = 'lab-bucket';
      await under.putObject({ bucket, key: 'bad.csv' }, Buffer.from('id,amount\nz1,1.0\nz2,notanumber\n'));
      const step = {
        copyInto: 'lab.facts',
        columns: ['id', 'amount'],
        objects: [{ bucket, key: 'bad.csv' }],
      };
      await expect(write([step])).rejects.toMatchObject({ code: 'warehouse.bad-statement' });
      expect((await read("select count(*) from facts where id like 'z_'")).rows).toEqual([[0]]);
    });

    test('it can say how many rows a query will read', async () => {
      const estimate = await under.warehouse.estimateRows({
        sql: 'select * from retail.dates',
        schema: 'lab',
        timeoutMs: 5000,
      });
      expect(estimate).toBe(14976);
    });
  });
}
