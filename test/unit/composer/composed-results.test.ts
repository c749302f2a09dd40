import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, decimal, toText } from '../../../src/domain/decimal.ts';
import { additive, anyMetric, check, dimension, grain, period, shop, values } from './any-query.ts';
import { type Row, randomShops } from './random-shops.ts';
import { type ReckonQuery, reckon } from './reckon.ts';

const shops = randomShops();

const sum = (rows: Row[], column: string) => {
  const total = rows.reduce((so, row) => add(so, decimal(String(row[column] ?? 0))), decimal('0'));
  return Number(toText(total));
};

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
          const expected = reckon(shops.retail(at), query);
          const got = await shops.run(at, {
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
          const total = sum(await shops.run(at, { metrics: [metric], period: span }), metric);
          expect(
            sum(
              await shops.run(at, { metrics: [metric], dimensions: [by], grain: everyGrain, period: span }),
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
          const total = sum(await shops.run(at, { metrics: [metric], period: span }), metric);
          const ranked = await shops.run(at, {
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
          const ranked = await shops.run(at, {
            metrics: ['unique_customers'],
            dimensions: [by],
            period: span,
            ranking: { by: 'unique_customers', direction: 'top', limit, withRest: true },
          });
          const top = ranked.filter((row) => row.row_kind === 'item').map((row) => String(row[by]));
          const rest = ranked.find((row) => row.row_kind === 'rest');
          const without = await shops.run(at, {
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
          const total = sum(await shops.run(at, { metrics: [metric], period: span }), metric);
          const chosen =
            operators[0] === 'is-empty' ? [] : operators[0] === 'contains' ? some.slice(0, 1) : some;
          let parts = 0;
          for (const operator of operators) {
            parts += sum(
              await shops.run(at, {
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

  it('make shares of a part in each group that are the part over the group', async () => {
    await check(
      fc.asyncProperty(shop, dimension, period, async (at, by, span) => {
        if (by === 'channel') return;
        const asked = { metrics: ['revenue'], dimensions: [by], period: span };
        const web = [{ dimension: 'channel', operator: 'in' as const, values: ['web'] }];
        const shares = await shops.run(at, {
          ...asked,
          filters: web,
          calculations: [{ kind: 'share-of-total', whole: ['channel'] }],
        });
        const wholes = new Map((await shops.run(at, asked)).map((row) => [row[by], Number(row.revenue)]));
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
          const rows = await shops.run(at, {
            metrics: [metric],
            dimensions: [by],
            period: span,
            calculations: [{ kind: 'share-of-total' }],
          });
          const [one] = rows;
          if (!one) return;
          const only = await shops.run(at, {
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

  it('keep only groups that pass a condition on a metric', async () => {
    const all = await shops.run(0, { metrics: ['revenue', 'orders'], dimensions: ['product'] });
    const some = await shops.run(0, {
      metrics: ['revenue'],
      dimensions: ['product'],
      having: [{ metric: 'orders', operator: 'at-least', values: ['15'] }],
    });
    const passing = all.filter((row) => Number(row.orders) >= 15).map((row) => row.product);
    expect(new Set(some.map((row) => row.product))).toEqual(new Set(passing));
    expect(some.length).toBeLessThan(all.length);
  });
});
