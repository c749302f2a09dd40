import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Receipt } from '../domain/receipt.ts';
import type { Receipts } from '../ports/receipts.ts';
import { getInOrder, type Item } from './dynamodb-batches.ts';
import { dropParts, packBody, unpackBody } from './dynamodb-bodies.ts';
import { onRecords } from './dynamodb-errors.ts';
import { queryPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { LISTING, tableName } from './dynamodb-tables.ts';

/** Receipts by id, and by when they were asked for. They are kept for good. */
export function dynamodbReceipts(records: Records): Receipts {
  return {
    save: (receipt) => onRecords(() => save(records, receipt)),
    find: (id) => onRecords(() => find(records, id)),
    listSince: (since, limit) => onRecords(() => listSince(records, since, limit)),
    remove: (id) => onRecords(() => remove(records, id)),
  };
}

async function save(records: Records, receipt: Receipt): Promise<void> {
  const body = await packBody(records, `receipt/${receipt.id}`, receipt);
  const item: Item = { id: receipt.id, listing: LISTING, asked: `${receipt.askedAt}#${receipt.id}`, ...body };
  await records.client.send(new PutCommand({ TableName: tableName(records, 'receipts'), Item: item }));
}

async function find(records: Records, id: string): Promise<Receipt | undefined> {
  if (id === '') return undefined;
  const reply = await records.client.send(
    new GetCommand({ TableName: tableName(records, 'receipts'), Key: { id }, ConsistentRead: true }),
  );
  return reply.Item && Receipt.parse(await unpackBody(records, reply.Item));
}

async function listSince(records: Records, since: string, limit: number): Promise<Receipt[]> {
  const ids: string[] = [];
  const pages = queryPages(records, 'receipts', {
    IndexName: 'by_asked',
    KeyConditionExpression: 'listing = :all and asked >= :since',
    ExpressionAttributeValues: { ':all': LISTING, ':since': since },
    ScanIndexForward: false,
    Limit: limit,
  });
  for await (const page of pages) {
    ids.push(...page.map((item) => String(item['id'])));
    if (ids.length >= limit) break;
  }
  const receipts: Receipt[] = [];
  for (const item of await getInOrder(records, 'receipts', ids.slice(0, limit)))
    receipts.push(Receipt.parse(await unpackBody(records, item)));
  return receipts;
}

async function remove(records: Records, id: string): Promise<void> {
  const reply = await records.client.send(
    new DeleteCommand({ TableName: tableName(records, 'receipts'), Key: { id }, ReturnValues: 'ALL_OLD' }),
  );
  await dropParts(records, reply.Attributes);
}
