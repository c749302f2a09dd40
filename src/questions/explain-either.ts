import { capitalise, joined } from '../composer/describe-query.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import { type ExplainInput, leadLabel, nameOf, shareOf, value, verb } from './explain-words.ts';

/** A yes or no in its own words: 'Revenue was £113 on weekdays (68.4%) and £52 at weekends last month'. */
export function explainEither(input: ExplainInput, ordered: Cell[][], lead: string): string | null {
  const { query, model } = input;
  const [only] = query.dimensions;
  const labels = only === undefined ? undefined : model.dimensions.get(only)?.value_labels;
  const told = query.dimensions.length === 1 && query.grain === null && query.ranking === null;
  if (!told || !labels?.yes || ordered.length < 2) return null;
  const said = ordered.map((row, index) => {
    const share = index === 0 ? shareOf(input, row, lead) : null;
    return `${value(input, row, lead)} ${ofSuch(nameOf(input, row))}${share ? ` (${share})` : ''}`;
  });
  return `${capitalise(`${where(input)}${leadLabel(input, lead)}`)} ${verb(lead, model)} ${joined(said)}${when(input)}.`;
}

/** 'with a coupon', 'late'; but 'for weekends'. */
export function ofSuch(name: string): string {
  return /^(?:with|without|at|on|in|late|early|not)\b/.test(name) ? name : `for ${name}`;
}
