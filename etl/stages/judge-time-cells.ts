import type { FeedColumn } from '../feeds/feed.ts';
import { createTimeReader, daysInMonth } from './judge-time.ts';
import { type CellJudge, place, setText } from './judged-row.ts';

const MINUS = 45;
const ZERO = 48;

/** Takes ISO dates and times on their bytes; other formats are read as text. */
export function timeJudge(
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
