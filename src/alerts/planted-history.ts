import { addDays, type Day, isoWeekday } from '../domain/day.ts';
import type { Cells, ProductCell, ReturnCell, WatchedData } from './sales-cells.ts';

export type FaultKind =
  | 'branch-closed'
  | 'branch-half'
  | 'category-half'
  | 'company-third-less'
  | 'returns-doubled'
  | 'margin-lost';

/** Something that goes wrong on a day and stays wrong for a while. */
export type Fault = {
  kind: FaultKind;
  starts: number;
  days: number;
  branch: string | null;
  category: string | null;
};

export type PlantedHistory = {
  branches: string[];
  firstDay: Day;
  days: number;
  faults: Fault[];
  /** What was known on a day, as `readWatched` would give it. */
  upTo(day: number): WatchedData;
};

const FIRST_DAY = '2024-01-01';
const WEEKDAYS = [0.85, 0.8, 0.9, 1, 1.25, 1.55, 0.75];
const HISTORY = 175;
const A_YEAR = 364;
const PRICE = 60;
const PRICE_SPREAD = 0.5;
const COST = 0.55;
const RETURN_RATE = 0.08;

/**
 * Two years of a made company: branches of unlike size (from some 12 orders a day to some 180) and categories with seasons,
 * weekdays, a slow trend, weather that all branches share, days before Christmas, a sale, and counts that scatter more
 * than chance; then faults planted after day 540, far enough apart to be told from each other.
 */
export function plantedHistory(seed: number, options: { faults: FaultKind[] }): PlantedHistory {
  const random = mulberry(seed);
  const days = 760;
  const branches = Array.from({ length: 8 }, (_, index) => ({
    id: `B${index + 1}`,
    orders: 12 * 1.47 ** index,
    trend: (random() - 0.5) * 0.0006,
  }));
  const categories = Array.from({ length: 6 }, (_, index) => ({
    id: `C${index + 1}`,
    share: 0.06 + 0.04 * index,
    phase: random() * 2 * Math.PI,
    swing: 0.05 + 0.3 * random(),
  }));
  const shares = categories.reduce((sum, each) => sum + each.share, 0);
  const faults = placeFaults(options.faults, branches, categories, random);
  const sales: Cells['sales'] = [];
  const orders: Cells['orders'] = [];
  const returns: ReturnCell[] = [];
  let weather = 0;
  for (let day = 0; day < days; day += 1) {
    weather = 0.6 * weather + 0.05 * normal(random);
    const date = addDays(FIRST_DAY, day);
    const common = Math.exp(weather) * (WEEKDAYS[isoWeekday(date) - 1] ?? 1) * occasion(date);
    for (const branch of branches) {
      const own = Math.exp(0.04 * normal(random));
      const level = branch.orders * common * own * (1 + branch.trend * day);
      let total = 0;
      for (const category of categories) {
        const on = faults.filter(
          (fault) =>
            day >= fault.starts &&
            day < fault.starts + fault.days &&
            (fault.branch === null || fault.branch === branch.id) &&
            (fault.category === null || fault.category === category.id),
        );
        const season = 1 + category.swing * Math.sin((2 * Math.PI * day) / 365.25 + category.phase);
        const mean = level * (category.share / shares) * season * salesFactor(on);
        const lines = overdispersed(mean, 1.3, random);
        total += lines;
        if (lines === 0) continue;
        const price = PRICE * Math.exp((PRICE_SPREAD * normal(random)) / Math.sqrt(lines));
        const cheaper = on.some((fault) => fault.kind === 'margin-lost') ? 0.85 : 1;
        const revenue = lines * price * cheaper;
        sales.push({
          day,
          branch: branch.id,
          category: category.id,
          revenue,
          cost: lines * price * COST,
          costed: revenue,
          units: lines,
          lines,
        });
        const rate = RETURN_RATE * (on.some((fault) => fault.kind === 'returns-doubled') ? 3 : 1);
        const back = overdispersed(lines * rate, 1.05, random);
        if (back > 0)
          returns.push({ day: day + 1, branch: branch.id, category: category.id, product: '', units: back });
      }
      orders.push({ day, branch: branch.id, orders: total });
    }
  }
  const byDay = { sales: groupByDay(sales), orders: groupByDay(orders), returns: groupByDay(returns) };
  const cellsOf = (from: number, length: number): Cells => ({
    sales: slice(byDay.sales, from, length),
    orders: slice(byDay.orders, from, length),
  });
  return {
    branches: branches.map((branch) => branch.id),
    firstDay: FIRST_DAY,
    days,
    faults,
    upTo(day) {
      const from = day - HISTORY + 1;
      return {
        from: addDays(FIRST_DAY, from),
        last: addDays(FIRST_DAY, day),
        now: cellsOf(from, HISTORY),
        yearBefore: cellsOf(from - A_YEAR, HISTORY),
        returns: slice(byDay.returns, from, HISTORY),
        products: [] as ProductCell[],
        stock: [],
        branchNames: new Map(branches.map((branch) => [branch.id, branch.id])),
      };
    },
  };
}

