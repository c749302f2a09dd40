import { daysBetween } from '../domain/day.ts';
import {
  dayCount,
  inSlice,
  productSeries,
  returnSeries,
  type Slice,
  salesSeries,
  type WatchedData,
} from './sales-cells.ts';
import type { Unusual } from './unusual.ts';

const BASELINE_DAYS = 56;

/**
 * What a slice had in a finding's window, and what the eight weeks before would lead one to expect, weekday by weekday.
 * Plain sums that add up over slices, for saying in which part a change is. Revenue, profit, or returned units.
 */
export function amountIn(
  slice: Slice,
  window: Unusual,
  data: WatchedData,
): { actual: number; expected: number } {
  const days = dayCount(data);
  const length = daysBetween(window.from, window.last) + 1;
  const values = valuesOf(slice, window, data, days);
  const end = days - length;
  const from = Math.max(0, end - BASELINE_DAYS);
  let actual = 0;
  let expected = 0;
  for (let day = end; day < days; day += 1) {
    actual += values[day] ?? 0;
    let before = 0;
    let weeks = 0;
    for (let same = day - 7 * Math.ceil((day - end + 1) / 7); same >= from; same -= 7) {
      before += values[same] ?? 0;
      weeks += 1;
    }
    expected += weeks > 0 ? before / weeks : 0;
  }
  return { actual, expected };
}

function valuesOf(slice: Slice, window: Unusual, data: WatchedData, days: number): number[] {
  const inside = inSlice(slice);
  if (window.watched === 'returns')
    return returnSeries(
      data,
      (cell) => inside(cell) && (slice.product === null || cell.product === slice.product),
    );
  if (slice.product !== null) return productSeries(data, 'revenue', slice.product);
  const revenue = salesSeries(data.now, window.watched === 'margin' ? 'costed' : 'revenue', days, inside);
  if (window.watched !== 'margin') return revenue;
  const cost = salesSeries(data.now, 'cost', days, inside);
  return revenue.map((value, day) => value - (cost[day] ?? 0));
}
