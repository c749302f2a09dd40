import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../domain/app-error.ts';
import { Run } from '../domain/run.ts';
import type { RunLog } from '../ports/run-log.ts';
import { getInOrder, type Item } from './dynamodb-batches.ts';
import { dropParts, packBody, unpackBody } from './dynamodb-bodies.ts';
import { isConditionFailed, onRecords } from './dynamodb-errors.ts';
import { queryPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { LISTING, tableName } from './dynamodb-tables.ts';

/**
 * Runs, one item each, saved on condition of their version. `loaded_files` is written before a run is saved as
 * loaded and read consistently; a pointer whose run did not get that far is passed over.
 */
export function dynamodbRunLog(records: Records): RunLog {
  return {
    create: (run) =>
      onRecords(() => put(records, run, { condition: 'attribute_not_exists(id)', values: {} })),
    save: (run) => onRecords(() => save(records, run)),
    find: (id) => onRecords(() => find(records, id)),
    findLoaded: (contentHash) => onRecords(() => findLoaded(records, contentHash)),
    list: (options) => onRecords(() => list(records, options)),
    nextBatchNumber: () => onRecords(() => nextBatchNumber(records)),
  };
}

async function save(records: Records, run: Run): Promise<Run> {
  const next = { ...run, version: run.version + 1 };
  if (isLoaded(next)) await pointToLoaded(records, next);
  await put(records, next, { condition: '#version = :before', values: { ':before': run.version } });
  return next;
}

async function put(
  records: Records,
  run: Run,
  on: { condition: string; values: Record<string, unknown> },
): Promise<void> {
  // Names this very write: when its reply is lost and the SDK sends it again, the failed condition is our own doing.
  const write = randomUUID();
  const body = await packBody(records, `run/${run.id}/${write}`, run);
  const item: Item = {
    id: run.id,
    version: run.version,
    write,
    listing: LISTING,
    started: startedKey(run),
    feed: run.feed,
    outcome: run.outcome,
    ...body,
  };
  try {
    const reply = await records.client.send(
      new PutCommand({
        TableName: tableName(records, 'runs'),
        Item: item,
        ConditionExpression: on.condition,
        ReturnValues: 'ALL_OLD',
        ...(on.condition.includes('#version') ? { ExpressionAttributeNames: { '#version': 'version' } } : {}),
        ...(Object.keys(on.values).length > 0 ? { ExpressionAttributeValues: on.values } : {}),
      }),
    );
    await dropParts(records, reply.Attributes);
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const stored = await getItem(records, run.id);
    if (stored?.write === write) return;
    await dropParts(records, body);
    throw new AppError('records.conflict', {
      cause: error,
      detail: stored ? `Run ${run.id} was changed by another process.` : `Run ${run.id} is not there.`,
    });
  }
}

async function find(records: Records, id: string): Promise<Run | undefined> {
  const item = await getItem(records, id);
  return item && (await toRun(records, item));
}

async function getItem(records: Records, id: string): Promise<Item | undefined> {
  const reply = await records.client.send(
    new GetCommand({ TableName: tableName(records, 'runs'), Key: { id }, ConsistentRead: true }),
  );
  return reply.Item;
}

async function pointToLoaded(records: Records, run: Run): Promise<void> {
  await records.client.send(
    new PutCommand({
      TableName: tableName(records, 'loaded_files'),
      Item: { content_hash: run.contentHash, started: startedKey(run), run: run.id },
    }),
  );
}

async function findLoaded(records: Records, contentHash: string): Promise<Run | undefined> {
  const reply = await records.client.send(
    new QueryCommand({
      TableName: tableName(records, 'loaded_files'),
      KeyConditionExpression: 'content_hash = :hash',
      ExpressionAttributeValues: { ':hash': contentHash },
      ScanIndexForward: false,
      ConsistentRead: true,
    }),
  );
  for (const pointer of reply.Items ?? []) {
    const run = await find(records, String(pointer.run));
    if (run && isLoaded(run) && !run.undoneAt) return run;
  }
  return undefined;
}

async function list(
  records: Records,
  options: { limit: number; feed?: string; outcome?: Run['outcome'] },
): Promise<Run[]> {
  const ids: string[] = [];
  const pages = queryPages(records, 'runs', {
    IndexName: 'by_start',
    KeyConditionExpression: 'listing = :all',
    ExpressionAttributeValues: { ':all': LISTING },
    ScanIndexForward: false,
  });
  for await (const page of pages) {
    const wanted = page.filter(
      (item) =>
        (options.feed === undefined || item['feed'] === options.feed) &&
        (options.outcome === undefined || item['outcome'] === options.outcome),
    );
    ids.push(...wanted.map((item) => String(item['id'])));
    if (ids.length >= options.limit) break;
  }
  return readRuns(records, ids.slice(0, options.limit));
}

/** In the order of the ids. */
async function readRuns(records: Records, ids: string[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const item of await getInOrder(records, 'runs', ids)) runs.push(await toRun(records, item));
  return runs;
}

async function toRun(records: Records, item: Item): Promise<Run> {
  return Run.parse(await unpackBody(records, item));
}

async function nextBatchNumber(records: Records): Promise<number> {
  const reply = await records.client.send(
    new UpdateCommand({
      TableName: tableName(records, 'counters'),
      Key: { name: 'batch' },
      UpdateExpression: 'add latest :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(reply.Attributes?.latest);
}

function isLoaded(run: Run): boolean {
  return run.outcome === 'loaded' || run.outcome === 'partly-refused';
}

/** Sorts by start, then by id. */
function startedKey(run: Run): string {
  return `${run.startedAt}#${run.id}`;
}
