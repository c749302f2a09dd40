import { Readable } from 'node:stream';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { InvoiceLine } from '../../src/ports/invoices.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { pendingNotes } from './event-objects.ts';

export type WindowFile = { ref: ObjectRef; name: string; feed: string; set: string };

export type FeedWarehouseNeeds = Pick<EventNeeds, 'invoices' | 'objects' | 'bucket' | 'feeds' | 'log'> & {
  ids: Ids;
  ingestionBucket: string;
  /** Loads the file, or sees that it will be; false when that failed and is to be tried again. */
  load(file: WindowFile): Promise<boolean>;
};

export type FedWarehouse = { files: number; invoices: number; failed: number };

const MOST_EVENTS = 600_000;
const INVOICES_AT_ONCE = 200;

/**
 * Brings the invoices that changed since last time to the warehouse, through the ordinary pipeline: a file in the
 * form that the feed declares, with every line of each such invoice in the order in which they came, so that lines
 * keep their numbers and a file that is loaded twice, or after a newer one, changes nothing. The notes of what
 * changed go only after the load: a crash before that brings the same invoices again.
 */
export async function feedWarehouse(needs: FeedWarehouseNeeds): Promise<FedWarehouse> {
  const outcome: FedWarehouse = { files: 0, invoices: 0, failed: 0 };
  for (const window of await nextWindows(needs)) {
    const feed = eventFeed(window.feed, needs.feeds);
    const name = `events-${needs.ids.next(feed.name)}.csv`;
    const ref = { bucket: needs.ingestionBucket, key: `events/${name}` };
    await needs.objects.put(ref, Readable.from(csvOf([...window.invoices], feed, needs)), {
      metadata: { feed: feed.name, person: 'events', 'event-invoices': String(window.invoices.size) },
      contentType: 'text/csv',
    });
    if (!(await needs.load({ ref, name, feed: feed.name, set: feed.set.name }))) {
      outcome.failed += 1;
      continue;
    }
    for (const key of window.keys) await needs.objects.delete({ bucket: needs.bucket, key });
    outcome.files += 1;
    outcome.invoices += window.invoices.size;
  }
  return outcome;
}

type Window = { feed: string; keys: string[]; events: number; invoices: Set<string> };

async function nextWindows(needs: FeedWarehouseNeeds): Promise<Window[]> {
  const windows: Window[] = [];
  const open = new Map<string, Window>();
  for await (const { key, note } of pendingNotes(needs)) {
    let window = open.get(note.feed);
    if (!window || window.events + note.events > MOST_EVENTS) {
      window = { feed: note.feed, keys: [], events: 0, invoices: new Set() };
      open.set(note.feed, window);
      windows.push(window);
    }
    window.keys.push(key);
    window.events += note.events;
    for (const invoice of note.invoices) window.invoices.add(invoice);
  }
  return windows;
}

async function* csvOf(
  invoices: string[],
  feed: EventFeed,
  needs: FeedWarehouseNeeds,
): AsyncGenerator<string> {
  const { delimiter, headers } = feed.csv;
  const row = (values: string[]): string =>
    `${values.map((value) => cell(value, delimiter)).join(delimiter)}\n`;
  if (headers) yield `\uFEFF${row(feed.columns)}`;
  for (let from = 0; from < invoices.length; from += INVOICES_AT_ONCE) {
    const wanted = invoices.slice(from, from + INVOICES_AT_ONCE);
    const found = new Map(
      (await needs.invoices.findAll(wanted)).map((invoice) => [invoice.invoice, invoice.items]),
    );
    const lines = wanted.flatMap((invoice) => found.get(invoice) ?? []);
    yield lines.map((line: InvoiceLine) => row(feed.columns.map((name) => line.data[name] ?? ''))).join('');
  }
}

function cell(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
