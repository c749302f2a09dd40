import { AppError } from '../../src/domain/app-error.ts';

/** A date or time as ISO text ('2025-03-08' or '2025-03-08 17:09:26'), or why it is none. */
export type TimeReader = (text: string) => { iso: string } | { reason: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TOKENS = /YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z/g;

type Field =
  | 'year'
  | 'shortYear'
  | 'monthName'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'offset';

const FIELDS: Record<string, { field: Field; pattern: string }> = {
  YYYY: { field: 'year', pattern: '(\\d{4})' },
  YY: { field: 'shortYear', pattern: '(\\d{2})' },
  MMM: { field: 'monthName', pattern: '([A-Za-z]{3,9})\\.?' },
  MM: { field: 'month', pattern: '(\\d{2})' },
  M: { field: 'month', pattern: '(\\d{1,2})' },
  DD: { field: 'day', pattern: '(\\d{2})' },
  D: { field: 'day', pattern: '(\\d{1,2})' },
  HH: { field: 'hour', pattern: '(\\d{2})' },
  H: { field: 'hour', pattern: '(\\d{1,2})' },
  hh: { field: 'hour', pattern: '(\\d{2})' },
  h: { field: 'hour', pattern: '(\\d{1,2})' },
  mm: { field: 'minute', pattern: '(\\d{2})' },
  m: { field: 'minute', pattern: '(\\d{1,2})' },
  ss: { field: 'second', pattern: '(\\d{2})' },
  s: { field: 'second', pattern: '(\\d{1,2})' },
  SSS: { field: 'fraction', pattern: '(\\d{1,9})' },
  A: { field: 'half', pattern: '([AaPp][Mm])' },
  Z: { field: 'offset', pattern: '(Z|[+-]\\d{2}:?\\d{2})' },
};

/** Taken where a declaration names no format: ISO 8601, with a space or a T, seconds and offset optional. */
const ISO_DATE = ['YYYY-MM-DD'];
const ISO_TIMESTAMP = [
  'YYYY-MM-DD HH:mm:ss',
  'YYYY-MM-DDTHH:mm:ss',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DDTHH:mm',
  'YYYY-MM-DD HH:mm:ss.SSS',
  'YYYY-MM-DDTHH:mm:ss.SSS',
  'YYYY-MM-DD HH:mm:ssZ',
  'YYYY-MM-DDTHH:mm:ssZ',
  'YYYY-MM-DD HH:mm:ss.SSSZ',
  'YYYY-MM-DDTHH:mm:ss.SSSZ',
  'YYYY-MM-DD',
];

/** Reads times by the given formats. An offset in the text is turned into the company's time zone. */
export function createTimeReader(options: {
  kind: 'date' | 'timestamp';
  formats: readonly string[];
  timeZone: string;
}): TimeReader {
  const { kind, timeZone } = options;
  const formats = options.formats.length > 0 ? options.formats : kind === 'date' ? ISO_DATE : ISO_TIMESTAMP;
  const readers = formats.map(compileFormat);
  const expected = formats.slice(0, 2).join(' or ');
  const what = kind === 'date' ? 'a date' : 'a date with a time';
  return (text) => {
    let impossible = false;
    for (const read of readers) {
      const found = read(text);
      if (!found) continue;
      if (!isPossible(found)) {
        impossible = true;
        continue;
      }
      const local = found.offset === null ? found : inZone(found, timeZone);
      if (local.year < 1900 || local.year > 2199) return { reason: 'is not a believable date' };
      const day = `${pad(local.year, 4)}-${pad(local.month, 2)}-${pad(local.day, 2)}`;
      if (kind === 'date') return { iso: day };
      const clock = `${pad(local.hour, 2)}:${pad(local.minute, 2)}:${pad(local.second, 2)}`;
      return { iso: `${day} ${clock}${local.fraction}` };
    }
    return { reason: impossible ? 'is a date that does not exist' : `is not ${what} (expected ${expected})` };
  };
}

type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: string;
  offset: number | null;
};

