/** How both warehouse adapters write values, so that the same cell is the same text everywhere. */

/** Integers within 2^53 as numbers, larger ones as text. */
export function exactInteger(value: string | number | bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** A float's shortest decimal text, without an exponent: 1e-7 is '0.0000001'. */
export function plainDecimal(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const text = String(Object.is(value, -0) ? 0 : value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - whole.length)}${digits}`;
  return `${sign}${digits}${'0'.repeat(Math.max(0, shift - fraction.length))}`;
}

/** 'YYYY-MM-DD HH:MM:SS' with a fraction only when there is one; a zero offset is dropped. */
export function plainTimestamp(text: string): string {
  return text
    .replace('T', ' ')
    .replace(/(?:\+00(?::?00)?|Z)$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
