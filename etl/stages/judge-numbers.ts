import type { FeedColumn } from '../feeds/feed.ts';
import { fit, type Units, unitsFromText, unitsToText } from '../feeds/units.ts';
import { type CellJudge, setText } from './judged-row.ts';

const MINUS = 45;
const PLUS = 43;
const ZERO = 48;
const NINE = 57;
/** The embedded warehouse holds decimal(19,4) in eight bytes, which is one digit less. */
const MOST_WHOLE_DIGITS = 14;

/** Reads a number on its bytes and leaves it as Units; the text is rewritten only where it is not plain. */
export function numberJudge(column: FeedColumn, index: number, whole: boolean): CellJudge {
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
