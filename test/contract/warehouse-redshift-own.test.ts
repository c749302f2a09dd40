import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkFiles } from '../../etl/stages/check-files.ts';
import { createPartWriter } from '../../etl/stages/part-writer.ts';
import { under } from '../../src/adapters/plain-tracer.ts';
import { bindForDataApi } from '../../src/adapters/redshift-parameters.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import { aRedshift } from '../support/a-redshift.ts';
import { eventually } from '../support/eventually.ts';

let redshift: Awaited<ReturnType<typeof aRedshift>>;
beforeEach(async () => {
  redshift = await aRedshift({ migrate: false });
  await redshift.warehouse.write({
    token: 'lab',
    steps: [{ sql: 'create schema lab' }, { sql: 'create table lab.t (a integer, note varchar(20))' }],
  });
});
afterEach(() => redshift.close());

const read = (sql: string, timeoutMs = 10_000) =>
  redshift.warehouse.read({ sql, schema: 'lab', maxRows: 10_000, timeoutMs });
const count = async () => (await read('select count(*) from t')).rows[0]?.[0];
const insert = { sql: "insert into lab.t (a, note) values (:a, 'x')", params: { a: 1 } };

test('throttling and faults of the service are waited out', async () => {
  redshift.server.faults.throttled = 3;
  expect(await count()).toBe(0);
  redshift.server.faults.serverErrors = 2;
  expect(await count()).toBe(0);
  redshift.server.faults.tooManyStatements = 2;
  expect(await count()).toBe(0);
});

test('throttling without end is told as such, and can be tried again later', async () => {
  redshift.server.faults.throttled = 1000;
  await expect(count()).rejects.toMatchObject({ code: 'warehouse.throttled', retryable: true });
});

test('a paused workgroup is named', async () => {
  redshift.server.faults.paused = true;
  await expect(count()).rejects.toMatchObject({
    code: 'warehouse.unavailable',
    detail: expect.stringContaining('paused'),
  });
});

test('a lost reply to a write does not write twice', async () => {
  const token = randomUUID();
  await redshift.warehouse.write({ token: 'warm', steps: [insert] });
  const calls = redshift.server.calls.length;
  const writing = redshift.warehouse.write({ token, steps: [insert] });
  redshift.server.faults.lostReplies = 3;
  await writing;
  expect(
    redshift.server.calls.slice(calls).filter((call) => call === 'BatchExecuteStatement').length,
  ).toBeGreaterThan(0);
  expect(await count()).toBe(2);
});

test('another process with the same token writes nothing more, even when client tokens have expired', async () => {
  const token = randomUUID();
  await redshift.warehouse.write({ token, steps: [insert] });
  redshift.server.forgetClientTokens();
  expect(await redshift.another().write({ token, steps: [insert] })).toEqual([
    { table: null, changed: null },
  ]);
  expect(await count()).toBe(1);
});

test('it asks less and less often where long polls are not honoured', async () => {
  redshift.server.faults.neverWaits = true;
  const before = redshift.server.calls.length;
  await read('select count(*) from (select a.n from (select 1 as n) a) b');
  expect(redshift.server.calls.length - before).toBeLessThan(12);
});

test('a result that is no longer kept says so', async () => {
  const page = read('select 1');
  await page;
  redshift.server.faults.neverWaits = true;
  const reading = read('select count(*) from lab.t a, lab.t b');
  const forget = setInterval(() => redshift.server.forgetResults(), 1);
  await expect(reading).rejects.toMatchObject({ code: 'warehouse.expired-result' });
  clearInterval(forget);
});

test('results of many pages come whole and in order', async () => {
  await redshift.warehouse.write({
    token: 'numbers',
    steps: [
      {
        sql: `insert into lab.t (a) with d as (select 0 as n union all select 1 union all select 2 union all select 3 union all select 4
  union all select 5 union all select 6 union all select 7 union all select 8 union all select 9)
select a.n + 10 * b.n + 100 * c.n + 1000 * e.n from d a, d b, d c, d e where e.n < 4`,
      },
    ],
  });
  const table = await read('select a from t order by a');
  expect(table.rows).toHaveLength(4000);
  expect(table.rows[3999]).toEqual([3999]);
});

