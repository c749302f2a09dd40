import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { ExtractNeeds } from '../../etl/extracts/extract-needs.ts';
import { parseExtract } from '../../etl/extracts/load-extract.ts';
import { type ExtractOutcome, runExtract } from '../../etl/extracts/run-extract.ts';
import { parseFeeds } from '../../etl/feeds/load-feeds.ts';
import { readReadyNote } from '../../etl/handlers/ready-note.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import type { Run } from '../../src/domain/run.ts';
import type { SourceDatabase } from '../../src/ports/source-database.ts';
import { aDynamodb } from './a-dynamodb.ts';
import { aRun } from './a-run.ts';

const FEEDS = `
set: shop
currency: EUR
feeds:
  customers:
    columns: { customer_id: code, name: text, country: { type: text, optional: true } }
    target: customers
  orders:
    columns: { order_id: code, customer_id: { type: code, optional: true }, status: text, ordered_at: timestamp, total_amount: decimal }
    target: orders
`;

export type AnExtract = {
  needs: ExtractNeeds;
  /** What a warehouse that merges by key holds, by feed and key: the cells as text. */
  held: Record<string, Map<string, Record<string, string>>>;
  /** Files as they were given, newest last. */
  given: string[];
  runs: Run[];
  read(options?: { fromStart?: boolean; declaration?: string }): Promise<ExtractOutcome>;
  close(): Promise<void>;
};

/** An extract over a source, with a warehouse that is nothing but a merge by key. */
export async function anExtract(source: SourceDatabase, declaration: string): Promise<AnExtract> {
  const dynamodb = await aDynamodb();
  const objects = memoryObjectStore();
  const runs: Run[] = [];
  const held: AnExtract['held'] = { customers: new Map(), orders: new Map() };
  const given: string[] = [];
  let seconds = 0;
  const needs: ExtractNeeds = {
    source,
    objects,
    ingestionBucket: 'ingestion',
    landingBucket: 'landing',
    smallRecords: dynamodbVersionedRecords(dynamodb.records),
    runLog: { find: async (id) => runs.find((run) => run.id === id) },
    feeds: [parseFeeds(FEEDS, 'shop.yaml')],
    clock: {
      now: () => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds++)),
      today: () => '2026-03-02',
      timeZone: 'UTC',
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    pause: async () => undefined,
    async drive({ key, run: id }) {
      const before = runs.find((run) => run.id === id);
      if (before) return before;
      const ready = await objects.get({ bucket: 'ingestion', key });
      const note = await readReadyNote(ready.body, ready.info.sizeBytes);
      const folder = key.slice(0, -'_ready'.length);
      for (const name of Object.keys(note.files ?? {}).sort()) {
        const { body } = await objects.get({ bucket: 'ingestion', key: folder + name });
        const text = gunzipSync(await buffer(body)).toString('utf8');
        given.push(text);
        const feed = note.files?.[name] ?? '';
        const idColumn = feed === 'orders' ? 'order_id' : 'customer_id';
        for (const row of parse(text, { columns: true }) as Record<string, string>[])
          held[feed]?.set(row[idColumn] ?? '', row);
      }
      const run: Run = {
        ...aRun(),
        id,
        outcome: 'loaded',
        batch: `bat-${runs.length}`,
        notes: note.notes ?? [],
      };
      runs.push(run);
      return run;
    },
  };
  return {
    needs,
    held,
    given,
    runs,
    read: (options = {}) =>
      runExtract(parseExtract(options.declaration ?? declaration, '/declared/shop.yaml'), options, needs),
    async close() {
      await source.close();
      await dynamodb.close();
    },
  };
}
