import {
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Item } from './dynamodb-batches.ts';
import { onRecords } from './dynamodb-errors.ts';
import type { Records } from './dynamodb-records.ts';
import { type RecordTableName, tableName } from './dynamodb-tables.ts';

type Page = { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined };
type Query = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>;
type Scan = Omit<ScanCommandInput, 'TableName' | 'ExclusiveStartKey'>;

/** What a query finds, a page at a time; a page is read when the one before it was taken. */
export function queryPages(records: Records, table: RecordTableName, query: Query): AsyncGenerator<Item[]> {
  const of = { TableName: tableName(records, table), ...query };
  return pages((start) => records.client.send(new QueryCommand({ ...of, ExclusiveStartKey: start })));
}

/** All items of a table, a page at a time. */
export function scanPages(records: Records, table: RecordTableName, scan: Scan = {}): AsyncGenerator<Item[]> {
  const of = { TableName: tableName(records, table), ...scan };
  return pages((start) => records.client.send(new ScanCommand({ ...of, ExclusiveStartKey: start })));
}

/** The items of all pages together. */
export async function allOf(pagesOf: AsyncIterable<Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pagesOf) items.push(...page);
  return items;
}

async function* pages(read: (start: Item | undefined) => Promise<Page>): AsyncGenerator<Item[]> {
  let start: Item | undefined;
  do {
    const page = await onRecords(() => read(start));
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}
