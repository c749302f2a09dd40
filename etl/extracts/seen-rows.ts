import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { hasCode } from '../../src/domain/app-error.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { SourceRow } from '../../src/ports/source-database.ts';

/** Remembered of each table: the rows that the overlap is likely to give again. */
const MOST_ROWS = 20_000;

type Memory = Record<string, [string, string][]>;

export type SeenRows = {
  /** Without those that were given with the same cells in the round before. */
  unseen(feed: string, rows: SourceRow[]): SourceRow[];
  save(key: string): Promise<void>;
};

/** The newest rows of the last round, by key: an overlap gives them again, and what has not changed is not sent twice. */
export async function openSeenRows(
  key: string | null,
  needs: { objects: ObjectStore; landingBucket: string },
): Promise<SeenRows> {
  const before = key === null ? {} : await load(key, needs);
  const given = new Map(Object.entries(before).map(([feed, rows]) => [feed, new Map(rows)]));
  const now = new Map<string, Map<string, string>>();
  return {
    unseen(feed, rows) {
      const known = given.get(feed);
      const kept = now.get(feed) ?? new Map<string, string>();
      now.set(feed, kept);
      return rows.filter(({ place, cells }) => {
        const id = hashOf(place.key);
        const content = hashOf(cells);
        kept.delete(id);
        kept.set(id, content);
        if (kept.size > MOST_ROWS) kept.delete(kept.keys().next().value as string);
        return known?.get(id) !== content;
      });
    },
    async save(at) {
      const memory: Memory = Object.fromEntries([...now].map(([feed, rows]) => [feed, [...rows]]));
      await needs.objects.put({ bucket: needs.landingBucket, key: at }, gzipSync(JSON.stringify(memory)));
    },
  };
}

async function load(
  key: string,
  { objects, landingBucket }: { objects: ObjectStore; landingBucket: string },
): Promise<Memory> {
  try {
    const { body } = await objects.get({ bucket: landingBucket, key });
    return JSON.parse(gunzipSync(await buffer(body)).toString('utf8')) as Memory;
  } catch (thrown) {
    // Somebody removed it: rows of the overlap are then given again.
    if (hasCode(thrown, 'objects.not-found')) return {};
    throw thrown;
  }
}

function hashOf(cells: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(cells)).digest('base64').slice(0, 22);
}
