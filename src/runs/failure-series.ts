import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hasCode } from '../domain/app-error.ts';
import type { Run } from '../domain/run.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';

/** A feed that fails again and again for one cause: told by one message that is edited. */
export const FailureSeries = z.object({
  feed: z.string(),
  cause: z.string(),
  /** Oldest first; the newest are kept. */
  runs: z.array(z.string()),
  count: z.number().int(),
  since: z.string(),
  last: z.string(),
  place: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  version: z.number().int(),
});
export type FailureSeries = z.infer<typeof FailureSeries>;

type Store = { smallRecords: VersionedRecords };

const KIND = 'failure-series';
const MOST_RUNS = 200;
const TRIES = 6;

/** Stage, code and sentence without its figures: the same fault in another file is the same cause. */
export function causeOf({ failure }: Pick<Run, 'failure'>): string {
  const said = (failure?.sentence ?? '').replaceAll(/[\d.,]+/g, '#');
  const hash = createHash('sha256').update(said).digest('hex').slice(0, 12);
  return `${failure?.stage ?? 'start'}/${failure?.code ?? 'unknown'}/${hash}`;
}

async function findSeries(feed: string, needs: Store): Promise<FailureSeries | null> {
  const found = await needs.smallRecords.find(KIND, feed);
  return FailureSeries.safeParse({ ...(found?.value as object), version: found?.version ?? 0 }).data ?? null;
}

export async function listSeries(needs: Store): Promise<FailureSeries[]> {
  const records = await needs.smallRecords.list(KIND);
  return records.flatMap(
    ({ value, version }) => FailureSeries.safeParse({ ...(value as object), version }).data ?? [],
  );
}

/** Not kept yet. */
export function openSeries(runs: Run[]): FailureSeries {
  const [first] = runs;
  return {
    feed: first?.feed ?? '',
    cause: first ? causeOf(first) : '',
    runs: runs.map(({ id }) => id).slice(-MOST_RUNS),
    count: runs.length,
    since: first?.startedAt ?? '',
    last: runs.at(-1)?.endedAt ?? runs.at(-1)?.updatedAt ?? '',
    place: null,
    version: 0,
  };
}

/** A run that is in it already is not counted again. Who was second to save looks again. */
export async function addToSeries(series: FailureSeries, runs: Run[], needs: Store): Promise<FailureSeries> {
  let now = series;
  for (let attempt = 1; ; attempt += 1) {
    const fresh = runs.filter(({ id }) => !now.runs.includes(id));
    const next: FailureSeries = {
      ...now,
      runs: [
        ...now.runs.slice(0, 1),
        ...[...now.runs.slice(1), ...fresh.map(({ id }) => id)].slice(1 - MOST_RUNS),
      ],
      count: now.count + fresh.length,
      last: runs.at(-1)?.endedAt ?? now.last,
    };
    const { version, ...value } = next;
    try {
      return { ...next, version: await needs.smallRecords.save(KIND, { id: series.feed, version, value }) };
    } catch (thrown) {
      const isConflict = hasCode(thrown, 'records.conflict');
      const found = isConflict && attempt < TRIES ? await findSeries(series.feed, needs) : null;
      if (!found) throw thrown;
      now = { ...found, place: found.place ?? series.place };
    }
  }
}

export async function endSeries(series: FailureSeries, needs: Store): Promise<void> {
  await needs.smallRecords.remove(KIND, series.feed);
}
