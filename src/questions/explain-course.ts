import { capitalise, joined, metricLabel } from '../composer/describe-query.ts';
import { addDays, addMonths, daysBetween } from '../domain/day.ts';
import { compare, type Decimal, sum, toText } from '../domain/decimal.ts';
import { dayInWords, type Grain } from '../domain/period.ts';
import type { Cell } from '../domain/result-table.ts';
import { bucketName } from './bucket-name.ts';
import { havingInWords, where } from './explain-conditions.ts';
import { inThat, when } from './explain-time.ts';
import {
  addsUp,
  columnOf,
  type ExplainInput,
  leadLabel,
  number,
  superlative,
  value,
  verb,
} from './explain-words.ts';
import { formatNumber } from './format-value.ts';

type Known = { row: Cell[]; day: string; amount: Decimal };

/** So few buckets are told one by one. */
const TOLD_SINGLY = 4;

/** A metric over time: what was asked of it first (growth, running total), then the sum, then the highest and lowest. */
export function explainCourse(input: ExplainInput): string[] {
  const { query } = input;
  const grain = query.grain ?? 'day';
  return query.metrics.slice(0, 3).flatMap((name) => {
    const known = knownBuckets(input, name);
    const [first] = known;
    if (!first) return [];
    if (query.having.length > 0)
      return name === query.metrics[0] ? [bucketsThatPass(input, name, known, grain)] : [];
    if (query.ranking) return [bestBucket(input, name, first, grain)];
    const label = leadLabel(input, name);
    const subject = capitalise(where(input) + label);
    const was = query.acrossGrain ? 'was' : verb(name, input.model);
    if (known.length === 1)
      return [`${subject} ${was} ${value(input, first.row, name)} ${inBucket(input, first, grain)}.`];
    const whole = known.filter(({ day }) => isWhole(day, grain, input));
    const fair = whole.length > 1 ? whole : known;
    const sentences = calculations(input, name, fair, grain);
    const total = totalOf(input, name, known);
    const few = known.length <= TOLD_SINGLY && sentences.length === 0;
    if (few) {
      const each = known.map((one) => `${value(input, one.row, name)} ${inBucket(input, one, grain)}`);
      sentences.push(`${subject} ${was} ${joined(each)}${total ? `: ${total} in all` : ''}.`);
    } else if (total) sentences.push(`${subject} ${was} ${total} in all${when(input)}.`);
    else if (sentences.length === 0 && fair.length > 1)
      sentences.push(`${subject} went from ${fromTo(input, name, fair, grain)}.`);
    const before = totalBefore(input, name);
    const cut = few || name !== query.metrics[0] ? null : cutEnds(input, known, grain);
    return [
      ...sentences,
      ...(before ? [before] : []),
      ...(few ? [] : [extremes(input, name, fair, grain)]),
      ...(cut ? [cut] : []),
    ];
  });
}

/** 'Which weeks had more than 1,500 orders': how many there are, and the first of them. */
function bucketsThatPass(input: ExplainInput, name: string, known: Known[], grain: Grain): string {
  const conditions = input.query.having.map((having) => havingInWords(having, input));
  const shown = known
    .slice(0, TOLD_SINGLY)
    .map((one) => `${bucketName(one.day, grain)} (${value(input, one.row, name)})`);
  const which = known.length > shown.length ? `${shown.join(', ')} and others` : joined(shown);
  return `${capitalise(`${where(input)}${known.length} ${known.length === 1 ? grain : `${grain}s`}`)} had ${joined(conditions)}${when(input)}: ${which}.`;
}

/** What does not add up is told by its first and its last whole bucket. */
function fromTo(input: ExplainInput, name: string, known: Known[], grain: Grain): string {
  const [first, last] = [known[0], known.at(-1)];
  return [first, last]
    .flatMap((one) => (one ? [`${value(input, one.row, name)} ${inBucket(input, one, grain)}`] : []))
    .join(' to ');
}

function bestBucket(input: ExplainInput, name: string, first: Known, grain: Grain): string {
  const bottom = input.query.ranking?.direction === 'bottom';
  const sofar = isWhole(first.day, grain, input) ? '' : ', and it is not complete';
  return `${capitalise(where(input) + bucketName(first.day, grain))} had the ${superlative(input, name, bottom)} ${metricLabel(name, input.model)}: ${value(input, first.row, name)}${sofar}.`;
}

/** 'The first week counts from 1 Oct 2026 only': where the period begins or ends within one. */
function cutEnds(input: ExplainInput, known: Known[], grain: Grain): string | null {
  const { period } = input.query;
  if (!period || grain === 'day' || ofParts(input)) return null;
  const [first, last] = [known[0], known.at(-1)];
  const from =
    first && first.day < period.from ? `the first ${grain} counts from ${dayInWords(period.from)}` : null;
  const ended = last && endOf(last.day, grain) > period.to && (input.dataThrough ?? period.to) >= period.to;
  const to = ended ? `the last until ${dayInWords(addDays(period.to, -1))}` : null;
  if (!from && !to) return null;
  const said = from
    ? [from, to].filter((one) => one !== null)
    : [`the last ${grain} counts until ${dayInWords(addDays(period.to, -1))}`];
  return `${capitalise(joined(said))} only.`;
}

function ofParts({ query }: ExplainInput): boolean {
  return query.filters.some(({ dimension }) =>
    /^(?:month_of_year|calendar_day|day_of_month)$/.test(dimension),
  );
}

