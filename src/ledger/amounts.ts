import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  round,
  subtract,
  toText,
  tryDecimal,
  ZERO,
} from '../domain/decimal.ts';
import { readNumberText } from '../uploads/number-text.ts';
import { LEDGER_WORDS } from './ledger-words.ts';

/** Digits of a currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code);
}

/** decimal(19,4) holds fifteen digits before the point. */
const MOST = decimal('999999999999');

/** An amount as people write it, above zero and in whole minor units; or what is wrong with it. */
export function readAmount(raw: string, currency: string): Decimal | { problem: string } {
  const value = readNumber(raw);
  if ('problem' in value) return value;
  if (compare(value, ZERO) <= 0) return { problem: LEDGER_WORDS.notAboveZero };
  const exact = round(value, digitsOf(currency));
  if (compare(exact, value) !== 0)
    return { problem: LEDGER_WORDS.tooManyDigits(currency, digitsOf(currency)) };
  return compare(value, MOST) > 0 ? { problem: LEDGER_WORDS.tooLarge } : exact;
}

export function readNumber(raw: string): Decimal | { problem: string } {
  const read = readNumberText(raw.trim());
  if (!read || read.percent || read.side || read.currency) return { problem: LEDGER_WORDS.notAnAmount };
  if (read.ambiguous) return { problem: LEDGER_WORDS.ambiguous(raw.trim()) };
  const value = tryDecimal(read.value(read.proves ?? '.') ?? '');
  return value ?? { problem: LEDGER_WORDS.notAnAmount };
}

const HUNDRED = decimal('100');

/** The tax inside a gross amount: gross x rate / (100 + rate), rounded half away from zero. */
export function taxWithin(gross: Decimal, ratePercent: Decimal, digits: number): Decimal {
  return divide(multiply(gross, ratePercent), add(HUNDRED, ratePercent), digits) ?? ZERO;
}

/** In another currency's digits. */
export function converted(amount: Decimal, rate: Decimal | null, currency: string): Decimal {
  return round(rate ? multiply(amount, rate) : amount, digitsOf(currency));
}

export function isWithin(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  const difference = subtract(a, b);
  const size = difference.units < 0n ? { ...difference, units: -difference.units } : difference;
  return compare(size, tolerance) <= 0;
}

/** '1234.50' in the currency's digits. */
export function inDigits(amount: Decimal, currency: string): string {
  return toText(round(amount, digitsOf(currency)));
}
