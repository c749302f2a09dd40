import type { FeedColumn } from '../feeds/feed.ts';
import { fit, type Units, unitsFromText, unitsToText } from '../feeds/units.ts';
import { createTimeReader, daysInMonth } from './judge-time.ts';
import { CELL, type RawRow } from './read-rows.ts';

/** The judged cells of one row, reused for every row: each value is a place in a buffer, numbers also as Units. */
export type JudgedRow = {
  raw: RawRow;
  buffers: Buffer[];
  start: Int32Array;
  end: Int32Array;
  /** 1 where the cell says nothing. */
  empty: Uint8Array;
  units: Units[];
  scratch: Buffer;
  scratchAt: number;
};

/** Judges one cell and leaves its value in the row; gives the reason when it is refused. */
export type CellJudge = (row: JudgedRow) => string | null;

export function createJudgedRow(columns: number, maxLineBytes: number): JudgedRow {
  return {
    raw: undefined as unknown as RawRow,
    buffers: new Array<Buffer>(columns).fill(Buffer.alloc(0)),
    start: new Int32Array(columns),
    end: new Int32Array(columns),
    empty: new Uint8Array(columns),
    units: new Array<Units>(columns).fill(0),
    // Every cell can be rewritten once, and times and numbers grow by a few bytes.
    scratch: Buffer.allocUnsafe(2 * maxLineBytes + columns * 64),
    scratchAt: 0,
  };
}

export function judgedText(row: JudgedRow, column: number): string | null {
  if (row.empty[column] === 1) return null;
  return (row.buffers[column] as Buffer).utf8Slice(row.start[column] as number, row.end[column] as number);
}

declare global {
  interface Buffer {
    /** Node's own fast path of toString('utf8', start, end); present in every release. */
    utf8Slice(start: number, end: number): string;
  }
}

/** `cell` is the column's place in the file, or -1 when an optional column is missing. */
export function createCellJudge(options: {
  column: FeedColumn;
  index: number;
  cell: number;
  emptyValues: readonly string[];
  timeZone: string;
  maxBytes: number | undefined;
}): CellJudge {
  const { column, index, cell } = options;
  const value = valueJudge(options);
  const range = rangeJudge(column, index);
  const allowed = column.oneOf ? new Set(column.oneOf) : null;
  const notAllowed = column.oneOf
    ? `is not one of ${column.oneOf.slice(0, 8).join(', ')}${column.oneOf.length > 8 ? ' ...' : ''}`
    : '';
  const emptyValues = [...options.emptyValues, ...column.emptyValues].map((text) => Buffer.from(text));
  const missing = column.required ? 'is empty but required' : null;
  if (cell < 0) {
    return (row) => {
      row.empty[index] = 1;
      return missing;
    };
  }
  return (row) => {
    const raw = row.raw;
    let from = raw.start[cell] as number;
    let to = raw.end[cell] as number;
    let buffer = raw.buffer;
    const written = raw.written[cell] as number;
    if (written >= CELL.quotedWithDoubles) {
      if (written === CELL.broken) {
        row.empty[index] = 1;
        return 'has a quotation mark that is not closed, or text after the closing one';
      }
      const scratch = row.scratch;
      let at = row.scratchAt;
      const begin = at;
      for (let i = from; i < to; i += 1) {
        const byte = buffer[i] as number;
        scratch[at++] = byte;
        if (byte === buffer[i + 1] && byte === buffer[from - 1]) i += 1;
      }
      row.scratchAt = at;
      buffer = scratch;
      from = begin;
      to = at;
    }
    while (from < to && isSpace(buffer, from)) from += 1;
    while (to > from && isSpace(buffer, to - 1)) to -= 1;
    row.buffers[index] = buffer;
    row.start[index] = from;
    row.end[index] = to;
    if (from === to || (emptyValues.length > 0 && emptyValues.some((text) => same(text, buffer, from, to)))) {
      row.empty[index] = 1;
      return missing;
    }
    row.empty[index] = 0;
    const reason = value(row);
    if (reason !== null) return reason;
    if (allowed !== null && !allowed.has(judgedText(row, index) as string)) return notAllowed;
    return range === null ? null : range(row);
  };
}

function valueJudge(options: Parameters<typeof createCellJudge>[0]): CellJudge {
  const { column, index } = options;
  switch (column.type) {
    case 'text':
    case 'code':
      return textJudge(column, index, options.maxBytes);
    case 'integer':
      return numberJudge(column, index, true);
    case 'decimal':
      return numberJudge(column, index, false);
    case 'date':
      return timeJudge(column, index, 'date', options.timeZone);
    case 'timestamp':
      return timeJudge(column, index, 'timestamp', options.timeZone);
    case 'boolean':
      return booleanJudge(index);
  }
}

