import { addDays } from '../domain/day.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';

/** Forgets who asked what once it is older than `keepDays`; 0 keeps it for ever. Says how many entries went. */
export async function sweepAudit(
  keepDays: number,
  { audit, clock }: { audit: AuditLog; clock: Clock },
): Promise<number> {
  if (keepDays === 0) return 0;
  const today = clock.now().toISOString().slice(0, 10);
  return audit.removeBefore(`${addDays(today, -keepDays)}T00:00:00.000Z`);
}