test('a query stopped for time is cancelled in Redshift too', async () => {
  await redshift.warehouse.write({
    token: 'many',
    steps: [
      { sql: `insert into lab.t (a) values ${Array.from({ length: 900 }, (_, i) => `(${i})`).join(',')}` },
    ],
  });
  const endless = 'select count(*) from t a, t b, t c, t d where a.a + b.a + c.a + d.a = -1';
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 200);
  await expect(
    redshift.warehouse.read({
      sql: endless,
      schema: 'lab',
      maxRows: 1,
      timeoutMs: 20_000,
      signal: stop.signal,
    }),
  ).rejects.toMatchObject({ code: 'warehouse.cancelled' });
  expect(redshift.server.calls).toContain('CancelStatement');
});

test('SQL longer than Redshift takes is refused before it is sent', async () => {
  await expect(read(`select '${'x'.repeat(100_001)}'`)).rejects.toMatchObject({
    code: 'warehouse.bad-statement',
  });
});

test('reads go in as the reader, who may not write', async () => {
  const calls = redshift.server.sql.length;
  await read('select 1');
  expect(redshift.server.sql.slice(calls)).toEqual([
    'set search_path to lab',
    'set statement_timeout to 10000',
    'select 1',
  ]);
});

test('a load names its role, its manifest and its formats', async () => {
  await redshift.objects.put({ bucket: 'bkt', key: 'a.csv' }, 'a,note\n1,x\n');
  await redshift.warehouse.write({
    token: 'copy',
    steps: [{ copyInto: 'lab.t', columns: ['a', 'note'], objects: [{ bucket: 'bkt', key: 'a.csv' }] }],
  });
  expect(redshift.server.sql.find((sql) => sql.startsWith('copy'))).toMatch(
    /^copy lab\.t \(a, note\)\nfrom 's3:\/\/bkt\/manifests\/[0-9a-f]{32}-0\.json'\niam_role 'arn:aws:iam::111111111111:role\/copy'\ncsv ignoreheader 1 emptyasnull dateformat 'YYYY-MM-DD' timeformat 'auto' maxerror 0\nmanifest$/,
  );
  await expect(
    redshift.warehouse.write({
      token: 'bad-copy',
      steps: [
        {
          copyInto: "lab.t (a) from 's3://x' --",
          columns: ['a'],
          objects: [{ bucket: 'bkt', key: 'a.csv' }],
        },
      ],
    }),
  ).rejects.toMatchObject({ code: 'warehouse.bad-statement' });
});

test('a load that failed names the record, as SYS_LOAD_ERROR_DETAIL has it, and the line of the source', async () => {
  const object = { bucket: 'bkt', key: 'set/run-1/orders.csv-abc/1-t.csv' };
  await redshift.objects.put(object, 'a,note,source_line\n1,"x, y",2\nfive,z,7\n');
  await redshift.warehouse.write({
    token: 'recorded view',
    steps: [
      { sql: 'create table lab.t2 (a integer, note varchar(20), source_line bigint)' },
      {
        sql: 'create table ops.sys_load_error_detail (query_id bigint, start_time timestamp, file_name varchar(256), line_number bigint, column_name varchar(127), column_type varchar(10), error_code integer, error_message varchar(512))',
      },
      {
        sql: `insert into ops.sys_load_error_detail values
 (1, '2026-01-01 10:00:00', 's3://bkt/set/run-1/orders.csv-abc/1-t.csv          ', 2, 'a         ', 'int4', 1207, 'An older one'),
 (2, '2026-01-01 11:00:00', 's3://bkt/set/run-1/orders.csv-abc/1-t.csv          ', 3, 'a         ', 'int4', 1207, 'Invalid digit, Value ''f'', Pos 0, Type: Integer    '),
 (3, '2026-01-01 12:00:00', 's3://bkt/another.csv', 9, 'b', 'int4', 1207, 'Of somebody else')`,
      },
    ],
  });
  const failed = redshift.warehouse.write({
    token: 'a load that fails',
    steps: [{ copyInto: 'lab.t2', columns: ['a', 'note', 'source_line'], objects: [object] }],
  });
  await expect(failed).rejects.toMatchObject({
    code: 'warehouse.bad-statement',
    detail:
      "set/run-1/orders.csv-abc/1-t.csv, line 3, column a: Invalid digit, Value 'f', Pos 0, Type: Integer",
    context: { refusedRecord: { object, line: 3, sourceLine: 7, column: 'a' } },
  });
});

