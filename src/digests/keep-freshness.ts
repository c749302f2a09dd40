import { type FeedFreshness, type FreshnessNeeds, freshness } from './freshness.ts';

/**
 * Kept for `ttlMs`, since every answer speaks of it; an answer does not wait for what is being read anew. `forget` after
 * a load.
 */
export function keepFreshness(
  needs: FreshnessNeeds,
  ttlMs: number,
): { get(): Promise<FeedFreshness[]>; forget(): void } {
  let kept: { at: number; feeds: Promise<FeedFreshness[]> } | undefined;
  const read = (): Promise<FeedFreshness[]> => {
    const reading = { at: needs.clock.now().getTime(), feeds: freshness(needs) };
    reading.feeds.then(
      () => {
        kept = reading;
      },
      () => {
        if (kept === reading) kept = undefined;
      },
    );
    kept ??= reading;
    return reading.feeds;
  };
  return {
    get() {
      if (!kept) return read();
      const { at, feeds } = kept;
      if (needs.clock.now().getTime() - at > ttlMs) {
        kept = { at: needs.clock.now().getTime(), feeds };
        read().catch(() => undefined);
      }
      return feeds;
    },
    forget() {
      kept = undefined;
    },
  };
}
