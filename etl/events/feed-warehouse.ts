import { Readable } from 'node:stream';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { InvoiceLine } from '../../src/ports/invoices.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { pendingNotes } from './event-objects.ts';
import { dropWindow, type EventWindow, keepWindow } from './event-windows.ts';
import { NO_LINES, said, withLine } from './line-sums.ts';

export type WindowFile = { ref: ObjectRef; name: string; feed: string; set: string };

/** Of a file of events: which window it holds, for the reconciliation after its load. */
export const WINDOW_METADATA = 'event-window';

export type FeedWarehouseNeeds = Pick<EventNeeds, 'invoices' | 'objects' | 'bucket' | 'feeds' | 'log'> & {
  ids: Ids;
  clock: Clock;
  ingestionBucket: string;
  /** Loads the file, or sees that it will be; false when that failed and is to be tried again. */
  load(file: WindowFile): Promise<boolean>;
};

export type FedWarehouse = { files: number; invoices: number; failed: number };

const MOST_EVENTS = 600_000;
const INVOICES_AT_ONCE = 200;
/** As the reader of the file counts lines. */
const LINE_BREAK = /\r\n|\r|\n/;

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
    const name = `events-${needs.ids.next(feed.name)}.${feed.csv.json ? 'jsonl' : 'csv'}`;
    const ref = { bucket: needs.ingestionBucket, key: `events/${name}` };
    const invoices: EventWindow['invoices'] = [];
    const csv = csvOf([...window.invoices], feed, needs, (one) => invoices.push(one));
    await needs.objects.put(ref, Readable.from(csv), {
      metadata: { feed: feed.name, person: 'events', [WINDOW_METADATA]: name },
      contentType: 'text/csv',
    });
    const madeAt = needs.clock.now().toISOString();
    await keepWindow(
      { feed: feed.name, file: name, madeAt, batches: window.batches, invoices, refused: {} },
      needs,
    );
    if (!(await needs.load({ ref, name, feed: feed.name, set: feed.set.name }))) {
      await dropWindow(name, needs);
      outcome.failed += 1;
      continue;
    }
    for (const key of window.keys) await needs.objects.delete({ bucket: needs.bucket, key });
    outcome.files += 1;
    outcome.invoices += window.invoices.size;
  }
  return outcome;
}

type Window = {
  feed: string;
  keys: string[];
  events: number;
  invoices: Set<string>;
  batches: EventWindow['batches'];
};

async function nextWindows(needs: FeedWarehouseNeeds): Promise<Window[]> {
  const windows: Window[] = [];
  const open = new Map<string, Window>();
  for await (const { key, note } of pendingNotes(needs)) {
    let window = open.get(note.feed);
    if (!window || window.events + note.events > MOST_EVENTS) {
      window = { feed: note.feed, keys: [], events: 0, invoices: new Set(), batches: [] };
      open.set(note.feed, window);
      windows.push(window);
    }
    window.keys.push(key);
    window.batches.push({ raw: note.raw, invoices: note.invoices });
    window.events += note.events;
    for (const invoice of note.invoices) window.invoices.add(invoice);
  }
  return windows;
}

async function* csvOf(
  invoices: string[],
  feed: EventFeed,
  needs: FeedWarehouseNeeds,
  onInvoice: (one: EventWindow['invoices'][number]) => void,
): AsyncGenerator<string> {
  const { delimiter, headers, json } = feed.csv;
  const row = (values: string[]): string =>
    json
      ? `${JSON.stringify(Object.fromEntries(feed.columns.map((name, at) => [name, values[at] ?? ''])))}\n`
      : `${values.map((value) => cell(value, delimiter)).join(delimiter)}\n`;
  let line = headers ? 2 : 1;
  if (headers) yield `\uFEFF${row(feed.columns)}`;
  for (let from = 0; from < invoices.length; from += INVOICES_AT_ONCE) {
    const wanted = invoices.slice(from, from + INVOICES_AT_ONCE);
    const found = new Map(
      (await needs.invoices.findAll(wanted)).map((invoice) => [invoice.invoice, invoice.items]),
    );
    let some = '';
    for (const invoice of wanted) {
      const items: InvoiceLine[] = found.get(invoice) ?? [];
      const text = items.map((item) => row(feed.columns.map((name) => item.data[name] ?? ''))).join('');
      if (items.length > 0)
        onInvoice({ invoice, firstLine: line, ...said(items.reduce(withLine, NO_LINES)) });
      line += text.split(LINE_BREAK).length - 1;
      some += text;
    }
    yield some;
  }
}

function cell(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
