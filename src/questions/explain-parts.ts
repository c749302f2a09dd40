import { ratioName } from '../composer/compose-course.ts';
import { capitalise, dimensionLabel, joined, metricLabel } from '../composer/describe-query.ts';
import { compare, type Decimal, negate, sum, toText } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { Cell } from '../domain/result-table.ts';
import { bucketName } from './bucket-name.ts';
import { explainFurthest } from './explain-budget.ts';
import { havingsInWords, where } from './explain-conditions.ts';
import { explainCourses } from './explain-courses.ts';
import { explainEither, ofSuch } from './explain-either.ts';
import { explainMovers, isRankedByChange } from './explain-movers.ts';
import { explainPair } from './explain-pair.ts';
import { explainThose } from './explain-those.ts';
import { explainTie } from './explain-tie.ts';
import { inThat, when } from './explain-time.ts';
import {
  addsUp,
  columnOf,
  type ExplainInput,
  isNameless,
  isRest,
  leadLabel,
  nameOf,
  number,
  shareOf,
  superlative,
  value,
  verb,
} from './explain-words.ts';
import { formatCell, formatNumber } from './format-value.ts';

/** As the planner notes it where both ends were asked for. */
const FROM_BEST_TO_WORST = 'all are listed, from the best to the worst';
/** So many groups are told one by one. */
const SHOWN_GROUPS = 5;

/** A breakdown: who leads, who follows, what moved most, and what all make together. */
export function explainParts(input: ExplainInput): string[] {
  const { query, table } = input;
  const rows = table.rows.filter((row) => !isRest(table, row));
  const [first] = rows;
  if (!first) return [];
  const lead = leadMetric(input);
  if (rows.length === 1 && !isNameless(input, first) && isRankedByChange(input, lead))
    return explainMovers(input, rows, lead);
  if (rows.length === 1) return explainFurthest(input, rows, lead) ?? [onlyRow(input, first, lead)];
  if (query.ranking?.within) return bestInEach(input, rows, lead);
  const nameless = rows.filter((row) => isNameless(input, row));
  const named = rows.filter((row) => !nameless.includes(row));
  if (named.length === 0 && !query.grain) return [noneIsNamed(input, nameless, lead)];
  const ordered = inOrder(input, named.length > 0 ? named : rows, lead);
  const those = explainThose(input, ordered, lead);
  if (those) return [those];
  const same = allTheSame(input, rows, lead) ?? explainEither(input, ordered, lead);
  if (same) return [same];
  if (isRankedByChange(input, lead)) return explainMovers(input, ordered, lead);
  const courses = explainCourses(input, named, lead);
  const sentences = courses ?? leaders(input, ordered, lead);
  const [unknown] = nameless;
  if (nameless.length === 1 && unknown && number(table, unknown, lead)?.units !== 0n)
    sentences.push(`Not known: ${value(input, unknown, lead)}.`);
  const last = ordered.at(-1);
  if (last && input.understood.notes.includes(FROM_BEST_TO_WORST))
    sentences.push(`The lowest is ${nameOf(input, last)} (${value(input, last, lead)}).`);
  sentences.push(...otherFigures(input, ordered, lead));
  const moved = biggestMove(input, rows, lead);
  if (moved) sentences.push(moved);
  const whole = !query.ranking && rows.length === table.rows.length && !table.truncated;
  if (whole && addsUp(input, lead) && rows.length > 2 && !isOneLine(input, rows)) {
    const total = sum(rows.flatMap((row) => number(table, row, lead) ?? []));
    const all = query.grain ? 'All of it together makes' : `The ${rows.length} together make`;
    sentences.push(`${all} ${formatNumber(toText(total), columnOf(table, lead)?.unit, input.locale)}.`);
  }
  return sentences;
}

/** A course of one thing, whose sum is told already. */
function isOneLine({ query, table }: ExplainInput, rows: Cell[][]): boolean {
  const at = query.dimensions.map((name) => table.columns.findIndex((column) => column.name === name));
  return query.grain !== null && new Set(rows.map((row) => at.map((index) => row[index]).join())).size === 1;
}

/** What the rows are ranked by; a ranking by a change speaks of that column. */
function leadMetric({ query, table }: ExplainInput): string {
  const by = query.ranking?.by ?? ratioColumn(query) ?? query.metrics[0] ?? '';
  return columnOf(table, by) ? by : (query.metrics[0] ?? '');
}

function ratioColumn({ calculations }: MetricQuery): string | undefined {
  const ratio = calculations.find(({ kind }) => kind === 'ratio');
  return ratio?.kind === 'ratio' ? ratioName(ratio) : undefined;
}

