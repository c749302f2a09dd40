import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileQuery } from '../../../src/composer/compose-query.ts';
import { type MetricQuery, metricQuery } from '../../../src/domain/metric-query.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { putRetail, someRetail } from './some-retail.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
let at: AWarehouse;

beforeAll(async () => {
  at = await aWarehouse();
  await putRetail(at.warehouse, someRetail(4711));
});
afterAll(() => at.close());

type Row = Record<string, string | number | null>;

async function run(part: Partial<MetricQuery> & { metrics: string[] }): Promise<Row[]> {
  const outcome = compileQuery(metricQuery(part), model);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { sql, params, columns } = outcome.compiled;
  const table = await at.warehouse.read({ sql, params, schema: 'retail', maxRows: 5_000, timeoutMs: 20_000 });
  return table.rows.map((cells) =>
    Object.fromEntries(columns.map(({ name }, n) => [name, (cells[n] ?? null) as string | number | null])),
  );
}

const number = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);
const sum = (rows: Row[], column: string): number => rows.reduce((so, row) => so + number(row, column), 0);
const member = fc.constantFrom('order_number', 'customer', 'product', 'branch');
const limit = fc.integer({ min: 1, max: 4 });

it('counts and sums only the members that meet the condition, as plain loops over all members do', async () => {
  await fc.assert(
    fc.asyncProperty(member, fc.integer({ min: 1, max: 400 }), async (dimension, least) => {
      const each = await run({ metrics: ['revenue', 'orders'], dimensions: [dimension] });
      const meet = each.filter((row) => row[dimension] !== null && number(row, 'revenue') > least);
      const members = [
        {
          dimension,
          having: [{ metric: 'revenue', operator: 'more-than' as const, values: [`${least}`] }],
          ranking: null,
        },
      ];
      const [total] = await run({ metrics: ['revenue'], members });
      expect(number(total, 'revenue')).toBeCloseTo(sum(meet, 'revenue'), 2);
      if (dimension === 'order_number') {
        const [orders] = await run({ metrics: ['orders'], members });
        expect(number(orders, 'orders')).toBe(meet.length);
      }
      if (dimension === 'customer') {
        const [people] = await run({ metrics: ['unique_customers'], members });
        expect(number(people, 'unique_customers')).toBe(
          meet.filter((row) => number(row, 'orders') > 0).length,
        );
      }
    }),
    { numRuns: 15 },
  );
});

it('gives the best members together, and their share of all', async () => {
  await fc.assert(
    fc.asyncProperty(limit, async (count) => {
      const each = await run({ metrics: ['revenue'], dimensions: ['product'] });
      const best = each.filter((row) => row['product'] !== null).slice(0, count);
      const [row] = await run({
        metrics: ['revenue'],
        calculations: [{ kind: 'share-of-total' }],
        members: [
          { dimension: 'product', having: [], ranking: { by: 'revenue', direction: 'top', limit: count } },
        ],
      });
      expect(number(row, 'revenue')).toBeCloseTo(sum(best, 'revenue'), 2);
      expect(number(row, 'revenue_share')).toBeCloseTo(sum(best, 'revenue') / sum(each, 'revenue'), 5);
    }),
    { numRuns: 6 },
  );
});

it('judges the members of each period by that period', async () => {
  const period = { from: '2025-02-10', to: '2025-03-01' };
  const before = { from: '2025-01-25', to: '2025-02-10' };
  const having = [{ metric: 'revenue', operator: 'more-than' as const, values: ['60'] }];
  const members = [{ dimension: 'order_number', having, ranking: null }];
  const [both] = await run({
    metrics: ['orders'],
    period,
    comparison: { kind: 'period', period: before },
    members,
  });
  const [now] = await run({ metrics: ['orders'], period, members });
  const [then] = await run({ metrics: ['orders'], period: before, members });
  expect([both?.['orders'], both?.['orders_before']]).toEqual([now?.['orders'], then?.['orders']]);
});

it('ranks inside each group, and inside each month, as sorting every group by hand does', async () => {
  await fc.assert(
    fc.asyncProperty(
      limit,
      fc.constantFrom('top' as const, 'bottom' as const),
      fc.boolean(),
      async (count, direction, byTime) => {
        const grain = byTime ? ('month' as const) : null;
        const group = byTime ? 'period_start' : 'branch';
        const dimensions = byTime ? ['category'] : ['branch', 'category'];
        const all = (await run({ metrics: ['revenue'], dimensions, grain })).filter(
          (row) => row['category'] !== null && row[group] !== null,
        );
        const ranked = await run({
          metrics: ['revenue'],
          dimensions,
          grain,
          ranking: { by: 'revenue', direction, limit: count, withRest: false, within: group },
        });
        const groups = [...new Set(ranked.map((row) => row[group]))];
        for (const one of groups) {
          const mine = ranked.filter((row) => row[group] === one).map((row) => number(row, 'revenue'));
          const sorted = all
            .filter((row) => row[group] === one)
            .map((row) => number(row, 'revenue'))
            .toSorted((a, b) => (direction === 'top' ? b - a : a - b));
          expect(mine).toEqual(sorted.slice(0, mine.length));
          expect(mine.length).toBeLessThanOrEqual(count);
        }
        expect(groups.length).toBeGreaterThan(1);
      },
    ),
    { numRuns: 8 },
  );
});

it('puts all others together beside the values that were named, and loses nothing', async () => {
  const each = await run({ metrics: ['revenue'], dimensions: ['category'] });
  const name = String(each.find((row) => row['category'] !== null)?.['category'] ?? '');
  const rows = await run({
    metrics: ['revenue'],
    dimensions: ['category'],
    apart: { dimension: 'category', values: [name] },
  });
  expect(new Set(rows.map((row) => row['category']))).toEqual(new Set(['all others', name]));
  expect(sum(rows, 'revenue')).toBeCloseTo(sum(each, 'revenue'), 2);
  expect(
    number(
      rows.find((row) => row['category'] === name),
      'revenue',
    ),
  ).toBeCloseTo(
    number(
      each.find((row) => row['category'] === name),
      'revenue',
    ),
    2,
  );
});

it('tells apart who was there at another time too, and who was not', async () => {
  const months = await run({ metrics: ['orders'], grain: 'month' });
  const days = months.map(({ period_start }) => String(period_start)).sort();
  const half = days.at(-1) ?? '';
  const [early, late] = [
    { from: days[0] ?? '', to: half },
    { from: half, to: '2100-01-01' },
  ];
  const having = [{ metric: 'orders', operator: 'at-least' as const, values: ['1'] }];
  const of = (without: boolean) => [{ dimension: 'customer', having, ranking: null, period: late, without }];
  const each = await run({ metrics: ['revenue'], dimensions: ['customer'], period: early });
  const since = await run({ metrics: ['orders'], dimensions: ['customer'], period: late });
  const back = new Set(since.filter((row) => number(row, 'orders') > 0).map(({ customer }) => customer));
  const known = each.filter(({ customer }) => customer !== null);
  for (const without of [true, false]) {
    const [total] = await run({ metrics: ['revenue'], period: early, members: of(without) });
    const meant = known.filter(({ customer }) => back.has(customer ?? null) !== without);
    expect(meant.length).toBeGreaterThan(0);
    expect(number(total, 'revenue')).toBeCloseTo(sum(meant, 'revenue'), 2);
  }
});