test('a load in parts names each part once, and a record of its second part by the file and line that were sent', async () => {
  const refOf = (part: number) => ({
    bucket: 'bkt',
    key: `set/run-2/sales.csv-abc/1-payments.part-${part}.csv.gz`,
  });
  const limits = { slices: 2, leastBytes: 60, fullBytes: 10_000 };
  const writer = createPartWriter(refOf, redshift.objects, limits);
  writer.write(Buffer.from('payment_id,amount,source_line\n'));
  for (let line = 2; line < 12; line += 1)
    writer.write(Buffer.from(`p${line},${line === 9 ? 'nine' : line},${line + 100}\n`));
  const parts = await writer.close();
  expect(parts.length).toBe(2);
  const second = gunzipSync(
    await buffer((await redshift.objects.get(parts[1] as ObjectRef)).body),
  ).toString();
  const place = second.split('\n').findIndex((line) => line.includes('nine')) + 1;
  expect(place).toBeGreaterThan(1);
  await redshift.warehouse.write({
    token: 'staging and view',
    steps: [
      { sql: 'create schema staging' },
      {
        sql: 'create table ops.sys_load_error_detail (query_id bigint, start_time timestamp, file_name varchar(256), line_number bigint, column_name varchar(127), error_message varchar(512))',
      },
      {
        sql: `insert into ops.sys_load_error_detail values
 (2, '2026-01-01 11:00:00', 's3://bkt/${parts[1]?.key}   ', ${place}, 'amount', 'Invalid digit'),
 (3, '2026-01-01 12:00:00', 's3://bkt/set/run-20/sales.csv-abc/1-payments.part-1.csv.gz', 9, 'b', 'Of another run')`,
      },
    ],
  });
  const none = { read: 10, accepted: 10, refused: 0, waiting: 0 };
  const failed = checkFiles(
    {
      run: 'run-2',
      files: [
        {
          file: 'sales.csv',
          feed: 'payments',
          object: { bucket: 'bkt', key: 'landing/sales.csv' },
          sizeBytes: 1,
          sha256: '',
          outputs: [
            {
              table: 'payments',
              object: parts[0] as ObjectRef,
              parts,
              columns: ['payment_id', 'amount', 'source_line'],
              rows: 10,
            },
          ],
          counts: none,
          refusedObject: null,
          refusals: [],
          controlTotals: {},
          warnings: [],
          unused: [],
        },
      ],
      rules: [],
      tolerance: {},
      redriven: null,
    },
    redshift,
  );
  await expect(failed).rejects.toMatchObject({
    code: 'warehouse.bad-statement',
    detail: 'sales.csv, line 109, column amount: Invalid digit',
  });
  const copies = redshift.server.sql.filter((sql) => /^copy staging\./.test(sql));
  expect(new Set(copies).size).toBe(1);
  expect(copies[0]).toMatch(/dateformat 'YYYY-MM-DD' timeformat 'auto' maxerror 0\ngzip\nmanifest$/);
  const key = /'s3:\/\/bkt\/(manifests\/[^']+)'/.exec(copies[0] ?? '')?.[1] ?? '';
  const manifest = (await buffer((await redshift.objects.get({ bucket: 'bkt', key })).body)).toString();
  expect(JSON.parse(manifest)).toEqual({
    entries: parts.map((part) => ({ url: `s3://bkt/${part.key}`, mandatory: true })),
  });
});

