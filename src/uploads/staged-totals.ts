import { decimal, subtract, toShortText, tryDecimal, ZERO } from '../domain/decimal.ts';
import { exactSum } from './exact-sum.ts';
import { STAGED_FEEDS, type StagedFeed } from './staged-feeds.ts';
import type { Fields } from './staged-fields.ts';

/** Sums of the rows of one staged file: what the warehouse must hold once it is loaded. */
export type StagedTotals = {
  sums: Record<string, string>;
  /** By account, category or branch; null where nothing tells the rows apart. */
  by: { column: string; groups: { name: string; rows: number; amount: string }[]; more: number } | null;
  period: { from: string; to: string } | null;
};

const MOST_GROUPS = 40;

export function stagedTotals(feed: StagedFeed, rows: readonly Fields[]): StagedTotals {
  const shape = STAGED_FEEDS[feed];
  const sums = Object.fromEntries(
    shape.sums
      .filter((name) => rows.some((row) => (row[name] ?? '') !== ''))
      .map((name) => [name, sumOf(rows, name)]),
  );
  return { sums, by: groupsOf(feed, rows), period: periodOf(rows, shape.day) };
}

function sumOf(rows: readonly Fields[], name: string): string {
  const sum = exactSum();
  for (const row of rows) sum.add(row[name] ?? '');
  return sum.text();
}

function groupsOf(feed: StagedFeed, rows: readonly Fields[]): StagedTotals['by'] {
  const { by, amount } = STAGED_FEEDS[feed];
  const column = by.find((name) => rows.some((row) => (row[name] ?? '') !== ''));
  if (!column) return null;
  const groups = new Map<string, Fields[]>();
  for (const row of rows) {
    const name = row[column] || '–';
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  const told = [...groups].map(([name, own]) => ({
    name: column === 'account_code' ? withAccountName(name, own) : name,
    rows: own.length,
    amount: amount ? differenceOf(own, amount) : '',
  }));
  const sorted = column === 'account_code' ? told.sort(byName) : told.sort(bySize);
  return { column, groups: sorted.slice(0, MOST_GROUPS), more: Math.max(0, sorted.length - MOST_GROUPS) };
}

function differenceOf(
  rows: readonly Fields[],
  [plus, minus]: readonly [string] | readonly [string, string],
): string {
  const total = decimal(sumOf(rows, plus));
  return toShortText(minus === undefined ? total : subtract(total, decimal(sumOf(rows, minus))));
}

function withAccountName(code: string, rows: readonly Fields[]): string {
  const name = rows.find((row) => row['account_name'])?.['account_name'];
  return name && name !== code ? `${code} ${name}` : code;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}

function bySize(a: { amount: string; rows: number }, b: { amount: string; rows: number }): number {
  const size = (text: string) => Math.abs(Number(toShortText(tryDecimal(text) ?? ZERO)));
  return size(b.amount) - size(a.amount) || b.rows - a.rows;
}

function periodOf(rows: readonly Fields[], column: string): StagedTotals['period'] {
  let [from, to] = ['', ''];
  for (const row of rows) {
    const day = row[column] ?? '';
    if (day === '') continue;
    if (from === '' || day < from) from = day;
    if (day > to) to = day;
  }
  return from === '' ? null : { from, to };
}
