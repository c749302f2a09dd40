import { addDays } from '../domain/day.ts';
import { countTail } from './count-tail.ts';
import { course, nameOf, type Tested, usualDayRevenue } from './course.ts';
import {
  dayCount,
  inSlice,
  productSeries,
  returnSeries,
  type Slice,
  salesSeries,
  type WatchedData,
  watchedProducts,
  watchedSlices,
  weekdaysOf,
} from './sales-cells.ts';
import type { Unusual } from './unusual.ts';

const WINDOWS = [7, 28] as const;
const BASELINE_DAYS = 84;
/** What comes back was sold in about the last four weeks. */
const SOLD_DAYS = 28;
/** A rate above its usual one by half, and by three points, with at least so many returns more. */
const FLOORS = { factor: 1.5, points: 0.03, units: 5, ofADay: 0.02 };

/**
 * Returns on the day they came back, against what was sold in the four weeks before them, so that late returns bias
 * neither side. Chance as in count-tail.ts, with the dispersion of the weeks of the baseline.
 */
export function returnsTest(data: WatchedData): Tested[] {
  if (data.returns.length === 0) return [];
  const slices = watchedSlices(data.now.sales, watchedProducts(data));
  return slices.map(({ slice, level }) => test(slice, level, data));
}

function test(slice: Slice, level: Unusual['level'], data: WatchedData): Tested {
  const days = dayCount(data);
  const inside = inSlice(slice);
  const returns = returnSeries(data, (cell) =>
    slice.product !== null ? cell.product === slice.product : inside(cell),
  );
  const units =
    slice.product !== null
      ? productSeries(data, 'units', slice.product)
      : salesSeries(data.now, 'units', days, inside);
  const revenue =
    slice.product !== null
      ? productSeries(data, 'revenue', slice.product)
      : salesSeries(data.now, 'revenue', days, inside);
  // After days of many sales more comes back, at once or later: the higher of the last week and four weeks counts.
  const soldBefore = units.map((_, day) =>
    Math.max(...[7, SOLD_DAYS].map((span) => mean(units, Math.max(0, day - span), Math.max(1, day)))),
  );
  let best: { p: number; window: number; unusual: Unusual } | null = null;
  for (const window of WINDOWS) {
    const end = days - window;
    const from = Math.max(0, end - BASELINE_DAYS);
    const rate = sum(returns, from, end) / Math.max(1, sum(soldBefore, from, end));
    const exposure = sum(soldBefore, end, days);
    const expected = rate * exposure;
    const actual = sum(returns, end, days);
    if (expected <= 0.2 || exposure < 15) continue;
    const dispersion = weeklyDispersion(returns, soldBefore, rate, from, end);
    const variance =
      dispersion * expected * (1 + expected / Math.max(1, sum(returns, from, end))) + (0.1 * expected) ** 2;
    const p = Math.min(1, countTail(actual, expected, variance).atLeast * WINDOWS.length);
    const price = sum(revenue, from, days) / Math.max(1, sum(units, from, days));
    const money = (actual - expected) * price;
    const actualRate = actual / exposure;
    if (
      actualRate < rate * FLOORS.factor ||
      actualRate < rate + FLOORS.points ||
      actual - expected < FLOORS.units ||
      money < usualDayRevenue(data) * FLOORS.ofADay ||
      (best && best.p <= p)
    )
      continue;
    const spread = 2 * Math.sqrt(variance);
    best = {
      p,
      window,
      unusual: {
        key: `returns-rise/${level}/${slice.branch ?? slice.category ?? slice.product ?? ''}`,
        watched: 'returns',
        slice,
        level,
        name: nameOf(slice, data),
        direction: 'rise',
        from: addDays(data.last, 1 - window),
        last: data.last,
        figures: [
          {
            measure: 'returned units',
            actual,
            expected,
            least: Math.max(0, expected - spread),
            most: expected + spread,
          },
          {
            measure: 'return rate',
            actual: actualRate,
            expected: rate,
            least: Math.max(0, (expected - spread) / exposure),
            most: (expected + spread) / exposure,
          },
        ],
        money,
        p,
        part: null,
        absorbed: [],
        ...course(returns, Array(8).fill(expected / window) as number[], weekdaysOf(data), 28, data),
      },
    };
  }
  return best ? { p: best.p, unusual: best.unusual } : { p: 1, unusual: null };
}

function weeklyDispersion(
  returns: number[],
  sold: number[],
  rate: number,
  from: number,
  end: number,
): number {
  const residuals: number[] = [];
  for (let week = end; week - 7 >= from; week -= 7) {
    const expected = Math.max(0.2, rate * sum(sold, week - 7, week));
    residuals.push((sum(returns, week - 7, week) - expected) ** 2 / expected);
  }
  return Math.max(1, residuals.reduce((a, b) => a + b, 0) / Math.max(1, residuals.length - 1));
}

function sum(values: number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += values[index] ?? 0;
  return total;
}

function mean(values: number[], from: number, to: number): number {
  return sum(values, from, to) / Math.max(1, to - from);
}
