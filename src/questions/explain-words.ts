import { describeFilter, joined, metricLabel } from '../composer/describe-query.ts';
import type { Understood } from '../domain/answer.ts';
import { type Decimal, divide, sum, toText, tryDecimal } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { dayInWords } from '../domain/period.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { formatCell, formatNumber, type Locale } from './format-value.ts';

export type ExplainInput = {
  query: MetricQuery;
  understood: Understood;
  table: ResultTable;
  model: SemanticModel;
  locale: Locale;
  /** The last day that is loaded: what lies after it is not yet a low. */
  dataThrough: string | null;
};

/** How a bucket of time is called: 'March 2025', 'the week of 3 Mar 2025'. */
export function bucketName(day: string, grain: string): string {
  const iso = day.slice(0, 10);
  const [year = '', month = '1'] = iso.split('-');
  if (grain === 'year') return year;
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
  if (grain === 'month') {
    const words = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return words.format(new Date(`${iso}T00:00:00Z`));
  }
  return grain === 'week' ? `the week of ${dayInWords(iso)}` : dayInWords(iso);
}

/** 'for Boots, without Leeds, where ...', ending in a comma; empty when nothing was chosen. */
export function where(input: ExplainInput): string {
  const isName = (value: string): boolean => /\p{L}/u.test(value) && !/^(yes|no)$/i.test(value);
  const named = (operator: string) =>
    input.query.filters.filter((filter) => filter.operator === operator && filter.values.every(isName));
  const [chosen, left] = [named('in'), named('not-in')];
  const conditions = [
    ...input.query.filters
      .filter((filter) => !chosen.includes(filter) && !left.includes(filter))
      .map((filter) => describeFilter(filter, input.model)),
    ...input.query.segments.map((name) => input.model.segments.get(name)?.label.toLowerCase() ?? name),
  ];
  const parts = [
    ...(chosen.length > 0 ? [`for ${chosen.map(({ values }) => joined(values, 'or')).join(', ')}`] : []),
    ...(left.length > 0 ? [`without ${left.map(({ values }) => joined(values, 'or')).join(', ')}`] : []),
    ...(conditions.length > 0 ? [`where ${joined(conditions)}`] : []),
  ];
  return parts.length > 0 ? `${parts.join(' ')}, ` : '';
}

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const FEASTS =
  "black friday|cyber monday|christmas eve|christmas|easter monday|easter|boxing day|new year's eve|new year|valentine's day|mother's day|father's day|halloween";
const STRETCH =
  /^(?:the )?((?:last|past|previous|rolling|trailing) (?:\d+|\p{L}+) ?(?:complete |full )?(?:days|weeks|months|quarters|years))$/iu;

/** ' last month (1 Oct 2026 to 31 Oct 2026)'; nothing for what has no time. */
export function when(input: ExplainInput): string {
  if (input.query.metrics.every((name) => isTimeless(name, input.model))) return '';
  const { period } = input.understood;
  if (!period) return input.query.metrics.every((name) => isLevel(name, input.model)) ? '' : ' over all time';
  const label = input.query.period?.label;
  if (!label || shortMonths(label).toLowerCase() === period.toLowerCase()) {
    return period.includes(' to ') ? ` from ${period}` : ` on ${period}`;
  }
  return ` ${withPreposition(tidyLabel(label))} (${period})`;
}

function shortMonths(label: string): string {
  return label.replace(new RegExp(`\\b(${MONTHS})\\b`, 'gi'), (month) =>
    month.slice(0, /^september$/i.test(month) ? 4 : 3),
  );
}

/** Months and feasts have a capital. */
function tidyLabel(label: string): string {
  return label.replace(new RegExp(`\\b(${MONTHS}|${FEASTS})\\b`, 'gi'), (words) =>
    words.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()),
  );
}

function withPreposition(label: string): string {
  const stretch = STRETCH.exec(label);
  if (stretch) return `in the ${stretch[1]}`;
  if (new RegExp(`^(\\d{1,2} (${MONTHS})|${FEASTS})`, 'i').test(label)) return `on ${label}`;
  if (
    /^(yesterday|today|last|this|on|in|since|between|from|until|before|after|the|year|month|quarter|all)\b/i.test(
      label,
    )
  )
    return label;
  return `in ${label}`;
}

/** 'in the week before', but 'last year'. */
export function inThat(comparedWith: string | null): string {
  const words = comparedWith ?? 'the other period';
  return /^(last|this|yesterday|today|on|in)\b/i.test(words) ? words : `in ${words}`;
}

/** 'most orders' but 'highest revenue'. */
export function superlative(input: ExplainInput, name: string, bottom: boolean): string {
  const counted = isCount(input, name) && isPlural(name, input.model);
  if (bottom) return counted ? 'fewest' : 'lowest';
  return counted ? 'most' : 'highest';
}

export function isCount(input: ExplainInput, name: string): boolean {
  return columnOf(input.table, name)?.unit?.kind === 'count';
}

export function verb(name: string, model: SemanticModel): string {
  const [past, present] = isPlural(name, model) ? ['were', 'are'] : ['was', 'is'];
  return isTimeless(name, model) ? present : past;
}

/** By the head noun: 'customers who bought' are many, a 'number of refunds' is one. */
export function isPlural(name: string, model: SemanticModel): boolean {
  const [head = ''] = metricLabel(name, model).split(
    /\s+(?:on|in|of|per|with|without|that|who|from|sold|not|as|to|for|at|by|yet|placed)\b/,
  );
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
function isLevel(name: string, model: SemanticModel): boolean {
  const metric = model.metrics.get(name);
  return metric?.kind === 'simple' && metric.measures.every((measure) => measure.as_of !== undefined);
}

/** What a row is about: its dimension values, its bucket of time. */
export function nameOf(input: ExplainInput, row: Cell[]): string {
  const names = input.table.columns.flatMap((column, index) => {
    if (column.type === 'date' && input.query.grain && column.name === 'period_start')
      return [bucketName(String(row[index]), input.query.grain)];
    if (isMetricColumn(column, input.query)) return [];
    const text = formatCell(row[index] ?? null, column, input.locale);
    return [column.type === 'integer' ? `${(column.label ?? column.name).toLowerCase()} ${text}` : text];
  });
  return names.join(', ') || 'all';
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
  const { table, query, model } = input;
  const stated = cell(table, row, `${name}_share`);
  if (stated !== undefined && stated !== null)
    return formatNumber(String(stated), { kind: 'share' }, input.locale);
  const chosen = query.filters.some(({ dimension }) => query.dimensions.includes(dimension));
  if (
    !additive(name, model) ||
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

/** Sums over rows have a meaning only for metrics that add up over everything. */
export function additive(name: string, model: SemanticModel): boolean {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'ratio') return false;
  if (metric.kind === 'derived')
    return [...metric.plus, ...metric.minus].every((part) => additive(part, model));
  return metric.measures.every((measure) => measure.additive === 'all');
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
