import type { FeedColumn } from '../feeds/feed.ts';
import { type Units, unitsFromText } from '../feeds/units.ts';
import { clockJudge } from './judge-clock.ts';
import { timeJudge } from './judge-time-cells.ts';
import { writtenNumberJudge } from './judge-written-numbers.ts';
import { type CellJudge, judgedText, setText } from './judged-row.ts';
import { CELL } from './read-rows.ts';

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
    if (from === to || emptyValues.some((text) => same(text, buffer, from, to))) {
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
      return writtenNumberJudge(column, index, true);
    case 'decimal':
      return writtenNumberJudge(column, index, false);
    case 'date':
      return timeJudge(column, index, 'date', options.timeZone);
    case 'timestamp':
      return timeJudge(column, index, 'timestamp', options.timeZone);
    case 'time':
      return clockJudge(index);
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
      const length = ascii ? to - from : Array.from(buffer.utf8Slice(from, to)).length;
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

/** A space, a tab or a line break. */
function isSpace(buffer: Buffer, at: number): boolean {
  const byte = buffer[at] as number;
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function same(text: Buffer, buffer: Buffer, from: number, to: number): boolean {
  return text.length === to - from && text.compare(buffer, from, to) === 0;
}
