import { type DateOrder, type DateText, readDateText } from './date-text.ts';
import { type DecimalSign, type NumberText, readNumberText } from './number-text.ts';
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

export function surveyColumn(cells: Iterable<Cell | undefined>): Survey {
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
  for (const cell of cells) if (cell !== undefined && !isEmptySign(cell)) count(survey, cell);
  return survey;
}

/** Blank, or one of the signs that people put where nothing is. */
export function isEmptySign(cell: Cell | undefined): boolean {
  return isBlank(cell) || (cell?.kind === 'text' && /^\s*[-–—.]{1,3}\s*$/.test(cell.text));
}

function count(survey: Survey, cell: Cell): void {
  survey.filled++;
  if (survey.distinct.size < DISTINCT) survey.distinct.add(cell.text.trim().toLowerCase());
  switch (cell.kind) {
    case 'number':
      survey.numbers++;
      if (!cell.text.includes('.')) survey.wholeNumbers++;
      if (cell.format?.includes('%')) survey.percents++;
      if (cell.format && survey.currencies.size < 5) {
        const sign = formatSign(cell.format);
        if (sign) survey.currencies.add(sign);
      }
      if (isPackedDay(cell.text)) survey.packedDays++;
      break;
    case 'date':
      survey.dates++;
      break;
    case 'time':
      survey.times++;
      break;
    case 'boolean':
      survey.booleans++;
      break;
    case 'error':
    case 'formula':
      survey.broken++;
      break;
    case 'text':
      countText(survey, cell.text.trim());
  }
}

function countText(survey: Survey, text: string): void {
  if (/^(true|false|wahr|falsch|vrai|faux|yes|no|ja|nein|oui|non|si|sim)$/i.test(text)) survey.booleans++;
  if (!/\d/.test(text)) {
    survey.texts++;
    return;
  }
  const packed = isPackedDay(text);
  if (packed) survey.packedDays++;
  const date = packed ? undefined : readDateText(text);
  if (date) countDate(survey, date, text);
  const number = readNumberText(text);
  if (number) countNumber(survey, number, text);
  if (!date && !number) survey.texts++;
  if (!date && /^[\p{L}\d._/-]+$/u.test(text)) survey.codes++;
}

function countDate(survey: Survey, date: DateText, text: string): void {
  if (date.grain === 'month') survey.months++;
  else survey.textDates++;
  if (date.proves) survey.orders[date.proves]++;
  if (date.ambiguous) survey.ambiguousDate ??= text;
}

function countNumber(survey: Survey, number: NumberText, text: string): void {
  survey.textNumbers++;
  if (/^0\d+$/.test(text)) survey.leadingZeros++;
  if (number.percent) survey.percents++;
  if (number.currency) survey.currencies.add(number.currency);
  if (number.proves) survey.signs[number.proves]++;
  if (number.ambiguous) survey.ambiguousNumber ??= text;
  const value = number.value(number.proves ?? '.');
  if (value !== undefined && !value.includes('.') && !number.ambiguous) survey.wholeNumbers++;
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
