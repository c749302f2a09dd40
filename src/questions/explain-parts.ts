import { capitalise, joined, metricLabel } from '../composer/describe-query.ts';
import { compare, type Decimal, negate, sum, toText } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import {
  additive,
  columnOf,
  type ExplainInput,
  inThat,
  isNameless,
  isRest,
  nameOf,
  number,
  shareOf,
  superlative,
  value,
  verb,
  when,
  where,
} from './explain-words.ts';
import { formatNumber } from './format-value.ts';

/** A breakdown: who leads, who follows, what moved most, and what all make together. */
export function explainParts(input: ExplainInput): string[] {
  const { query, table } = input;
  const rows = table.rows.filter((row) => !isRest(table, row));
  const [first] = rows;
  if (!first) return [];
  const lead = leadMetric(input);
  if (rows.length === 1) return [onlyRow(input, first, lead)];
  const named = rows.filter((row) => !isNameless(input, row));
  const ordered = inOrder(input, named.length > 0 ? named : rows, lead);
  const sentences =
    query.having.length > 0 ? [thoseThatPass(input, ordered, lead)] : leaders(input, ordered, lead);
  const nameless = rows.filter((row) => isNameless(input, row));
  const [unknown] = nameless;
  const counts = unknown ? number(table, unknown, lead)?.units !== 0n : false;
  if (named.length > 0 && nameless.length === 1 && unknown && counts)
    sentences.push(`Not known: ${value(input, unknown, lead)}.`);
  const moved = biggestMove(input, rows, lead);
  if (moved) sentences.push(moved);
  const whole =
    !query.ranking &&
    !query.grain &&
    query.having.length === 0 &&
    rows.length === table.rows.length &&
    !table.truncated;
  if (whole && additive(lead, input.model) && rows.length > 2) {
    const total = sum(rows.flatMap((row) => number(table, row, lead) ?? []));
    sentences.push(
      `The ${rows.length} together make ${formatNumber(toText(total), columnOf(table, lead)?.unit, input.locale)}.`,
    );
  }
  return sentences;
}

/** What the rows are ranked by; a ranking by a change speaks of that column. */
function leadMetric({ query, table }: ExplainInput): string {
  const by = query.ranking?.by ?? query.metrics[0] ?? '';
  return columnOf(table, by) ? by : (query.metrics[0] ?? '');
}

function leadLabel(input: ExplainInput, lead: string): string {
  return input.model.metrics.has(lead)
    ? metricLabel(lead, input.model)
    : (columnOf(input.table, lead)?.label ?? lead).toLowerCase();
}

function onlyRow(input: ExplainInput, row: Cell[], lead: string): string {
  const { query, model } = input;
  const name = nameOf(input, row);
  const others = query.metrics
    .filter((metric) => metric !== lead)
    .map((metric) => `${metricLabel(metric, model)} ${value(input, row, metric)}`);
  const rest = others.length > 0 ? `, with ${joined(others)}` : '';
  if (query.ranking) {
    return `${start(input, name)} had the ${superlative(input, lead, query.ranking.direction === 'bottom')} ${leadLabel(input, lead)}${when(input)}: ${value(input, row, lead)}${rest}.`;
  }
  const share = shareOf(input, row, lead);
  if (share && columnOf(input.table, `${lead}_share`))
    return `${capitalise(name)} made ${share} of ${leadLabel(input, lead)}${when(input)}: ${value(input, row, lead)}${rest}.`;
  return `${capitalise(leadLabel(input, lead))} of ${name} ${verb(lead, model)} ${value(input, row, lead)}${when(input)}${rest}.`;
}

function leaders(input: ExplainInput, ordered: Cell[][], lead: string): string[] {
  const [best, ...next] = ordered;
  if (!best) return [];
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

/** 'Categories with at least 100 orders': how many there are, and the first of them. */
function thoseThatPass(input: ExplainInput, ordered: Cell[][], lead: string): string {
  const { query, model, understood } = input;
  const [dimension = ''] = query.dimensions;
  const plural = model.dimensions.get(dimension)?.plural.toLowerCase() ?? 'rows';
  const conditions = understood.filters.slice(-query.having.length);
  const shown = ordered.slice(0, 3).map((row) => `${nameOf(input, row)} (${value(input, row, lead)})`);
  const count = `${ordered.length}${input.table.truncated ? ' or more' : ''} ${plural}`;
  return `${capitalise(where(input) + count)} had ${joined(conditions)}${when(input)}: ${joined(shown)}${ordered.length > shown.length ? ' and others' : ''}.`;
}

function start(input: ExplainInput, name: string): string {
  const condition = where(input);
  return condition ? `${capitalise(condition)}${name}` : capitalise(name);
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
  const amount = formatNumber(toText(magnitude(moved.change)), columnOf(table, lead)?.unit, input.locale);
  return `The biggest change is ${nameOf(input, moved.row)}: ${amount} ${moved.change.units > 0n ? 'more' : 'less'} than ${inThat(input.understood.comparedWith)}.`;
}

function magnitude(amount: Decimal): Decimal {
  return amount.units < 0n ? negate(amount) : amount;
}

function descending(a: Decimal | undefined, b: Decimal | undefined): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  return compare(b, a);
}
