import { describe, expect, it } from 'vitest';
import type { ResultTable } from '../../../src/domain/result-table.ts';
import { sayRows } from '../../../src/questions/say-rows.ts';

const locale = { language: 'en-GB', currency: 'GBP' };
const table: ResultTable = {
  columns: [
    { name: 'month_start', type: 'date' },
    { name: 'product', type: 'text' },
    { name: 'amount', type: 'decimal', unit: { kind: 'money', of: 'GBP' } },
    { name: 'orders', type: 'integer', unit: { kind: 'count', of: 'orders' } },
  ],
  rows: [
    ['2026-01-01', 'Boot', '10.00', 1],
    ['2026-02-01', null, '30.50', 4],
  ],
  truncated: false,
};

describe("a template's own sentences", () => {
  it('are filled from cells, sums and the rows with the most and the least', () => {
    expect(
      sayRows(
        [
          '{rows} months made {sum.amount}; {most.amount>month_start} made the most: {most.amount}.',
          'least was {least.amount} in {least.amount>month_start} with {first.orders} orders.',
        ],
        table,
        locale,
      ),
    ).toEqual([
      '2 months made £40.50; February 2026 made the most: £30.50.',
      'Least was £10.00 in January 2026 with 1 order.',
    ]);
  });

  it('are left out where a part of them is not known', () => {
    expect(sayRows(['{last.product} came last.'], table, locale)).toEqual([]);
  });

  it('give no sum of rows that were cut off', () => {
    expect(sayRows(['{sum.amount} in all.', '{rows} rows.'], { ...table, truncated: true }, locale)).toEqual([
      '2 or more rows.',
    ]);
  });
});
