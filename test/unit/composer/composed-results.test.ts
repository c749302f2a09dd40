import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/composer/compose-query.ts';
import { add, decimal, toText } from '../../../src/domain/decimal.ts';
import { type MetricQuery, metricQuery } from '../../../src/domain/metric-query.ts';
import type { Cell } from '../../../src/domain/result-table.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { type ReckonQuery, reckon } from './reckon.ts';
import { putRetail, type Retail, someRetail } from './some-retail.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
const SEEDS = [11, 4711];
const shops: { at: AWarehouse; retail: Retail }[] = [];

beforeAll(async () => {
  for (const seed of SEEDS) {
    const at = await aWarehouse();
    const retail = someRetail(seed);
    await putRetail(at.warehouse, retail);
    shops.push({ at, retail });
  }
});
afterAll(async () => {
  for (const { at } of shops) await at.close();
});

type Row = Record<string, Cell>;

async function run(shop: number, part: Partial<MetricQuery> & { metrics: string[] }): Promise<Row[]> {
  const outcome = compileQuery(metricQuery(part), model);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { sql, params, columns } = outcome.compiled;
  const at = shops[shop]?.at;
  if (!at) throw new Error('no such shop');
  const table = await at.warehouse.read({ sql, params, schema: 'retail', maxRows: 5_000, timeoutMs: 20_000 });
  expect(table.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
  return table.rows.map((cells) =>
    Object.fromEntries(columns.map(({ name }, n) => [name, cells[n] ?? null])),
  );
}

const sum = (rows: Row[], column: string) => {
  const total = rows.reduce((so, row) => add(so, decimal(String(row[column] ?? 0))), decimal('0'));
  return Number(toText(total));
};

const period = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 50 }))
  .map(([start, length]) => ({ from: dayAt(start), to: dayAt(start + length) }));
const dayAt = (n: number) => new Date(Date.UTC(2025, 0, 25 + n)).toISOString().slice(0, 10);
const shop = fc.constantFrom(...SEEDS.keys());
const anyMetric = fc.constantFrom<ReckonQuery['metric']>(
  'revenue',
  'orders',
  'units',
  'unique_customers',
  'new_customers',
  'refunds',
  'return_rate',
  'repeat_customers',
  'average_order_value',
);
const additive = fc.constantFrom('revenue', 'units', 'refunds', 'lines', 'returned_units', 'net_revenue');
const dimension = fc.constantFrom<'category' | 'branch' | 'channel' | 'product'>(
  'category',
  'branch',
  'channel',
  'product',
);
const grain = fc.constantFrom<'day' | 'week' | 'month'>('day', 'week', 'month');
const values = fc.uniqueArray(
  fc.constantFrom('shoes', 'Boots', 'BAGS', 'Branch B1', 'web', 'Name of p1', 'unlisted'),
  { minLength: 1, maxLength: 3 },
);
const check = async (property: Parameters<typeof fc.assert>[0], numRuns: number) =>
  fc.assert(property, { numRuns, seed: 5, endOnFailure: true });

