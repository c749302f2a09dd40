import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchWriteCommand, DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { consumeEvents } from '../../etl/events/consume-events.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { anEvent, onlineRetail } from '../support/some-events.ts';
import { type Measure, measure } from './measure.ts';

const ROUNDS = 5;
/** Ours takes micro-batches; the baseline's cost does not depend on how many there are. */
const OUR_EVENTS = 40_000;
const BATCH = 10_000;
const BASELINE_EVENTS = 600;
const LINES = 21;

/**
 * Events into DynamoDB, exactly once and with readable invoices: our consumer (judging, raw objects, fold, checks
 * for repeats, notes for the warehouse) against two update calls for each event, one after another. Both on dynalite
 * in this process; invoices have 21 lines, as in Online Retail. A tenth of the events comes twice.
 */
export async function eventsBench(options: { rounds?: number } = {}): Promise<Measure[]> {
  const rounds = options.rounds ?? ROUNDS;
  const speed = { ours: [] as number[], shared: [] as number[], baseline: [] as number[] };
  const units = { ours: [] as number[], shared: [] as number[], baseline: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work, count] of [
      ['ours', consumeAlone, OUR_EVENTS],
      ['shared', consumeBesideOthers, OUR_EVENTS],
      ['baseline', updateTwice, BASELINE_EVENTS],
    ] as const) {
      const dynamodb = await aDynamodb();
      const spent = countWriteUnits(name === 'baseline' ? dynamodb.plainClient : dynamodb.client);
      const startedMs = performance.now();
      await work(dynamodb, count);
      speed[name].push((1_000 * count) / (performance.now() - startedMs));
      units[name].push(spent() / count);
      await dynamodb.close();
    }
  }
  return [
    measure('events into DynamoDB, one machine', 'events/s', speed.ours, speed.baseline),
    measure('events into DynamoDB, many writers', 'events/s', speed.shared, speed.baseline),
    measure('write units per event', 'write units', units.ours, units.baseline),
  ];
}

function eventsOf(count: number): StreamRecord[] {
  const records: StreamRecord[] = [];
  for (let at = 0; records.length < count; at += 1) {
    const invoice = String(536_365 + Math.floor(at / LINES));
    const event = anEvent(`0123456789abcdef-${at}`, {
      invoice,
      product: `8${String(at % 4_070).padStart(4, '0')}`,
      quantity: String(1 + (at % 24)),
      price: `${at % 13}.${String(at % 100).padStart(2, '0')}`,
      customer: String(12_346 + (Math.floor(at / LINES) % 4_372)),
    });
    const data = JSON.stringify(event);
    const times = at % 10 === 0 ? 2 : 1;
    for (let time = 0; time < times && records.length < count; time += 1)
      records.push({ shard: 'bench', sequence: String(records.length).padStart(15, '0'), data });
  }
  return records;
}

/** As on one machine, where a lock keeps others out. */
async function consumeAlone(dynamodb: ADynamodb, count: number): Promise<void> {
  await consumeAll(dynamodb, count, true);
}

/** As behind Kinesis: each write on condition that nobody else was faster. */
async function consumeBesideOthers(dynamodb: ADynamodb, count: number): Promise<void> {
  await consumeAll(dynamodb, count, false);
}

async function consumeAll(dynamodb: ADynamodb, count: number, soleWriter: boolean): Promise<void> {
  const needs = {
    invoices: dynamodbInvoices(dynamodb.records, { soleWriter }),
    objects: memoryObjectStore(),
    bucket: 'landing',
    feeds: await onlineRetail(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const records = eventsOf(count);
  let stored = 0;
  for (let from = 0; from < records.length; from += BATCH) {
    const outcome = await consumeEvents(records.slice(from, from + BATCH), '2026-03-02', needs);
    stored += outcome.added + outcome.repeated;
  }
  if (stored !== count) throw new Error(`${stored} of ${count} events were stored`);
}

/** The plain way, with AWS's client: one call adds the line to its invoice, another adds to the customer. */
async function updateTwice(dynamodb: ADynamodb, count: number): Promise<void> {
  const { plainClient: client } = dynamodb;
  for (const { data } of eventsOf(count)) {
    const { id, data: row } = JSON.parse(data) as { id: string; data: Record<string, string> };
    const amount = Number(row['Quantity']) * Number(row['UnitPrice']);
    const added = await unlessSeen(
      client.send(
        new UpdateCommand({
          TableName: 'test-invoices',
          Key: { invoice: row['InvoiceNo'], part: '0000' },
          UpdateExpression:
            'SET #lines = list_append(if_not_exists(#lines, :none), :line), customer = :customer ADD seen :ids, amount :amount',
          ConditionExpression: 'attribute_not_exists(seen) OR NOT contains(seen, :id)',
          ExpressionAttributeNames: { '#lines': 'lines' },
          ExpressionAttributeValues: {
            ':none': [],
            ':line': [row],
            ':customer': row['CustomerID'],
            ':ids': new Set([id]),
            ':id': id,
            ':amount': amount,
          },
        }),
      ),
    );
    if (!added) continue;
    await client.send(
      new UpdateCommand({
        TableName: 'test-customers',
        Key: { customer: row['CustomerID'], invoice: row['InvoiceNo'] },
        UpdateExpression: 'ADD amount :amount, #lines :one',
        ExpressionAttributeNames: { '#lines': 'lines' },
        ExpressionAttributeValues: { ':amount': amount, ':one': 1 },
      }),
    );
  }
}

async function unlessSeen(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

type Capacity = { CapacityUnits?: number };
type Command = { input: object };
type Reply = { ConsumedCapacity?: Capacity | Capacity[] };

const WRITES = [BatchWriteCommand, DeleteCommand, PutCommand, UpdateCommand];

/** Asks every write what it cost, as DynamoDB bills it. */
function countWriteUnits(client: DynamoDBDocumentClient): () => number {
  let spent = 0;
  const send = client.send.bind(client) as (command: Command) => Promise<Reply>;
  const counted = async (command: Command): Promise<Reply> => {
    if (!WRITES.some((each) => command instanceof each)) return send(command);
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const reply = await send(command);
    const { ConsumedCapacity: cost } = reply;
    for (const part of Array.isArray(cost) ? cost : [cost]) spent += Number(part?.CapacityUnits ?? 0);
    return reply;
  };
  client.send = counted as typeof client.send;
  return () => spent;
}
