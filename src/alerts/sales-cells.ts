import { addDays, type Day, daysBetween, isoWeekday } from '../domain/day.ts';
import type { Cell } from '../domain/result-table.ts';

export type SalesCell = {
  day: number;
  branch: string;
  category: string;
  revenue: number;
  cost: number;
  costed: number;
  units: number;
  lines: number;
};
export type OrderCell = { day: number; branch: string; orders: number };
export type ReturnCell = { day: number; branch: string; category: string; product: string; units: number };
export type ProductCell = {
  day: number;
  product: string;
  category: string;
  revenue: number;
  units: number;
  lines: number;
};
export type StockSign = {
  product: string;
  name: string;
  category: string;
  lines: number;
  revenue: number;
  countedOn: Day;
};

/** Sums of the facts by day; days are counted from `from`. Statistics are estimates, so they are floating numbers. */
export type Cells = { sales: SalesCell[]; orders: OrderCell[] };

export type WatchedData = {
  from: Day;
  /** The day judged. */
  last: Day;
  now: Cells;
  /** The same days, 364 days earlier; empty when nothing was loaded for them. */
  yearBefore: Cells;
  returns: ReturnCell[];
  products: ProductCell[];
  stock: StockSign[];
  branchNames: ReadonlyMap<string, string>;
};

/** Null is all of them. A product is known by its name up to the first comma, so that sizes and colours are one. */
export type Slice = { branch: string | null; category: string | null; product: string | null };

export const WHOLE: Slice = { branch: null, category: null, product: null };

export function dayCount(data: WatchedData): number {
  return daysBetween(data.from, data.last) + 1;
}

export function weekdaysOf(data: WatchedData): number[] {
  return Array.from({ length: dayCount(data) }, (_, day) => isoWeekday(addDays(data.from, day)));
}

export type SalesMeasure = 'revenue' | 'cost' | 'costed' | 'units' | 'lines';

export function salesSeries(
  cells: Cells,
  measure: SalesMeasure,
  days: number,
  keep: (cell: SalesCell) => boolean,
): number[] {
  const values = Array<number>(days).fill(0);
  for (const cell of cells.sales) if (keep(cell)) values[cell.day] = (values[cell.day] ?? 0) + cell[measure];
  return values;
}

export function orderSeries(cells: Cells, days: number, keep: (cell: OrderCell) => boolean): number[] {
  const values = Array<number>(days).fill(0);
  for (const cell of cells.orders) if (keep(cell)) values[cell.day] = (values[cell.day] ?? 0) + cell.orders;
  return values;
}

export function productSeries(
  data: WatchedData,
  measure: 'revenue' | 'units' | 'lines',
  product: string,
): number[] {
  const values = Array<number>(dayCount(data)).fill(0);
  for (const cell of data.products)
    if (cell.product === product) values[cell.day] = (values[cell.day] ?? 0) + cell[measure];
  return values;
}

export function returnSeries(data: WatchedData, keep: (cell: ReturnCell) => boolean): number[] {
  const values = Array<number>(dayCount(data)).fill(0);
  for (const cell of data.returns) if (keep(cell)) values[cell.day] = (values[cell.day] ?? 0) + cell.units;
  return values;
}

export function inSlice(slice: Slice): (cell: { branch: string; category: string }) => boolean {
  return (cell) =>
    (slice.branch === null || cell.branch === slice.branch) &&
    (slice.category === null || cell.category === slice.category);
}

/** The company, its branches and categories where there are several, and products that are watched. */
export function watchedSlices(
  sales: readonly SalesCell[],
  products: readonly string[] = [],
): { slice: Slice; level: 'company' | 'branch' | 'category' | 'product' }[] {
  const branches = distinct(sales.map((cell) => cell.branch)).filter(Boolean);
  const categories = distinct(sales.map((cell) => cell.category));
  return [
    { slice: WHOLE, level: 'company' },
    ...several(branches).map((branch) => ({ slice: { ...WHOLE, branch }, level: 'branch' as const })),
    ...several(categories).map((category) => ({ slice: { ...WHOLE, category }, level: 'category' as const })),
    ...products.map((product) => ({ slice: { ...WHOLE, product }, level: 'product' as const })),
  ];
}

function several<T>(values: T[]): T[] {
  return values.length > 1 ? values : [];
}

export function watchedProducts(data: WatchedData): string[] {
  return distinct(data.products.map((cell) => cell.product));
}

export function distinct(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

export function numberOf(cell: Cell | undefined): number {
  const value = Number(cell ?? 0);
  return Number.isFinite(value) ? value : 0;
}
