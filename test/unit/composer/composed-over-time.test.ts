import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { additive, check, dimension, period, shop } from './any-query.ts';
import { randomShops } from './random-shops.ts';

const shops = randomShops();

describe('composed queries along the days of random small shops', () => {
  it('make months that are the sums of their days, and no gap between the days', async () => {
    await check(
      fc.asyncProperty(shop, additive, period, async (at, metric, span) => {
        const days = await shops.run(at, { metrics: [metric], period: span, grain: 'day' });
        const months = await shops.run(at, { metrics: [metric], period: span, grain: 'month' });
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
          const both = await shops.run(at, {
            metrics: [metric],
            dimensions,
            period: now,
            comparison: { kind: 'period', period: before },
          });
          for (const [span, column] of [
            [now, metric],
            [before, `${metric}_before`],
          ] as const) {
            const alone = await shops.run(at, { metrics: [metric], dimensions, period: span });
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
          const totals = await shops.run(at, { metrics: [metric], dimensions, period: span });
          const means = await shops.run(at, {
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
    const rows = await shops.run(0, {
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
    const both = await shops.run(0, {
      metrics: ['revenue'],
      grain: 'day',
      period: now,
      comparison: { kind: 'previous-period', period: before },
    });
    const alone = await shops.run(0, { metrics: ['revenue'], grain: 'day', period: before });
    expect(both.map((row) => [row.period_start_before, Number(row.revenue_before)])).toEqual(
      alone.map((row) => [row.period_start, Number(row.revenue)]),
    );
    expect(both).toHaveLength(7);
  });

  it('rank days among days, and leave days without sales out', async () => {
    const span = { from: '2025-02-01', to: '2025-03-01' };
    const days = (await shops.run(0, { metrics: ['revenue'], grain: 'day', period: span })).filter(
      (row) => Number(row.revenue) > 0,
    );
    const worst = await shops.run(0, {
      metrics: ['revenue'],
      grain: 'day',
      period: span,
      ranking: { by: 'revenue', direction: 'bottom', limit: 1, withRest: false },
    });
    expect(Number(worst[0]?.revenue)).toBe(Math.min(...days.map((row) => Number(row.revenue))));
  });
});
