import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultTable } from '../../../src/domain/result-table.ts';
import { checkNumbers } from '../../../src/questions/check-numbers.ts';
import { formatNumber } from '../../../src/questions/format-value.ts';

const table: ResultTable = {
  columns: [
    { name: 'category', type: 'text' },
    { name: 'revenue', type: 'decimal', unit: { kind: 'money', of: 'GBP' } },
    { name: 'orders', type: 'integer', unit: { kind: 'count', of: 'orders' } },
    { name: 'return_rate', type: 'decimal', unit: { kind: 'share' } },
  ],
  rows: [
    ['Boots', '3200.00', 40, '0.0810'],
    ['Sandals', '1600.00', 25, '0.0500'],
    ['Regency 3 tier', '800.00', 10, '0.1000'],
    ['home_comfort_2', '90.00', 2, '0.0200'],
  ],
  truncated: false,
};
const facts = { table, understood: ['3 Nov 2025 to 9 Nov 2025'], vocabulary: [] };
const passes = (sentence: string): boolean => checkNumbers(sentence, facts).passed;

describe('the number gate', () => {
  it.each([
    'Boots made £3,200.00 with 40 orders.',
    'Boots made £3.2k.',
    'Boots and Sandals together made £4,800.',
    'Boots made twice what Sandals made.',
    'All four made £5,690.00.',
    'Home comfort 2 had the lowest revenue: £90.00.',
    'The return rate of Boots was 3.1 percentage points above that of Sandals.',
    'Sandals had half the revenue of Boots, £1,600 less.',
    'The return rate of Boots was 8.1%.',
    'From 3 Nov 2025 to 9 Nov 2025 Boots made £3,200.',
    'Regency 3 tier made £800.00.',
    'Boots made 56.2% of the total.',
  ])('lets through what the result says: %s', (sentence) => {
    expect(checkNumbers(sentence, facts)).toEqual({ passed: true });
  });

  it.each([
    ['a figure that is nowhere', 'Boots made £3,300.00.'],
    ["another row's figure", 'Sandals made £3,200.00.'],
    ['the wrong unit', 'Boots had 3,200 orders.'],
    ['money for a count', 'Boots cost £40.'],
    ['an invented share', 'The return rate of Boots was 18%.'],
    ['a factor that is wrong', 'Boots tripled.'],
    ['a word for a wrong number', 'Ninety orders came in.'],
    ['a date that nobody asked about', 'On 3 Nov 2024 Boots made £3,200.'],
    ['a rounding that is too far off', 'Boots made £3.3k.'],
    ['a wrong scale', 'Boots made £3.2 million.'],
    ['a third that is no third', 'Sandals made a third of the total.'.replace('third', 'quarter')],
  ])('stops %s', (_what, sentence) => {
    expect(passes(sentence)).toBe(false);
  });

  it('lets every cell through as it is formatted, and stops the same cell when it is changed', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (cents, more) => {
          const text = (value: bigint): string =>
            `${value / 100n}.${(value % 100n).toString().padStart(2, '0')}`;
          const one: ResultTable = {
            columns: [{ name: 'revenue', type: 'decimal', unit: { kind: 'money', of: 'GBP' } }],
            rows: [[text(cents)]],
            truncated: false,
          };
          const say = (value: bigint): string =>
            `Revenue was ${formatNumber(text(value), { kind: 'money', of: 'GBP' }, { language: 'en-GB', currency: 'GBP' })}.`;
          expect(checkNumbers(say(cents), { table: one, understood: [], vocabulary: [] }).passed).toBe(true);
          expect(checkNumbers(say(cents + more), { table: one, understood: [], vocabulary: [] }).passed).toBe(
            false,
          );
        },
      ),
    );
  });
});
