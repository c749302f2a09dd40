import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompiledQuery } from '../../../src/composer/compose-query.ts';
import { decomposeChange } from '../../../src/composer/decompose-change.ts';
import { type Decomposition, explainChange } from '../../../src/composer/decompose-contributions.ts';
import { decimal, subtract, sum } from '../../../src/domain/decimal.ts';
import { metricQuery } from '../../../src/domain/metric-query.ts';
import type { Period } from '../../../src/domain/period.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { putRetail, rows, someRetail } from './some-retail.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
let at: AWarehouse;
beforeAll(async () => {
  at = await aWarehouse();
  await putRetail(at.warehouse, someRetail(99));
});
afterAll(() => at.close());

const now = { from: '2025-03-01', to: '2025-04-01' };
const before = { from: '2025-02-01', to: '2025-03-01' };

async function why(
  metric: string,
  dimensions: string[] = [],
  periods: { now: Period; before: Period } = { now, before },
  place: AWarehouse = at,
): Promise<Decomposition> {
  const query = metricQuery({ metrics: [metric], period: periods.now });
  const outcome = decomposeChange({ metric, query, before: periods.before, dimensions }, model);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const read = ({ sql, params }: CompiledQuery) =>
    place.warehouse.read({ sql, params, schema: 'retail', maxRows: 5_000, timeoutMs: 20_000 });
  const { total, byDimension, ordersAndValue, priceAndVolume } = outcome.why;
  return explainChange(outcome.why, {
    total: await read(total),
    byDimension: await Promise.all(byDimension.map(({ compiled }) => read(compiled))),
    ordersAndValue: ordersAndValue ? await read(ordersAndValue) : null,
    priceAndVolume: priceAndVolume ? await read(priceAndVolume) : null,
  });
}

const adds = (parts: { contribution: string }[], change: string) =>
  subtract(sum(parts.map((part) => decimal(part.contribution))), decimal(change)).units === 0n;

describe('why a metric changed', () => {
  it('is told in parts that add up to the change exactly, whatever metric, dimension and periods', async () => {
    const month = fc.integer({ min: 0, max: 40 }).map((n) => ({
      from: new Date(Date.UTC(2025, 0, 20 + n)).toISOString().slice(0, 10),
      to: new Date(Date.UTC(2025, 0, 45 + n)).toISOString().slice(0, 10),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'revenue',
          'orders',
          'units',
          'unique_customers',
          'return_rate',
          'average_order_value',
          'net_revenue',
        ),
        fc.constantFrom('branch', 'category', 'channel', 'product'),
        month,
        month,
        async (metric, dimension, first, second) => {
          const told = await why(metric, [dimension], { now: first, before: second });
          for (const { parts } of told.byDimension)
            expect(adds(parts, told.change), JSON.stringify(told)).toBe(true);
          if (told.byDimension.length === 0) expect(told.notes[0]).toContain('overlap');
          for (const effects of [told.ordersAndValue, told.priceAndVolume]) {
            if (effects.length > 0) expect(adds(effects, told.change), JSON.stringify(told)).toBe(true);
          }
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  it('takes the usual suspects that the metric reaches when no dimension is named', async () => {
    const told = await why('revenue');
    expect(told.byDimension.map(({ dimension }) => dimension)).toEqual(
      expect.arrayContaining(['branch', 'category', 'channel', 'customer_type']),
    );
    expect(told.byDimension.map(({ dimension }) => dimension)).not.toContain('payment_method');
  });

  it('says that people who are in several groups overlap', async () => {
    const told = await why('unique_customers', ['category']);
    const [by] = told.byDimension;
    expect(by?.parts.some(({ kind }) => kind === 'overlap')).toBe(true);
  });

  it('is a problem by value for a metric whose parts have no meaning', () => {
    const query = metricQuery({ metrics: ['median_order_value'], period: now });
    expect(
      decomposeChange({ metric: 'median_order_value', query, before, dimensions: [] }, model),
    ).toMatchObject({ ok: false });
  });
});

describe('the effects on revenue', () => {
  let small: AWarehouse;
  beforeAll(async () => {
    small = await aWarehouse();
    const item = (order: string, day: string, product: string, quantity: number, net: number) => [
      order,
      1,
      'sale',
      product,
      day,
      quantity,
      net / quantity,
      net,
      0,
      net,
      0,
      0,
      0,
      'b',
    ];
    const lines = [
      item('b1', '2025-02-10', 'kept', 10, 100),
      item('b2', '2025-02-11', 'gone', 2, 30),
      item('n1', '2025-03-10', 'kept', 15, 180),
      item('n2', '2025-03-11', 'fresh', 1, 50),
    ];
    await small.warehouse.write({
      token: 'effects',
      steps: [
        rows(
          'order_items',
          [
            'order_id',
            'line_no',
            'line_kind',
            'product_id',
            'order_date',
            'quantity',
            'unit_price',
            'gross_amount',
            'discount_amount',
            'net_amount',
            'tax_amount',
            'shipping_amount',
            'returned_quantity',
            'batch_id',
          ],
          lines,
        ),
      ],
    });
  });
  afterAll(() => small.close());

  it('are price, volume, new and dropped products, worked out by hand', async () => {
    const told = await why('revenue', ['product_id'], { now, before }, small);
    expect(told).toMatchObject({ now: '230', before: '130', change: '100' });
    expect(
      Object.fromEntries(told.priceAndVolume.map(({ name, contribution }) => [name, contribution])),
    ).toEqual({
      price: '30', // 15 pieces at 12 instead of 10
      volume: '50', // 5 more pieces at 10
      'new-products': '50',
      'dropped-products': '-30',
      mix: '0',
    });
    // Two orders in both periods: all of it is order value.
    expect(told.ordersAndValue.map(({ name, contribution }) => [name, contribution])).toEqual([
      ['orders', '0'],
      ['order-value', '100'],
    ]);
    expect(told.byDimension[0]?.parts.map(({ label, contribution }) => [label, contribution])).toEqual([
      ['kept', '80'],
      ['fresh', '50'],
      ['gone', '-30'],
    ]);
  });
});
