import { addDays } from '../domain/day.ts';
import { course, nameOf, type Tested, usualDayRevenue } from './course.ts';
import { type Expectation, expectedRange } from './expected-range.ts';
import { falseDiscovery } from './false-discovery.ts';
import { marginTest } from './margin-test.ts';
import { oneForEachCause } from './one-for-each-cause.ts';
import { returnsTest } from './returns-test.ts';
import {
  dayCount,
  inSlice,
  orderSeries,
  productSeries,
  type SalesCell,
  type Slice,
  salesSeries,
  type WatchedData,
  WHOLE,
  watchedProducts,
  watchedSlices,
  weekdaysOf,
} from './sales-cells.ts';
import type { Figure, Unusual } from './unusual.ts';

export type FindOptions = {
  /** Share of chance findings that is allowed among all that is found on a day. */
  falseDiscoveryRate: number;
  /** By key: how much stricter than others, where people said 'not useful'. */
  strictness?: ReadonlyMap<string, number>;
};

export const DEFAULT_FIND: FindOptions = { falseDiscoveryRate: 0.05 };

/** Days of a window: from a day to eight weeks. */
const WINDOWS = [1, 2, 4, 7, 28, 56] as const;
/** The windows hold each other, so that six of them are about as many chances as three that do not. */
const CHANCES = 3;
/** Least change, as a share of what is usual, and least count that is usual in the window. */
const FLOORS = {
  company: { share: 0.12, count: 20 },
  branch: { share: 0.25, count: 8 },
  category: { share: 0.25, count: 10 },
  product: { share: 0.5, count: 10 },
} as const;
const ENOUGH_FOR_MONEY = 60;
/** A product that is no longer sold is no news after four weeks. */
const LONGEST_OF_PRODUCTS = 28;
/** Of the company's usual day: less money than this is not worth a message. */
const LEAST_OF_A_DAY = 0.02;

/**
 * What is not as usual on the last day, in windows that end there: sales, returns, margin and stock of the company, its
 * branches, categories and watched products, against their own history. Chance findings are held down over all series
 * together, small amounts are left out, and what has one cause is one finding. Largest in money first.
 */
export function findUnusual(data: WatchedData, options: FindOptions = DEFAULT_FIND): Unusual[] {
  const tests = [...salesTests(data), ...returnsTest(data), ...marginTest(data)].map((test) => ({
    ...test,
    strictness: options.strictness?.get(test.unusual?.key ?? '') ?? 1,
  }));
  const found = falseDiscovery(tests, options.falseDiscoveryRate).flatMap(({ unusual }) => unusual ?? []);
  return [...oneForEachCause(found, data), ...stockSigns(data)].sort((a, b) => b.money - a.money);
}

function salesTests(data: WatchedData): Tested[] {
  const active = data.now.sales.filter((cell) => cell.day >= dayCount(data) - 84);
  const usualDay = usualDayRevenue(data);
  const slices = watchedSlices(active, watchedProducts(data));
  return slices.map(({ slice, level }) => salesTest(slice, level, data, usualDay));
}

type Course = { values: number[]; rest?: number[]; yearBefore?: number[]; unit: number };

function salesTest(slice: Slice, level: Unusual['level'], data: WatchedData, usualDay: number): Tested {
  const counts = courseOf(slice, 'count', data);
  const money = courseOf(slice, 'revenue', data);
  const revenue = { ...money, unit: amountPerCount(money.values, counts.values) };
  const weekdays = weekdaysOf(data);
  let best: {
    p: number;
    window: number;
    direction: 'fall' | 'rise';
    figures: Figure[];
    byWeekday: number[];
  } | null = null;
  for (const window of WINDOWS) {
    const ofCounts = rangeOf(counts, weekdays, window);
    const ofRevenue = rangeOf(revenue, weekdays, window);
    if (!ofCounts || !ofRevenue || ofCounts.expected < FLOORS[level].count) continue;
    if (level === 'product' && window > LONGEST_OF_PRODUCTS) continue;
    // A single dear item moves the revenue of few lines: there only the counts decide.
    const byMoney = ofCounts.expected >= ENOUGH_FOR_MONEY;
    const low = byMoney ? Math.min(ofCounts.low, ofRevenue.low) : ofCounts.low;
    const high = byMoney ? Math.min(ofCounts.high, ofRevenue.high) : ofCounts.high;
    const direction = low <= high ? 'fall' : 'rise';
    const change = Math.abs(ofRevenue.actual / ofRevenue.expected - 1);
    const right =
      direction === 'fall' ? ofRevenue.actual < ofRevenue.expected : ofRevenue.actual > ofRevenue.expected;
    const size = Math.abs(ofRevenue.actual - ofRevenue.expected);
    if (!right || change < FLOORS[level].share || size < usualDay * LEAST_OF_A_DAY) continue;
    const p = Math.min(low, high);
    if (best && best.p <= p) continue;
    const figures = [
      figure('revenue', ofRevenue),
      figure(level === 'company' || level === 'branch' ? 'orders' : 'lines', ofCounts),
    ];
    best = { p, window, direction, figures, byWeekday: ofRevenue.byWeekday };
  }
  if (!best) return { p: 1, unusual: null };
  const [first] = best.figures;
  const p = Math.min(1, best.p * CHANCES);
  const span = { from: addDays(data.last, 1 - best.window), last: data.last };
  return {
    p,
    unusual: {
      key: `sales-${best.direction}/${level}/${slice.branch ?? slice.category ?? slice.product ?? ''}`,
      watched: 'sales',
      slice,
      level,
      name: nameOf(slice, data),
      direction: best.direction,
      ...span,
      figures: best.figures,
      money: Math.abs((first?.actual ?? 0) - (first?.expected ?? 0)),
      p,
      part: null,
      absorbed: [],
      ...course(revenue.values, best.byWeekday, weekdays, best.window, data),
    },
  };
}

