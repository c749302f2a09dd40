import type { TopLevelSpec } from 'vega-lite';
import type { ChartSpec } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { readable } from '../questions/format-value.ts';

const COLOURS = ['#2f5d8a', '#d9822b', '#3b8f6b', '#b5476b', '#7a6bb0', '#8a8f3b'];
const LONGEST_NAME = 28;

/** The Vega-Lite specification of a chart: data inside, nothing fetched, no expression from outside. */
export function vegaChartSpec(chart: ChartSpec, table: ResultTable): TopLevelSpec {
  const plain = longRows(chart, table);
  const rows = chart.kind === 'pie' ? withShares(plain) : plain;
  const time = table.columns.find((column) => column.name === chart.x)?.type === 'date';
  const base = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 640,
    height: chart.kind === 'bar' ? Math.max(220, new Set(rows.map((row) => row.x)).size * 30) : 320,
    padding: 16,
    background: 'white',
    title: {
      text: chart.title,
      subtitle: `${chart.unitLabel} · ${chart.source}`,
      anchor: 'start',
      fontSize: 20,
      subtitleFontSize: 13,
      subtitleColor: '#555',
      offset: 14,
    },
    data: { values: rows },
    config: {
      font: 'DejaVu Sans',
      axis: {
        labelFontSize: 13,
        titleFontSize: 13,
        gridColor: '#e6e6e6',
        domainColor: '#999',
        tickColor: '#999',
        labelLimit: 220,
      },
      legend: { labelFontSize: 13, titleFontSize: 13, labelLimit: 260, orient: 'bottom', columns: 3 },
      range: { category: COLOURS },
      view: { stroke: null },
    },
  };
  const many = new Set(rows.map((row) => row.series)).size > 1;
  const colour = many
    ? { color: { field: 'series', type: 'nominal', title: null } }
    : { color: { value: COLOURS[0] } };
  const amount = {
    field: 'y',
    type: 'quantitative',
    title: null,
    axis: { format: chart.unitLabel === '%' ? '.1~%' : '~s', tickCount: 5 },
  };
  if (chart.kind === 'pie') {
    return {
      ...base,
      mark: { type: 'arc', innerRadius: 60, stroke: 'white' },
      encoding: {
        theta: { field: 'y', type: 'quantitative', stack: true },
        color: { field: 'x', type: 'nominal', title: null, sort: null },
      },
    } as unknown as TopLevelSpec;
  }
  if (chart.kind === 'line' || chart.kind === 'area') {
    const x = time
      ? { field: 'x', type: 'temporal', scale: { type: 'utc' }, title: null, axis: timeAxis(rows) }
      : { field: 'x', type: 'ordinal', title: null, sort: null };
    return {
      ...base,
      mark: { type: chart.kind, strokeWidth: 3, point: rows.length <= 40 },
      encoding: { x, y: amount, ...colour },
    } as unknown as TopLevelSpec;
  }
  if (chart.kind === 'stacked-bar') {
    return {
      ...base,
      mark: { type: 'bar' },
      encoding: {
        x: { field: 'x', type: 'nominal', title: null, sort: null, axis: { labelAngle: -35 } },
        y: amount,
        color: { field: 'series', type: 'nominal', title: null },
      },
    } as unknown as TopLevelSpec;
  }
  return {
    ...base,
    mark: { type: 'bar', cornerRadiusEnd: 3 },
    encoding: {
      y: { field: 'x', type: 'nominal', title: null, sort: null },
      x: amount,
      ...colour,
      ...(many ? { yOffset: { field: 'series', type: 'nominal' } } : {}),
    },
  } as unknown as TopLevelSpec;
}

const TICKS = 8;

/** Labels at days that are in the data, as short as they can be: '3 Oct', 'Oct 2026' or '2026'. */
function timeAxis(rows: LongRow[]): object {
  const days = [...new Set(rows.map(({ x }) => x))].sort();
  const step = Math.ceil(days.length / TICKS);
  const format = days.every((day) => day.endsWith('-01-01'))
    ? '%Y'
    : days.every((day) => day.endsWith('-01'))
      ? '%b %Y'
      : '%-d %b';
  const shown = days.filter((_, index) => index % step === 0);
  return {
    values: shown.map((day) => Date.parse(`${day}T00:00:00Z`)),
    format,
    grid: false,
    labelAngle: 0,
  };
}

/** A slice is told with its part of the whole. */
function withShares(rows: LongRow[]): LongRow[] {
  const total = rows.reduce((sum, { y }) => sum + y, 0);
  return total > 0
    ? rows.map((row) => ({ ...row, x: `${row.x} ${((row.y / total) * 100).toFixed(1)}%` }))
    : rows;
}

type LongRow = { x: string; y: number; series: string };

/** One row a mark. Floats are right here: pixels need no cents. */
function longRows(chart: ChartSpec, table: ResultTable): LongRow[] {
  const at = (name: string): number => table.columns.findIndex((column) => column.name === name);
  const x = at(chart.x);
  const series = chart.series ? at(chart.series) : -1;
  return table.rows.flatMap((row) =>
    chart.y.flatMap((name) => {
      const column = table.columns[at(name)];
      const cell = row[at(name)];
      if (cell === null || cell === undefined || !column) return [];
      const label = series >= 0 ? String(row[series] ?? '(none)') : (column.label ?? column.name);
      const text = String(row[x] ?? '(none)');
      const isDay = table.columns[x]?.type === 'date';
      return [
        {
          x: isDay ? text.slice(0, 10) : shorten(readable(text)),
          y: Number(cell),
          series: shorten(readable(label)),
        },
      ];
    }),
  );
}

function shorten(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}
