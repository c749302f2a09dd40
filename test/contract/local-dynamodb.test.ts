import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getAll, putAll } from '../../src/adapters/dynamodb-batches.ts';
import { dynamodbRecords, type Records } from '../../src/adapters/dynamodb-records.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { ensureTables } from '../../src/adapters/dynamodb-tables.ts';
import { type LocalDynamodb, openLocalDynamodb } from '../../src/adapters/local-dynamodb.ts';
import { aRun } from '../support/a-run.ts';

let folder: string;
const toClose: (() => Promise<void>)[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-records-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
  }
  for (const close of toClose.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<{
  local: LocalDynamodb;
  records: Records;
  log: ReturnType<typeof dynamodbRunLog>;
}> {
  const local = await openLocalDynamodb({ folder });
  const records = dynamodbRecords({ ...local.connection, tablePrefix: 'test-' });
  await ensureTables(records);
  toClose.push(async () => {
    records.close();
    await local.close();
  });
  return { local, records, log: dynamodbRunLog(records) };
}

/** Another process that writes run-1, run-2 ... ; resolves once it has acknowledged `count` of them. */
async function aWriter(count: number): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const script = join(import.meta.dirname, '../support/records-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the writer ended')));
    child.stdout?.on('data', (data) => {
      last = Number(String(data).trim().split('\n').at(-1));
      if (last >= count) resolve();
    });
  });
  return { child, acknowledged: () => last };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

it('keeps records over a restart', async () => {
  const first = await open();
  await first.log.create(aRun());
  await toClose.pop()?.();
  const second = await open();
  expect(second.local.owns()).toBe(true);
  expect(await second.log.find('run-1')).toEqual(aRun());
});

it('is closed when the calls under way have their answers, and answers none that comes later', async () => {
  const { local, log } = await open();
  await log.create(aRun());
  const calls = Array.from({ length: 20 }, () => log.list({ limit: 10 }));
  await Promise.any(calls);
  await local.close();
  for (const call of await Promise.allSettled(calls))
    expect(call).toMatchObject(
      call.status === 'fulfilled' ? { value: [aRun()] } : { reason: { code: 'records.unavailable' } },
    );
  await expect(log.find('run-1')).rejects.toMatchObject({ code: 'records.unavailable' });
});

it('lets a second opener of the home share the records of the first', async () => {
  const first = await open();
  const second = await open();
  expect([first.local.owns(), second.local.owns()]).toEqual([true, false]);
  await second.log.create(aRun());
  expect(await first.log.find('run-1')).toEqual(aRun());
});

it('goes on in the second when the first ends', async () => {
  const first = await open();
  const closeFirst = toClose.pop();
  const second = await open();
  await first.log.create(aRun());
  await closeFirst?.();
  expect(await second.log.find('run-1')).toEqual(aRun());
  expect(second.local.owns()).toBe(true);
});

it('loses no acknowledged write to kill -9, and takes over at once', async () => {
  const { child, acknowledged } = await aWriter(50);
  const sharing = await open();
  expect(sharing.local.owns()).toBe(false);
  expect((await sharing.log.find('run-50'))?.id).toBe('run-50');
  await kill(child);
  const startedAt = Date.now();
  for (let at = 1; at <= acknowledged(); at += 1)
    expect((await sharing.log.find(`run-${at}`))?.id).toBe(`run-${at}`);
  expect(sharing.local.owns()).toBe(true);
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

it('says which process holds the folder when that one does not answer', async () => {
  const { child } = await aWriter(1);
  child.kill('SIGSTOP');
  await expect(openLocalDynamodb({ folder, waitMs: 100 })).rejects.toMatchObject({
    code: 'home.locked',
    detail: expect.stringContaining(`Process ${child.pid} `),
  });
});

it('puts batches the same way for its own process and over the socket, and reads back what was put', async () => {
  const [own, other] = [await open(), await open()];
  for (const [at, { records }] of [own, other].entries()) {
    const key = { category: `Ünïcode ${at}`, order_date: '2026-11-21' };
    const items = [
      { ...key, daily_revenue: NumberValue.from('1234567890123456.7891'), names: ['a', ''], note: '' },
      { ...key, order_date: '2026-11-22', nested: { deep: [1, null, true] }, daily_revenue: 0 },
    ];
    await putAll(records, 'category_kpis', items.slice(0, 1));
    await putAll(records, 'category_kpis', items);
    const found = await getAll(own.records, 'category_kpis', [key, { ...key, order_date: '2026-11-22' }]);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ ...items[0], daily_revenue: '1234567890123456.7891' });
    expect(found).toContainEqual({ ...items[1], nested: { deep: ['1', null, true] }, daily_revenue: '0' });
  }
});