/** 'in March 2026', 'on 3 Mar 2026', 'in 2026 (until 20 Nov 2026)' when that bucket is still filling. */
function inBucket(input: ExplainInput, { day }: Known, grain: Grain): string {
  const { period } = input.query;
  if (period && grain !== 'day' && !ofParts(input)) {
    const [cut, end] = [day < period.from, endOf(day, grain) > period.to];
    const from = cut ? `from ${dayInWords(period.from)}` : '';
    const loaded = input.dataThrough === null || input.dataThrough >= addDays(period.to, -1);
    const to = end && loaded ? `until ${dayInWords(addDays(period.to, -1))}` : '';
    if (cut || to) return `in ${bucketName(day, grain)} (${[from, to].filter(Boolean).join(' ')})`;
  }
  const name = `${grain === 'day' ? 'on' : 'in'} ${bucketName(day, grain)}`;
  const through = input.dataThrough;
  return through !== null && !ofParts(input) && endOf(day, grain) > addDays(through, 1)
    ? `${name} (until ${dayInWords(through)})`
    : name;
}

function totalOf(input: ExplainInput, name: string, known: Known[]): string | null {
  if (!addsUp(input, name)) return null;
  const total = sum(known.map(({ amount }) => amount));
  return formatNumber(toText(total), columnOf(input.table, name)?.unit, input.locale);
}

/** What the period that it is held against came to. */
function totalBefore(input: ExplainInput, name: string): string | null {
  const column = columnOf(input.table, `${name}_before`);
  if (!column || !addsUp(input, name)) return null;
  const amounts = input.table.rows.flatMap((row) => number(input.table, row, column.name) ?? []);
  return `${capitalise(inThat(input.understood.comparedWith))} it came to ${formatNumber(toText(sum(amounts)), column.unit, input.locale)}.`;
}

function knownBuckets(input: ExplainInput, name: string): Known[] {
  const time = input.table.columns.findIndex((column) => column.name === 'period_start');
  return input.table.rows.flatMap((row) => {
    const amount = number(input.table, row, name);
    const day = String(row[time]).slice(0, 10);
    const loaded = input.dataThrough === null || day <= input.dataThrough;
    // What is planned has amounts of days to come.
    return amount && (loaded || amount.units !== 0n) ? [{ row, day, amount }] : [];
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

/** What growth, running totals and averages say: the last step and the largest, and where it has come to. */
function calculations(input: ExplainInput, name: string, known: Known[], grain: Grain): string[] {
  const { table } = input;
  const sentences: string[] = [];
  const last = known.at(-1);
  if (!last) return sentences;
  const label = metricLabel(name, input.model);
  const growth = columnOf(table, `${name}_growth`);
  if (growth) {
    const said = (row: Cell[]): string => value(input, row, growth.name).replace('-', '');
    const change = number(table, last.row, growth.name);
    if (change)
      sentences.push(
        `In ${bucketName(last.day, grain)} ${label} ${verb(name, input.model)} ${said(last.row)} ${change.units < 0n ? 'below' : 'above'} the ${grain} before.`,
      );
    const grown = known.flatMap((one) => {
      const amount = number(table, one.row, growth.name);
      return amount ? [{ ...one, amount }] : [];
    });
    const sorted = grown.sort((a, b) => compare(b.amount, a.amount));
    const [best, worst] = [sorted[0], sorted.at(-1)];
    const told = (one: Known): string =>
      one.day === last.day ? 'this one' : `${bucketName(one.day, grain)} (${said(one.row)})`;
    const extremes = [
      ...(best && best.amount.units > 0n ? [`the largest rise was ${told(best)}`] : []),
      ...(worst && worst.amount.units < 0n ? [`the largest fall was ${told(worst)}`] : []),
    ];
    if (grown.length > 1 && extremes.length > 0) sentences.push(`${capitalise(extremes.join(', '))}.`);
  }
  const running = columnOf(table, `${name}_running_total`);
  if (running)
    sentences.push(
      `By ${bucketName(last.day, grain)} ${label} had come to ${value(input, last.row, running.name)}.`,
    );
  const moving = columnOf(table, `${name}_moving_average`);
  if (moving)
    sentences.push(
      `The moving average of ${label} stood at ${value(input, last.row, moving.name)} in ${bucketName(last.day, grain)}.`.replace(
        / in (?=\d+ \p{L}+ \d{4}\.$)/u,
        ' on ',
      ),
    );
  return sentences;
}

/** A month that is still going on, or that the period cuts, or that began long before the data did, is no fair low. */
function isWhole(start: string, grain: Grain, input: ExplainInput): boolean {
  const end = endOf(start, grain);
  const { period } = input.query;
  const through = input.dataThrough === null ? end : addDays(input.dataThrough, 1);
  const missed = input.dataFrom === null ? 0 : daysBetween(start, input.dataFrom);
  return (
    end <= through &&
    missed * 10 <= daysBetween(start, end) &&
    (!period || (start >= period.from && end <= period.to))
  );
}

function endOf(start: string, grain: Grain): string {
  const ends: Record<Grain, string> = {
    day: addDays(start, 1),
    week: addDays(start, 7),
    month: addMonths(start, 1),
    quarter: addMonths(start, 3),
    year: addMonths(start, 12),
  };
  return ends[grain];
}