function onlyRow(input: ExplainInput, row: Cell[], lead: string): string {
  const { query, model } = input;
  if (isNameless(input, row)) return noneIsNamed(input, [row], lead);
  const name = nameOf(input, row);
  const others = query.metrics
    .filter((metric) => metric !== lead)
    .map((metric) => `${metricLabel(metric, model)} ${value(input, row, metric)}`);
  const rest = others.length > 0 ? `, with ${joined(others)}` : '';
  if (query.ranking) {
    const part = columnOf(input.table, `${lead}_share`) ? shareOf(input, row, lead) : null;
    return `${start(input, name)} had the ${superlative(input, lead, query.ranking.direction === 'bottom')} ${leadLabel(input, lead)}${when(input)}: ${value(input, row, lead)}${part ? `, ${part} of the total` : ''}${rest}.`;
  }
  const share = shareOf(input, row, lead);
  if (share && columnOf(input.table, `${lead}_share`) && isEitherOr(query.dimensions[0] ?? '', model))
    return `${capitalise(`${where(input)}${share} of ${leadLabel(input, lead)}`)} ${verb(lead, model)} ${ofSuch(name)}${when(input)}: ${value(input, row, lead)}${rest}.`;
  if (share && columnOf(input.table, `${lead}_share`))
    return `${start(input, name)} made ${share} of ${leadLabel(input, lead)}${when(input)}: ${value(input, row, lead)}${rest}.`;
  const chosen = query.filters.some(({ dimension }) => query.dimensions.includes(dimension));
  const [dimension = ''] = query.dimensions;
  if (!chosen && query.dimensions.length === 1 && query.having.length === 0 && query.grain === null)
    return isEitherOr(dimension, model)
      ? `${capitalise(where(input))}${where(input) ? 'a' : 'A'}ll of the ${leadLabel(input, lead)}${when(input)} ${verb(lead, model)} ${ofSuch(name)}: ${value(input, row, lead)}${rest}.`
      : `${start(input, name)} is the only ${dimensionLabel(dimension, model)}${when(input)}: ${leadLabel(input, lead)} ${verb(lead, model)} ${value(input, row, lead)}${rest}.`;
  return `${capitalise(`${where(input)}${leadLabel(input, lead)}`)} of ${name} ${verb(lead, model)} ${value(input, row, lead)}${when(input)}${rest}.`;
}

function isEitherOr(dimension: string, model: ExplainInput['model']): boolean {
  return model.dimensions.get(dimension)?.value_labels.yes !== undefined;
}

/** A breakdown by what is not recorded breaks nothing down. */
function noneIsNamed(input: ExplainInput, rows: Cell[][], lead: string): string {
  const { query, model } = input;
  const by = joined(
    query.dimensions.map((name) => dimensionLabel(name, model)),
    'or',
  );
  const [row] = rows;
  const amount = row && rows.length === 1 ? `: ${value(input, row, lead)} in all` : '';
  return `${capitalise(where(input))}${where(input) ? 'n' : 'N'}o ${by} is recorded for any of the ${leadLabel(input, lead)}${when(input)}${amount}.`;
}

function leaders(input: ExplainInput, ordered: Cell[][], lead: string): string[] {
  const [best, ...next] = ordered;
  if (!best) return [];
  const tie = explainTie(input, ordered, lead);
  if (tie) return [tie];
  const furthest = explainFurthest(input, ordered, lead);
  if (furthest) return furthest;
  const pair = explainPair(input, ordered, lead);
  if (pair) return pair;
  const bottom = input.query.ranking?.direction === 'bottom';
  const share = shareOf(input, best, lead);
  const sentences = [
    `${start(input, nameOf(input, best))} had the ${superlative(input, lead, bottom)} ${leadLabel(input, lead)}${when(input)}: ${value(input, best, lead)}${share ? `, ${share} of the total` : ''}.`,
  ];
  const following = next.slice(0, 2).map((row) => `${nameOf(input, row)} (${value(input, row, lead)})`);
  if (following.length > 0)
    sentences.push(`Next ${following.length > 1 ? 'come' : 'comes'} ${joined(following)}.`);
  return sentences;
}

/** Of the other figures that were asked for, each row's where they are few, or else who leads. */
function otherFigures(input: ExplainInput, ordered: Cell[][], lead: string): string[] {
  const { query, model } = input;
  if (query.grain || query.comparison || query.ranking) return [];
  return query.metrics
    .filter((name) => name !== lead)
    .slice(0, 3)
    .flatMap((name) => {
      const label = capitalise(metricLabel(name, model));
      const said = (row: Cell[]): string => `${value(input, row, name)} for ${nameOf(input, row)}`;
      if (ordered.length <= 3) return [`${label} ${verb(name, model)} ${joined(ordered.map(said))}.`];
      const [best] = inOrder(input, ordered, name);
      return best
        ? [
            `${label}: ${superlative(input, name, false)} for ${nameOf(input, best)} (${value(input, best, name)}).`,
          ]
        : [];
    });
}