it('answers its own process, without a socket, just as it answers others', async () => {
  const both = [await open(), await open()];
  expect(both.map(({ local }) => local.owns())).toEqual([true, false]);
  const told = await Promise.all(both.map(({ records }, at) => dialogue(records, `small-${at}`)));
  expect(told[0]).toEqual(told[1]);
  expect(told[0]?.flatMap(({ error }) => error ?? [])).toEqual([
    'ConditionalCheckFailedException',
    'ValidationException',
    'ResourceNotFoundException',
  ]);
});

type Told = Record<string, unknown>;

/** What the store says to commands of every kind, with values of every kind. */
async function dialogue({ client }: Records, kind: string): Promise<Told[]> {
  const TableName = 'test-small_records';
  const item = (id: string) => ({
    kind,
    id,
    amount: NumberValue.from('12345678901234567.25'),
    count: -3,
    bytes: new Uint8Array([0, 255, 7]),
    names: new Set(['a', 'b']),
    list: [1, undefined, 'x', null, [true]],
    nested: { deep: { empty: '', gone: undefined } },
  });
  const commands = [
    ...['1', '2', '3'].map((id) => new PutCommand({ TableName, Item: item(id) })),
    new PutCommand({ TableName, Item: item('1'), ConditionExpression: 'attribute_not_exists(id)' }),
    new UpdateCommand({
      TableName,
      Key: { kind, id: '1' },
      UpdateExpression: 'set #count = #count + :one, added = :bytes',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': 1, ':bytes': new Uint8Array([1]) },
      ReturnValues: 'ALL_NEW',
    }),
    new GetCommand({ TableName, Key: { kind, id: '2' }, ConsistentRead: true }),
    new GetCommand({ TableName, Key: { kind, id: 'none' } }),
    new GetCommand({ TableName, Key: { kind } }),
    new GetCommand({ TableName: 'test-nowhere', Key: { kind } }),
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': kind },
      Limit: 2,
    }),
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ kind, id: '3' }] } } }),
    new DeleteCommand({ TableName, Key: { kind, id: '2' }, ReturnValues: 'ALL_OLD' }),
    new ScanCommand({
      TableName,
      FilterExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': kind },
    }),
  ];
  const told: Told[] = [];
  for (const command of commands) {
    const reply = await client.send(command as PutCommand).catch((error: Error) => error);
    // Others are scanned, too.
    const { $metadata: _, ScannedCount: __, ...rest } = reply as Told;
    told.push(reply instanceof Error ? { error: reply.name, message: reply.message } : rest);
  }
  return told.map((each) => JSON.parse(JSON.stringify(each, readable).replaceAll(kind, 'kind')) as Told);
}

function readable(_name: string, value: unknown): unknown {
  if (value instanceof Set) return { set: [...value] };
  return value instanceof Uint8Array ? { bytes: [...value] } : value;
}

it('refuses a batch as a whole when a key is missing, empty or comes twice', async () => {
  const { records } = await open();
  const good = { category: 'Shoes', order_date: '2026-11-21' };
  const bad = [{ category: 'Shoes' }, { category: '', order_date: '2026-11-21' }, { ...good }];
  for (const item of bad) await expect(putAll(records, 'category_kpis', [good, item])).rejects.toThrow();
  expect(await getAll(records, 'category_kpis', [good])).toEqual([]);
});

it('answers nobody without the key of the home, and no web page', async () => {
  const { local } = await open();
  const ask = (headers: Record<string, string>) =>
    fetch(local.connection.endpoint ?? '', { method: 'POST', body: '{}', headers });
  expect((await ask({ authorization: 'AWS4-HMAC-SHA256 Credential=AKIAGUESS/' })).status).toBe(403);
  expect((await ask({})).status).toBe(403);
  const { accessKeyId } = local.connection.credentials as { accessKeyId: string };
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/`;
  expect((await ask({ authorization, origin: 'https://example.com' })).status).toBe(403);
});