function compileFormat(format: string): (text: string) => Parts | undefined {
  const order: Field[] = [];
  let pattern = '';
  let at = 0;
  for (const match of format.matchAll(TOKENS)) {
    const known = FIELDS[match[0]];
    if (!known) continue;
    pattern += escape(format.slice(at, match.index)) + known.pattern;
    order.push(known.field);
    at = match.index + match[0].length;
  }
  pattern += escape(format.slice(at));
  if (
    !order.some((field) => field === 'day') ||
    !order.some((field) => field.toLowerCase().includes('year'))
  ) {
    throw new AppError('feed.invalid-declaration', {
      detail: `The date format '${format}' lacks a day or a year. Write it with YYYY or YY, M or MM or MMM, D or DD, H or HH, mm, ss.`,
    });
  }
  const regex = new RegExp(`^${pattern}$`);
  return (text) => {
    const match = regex.exec(text);
    return match ? partsFrom(match, order) : undefined;
  };
}

function partsFrom(match: RegExpExecArray, order: Field[]): Parts | undefined {
  const parts: Parts = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: '',
    offset: null,
  };
  let half = '';
  for (let i = 0; i < order.length; i += 1) {
    const text = match[i + 1] ?? '';
    switch (order[i] as Field) {
      case 'year':
        parts.year = Number(text);
        break;
      case 'shortYear':
        parts.year = Number(text) + (Number(text) < 70 ? 2000 : 1900);
        break;
      case 'monthName':
        parts.month = MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
        break;
      case 'month':
        parts.month = Number(text);
        break;
      case 'day':
        parts.day = Number(text);
        break;
      case 'hour':
        parts.hour = Number(text);
        break;
      case 'minute':
        parts.minute = Number(text);
        break;
      case 'second':
        parts.second = Number(text);
        break;
      case 'fraction': {
        const digits = text.slice(0, 6).replace(/0+$/, '');
        parts.fraction = digits === '' ? '' : `.${digits}`;
        break;
      }
      case 'half':
        half = text.toLowerCase();
        break;
      case 'offset':
        parts.offset = offsetMinutes(text);
        break;
    }
  }
  if (half !== '') {
    if (parts.hour < 1 || parts.hour > 12) parts.hour = 99;
    else parts.hour = (parts.hour % 12) + (half === 'pm' ? 12 : 0);
  }
  return parts;
}

function isPossible(parts: Parts): boolean {
  return (
    parts.month >= 1 &&
    parts.month <= 12 &&
    parts.day >= 1 &&
    parts.day <= daysInMonth(parts.year, parts.month) &&
    parts.hour < 24 &&
    parts.minute < 60 &&
    parts.second < 60
  );
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function inZone(parts: Parts, timeZone: string): Parts {
  const { year, month, day, hour, minute, second } = parts;
  const instant = Date.UTC(year, month - 1, day, hour, minute, second) - (parts.offset ?? 0) * 60_000;
  const local = new Date(instant + zoneOffsetMs(timeZone, instant));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    fraction: parts.fraction,
    offset: null,
  };
}

const QUARTER_HOUR_MS = 900_000;
const offsets = new Map<string, Map<number, number>>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Zones change their offset on quarter hours only, so one look-up serves each quarter. */
function zoneOffsetMs(timeZone: string, instant: number): number {
  if (timeZone === 'UTC') return 0;
  const quarter = Math.floor(instant / QUARTER_HOUR_MS);
  let known = offsets.get(timeZone);
  if (!known || known.size > 50_000) {
    known = new Map();
    offsets.set(timeZone, known);
  }
  const found = known.get(quarter);
  if (found !== undefined) return found;
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  const at = quarter * QUARTER_HOUR_MS;
  const numbers: Record<string, number> = {};
  for (const part of formatter.formatToParts(at)) numbers[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = numbers;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - at;
  known.set(quarter, offset);
  return offset;
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.replace(':', '');
  const size = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -size : size;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
