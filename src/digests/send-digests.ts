import { addDays, type Day, dayIn } from '../domain/day.ts';
import type { Rights } from '../domain/rights.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { Digest } from './digest.ts';
import { dueDay } from './due.ts';
import { listSubscriptions, type Subscription } from './subscriptions.ts';

/** Posts a digest; `key` is in the message, so that `findPosted` can see whether an earlier, dead try had posted it. */
export type DigestPost = {
  post(subscription: Subscription, digest: Digest, key: string): Promise<string>;
  findPosted(subscription: Subscription, key: string): Promise<string | null>;
};

export type SendNeeds = {
  smallRecords: VersionedRecords;
  conversations: Pick<Conversations, 'claim' | 'notePosted' | 'finish'>;
  clock: Clock;
  /** What everyone who will read it may see. */
  rightsFor(subscription: Subscription): Promise<Rights>;
  make(subscription: Subscription, day: Day, rights: Rights): Promise<Digest>;
  /** The last day that is loaded. */
  loadedThrough(): Promise<Day | null>;
  poster: DigestPost;
  log: { error(facts: object, message: string): void };
};

/** Longer than making and posting takes; after it another instance takes over. */
const LEASE_MS = 5 * 60_000;

export type Sent = { subscription: string; day: Day; ts: string };

/**
 * Sends what is due, each subscription once a day, whatever restarts and however many instances there are: who wins the
 * conditional claim sends, and a claim whose owner died is taken over after its lease. Late data is waited for as long
 * as the subscription says; then what there is goes out, marked. One that fails does not hold up the others.
 */
export async function sendDueDigests(needs: SendNeeds): Promise<Sent[]> {
  const sent: Sent[] = [];
  const now = needs.clock.now();
  for (const subscription of await listSubscriptions(needs)) {
    const due = dueDay(subscription, now);
    if (!due) continue;
    const about = addDays(dayIn(needs.clock.timeZone, now), -1);
    if (due.minutesLate < subscription.waitMinutes && !(await isLoaded(about, needs))) continue;
    try {
      const ts = await sendOnce(subscription, about, `digest/${subscription.id}/${due.day}`, needs);
      if (ts) sent.push({ subscription: subscription.id, day: about, ts });
    } catch (thrown) {
      needs.log.error(
        { err: thrown, subscription: subscription.id },
        'a digest was not sent; it is tried again',
      );
    }
  }
  return sent;
}

/** 'Send now': as often as it is asked for; `ask` names this very click, so that its repeat sends nothing. */
export async function sendDigestNow(
  subscription: Subscription,
  ask: string,
  needs: SendNeeds,
): Promise<string | null> {
  const through = await needs.loadedThrough();
  const yesterday = addDays(dayIn(needs.clock.timeZone, needs.clock.now()), -1);
  const day = through !== null && through < yesterday ? through : yesterday;
  return sendOnce(subscription, day, `digest-now/${subscription.id}/${ask}`, needs);
}

async function isLoaded(day: Day, needs: SendNeeds): Promise<boolean> {
  const through = await needs.loadedThrough();
  return through !== null && through >= day;
}

async function sendOnce(
  subscription: Subscription,
  day: Day,
  key: string,
  needs: SendNeeds,
): Promise<string | null> {
  const claim = await needs.conversations.claim(key, LEASE_MS);
  if (claim.state !== 'owned') return null;
  const earlier = claim.postedTs ?? (await needs.poster.findPosted(subscription, key));
  const ts = earlier ?? (await makeAndPost(subscription, day, key, needs));
  await needs.conversations.notePosted(key, ts);
  await needs.conversations.finish(key);
  return earlier ? null : ts;
}

async function makeAndPost(
  subscription: Subscription,
  day: Day,
  key: string,
  needs: SendNeeds,
): Promise<string> {
  const digest = await needs.make(subscription, day, await needs.rightsFor(subscription));
  return needs.poster.post(subscription, digest, key);
}
