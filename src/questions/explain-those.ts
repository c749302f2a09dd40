import { capitalise, joined } from '../composer/describe-query.ts';
import type { Cell } from '../domain/result-table.ts';
import { havingsInWords, where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import { columnOf, type ExplainInput, isCount, nameOf, value } from './explain-words.ts';
import { formatNumber } from './format-value.ts';

const SHOWN = 3;

/** When the rows are a list and no ranking: those that pass a condition, or things of which there is one each. */
export function explainThose(input: ExplainInput, ordered: Cell[][], lead: string): string | null {
  if (input.query.having.length > 0 && input.query.ranking === null)
    return thoseThatPass(input, ordered, lead);
  return isList(input, ordered, lead) ? justNames(input, ordered) : null;
}

/** 'Categories with at least 100 orders': how many there are, and the first of them. */
function thoseThatPass(input: ExplainInput, ordered: Cell[][], lead: string): string {
  const conditions = havingsInWords(input.query.having, input);
  const shown = ordered.slice(0, SHOWN).map((row) => `${nameOf(input, row)} (${value(input, row, lead)})`);
  return `${capitalise(where(input) + howMany(input, ordered))} had ${joined(conditions)}${when(input)}: ${someOf(shown, ordered.length)}.`;
}

/** Asked for things themselves ('e-mails of customers in Leeds'), each row counts one. */
function isList(input: ExplainInput, rows: Cell[][], lead: string): boolean {
  const [only] = input.query.metrics;
  const index = input.table.columns.findIndex(({ name }) => name === lead);
  return (
    rows.length > SHOWN &&
    input.query.metrics.length === 1 &&
    only === lead &&
    columnOf(input.table, lead) !== undefined &&
    isCount(input, lead) &&
    rows.every((row) => String(row[index]) === '1')
  );
}

function justNames(input: ExplainInput, rows: Cell[][]): string {
  const shown = rows.slice(0, SHOWN).map((row) => nameOf(input, row));
  return `${capitalise(where(input))}${where(input) ? 't' : 'T'}here are ${howMany(input, rows)}${when(input)}: ${someOf(shown, rows.length)}.`;
}

function someOf(shown: string[], all: number): string {
  return all > shown.length ? `${shown.join(', ')} and others` : joined(shown);
}

function howMany(input: ExplainInput, rows: Cell[][]): string {
  const [dimension = ''] = input.query.dimensions;
  const found = input.model.dimensions.get(dimension);
  const word = (rows.length === 1 ? found?.label : found?.plural)?.toLowerCase() ?? 'rows';
  return `${formatNumber(String(rows.length), { kind: 'count' }, input.locale)}${input.table.truncated ? ' or more' : ''} ${word}`;
}
