import type { MoneyRecord } from './money-record.ts';
import type { LedgerNeeds } from './needs.ts';
import { findRecord, noLongerOpen, openRecordIds } from './record-store.ts';
import { finishRecord, putRecord } from './settle-record.ts';

const HOUR_MS = 3_600_000;

/**
 * Brings on what a process left half-way when it died: drafts are judged, files that were not put are put. Gives the
 * records that are still open after it, for whoever tells people.
 */
export async function sweepRecords(needs: LedgerNeeds): Promise<MoneyRecord[]> {
  const open: MoneyRecord[] = [];
  for (const { id, since } of await openRecordIds(needs)) {
    if (!(await findRecord(id, needs))) {
      // A death before the record itself was kept; its sender saw that the form failed.
      if (needs.clock.now().getTime() - Date.parse(since) > HOUR_MS) await noLongerOpen(id, needs);
      continue;
    }
    const record = await putRecord(id, needs);
    await finishRecord(record, needs);
    open.push(record);
  }
  return open;
}
