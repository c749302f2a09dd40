import { type DateOrder, type DateText, readDateText } from './date-text.ts';
import { type DecimalSign, type NumberText, readNumberText } from './number-text.ts';
import type { Rows } from './sheet-rows.ts';
import { type Cell, isBlank } from './workbook.ts';

/** What all the cells of a column are like, and what they prove about how dates and decimals are written. */
export type Survey = {
  filled: number;
  numbers: number;
  wholeNumbers: number;
  percents: number;
  dates: number;
  times: number;
  textNumbers: number;
  textDates: number;
  months: number;
  /** Eight digits that are a day: '20250131'. */
  packedDays: number;
  booleans: number;
  texts: number;
  broken: number;
  leadingZeros: number;
  /** Digits mixed with letters or signs and no blanks: codes. */
  codes: number;
  signs: Record<DecimalSign, number>;
  orders: Record<DateOrder, number>;
  ambiguousNumber?: string;
  ambiguousDate?: string;
  distinct: Set<string>;
  /** Signs and codes of money beside the numbers, or in their formats. */
  currencies: Set<string>;
};

const DISTINCT = 200;

/** Cells that are one are looked at once, in the order in which they come first. */
export function surveyColumn(rows: Rows, column: number): Survey {
  const survey: Survey = {
    filled: 0,
    numbers: 0,
    wholeNumbers: 0,
    percents: 0,
    dates: 0,
    times: 0,
    textNumbers: 0,
    textDates: 0,
    months: 0,
    packedDays: 0,
    booleans: 0,
    texts: 0,
    broken: 0,
    leadingZeros: 0,
    codes: 0,
    signs: { '.': 0, ',': 0 },
    orders: { dmy: 0, mdy: 0 },
    distinct: new Set(),
    currencies: new Set(),
  };
  const { cells } = rows.grid.columns[column] ?? { cells: [] };
  const times = new Int32Array(cells.length);
  const inOrder: number[] = [];
  const codes = rows.codes(column);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    if (times[code] === 0) inOrder.push(code);
    times[code] = (times[code] as number) + 1;
  }
  for (const code of inOrder) {
    const cell = cells[code];
    if (cell !== undefined && !isEmptySign(cell)) count(survey, cell, times[code] as number);
  }
  return survey;
}

/** Blank, or one of the signs that people put where nothing is. */
export function isEmptySign(cell: Cell | undefined): boolean {
  return isBlank(cell) || (cell?.kind === 'text' && /^\s*[-–—.]{1,3}\s*$/.test(cell.text));
}

function count(survey: Survey, cell: Cell, times: number): void {
  survey.filled += times;
  if (survey.distinct.size < DISTINCT) survey.distinct.add(cell.text.trim().toLowerCase());
  switch (cell.kind) {
    case 'number':
      survey.numbers += times;
      if (!cell.text.includes('.')) survey.wholeNumbers += times;
      if (cell.format?.includes('%')) survey.percents += times;
      if (cell.format && survey.currencies.size < 5) {
        const sign = formatSign(cell.format);
        if (sign) survey.currencies.add(sign);
      }
      if (isPackedDay(cell.text)) survey.packedDays += times;
      break;
    case 'date':
      survey.dates += times;
      break;
    case 'time':
      survey.times += times;
      break;
    case 'boolean':
      survey.booleans += times;
      break;
    case 'error':
    case 'formula':
      survey.broken += times;
      break;
    case 'text':
      countText(survey, cell.text.trim(), times);
  }
}

function countText(survey: Survey, text: string, times: number): void {
  if (/^(true|false|wahr|falsch|vrai|faux|yes|no|ja|nein|oui|non|si|sim)$/i.test(text))
    survey.booleans += times;
  if (!/\d/.test(text)) {
    survey.texts += times;
    return;
  }
  const packed = isPackedDay(text);
  if (packed) survey.packedDays += times;
  const date = packed ? undefined : readDateText(text);
  if (date) countDate(survey, date, text, times);
  const number = readNumberText(text);
  if (number) countNumber(survey, number, text, times);
  if (!date && !number) survey.texts += times;
  if (!date && (/^[A-Za-z\d._/-]+$/.test(text) || /^[\p{L}\d._/-]+$/u.test(text))) survey.codes += times;
}

function countDate(survey: Survey, date: DateText, text: string, times: number): void {
  if (date.grain === 'month') survey.months += times;
  else survey.textDates += times;
  if (date.proves) survey.orders[date.proves] += times;
  if (date.ambiguous) survey.ambiguousDate ??= text;
}

function countNumber(survey: Survey, number: NumberText, text: string, times: number): void {
  survey.textNumbers += times;
  if (/^0\d+$/.test(text)) survey.leadingZeros += times;
  if (number.percent) survey.percents += times;
  if (number.currency) survey.currencies.add(number.currency);
  if (number.proves) survey.signs[number.proves] += times;
  if (number.ambiguous) survey.ambiguousNumber ??= text;
  const value = number.value(number.proves ?? '.');
  if (value !== undefined && !value.includes('.') && !number.ambiguous) survey.wholeNumbers += times;
}

/** The sign or code of money beside a number, or in its format. */
export function currencySign(cell: Cell): string | undefined {
  return cell.kind === 'text' ? readNumberText(cell.text.trim())?.currency : formatSign(cell.format ?? '');
}

/** '[$€-407]' and '"EUR"' of a number's format. */
function formatSign(format: string): string | undefined {
  const found = /\[\$([^\]-]+)|"([A-Z]{3})"|(€|£)/.exec(format);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

export function isPackedDay(text: string): boolean {
  return /^(19|20)\d{6}$/.test(text) && readDateText(text)?.value('dmy') !== undefined;
}
