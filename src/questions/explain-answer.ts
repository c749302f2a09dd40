import type { Understood } from '../domain/answer.ts';
import { addDays, addMonths } from '../domain/day.ts';
import { compare, decimal, divide, subtract, sum, toText, tryDecimal } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { dayInWords } from '../domain/period.ts';
import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { capitalise, describeFilter, joined, metricLabel } from './describe-query.ts';
import { formatCell, formatNumber, type Locale } from './format-value.ts';
import type { SemanticModel } from './semantic-model.ts';

export type ExplainInput = {
  query: MetricQuery;
  understood: Understood;
  table: ResultTable;
  model: SemanticModel;
  locale: Locale;
  /** The last day that is loaded: what lies after it is not yet a low. */
  dataThrough: string | null;
};

/** Plain sentences with no model: the answer first, then the change, the biggest part, the unusual. Each passes the number gate. */
export function explainAnswer(input: ExplainInput): string[] {
  const { query, table } = input;
  if (query.grain && table.columns.some((column) => column.type === 'date')) {
    return query.dimensions.length > 0 ? explainParts(input) : explainCourse(input);
  }
  if (query.dimensions.length > 0) return explainParts(input);
  return explainValue(input);
}

/** How a bucket of time is called: 'March 2025', 'the week of 3 Mar 2025'. */
export function bucketName(day: string, grain: string): string {
  const iso = day.slice(0, 10);
  const [year = '', month = '1'] = iso.split('-');
  if (grain === 'year') return year;
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
  if (grain === 'month') {
    return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${iso}T00:00:00Z`),
    );
  }
  return grain === 'week' ? `the week of ${dayInWords(iso)}` : dayInWords(iso);
}

function explainValue(input: ExplainInput): string[] {
  const { query, table, model } = input;
  const row = table.rows[0] ?? [];
  const said = query.metrics.map(
    (name) => `${metricLabel(name, model)} ${verb(name, model)} ${value(input, row, name)}`,
  );
  const across = query.acrossGrain
    ? `${acrossWord(query.acrossGrain.aggregate)} per ${query.acrossGrain.grain}, `
    : '';
  const sentences = [`${capitalise(across + where(input) + joined(said))}${when(input)}.`];
  for (const name of query.metrics) {
    const change = changeSentence(input, row, name);
    if (change) sentences.push(change);
  }
  return sentences;
}

function changeSentence(input: ExplainInput, row: Cell[], name: string): string | null {
  const { query, table, model, understood } = input;
  if (!query.comparison) return null;
  const change = number(table, row, `${name}_change`);
  const before = cell(table, row, `${name}_before`);
  if (!change || before === undefined || before === null) {
    return before === null
      ? `There is nothing to compare with in ${understood.comparedWith ?? 'the other period'}.`
      : null;
  }
  const column = columnOf(table, `${name}_before`) ?? columnOf(table, name);
  const was = column ? formatCell(before, column, input.locale) : String(before);
  if (change.units === 0n) return `That is the same as in ${understood.comparedWith}.`;
  const share = cell(table, row, `${name}_change_share`);
  const shareColumn = columnOf(table, `${name}_change_share`);
  const percent =
    share !== undefined && share !== null && shareColumn
      ? ` (${formatCell(absolute(share), { ...shareColumn, unit: { kind: 'share' } }, input.locale)})`
      : '';
  const by = formatNumber(toText(change).replace('-', ''), columnOf(table, name)?.unit, input.locale);
  const subject = query.metrics.length > 1 ? `${capitalise(metricLabel(name, model))} is` : 'That is';
  const isShare = columnOf(table, name)?.unit?.kind === 'share';
  const amount = isShare ? `${by.replace('%', '')} percentage points` : `${by}${percent}`;
  return `${subject} ${amount} ${change.units > 0n ? 'more' : 'less'} than ${was} in ${understood.comparedWith}.`;
}

function explainParts(input: ExplainInput): string[] {
  const { query, table, model } = input;
  const lead = query.ranking?.by ?? query.metrics[0] ?? '';
  const label = metricLabel(lead, model);
  const rows = table.rows.filter((row) => !isRest(table, row));
  const [first] = rows;
  if (!first) return [];
  if (rows.length === 1) {
    return [
      `${capitalise(nameOf(input, first))}: ${query.metrics.map((name) => `${metricLabel(name, model)} ${value(input, first, name)}`).join(', ')}${when(input)}.`,
    ];
  }
  const ranked = [...rows].sort((a, b) => descending(number(table, a, lead), number(table, b, lead)));
  const bottom = query.ranking?.direction === 'bottom';
  const order = bottom ? ranked.reverse() : ranked;
  const [best, ...next] = order;
  if (!best) return [];
  const share = shareOf(input, best, lead);
  const sentences = [
    `${capitalise(where(input))}${where(input) ? nameOf(input, best) : capitalise(nameOf(input, best))} had the ${superlative(input, lead, bottom)} ${label}${when(input)}: ${value(input, best, lead)}${share ? `, ${share} of the total` : ''}.`,
  ];
  const following = next.slice(0, 2).map((row) => `${nameOf(input, row)} (${value(input, row, lead)})`);
  if (following.length > 0)
    sentences.push(`Next ${following.length > 1 ? 'come' : 'comes'} ${joined(following)}.`);
  const moved = biggestMove(input, rows, lead);
  if (moved) sentences.push(moved);
  if (
    additive(lead, model) &&
    !query.ranking &&
    !query.grain &&
    rows.length > 2 &&
    rows.length === table.rows.length &&
    !table.truncated
  ) {
    const total = sum(rows.flatMap((row) => number(table, row, lead) ?? []));
    sentences.push(
      `The ${rows.length} together make ${formatNumber(toText(total), columnOf(table, lead)?.unit, input.locale)}.`,
    );
  }
  return sentences;
}

function biggestMove(input: ExplainInput, rows: Cell[][], lead: string): string | null {
  const { table, query } = input;
  if (!query.comparison) return null;
  const moved = rows
    .flatMap((row) => {
      const change = number(table, row, `${lead}_change`);
      return change && change.units !== 0n ? [{ row, change }] : [];
    })
    .sort((a, b) => descending(magnitude(a.change), magnitude(b.change)))[0];
  if (!moved) return null;
  const amount = formatNumber(toText(magnitude(moved.change)), columnOf(table, lead)?.unit, input.locale);
  return `The biggest change is ${nameOf(input, moved.row)}: ${amount} ${moved.change.units > 0n ? 'more' : 'less'} than in ${input.understood.comparedWith}.`;
}

function explainCourse(input: ExplainInput): string[] {
  const { query, table, model } = input;
  const sentences: string[] = [];
  const time = table.columns.findIndex((column) => column.type === 'date');
  const grain = query.grain ?? 'day';
  for (const name of query.metrics.slice(0, 3)) {
    const known = table.rows.flatMap((row) => {
      const amount = number(table, row, name);
      const loaded = input.dataThrough === null || String(row[time]).slice(0, 10) <= input.dataThrough;
      return amount && loaded ? [{ row, amount }] : [];
    });
    const [first] = known;
    const last = known.at(-1);
    if (!first || !last) continue;
    const label = metricLabel(name, model);
    if (query.ranking) {
      sentences.push(
        `${capitalise(bucketName(String(first.row[time]), grain))} had the ${superlative(input, name, query.ranking.direction === 'bottom')} ${label}: ${value(input, first.row, name)}.`,
      );
      continue;
    }
    if (known.length === 1) {
      sentences.push(
        `${capitalise(where(input))}${where(input) ? label : capitalise(label)} ${verb(name, model)} ${value(input, first.row, name)} in ${bucketName(String(first.row[time]), grain)}.`,
      );
      continue;
    }
    const whole = known.filter(({ row }) => isWholeBucket(String(row[time]).slice(0, 10), grain, input));
    const sorted = [...(whole.length > 1 ? whole : known)].sort((a, b) => compare(b.amount, a.amount));
    const high = sorted[0] ?? first;
    const low = sorted.at(-1) ?? last;
    if (additive(name, model)) {
      const total = formatNumber(
        toText(sum(known.map((one) => one.amount))),
        columnOf(table, name)?.unit,
        input.locale,
      );
      sentences.push(
        `${capitalise(where(input) + label)} ${verb(name, model)} ${total} in all${when(input)}.`,
      );
    }
    sentences.push(
      `The highest ${grain}${query.metrics.length > 1 ? ` for ${label}` : ''} was ${bucketName(String(high.row[time]), grain)} (${value(input, high.row, name)}), the lowest ${bucketName(String(low.row[time]), grain)} (${value(input, low.row, name)}).`,
    );
    sentences.push(...courseCalculations(input, name, whole.length > 1 ? whole : known, time, grain));
  }
  return sentences;
}

/** What growth and running totals say: the last step and the largest, and where the sum has come to. */
function courseCalculations(
  input: ExplainInput,
  name: string,
  known: { row: Cell[] }[],
  time: number,
  grain: string,
): string[] {
  const { table } = input;
  const sentences: string[] = [];
  const last = known.at(-1);
  const at = (row: Cell[]): string => bucketName(String(row[time]), grain);
  const growth = columnOf(table, `${name}_growth`);
  if (growth && last) {
    const grown = known.flatMap(({ row }) => {
      const amount = number(table, row, growth.name);
      return amount ? [{ row, amount }] : [];
    });
    const change = number(table, last.row, growth.name);
    const said = (row: Cell[]): string => value(input, row, growth.name).replace('-', '');
    if (change)
      sentences.push(
        `${capitalise(at(last.row))} was ${said(last.row)} ${change.units < 0n ? 'below' : 'above'} the ${grain} before.`,
      );
    const best = [...grown].sort((a, b) => compare(b.amount, a.amount))[0];
    if (best && best.row !== last.row && best.amount.units > 0n)
      sentences.push(`The largest rise was ${at(best.row)} (${said(best.row)}).`);
  }
  const running = columnOf(table, `${name}_running_total`);
  if (running && last)
    sentences.push(`By ${at(last.row)} it had come to ${value(input, last.row, running.name)}.`);
  return sentences;
}

/** A month that is still going on, or that the period cuts, is no fair low. */
function isWholeBucket(start: string, grain: string, input: ExplainInput): boolean {
  const end =
    grain === 'day'
      ? addDays(start, 1)
      : grain === 'week'
        ? addDays(start, 7)
        : addMonths(start, grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12);
  const { period } = input.query;
  const through = input.dataThrough === null ? end : addDays(input.dataThrough, 1);
  return end <= through && (!period || (start >= period.from && end <= period.to));
}

/** 'for Boots in Germany, ' and so on; what is not a plain choice of values is said as a condition. */
function where(input: ExplainInput): string {
  const chosen = input.query.filters.filter(
    ({ operator, values }) =>
      operator === 'in' && values.every((value) => /\p{L}/u.test(value) && !/^(yes|no)$/i.test(value)),
  );
  const others = input.query.filters.filter((filter) => !chosen.includes(filter));
  const conditions = [
    ...others.map((filter) => describeFilter(filter, input.model)),
    ...input.query.segments.map((name) => input.model.segments.get(name)?.label.toLowerCase() ?? name),
  ];
  const named = chosen.map(({ values }) => joined(values, 'or'));
  const parts = [
    ...(named.length > 0 ? [`for ${named.join(', ')}`] : []),
    ...(conditions.length > 0 ? [`where ${joined(conditions)}`] : []),
  ];
  return parts.length > 0 ? `${parts.join(' ')}, ` : '';
}

function when(input: ExplainInput): string {
  const { period, label } = { period: input.understood.period, label: input.query.period?.label };
  if (!period) return ' over all time';
  return label && shortMonths(label).toLowerCase() !== period.toLowerCase()
    ? ` ${preposition(label)}${label} (${period})`
    : ` in ${period}`.replace(' in ', period.includes(' to ') ? ' from ' : ' on ');
}

function shortMonths(label: string): string {
  return label.replace(
    /\b(January|February|March|April|June|July|August|September|October|November|December)\b/gi,
    (month) => month.slice(0, month.toLowerCase() === 'september' ? 4 : 3),
  );
}

function preposition(label: string): string {
  if (
    /^(\d{1,2} \p{L}+( \d{4})?|black friday|cyber monday|christmas|easter|boxing day|new year|valentine)/iu.test(
      label,
    )
  )
    return 'on ';
  return /^(yesterday|today|last|this|on|in|since|between|from|until|before|after|the (last|past)|past|week|month|year|all)/i.test(
    label,
  )
    ? ''
    : 'in ';
}

/** 'most orders' but 'highest revenue'. */
function superlative(input: ExplainInput, name: string, bottom: boolean): string {
  const counted = columnOf(input.table, name)?.unit?.kind === 'count';
  if (bottom) return counted ? 'fewest' : 'lowest';
  return counted ? 'most' : 'highest';
}

function verb(name: string, model: SemanticModel): string {
  return /s$/.test(metricLabel(name, model)) && !/(status|loss|gross)$/.test(metricLabel(name, model))
    ? 'were'
    : 'was';
}

function acrossWord(aggregate: string): string {
  return aggregate === 'average' ? 'on average' : aggregate === 'maximum' ? 'at most' : 'at least';
}

function nameOf(input: ExplainInput, row: Cell[]): string {
  const names = input.table.columns.flatMap((column, index) => {
    if (column.type === 'date' && input.query.grain)
      return [bucketName(String(row[index]), input.query.grain)];
    if (isMetricColumn(column, input.query)) return [];
    const text = formatCell(row[index] ?? null, column, input.locale);
    return [column.type === 'integer' ? `${(column.label ?? column.name).toLowerCase()} ${text}` : text];
  });
  return names.join(', ') || 'all';
}

function isMetricColumn(column: ResultColumn, query: MetricQuery): boolean {
  return (
    query.metrics.some((name) => column.name === name || column.name.startsWith(`${name}_`)) ||
    /^(row_kind|place|period_start_before)$/.test(column.name)
  );
}

function isRest(table: ResultTable, row: Cell[]): boolean {
  const index = table.columns.findIndex((column) => column.name === 'row_kind');
  return index >= 0 && row[index] === 'rest';
}

function shareOf(input: ExplainInput, row: Cell[], name: string): string | null {
  const { table, query, model } = input;
  const stated = cell(table, row, `${name}_share`);
  if (stated !== undefined && stated !== null)
    return formatNumber(String(stated), { kind: 'share' }, input.locale);
  const chosen = query.filters.some(({ dimension }) => query.dimensions.includes(dimension));
  if (!additive(name, model) || query.ranking || table.truncated || query.grain || chosen) return null;
  const own = number(table, row, name);
  const total = sum(table.rows.flatMap((each) => number(table, each, name) ?? []));
  const share = own ? divide(own, total, 8) : undefined;
  return share && total.units > 0n ? formatNumber(toText(share), { kind: 'share' }, input.locale) : null;
}

/** Sums over rows have a meaning only for metrics that add up over everything. */
function additive(name: string, model: SemanticModel): boolean {
  const metric = model.metrics.get(name);
  if (!metric) return false;
  if (metric.kind === 'ratio') return false;
  if (metric.kind === 'derived')
    return [...metric.plus, ...metric.minus].every((part) => additive(part, model));
  return metric.measures.every((measure) => measure.additive === 'all');
}

function value(input: ExplainInput, row: Cell[], name: string): string {
  const column = columnOf(input.table, name);
  return column ? formatCell(cell(input.table, row, name) ?? null, column, input.locale) : 'n/a';
}

function columnOf(table: ResultTable, name: string): ResultColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

function cell(table: ResultTable, row: Cell[], name: string): Cell | undefined {
  const index = table.columns.findIndex((column) => column.name === name);
  return index < 0 ? undefined : row[index];
}

function number(table: ResultTable, row: Cell[], name: string) {
  const found = cell(table, row, name);
  return found === null || found === undefined ? undefined : tryDecimal(String(found));
}

function absolute(value: Cell): string {
  return String(value).replace(/^-/, '');
}

function magnitude(value: ReturnType<typeof decimal>) {
  return value.units < 0n ? subtract(decimal(0), value) : value;
}

function descending(
  a: ReturnType<typeof decimal> | undefined,
  b: ReturnType<typeof decimal> | undefined,
): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  return compare(b, a);
}
