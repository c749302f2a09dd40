import type { ChartSpec } from '../domain/answer.ts';
import type { ResultColumn, ResultTable } from '../domain/result-table.ts';

const MAX_BARS = 25;
const MAX_SERIES = 6;
const MAX_SLICES = 6;

/**
 * A picture by rules from the result's shape, or null where a table says it as well: time on x makes a line, a share
 * over few parts a pie, names make bars. Columns that are derived (before, change) are not drawn beside their metric
 * unless they are the same unit.
 */
export function chooseChart(table: ResultTable, title: string, source: string): ChartSpec | null {
  if (table.rows.length < 2) return null;
  const key = table.columns.find((column) => column.type === 'integer' && column.unit === undefined);
  const all = table.columns.filter(
    (column) => isNumber(column) && column !== key && !isDerived(column, table),
  );
  // What was asked for is the running total or the average, on a scale of its own.
  const derived = all.filter(({ name }) => /_(running_total|moving_average)$/.test(name));
  const running = derived.some(({ name }) => name.endsWith('_running_total'));
  const numbers = running ? derived : all;
  const [first] = numbers;
  if (!first) return null;
  const time = table.columns.find((column) => column.type === 'date');
  const names = table.columns.filter((column) => column.type === 'text' || column.type === 'boolean');
  const sameUnit = numbers.filter((column) => sameScale(column, first)).slice(0, MAX_SERIES);
  const base = {
    title: shorten(sameUnit.length < numbers.length ? titleOf(sameUnit, time ?? names[0]) : title, 50),
    unitLabel: unitLabel(first),
    source,
  };

  if (time && names.length === 0) {
    return { ...base, kind: 'line', x: time.name, y: sameUnit.map((column) => column.name), series: null };
  }
  if (time && names.length === 1 && names[0]) {
    const series = distinct(table, names[0].name);
    if (series > MAX_SERIES) return null;
    return { ...base, kind: 'line', x: time.name, y: [first.name], series: names[0].name };
  }
  const [name = key, second] = names;
  if (!name) return null;
  if (second) {
    if (
      names.length > 2 ||
      distinct(table, second.name) > MAX_SERIES ||
      distinct(table, name.name) > MAX_BARS
    )
      return null;
    return { ...base, kind: 'stacked-bar', x: name.name, y: [first.name], series: second.name };
  }
  if (table.rows.length > MAX_BARS) return null;
  const hasShare = table.columns.some(
    (column) =>
      column.name.endsWith('_share') && !column.name.endsWith('_change_share') && isDerived(column, table),
  );
  if (hasShare && table.rows.length <= MAX_SLICES && allPositive(table, first.name)) {
    return { ...base, kind: 'pie', x: name.name, y: [first.name], series: null };
  }
  return {
    ...base,
    kind: 'bar',
    x: name.name,
    y: sameUnit.slice(0, 2).map((column) => column.name),
    series: null,
  };
}

/** Worked out from another column of the table; a metric may be called a share too. */
function isDerived({ name }: ResultColumn, table: ResultTable): boolean {
  const of = /^(.+)_(?:change|change_share|share|rank|growth)$/.exec(name)?.[1];
  return of !== undefined && table.columns.some((column) => column.name === of);
}

/** Not all figures share a scale: the picture is of those that do. */
function titleOf(drawn: ResultColumn[], by: ResultColumn | undefined): string {
  const labels = drawn.map((column) => column.label ?? column.name).join(', ');
  return by ? `${labels} by ${(by.label ?? by.name).toLowerCase()}` : labels;
}

function isNumber(column: ResultColumn): boolean {
  return column.type === 'integer' || column.type === 'decimal';
}

function sameScale(a: ResultColumn, b: ResultColumn): boolean {
  return a.unit?.kind === b.unit?.kind && a.unit?.of === b.unit?.of;
}

function unitLabel(column: ResultColumn): string {
  const unit = column.unit;
  if (!unit || unit.kind === 'none' || unit.kind === 'ratio') return column.label ?? column.name;
  if (unit.kind === 'share') return '%';
  return unit.of ?? unit.kind;
}

function distinct(table: ResultTable, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  return new Set(table.rows.map((row) => row[index])).size;
}

function allPositive(table: ResultTable, name: string): boolean {
  const index = table.columns.findIndex((column) => column.name === name);
  return table.rows.every((row) => Number(row[index] ?? 0) >= 0);
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
