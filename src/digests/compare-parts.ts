import { dayCount, distinct, salesSeries, type WatchedData } from '../alerts/sales-cells.ts';
import type { DigestScope } from './digest.ts';

/** A branch or category on the day against its average of the same weekday, in revenue, rounded to whole money. */
export type PartOfDay = { what: 'branch' | 'category'; name: string; actual: number; usual: number };

const WEEKS = 8;

export function compareParts(scope: DigestScope, data: WatchedData): PartOfDay[] {
  const days = dayCount(data);
  const inScope = (cell: { branch: string; category: string }): boolean =>
    scope.kind === 'company' ||
    (scope.kind === 'branch' ? cell.branch === scope.branch : cell.category === scope.category);
  const parts: PartOfDay[] = [];
  for (const what of ['branch', 'category'] as const) {
    if (scope.kind === what) continue;
    const names = distinct(
      data.now.sales.filter((cell) => inScope(cell) && cell.day >= days - 57).map((cell) => cell[what]),
    );
    if (names.filter(Boolean).length < 2) continue;
    for (const name of names) {
      if (!name) continue;
      const revenue = salesSeries(data.now, 'revenue', days, (cell) => inScope(cell) && cell[what] === name);
      let usual = 0;
      for (let week = 1; week <= WEEKS; week += 1) usual += revenue[days - 1 - 7 * week] ?? 0;
      parts.push({
        what,
        name: what === 'branch' ? (data.branchNames.get(name) ?? name) : name,
        actual: Math.round(revenue[days - 1] ?? 0),
        usual: Math.round(usual / WEEKS),
      });
    }
  }
  return parts;
}
