import type { ChartSpec } from '../domain/answer.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { formatCell, type Locale } from '../questions/format-value.ts';
import { type Block, cut } from './block.ts';
import { LIMITS } from './limits.ts';

type Point = { label: string; value: number };
type Series = { name: string; data: Point[] };

/** Slack's own chart where the data fits into it; null where a picture must be drawn instead. */
export function chartBlock(spec: ChartSpec, table: ResultTable, locale: Locale): Block | null {
  if (spec.kind === 'stacked-bar') return null;
  const found = spec.series ? seriesByValue(spec, table, locale) : seriesByColumn(spec, table, locale);
  if (!found) return null;
  const chart = spec.kind === 'pie' ? pie(found.series) : axes(spec, found, table);
  return chart && { type: 'data_visualization', block_id: 'chart', title: cut(spec.title, 50), chart };
}

/** What the chart shows, for those who do not see it: kind, columns, ends, lowest and highest. */
export function altText(spec: ChartSpec, table: ResultTable, locale: Locale): string {
  const kind = spec.kind === 'stacked-bar' ? 'Stacked bar' : capital(spec.kind);
  const x = columnNamed(table, spec.x);
  const ends = x
    ? [table.rows[0], table.rows.at(-1)].map((row) => formatCell(row?.[x.index] ?? null, x.column, locale))
    : [];
  const figures = spec.y.flatMap((name) => {
    const y = columnNamed(table, name);
    if (!y) return [];
    const cells = table.rows
      .map((row) => row[y.index] ?? null)
      .filter((cell): cell is string | number => cell !== null && Number.isFinite(Number(cell)))
      .sort((a, b) => Number(a) - Number(b));
    const [lowest, highest] = [cells[0], cells.at(-1)];
    if (lowest === undefined || highest === undefined) return [];
    return [
      `${labelOf(y.column)}: lowest ${formatCell(lowest, y.column, locale)}, highest ${formatCell(highest, y.column, locale)}`,
    ];
  });
  return cut(
    `${kind} chart: ${spec.title}. ${table.rows.length} points, ${ends.join(' to ')}. ${figures.join('. ')}.`,
    1000,
  );
}

type Found = { categories: string[]; series: Series[] };

function seriesByColumn(spec: ChartSpec, table: ResultTable, locale: Locale): Found | null {
  const x = columnNamed(table, spec.x);
  if (!x || table.rows.length > LIMITS.chartPoints) return null;
  const categories = table.rows.map((row) => pointLabel(row[x.index] ?? null, x.column, locale));
  const series = spec.y.slice(0, LIMITS.chartSeries).flatMap((name) => {
    const y = columnNamed(table, name);
    return y
      ? [
          {
            name: cut(labelOf(y.column), LIMITS.chartLabel),
            data: points(
              categories,
              table.rows.map((row) => row[y.index] ?? null),
              spec,
            ),
          },
        ]
      : [];
  });
  return sound({ categories, series });
}

function seriesByValue(spec: ChartSpec, table: ResultTable, locale: Locale): Found | null {
  const x = columnNamed(table, spec.x);
  const by = columnNamed(table, spec.series ?? '');
  const y = columnNamed(table, spec.y[0] ?? '');
  if (!x || !by || !y) return null;
  const label = (row: Cell[]) => pointLabel(row[x.index] ?? null, x.column, locale);
  const categories = [...new Set(table.rows.map(label))];
  const distinctX = new Set(table.rows.map((row) => row[x.index] ?? null)).size;
  if (distinctX !== categories.length) return null;
  const names = [...new Set(table.rows.map((row) => row[by.index] ?? null))];
  const series = names.map((name) => {
    const rows = table.rows.filter((row) => (row[by.index] ?? null) === name);
    return {
      name: cut(formatCell(name, by.column, locale), LIMITS.chartLabel),
      data: points(
        rows.map(label),
        rows.map((row) => row[y.index] ?? null),
        spec,
      ),
    };
  });
  return sound({ categories, series });
}

/**
 * Slack wants at most 20 points, 6 series, names that differ, and of each series one value for each category, so that a chart
 * with gaps is drawn as a picture.
 */
function sound(found: Found): Found | null {
  const names = new Set(found.series.map((each) => each.name));
  const fits =
    found.categories.length >= 2 &&
    found.categories.length <= LIMITS.chartPoints &&
    new Set(found.categories).size === found.categories.length &&
    found.series.length >= 1 &&
    found.series.length <= LIMITS.chartSeries &&
    names.size === found.series.length &&
    found.series.every((each) => each.data.length === found.categories.length);
  return fits ? found : null;
}

function axes(spec: ChartSpec, found: Found, table: ResultTable): Record<string, unknown> {
  const x = columnNamed(table, spec.x);
  return {
    type: spec.kind,
    series: found.series,
    axis_config: {
      categories: found.categories,
      x_label: cut(x ? labelOf(x.column) : spec.x, 50),
      y_label: cut(spec.unitLabel, 50),
    },
  };
}

function pie(series: Series[]): Record<string, unknown> | null {
  const [only] = series;
  if (!only || series.length > 1 || only.data.length > LIMITS.slices) return null;
  if (only.data.some((point) => point.value <= 0)) return null;
  return { type: 'pie', segments: only.data };
}

/** Shares become percent, since Slack writes the figures of an axis as they are. */
function points(labels: string[], cells: Cell[], { unitLabel }: ChartSpec): Point[] {
  return labels.flatMap((label, index) => {
    const cell = cells[index] ?? null;
    const number = Number(cell);
    const value = unitLabel === '%' ? Number((number * 100).toFixed(2)) : number;
    return cell === null || cell === '' || !Number.isFinite(value) ? [] : [{ label, value }];
  });
}

function pointLabel(cell: Cell, column: ResultColumn, locale: Locale): string {
  return cut(formatCell(cell, column, locale), LIMITS.chartLabel);
}

function columnNamed(table: ResultTable, name: string): { index: number; column: ResultColumn } | undefined {
  const index = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[index];
  return column && { index, column };
}

function labelOf(column: ResultColumn): string {
  return column.label ?? column.name;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