/** 'Ledger balance was £0.00 in each of the 13 branches.' */
function allTheSame(input: ExplainInput, rows: Cell[][], lead: string): string | null {
  const amounts = rows.map((row) => number(input.table, row, lead));
  const [first] = amounts;
  const [dimension = ''] = input.query.dimensions;
  const many = input.model.dimensions.get(dimension)?.plural.toLowerCase();
  const [row] = rows;
  if (
    !first ||
    !row ||
    !many ||
    input.query.dimensions.length !== 1 ||
    input.query.grain ||
    input.query.ranking
  )
    return null;
  if (amounts.some((amount) => !amount || compare(amount, first) !== 0)) return null;
  return `${capitalise(`${where(input)}${leadLabel(input, lead)}`)} ${verb(lead, input.model)} ${value(input, row, lead)}${when(input)} in each of the ${rows.length} ${many}.`;
}

/** 'In Germany: X (12); in France: Y (10)': a ranking of its own in each group. */
function bestInEach(input: ExplainInput, rows: Cell[][], lead: string): string[] {
  const { query, table } = input;
  const within = query.ranking?.within ?? '';
  const index = table.columns.findIndex(({ name }) => name === within);
  const column = table.columns[index];
  if (!column) return [];
  const groupOf = (row: Cell[]): string =>
    within === 'period_start' && query.grain
      ? bucketName(String(row[index]), query.grain)
      : formatCell(row[index] ?? null, column, input.locale);
  const others = table.columns.flatMap((each, at) => (each.type === 'text' && at !== index ? [at] : []));
  const nameIn = (row: Cell[]): string =>
    others
      .flatMap((at) =>
        table.columns[at] ? [formatCell(row[at] ?? null, table.columns[at], input.locale)] : [],
      )
      .join(', ');
  const first = new Map<string, Cell[]>();
  for (const row of rows) if (!first.has(groupOf(row))) first.set(groupOf(row), row);
  const shown = [...first]
    .slice(0, SHOWN_GROUPS)
    .map(([group, row]) => `${nameIn(row)} in ${group} (${value(input, row, lead)})`);
  const each = within === 'period_start' ? (query.grain ?? 'period') : dimensionLabel(within, input.model);
  const bottom = query.ranking?.direction === 'bottom';
  const more = first.size > shown.length ? '; and others' : '';
  return [
    `${capitalise(`${where(input)}in each ${each}, the ${superlative(input, lead, bottom)} ${leadLabel(input, lead)}${when(input)}: ${shown.join('; ')}${more}.`)}`,
  ];
}

function start(input: ExplainInput, name: string): string {
  return capitalise(`${where(input)}${amongThose(input)}${name}`);
}

/** 'of the states with at least 500 orders, ' before who leads among them. */
function amongThose(input: ExplainInput): string {
  const { query, model } = input;
  const [dimension = ''] = query.dimensions;
  const many = model.dimensions.get(dimension)?.plural.toLowerCase();
  if (!query.ranking || query.having.length === 0 || !many) return '';
  return `of the ${many} with ${joined(havingsInWords(query.having, input))}, `;
}

function inOrder(input: ExplainInput, rows: Cell[][], lead: string): Cell[][] {
  const sorted = [...rows].sort((a, b) =>
    descending(number(input.table, a, lead), number(input.table, b, lead)),
  );
  return input.query.ranking?.direction === 'bottom' ? sorted.reverse() : sorted;
}

function biggestMove(input: ExplainInput, rows: Cell[][], lead: string): string | null {
  const { table, query } = input;
  if (!query.comparison || (query.ranking?.by !== undefined && query.ranking.by !== lead)) return null;
  const moved = rows
    .flatMap((row) => {
      const change = number(table, row, `${lead}_change`);
      return change && change.units !== 0n ? [{ row, change }] : [];
    })
    .sort((a, b) => descending(magnitude(a.change), magnitude(b.change)))[0];
  if (!moved) return null;
  const { unit } = columnOf(table, lead) ?? {};
  const said = formatNumber(toText(magnitude(moved.change)), unit, input.locale);
  const amount = unit?.kind === 'share' ? `${said.replace('%', '')} percentage points` : said;
  return `The biggest change is ${nameOf(input, moved.row)}: ${amount} ${moved.change.units > 0n ? 'more' : 'less'} than ${inThat(input.understood.comparedWith)}.`;
}

function magnitude(amount: Decimal): Decimal {
  return amount.units < 0n ? negate(amount) : amount;
}

function descending(a: Decimal | undefined, b: Decimal | undefined): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  return compare(b, a);
}
