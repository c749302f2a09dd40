import { dayIn } from '../domain/day.ts';
import type { Clock } from '../ports/clock.ts';

export type MemoryClock = Clock & { set(instant: string): void; advance(ms: number): void };

/** A clock that stands still until it is told to move. */
export function memoryClock(start = '2026-03-02T09:00:00.000Z', timeZone = 'UTC'): MemoryClock {
  let ms = Date.parse(start);
  return {
    timeZone,
    now: () => new Date(ms),
    today: () => dayIn(timeZone, new Date(ms)),
    set: (instant) => {
      ms = Date.parse(instant);
    },
    advance: (by) => {
      ms += by;
    },
  };
}
