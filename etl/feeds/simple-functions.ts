import { subtractUnits, type Units, unitsToText } from './units.ts';

export type ValueType = 'text' | 'number' | 'boolean' | 'day' | 'timestamp' | 'null';

/** Texts, days and timestamps are strings; numbers are Units. */
export type Value = string | Units | boolean | null;

const TEXT: ValueType[] = ['text'];
const NUMBER: ValueType[] = ['number'];
const TIME: ValueType[] = ['day', 'timestamp'];

/** Functions of values that give nothing when the first value is nothing. */
export const SIMPLE_FUNCTIONS = {
  day: { takes: [TIME], gives: 'day', apply: (at: string) => at.slice(0, 10) },
  month_start: { takes: [TIME], gives: 'day', apply: (at: string) => `${at.slice(0, 7)}-01` },
  at: {
    takes: [TIME, TEXT],
    gives: 'timestamp',
    apply: (day: string, clock: string | null) => `${day.slice(0, 10)} ${clock ?? '00:00:00'}`,
  },
  lower: { takes: [TEXT], gives: 'text', apply: (a: string) => a.toLowerCase() },
  upper: { takes: [TEXT], gives: 'text', apply: (a: string) => a.toUpperCase() },
  left: {
    takes: [TEXT, NUMBER],
    gives: 'text',
    apply: (a: string, length: Units) => a.slice(0, Number(length) / 10_000) || null,
  },
  starts_with: {
    takes: [TEXT, TEXT],
    gives: 'boolean',
    apply: (a: string, b: string | null) => b !== null && a.startsWith(b),
  },
  ends_with: {
    takes: [TEXT, TEXT],
    gives: 'boolean',
    apply: (a: string, b: string | null) => b !== null && a.endsWith(b),
  },
  contains: {
    takes: [TEXT, TEXT],
    gives: 'boolean',
    apply: (a: string, b: string | null) => b !== null && a.includes(b),
  },
  one_of: {
    takes: [TEXT, TEXT],
    gives: 'boolean',
    repeats: true,
    apply: (a: string, ...others: Value[]) => others.includes(a),
  },
  abs: { takes: [NUMBER], gives: 'number', apply: (a: Units) => (a < 0 ? subtractUnits(0, a) : a) },
  text: {
    takes: [['number', 'day', 'timestamp', 'boolean', 'text']],
    gives: 'text',
    apply: (a: Value) => plainText(a),
  },
  replace: {
    takes: [TEXT, TEXT, TEXT],
    gives: 'text',
    apply: (a: string, b: string | null, c: string | null) =>
      (b === null ? a : a.replaceAll(b, c ?? '')) || null,
  },
} as const satisfies Record<
  string,
  { takes: ValueType[][]; gives: ValueType; repeats?: true; apply: (...values: never[]) => Value }
>;

/** A value as text; nothing is the empty text. */
export function plainText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : unitsToText(value);
}
