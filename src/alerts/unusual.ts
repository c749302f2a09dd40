import type { Day } from '../domain/day.ts';
import type { Slice } from './sales-cells.ts';

export type Watched = 'sales' | 'returns' | 'margin' | 'stock';

/** One figure of the window against what is usual. Money in the data's currency; a rate is a share of one. */
export type Figure = {
  measure: 'revenue' | 'orders' | 'lines' | 'returned units' | 'return rate' | 'margin rate';
  actual: number;
  expected: number;
  least: number;
  most: number;
};

/** Something that is not as it usually is, with its evidence. */
export type Unusual = {
  /** The same cause has the same key on the next day. */
  key: string;
  watched: Watched;
  slice: Slice;
  level: 'company' | 'branch' | 'category' | 'product';
  /** 'Leeds Briggate', 'Boots', 'all sales'. */
  name: string;
  direction: 'fall' | 'rise';
  from: Day;
  /** The last day of the window. */
  last: Day;
  figures: Figure[];
  /** Size in money: revenue missing (or more), worth of what came back, margin lost. Never negative. */
  money: number;
  /** Chance of as much, all windows looked at allowed for. */
  p: number;
  /** Where most of it is: 'Boots' of a branch, 'London' of a category. */
  part: { what: string; name: string; share: number } | null;
  /** What else is unusual for the same reason, and is not told by itself. */
  absorbed: string[];
  /** Day by day, or week by week for a long window: what was, and what is usual. */
  course: { from: Day; actual: number; expected: number }[];
  grain: 'day' | 'week';
};

export function isBad(unusual: Unusual): boolean {
  return unusual.watched === 'returns' || unusual.watched === 'stock'
    ? unusual.direction === 'rise'
    : unusual.direction === 'fall';
}
