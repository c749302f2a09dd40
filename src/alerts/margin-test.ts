import { addDays } from '../domain/day.ts';
import { normalBelow } from './count-tail.ts';
import { course, nameOf, type Tested, usualDayRevenue } from './course.ts';
import { medianOf } from './expected-range.ts';
import {
  dayCount,
  inSlice,
  type Slice,
  salesSeries,
  type WatchedData,
  watchedSlices,
  weekdaysOf,
} from './sales-cells.ts';
import type { Unusual } from './unusual.ts';

const WEEKS = 12;
/** Least fall in points, least spread of weeks that is believed, least lines a week. */
const FLOORS = { points: 0.02, spread: 0.006, lines: 30, ofADay: 0.02 };

/**
 * The margin rate of the last seven days against the twelve weeks before: a robust z from their median and median
 * absolute deviation (F. R. Hampel, JASA 69, 1974; scaled by 1.4826 to a deviation), the chance taken from Student-like
 * tails by shrinking z. Only where costs are known for most of what was sold.
 */
export function marginTest(data: WatchedData): Tested[] {
  return watchedSlices(data.now.sales).map(({ slice, level }) => test(slice, level, data));
}

function test(slice: Slice, level: Unusual['level'], data: WatchedData): Tested {
  const none: Tested = { p: 1, unusual: null };
  const days = dayCount(data);
  const inside = inSlice(slice);
  const series = (measure: 'cost' | 'costed' | 'revenue' | 'lines') =>
    salesSeries(data.now, measure, days, inside);
  const [cost, costed, revenue, lines] = [
    series('cost'),
    series('costed'),
    series('revenue'),
    series('lines'),
  ];
  const week = (values: number[], weeksAgo: number): number =>
    values.slice(days - 7 * (weeksAgo + 1), days - 7 * weeksAgo).reduce((a, b) => a + b, 0);
  if (week(costed, 0) < week(revenue, 0) * 0.8 || week(lines, 0) < FLOORS.lines) return none;
  const rates: number[] = [];
  for (let ago = 1; ago <= WEEKS; ago += 1)
    if (week(costed, ago) > 0 && week(lines, ago) >= FLOORS.lines / 2)
      rates.push(1 - week(cost, ago) / week(costed, ago));
  if (rates.length < 8) return none;
  const usual = medianOf(rates);
  const spread = Math.max(1.4826 * medianOf(rates.map((rate) => Math.abs(rate - usual))), FLOORS.spread);
  const actual = 1 - week(cost, 0) / week(costed, 0);
  const z = (0.75 * (actual - usual)) / (spread * Math.sqrt(1 + 1 / rates.length));
  const seasonal = sameWeekLastYear(slice, data);
  // A sale that comes every year is no alarm: what last year's week lost as well is not counted.
  const p = Math.max(normalBelow(z), seasonal === null ? 0 : normalBelow(z + (0.75 * seasonal) / spread));
  const money = (usual - actual) * week(costed, 0);
  if (usual - actual < FLOORS.points || money < usualDayRevenue(data) * FLOORS.ofADay) return none;
  const rate = (values: number[], day: number) => values[day] ?? 0;
  const profits = costed.map((_, day) => rate(costed, day) - rate(cost, day));
  const usualProfit = (usual * week(costed, 0)) / 7;
  return {
    p,
    unusual: {
      key: `margin-fall/${level}/${slice.branch ?? slice.category ?? ''}`,
      watched: 'margin',
      slice,
      level,
      name: nameOf(slice, data),
      direction: 'fall',
      from: addDays(data.last, -6),
      last: data.last,
      figures: [
        {
          measure: 'margin rate',
          actual,
          expected: usual,
          least: usual - 2 * spread,
          most: usual + 2 * spread,
        },
      ],
      money,
      p,
      part: null,
      absorbed: [],
      ...course(profits, Array(8).fill(usualProfit) as number[], weekdaysOf(data), 1, data),
    },
  };
}

/** By how much the margin rate of the same week last year was below the weeks before it; null when it is not known. */
function sameWeekLastYear(slice: Slice, data: WatchedData): number | null {
  const days = dayCount(data);
  const inside = inSlice(slice);
  const cost = salesSeries(data.yearBefore, 'cost', days, inside);
  const costed = salesSeries(data.yearBefore, 'costed', days, inside);
  const rates: number[] = [];
  for (let ago = 0; ago <= WEEKS; ago += 1) {
    const part = (values: number[]): number =>
      values.slice(days - 7 * (ago + 1), days - 7 * ago).reduce((a, b) => a + b, 0);
    if (part(costed) > 0) rates.push(1 - part(cost) / part(costed));
  }
  const [now, ...before] = rates;
  if (now === undefined || before.length < 8) return null;
  return Math.max(0, medianOf(before) - now);
}
