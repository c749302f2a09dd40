import type { ConceptType } from './concepts.ts';
import { type DateOrder, readDateText } from './date-text.ts';
import { type DecimalSign, readNumberText } from './number-text.ts';
import { isEmptySign, isPackedDay, type Survey } from './survey-column.ts';
import { type Cell, isBlank } from './workbook.ts';

export type ColumnType =
  | 'text'
  | 'code'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'month'
  | 'decimal'
  | 'integer'
  | 'percent'
  | 'boolean'
  | 'empty';

export type CellReading = { value: string; side?: 'debit' | 'credit' } | { reason: string } | undefined;

/** How dates and decimals are written in this file, where anything told. */
export type Conventions = { dateOrder: DateOrder; decimalSign: DecimalSign };

/** The type of a column from its values, and from what its heading says it is. */
export function columnType(survey: Survey, hint: ConceptType | undefined): ColumnType {
  const { filled } = survey;
  const whole = filled - survey.broken;
  if (filled === 0) return 'empty';
  if (whole === 0)
    return hint === 'amount' || hint === 'quantity' ? 'decimal' : hint === 'date' ? 'date' : 'text';
  const days = survey.dates + survey.textDates + survey.months;
  const numeric = survey.numbers + survey.textNumbers;
  if (hint === 'date' || hint === 'month') {
    if (survey.months > days / 2) return 'month';
    if (days + survey.packedDays + serials(survey) >= whole * 0.5) return 'date';
  }
  if (hint === 'amount' || hint === 'quantity')
    if (numeric >= whole * 0.5) return survey.percents > numeric / 2 ? 'percent' : 'decimal';
  if (hint === 'code' && days < whole * 0.8) return 'code';
  if (hint === 'text' && days < whole * 0.8 && numeric < whole * 0.95) return 'text';
  return typeByValues(survey, whole, days, numeric);
}

/** Plain numbers under a date's heading that are days of Excel's count. */
function serials(survey: Survey): number {
  return survey.dates === 0 && survey.textDates === 0 && survey.packedDays === 0 ? survey.wholeNumbers : 0;
}

function typeByValues(survey: Survey, whole: number, days: number, numeric: number): ColumnType {
  const most = whole * 0.8;
  if (survey.times >= most) return 'time';
  if (survey.months >= most) return 'month';
  if (days >= most) return 'date';
  if (survey.booleans >= most) return 'boolean';
  if (numeric >= most) {
    if (survey.leadingZeros > 0) return 'code';
    if (survey.percents > numeric / 2) return 'percent';
    return survey.wholeNumbers === numeric && survey.ambiguousNumber === undefined ? 'integer' : 'decimal';
  }
  return survey.codes + survey.numbers >= whole * 0.9 ? 'code' : 'text';
}

/** One cell as its column's type: its plain value, or in words why it is none; undefined for blank. */
export function readCell(
  cell: Cell | undefined,
  type: ColumnType,
  conventions: Conventions,
  hint?: ConceptType,
): CellReading {
  if (cell === undefined || isBlank(cell)) return undefined;
  if (cell.kind === 'error') return { reason: `The cell holds the error ${cell.text}.` };
  if (cell.kind === 'formula')
    return { reason: `The formula =${cell.formula?.slice(0, 60) ?? ''} was saved without its result.` };
  switch (type) {
    case 'date':
    case 'timestamp':
    case 'month':
      return isEmptySign(cell) ? undefined : readDate(cell, type, conventions.dateOrder);
    case 'decimal':
    case 'integer':
    case 'percent':
      return isEmptySign(cell) ? undefined : readNumber(cell, conventions.decimalSign);
    case 'code':
      return readCode(cell, hint);
    case 'text':
    case 'time':
    case 'boolean':
    case 'empty':
      return { value: cell.text.trim() };
  }
}

function readDate(cell: Cell, type: ColumnType, order: DateOrder): CellReading {
  if (cell.kind === 'date') return { value: type === 'month' ? cell.text.slice(0, 10) : cell.text };
  if (cell.kind === 'number' && !isPackedDay(cell.text)) return readSerial(cell.text);
  const text = cell.text.trim();
  const date = readDateText(text);
  const value = date && (date.proves ? date.value(date.proves) : date.value(order));
  if (value) return { value };
  return { reason: date ? 'There is no such day.' : 'It is not a date.' };
}

function readSerial(text: string): CellReading {
  const serial = Number(text);
  if (!Number.isInteger(serial) || serial < 20_000 || serial > 80_000)
    return { reason: 'It is a number, not a date.' };
  return { value: new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10) };
}

function readNumber(cell: Cell, sign: DecimalSign): CellReading {
  if (cell.kind === 'number') return { value: cell.text };
  if (cell.kind === 'date' || cell.kind === 'time') return { reason: 'It is a date, not a number.' };
  if (cell.kind === 'boolean') return { reason: 'It is true or false, not a number.' };
  const number = readNumberText(cell.text);
  const value = number?.value(number.proves ?? sign);
  if (value === undefined) return { reason: 'It is not a number.' };
  return number?.side ? { value, side: number.side } : { value };
}

/** Codes keep their zeros; one that was cut to 1.23E+12 has lost digits that nobody can put back. */
function readCode(cell: Cell, hint: ConceptType | undefined): CellReading {
  const text = cell.text.trim();
  const isId = hint === 'code' || hint === undefined;
  if (isId && cell.kind === 'text' && /^\d([.,]\d+)?E\+\d{1,2}$/i.test(text))
    return {
      reason:
        'The code was turned into scientific notation, so digits of it are lost. Format the column as text.',
    };
  if (isId && cell.kind === 'number' && text.replace(/\D/g, '').length > 15)
    return {
      reason: 'The code has more digits than a number keeps, so its end is lost. Format the column as text.',
    };
  return { value: text };
}
