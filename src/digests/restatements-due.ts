import { hasCode } from '../domain/app-error.ts';
import type { Run } from '../domain/run.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';

const KIND = 'restatement-due';

/**
 * Notes that a load or an undo has changed days, before anybody is told: whoever is connected to Slack next tells it,
 * though the process that changed them stopped, or never was connected.
 */
export async function noteRestatementDue(
  run: Run,
  { smallRecords }: { smallRecords: VersionedRecords },
): Promise<void> {
  if (run.touchedDays.length === 0) return;
  const id = `${run.batch ?? run.id}${run.undoneAt ? '-undone' : ''}`;
  try {
    await smallRecords.save(KIND, { id, version: 0, value: { run: run.id } });
  } catch (thrown) {
    // Noted before.
    if (!hasCode(thrown, 'records.conflict')) throw thrown;
  }
}

/**
 * Tells what is due, all of it at once, and forgets it only then: what could not be told is tried again the next time. Told
 * twice, the second finds nothing that differs. A run that has not ended waits, since its KPIs are still to be written.
 */
export async function tellRestatementsDue(
  tell: (changed: Run) => Promise<unknown>,
  { smallRecords, runLog }: { smallRecords: VersionedRecords; runLog: Pick<RunLog, 'find'> },
): Promise<void> {
  const due: { id: string }[] = [];
  const runs: Run[] = [];
  for (const one of await smallRecords.list(KIND)) {
    const run = await runLog.find((one.value as { run: string }).run);
    if (run?.outcome === 'running') continue;
    if (run) runs.push(run);
    due.push(one);
  }
  const [last] = runs.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  if (last) {
    const touchedDays = [...new Set(runs.flatMap((run) => run.touchedDays))].sort();
    const feed = [...new Set(runs.map((run) => run.feed))].join(', ');
    await tell({ ...last, touchedDays, feed, batch: runs.length === 1 ? last.batch : null });
  }
  for (const { id } of due) await smallRecords.remove(KIND, id);
}
