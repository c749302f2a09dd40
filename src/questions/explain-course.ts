import { capitalise, metricLabel } from '../composer/describe-query.ts';
import { addDays, addMonths } from '../domain/day.ts';
import { compare, type Decimal, sum, toText } from '../domain/decimal.ts';
import type { Grain } from '../domain/period.ts';
import type { Cell } from '../domain/result-table.ts';
import {
  additive,
  bucketName,
  columnOf,
  type ExplainInput,
  inThat,
  number,
  superlative,
  value,
  verb,
  when,
  where,
} from './explain-words.ts';
import { formatNumber } from './format-value.ts';

type Known = { row: Cell[]; day: string; amount: Decimal };

/** A metric over time: what was asked of it first (growth, running total), then the sum, then the highest and lowest. */
export function explainCourse(input: ExplainInput): string[] {
  const { query, table } = input;
  const grain = query.grain ?? 'day';
  return query.metrics.slice(0, 3).flatMap((name) => {
    const known = knownBuckets(input, name);
    const [first] = known;
    if (!first) return [];
    if (query.ranking)
      return [
        `${capitalise(bucketName(first.day, grain))} had the ${superlative(input, name, query.ranking.direction === 'bottom')} ${metricLabel(name, input.model)}: ${value(input, first.row, name)}.`,
      ];
    const label = metricLabel(name, input.model);
    const subject = capitalise(where(input) + label);
    if (known.length === 1)
      return [
        `${subject} ${verb(name, input.model)} ${value(input, first.row, name)} in ${bucketName(first.day, grain)}.`,
      ];
    const whole = known.filter(({ day }) => isWhole(day, grain, input));
    const fair = whole.length > 1 ? whole : known;
    const sentences = calculations(input, name, fair, grain);
    if (additive(name, input.model)) {
      const total = formatNumber(
        toText(sum(known.map(({ amount }) => amount))),
        columnOf(table, name)?.unit,
        input.locale,
      );
      sentences.push(`${subject} ${verb(name, input.model)} ${total} in all${when(input)}.`);
    }
    const before = totalBefore(input, name);
    return [...sentences, ...(before ? [before] : []), extremes(input, name, fair, grain)];
  });
}

/** What the period that it is held against came to. */
function totalBefore(input: ExplainInput, name: string): string | null {
  const column = columnOf(input.table, `${name}_before`);
  if (!column || !additive(name, input.model)) return null;
  const amounts = input.table.rows.flatMap((row) => number(input.table, row, column.name) ?? []);
  return `${capitalise(inThat(input.understood.comparedWith))} it came to ${formatNumber(toText(sum(amounts)), column.unit, input.locale)}.`;
}

function knownBuckets(input: ExplainInput, name: string): Known[] {
  const time = input.table.columns.findIndex((column) => column.name === 'period_start');
  return input.table.rows.flatMap((row) => {
    const amount = number(input.table, row, name);
    const day = String(row[time]).slice(0, 10);
    const loaded = input.dataThrough === null || day <= input.dataThrough;
    return amount && loaded ? [{ row, day, amount }] : [];
  });
}

function extremes(input: ExplainInput, name: string, known: Known[], grain: Grain): string {
  const sorted = [...known].sort((a, b) => compare(b.amount, a.amount));
  const [high = known[0], low = known[0]] = [sorted[0], sorted.at(-1)];
  const of = input.query.metrics.length > 1 ? ` for ${metricLabel(name, input.model)}` : '';
  const said = (one: Known | undefined): string =>
    one ? `${bucketName(one.day, grain)} (${value(input, one.row, name)})` : '';
  return `The highest ${grain}${of} was ${said(high)}, the lowest ${said(low)}.`;
}

/** What growth and running totals say: the last step and the largest, and where the sum has come to. */
function calculations(input: ExplainInput, name: string, known: Known[], grain: Grain): string[] {
  const { table } = input;
  const sentences: string[] = [];
  const last = known.at(-1);
  if (!last) return sentences;
  const growth = columnOf(table, `${name}_growth`);
  if (growth) {
    const said = (row: Cell[]): string => value(input, row, growth.name).replace('-', '');
    const change = number(table, last.row, growth.name);
    const label = metricLabel(name, input.model);
    if (change)
      sentences.push(
        `In ${bucketName(last.day, grain)} ${label} ${verb(name, input.model)} ${said(last.row)} ${change.units < 0n ? 'below' : 'above'} the ${grain} before.`,
      );
    const grown = known.flatMap((one) => {
      const amount = number(table, one.row, growth.name);
      return amount ? [{ ...one, amount }] : [];
    });
    const best = grown.sort((a, b) => compare(b.amount, a.amount))[0];
    if (best && best.day !== last.day && best.amount.units > 0n)
      sentences.push(`The largest rise was ${bucketName(best.day, grain)} (${said(best.row)}).`);
  }
  const running = columnOf(table, `${name}_running_total`);
  if (running)
    sentences.push(
      `By ${bucketName(last.day, grain)} ${metricLabel(name, input.model)} had come to ${value(input, last.row, running.name)}.`,
    );
  return sentences;
}

/** A month that is still going on, or that the period cuts, is no fair low. */
function isWhole(start: string, grain: Grain, input: ExplainInput): boolean {
  const ends: Record<Grain, string> = {
    day: addDays(start, 1),
    week: addDays(start, 7),
    month: addMonths(start, 1),
    quarter: addMonths(start, 3),
    year: addMonths(start, 12),
  };
  const end = ends[grain];
  const { period } = input.query;
  const through = input.dataThrough === null ? end : addDays(input.dataThrough, 1);
  return end <= through && (!period || (start >= period.from && end <= period.to));
}
