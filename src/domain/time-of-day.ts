import { type Day, dayIn } from './day.ts';

/** Minutes since midnight on the wall clock of an IANA time zone. */
export function minuteOfDay(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return value('hour') * 60 + value('minute');
}

/** The instant at which the wall clock of a time zone shows this minute of a day; of two, the first; of none, the next. */
export function instantOf(day: Day, minute: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  let instant = wanted;
  for (let tries = 0; tries < 3; tries += 1) {
    const shown =
      Date.parse(`${dayIn(timeZone, new Date(instant))}T00:00:00Z`) +
      minuteOfDay(timeZone, new Date(instant)) * 60_000;
    if (shown === wanted) break;
    instant += wanted - shown;
  }
  return new Date(instant);
}
