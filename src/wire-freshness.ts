import { BUILT_IN_FEEDS, loadFeeds } from '../etl/feeds/load-feeds.ts';
import { compiledReadings } from './adapters/compiled-readings.ts';
import type { Config } from './config.ts';
import { type FeedFreshness, lateSentences } from './digests/freshness.ts';
import { keepFreshness } from './digests/keep-freshness.ts';
import type { ExpectedFeed } from './domain/feed-rhythm.ts';
import type { Clock } from './ports/clock.ts';
import type { RunLog } from './ports/run-log.ts';

const KEPT_MS = 60_000;

export type FreshnessParts = {
  freshness(): Promise<FeedFreshness[]>;
  /** For answers and digests. */
  lateFor(tables: string[]): Promise<string[]>;
  forget(): void;
};

/** How the feeds stand against their declared or learnt rhythm. */
export function wireFreshness(parts: { config: Config; runLog: RunLog; clock: Clock }): FreshnessParts {
  let declared: Promise<ExpectedFeed[]> | undefined;
  const kept = keepFreshness(
    {
      runLog: parts.runLog,
      clock: parts.clock,
      expected: () => (declared ??= expectedFeeds(parts.config.feedsFile)),
    },
    KEPT_MS,
  );
  return {
    freshness: () => kept.get(),
    lateFor: async (tables) => lateSentences(await kept.get(), tables),
    forget: () => kept.forget(),
  };
}

async function expectedFeeds(feedsFile: string | undefined): Promise<ExpectedFeed[]> {
  const sets = await loadFeeds([feedsFile ?? BUILT_IN_FEEDS], compiledReadings());
  return sets.flatMap((set) => [
    ...set.feeds.map((feed) => ({
      feed: feed.name,
      timeZone: set.timeZone,
      rhythm: null,
      tables: feed.targets.map(({ table }) => table),
    })),
    {
      feed: set.name,
      timeZone: set.timeZone,
      rhythm: set.expected,
      tables: [...new Set(set.feeds.flatMap((feed) => feed.targets.map(({ table }) => table)))],
    },
  ]);
}
