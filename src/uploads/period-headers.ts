import { isDay } from '../domain/day.ts';
import { isYear } from './cell-shape.ts';
import { monthOf, readDateText } from './date-text.ts';
import type { Cell } from './workbook.ts';

/** The period that a heading names: '2025-03-01' with its grain, or a month without a year ('--03'). */
export type PeriodHeader = { grain: 'day' | 'month' | 'quarter' | 'year'; start: string };

/** 'Jan', 'Jan 2025', '2025-01', a date cell, 'Q1 2025', '2025'. */
export function periodHeader(cell: Cell): PeriodHeader | undefined {
  const text = cell.text.trim();
  if (cell.kind === 'date')
    return isDay(text.slice(0, 10)) ? { grain: 'month', start: `${text.slice(0, 7)}-01` } : undefined;
  if (isYear(text)) return { grain: 'year', start: `${/\d{4}/.exec(text)?.[0]}-01-01` };
  if (cell.kind !== 'text') return undefined;
  const quarter = /^(?:Q|T|K)\s?([1-4])(?:[\s/'-]*(\d{4}|\d{2}))?$|^([1-4])\.\s?Quartal(?:\s(\d{4}))?$/i.exec(
    text,
  );
  if (quarter) {
    const month = String((Number(quarter[1] ?? quarter[3]) - 1) * 3 + 1).padStart(2, '0');
    const year = quarter[2] ?? quarter[4];
    return {
      grain: 'quarter',
      start: year ? `${year.length === 2 ? `20${year}` : year}-${month}-01` : `--${month}`,
    };
  }
  const alone = monthOf(text);
  if (alone) return { grain: 'month', start: `--${String(alone).padStart(2, '0')}` };
  const date = readDateText(text);
  const start = date?.grain === 'month' ? date.value('dmy') : undefined;
  return start ? { grain: 'month', start } : undefined;
}