/** A quarter apart from the end of the history that the statistics need; the next begins after the last is over. */
function placeFaults(
  kinds: FaultKind[],
  branches: { id: string }[],
  categories: { id: string }[],
  random: () => number,
): Fault[] {
  return kinds.map((kind, index) => {
    const starts = 560 + index * 40 + Math.floor(random() * 8);
    // The smallest branches are left out: a few orders more or less on a day are no news there.
    const branch = branches[3 + Math.floor(random() * (branches.length - 3))]?.id ?? null;
    const category = categories[2 + Math.floor(random() * (categories.length - 2))]?.id ?? null;
    const where = {
      'branch-closed': { branch, category: null },
      'branch-half': { branch: branches.at(-1 - Math.floor(random() * 3))?.id ?? null, category: null },
      'category-half': { branch: null, category },
      'company-third-less': { branch: null, category: null },
      'returns-doubled': { branch: null, category },
      'margin-lost': { branch: null, category },
    }[kind];
    return { kind, starts, days: 10, ...where };
  });
}

function salesFactor(faults: Fault[]): number {
  return faults.reduce((factor, { kind }) => {
    if (kind === 'branch-closed') return factor * 0.05;
    if (kind === 'branch-half' || kind === 'category-half') return factor * 0.4;
    if (kind === 'company-third-less') return factor * 0.55;
    return factor;
  }, 1);
}

/** The weeks before Christmas, the quiet week after it, and a summer sale. */
function occasion(date: Day): number {
  const monthDay = date.slice(5);
  if (monthDay >= '12-27' || monthDay <= '01-06') return 0.75;
  if (monthDay >= '12-01') return 1.5;
  if (monthDay >= '11-24' && monthDay <= '11-30') return 1.7;
  if (monthDay >= '07-01' && monthDay <= '07-20') return 1.2;
  return 1;
}

function groupByDay<T extends { day: number }>(cells: T[]): T[][] {
  const byDay: T[][] = [];
  for (const cell of cells) {
    const list = byDay[cell.day] ?? [];
    list.push(cell);
    byDay[cell.day] = list;
  }
  return byDay;
}

function slice<T extends { day: number }>(byDay: T[][], from: number, length: number): T[] {
  const cells: T[] = [];
  for (let day = 0; day < length; day += 1)
    for (const cell of byDay[from + day] ?? []) cells.push({ ...cell, day });
  return cells;
}

/** Counts whose variance is `dispersion` times their mean: a Poisson with a scattered mean. */
function overdispersed(mean: number, dispersion: number, random: () => number): number {
  const scattered =
    mean * Math.max(0, 1 + Math.sqrt((dispersion - 1) / Math.max(mean, 0.5)) * normal(random));
  if (scattered > 60) return Math.max(0, Math.round(scattered + Math.sqrt(scattered) * normal(random)));
  const limit = Math.exp(-scattered);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A small generator of numbers in [0, 1): the same seed gives the same history everywhere. */
function mulberry(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
