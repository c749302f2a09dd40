import type { FeedColumn } from '../feeds/feed.ts';
import { unitsFromText, unitsToText } from '../feeds/units.ts';
import { quoted } from './plain-expression.ts';

/** `value`: the typed cell, null where it is empty; `plain`: conditions under which that is all there is to say. */
export type PlainCell = { value: string; plain: string[] };

/** What was seen in the whole text; what is nowhere need not be looked for in each cell. */
export type TextMarks = { quotes: boolean; outerSpaces: boolean };

const NUMBER = '-?[0-9]{1,13}(\\.[0-9]{1,4})?';
const INTEGER = '-?[0-9]{1,9}';
const DAY = '(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]';
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';

/**
 * When a cell is plainly good, in the embedded engine's SQL: stricter than the judges of judge-cells.ts, never looser.
 * What is not plain is not refused; it is judged row by row. Null for a column that this cannot say anything about.
 */
export function plainCell(
  column: FeedColumn,
  options: { cell: string; emptyValues: readonly string[]; marks: TextMarks; isTyped?: boolean | undefined },
): PlainCell | null {
  const { cell, marks } = options;
  const typed = typedCell(column, cell);
  if (!typed) return null;
  const empties = [...new Set(['', ...options.emptyValues, ...column.emptyValues])];
  if (empties.some((text) => text !== text.trim())) return null;
  if (options.isTyped) return cellOfItsType(column, cell, empties);
  const isEmpty =
    empties.length === 1 ? `${cell} = ''` : `${cell} in (${empties.map((text) => quoted(text)).join(', ')})`;
  const value = `case when ${isEmpty} then null else ${typed.value} end`;
  const good = [...typed.plain];
  if (typed.isText && marks.outerSpaces)
    good.push(`not starts_with(${cell}, ' ') and not ends_with(${cell}, ' ')`);
  const goodText = good.length === 0 ? 'true' : good.join(' and ');
  const filled = column.required ? `not (${isEmpty}) and ${goodText}` : `(${isEmpty} or ${goodText})`;
  return { value, plain: [`${cell} is not null`, filled] };
}

/** Of a cell that was read as its type: what there is to say of its text is known, and it is null where it is empty. */
function cellOfItsType(column: FeedColumn, cell: string, empties: readonly string[]): PlainCell | null {
  const isText = column.type === 'text' || column.type === 'code';
  const names = empties.filter((text) => text !== '').map((text) => quoted(text));
  // A number or a time that one of these names stands for would not be of its type.
  const content =
    isText && names.length > 0 ? `(case when ${cell} not in (${names.join(', ')}) then ${cell} end)` : cell;
  const typed = typedCell(column, content);
  if (!typed) return null;
  const rules = typed.plain.slice(typed.textRules);
  const plain = rules.length === 0 ? [] : [`(${content} is null or ${rules.join(' and ')})`];
  return { value: typed.value, plain: column.required ? [`${content} is not null`, ...plain] : plain };
}

/** `textRules`: how many of the conditions are on the text of a number or time. */
type TypedCell = PlainCell & { isText: boolean; textRules: number };

function typedCell(column: FeedColumn, cell: string): TypedCell | null {
  switch (column.type) {
    case 'text':
    case 'code':
      return textCell(column, cell);
    case 'integer':
    case 'decimal':
      return column.decimalComma ? null : numberCell(column, cell);
    case 'date':
    case 'timestamp':
      return timeCell(column, cell);
    case 'time':
    case 'boolean':
      return null;
  }
}

function textCell(column: FeedColumn, cell: string): TypedCell | null {
  if (column.min !== undefined || column.max !== undefined) return null;
  // The room in the target is looked at there.
  const plain = [`strlen(${cell}) <= 65535`];
  if (column.minLength !== undefined) plain.push(`length(${cell}) >= ${column.minLength}`);
  if (column.maxLength !== undefined) plain.push(`length(${cell}) <= ${column.maxLength}`);
  let value = cell;
  if (column.case) {
    // Only the letters of ASCII have one small and one capital form everywhere.
    plain.push(`strlen(${cell}) = length(${cell})`);
    value = `${column.case}(${cell})`;
  }
  if (column.oneOf) plain.push(`${value} in (${column.oneOf.map((text) => quoted(text)).join(', ')})`);
  return { value, plain, isText: true, textRules: 0 };
}

function numberCell(column: FeedColumn, cell: string): TypedCell | null {
  const isInteger = column.type === 'integer';
  const value = isInteger ? `try_cast(${cell} as integer)` : `try_cast(${cell} as decimal(18, 4))`;
  const plain = [`regexp_full_match(${cell}, '${isInteger ? INTEGER : NUMBER}')`];
  for (const [bound, sign] of [
    [column.min, '>='],
    [column.max, '<='],
  ] as const) {
    if (bound === undefined) continue;
    const units = unitsFromText(bound);
    if (units === undefined || Math.abs(Number(units)) > 1e17) return null;
    plain.push(`${value} ${sign} ${unitsToText(units)}`);
  }
  // The allowed values are compared as they are written.
  if (column.oneOf) return null;
  return { value, plain, isText: false, textRules: 1 };
}

function timeCell(column: FeedColumn, cell: string): TypedCell | null {
  const isoFirst =
    column.formats.length === 0 || column.formats.some((format) => format.startsWith('YYYY-MM-DD'));
  if (!isoFirst || column.oneOf || column.min !== undefined || column.max !== undefined) return null;
  const isDay = column.type === 'date';
  const value = `try_cast(${cell} as ${isDay ? 'date' : 'timestamp'})`;
  const form = isDay ? DAY : `${DAY} ${CLOCK}`;
  const plain = [`regexp_full_match(${cell}, '${form}')`, `${value} is not null`];
  return { value, plain, isText: false, textRules: plain.length };
}
