import { text as streamText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { FeedSet } from '../../../etl/feeds/feed.ts';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { type ReceiveOutput, receiveFiles } from '../../../etl/stages/receive-files.ts';
import { validateFile } from '../../../etl/stages/validate-file.ts';
import type { ValidatedFile } from '../../../etl/stages/validated-file.ts';
import { memoryObjectStore } from '../../../src/adapters/memory-object-store.ts';
import { workbookReader } from '../../../src/adapters/spreadsheet-workbooks.ts';
import type { ObjectRef } from '../../../src/domain/object-ref.ts';

export type Tried = {
  received: ReceiveOutput;
  files: ValidatedFile[];
  /** Rows staged for a table, over all files. */
  rows(table: string): Promise<Record<string, string>[]>;
  refused(): Promise<Record<string, string>[]>;
  objects: ReturnType<typeof memoryObjectStore>;
};

/** Receives and validates files given as text or bytes, with the declarations given. */
export async function tryFiles(
  files: Record<string, string | Buffer>,
  feeds: FeedSet[],
  feed: string | null = null,
): Promise<Tried> {
  const objects = memoryObjectStore();
  const sources: { name: string; object: ObjectRef }[] = [];
  for (const [name, content] of Object.entries(files)) {
    const object = { bucket: 'incoming', key: `drop/${name}` };
    await objects.put(object, content);
    sources.push({ name, object });
  }
  const received = await receiveFiles(
    { run: 'run-1', day: '2025-03-01', set: null, feed, files: sources },
    { objects, feeds, landingBucket: 'landing', workbooks: workbookReader() },
  );
  const validated: ValidatedFile[] = [];
  for (const unit of received.units)
    validated.push(...(await validateFile(unit, { objects, feeds, stagingBucket: 'staging' })));
  const read = async (refs: ObjectRef[]) => {
    const rows: Record<string, string>[] = [];
    for (const ref of refs)
      rows.push(
        ...(parse(await streamText((await objects.get(ref)).body), { columns: true }) as typeof rows),
      );
    return rows;
  };
  return {
    received,
    files: validated,
    objects,
    rows: (table) =>
      read(
        validated.flatMap((file) =>
          file.outputs.filter((one) => one.table === table).map((one) => one.object),
        ),
      ),
    refused: () => read(validated.flatMap((file) => (file.refusedObject ? [file.refusedObject] : []))),
  };
}

/** A small set to try reading with. */
export function notes(columns: string, more = ''): FeedSet[] {
  return [
    parseFeeds(
      `set: test
currency: EUR
timeZone: Europe/Berlin
feeds:
  payments:
    match: ['pay*']
    target: payments
${more}
    columns:
${columns.replace(/^/gm, '      ')}
`,
      'test.yaml',
    ),
  ];
}

export const PAYMENTS = `payment_id: { type: code, required: true }
order_id: { type: code, required: true }
method: text
amount: { type: decimal, required: true }`;

export const gz = (text: string | Buffer) => gzipSync(text);