function rangeOf(course: Course, weekdays: number[], window: number): Expectation | undefined {
  return expectedRange({
    series: { values: course.values, weekdays },
    window,
    unit: course.unit,
    ...(course.rest ? { rest: course.rest } : {}),
    ...(course.yearBefore ? { yearBefore: course.yearBefore } : {}),
  });
}

function figure(measure: Figure['measure'], range: Expectation): Figure {
  const { actual, expected, least, most } = range;
  return { measure, actual, expected, least, most };
}

function courseOf(slice: Slice, what: 'count' | 'revenue', data: WatchedData): Course {
  const days = dayCount(data);
  const inside = inSlice(slice);
  const outside = (cell: SalesCell): boolean => !inside(cell);
  const whole = slice.branch === null && slice.category === null && slice.product === null;
  const byOrders = what === 'count' && slice.category === null && slice.product === null;
  const measure = what === 'count' ? 'lines' : 'revenue';
  const read = (cells: WatchedData['now'], keep: (cell: SalesCell) => boolean): number[] =>
    byOrders
      ? orderSeries(cells, days, (cell) => keep({ ...cell, category: '' } as unknown as SalesCell))
      : salesSeries(cells, measure, days, keep);
  const values =
    slice.product !== null ? productSeries(data, measure, slice.product) : read(data.now, inside);
  const rest = whole
    ? undefined
    : slice.product !== null
      ? minus(
          salesSeries(data.now, measure, days, () => true),
          values,
        )
      : read(data.now, outside);
  const yearBefore =
    data.yearBefore.sales.length === 0 ? undefined : read(data.yearBefore, seasonOf(slice, data));
  return {
    values,
    unit: 1,
    ...(rest ? { rest } : {}),
    ...(yearBefore ? { yearBefore } : {}),
  };
}

/** A product has the season of its category. */
function seasonOf(slice: Slice, data: WatchedData): (cell: SalesCell) => boolean {
  if (slice.product === null) return inSlice(slice);
  const category = data.products.find((cell) => cell.product === slice.product)?.category ?? null;
  return inSlice({ ...WHOLE, category });
}

function amountPerCount(amounts: number[], counts: number[]): number {
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  return Math.max(0.01, sum(amounts) / Math.max(1, sum(counts)));
}

function minus(a: number[], b: number[]): number[] {
  return a.map((value, index) => value - (b[index] ?? 0));
}

/** Sold often, and the latest count found none anywhere. */
function stockSigns(data: WatchedData): Unusual[] {
  return data.stock.map((sign) => ({
    key: `stock/product/${sign.product}`,
    watched: 'stock',
    slice: { ...WHOLE, product: sign.product },
    level: 'product',
    name: sign.name,
    direction: 'rise',
    from: addDays(data.last, -27),
    last: data.last,
    figures: [
      { measure: 'revenue', actual: sign.revenue, expected: sign.revenue, least: 0, most: sign.revenue },
      { measure: 'lines', actual: sign.lines, expected: sign.lines, least: 0, most: sign.lines },
    ],
    money: sign.revenue / 4,
    p: 0,
    part: null,
    absorbed: [],
    course: [],
    grain: 'week',
  }));
}
