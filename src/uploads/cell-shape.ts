import { readDateText } from './date-text.ts';
import { readNumberText } from './number-text.ts';
import { type Cell, isBlank } from './workbook.ts';

/** What a cell looks like by itself, before anything is known of its column. */
export type CellShape = 'blank' | 'text' | 'number' | 'date' | 'month' | 'boolean' | 'broken';

export function cellShape(cell: Cell | undefined): CellShape {
  if (cell === undefined || isBlank(cell)) return 'blank';
  switch (cell.kind) {
    case 'number':
      return 'number';
    case 'date':
    case 'time':
      return 'date';
    case 'boolean':
      return 'boolean';
    case 'error':
    case 'formula':
      return 'broken';
    case 'text':
      return textShape(cell.text);
  }
}

function textShape(text: string): CellShape {
  const trimmed = text.trim();
  if (/^(true|false|wahr|falsch|vrai|faux)$/i.test(trimmed)) return 'boolean';
  if (!/\d/.test(trimmed)) return 'text';
  const date = readDateText(trimmed);
  if (date && (date.value('dmy') ?? date.value('mdy'))) return date.grain === 'month' ? 'month' : 'date';
  return readNumberText(trimmed) ? 'number' : 'text';
}

export function isTyped(shape: CellShape): boolean {
  return shape === 'number' || shape === 'date' || shape === 'month' || shape === 'boolean';
}

/** 1990 to 2100, as a column's heading. */
export function isYear(text: string): boolean {
  return /^(?:FY\s?|SY\s?)?(?:19[5-9]\d|20\d\d|2100)(?:[/-]\d{2,4})?$/i.test(text.trim());
}
