import { type Day, dayIn } from '../domain/day.ts';
import type { Clock } from '../ports/clock.ts';

/** The machine's clock. `today` fixes the day (PLUMBLINE_TODAY); the instant still moves, as leases need it to. */
export function systemClock(options: { timeZone: string; today?: Day | undefined }): Clock {
  return {
    timeZone: options.timeZone,
    now: () => new Date(),
    today: () => options.today ?? dayIn(options.timeZone, new Date()),
  };
}
