import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { VersionedRecord, VersionedRecords } from '../ports/versioned-records.ts';
import type { Item } from './dynamodb-batches.ts';
import { onRecords } from './dynamodb-errors.ts';
import { allOf, queryPages, scanPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

/** One table for all kinds; each write names the version that it replaces. */
export function dynamodbVersionedRecords(records: Records): VersionedRecords {
  return {
    find: (kind, id) => onRecords(() => find(records, kind, id)),
    list: (kind) => onRecords(() => list(records, kind)),
    save: (kind, record) => onRecords(() => save(records, kind, record)),
    remove: (kind, id) => onRecords(() => remove(records, kind, id)),
    all: () => all(records),
  };
}

async function find(records: Records, kind: string, id: string): Promise<VersionedRecord | undefined> {
  const reply = await records.client.send(
    new GetCommand({
      TableName: tableName(records, 'small_records'),
      Key: { kind, id },
      ConsistentRead: true,
    }),
  );
  return reply.Item && recordOf(reply.Item);
}

async function list(records: Records, kind: string): Promise<VersionedRecord[]> {
  const pages = queryPages(records, 'small_records', {
    KeyConditionExpression: 'kind = :kind',
    ExpressionAttributeValues: { ':kind': kind },
    ConsistentRead: true,
  });
  return (await allOf(pages)).map(recordOf);
}

async function save(records: Records, kind: string, record: VersionedRecord): Promise<number> {
  const version = record.version + 1;
  await records.client.send(
    new PutCommand({
      TableName: tableName(records, 'small_records'),
      Item: { kind, id: record.id, version, body: JSON.stringify(record.value) },
      ...(record.version === 0
        ? { ConditionExpression: 'attribute_not_exists(id)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': record.version },
          }),
    }),
  );
  return version;
}

async function remove(records: Records, kind: string, id: string): Promise<void> {
  await records.client.send(
    new DeleteCommand({ TableName: tableName(records, 'small_records'), Key: { kind, id } }),
  );
}

function recordOf(item: Item): VersionedRecord {
  return { id: String(item.id), version: Number(item.version), value: JSON.parse(String(item.body)) };
}

async function* all(records: Records): AsyncGenerator<VersionedRecord & { kind: string }> {
  for await (const page of scanPages(records, 'small_records', { ConsistentRead: true }))
    for (const item of page) yield { kind: String(item['kind']), ...recordOf(item) };
}
