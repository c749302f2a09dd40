import { countTail } from './count-tail.ts';

/** Values by day, oldest first, the day judged last. `weekdays[i]` is 1 (Monday) to 7. */
export type DaySeries = { values: number[]; weekdays: number[] };

/** What a window's sum may usually be, in the series' unit, and how rarely chance alone goes so far. */
export type Expectation = {
  actual: number;
  expected: number;
  least: number;
  most: number;
  /** Chance of a sum as low, and as high, when all is as usual. */
  low: number;
  high: number;
  /** What was usual by weekday (1 to 7) before the window. */
  byWeekday: number[];
};

export type ExpectationInput = {
  series: DaySeries;
  /** Days of the window at the end of the series. */
  window: number;
  /** What one unit of counting is worth: 1 for counts, the usual line's amount for money. */
  unit: number;
  /** The rest of the company on the same days: what is common to all (holidays, weather) shows in it. */
  rest?: number[];
  /** The same series a year (364 days) earlier, as long as `series`. */
  yearBefore?: number[];
};

const SHORT_HISTORY = 35;
/** Usual drift of the level that counting does not explain. */
const DRIFT = { short: 0.06, long: 0.1 };
/** As in Farrington and Noufaily: days beyond this many deviations weigh less in the baseline. */
const OUTLYING = 2.58;

/**
 * The expected range of the last days' sum. Level, weekday pattern and dispersion come from the weeks before the window
 * (quasi-Poisson, past outliers down-weighted: Farrington 1996, Noufaily 2013, cited in count-tail.ts). Up to four
 * accounts of what is usual are made: the level as it was, the level with its trend, the course of the rest of the
 * company, and the same weeks of last year. The window is only as unusual as the account that explains it best, so that
 * a season, a holiday or a slow trend is no alarm. Undefined when there is too little history.
 */
export function expectedRange(input: ExpectationInput): Expectation | undefined {
  const { series, window, unit } = input;
  const end = series.values.length - window;
  const length = Math.min(window >= 28 ? 112 : 56, end);
  if (length < Math.max(SHORT_HISTORY, window)) return undefined;
  const from = end - length;
  const counts = series.values.map((value) => Math.max(0, value) / unit);
  const base = fitBase(counts, series.weekdays, from, end);
  if (base.level <= 0) return undefined;
  const actual = sumOf(counts, end, counts.length);
  const usual = weekdaySum(base, series.weekdays, end, counts.length) * base.level;
  const means = [
    usual,
    usual * trendFactor(counts, base, series.weekdays, { from, end, window }),
    ...relativeMeans(input, usual, { from, end }),
  ];
  const drift = window >= 28 ? DRIFT.long : DRIFT.short;
  const judged = means.map((mean) => {
    const variance = base.dispersion * mean * (1 + mean / base.total) + (drift * mean) ** 2;
    return { mean, variance, ...countTail(actual, mean, variance) };
  });
  const lowest = judged.reduce((a, b) => (b.mean < a.mean ? b : a));
  const highest = judged.reduce((a, b) => (b.mean > a.mean ? b : a));
  return {
    actual: actual * unit,
    expected: usual * unit,
    least: Math.max(0, lowest.mean - 2 * Math.sqrt(lowest.variance)) * unit,
    most: (highest.mean + 2 * Math.sqrt(highest.variance)) * unit,
    low: Math.max(...judged.map((each) => each.atMost)),
    high: Math.max(...judged.map((each) => each.atLeast)),
    byWeekday: base.weekday.map((factor) => factor * base.level * unit),
  };
}

type Base = { level: number; weekday: number[]; dispersion: number; total: number };

