import { createInterface } from 'node:readline';
import type { FeedSet } from '../feeds/feed.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { type LineSums, NO_LINES, withLine } from './line-sums.ts';
import type { SalesEvent } from './sales-event.ts';

export type RawNeeds = Pick<EventNeeds, 'objects' | 'bucket'> & { feeds: readonly FeedSet[] };

/** What raw objects tell, by invoice: the ids of its events, and what the lines of each id come to. */
export type Told = Map<string, { ids: Set<string>; sums: LineSums }>;

export type RawReader = {
  told: Told;
  /** How many events the object holds; null when it is not there. */
  read(key: string, only?: (invoice: string) => boolean): Promise<number | null>;
};

/** Reads raw objects one after another; an event that lies in several counts once. Memory grows with the events: an id each. */
export function rawReader({ objects, bucket, feeds }: RawNeeds): RawReader {
  const told: Told = new Map();
  const feedNamed = feedFinder(feeds);
  const take = (event: SalesEvent, only: (invoice: string) => boolean): void => {
    const feed = feedNamed(event.feed);
    if (!feed) return;
    const invoice = feed.invoiceOf(event);
    if (!only(invoice)) return;
    const one = told.get(invoice) ?? { ids: new Set(), sums: NO_LINES };
    told.set(invoice, one);
    if (one.ids.has(event.id)) return;
    const read = feed.read(event);
    // What is no line of an invoice any more, under a declaration that has changed, is for the quarantine to tell.
    if (!read.ok) return;
    one.ids.add(event.id);
    one.sums = withLine(one.sums, read.line);
  };
  return {
    told,
    async read(key, only = () => true) {
      const ref = { bucket, key };
      if (!(await objects.head(ref))) return null;
      let lines = 0;
      for await (const line of createInterface({ input: (await objects.get(ref)).body })) {
        const event = eventOf(line);
        if (!event) continue;
        lines += 1;
        take(event, only);
      }
      return lines;
    },
  };
}

/** A line that is cut or empty holds none. */
function eventOf(line: string): SalesEvent | undefined {
  try {
    const { event } = JSON.parse(line) as { event?: SalesEvent };
    return typeof event?.id === 'string' && typeof event.data === 'object' ? event : undefined;
  } catch {
    return undefined;
  }
}

/** A feed that is declared no longer has no events to compare. */
function feedFinder(sets: readonly FeedSet[]): (name: string) => EventFeed | null {
  const known = new Map<string, EventFeed | null>();
  return (name) => {
    let feed = known.get(name);
    if (feed === undefined) {
      try {
        feed = eventFeed(name, sets);
      } catch {
        feed = null;
      }
      known.set(name, feed);
    }
    return feed;
  };
}
