import type { Cell } from '../uploads/workbook.ts';

/** What the built-in number formats mean whose text is not in the file (ECMA-376, 18.8.30). */
const BUILT_IN: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'm/d/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yyyy h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
};
const EAST_ASIAN_DATES = [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58];

export function builtInFormat(id: number): string | undefined {
  return BUILT_IN[id] ?? (EAST_ASIAN_DATES.includes(id) ? 'yyyy-mm-dd' : undefined);
}

type Shape = 'number' | 'date' | 'time' | 'duration';

const shapes = new Map<string, Shape>();

/** Whether a format shows its number as a date, a time of day or a duration. */
export function formatShape(format: string | undefined): Shape {
  if (format === undefined) return 'number';
  let shape = shapes.get(format);
  if (shape === undefined) {
    shape = judgeShape(format);
    if (shapes.size < 5_000) shapes.set(format, shape);
  }
  return shape;
}

function judgeShape(format: string): Shape {
  const [positive = ''] = format.split(';');
  if (/\[(h+|m+|s+)\]/i.test(positive)) return 'duration';
  const letters = positive
    .replace(/"[^"]*"?/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general|standard|am\/pm|a\/p/gi, '');
  if (/[#?@]|0(?!.*[ymdhs])|e[+-]/i.test(letters) && !/[ymd]/i.test(letters)) return 'number';
  if (/[yd]|m{3,}|[gb]{2,}|[年月日]/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /m/i.test(letters) ? 'date' : 'number';
}

/** The cell of a stored number, by the format that shows it. */
export function numberCell(value: number, format: string | undefined, is1904: boolean): Cell {
  const shape = formatShape(format);
  const kept = keptFormat(format);
  if (!Number.isFinite(value)) return { kind: 'error', text: '#NUM!' };
  if (shape === 'number' || shape === 'duration') return codeOrNumber(value, format, kept);
  const seconds = Math.round(value * 86_400);
  if (value < 0 || value >= 2_958_466) return { kind: 'number', text: decimalText(value), ...kept };
  if (shape === 'time' && value < 1) return { kind: 'time', text: clock(seconds), ...kept };
  return { kind: 'date', text: serialToDate(seconds, is1904), ...kept };
}

const GENERAL = {};
const kepts = new Map<string, { format: string } | typeof GENERAL>();

function keptFormat(format: string | undefined): { format?: string } {
  if (format === undefined) return GENERAL;
  let kept = kepts.get(format);
  if (kept === undefined) {
    kept = /^general$/i.test(format) ? GENERAL : { format };
    if (kepts.size < 5_000) kepts.set(format, kept);
  }
  return kept;
}

/** '00042' as shown: formats of zeros alone are codes, and their zeros belong to them. */
function codeOrNumber(value: number, format: string | undefined, kept: { format?: string }): Cell {
  if (format !== undefined && /^0{3,}$/.test(format) && Number.isInteger(value) && value >= 0)
    return { kind: 'text', text: decimalText(value).padStart(format.length, '0'), ...kept };
  return { kind: 'number', text: decimalText(value), ...kept };
}

/** A double as Excel means it: 15 significant digits, no exponent. */
export function decimalText(value: number): string {
  const short = String(value);
  // Up to 15 digits the shortest text that gives the double again is the one that Excel means.
  if (short.length <= 16 && !short.includes('e') && (short.length <= 15 || short.includes('.'))) return short;
  const [mantissa = '0', exponent = '0'] = value.toExponential(14).split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  if (digits === '') return '0';
  const point = Number(exponent) + 1;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What `numberCell` keeps of a format under which a number stays one as it is; undefined for formats that make it another. */
export function plainNumberFormat(format: string | undefined): { format?: string } | undefined {
  const shape = formatShape(format);
  if ((shape !== 'number' && shape !== 'duration') || (format !== undefined && /^0{3,}$/.test(format)))
    return undefined;
  return keptFormat(format);
}

/** Whether a stored number is written as `decimalText` would: up to 12 digits, no zeros that say nothing. */
export function isPlainNumber(text: string): boolean {
  const { length } = text;
  const first = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === first || length > 13) return false;
  let point = -1;
  for (let at = first; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46 && point === -1 && at > first) point = at;
    else if (code < 48 || code > 57) return false;
  }
  const startsWithZero = text.charCodeAt(first) === 48;
  if (point === -1) return !startsWithZero || (length === 1 && first === 0);
  // A small fraction is written with an exponent, and is left to the long way.
  return !startsWithZero && text.charCodeAt(length - 1) !== 48 && point < length - 1;
}

/** Excel's 1900 system has a 29 February 1900 that never was: days before it are one off. */
function serialToDate(seconds: number, is1904: boolean): string {
  const days = Math.floor(seconds / 86_400);
  const base = is1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const day = dayText(base + days * 86_400_000);
  const rest = seconds - days * 86_400;
  return rest === 0 ? day : `${day}T${clock(rest)}`;
}

const days = new Map<number, string>();

function dayText(ms: number): string {
  let text = days.get(ms);
  if (text === undefined) {
    text = new Date(ms).toISOString().slice(0, 10);
    if (days.size < 20_000) days.set(ms, text);
  }
  return text;
}

function clock(seconds: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(seconds / 3600) % 24)}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
}