/** Two rounds: with the first round's residuals, days that were unusual themselves weigh less. */
function fitBase(counts: number[], weekdays: number[], from: number, end: number): Base {
  let weights = counts.map(() => 1);
  let base: Base = { level: 0, weekday: Array(8).fill(1), dispersion: 1, total: 0 };
  for (let round = 0; round < 3; round += 1) {
    const weekday = weekdayFactors(counts, weekdays, weights, from, end);
    let above = 0;
    let below = 0;
    let total = 0;
    for (let day = from; day < end; day += 1) {
      const age = 0.5 ** ((end - day) / 42);
      const weight = (weights[day] ?? 1) * age;
      above += weight * (counts[day] ?? 0);
      below += weight * (weekday[weekdays[day] ?? 1] ?? 1);
      total += counts[day] ?? 0;
    }
    const level = below > 0 ? above / below : 0;
    const residuals: number[] = [];
    for (let day = from; day < end; day += 1) {
      const mean = Math.max(0.05, level * (weekday[weekdays[day] ?? 1] ?? 1));
      residuals.push(((counts[day] ?? 0) - mean) / Math.sqrt(mean));
    }
    const used = residuals.map((residual, index) => residual ** 2 * (weights[from + index] ?? 1));
    const weightSum = residuals.reduce((sum, _, index) => sum + (weights[from + index] ?? 1), 0);
    const dispersion = Math.max(1, used.reduce((a, b) => a + b, 0) / Math.max(1, weightSum - 7));
    base = { level, weekday, dispersion, total: Math.max(total, 1) };
    weights = counts.map((_, day) => {
      const residual = Math.abs(residuals[day - from] ?? 0) / Math.sqrt(dispersion);
      return residual > OUTLYING ? (OUTLYING / residual) ** 2 : 1;
    });
  }
  return base;
}

/** Shrunk towards no pattern, so that few sales make no pattern. */
function weekdayFactors(
  counts: number[],
  weekdays: number[],
  weights: number[],
  from: number,
  end: number,
): number[] {
  const sums = Array<number>(8).fill(0);
  const days = Array<number>(8).fill(0);
  for (let day = from; day < end; day += 1) {
    const weekday = weekdays[day] ?? 1;
    sums[weekday] = (sums[weekday] ?? 0) + (counts[day] ?? 0) * (weights[day] ?? 1);
    days[weekday] = (days[weekday] ?? 0) + (weights[day] ?? 1);
  }
  const total = sums.reduce((a, b) => a + b, 0);
  const mean =
    total /
    Math.max(
      1,
      days.reduce((a, b) => a + b, 0),
    );
  const prior = 10;
  return sums.map((sum, weekday) => (sum + prior) / Math.max(0.5, (days[weekday] ?? 0) * mean + prior));
}

function weekdaySum(base: Base, weekdays: number[], from: number, to: number): number {
  let total = 0;
  for (let day = from; day < to; day += 1) total += base.weekday[weekdays[day] ?? 1] ?? 1;
  return total;
}

/** Theil and Sen's slope of the logarithm of the weeks, damped by half, from the middle of the baseline to the window. */
function trendFactor(
  counts: number[],
  base: Base,
  weekdays: number[],
  span: { from: number; end: number; window: number },
): number {
  const weeks: number[] = [];
  for (let end = span.end; end - 7 >= span.from; end -= 7) {
    const usual = weekdaySum(base, weekdays, end - 7, end) * base.level;
    weeks.unshift(Math.log((sumOf(counts, end - 7, end) + 1) / (usual + 1)));
  }
  const slopes: number[] = [];
  weeks.forEach((a, i) => {
    weeks.slice(i + 1).forEach((b, j) => slopes.push((b - a) / (j + 1)));
  });
  const slope = medianOf(slopes);
  // Weeks that go up and down make no trend.
  const agreeing = slopes.filter((each) => each * slope > 0).length / Math.max(1, slopes.length);
  if (agreeing < 0.7) return 1;
  const aheadWeeks = weeks.length / 3 + span.window / 14;
  return clamp(Math.exp(0.5 * slope * aheadWeeks), 0.6, 1.6);
}

/** What the rest of the company did, and what last year did, from the same baseline days to the same window. */
function relativeMeans(
  input: ExpectationInput,
  usual: number,
  span: { from: number; end: number },
): number[] {
  const { series, rest, yearBefore } = input;
  const means: number[] = [];
  for (const other of [rest, yearBefore]) {
    if (!other) continue;
    const before = sumOf(other, span.from, span.end);
    const now = sumOf(other, span.end, series.values.length);
    const base = fitBase(other, series.weekdays, span.from, span.end);
    const expected = weekdaySum(base, series.weekdays, span.end, series.values.length) * base.level;
    if (before / input.unit < 60 || expected <= 0) continue;
    // Few sales say little of what is common to all; last year's days may have been odd themselves.
    const counted = expected / input.unit / Math.min(base.dispersion, 3);
    const believed = counted / (counted + (other === rest ? 10 : 40));
    means.push(usual * clamp((now / expected) ** believed, 0.35, 2.5));
  }
  return means;
}

function sumOf(values: number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += values[index] ?? 0;
  return total;
}

export function medianOf(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
