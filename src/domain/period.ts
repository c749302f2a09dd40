import { z } from 'zod';
import { addDays, type Day, daysBetween, isDay } from './day.ts';

const DayText = z.string().refine(isDay, 'a day as YYYY-MM-DD');

/** Whole days, half-open: from <= day < to. `label` is how a person said it ('last week'). */
export const Period = z
  .object({ from: DayText, to: DayText, label: z.string().max(120).optional() })
  .refine((period) => period.from < period.to, 'a period ends after it starts');
export type Period = z.infer<typeof Period>;

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const Grain = z.enum(GRAINS);
export type Grain = z.infer<typeof Grain>;

export function lengthInDays(period: Period): number {
  return daysBetween(period.from, period.to);
}

/** The last day that is in the period. */
export function lastDay(period: Period): Day {
  return addDays(period.to, -1);
}

/** '1 Jan 2025 to 31 Jan 2025', or one day. */
export function inWords(period: Period): string {
  const last = lastDay(period);
  return period.from === last ? dayInWords(period.from) : `${dayInWords(period.from)} to ${dayInWords(last)}`;
}

export function dayInWords(day: Day): string {
  return DAY_IN_WORDS.format(new Date(`${day}T00:00:00Z`));
}

/** Made once: making one takes as long as thousands of days in words. */
const DAY_IN_WORDS = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
