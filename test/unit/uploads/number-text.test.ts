import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalSign, readNumberText } from '../../../src/uploads/number-text.ts';

const read = (text: string, sign: DecimalSign = '.') => {
  const number = readNumberText(text);
  return number?.value(number.proves ?? sign);
};

const LOCALES: { locale: string; sign: DecimalSign }[] = [
  { locale: 'en-GB', sign: '.' },
  { locale: 'de-DE', sign: ',' },
  { locale: 'fr-FR', sign: ',' },
  { locale: 'de-CH', sign: '.' },
  { locale: 'en-IN', sign: '.' },
  { locale: 'es-ES', sign: ',' },
  { locale: 'it-IT', sign: ',' },
  { locale: 'pt-BR', sign: ',' },
  { locale: 'sv-SE', sign: ',' },
];

describe('numbers as people write them', () => {
  it.each(LOCALES)('come back exactly from how $locale writes them', ({ locale, sign }) => {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }), (cents) => {
        const plain = (cents / 100).toFixed(2);
        const value = read(format.format(cents / 100), sign);
        expect(Number(value)).toBe(Number(plain));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56', '1234.56'],
    ['1\u202f234,56', '1234.56'],
    ["1'234.56", '1234.56'],
    ['1’234.56', '1234.56'],
    ['12,34,567.89', '1234567.89'],
    ['1.234.567', '1234567'],
    ['(1,234.50)', '-1234.50'],
    ['($1,234.50)', '-1234.50'],
    ['$(1,234.50)', '-1234.50'],
    ['1.234,50-', '-1234.50'],
    ['−5,25', '-5.25'],
    ['-€ 12,00', '-12.00'],
    ['€-12,00', '-12.00'],
    ['EUR 12,00', '12.00'],
    ['12,00 EUR', '12.00'],
    ['R$ 1.234,00', '1234.00'],
    ['CHF 10.--', '10'],
    ['12,5%', '0.125'],
    ['+30000,77', '30000.77'],
    ['0.125', '0.125'],
    ['.5', '0.5'],
    ['1.5E+3', '1500'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('knows the side of 5.00 CR and 7,50 S', () => {
    expect(readNumberText('5.00 CR')?.side).toBe('credit');
    expect(readNumberText('7,50 S')?.side).toBe('debit');
  });

  it('says that 1.234 and 1,234 can be read in two ways', () => {
    expect(readNumberText('1.234')?.ambiguous).toBe(true);
    expect(read('1.234', '.')).toBe('1.234');
    expect(read('1.234', ',')).toBe('1234');
    expect(read('1,234', '.')).toBe('1234');
  });

  it.each(['abc', '12abc', '1.2.3,4,5', '1,23.456', '12/34', '--', '', '1 23', '4711-0815'])(
    'does not take %s for a number',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('reads what begins with three capitals and then has digits alone the short way as the long way does', () => {
    const written = fc.tuple(
      fc.constantFrom('EUR', 'INV', 'CHF', 'USD', 'XCR'),
      fc.constantFrom('', '-'),
      fc.integer({ min: 1, max: 999_999_999 }),
    );
    fc.assert(
      fc.property(written, (parts) => {
        const [short, long] = [parts.join(''), ` ${parts.join('')}`].map((text) => readNumberText(text));
        expect({ ...short, value: short?.value('.') }).toEqual({ ...long, value: long?.value('.') });
      }),
    );
  });

  it('never throws and never gives anything but plain decimals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const value = read(text);
        if (value !== undefined) expect(value).toMatch(/^-?\d+(\.\d+)?$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
