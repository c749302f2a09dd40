import {
  CreateTableCommand,
  type GlobalSecondaryIndex,
  ListTablesCommand,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { onRecords } from './dynamodb-errors.ts';
import type { Records } from './dynamodb-records.ts';

type RecordIndex = { name: string; partitionKey: string; sortKey: string; nonKeyAttributes: string[] };

export type RecordTable = {
  name: string;
  partitionKey: string;
  sortKey?: string;
  indexes?: RecordIndex[];
  /** Attribute with epoch seconds after which DynamoDB may drop the item; readers also leave such items out. */
  ttlAttribute?: string;
};

/** Attribute of items that stand in one index together, newest by sort key. */
export const LISTING = 'all';

/** Every table there is, for one machine and for the deployment alike. All keys are strings; billing is on demand. */
export const RECORD_TABLES = [
  { name: 'category_kpis', partitionKey: 'category', sortKey: 'order_date' },
  { name: 'daily_kpis', partitionKey: 'order_date' },
  { name: 'branch_kpis', partitionKey: 'branch', sortKey: 'order_date' },
  /** What each day has in the three tables above and by which batch; one more item is the writer's lease. */
  { name: 'kpi_days', partitionKey: 'order_date' },
  {
    name: 'runs',
    partitionKey: 'id',
    indexes: [
      {
        name: 'by_start',
        partitionKey: 'listing',
        sortKey: 'started',
        nonKeyAttributes: ['feed', 'outcome'],
      },
    ],
  },
  /** Which runs loaded which files: what `findLoaded` reads, consistently. */
  { name: 'loaded_files', partitionKey: 'content_hash', sortKey: 'started' },
  /** Pieces of records that are too large for one item. */
  { name: 'record_parts', partitionKey: 'owner', sortKey: 'part' },
  { name: 'counters', partitionKey: 'name' },
  /** Records of files as they came, of the feeds that keep them; blocks of lines spread a file over partitions. */
  { name: 'landing', partitionKey: 'file_block', sortKey: 'line_no' },
  /** Lines of one invoice, in parts of bounded size; each part is whole by itself. */
  { name: 'invoices', partitionKey: 'invoice', sortKey: 'part' },
  /** One small item for each invoice of a customer. */
  { name: 'customers', partitionKey: 'customer', sortKey: 'invoice' },
  { name: 'conversation_turns', partitionKey: 'thread', sortKey: 'turn', ttlAttribute: 'expires_at' },
  { name: 'events', partitionKey: 'event_key', ttlAttribute: 'expires_at' },
  /** Subscriptions to digests, the state of alerts, own rules, what was restated. */
  { name: 'small_records', partitionKey: 'kind', sortKey: 'id' },
  {
    name: 'receipts',
    partitionKey: 'id',
    indexes: [{ name: 'by_asked', partitionKey: 'listing', sortKey: 'asked', nonKeyAttributes: [] }],
  },
  {
    name: 'audit',
    partitionKey: 'listing',
    sortKey: 'entry',
    indexes: [{ name: 'by_asker', partitionKey: 'asker', sortKey: 'entry', nonKeyAttributes: ['body'] }],
  },
] as const satisfies RecordTable[];

export type RecordTableName = (typeof RECORD_TABLES)[number]['name'];

export function tableName(records: Records, name: RecordTableName): string {
  return `${records.tablePrefix}${name}`;
}

/** Makes the tables that are missing. For one machine and tests; in the cloud the deployment makes them. */
export async function ensureTables(records: Records): Promise<void> {
  const present = await onRecords(() => presentTables(records));
  const missing = RECORD_TABLES.filter((table) => !present.has(`${records.tablePrefix}${table.name}`));
  await onRecords(() => Promise.all(missing.map((table) => createTable(records, table))));
}

async function presentTables(records: Records): Promise<Set<string>> {
  const names = new Set<string>();
  let last: string | undefined;
  do {
    const page = await records.client.send(
      new ListTablesCommand(last ? { ExclusiveStartTableName: last } : {}),
    );
    for (const name of page.TableNames ?? []) names.add(name);
    last = page.LastEvaluatedTableName;
  } while (last);
  return names;
}

async function createTable(records: Records, table: RecordTable): Promise<void> {
  const name = `${records.tablePrefix}${table.name}`;
  try {
    await records.client.send(createCommand(name, table));
  } catch (error) {
    // Another process is making it at this moment.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client: records.client, maxWaitTime: 60, minDelay: 0.02, maxDelay: 2 },
    { TableName: name },
  );
}

/** How a table is made; the deployment is compared with it. */
export function createCommand(name: string, table: RecordTable): CreateTableCommand {
  const indexes = table.indexes ?? [];
  const keys = [table, ...indexes].flatMap((part) => [
    part.partitionKey,
    ...(part.sortKey ? [part.sortKey] : []),
  ]);
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: keySchema(table),
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes.map(indexOf) } : {}),
  });
}

function keySchema(keys: { partitionKey: string; sortKey?: string }): GlobalSecondaryIndex['KeySchema'] {
  return [
    { AttributeName: keys.partitionKey, KeyType: 'HASH' },
    ...(keys.sortKey ? [{ AttributeName: keys.sortKey, KeyType: 'RANGE' as const }] : []),
  ];
}

function indexOf(index: RecordIndex): GlobalSecondaryIndex {
  return {
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection:
      index.nonKeyAttributes.length > 0
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: index.nonKeyAttributes }
        : { ProjectionType: 'KEYS_ONLY' },
  };
}
