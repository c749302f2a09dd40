import type { Cell, ResultColumn } from '../domain/result-table.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { formatCell, type Locale } from './format-value.ts';

/** One word with a digit in it and no sense of its own: 'b839e417', '14646', '85123A'. */
const CODE = /^(?=\S*\d)[\p{L}\d][\p{L}\d._/-]{3,}$/u;

/** What a value of a breakdown is called in a sentence: 'Boots', 'customer 14646', 'hour 12', 'weekends'. */
export function nameValue(cell: Cell, column: ResultColumn, model: SemanticModel, locale: Locale): string {
  const text = formatCell(cell, column, locale);
  const dimension = model.dimensions.get(column.name);
  const label = (column.label ?? column.name).toLowerCase();
  const called = dimension?.value_labels[text] ?? dimension?.value_labels['*']?.replace('{}', text);
  if (called !== undefined) return called;
  if (/^(?:yes|no)$/.test(text)) return text === 'yes' ? label : `not ${label}`;
  if (column.type === 'integer') return `${label} ${text}`;
  return column.type === 'text' && cell !== null && CODE.test(text) ? `${label} ${text}` : text;
}
