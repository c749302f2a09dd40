import { readRecord } from './consume-events.ts';
import { eventFeed } from './event-feed.ts';
import type { EventNeeds } from './event-needs.ts';
import { quarantined, replaceQuarantined } from './event-objects.ts';
import { SalesEvent } from './sales-event.ts';

/**
 * Tries what is in quarantine again, after a declaration or the quarantined text itself was put right. What is good
 * now goes into the stream as any event, and so is counted once, whether or not this is done twice.
 */
export async function redriveEvents(
  needs: Omit<EventNeeds, 'invoices'>,
): Promise<{ redriven: number; left: number }> {
  const outcome = { redriven: 0, left: 0 };
  for await (const { key, lines } of quarantined(needs)) {
    const good: { key: string; data: string }[] = [];
    const left: typeof lines = [];
    for (const line of lines) {
      const judged = readRecord({ shard: 'quarantine', ...line }, needs.feeds);
      if (typeof judged === 'string') {
        left.push({ ...line, reason: judged });
        continue;
      }
      const event = SalesEvent.parse(JSON.parse(line.data));
      good.push({
        key: eventFeed(event.feed, needs.feeds).invoiceOf(event),
        data: JSON.stringify(event),
      });
    }
    const { refused } = await needs.stream.append(good);
    if (refused.length === 0) await replaceQuarantined(key, left, needs);
    outcome.redriven += good.length - refused.length;
    outcome.left += left.length + refused.length;
  }
  return outcome;
}