function textJudge(column: FeedColumn, index: number, maxBytes: number | undefined): CellJudge {
  const isCode = column.type === 'code';
  const limit = maxBytes ?? 65_535;
  const tooLong = `is longer than ${limit} bytes`;
  const { minLength, maxLength } = column;
  return (row) => {
    const buffer = row.buffers[index] as Buffer;
    const from = row.start[index] as number;
    let to = row.end[index] as number;
    if (to - from > limit) {
      if (!column.cut) return tooLong;
      to = from + limit;
      // Not in the middle of a character.
      while (((buffer[to] as number) & 0xc0) === 0x80) to -= 1;
      row.end[index] = to;
    }
    let ascii = true;
    for (let i = from; i < to; i += 1) {
      const byte = buffer[i] as number;
      if (byte < 32) {
        if (isCode || (byte !== 10 && byte !== 13 && byte !== 9)) return 'holds a control character';
      } else if (byte >= 127) {
        if (byte === 127) return 'holds a control character';
        ascii = false;
      }
    }
    if (maxLength !== undefined || minLength !== undefined) {
      const length = ascii ? to - from : [...buffer.utf8Slice(from, to)].length;
      if (maxLength !== undefined && length > maxLength) return `is longer than ${maxLength} characters`;
      if (minLength !== undefined && length < minLength) return `is shorter than ${minLength} characters`;
    }
    if (column.case !== undefined) {
      const text = buffer.utf8Slice(from, to);
      setText(row, index, column.case === 'lower' ? text.toLowerCase() : text.toUpperCase());
    }
    return null;
  };
}

const MINUS = 45;
const PLUS = 43;
const ZERO = 48;
const NINE = 57;
const MOST_WHOLE_DIGITS = 15;

function numberJudge(column: FeedColumn, index: number, whole: boolean): CellJudge {
  const point = column.decimalComma ? 44 : 46;
  const group = column.decimalComma ? 46 : 44;
  const expected = whole
    ? 'is not a whole number'
    : `is not a number (expected like ${column.decimalComma ? '1234,56' : '1234.56'})`;
  return (row) => {
    const buffer = row.buffers[index] as Buffer;
    const from = row.start[index] as number;
    const to = row.end[index] as number;
    let i = from;
    let negative = false;
    const sign = buffer[i];
    if (sign === MINUS || sign === PLUS) {
      negative = sign === MINUS;
      i += 1;
    }
    let units = 0;
    let wholeDigits = 0;
    let decimals = -1;
    let plain = sign !== PLUS && !column.decimalComma;
    let rounding = 0;
    let lastGroup = -1;
    for (; i < to; i += 1) {
      const byte = buffer[i] as number;
      if (byte >= ZERO && byte <= NINE) {
        if (decimals < 0) {
          units = units * 10 + (byte - ZERO);
          if (units !== 0) wholeDigits += 1;
        } else if (decimals < 4) {
          units = units * 10 + (byte - ZERO);
          decimals += 1;
        } else {
          if (byte !== ZERO && !column.round) return 'has more than four decimals';
          if (decimals === 4) rounding = byte - ZERO;
          decimals += 1;
          plain = false;
        }
      } else if (byte === point && decimals < 0) {
        if (lastGroup >= 0 && i - lastGroup !== 4) return expected;
        decimals = 0;
      } else if (byte === group && decimals < 0 && isGroupMark(buffer, from, i, lastGroup)) {
        lastGroup = i;
        plain = false;
      } else return expected;
    }
    const digits = to - from - (sign === MINUS || sign === PLUS ? 1 : 0);
    if (digits === 0 || (decimals >= 0 && digits === 1)) return expected;
    if (lastGroup >= 0 && decimals < 0 && to - lastGroup !== 4) return expected;
    if (wholeDigits > MOST_WHOLE_DIGITS) return 'is too large';
    const scale = decimals < 0 ? 0 : Math.min(decimals, 4);
    let value: Units;
    if (wholeDigits + 4 <= 15) {
      value = units * (POWERS[4 - scale] as number);
      if (rounding >= 5) value += 1;
      if (negative) value = -value;
    } else value = exactUnits(buffer, from, to, point, group, rounding >= 5);
    if (whole) {
      if (typeof value === 'number' ? value % 10_000 !== 0 : value % 10_000n !== 0n) return expected;
      if (value > MOST_INTEGER || value < -MOST_INTEGER) return 'is too large for a whole number';
      if (decimals >= 0) plain = false;
    }
    if (value === 0) value = 0;
    row.units[index] = value;
    const last = buffer[to - 1];
    if (!plain || last === point || buffer[from] === point || value === 0)
      setText(row, index, unitsToText(value));
    return null;
  };
}

const POWERS = [1, 10, 100, 1_000, 10_000];
const MOST_INTEGER = 2_147_483_647 * 10_000;

/** A thousands mark: one to three digits before the first, exactly three between two of them. */
function isGroupMark(buffer: Buffer, from: number, at: number, last: number): boolean {
  if (last >= 0) return at - last === 4;
  const first = buffer[from] === MINUS || buffer[from] === PLUS ? from + 1 : from;
  return at > first && at - first <= 3;
}

