import { roundedQuotient } from '../../src/domain/decimal.ts';

/**
 * Amounts while rows are judged: a whole number of ten-thousandths, as in decimal(19,4).
 * A plain number while it is exact, a bigint beyond 2^53; results go back to a number when they fit.
 */
export type Units = number | bigint;

export const UNITS_PER_ONE = 10_000;

export function addUnits(a: Units, b: Units): Units {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return fit(BigInt(a) + BigInt(b));
}

export function subtractUnits(a: Units, b: Units): Units {
  return addUnits(a, -b);
}

/** Rounded half away from zero to four decimals. */
export function multiplyUnits(a: Units, b: Units): Units {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) {
      const rest = product % UNITS_PER_ONE;
      if (rest === 0) return product / UNITS_PER_ONE;
      const whole = (product - rest) / UNITS_PER_ONE;
      return Math.abs(rest) * 2 >= UNITS_PER_ONE ? whole + Math.sign(rest) : whole;
    }
  }
  return fit(roundedQuotient(BigInt(a) * BigInt(b), BigInt(UNITS_PER_ONE)));
}

/** Rounded half away from zero to four decimals; null when b is zero. */
export function divideUnits(a: Units, b: Units): Units | null {
  if (b === 0 || b === 0n) return null;
  return fit(roundedQuotient(BigInt(a) * BigInt(UNITS_PER_ONE), BigInt(b)));
}

/** Shortest exact text: 12.5, -3, 0.0001. */
export function unitsToText(units: Units): string {
  const negative = units < 0;
  const size = negative ? -units : units;
  const whole =
    typeof size === 'number'
      ? String(Math.floor(size / UNITS_PER_ONE))
      : String(size / BigInt(UNITS_PER_ONE));
  const rest = Number(typeof size === 'number' ? size % UNITS_PER_ONE : size % BigInt(UNITS_PER_ONE));
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(4, '0').replace(/0+$/, '')}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/** Plain decimal text with at most four decimals that matter; undefined for anything else. */
export function unitsFromText(text: string): Units | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || `${match[2]}${match[3] ?? ''}` === '') return undefined;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > 4) return undefined;
  const units = BigInt(`${match[2]}${fraction.padEnd(4, '0')}`);
  return fit(match[1] === '-' ? -units : units);
}

export function fit(value: bigint): Units {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}
