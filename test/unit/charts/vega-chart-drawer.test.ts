import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { vegaChartDrawer } from '../../../src/adapters/vega-chart-drawer.ts';
import type { ChartSpec } from '../../../src/domain/answer.ts';
import type { ResultTable } from '../../../src/domain/result-table.ts';

const drawer = vegaChartDrawer();
afterAll(() => drawer.close());

const table: ResultTable = {
  columns: [
    { name: 'category', type: 'text' },
    { name: 'revenue', type: 'decimal', unit: { kind: 'money', of: 'GBP' } },
  ],
  rows: [
    ['Boots', '1200.50'],
    ['Sandals', '300.00'],
  ],
  truncated: false,
};
const spec: ChartSpec = {
  kind: 'bar',
  title: 'Revenue by category',
  x: 'category',
  y: ['revenue'],
  series: null,
  unitLabel: 'GBP',
  source: 'Plumbline',
};

describe('drawing a chart', () => {
  it('draws figures with their courses as a PNG, of few, many and equal values, with names that are no marks', async () => {
    for (const values of [[], [3], [2, 2, 2], Array.from({ length: 28 }, (_, day) => day % 7)]) {
      const tile = { label: '<b>Returns & more</b>', value: '£1,234.50', values };
      const png = await drawer.drawTrends([tile, tile, tile, tile]);
      expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    }
  });

  it.each(['bar', 'line', 'area', 'pie', 'stacked-bar'] as const)(
    'draws a %s chart as a PNG',
    async (kind) => {
      const png = await drawer.draw(
        { ...spec, kind, series: kind === 'stacked-bar' ? 'category' : null },
        table,
      );
      expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    },
  );

  it('shows text: another title is another picture', async () => {
    const [one, other] = await Promise.all([
      drawer.draw(spec, table),
      drawer.draw({ ...spec, title: 'Another title' }, table),
    ]);
    expect(hash(one)).not.toBe(hash(other));
  });
});

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
