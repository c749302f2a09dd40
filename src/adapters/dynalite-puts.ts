import { NumberValue } from '@aws-sdk/lib-dynamodb';
import db, { type Attribute, type Item, type Store, type Table } from 'dynalite/db/index.js';

/**
 * Puts of one BatchWriteItem as one write of LevelDB. dynalite looks for an earlier item before each put, and checks
 * types with a pattern for each value, which takes most of the time of a load's KPIs. Here goes only what plainly
 * needs none of it: puts without conditions into one table without indexes, of short texts and plain numbers. False
 * when it is not that, and then nothing was done.
 */
export async function putPlainly(store: Store, body: string): Promise<boolean> {
  const batch = plainPuts(body);
  return batch !== null && putItems(store, batch.table, batch.items);
}

/** The same for any number of items of this process, as a document client takes them: without the client. */
export async function putDocuments(
  store: Store,
  table: string,
  documents: readonly Record<string, unknown>[],
): Promise<boolean> {
  for (let from = 0; from < documents.length; from += TOGETHER) {
    const items = documents.slice(from, from + TOGETHER).map(plainItem);
    if (!items.every((item) => item !== null) || !(await putItems(store, table, items))) return false;
  }
  return true;
}

async function putItems(store: Store, name: string, items: readonly Item[]): Promise<boolean> {
  const table = await tableOf(store, name);
  if (!table || !isPlainTable(table)) return false;
  const operations = new Map<string, Item>();
  for (const item of items) {
    if (db.validateItem(item, table)) return false;
    operations.set(db.createKey(item, table), item);
  }
  if (operations.size < items.length) return false;
  await writeTogether(store, name, operations);
  return true;
}

const TOGETHER = 250;

const MOST_PUTS = 25;
const MOST_BODY_CHARACTERS = 130_000;
const MOST_TEXT_CHARACTERS = 50_000;
/** As DynamoDB would give it back: no needless zeros, no exponent, at most 38 digits. */
const PLAIN_NUMBER = /^-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{0,17}[1-9])?$/;

function plainPuts(body: string): { table: string; items: Item[] } | null {
  if (body.length > MOST_BODY_CHARACTERS) return null;
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isObject(request) || Object.keys(request).length !== 1 || !isObject(request['RequestItems']))
    return null;
  const [only, ...others] = Object.entries(request['RequestItems']);
  if (!only || others.length > 0 || !Array.isArray(only[1]) || only[1].length === 0) return null;
  const [table, puts] = only;
  if (puts.length > MOST_PUTS) return null;
  const items: Item[] = [];
  for (const put of puts as unknown[]) {
    const item =
      isObject(put) && Object.keys(put).length === 1 && isObject(put['PutRequest']) && put['PutRequest'];
    if (!item || Object.keys(item).length !== 1 || !isObject(item['Item'])) return null;
    const attributes = item['Item'];
    if (!Object.values(attributes).every(isPlain)) return null;
    items.push(attributes as Item);
  }
  return { table, items };
}

function plainItem(document: Record<string, unknown>): Item | null {
  const item: Item = {};
  for (const name in document) {
    const value = document[name];
    if (value === undefined) continue;
    const attribute = plainAttribute(value);
    if (!attribute) return null;
    item[name] = attribute;
  }
  return item;
}

function plainAttribute(value: unknown): Attribute | null {
  if (typeof value === 'string') return value.length <= MOST_TEXT_CHARACTERS ? { S: value } : null;
  if (typeof value !== 'number' && !(value instanceof NumberValue)) return null;
  const digits = String(value instanceof NumberValue ? value.value : value);
  return PLAIN_NUMBER.test(digits) && digits !== '-0' ? { N: digits } : null;
}

function isPlain(value: unknown): value is Attribute {
  if (!isObject(value)) return false;
  const [only, ...others] = Object.entries(value);
  if (!only || others.length > 0) return false;
  const [type, content] = only;
  if (type === 'S') return typeof content === 'string' && content.length <= MOST_TEXT_CHARACTERS;
  if (type === 'N') return typeof content === 'string' && PLAIN_NUMBER.test(content) && content !== '-0';
  if (type === 'L') return Array.isArray(content) && content.every(isPlain);
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tableOf(store: Store, name: string): Promise<Table | undefined> {
  return new Promise((resolve) => {
    store.getTable(name, (error, table) => resolve(error ? undefined : table));
  });
}

function isPlainTable(table: Table): boolean {
  return !table.LocalSecondaryIndexes?.length && !table.GlobalSecondaryIndexes?.length;
}

/** Under the same locks as dynalite's own puts, so that a conditional put beside it sees all of an item or nothing. */
function writeTogether(store: Store, table: string, items: ReadonlyMap<string, Item>): Promise<void> {
  const itemDb = store.getItemDb(table);
  return new Promise((resolve, reject) => {
    itemDb.lock([...items.keys()], (release) => {
      const done = release((error) => (error ? reject(error) : resolve()));
      itemDb.batch(
        [...items].map(([key, value]) => ({ type: 'put' as const, key, value })),
        done,
      );
    });
  });
}
