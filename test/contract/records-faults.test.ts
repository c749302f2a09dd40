import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { dynamodbRecords, type Records } from '../../src/adapters/dynamodb-records.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { addDays } from '../../src/domain/day.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aRun } from '../support/a-run.ts';
import { type Serving, serving } from '../support/serving.ts';

type Fault = (
  operation: string,
  body: Record<string, unknown>,
) => 'throttle' | 'lose-reply' | 'half' | 'break' | undefined;

let dynamodb: ADynamodb;
let proxy: Serving;
let records: Records;
let fault: Fault;

/** Stands between the SDK and the tables, and does wrong on purpose. */
beforeEach(async () => {
  dynamodb = await aDynamodb();
  fault = () => undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const text = (await buffer(request)).toString();
      const body = JSON.parse(text);
      const wrong = fault(operationOf(request), body);
      if (wrong === 'break') return request.socket.destroy();
      if (wrong === 'throttle') {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        return response.end(
          '{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}',
        );
      }
      const left = wrong === 'half' ? takeHalf(body) : undefined;
      const reply = await fetch(dynamodb.endpoint, {
        method: 'POST',
        headers: headersOf(request),
        body: JSON.stringify(body),
      });
      if (wrong === 'lose-reply') return request.socket.destroy();
      const answer = (await reply.json()) as Record<string, unknown>;
      if (left) answer.UnprocessedItems = left;
      response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end(JSON.stringify(answer));
    })();
  });
  proxy = await serving(server);
  records = dynamodbRecords({
    region: 'local',
    endpoint: proxy.origin,
    credentials: await dynamodb.client.config.credentials(),
    tablePrefix: 'test-',
    maxAttempts: 3,
  });
});
afterEach(async () => {
  records.close();
  await proxy.close();
  await dynamodb.close();
});

function operationOf(request: IncomingMessage): string {
  return String(request.headers['x-amz-target']).split('.')[1] ?? '';
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { authorization, 'x-amz-target': target, 'x-amz-date': date } = request.headers;
  return {
    'content-type': 'application/x-amz-json-1.0',
    authorization: String(authorization),
    'x-amz-target': String(target),
    'x-amz-date': String(date),
  };
}

/** Leaves half of a batch for later, as a busy DynamoDB does. */
function takeHalf(body: Record<string, unknown>): Record<string, unknown[]> {
  const items = body.RequestItems as Record<string, unknown[]>;
  const left: Record<string, unknown[]> = {};
  for (const [table, requests] of Object.entries(items)) {
    if (requests.length < 2) continue;
    left[table] = requests.slice(1);
    items[table] = requests.slice(0, 1);
  }
  return left;
}

const days = Array.from({ length: 30 }, (_, at) => addDays('2026-01-01', at));
const daily = days.map((orderDate) => ({
  orderDate,
  totalOrders: 1,
  totalRevenue: '2.5',
  totalItemsSold: 1,
  returnRate: '0',
  uniqueCustomers: 1,
}));
const refresh = { batchNumber: 1, days, daily, category: [], branch: [] };

it('sends again what a busy table left over', async () => {
  let halves = 0;
  fault = (operation) => {
    if (operation !== 'BatchWriteItem' || halves >= 6) return undefined;
    halves += 1;
    return 'half';
  };
  expect((await dynamodbKpiStore(records).refresh(refresh)).written).toBe(30);
  expect(halves).toBe(6);
  expect(await dynamodbKpiStore(dynamodb.records).daily('2026-01-01', '2026-02-01')).toHaveLength(30);
});

it('gets over a few throttled calls and lost connections', async () => {
  let calls = 0;
  fault = () => {
    calls += 1;
    return calls % 3 === 1 ? 'throttle' : calls % 3 === 2 ? 'break' : undefined;
  };
  await dynamodbRunLog(records).create(aRun());
  expect(await dynamodbRunLog(dynamodb.records).find('run-1')).toEqual(aRun());
});

it('says that the store is busy, or cannot be reached, when it stays so; both may be tried again', async () => {
  const log = dynamodbRunLog(records);
  fault = () => 'throttle';
  await expect(log.find('run-1')).rejects.toMatchObject({ code: 'records.throttled', retryable: true });
  fault = () => 'break';
  await expect(log.find('run-1')).rejects.toMatchObject({ code: 'records.unavailable', retryable: true });
});

it('takes a save whose reply was lost as done, not as a conflict', async () => {
  const log = dynamodbRunLog(records);
  let lost = 0;
  fault = (operation) => {
    if (operation !== 'PutItem' || lost > 0) return undefined;
    lost += 1;
    return 'lose-reply';
  };
  await log.create(aRun());
  lost = 0;
  const saved = await log.save(aRun({ stage: 'load' }));
  expect(saved.version).toBe(2);
  expect(await dynamodbRunLog(dynamodb.records).find('run-1')).toEqual(saved);
});

it('leaves nothing behind of a refresh that broke off, once the next one is done', async () => {
  const category = days.map((orderDate) => ({
    category: 'Only in the first',
    orderDate,
    dailyRevenue: '1',
    avgOrderValue: '1',
    avgReturnRate: '0',
  }));
  let batches = 0;
  fault = (operation, body) => {
    if (operation !== 'BatchWriteItem') return undefined;
    batches += Object.keys(body.RequestItems as object).includes('test-category_kpis') ? 1 : 0;
    return batches > 1 ? 'break' : undefined;
  };
  const broken = dynamodbKpiStore(records).refresh({ ...refresh, category });
  await expect(broken).rejects.toMatchObject({ code: 'records.unavailable' });
  const store = dynamodbKpiStore(dynamodb.records);
  expect((await store.byCategory('Only in the first', '2026-01-01', '2026-02-01')).length).toBeGreaterThan(0);
  await store.refresh({ ...refresh, batchNumber: 2 });
  expect(await store.byCategory('Only in the first', '2026-01-01', '2026-02-01')).toEqual([]);
  expect(await store.categories()).toEqual([]);
  expect(await store.daily('2026-01-01', '2026-02-01')).toHaveLength(30);
});
