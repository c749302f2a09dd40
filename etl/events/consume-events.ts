import { AppError, sentenceFor, toAppError } from '../../src/domain/app-error.ts';
import type { Day } from '../../src/domain/day.ts';
import type { StreamRecord } from '../../src/ports/event-stream.ts';
import type { InvoiceChange } from '../../src/ports/invoices.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { type Poison, putPending, putQuarantine, putRaw, type RawObject } from './event-objects.ts';
import { SalesEvent } from './sales-event.ts';

export type Consumed = {
  records: number;
  /** Lines that were new, and events that had been counted before. */
  added: number;
  repeated: number;
  quarantined: number;
  /** Events that could not be stored for now: the batch is to be tried again from the first of them. */
  again: { sequence: string; error: AppError }[];
};

/**
 * One micro-batch of one shard: raw events are kept, bad ones put aside with their reason, and the rest folded into
 * one change for each invoice. Any of it may be done again: every step gives the same when it meets its own work.
 * The warehouse is told of invoices that changed; of all of them when this batch may have been worked on before
 * (`again`; unless it is said not to be), since what changed then may not have been told.
 */
export async function consumeEvents(
  records: readonly StreamRecord[],
  receivedOn: Day,
  needs: Omit<EventNeeds, 'stream'>,
  options: { again?: boolean } = {},
): Promise<Consumed> {
  const { again: mayBeAgain = true } = options;
  const { good, poison, repeats } = judge(records, needs.feeds);
  const raw = await putRaw(
    good.map(({ record }) => record),
    receivedOn,
    needs,
  );
  await needs.failpoint?.('events-raw');
  const changes = fold(good);
  const outcome = await needs.invoices.apply([...changes.values()].map(({ change }) => change));
  await needs.failpoint?.('events-stored');
  const again: Consumed['again'] = [];
  const failed = new Set<string>();
  for (const { invoice, error: thrown } of outcome.failed) {
    const error = toAppError(thrown);
    const ofInvoice = changes.get(invoice)?.records ?? [];
    failed.add(invoice);
    for (const record of ofInvoice) {
      if (mayHelp(error)) again.push({ sequence: record.sequence, error });
      else poison.push({ reason: sentenceFor(error), record });
    }
  }
  await putQuarantine(poison, receivedOn, needs);
  const changed = new Set(outcome.changed);
  await notePending(
    good.filter(({ read }) => !failed.has(read.invoice) && (mayBeAgain || changed.has(read.invoice))),
    raw,
    needs,
  );
  await needs.failpoint?.('events-noted');
  return {
    records: records.length,
    added: outcome.added,
    repeated: outcome.repeated + repeats,
    quarantined: poison.length,
    again,
  };
}

type Good = {
  record: StreamRecord;
  id: string;
  feed: string;
  read: Extract<ReturnType<EventFeed['read']>, { ok: true }>;
};

/** The same text twice in one batch is one event. */
function judge(
  records: readonly StreamRecord[],
  sets: EventNeeds['feeds'],
): { good: Good[]; poison: Poison[]; repeats: number } {
  const feeds = new Map<string, EventFeed>();
  const seen = new Set<string>();
  const good: Good[] = [];
  const poison: Poison[] = [];
  let repeats = 0;
  for (const record of records) {
    if (seen.has(record.data)) {
      repeats += 1;
      continue;
    }
    seen.add(record.data);
    const judged = readRecord(record, sets, feeds);
    if (typeof judged === 'string') poison.push({ reason: judged, record });
    else good.push(judged);
  }
  return { good, poison, repeats };
}

/** Why it is no event of a known feed, or what it says. */
export function readRecord(
  record: StreamRecord,
  sets: EventNeeds['feeds'],
  feeds: Map<string, EventFeed> = new Map(),
): Good | string {
  const event = parse(record.data);
  if (typeof event === 'string') return event;
  let feed = feeds.get(event.feed);
  if (!feed) {
    try {
      feed = eventFeed(event.feed, sets);
    } catch (thrown) {
      return sentenceFor(thrown);
    }
    feeds.set(event.feed, feed);
  }
  const read = feed.read(event);
  return read.ok ? { record, id: event.id, feed: feed.name, read } : read.reason;
}

function parse(data: string): SalesEvent | string {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return 'it is not JSON';
  }
  const parsed = SalesEvent.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'the event'}: ${issue?.message ?? 'not an event'}`;
}

/** One change for each invoice. */
function fold(good: readonly Good[]): Map<string, { change: InvoiceChange; records: StreamRecord[] }> {
  const changes = new Map<string, { change: InvoiceChange; records: StreamRecord[] }>();
  for (const { record, id, feed, read } of good) {
    let known = changes.get(read.invoice);
    if (!known) {
      known = {
        change: { invoice: read.invoice, feed, customer: read.customer, events: [] },
        records: [],
      };
      changes.set(read.invoice, known);
    }
    known.change.customer ??= read.customer;
    known.change.events.push({ id, line: read.line });
    known.records.push(record);
  }
  return changes;
}

async function notePending(
  good: readonly Good[],
  raw: RawObject | null,
  needs: Omit<EventNeeds, 'stream'>,
): Promise<void> {
  const byFeed = new Map<string, Good[]>();
  for (const one of good) {
    const list = byFeed.get(one.feed);
    if (list) list.push(one);
    else byFeed.set(one.feed, [one]);
  }
  for (const [feed, list] of byFeed) {
    const invoices = [...new Set(list.map(({ read }) => read.invoice))];
    const note = { feed, events: list.length, invoices, raw };
    await putPending(
      note,
      list.map(({ record }) => record),
      needs,
    );
  }
}

function mayHelp(error: AppError): boolean {
  return error.retryable || error.code === 'records.conflict';
}
