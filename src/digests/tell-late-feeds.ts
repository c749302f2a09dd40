import { z } from 'zod';
import { isQuiet } from '../alerts/alert-state.ts';
import { type TellOnceNeeds, tellOnce } from '../alerts/tell-once.ts';
import { minuteOfDay } from '../domain/time-of-day.ts';
import type { Clock } from '../ports/clock.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { type FeedFreshness, lateSentences } from './freshness.ts';

type Place = { channel: string; ts: string };

export type LateFeedsNeeds = TellOnceNeeds & {
  smallRecords: VersionedRecords;
  clock: Clock;
  freshness(): Promise<FeedFreshness[]>;
  quietHours: { fromHour: number; toHour: number } | null;
  poster: {
    /** In the thread when one is given. `key` stays in the message. */
    post(
      note: { kind: 'late' | 'over'; sentence: string },
      key: string,
      thread: Place | null,
    ): Promise<Place>;
    findPosted(key: string, thread: Place | null): Promise<Place | null>;
  };
};

/** What is remembered of a delivery that did not come, or came in an odd size. */
const LateDelivery = z.object({
  id: z.string(),
  feeds: z.array(z.string()),
  state: z.enum(['late', 'missing', 'smaller', 'larger']),
  place: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  version: z.number().int(),
});
type LateDelivery = z.infer<typeof LateDelivery>;

const KIND = 'late-delivery';

/**
 * Tells of deliveries that are late or missing, or much smaller or larger than usual: one message for feeds that should
 * have come together, one more in its thread when late becomes missing, and one when they have come. Each once, whatever
 * restarts. Loads that failed are told by their own notices.
 */
export async function tellLateFeeds(needs: LateFeedsNeeds): Promise<{ told: string[]; over: string[] }> {
  const outcome = { told: [] as string[], over: [] as string[] };
  if (isQuiet(minuteOfDay(needs.clock.timeZone, needs.clock.now()), needs.quietHours)) return outcome;
  const feeds = await needs.freshness();
  const known = await knownDeliveries(needs);
  const odd = byDelivery(feeds);
  for (const [id, ofDelivery] of odd) {
    const [first] = ofDelivery;
    if (!first) continue;
    const earlier = known.find((each) => each.id === id);
    if (earlier?.state === first.state) continue;
    if (await tellLate(id, ofDelivery, earlier, needs)) outcome.told.push(id);
  }
  for (const delivery of known)
    if (!odd.has(delivery.id) && (await tellCame(delivery, feeds, needs))) outcome.over.push(delivery.id);
  return outcome;
}

/** The feeds that last came together are one delivery. */
function byDelivery(feeds: FeedFreshness[]): Map<string, FeedFreshness[]> {
  const deliveries = new Map<string, FeedFreshness[]>();
  for (const feed of feeds) {
    if (!LateDelivery.shape.state.safeParse(feed.state).success) continue;
    const isLate = feed.state === 'late' || feed.state === 'missing';
    // A late delivery is named by when it was due, an odd one by when it came.
    const id = isLate
      ? `due ${feed.expectedBy} after ${feed.lastLoaded}`
      : `odd ${feed.feed} ${feed.lastLoaded}`;
    deliveries.set(id, [...(deliveries.get(id) ?? []), feed]);
  }
  return deliveries;
}

async function tellLate(
  id: string,
  feeds: FeedFreshness[],
  earlier: LateDelivery | undefined,
  needs: LateFeedsNeeds,
): Promise<boolean> {
  const state = LateDelivery.shape.state.parse(feeds[0]?.state);
  const thread = earlier?.place ?? null;
  return tellOnce(
    {
      key: `late/${id}/${state}`,
      findPosted: async (key) => text(await needs.poster.findPosted(key, thread)),
      async post(key) {
        const note = { kind: 'late' as const, sentence: lateSentences(feeds).join(' ') };
        return text(await needs.poster.post(note, key, thread)) ?? '';
      },
      async after(posted) {
        const delivery = {
          id,
          feeds: feeds.map(({ feed }) => feed),
          state,
          place: thread ?? placeOf(posted),
          version: earlier?.version ?? 0,
        };
        await save(delivery, needs);
      },
    },
    needs,
  );
}

async function tellCame(
  delivery: LateDelivery,
  feeds: FeedFreshness[],
  needs: LateFeedsNeeds,
): Promise<boolean> {
  const now = feeds.filter(({ feed }) => delivery.feeds.includes(feed));
  const stillOdd = lateSentences(now);
  const sentence =
    stillOdd.length > 0
      ? `Now: ${stillOdd.join(' ')}`
      : `${delivery.feeds.length > 4 ? `${delivery.feeds.slice(0, 3).join(', ')} and others` : delivery.feeds.join(', ')}: this is over. ${cameInWords(now)}`;
  return tellOnce(
    {
      key: `late/${delivery.id}/over`,
      findPosted: async (key) => text(await needs.poster.findPosted(key, delivery.place)),
      post: async (key) =>
        text(await needs.poster.post({ kind: 'over', sentence: sentence.trim() }, key, delivery.place)) ?? '',
      after: async () => needs.smallRecords.remove(KIND, delivery.id),
    },
    needs,
  );
}

function cameInWords(feeds: FeedFreshness[]): string {
  const [first] = feeds;
  return first?.lastLoaded ? `It was ${first.saying}` : '';
}

async function knownDeliveries(needs: Pick<LateFeedsNeeds, 'smallRecords'>): Promise<LateDelivery[]> {
  const records = await needs.smallRecords.list(KIND);
  return records.flatMap(
    ({ value, version }) => LateDelivery.safeParse({ ...(value as object), version }).data ?? [],
  );
}

async function save(delivery: LateDelivery, needs: Pick<LateFeedsNeeds, 'smallRecords'>): Promise<void> {
  const found = await needs.smallRecords.find(KIND, delivery.id);
  const { version: _, ...value } = delivery;
  await needs.smallRecords.save(KIND, { id: delivery.id, version: found?.version ?? 0, value });
}

function text(place: Place | null): string | null {
  return place && `${place.channel} ${place.ts}`;
}

function placeOf(posted: string): Place {
  const [channel = '', ts = ''] = posted.split(' ');
  return { channel, ts };
}