function exactUnits(
  buffer: Buffer,
  from: number,
  to: number,
  point: number,
  group: number,
  roundUp: boolean,
): Units {
  const text = buffer.latin1Slice(from, to).replaceAll(String.fromCharCode(group), '');
  const [wholePart = '', fraction = ''] = text.replace(String.fromCharCode(point), '.').split('.');
  const units = BigInt(unitsFromText(`${wholePart}.${fraction.slice(0, 4)}`) ?? 0);
  return fit(roundUp ? units + (text.startsWith('-') ? -1n : 1n) : units);
}

declare global {
  interface Buffer {
    latin1Slice(start: number, end: number): string;
  }
}

function timeJudge(
  column: FeedColumn,
  index: number,
  kind: 'date' | 'timestamp',
  timeZone: string,
): CellJudge {
  const read = createTimeReader({ kind, formats: column.formats, timeZone });
  const isoFirst =
    column.formats.length === 0 || column.formats.some((format) => format.startsWith('YYYY-MM-DD'));
  let lastText = '';
  let lastIso = '';
  return (row) => {
    const buffer = row.buffers[index] as Buffer;
    const from = row.start[index] as number;
    const to = row.end[index] as number;
    if (isoFirst) {
      if (kind === 'date' && to - from === 10 && isIsoDay(buffer, from)) return null;
      if (kind === 'timestamp' && to - from === 19 && isIsoDay(buffer, from) && isClock(buffer, from + 11)) {
        const between = buffer[from + 10];
        if (between === 32) return null;
        if (between === 84) {
          const at = row.scratchAt;
          buffer.copy(row.scratch, at, from, to);
          row.scratch[at + 10] = 32;
          place(row, index, row.scratch, at, at + 19);
          row.scratchAt = at + 19;
          return null;
        }
      }
    }
    const text = buffer.latin1Slice(from, to);
    if (text !== lastText) {
      const result = read(text);
      if ('reason' in result) return result.reason;
      lastText = text;
      lastIso = result.iso;
    }
    setText(row, index, lastIso);
    return null;
  };
}

function isIsoDay(buffer: Buffer, at: number): boolean {
  if (buffer[at + 4] !== MINUS || buffer[at + 7] !== MINUS) return false;
  const century = twoDigits(buffer, at);
  const rest = twoDigits(buffer, at + 2);
  const month = twoDigits(buffer, at + 5);
  const day = twoDigits(buffer, at + 8);
  if (century < 19 || century > 21 || rest < 0 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= daysInMonth(century * 100 + rest, month);
}

function isClock(buffer: Buffer, at: number): boolean {
  if (buffer[at + 2] !== 58 || buffer[at + 5] !== 58) return false;
  const hour = twoDigits(buffer, at);
  const minute = twoDigits(buffer, at + 3);
  const second = twoDigits(buffer, at + 6);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

/** The number that two digits say, or -1. */
function twoDigits(buffer: Buffer, at: number): number {
  const tens = (buffer[at] as number) - ZERO;
  const ones = (buffer[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on']);
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off']);

function booleanJudge(index: number): CellJudge {
  return (row) => {
    const text = (judgedText(row, index) as string).toLowerCase();
    if (!YES.has(text) && !NO.has(text)) return 'is not yes or no';
    setText(row, index, YES.has(text) ? 'true' : 'false');
    return null;
  };
}

function rangeJudge(column: FeedColumn, index: number): CellJudge | null {
  const { min, max } = column;
  if (min === undefined && max === undefined) return null;
  if (column.type === 'integer' || column.type === 'decimal') {
    const low = min === undefined ? undefined : unitsFromText(min);
    const high = max === undefined ? undefined : unitsFromText(max);
    return (row) => {
      const value = row.units[index] as Units;
      if (low !== undefined && value < low) return `is less than ${min}`;
      if (high !== undefined && value > high) return `is more than ${max}`;
      return null;
    };
  }
  return (row) => {
    const value = judgedText(row, index) as string;
    if (min !== undefined && value < min) return `is before ${min}`;
    if (max !== undefined && value > max) return `is after ${max}`;
    return null;
  };
}

function setText(row: JudgedRow, index: number, text: string): void {
  const at = row.scratchAt;
  const written = row.scratch.write(text, at, 'utf8');
  place(row, index, row.scratch, at, at + written);
  row.scratchAt = at + written;
}

function place(row: JudgedRow, index: number, buffer: Buffer, from: number, to: number): void {
  row.buffers[index] = buffer;
  row.start[index] = from;
  row.end[index] = to;
}

/** A space, a tab or a line break. */
function isSpace(buffer: Buffer, at: number): boolean {
  const byte = buffer[at] as number;
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function same(text: Buffer, buffer: Buffer, from: number, to: number): boolean {
  return text.length === to - from && text.compare(buffer, from, to) === 0;
}
