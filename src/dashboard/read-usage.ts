import { addDays, type Day } from '../domain/day.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { listMarks } from './answer-marks.ts';
import { type Usage, usageOf } from './usage.ts';

export type UsageNeeds = {
  audit: Pick<AuditLog, 'list'>;
  smallRecords: VersionedRecords;
  clock: Clock;
  minutesPerAnswer: number;
};

const MOST_ENTRIES = 50_000;

/** Of a span of days, both included; of one asker when given. */
export async function readUsage(
  of: { from: Day; to: Day; asker?: string },
  needs: UsageNeeds,
): Promise<Usage> {
  // A day begins before or after its UTC midnight, depending on the zone.
  const since = `${addDays(of.from, -1)}T00:00:00.000Z`;
  const [entries, marks] = await Promise.all([
    needs.audit.list({ limit: MOST_ENTRIES, since, ...(of.asker ? { asker: of.asker } : {}) }),
    listMarks(needs),
  ]);
  return usageOf(entries, of.asker ? marks.filter(({ by }) => by === of.asker) : marks, {
    from: of.from,
    to: of.to,
    timeZone: needs.clock.timeZone,
    minutesPerAnswer: needs.minutesPerAnswer,
  });
}
