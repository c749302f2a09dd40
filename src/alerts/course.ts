import { addDays } from '../domain/day.ts';
import { medianOf } from './expected-range.ts';
import { dayCount, type Slice, salesSeries, type WatchedData } from './sales-cells.ts';
import type { Unusual } from './unusual.ts';

/** A series that was tested, unusual or not: all of them count for the rate of false alarms. */
export type Tested = { p: number; strictness?: number; unusual: Unusual | null };

/** The company's revenue on a usual day of the last eight weeks. */
export function usualDayRevenue(data: WatchedData): number {
  return medianOf(salesSeries(data.now, 'revenue', dayCount(data), () => true).slice(-56));
}

export function nameOf(slice: Slice, data: WatchedData): string {
  if (slice.branch !== null) return data.branchNames.get(slice.branch) ?? slice.branch;
  if (slice.category !== null) return slice.category;
  if (slice.product !== null) return slice.product;
  return 'The whole company';
}

const COURSE_DAYS = 20;
const COURSE_WEEKS = 16;

/** For the picture: Slack's charts take twenty points. */
export function course(
  values: number[],
  byWeekday: number[],
  weekdays: number[],
  window: number,
  data: WatchedData,
): Pick<Unusual, 'course' | 'grain'> {
  const step = window >= 28 ? 7 : 1;
  const points = step === 7 ? COURSE_WEEKS : COURSE_DAYS;
  const made: Unusual['course'] = [];
  for (let end = values.length; end - step >= 0 && made.length < points; end -= step) {
    let actual = 0;
    let expected = 0;
    for (let day = end - step; day < end; day += 1) {
      actual += values[day] ?? 0;
      expected += byWeekday[weekdays[day] ?? 1] ?? 0;
    }
    made.unshift({ from: addDays(data.from, end - step), actual, expected });
  }
  return { course: made, grain: step === 7 ? 'week' : 'day' };
}
