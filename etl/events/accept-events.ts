import { AppError, hasCode } from '../../src/domain/app-error.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { MOST_EVENT_BYTES, SalesEvent } from './sales-event.ts';

export type Acceptance = {
  accepted: number;
  refused: { index: number; id: string | null; reason: string }[];
};

/** In one body. */
export const MOST_EVENTS = 5_000;

/**
 * Takes one event or a list of them. What is accepted is durable and will be counted exactly once, also when it is
 * sent again; what is refused says why, and does not hold up the others.
 * Errors: usage.wrong for a body that is neither; events.unavailable, home.disk-full.
 */
export async function acceptEvents(
  body: unknown,
  needs: Pick<EventNeeds, 'stream' | 'feeds'>,
): Promise<Acceptance> {
  const sent = eventsIn(body);
  if (sent.length > MOST_EVENTS)
    throw new AppError('usage.wrong', { detail: `At most ${MOST_EVENTS} events may come at once.` });
  const feeds = new Map<string, EventFeed | string>();
  const refused: Acceptance['refused'] = [];
  const records: { index: number; id: string; key: string; data: string }[] = [];
  for (const [index, one] of sent.entries()) {
    const parsed = SalesEvent.safeParse(one);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const reason = `${issue?.path.join('.') || 'the event'}: ${issue?.message ?? 'not an event'}`;
      refused.push({ index, id: idOf(one), reason });
      continue;
    }
    const event = parsed.data;
    const feed = feeds.get(event.feed) ?? feedOr(event.feed, needs.feeds);
    feeds.set(event.feed, feed);
    const data = typeof feed === 'string' ? '' : JSON.stringify(event);
    const reason =
      typeof feed === 'string' ? feed : data.length > MOST_EVENT_BYTES ? 'the event is too large' : null;
    if (reason !== null || typeof feed === 'string')
      refused.push({ index, id: event.id, reason: reason ?? '' });
    else records.push({ index, id: event.id, key: feed.invoiceOf(event) || event.id, data });
  }
  const { refused: notTaken } = await needs.stream.append(records);
  for (const at of notTaken) {
    const record = records[at];
    if (record) refused.push({ index: record.index, id: record.id, reason: 'too busy; send it again' });
  }
  return {
    accepted: sent.length - refused.length,
    refused: refused.sort((a, b) => a.index - b.index),
  };
}

/** An event, a list of them, or an object with a list called `events`. */
function eventsIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null)
    throw new AppError('usage.wrong', { detail: 'Send one event or a list of events as JSON.' });
  if ('events' in body && Array.isArray(body.events)) return body.events;
  return [body];
}

function feedOr(name: string, sets: EventNeeds['feeds']): EventFeed | string {
  try {
    return eventFeed(name, sets);
  } catch (thrown) {
    if (hasCode(thrown, 'feed.unknown')) return thrown.detail ?? 'unknown feed';
    throw thrown;
  }
}

function idOf(one: unknown): string | null {
  const id = typeof one === 'object' && one !== null && 'id' in one ? one.id : null;
  return typeof id === 'string' ? id.slice(0, 200) : null;
}
