import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../domain/app-error.ts';
import { isDeadProcess } from '../domain/dead-process.ts';
import { isConditionFailed } from './dynamodb-errors.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

const LEASE_MS = 20_000;
/** Renewed when less than this is left, so that no write starts on a lease about to end. */
const MARGIN_MS = 12_000;
const WAIT_MS = 60_000;

/** The lease is an item of `kpi_days` that is no day. */
const LEASE_KEY = { order_date: '#writer' };

/**
 * Runs the work while no other process refreshes KPIs; `keepLease` is to be called between its steps. The lease of a
 * killed holder ends by itself, or at once when it was a process of this machine. Throws records.throttled when another one keeps it for a minute.
 */
export async function withKpiLease<T>(
  records: Records,
  work: (keepLease: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  let until = await waitForLease(records, holder);
  const keepLease = async () => {
    if (until - Date.now() > MARGIN_MS) return;
    const renewed = await tryLease(records, holder);
    if (renewed === undefined) throw new AppError('records.throttled', { context: { lost: 'kpi lease' } });
    until = renewed;
  };
  try {
    return await work(keepLease);
  } finally {
    await release(records, holder);
  }
}

async function waitForLease(records: Records, holder: string): Promise<number> {
  const giveUpAt = Date.now() + WAIT_MS;
  for (;;) {
    const until = await tryLease(records, holder);
    if (until !== undefined) return until;
    if (Date.now() > giveUpAt) throw new AppError('records.throttled', { context: { busy: 'kpi lease' } });
    await pause(100 + Math.random() * 200);
  }
}

/** When the lease ends, or undefined when another has it. */
async function tryLease(records: Records, holder: string): Promise<number | undefined> {
  const now = Date.now();
  try {
    await records.client.send(
      new PutCommand({
        TableName: tableName(records, 'kpi_days'),
        Item: { ...LEASE_KEY, holder, host: hostname(), pid: process.pid, lease_until: now + LEASE_MS },
        ConditionExpression: 'attribute_not_exists(order_date) or holder = :us or lease_until < :now',
        ExpressionAttributeValues: { ':us': holder, ':now': now },
      }),
    );
    return now + LEASE_MS;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    await freeOfDead(records);
    return undefined;
  }
}

/** The lease of a process of this machine that is gone need not be waited for. */
async function freeOfDead(records: Records): Promise<void> {
  const { Item: lease } = await records.client.send(
    new GetCommand({ TableName: tableName(records, 'kpi_days'), Key: LEASE_KEY, ConsistentRead: true }),
  );
  if (!lease || lease.host !== hostname() || !isDeadProcess(Number(lease.pid))) return;
  await release(records, String(lease.holder));
}

/** A lease that could not be given back ends by itself, so nothing is made of it. */
async function release(records: Records, holder: string): Promise<void> {
  await records.client
    .send(
      new DeleteCommand({
        TableName: tableName(records, 'kpi_days'),
        Key: LEASE_KEY,
        ConditionExpression: 'holder = :us',
        ExpressionAttributeValues: { ':us': holder },
      }),
    )
    .catch(() => undefined);
}