describe('composed queries over random small shops', () => {
  it('give what plain loops over the rows give', async () => {
    await check(
      fc.asyncProperty(
        shop,
        anyMetric,
        fc.option(dimension, { nil: null }),
        fc.option(grain, { nil: null }),
        period,
        fc.constantFrom('all', 'only', 'without'),
        values,
        async (at, metric, by, everyGrain, span, mode, some) => {
          const query: ReckonQuery = {
            metric,
            by: by === 'product' && metric === 'repeat_customers' ? null : by,
            grain: everyGrain,
            ...span,
            ...(by && mode === 'only' ? { only: some } : {}),
            ...(by && mode === 'without' ? { without: some } : {}),
          };
          if (metric === 'repeat_customers' && (by === 'category' || by === 'product')) return;
          const expected = reckon(shops[at]?.retail as Retail, query);
          const got = await run(at, {
            metrics: [metric],
            dimensions: query.by ? [query.by] : [],
            grain: query.grain,
            period: span,
            filters:
              query.by && mode !== 'all'
                ? [{ dimension: query.by, operator: mode === 'only' ? 'in' : 'not-in', values: some }]
                : [],
          });
          const money = metric === 'revenue' || metric === 'refunds';
          for (const row of got) {
            const key = [
              ...(query.grain ? [String(row.period_start)] : []),
              ...(query.by ? [String(row[query.by] ?? '(none)')] : []),
            ].join('|');
            const want = expected.get(key);
            const isRatio = metric === 'return_rate' || metric === 'average_order_value';
            const cell = row[metric] ?? null;
            if (want === undefined || want === null) {
              expect(
                cell === null || Number(cell) === 0,
                `${key} should be nothing, not ${String(cell)}`,
              ).toBe(true);
            } else if (isRatio) expect(Number(cell)).toBeCloseTo(want, 5);
            else expect(Number(cell), key).toBe(money ? want / 100 : want);
            expected.delete(key);
          }
          for (const [key, left] of expected) expect([key, left ?? 0]).toEqual([key, 0]);
        },
      ),
      150,
    );
  });

  it('make parts that add up to the total, for additive metrics', async () => {
    await check(
      fc.asyncProperty(
        shop,
        additive,
        dimension,
        fc.option(grain, { nil: null }),
        period,
        async (at, metric, by, everyGrain, span) => {
          const total = sum(await run(at, { metrics: [metric], period: span }), metric);
          expect(
            sum(
              await run(at, { metrics: [metric], dimensions: [by], grain: everyGrain, period: span }),
              metric,
            ),
          ).toBe(total);
        },
      ),
      40,
    );
  });

  it('make a top N and its rest that add up to the total', async () => {
    await check(
      fc.asyncProperty(
        shop,
        additive,
        dimension,
        fc.option(grain, { nil: null }),
        fc.constantFrom('top' as const, 'bottom' as const),
        fc.integer({ min: 1, max: 4 }),
        period,
        async (at, metric, by, everyGrain, direction, limit, span) => {
          const total = sum(await run(at, { metrics: [metric], period: span }), metric);
          const ranked = await run(at, {
            metrics: [metric],
            dimensions: [by],
            grain: everyGrain,
            period: span,
            ranking: { by: metric, direction, limit, withRest: true },
          });
          expect(sum(ranked, metric)).toBe(total);
          expect(
            new Set(ranked.filter((row) => row.row_kind === 'item').map((row) => row[by])).size,
          ).toBeLessThanOrEqual(limit);
        },
      ),
      40,
    );
  });

  it('count the rest of a ranking from its rows, not from its groups', async () => {
    await check(
      fc.asyncProperty(
        shop,
        dimension,
        fc.integer({ min: 1, max: 3 }),
        period,
        async (at, by, limit, span) => {
          const ranked = await run(at, {
            metrics: ['unique_customers'],
            dimensions: [by],
            period: span,
            ranking: { by: 'unique_customers', direction: 'top', limit, withRest: true },
          });
          const top = ranked.filter((row) => row.row_kind === 'item').map((row) => String(row[by]));
          const rest = ranked.find((row) => row.row_kind === 'rest');
          const without = await run(at, {
            metrics: ['unique_customers'],
            period: span,
            segments: [],
            filters: top.length > 0 ? [{ dimension: by, operator: 'not-in', values: top }] : [],
          });
          expect(Number(rest?.unique_customers ?? 0)).toBe(Number(without[0]?.unique_customers ?? 0));
        },
      ),
      25,
    );
  });

  it('make a filter and its opposite that add up to the total', async () => {
    await check(
      fc.asyncProperty(
        shop,
        additive,
        dimension,
        values,
        period,
        fc.constantFrom(
          ['in', 'not-in'] as const,
          ['contains', 'not-contains'] as const,
          ['is-empty', 'is-not-empty'] as const,
        ),
        async (at, metric, by, some, span, operators) => {
          const total = sum(await run(at, { metrics: [metric], period: span }), metric);
          const chosen =
            operators[0] === 'is-empty' ? [] : operators[0] === 'contains' ? some.slice(0, 1) : some;
          let parts = 0;
          for (const operator of operators) {
            parts += sum(
              await run(at, {
                metrics: [metric],
                period: span,
                filters: [{ dimension: by, operator, values: chosen }],
              }),
              metric,
            );
          }
          expect(parts).toBeCloseTo(total, 6);
        },
      ),
      40,
    );
  });

  it('make months that are the sums of their days, and no gap between the days', async () => {
    await check(
      fc.asyncProperty(shop, additive, period, async (at, metric, span) => {
        const days = await run(at, { metrics: [metric], period: span, grain: 'day' });
        const months = await run(at, { metrics: [metric], period: span, grain: 'month' });
        expect(days).toHaveLength((Date.parse(span.to) - Date.parse(span.from)) / 86_400_000);
        const byMonth = new Map<string, number>();
        for (const row of days) {
          const month = `${String(row.period_start).slice(0, 7)}-01`;
          byMonth.set(month, Math.round((byMonth.get(month) ?? 0) * 100 + Number(row[metric]) * 100) / 100);
        }
        expect(months.map((row) => [row.period_start, Number(row[metric])])).toEqual([...byMonth]);
      }),
      20,
    );
  });

  it('make shares of a part in each group that are the part over the group', async () => {
    await check(
      fc.asyncProperty(shop, dimension, period, async (at, by, span) => {
        if (by === 'channel') return;
        const asked = { metrics: ['revenue'], dimensions: [by], period: span };
        const web = [{ dimension: 'channel', operator: 'in' as const, values: ['web'] }];
        const shares = await run(at, {
          ...asked,
          filters: web,
          calculations: [{ kind: 'share-of-total', whole: ['channel'] }],
        });
        const wholes = new Map((await run(at, asked)).map((row) => [row[by], Number(row.revenue)]));
        for (const row of shares) {
          const whole = wholes.get(row[by]) ?? 0;
          if (whole === 0) expect(row.revenue_share).toBeNull();
          else expect(Number(row.revenue_share)).toBeCloseTo(Number(row.revenue) / whole, 5);
        }
      }),
      15,
    );
  });

  it('make shares that are each value over the total', async () => {
    await check(
      fc.asyncProperty(
        shop,
        fc.constantFrom('revenue', 'orders', 'unique_customers'),
        dimension,
        period,
        async (at, metric, by, span) => {
          const rows = await run(at, {
            metrics: [metric],
            dimensions: [by],
            period: span,
            calculations: [{ kind: 'share-of-total' }],
          });
          const [one] = rows;
          if (!one) return;
          const only = await run(at, {
            metrics: [metric],
            dimensions: [by],
            period: span,
            calculations: [{ kind: 'share-of-total' }],
            filters: [
              one[by] === null
                ? { dimension: by, operator: 'is-empty', values: [] }
                : { dimension: by, operator: 'in', values: [String(one[by])] },
            ],
          });
          if (one[by] !== null) expect(only[0]?.[`${metric}_share`]).toBe(one[`${metric}_share`]);
          if (metric === 'revenue')
            expect(rows.reduce((so, row) => so + Number(row.revenue_share), 0)).toBeCloseTo(1, 4);
        },
      ),
      25,
    );
  });

  it('hold two periods against each other group by group', async () => {
    await check(
      fc.asyncProperty(
        shop,
        fc.constantFrom('revenue', 'orders', 'average_order_value', 'unique_customers'),
        fc.option(dimension, { nil: null }),
        period,
        async (at, metric, by, now) => {
          const before = { from: '2025-01-20', to: '2025-02-20' };
          const dimensions = by ? [by] : [];
          const both = await run(at, {
            metrics: [metric],
            dimensions,
            period: now,
            comparison: { kind: 'period', period: before },
          });
          for (const [span, column] of [
            [now, metric],
            [before, `${metric}_before`],
          ] as const) {
            const alone = await run(at, { metrics: [metric], dimensions, period: span });
            const valueOf = new Map(alone.map((row) => [by ? row[by] : null, row[metric]]));
            for (const row of both) {
              expect(Number(row[column] ?? 0)).toBe(Number(valueOf.get(by ? (row[by] ?? null) : null) ?? 0));
            }
          }
          for (const row of both) {
            if (row[metric] === null || row[`${metric}_before`] === null) continue;
            expect(Number(row[`${metric}_change`])).toBeCloseTo(
              Number(row[metric]) - Number(row[`${metric}_before`]),
              5,
            );
          }
        },
      ),
      30,
    );
  });

  it('average over every day of the period, also those on which nothing was sold', async () => {
    await check(
      fc.asyncProperty(
        shop,
        fc.constantFrom('revenue', 'orders'),
        fc.option(dimension, { nil: null }),
        period,
        async (at, metric, by, span) => {
          const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000;
          const dimensions = by ? [by] : [];
          const totals = await run(at, { metrics: [metric], dimensions, period: span });
          const means = await run(at, {
            metrics: [metric],
            dimensions,
            period: span,
            acrossGrain: { grain: 'day', aggregate: 'average' },
          });
          const totalOf = new Map(totals.map((row) => [by ? row[by] : null, Number(row[metric] ?? 0)]));
          for (const row of means) {
            expect(Number(row[metric])).toBeCloseTo(
              (totalOf.get(by ? (row[by] ?? null) : null) ?? 0) / days,
              4,
            );
          }
        },
      ),
      25,
    );
  });

  it('run totals, growth and moving averages along the days', async () => {
    const rows = await run(0, {
      metrics: ['revenue', 'orders'],
      grain: 'day',
      period: { from: '2025-02-01', to: '2025-03-01' },
      calculations: [{ kind: 'running-total' }, { kind: 'growth' }, { kind: 'moving-average', window: 3 }],
    });
    const revenue = rows.map((row) => Number(row.revenue));
    rows.forEach((row, n) => {
      const soFar = revenue.slice(0, n + 1);
      expect(Number(row.revenue_running_total)).toBeCloseTo(
        soFar.reduce((a, b) => a + b, 0),
        4,
      );
      const last3 = soFar.slice(-3);
      expect(Number(row.revenue_moving_average)).toBeCloseTo(
        last3.reduce((a, b) => a + b, 0) / last3.length,
        4,
      );
      const last = revenue[n - 1];
      if (!last) expect(row.revenue_growth).toBeNull();
      else expect(Number(row.revenue_growth)).toBeCloseTo(((revenue[n] ?? 0) - last) / last, 5);
    });
  });

  it('align days by position when a period is held against another', async () => {
    const now = { from: '2025-03-03', to: '2025-03-10' };
    const before = { from: '2025-02-24', to: '2025-03-03' };
    const both = await run(0, {
      metrics: ['revenue'],
      grain: 'day',
      period: now,
      comparison: { kind: 'previous-period', period: before },
    });
    const alone = await run(0, { metrics: ['revenue'], grain: 'day', period: before });
    expect(both.map((row) => [row.period_start_before, Number(row.revenue_before)])).toEqual(
      alone.map((row) => [row.period_start, Number(row.revenue)]),
    );
    expect(both).toHaveLength(7);
  });

  it('rank days among days, and leave days without sales out', async () => {
    const span = { from: '2025-02-01', to: '2025-03-01' };
    const days = (await run(0, { metrics: ['revenue'], grain: 'day', period: span })).filter(
      (row) => Number(row.revenue) > 0,
    );
    const worst = await run(0, {
      metrics: ['revenue'],
      grain: 'day',
      period: span,
      ranking: { by: 'revenue', direction: 'bottom', limit: 1, withRest: false },
    });
    expect(Number(worst[0]?.revenue)).toBe(Math.min(...days.map((row) => Number(row.revenue))));
  });

  it('keep only groups that pass a condition on a metric', async () => {
    const all = await run(0, { metrics: ['revenue', 'orders'], dimensions: ['product'] });
    const some = await run(0, {
      metrics: ['revenue'],
      dimensions: ['product'],
      having: [{ metric: 'orders', operator: 'at-least', values: ['15'] }],
    });
    const passing = all.filter((row) => Number(row.orders) >= 15).map((row) => row.product);
    expect(new Set(some.map((row) => row.product))).toEqual(new Set(passing));
    expect(some.length).toBeLessThan(all.length);
  });
});
