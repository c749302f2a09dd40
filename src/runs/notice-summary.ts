import { z } from 'zod';
import { hasCode } from '../domain/app-error.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { RunNotice } from './run-notice.ts';

/** Runs that ended in a minute in which too many did: counts, and the first of them by name. */
export const NoticeSummary = z.object({
  window: z.string(),
  counts: z.record(z.string(), z.number().int()),
  lines: z.array(z.string()),
  /** By id, so that none is counted twice. */
  runs: z.array(z.string()),
  place: z.object({ channel: z.string(), ts: z.string() }).nullable(),
});
export type NoticeSummary = z.infer<typeof NoticeSummary>;

type Store = { smallRecords: VersionedRecords };

const KIND = 'notice-summary';
const MOST_LINES = 12;
const TRIES = 8;

/** All that the summary holds with these, and what is new in it. Kept before it is told. */
export async function noteInSummary(
  window: string,
  notices: RunNotice[],
  needs: Store,
): Promise<{ summary: NoticeSummary; added: NoticeSummary }> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await needs.smallRecords.find(KIND, window);
    const before = NoticeSummary.safeParse(found?.value).data ?? emptySummary(window);
    const fresh = notices.filter(({ run }) => !before.runs.includes(run.id));
    const summary = fresh.reduce(withRun, before);
    try {
      await needs.smallRecords.save(KIND, { id: window, version: found?.version ?? 0, value: summary });
      return { summary, added: fresh.reduce(withRun, emptySummary(window)) };
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= TRIES) throw thrown;
    }
  }
}

export async function placeOfSummary(window: string, needs: Store): Promise<NoticeSummary['place']> {
  const found = await needs.smallRecords.find(KIND, window);
  return NoticeSummary.safeParse(found?.value).data?.place ?? null;
}

export async function saveSummaryPlace(
  window: string,
  place: NonNullable<NoticeSummary['place']>,
  needs: Store,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await needs.smallRecords.find(KIND, window);
    const summary = NoticeSummary.safeParse(found?.value).data ?? emptySummary(window);
    try {
      await needs.smallRecords.save(KIND, {
        id: window,
        version: found?.version ?? 0,
        value: { ...summary, place },
      });
      return;
    } catch (thrown) {
      if (!hasCode(thrown, 'records.conflict') || attempt >= TRIES) throw thrown;
    }
  }
}

function withRun(summary: NoticeSummary, { run, headline }: RunNotice): NoticeSummary {
  return {
    ...summary,
    counts: { ...summary.counts, [run.outcome]: (summary.counts[run.outcome] ?? 0) + 1 },
    lines: summary.lines.length < MOST_LINES ? [...summary.lines, `${headline} (${run.id})`] : summary.lines,
    runs: [...summary.runs, run.id],
  };
}

function emptySummary(window: string): NoticeSummary {
  return { window, counts: {}, lines: [], runs: [], place: null };
}
