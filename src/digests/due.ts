import { type Day, dayIn, isoWeekday } from '../domain/day.ts';
import { minuteOfDay } from '../domain/time-of-day.ts';
import type { Subscription } from './subscriptions.ts';

/** A missed hour is made up for until so long after it; then the next day's digest is the news. */
const CATCH_UP_MINUTES = 14 * 60;

/**
 * The local day whose digest is due, if one is. By the clock on the wall where the reader is: an hour that a change to
 * summer time leaves out is due when the clock has passed it, and one that comes twice is the same day, so once.
 */
export function dueDay(subscription: Subscription, now: Date): { day: Day; minutesLate: number } | null {
  if (subscription.paused) return null;
  const day = dayIn(subscription.timeZone, now);
  if (!subscription.days.includes(isoWeekday(day))) return null;
  const minutesLate =
    minuteOfDay(subscription.timeZone, now) - (subscription.hour * 60 + subscription.minute);
  if (minutesLate < 0 || minutesLate > CATCH_UP_MINUTES) return null;
  // Made after its hour: the first comes tomorrow.
  const created = new Date(subscription.createdAt);
  if (
    dayIn(subscription.timeZone, created) === day &&
    minuteOfDay(subscription.timeZone, created) > subscription.hour * 60 + subscription.minute
  )
    return null;
  return { day, minutesLate };
}
