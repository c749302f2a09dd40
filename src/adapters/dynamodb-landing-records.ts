import { createHash } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LandedFile, LandedRecord, LandingRecords } from '../ports/landing-records.ts';
import { type Item, putAll } from './dynamodb-batches.ts';
import { onRecords } from './dynamodb-errors.ts';
import { queryPages, scanPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

/** Lines of one partition: a large file is spread over many, and one query reads a partition. */
const BLOCK_LINES = 1_000;
const FILE = 'file';

/**
 * A record's key is its file (feed and content) and line: `<file>#<block>` and the line. The file's own item is written
 * last, so that it is there only when all records are.
 */
export function dynamodbLandingRecords(records: Records): LandingRecords {
  const table = tableName(records, 'landing');
  const get = (key: Item) =>
    onRecords(async () => {
      const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
      return (await records.client.send(command)).Item;
    });
  const fileItem = (feed: string, sha256: string) =>
    get({ file_block: `${fileId(feed, sha256)}#${FILE}`, line_no: FILE });
  return {
    async put(file, rows) {
      const id = fileId(file.feed, file.sha256);
      const items = rows.map(({ line, raw }) => ({
        ...keyOf(id, line),
        id: recordId(id, line),
        feed: file.feed,
        upload_date: file.uploadedOn,
        origin_file: file.name,
        origin_line: line,
        raw,
      }));
      await onRecords(() => putAll(records, 'landing', items));
    },
    async complete(file, lastLine) {
      const Item = {
        file_block: `${fileId(file.feed, file.sha256)}#${FILE}`,
        line_no: FILE,
        feed: file.feed,
        origin_file: file.name,
        upload_date: file.uploadedOn,
        run: file.run,
        sha256: file.sha256,
        records: file.records,
        last_line: lastLine,
      };
      await onRecords(() => records.client.send(new PutCommand({ TableName: table, Item })));
    },
    async find(feed, sha256) {
      const item = await fileItem(feed, sha256);
      return item && landedFile(item);
    },
    async record(id) {
      const [, file, line] = /^rec-([0-9a-f]{32})-(\d+)$/.exec(id) ?? [];
      const item = file && line ? await get(keyOf(file, Number(line))) : undefined;
      return item && landedRecord(item);
    },
    async *read(feed, sha256) {
      const item = await fileItem(feed, sha256);
      const blocks = item ? Math.floor(Number(item.last_line) / BLOCK_LINES) : -1;
      for (let block = 0; block <= blocks; block += 1)
        yield* blockOf(`${fileId(feed, sha256)}#${blockName(block)}`, records);
    },
    rewrite: (change, { write }) => onRecords(() => rewrite(records, change, write)),
  };
}

async function* blockOf(block: string, records: Records): AsyncGenerator<LandedRecord> {
  const pages = queryPages(records, 'landing', {
    KeyConditionExpression: 'file_block = :block',
    ExpressionAttributeValues: { ':block': block },
    ConsistentRead: true,
  });
  for await (const page of pages) yield* page.map(landedRecord);
}

function fileId(feed: string, sha256: string): string {
  return createHash('sha256').update(`${feed}\n${sha256}`).digest('hex').slice(0, 32);
}

function recordId(file: string, line: number): string {
  return `rec-${file}-${line}`;
}

function keyOf(file: string, line: number): { file_block: string; line_no: string } {
  const block = blockName(Math.floor(line / BLOCK_LINES));
  return { file_block: `${file}#${block}`, line_no: String(line).padStart(12, '0') };
}

function blockName(block: number): string {
  return String(block).padStart(9, '0');
}

function landedRecord(item: Item): LandedRecord {
  return {
    id: String(item.id),
    file: String(item.origin_file),
    feed: String(item.feed),
    uploadedOn: String(item.upload_date),
    line: Number(item.origin_line),
    raw: String(item.raw),
  };
}

function landedFile(item: Item): LandedFile {
  return {
    sha256: String(item.sha256),
    feed: String(item.feed),
    name: String(item.origin_file),
    uploadedOn: String(item.upload_date),
    run: String(item.run),
    records: Number(item.records),
  };
}

async function rewrite(
  records: Records,
  change: (raw: string) => string | undefined,
  write: boolean,
): Promise<number> {
  let count = 0;
  for await (const page of scanPages(records, 'landing', { ConsistentRead: true })) {
    const changed = page.flatMap((item) => {
      const raw = typeof item['raw'] === 'string' ? change(item['raw']) : undefined;
      return raw === undefined ? [] : [{ ...item, raw }];
    });
    count += changed.length;
    if (write) await putAll(records, 'landing', changed);
  }
  return count;
}
