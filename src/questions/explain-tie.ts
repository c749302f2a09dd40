import { capitalise, joined } from '../composer/describe-query.ts';
import { compare } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import { type ExplainInput, leadLabel, nameOf, number, superlative, value } from './explain-words.ts';

const NAMED = 3;

/** Where several share the first place, none of them is the first: 'A, B and others share the most returned units: 3 each'. */
export function explainTie(input: ExplainInput, ordered: Cell[][], lead: string): string | null {
  const [best, next] = ordered;
  const first = best && number(input.table, best, lead);
  const second = next && number(input.table, next, lead);
  if (!best || !first || !second || compare(first, second) !== 0) return null;
  const tied = ordered.filter((row) => {
    const amount = number(input.table, row, lead);
    return amount !== undefined && compare(amount, first) === 0;
  });
  const names = tied.slice(0, NAMED).map((row) => nameOf(input, row));
  // All that are listed are alike, so those that the list left out may be too.
  const more = tied.length > NAMED || (input.query.ranking !== null && tied.length === ordered.length);
  const bottom = input.query.ranking?.direction === 'bottom';
  const who = more ? `${names.join(', ')} and others` : joined(names);
  return `${capitalise(where(input) + who)} share the ${superlative(input, lead, bottom)} ${leadLabel(input, lead)}${when(input)}: ${value(input, best, lead)} each.`;
}
