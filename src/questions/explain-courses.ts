import { capitalise } from '../composer/describe-query.ts';
import { compare, sum, toText } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import {
  addsUp,
  columnOf,
  type ExplainInput,
  leadLabel,
  nameOf,
  number,
  value,
  verb,
} from './explain-words.ts';
import { formatNumber } from './format-value.ts';
import { nameValue } from './name-value.ts';

/** Of more lines than this the leader and the peak are told, not each line. */
const TOLD = 4;

/** Several lines over time: what each came to in all, the biggest first, then the peak. Null for what does not add up. */
export function explainCourses(input: ExplainInput, rows: Cell[][], lead: string): string[] | null {
  const { query, table } = input;
  const [only] = query.dimensions;
  const index = table.columns.findIndex(({ name }) => name === only);
  const column = table.columns[index];
  if (!query.grain || query.ranking || query.comparison || query.dimensions.length !== 1 || !column)
    return null;
  if (!addsUp(input, lead)) return null;
  const lines = new Map<Cell, Cell[][]>();
  for (const row of rows) lines.set(row[index] ?? null, [...(lines.get(row[index] ?? null) ?? []), row]);
  const totals = [...lines].map(([cell, own]) => ({
    name: nameValue(cell, column, input.model, input.locale),
    total: sum(own.flatMap((row) => number(table, row, lead) ?? [])),
  }));
  totals.sort((a, b) => compare(b.total, a.total));
  const unit = columnOf(table, lead)?.unit;
  const label = leadLabel(input, lead);
  const said = totals.slice(0, TOLD).map(({ name, total }, place) => {
    const amount = formatNumber(toText(total), unit, input.locale);
    return place === 0
      ? `${capitalise(`${where(input)}${label}`)} of ${name} ${verb(lead, input.model)} ${amount} in all${when(input)}.`
      : `${capitalise(name)} came to ${amount}.`;
  });
  const peak = [...rows].sort((a, b) => descending(input, a, b, lead))[0];
  const highest = peak
    ? [`The highest ${query.grain} was ${nameOf(input, peak)} (${value(input, peak, lead)}).`]
    : [];
  if (totals.length < 2 && rows.length < 2) return null;
  return [...said, ...shareOverTime(input, rows, lead, totals.length), ...highest];
}

/** Of one line, where its share of the whole began and has come to. */
function shareOverTime(input: ExplainInput, rows: Cell[][], lead: string, lines: number): string[] {
  const name = `${lead}_share`;
  const known = rows.filter((row) => number(input.table, row, name) !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (lines !== 1 || !columnOf(input.table, name) || !first || !last || first === last) return [];
  return [
    `The share went from ${value(input, first, name)} (${nameOf(input, first)}) to ${value(input, last, name)} (${nameOf(input, last)}).`,
  ];
}

function descending(input: ExplainInput, a: Cell[], b: Cell[], lead: string): number {
  const [one, other] = [number(input.table, a, lead), number(input.table, b, lead)];
  return one && other ? compare(other, one) : one ? -1 : other ? 1 : 0;
}
