import { capitalise } from '../composer/describe-query.ts';
import { decimal, divide, subtract, toText } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import { where } from './explain-conditions.ts';
import { when } from './explain-time.ts';
import {
  columnOf,
  type ExplainInput,
  leadLabel,
  nameOf,
  number,
  shareOf,
  superlative,
  value,
} from './explain-words.ts';
import { formatNumber } from './format-value.ts';

/** Two side by side: 'Leeds had the highest revenue: £128.00. That is £28.00 (28.0%) more than York (£100.00).' */
export function explainPair(input: ExplainInput, ordered: Cell[][], lead: string): string[] | null {
  const { query, table } = input;
  const [best, other, third] = ordered;
  if (!best || !other || third || query.dimensions.length !== 1) return null;
  if (query.ranking || query.grain || query.comparison || query.having.length > 0) return null;
  const more = number(table, best, lead);
  const less = number(table, other, lead);
  const column = columnOf(table, lead);
  if (!more || !less || !column) return null;
  const share = shareOf(input, best, lead);
  const gap = formatNumber(toText(subtract(more, less)), column.unit, input.locale);
  const ratio = less.units > 0n ? divide(more, less, 8) : undefined;
  const percent = ratio
    ? formatNumber(toText(subtract(ratio, decimal(1))), { kind: 'share' }, input.locale)
    : '';
  const amount =
    column.unit?.kind === 'share'
      ? `${gap.replace('%', '')} percentage points`
      : `${gap}${percent === '' ? '' : ` (${percent})`}`;
  return [
    `${capitalise(`${where(input)}${nameOf(input, best)}`)} had ${comparative(input, lead)} ${leadLabel(input, lead)}${when(input)}: ${value(input, best, lead)}${share ? ` (${share} of the total)` : ''}, ${amount} more than ${nameOf(input, other)} (${value(input, other, lead)}).`,
  ];
}

/** Of two, 'the higher revenue' but 'more orders'. */
function comparative(input: ExplainInput, lead: string): string {
  return superlative(input, lead, false) === 'most' ? 'more' : 'the higher';
}
