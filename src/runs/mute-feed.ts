import { z } from 'zod';
import { type TellOnceNeeds, tellOnce } from '../alerts/tell-once.ts';
import type { Run } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';

export const MutedFeed = z.object({ feed: z.string(), by: z.string(), since: z.string(), until: z.string() });
export type MutedFeed = z.infer<typeof MutedFeed>;

type Store = { smallRecords: VersionedRecords; clock: Clock };

const KIND = 'muted-feed';
const A_DAY_MS = 86_400_000;
const RUNS_READ = 500;

/** Its runs are recorded and not told for a day; then what happened is told in one message. */
export async function muteFeed(feed: string, by: string, needs: Store): Promise<MutedFeed> {
  const now = needs.clock.now();
  const found = await needs.smallRecords.find(KIND, feed);
  const muted: MutedFeed = {
    feed,
    by,
    since: MutedFeed.safeParse(found?.value).data?.since ?? now.toISOString(),
    until: new Date(now.getTime() + A_DAY_MS).toISOString(),
  };
  await needs.smallRecords.save(KIND, { id: feed, version: found?.version ?? 0, value: muted });
  return muted;
}

export async function mutedFeeds(needs: Store): Promise<MutedFeed[]> {
  const now = needs.clock.now().toISOString();
  const records = await needs.smallRecords.list(KIND);
  return records
    .flatMap(({ value }) => MutedFeed.safeParse(value).data ?? [])
    .filter(({ until }) => until > now);
}

export type MutedNeeds = Store &
  TellOnceNeeds & {
    runLog: Pick<RunLog, 'list'>;
    poster: {
      post(muted: MutedFeed, runs: Run[], key: string): Promise<string>;
      findPosted(key: string): Promise<string | null>;
    };
  };

/** What happened while a feed was muted is told once, when the day is over. Gives the feeds. */
export async function endMutes(needs: MutedNeeds): Promise<string[]> {
  const ended: string[] = [];
  for (const { value } of await needs.smallRecords.list(KIND)) {
    const muted = MutedFeed.safeParse(value).data;
    if (!muted || muted.until > needs.clock.now().toISOString()) continue;
    const runs = (await needs.runLog.list({ limit: RUNS_READ, feed: muted.feed })).filter(
      (run) => run.endedAt !== null && run.endedAt >= muted.since && run.endedAt <= muted.until,
    );
    const told = await tellOnce(
      {
        key: `muted/${muted.feed}/${muted.until}`,
        findPosted: (key) => needs.poster.findPosted(key),
        post: async (key) => (runs.length > 0 ? needs.poster.post(muted, runs, key) : 'nothing'),
        after: () => needs.smallRecords.remove(KIND, muted.feed),
      },
      needs,
    );
    if (told) ended.push(muted.feed);
  }
  return ended;
}
