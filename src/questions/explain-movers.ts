import { capitalise, metricLabel } from '../composer/describe-query.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { inThat, when } from './explain-time.ts';
import { columnOf, type ExplainInput, nameOf, number, value } from './explain-words.ts';
import { formatCell, formatNumber } from './format-value.ts';

const CHANGE = /^(?<metric>.+?)_change(?<share>_share)?$/;

export function isRankedByChange({ query, table }: ExplainInput, lead: string): boolean {
  const of = CHANGE.exec(lead)?.groups?.metric ?? '';
  return query.comparison !== null && query.metrics.includes(of) && columnOf(table, of) !== undefined;
}

/** Who grew or fell the most: 'Velos fell the most: revenue was £4.00 less (3.0%), £130.00 after £134.00 in 2024.' */
export function explainMovers(input: ExplainInput, ordered: Cell[][], lead: string): string[] {
  const { query, understood } = input;
  const { metric = '', share } = CHANGE.exec(lead)?.groups ?? {};
  const [first, ...next] = ordered;
  const moved = first && number(input.table, first, `${metric}_change`);
  if (!first || !moved) return [];
  const down = query.ranking?.direction === 'bottom';
  const against = down ? moved.units > 0n : moved.units < 0n;
  const rose = moved.units > 0n;
  const least = against ? 'the least' : 'the most';
  const none = against ? `None ${down ? 'fell' : 'grew'}. ` : '';
  const said = (row: Cell[]): string => bySoMuch(input, row, metric, share !== undefined);
  const sentence = `${none}${capitalise(`${where(input)}${nameOf(input, first)}`)} ${rose ? 'grew' : 'fell'} ${least}${when(input)} against ${inThat(understood.comparedWith).replace(/^(?:in|on) /, '')}: ${metricLabel(metric, input.model)} by ${said(first)}, from ${beforeOf(input, first, metric)} to ${value(input, first, metric)}.`;
  const following = next
    .slice(0, 2)
    .map((row) => `${nameOf(input, row)} (${signedMove(input, row, metric, share !== undefined)})`);
  return following.length > 0
    ? [sentence, `Next ${following.length > 1 ? 'come' : 'comes'} ${following.join(' and ')}.`]
    : [sentence];
}

function bySoMuch(input: ExplainInput, row: Cell[], metric: string, relative: boolean): string {
  return signedMove(input, row, metric, relative).replace(/^[+-]/, '');
}

/** '+12.5%', '-£58.00'; a rate moves by percentage points. */
function signedMove(input: ExplainInput, row: Cell[], metric: string, relative: boolean): string {
  const name = relative ? `${metric}_change_share` : `${metric}_change`;
  const amount = number(input.table, row, name);
  if (!amount) return 'n/a';
  const column = columnOf(input.table, name);
  const text = value(input, row, name).replace(/^-/, '');
  const points = !relative && columnOf(input.table, metric)?.unit?.kind === 'share';
  const said = points ? `${text.replace('%', '')} percentage points` : column ? text : '';
  return `${amount.units < 0n ? '-' : '+'}${said}`;
}

function beforeOf(input: ExplainInput, row: Cell[], metric: string): string {
  const column = columnOf(input.table, `${metric}_before`);
  const index = column ? input.table.columns.indexOf(column) : -1;
  return column
    ? formatCell(row[index] ?? null, column, input.locale)
    : formatNumber('0', undefined, input.locale);
}
