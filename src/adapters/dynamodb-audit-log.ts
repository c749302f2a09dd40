import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry, AuditLog } from '../ports/audit-log.ts';
import { deleteAll, type Item } from './dynamodb-batches.ts';
import { onRecords } from './dynamodb-errors.ts';
import { queryPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { LISTING, tableName } from './dynamodb-tables.ts';

/** Questions in the order they were asked, in all and by asker. The same entry appended twice stands once. */
export function dynamodbAuditLog(records: Records): AuditLog {
  return {
    append: (entry) => onRecords(() => append(records, entry)),
    list: (options) => onRecords(() => list(records, options)),
    removeBefore: (instant) => onRecords(() => removeBefore(records, instant)),
  };
}

async function append(records: Records, entry: AuditEntry): Promise<void> {
  const item: Item = {
    listing: LISTING,
    entry: `${entry.at}#${entry.id}`,
    asker: entry.asker,
    body: JSON.stringify(entry),
  };
  await records.client.send(new PutCommand({ TableName: tableName(records, 'audit'), Item: item }));
}

async function list(
  records: Records,
  options: { limit: number; since?: string; asker?: string },
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const partition = options.asker === undefined ? 'listing' : 'asker';
  const pages = queryPages(records, 'audit', {
    ...(options.asker === undefined ? {} : { IndexName: 'by_asker' }),
    KeyConditionExpression: '#partition = :partition and #entry >= :since',
    ExpressionAttributeNames: { '#partition': partition, '#entry': 'entry' },
    ExpressionAttributeValues: { ':partition': options.asker ?? LISTING, ':since': options.since ?? '0' },
    ScanIndexForward: false,
    Limit: Math.max(1, options.limit),
  });
  for await (const page of pages) {
    entries.push(...page.map((item) => JSON.parse(String(item['body'])) as AuditEntry));
    if (entries.length >= options.limit) break;
  }
  return entries.slice(0, options.limit);
}

async function removeBefore(records: Records, instant: string): Promise<number> {
  let removed = 0;
  const pages = queryPages(records, 'audit', {
    KeyConditionExpression: '#listing = :listing and #entry < :before',
    ExpressionAttributeNames: { '#listing': 'listing', '#entry': 'entry' },
    ExpressionAttributeValues: { ':listing': LISTING, ':before': instant },
    ProjectionExpression: '#listing, #entry',
  });
  for await (const keys of pages) {
    await deleteAll(records, 'audit', keys);
    removed += keys.length;
  }
  return removed;
}
