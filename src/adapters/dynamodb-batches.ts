import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../domain/app-error.ts';
import type { Records } from './dynamodb-records.ts';
import { type RecordTableName, tableName } from './dynamodb-tables.ts';

export type Item = Record<string, unknown>;

const GET_AT_ONCE = 100;
const PUT_AT_ONCE = 25;
const IN_PARALLEL = 4;
const MAX_ROUNDS = 8;

/** The items with these keys that are there, read consistently, in no order. Keys must differ. */
export async function getAll(records: Records, table: RecordTableName, keys: Item[]): Promise<Item[]> {
  const name = tableName(records, table);
  const found: Item[] = [];
  await inParallel(chunks(keys, GET_AT_ONCE), IN_PARALLEL, async (chunk) => {
    let left = chunk;
    for (let round = 0; left.length > 0; round += 1) {
      await beforeRound(round);
      const reply = await records.client.send(
        new BatchGetCommand({ RequestItems: { [name]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(reply.Responses?.[name] ?? []));
      left = reply.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  });
  return found;
}

/** The items with these ids that are there, in the order of the ids. */
export async function getInOrder(records: Records, table: RecordTableName, ids: string[]): Promise<Item[]> {
  const items = await getAll(
    records,
    table,
    ids.map((id) => ({ id })),
  );
  const byId = new Map(items.map((item) => [String(item['id']), item]));
  return ids.map((id) => byId.get(id)).filter((item) => item !== undefined);
}

/** Puts items without any condition. Keys must differ. */
export async function putAll(records: Records, table: RecordTableName, items: Item[]): Promise<void> {
  await writeAll(
    records,
    table,
    items.map((item) => ({ PutRequest: { Item: item } })),
  );
}

export async function deleteAll(records: Records, table: RecordTableName, keys: Item[]): Promise<void> {
  await writeAll(
    records,
    table,
    keys.map((key) => ({ DeleteRequest: { Key: key } })),
  );
}

type WriteRequest = { PutRequest: { Item: Item } } | { DeleteRequest: { Key: Item } };

async function writeAll(records: Records, table: RecordTableName, requests: WriteRequest[]): Promise<void> {
  const name = tableName(records, table);
  await inParallel(chunks(requests, PUT_AT_ONCE), IN_PARALLEL, async (chunk) => {
    let left: NonNullable<BatchWriteCommand['input']['RequestItems']>[string] = chunk;
    for (let round = 0; left.length > 0; round += 1) {
      await beforeRound(round);
      const reply = await records.client.send(new BatchWriteCommand({ RequestItems: { [name]: left } }));
      left = reply.UnprocessedItems?.[name] ?? [];
    }
  });
}

/** DynamoDB takes part of a batch when it is busy; the rest is sent again after a growing pause. */
async function beforeRound(round: number): Promise<void> {
  if (round === 0) return;
  if (round >= MAX_ROUNDS) throw new AppError('records.throttled', { context: { rounds: round } });
  await pause(Math.min(2_000, 25 * 2 ** round) * (0.5 + Math.random() / 2));
}

/** Runs the work for each input, at most `width` at a time; the first failure stops the rest. */
export async function inParallel<T>(
  inputs: T[],
  width: number,
  work: (input: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < inputs.length && !failed) {
      const input = inputs[next++] as T;
      try {
        await work(input);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, worker));
}

function chunks<T>(items: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  return parts;
}
