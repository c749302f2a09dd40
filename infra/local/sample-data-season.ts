import { addDays, type Day, daysBetween, isoWeekday, parts } from '../../src/domain/day.ts';
import { type Random, weighted } from './sample-data-random.ts';
import type { Branch, Product } from './sample-data-shop.ts';

const WEEKDAY_STORE = [0.8, 0.8, 0.9, 0.95, 1.15, 1.6, 0.8];
const WEEKDAY_WEB = [1.1, 1.05, 1, 1, 0.85, 0.85, 1.15];
const MONTH = [0.85, 0.8, 0.92, 0.98, 1.0, 1.0, 0.95, 1.05, 1.08, 1.0, 1.15, 1.35];

/** How much more or less is sold on such a weekday, by ISO weekday. */
export function weekdayFactor({ kind }: Branch, day: Day): number {
  return (kind === 'web' ? WEEKDAY_WEB : WEEKDAY_STORE)[isoWeekday(day) - 1] as number;
}

/** For each month, what a customer takes then. */
export function monthlyChoosers(products: readonly Product[]): ((random: Random) => Product)[] {
  return MONTH.map((_, month) =>
    weighted(products, (product) => product.popularity * (product.season[month] as number)),
  );
}

/** How much more or less is sold on such a day of the year. */
export function daySeason(day: Day): number {
  const [, month, dayOfMonth] = parts(day);
  let factor = MONTH[month - 1] as number;
  const friday = blackFriday(day);
  const away = daysBetween(friday, day);
  if (away === 0) factor *= 3.2;
  else if (away > 0 && away <= 3) factor *= 2;
  if (month === 12 && dayOfMonth >= 10 && dayOfMonth <= 23) factor *= 1.35;
  if (month === 12 && dayOfMonth >= 26) factor *= 0.8;
  return factor;
}

/** The share taken off marked lines on this day; 0 when there is no sale. */
export function discountOf(day: Day): number {
  const [, month, dayOfMonth] = parts(day);
  const away = daysBetween(blackFriday(day), day);
  if (away >= 0 && away <= 3) return 0.25;
  if ((month === 1 && dayOfMonth <= 20) || (month === 7 && dayOfMonth <= 21)) return 0.2;
  return 0;
}

/** The day after the fourth Thursday of November. */
export function blackFriday(day: Day): Day {
  const first = `${day.slice(0, 4)}-11-01`;
  const firstThursday = addDays(first, (4 - isoWeekday(first) + 7) % 7);
  return addDays(firstThursday, 22);
}