test('nulls, numbers and empty text become literals, all other text stays a parameter', () => {
  expect(
    bindForDataApi(
      "select :a, :b, :c, :d, ':a', :e::date, :a -- :b",
      { a: null, b: -1.5, c: '', d: true, e: '2025-01-01' },
      's1_',
    ),
  ).toEqual({
    sql: "select null, (-1.5), '', true, ':a', :s1_e::date, null -- :b",
    parameters: [{ name: 's1_e', value: '2025-01-01' }],
  });
});

test('how many files are read at once is asked of the cluster, then of the workgroup, and is a setting above both', async () => {
  expect(await redshift.warehouse.copySlices?.()).toBe(2);
  const asking = () => redshift.another({ slices: undefined }).copySlices?.();
  expect(await asking()).toBe(8);
  const has = (table: string, column: string, values: string) =>
    redshift.warehouse.write({
      token: table,
      steps: [
        { sql: `create table ops.${table} (${column})` },
        { sql: `insert into ops.${table} values ${values}` },
      ],
    });
  await has('sys_serverless_usage', 'start_time timestamp, compute_capacity float8', '(getdate(), 24)');
  expect(await asking()).toBe(24);
  await has('stv_slices', 'node integer, slice integer', '(0, 0), (0, 1), (1, 2), (1, 3)');
  expect(await asking()).toBe(4);
});

test('what a stopped process left under way is waited for, or called off, and an open transaction is rolled back', async () => {
  const slow = { sql: 'insert into lab.t (a) select count(*) from range(400000) r, range(4000) s' };
  const writing = (run: string, steps: { sql: string }[]) =>
    under({ run }, () => redshift.warehouse.write({ token: `${run}-load`, steps })).then(
      () => 'written',
      (error: { code: string }) => error.code,
    );
  await redshift.warehouse.write({ token: 'warm', steps: [insert] });

  const first = writing('run-1', [insert]);
  await eventually(() =>
    expect(redshift.server.sql.filter((sql) => sql.includes('(a, note)'))).toHaveLength(2),
  );
  expect(await redshift.another().settle?.('run-1')).toBe(true);
  expect(await count()).toBe(2);
  expect(await first).toBe('written');

  const second = writing('run-2', [slow]);
  await eventually(() => expect(redshift.server.sql).toContain(slow.sql));
  const hasty = redshift.another({ settle: { graceMs: 0 } });
  expect(await hasty.settle?.('run-2')).toBe(true);
  const ended = await count();
  expect(ended).toBe((await second) === 'written' ? 3 : 2);

  // More statements than fit in one batch go through a session; its process dies in the middle of the transaction.
  const dying = new RedshiftDataClient({
    endpoint: redshift.server.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const send = dying.send.bind(dying);
  let died = false;
  dying.send = (async (command: { input: { Sql?: string } }) => {
    const reply = send(command as never);
    died ||= command.input.Sql === slow.sql;
    void reply.catch(() => undefined);
    return died ? new Promise(() => undefined) : reply;
  }) as never;
  const many = Array.from({ length: 40 }, () => ({ sql: 'insert into lab.t (a) values (3)' }));
  void under({ run: 'run-3' }, () =>
    redshift.another({ client: dying }).write({ token: 'run-3-load', steps: [...many, slow] }),
  );
  const reached = () => redshift.server.sql.filter((sql) => sql === slow.sql).length;
  await eventually(() => expect([died, reached()]).toEqual([true, 2]));
  expect(await hasty.settle?.('run-3')).toBe(true);
  expect(await count()).toBe(ended);
  await redshift.warehouse.write({ token: 'run-3-load', steps: [insert] });
  expect(await count()).toBe(Number(ended) + 1);
});
