import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../ports/clock.ts';
import type { Claim, Conversation, Conversations } from '../ports/conversations.ts';
import { deleteAll, type Item } from './dynamodb-batches.ts';
import { dropParts, packBody, unpackBody } from './dynamodb-bodies.ts';
import { isConditionFailed, onRecords } from './dynamodb-errors.ts';
import { scanPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

type Turn = Conversation['turns'][number];

/** How many turns of a thread are looked back on. */
const MOST_TURNS = 20;
const TURNS_KEPT_S = 90 * 86_400;
/** Slack repeats an event for an hour at most; a week leaves room for a long stop. */
const EVENTS_KEPT_S = 7 * 86_400;

/**
 * Threads, one item a turn, and claims on events. DynamoDB drops what has expired some days late, and the embedded
 * one never does, so expired items are left out here as well.
 */
export function dynamodbConversations(records: Records, clock: Clock): Conversations {
  const nowMs = () => clock.now().getTime();
  return {
    find: (thread) => onRecords(() => find(records, thread, nowMs())),
    addTurn: (thread, channel, turn) => onRecords(() => addTurn(records, { thread, channel, turn }, nowMs())),
    claim: (eventKey, leaseMs) => onRecords(() => claim(records, eventKey, leaseMs, nowMs())),
    notePosted: (eventKey, ts) => onRecords(() => notePosted(records, eventKey, ts, nowMs())),
    removeTurns: (matches, { remove }) => onRecords(() => removeTurns(records, matches, remove)),
    finish: (eventKey) => onRecords(() => finish(records, eventKey, nowMs())),
  };
}

async function find(records: Records, thread: string, nowMs: number): Promise<Conversation | undefined> {
  const reply = await records.client.send(
    new QueryCommand({
      TableName: tableName(records, 'conversation_turns'),
      KeyConditionExpression: 'thread = :thread',
      ExpressionAttributeValues: { ':thread': thread },
      ScanIndexForward: false,
      Limit: MOST_TURNS,
      ConsistentRead: true,
    }),
  );
  const items = (reply.Items ?? []).filter((item) => Number(item.expires_at) * 1000 > nowMs).reverse();
  const latest = items.at(-1);
  if (!latest) return undefined;
  const turns: Turn[] = [];
  for (const item of items) turns.push((await unpackBody(records, item)) as Turn);
  return { thread, channel: String(latest.channel), turns };
}

async function addTurn(
  records: Records,
  added: { thread: string; channel: string; turn: Turn },
  nowMs: number,
): Promise<void> {
  const { thread, channel, turn } = added;
  // The same turn noted twice, by a repeated event, is one turn.
  const mark = createHash('sha256').update(JSON.stringify(turn)).digest('hex').slice(0, 16);
  const key = { thread, turn: `${turn.askedAt}#${mark}` };
  const body = await packBody(records, `turn/${thread}/${key.turn}`, turn);
  const item: Item = { ...key, channel, expires_at: Math.floor(nowMs / 1000) + TURNS_KEPT_S, ...body };
  await records.client.send(
    new PutCommand({ TableName: tableName(records, 'conversation_turns'), Item: item }),
  );
}

/** One conditional update: of many callers at once, one gets the event. */
async function claim(records: Records, eventKey: string, leaseMs: number, nowMs: number): Promise<Claim> {
  const nowS = Math.floor(nowMs / 1000);
  try {
    const reply = await records.client.send(
      new UpdateCommand({
        TableName: tableName(records, 'events'),
        Key: { event_key: eventKey },
        UpdateExpression: 'set progress = :claimed, lease_until = :until, expires_at = :expires',
        ConditionExpression:
          'attribute_not_exists(event_key) or expires_at <= :nowS or (progress = :claimed and lease_until <= :now)',
        ExpressionAttributeValues: {
          ':claimed': 'claimed',
          ':until': nowMs + leaseMs,
          ':expires': nowS + EVENTS_KEPT_S,
          ':nowS': nowS,
          ':now': nowMs,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const posted = reply.Attributes?.posted_ts;
    return { state: 'owned', postedTs: typeof posted === 'string' ? posted : null };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const stored = await records.client.send(
      new GetCommand({
        TableName: tableName(records, 'events'),
        Key: { event_key: eventKey },
        ConsistentRead: true,
      }),
    );
    return { state: stored.Item?.progress === 'done' ? 'done' : 'busy' };
  }
}

/** An event that nobody has claimed is then free to be claimed, with what was posted. */
async function notePosted(records: Records, eventKey: string, ts: string, nowMs: number): Promise<void> {
  await setOnEvent(
    records,
    eventKey,
    'posted_ts = :ts, progress = if_not_exists(progress, :claimed), lease_until = if_not_exists(lease_until, :free)',
    { ':ts': ts, ':claimed': 'claimed', ':free': 0 },
    nowMs,
  );
}

async function finish(records: Records, eventKey: string, nowMs: number): Promise<void> {
  await setOnEvent(records, eventKey, 'progress = :done', { ':done': 'done' }, nowMs);
}

async function setOnEvent(
  records: Records,
  eventKey: string,
  changes: string,
  values: Item,
  nowMs: number,
): Promise<void> {
  await records.client.send(
    new UpdateCommand({
      TableName: tableName(records, 'events'),
      Key: { event_key: eventKey },
      UpdateExpression: `set ${changes}, expires_at = :expires`,
      ExpressionAttributeValues: { ...values, ':expires': Math.floor(nowMs / 1000) + EVENTS_KEPT_S },
    }),
  );
}

async function removeTurns(
  records: Records,
  matches: (turn: Turn) => boolean,
  remove: boolean,
): Promise<number> {
  let count = 0;
  for await (const page of scanPages(records, 'conversation_turns', { ConsistentRead: true })) {
    for (const item of page) {
      if (!matches((await unpackBody(records, item)) as Turn)) continue;
      count += 1;
      if (!remove) continue;
      await deleteAll(records, 'conversation_turns', [{ thread: item['thread'], turn: item['turn'] }]);
      await dropParts(records, item);
    }
  }
  return count;
}
