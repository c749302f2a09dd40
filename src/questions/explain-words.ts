import { metricLabel } from '../composer/describe-query.ts';
import type { Understood } from '../domain/answer.ts';
import { type Decimal, divide, sum, toText, tryDecimal } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { ordinal } from '../domain/ordinal.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import type { ComposedQuery } from '../model/composed-query.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { bucketName } from './bucket-name.ts';
import { formatCell, formatNumber, type Locale } from './format-value.ts';
import { nameValue } from './name-value.ts';

export type ExplainInput = {
  query: MetricQuery;
  understood: Understood;
  table: ResultTable;
  model: SemanticModel;
  locale: Locale;
  /** The last day that is loaded: what lies after it is not yet a low. */
  dataThrough: string | null;
  /** The first day that is loaded. */
  dataFrom: string | null;
  /** As the composer found it: whether groups and buckets of a metric add up. */
  additive: ComposedQuery['additive'];
  /** 'what you may see (branch Leeds Briggate)'; null when that is all of the company. */
  limit: string | null;
};

/** 'most orders' but 'highest revenue'. */
export function superlative(input: ExplainInput, name: string, bottom: boolean): string {
  const counted = isCount(input, name) && isPlural(name, input.model) && !input.query.acrossGrain;
  const { from } = input.query.ranking ?? {};
  const place = from === undefined ? '' : `${ordinal(from)} `;
  if (bottom) return `${place}${counted ? 'fewest' : 'lowest'}`;
  return `${place}${counted ? 'most' : 'highest'}`;
}

export function isCount(input: ExplainInput, name: string): boolean {
  return columnOf(input.table, name)?.unit?.kind === 'count';
}

export function verb(name: string, model: SemanticModel): string {
  const [past, present] = isPlural(name, model) ? ['were', 'are'] : ['was', 'is'];
  return isTimeless(name, model) ? present : past;
}

const AFTER_THE_HEAD =
  /\s+(?=(?:on|in|of|per|with|without|that|who|from|sold|not|as|to|for|at|by|yet|placed)\b)/;

/** 'customers who bought' of which there is one: 'customer who bought'. */
export function oneOf(label: string): string {
  const [head = '', ...rest] = label.split(AFTER_THE_HEAD);
  const single = head
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x|ss)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return [single, ...rest].join(' ');
}

/** By the head noun: 'customers who bought' are many, a 'number of refunds' is one. */
export function isPlural(name: string, model: SemanticModel): boolean {
  const [head = ''] = metricLabel(name, model).split(AFTER_THE_HEAD);
  return /[a-z]s$/.test(head) && !/(status|loss|gross|less|basis)$/.test(head);
}

/** What is on file or on the shelf now has no period. */
export function isTimeless(name: string, model: SemanticModel): boolean {
  const metric = model.metrics.get(name);
  if (!metric) return false;
  if (metric.kind === 'ratio')
    return isTimeless(metric.numerator, model) && isTimeless(metric.denominator, model);
  if (metric.kind === 'derived')
    return [...metric.plus, ...metric.minus].every((part) => isTimeless(part, model));
  return metric.measures.every((measure) => measure.time === null);
}

/** Stock and balances: as at the end of the period, or as last known. */
export function isLevel(name: string, model: SemanticModel): boolean {
  const metric = model.metrics.get(name);
  return metric?.kind === 'simple' && metric.measures.every((measure) => measure.as_of !== undefined);
}

/** What a row is about: its dimension values, its bucket of time ('Boots in October 2026'). */
export function nameOf(input: ExplainInput, row: Cell[]): string {
  const { grain } = input.query;
  let bucket = '';
  const names = input.table.columns.flatMap((column, index) => {
    if (column.type === 'date' && grain && column.name === 'period_start') {
      bucket = bucketName(String(row[index]), grain);
      return [];
    }
    if (isMetricColumn(column, input.query)) return [];
    return [nameValue(row[index] ?? null, column, input.model, input.locale)];
  });
  if (bucket === '') return names.join(', ') || 'all';
  return names.length === 0 ? bucket : `${names.join(', ')} ${grain === 'day' ? 'on' : 'in'} ${bucket}`;
}

const AGGREGATES = { average: 'average', maximum: 'peak', minimum: 'lowest' };

/** The words for the column that rows are ordered by, a metric's or one that was worked out. */
export function leadLabel(input: ExplainInput, lead: string): string {
  const across = input.query.acrossGrain;
  if (across && input.query.metrics.includes(lead))
    return `${AGGREGATES[across.aggregate]} ${metricLabel(lead, input.model)} per ${across.grain}`;
  return input.model.metrics.has(lead)
    ? metricLabel(lead, input.model)
    : (columnOf(input.table, lead)?.label ?? lead).toLowerCase();
}

/** A row of which some dimension is not known. */
export function isNameless(input: ExplainInput, row: Cell[]): boolean {
  return input.table.columns.some(
    (column, index) => !isMetricColumn(column, input.query) && row[index] === null,
  );
}

function isMetricColumn(column: ResultColumn, query: MetricQuery): boolean {
  return (
    query.metrics.some((name) => column.name === name || column.name.startsWith(`${name}_`)) ||
    /^(row_kind|place|period_start_before)$/.test(column.name)
  );
}

export function isRest(table: ResultTable, row: Cell[]): boolean {
  const index = table.columns.findIndex((column) => column.name === 'row_kind');
  return index >= 0 && row[index] === 'rest';
}

/** A row's part of the whole, where the whole is in the table or was computed beside it. */
export function shareOf(input: ExplainInput, row: Cell[], name: string): string | null {
  const { table, query } = input;
  const stated = cell(table, row, `${name}_share`);
  if (stated !== undefined && stated !== null)
    return formatNumber(String(stated), { kind: 'share' }, input.locale);
  const chosen = query.filters.some(({ dimension }) => query.dimensions.includes(dimension));
  if (
    !addsUp(input, name) ||
    query.ranking ||
    query.having.length > 0 ||
    table.truncated ||
    query.grain ||
    chosen
  )
    return null;
  const own = number(table, row, name);
  const total = sum(table.rows.flatMap((each) => number(table, each, name) ?? []));
  const share = own ? divide(own, total, 8) : undefined;
  return share && total.units > 0n ? formatNumber(toText(share), { kind: 'share' }, input.locale) : null;
}

/** Sums over rows have a meaning only for metrics that add up over them; levels do not over time. */
export function addsUp(input: ExplainInput, name: string): boolean {
  // Averages of days, the highest week: no sum of these means anything.
  if (input.query.acrossGrain) return false;
  const additivity = input.additive?.[name] ?? 'none';
  if (additivity === 'over-time') return input.query.grain !== null && input.query.dimensions.length === 0;
  return additivity === 'all' || (additivity === 'not-over-time' && input.query.grain === null);
}

export function value(input: ExplainInput, row: Cell[], name: string): string {
  const column = columnOf(input.table, name);
  return column ? formatCell(cell(input.table, row, name) ?? null, column, input.locale) : 'n/a';
}

export function columnOf(table: ResultTable, name: string): ResultColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

export function cell(table: ResultTable, row: Cell[], name: string): Cell | undefined {
  const index = table.columns.findIndex((column) => column.name === name);
  return index < 0 ? undefined : row[index];
}

export function number(table: ResultTable, row: Cell[], name: string): Decimal | undefined {
  const found = cell(table, row, name);
  return found === null || found === undefined ? undefined : tryDecimal(String(found));
}
