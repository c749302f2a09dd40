import { fileURLToPath } from 'node:url';
import { init, parse } from '@guanmingchiu/sqlparser-ts';
import sqlParser from 'node-sql-parser/build/redshift.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsReaching } from '../../../src/composer/compose-plan.ts';
import { compileQuery } from '../../../src/composer/compose-query.ts';
import { type MetricQuery, metricQuery } from '../../../src/domain/metric-query.ts';
import { createGuard, type Guard } from '../../../src/guard/vet-sql.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { readCatalogue, tablesIn } from '../../../src/warehouse/catalogue.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
const period = { from: '2025-03-01', to: '2025-04-01' };
const before = { from: '2025-02-01', to: '2025-03-01' };
let at: AWarehouse;
let guard: Guard;
beforeAll(async () => {
  at = await aWarehouse();
  await init();
  const tables = Object.values(tablesIn(await readCatalogue(), 'retail'));
  guard = createGuard({
    catalogue: {
      tables: Object.fromEntries(
        tables.map(({ name, columns }) => [name, { columns: Object.keys(columns) }]),
      ),
    },
  });
});
afterAll(() => at.close());

async function passes(part: Partial<MetricQuery> & { metrics: string[] }): Promise<void> {
  const outcome = compileQuery(metricQuery(part), model);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { sql, params, columns } = outcome.compiled;
  expect(guard.vet(sql, { params })).toMatchObject({ verdict: 'accepted', tables: outcome.compiled.tables });
  const table = await at.warehouse.read({ sql, params, schema: 'retail', maxRows: 500, timeoutMs: 20_000 });
  expect(table.columns.map(({ name, type }) => [name, type])).toEqual(
    columns.map(({ name, type }) => [name, type]),
  );
}

describe('every metric on an empty warehouse', () => {
  it.each([...model.metrics.keys()])('%s compiles, passes the guard and runs', async (metric) => {
    const reached = [...model.dimensions.values()].filter((one) =>
      metricsReaching(model, [one]).includes(metric),
    );
    const some = reached.filter((_, n) => n % 9 === metric.length % 9).slice(0, 2);
    const hasTime = compileQuery(metricQuery({ metrics: [metric], period }), model).ok;
    await passes({ metrics: [metric] });
    await passes({
      metrics: [metric],
      dimensions: some.map(({ name }) => name),
      period: hasTime ? period : null,
    });
    if (hasTime) {
      await passes({
        metrics: [metric],
        grain: 'week',
        period,
        comparison: { kind: 'previous-period', period: before },
      });
    }
  });

  it.each([...model.dimensions.keys()])('%s can break down and filter some metric', async (name) => {
    const dimension = model.dimensions.get(name);
    const metric = dimension ? metricsReaching(model, [dimension])[0] : undefined;
    expect(metric).toBeDefined();
    const value = { text: 'x', boolean: 'yes', number: '3', decimal: '2.5', date: '2025-01-01' }[
      dimension?.type ?? 'text'
    ];
    await passes({
      metrics: [metric ?? ''],
      dimensions: [name],
      filters: [{ dimension: name, operator: 'not-in', values: [value, `${value}`] }],
      ranking: { by: metric ?? '', direction: 'top', limit: 3, withRest: true },
    });
  });

  it.each([...model.segments.keys()])('%s can limit some metric', async (segment) => {
    const metric = [...model.metrics.keys()].find(
      (name) => compileQuery(metricQuery({ metrics: [name], segments: [segment] }), model).ok,
    );
    await passes({ metrics: [metric ?? ''], segments: [segment], period });
  });
});

describe('shapes of questions', () => {
  const shapes: [string, Partial<MetricQuery> & { metrics: string[] }][] = [
    [
      'several facts by a shared dimension',
      { metrics: ['revenue', 'refunds', 'payments', 'orders'], dimensions: ['branch', 'country'] },
    ],
    [
      'a ranking by change with the rest',
      {
        metrics: ['revenue'],
        dimensions: ['category'],
        period,
        comparison: { kind: 'previous-period', period: before },
        ranking: { by: 'revenue_change', direction: 'bottom', limit: 3, withRest: true },
      },
    ],
    [
      'a ranking over time with the rest, compared',
      {
        metrics: ['revenue', 'orders'],
        dimensions: ['category'],
        grain: 'week',
        period,
        comparison: { kind: 'previous-period', period: before },
        ranking: { by: 'revenue', direction: 'top', limit: 3, withRest: true },
      },
    ],
    [
      'shares within each month',
      {
        metrics: ['revenue'],
        dimensions: ['channel'],
        grain: 'month',
        calculations: [{ kind: 'share-of-total' }],
      },
    ],
    [
      'shares, compared, with a condition',
      {
        metrics: ['revenue'],
        dimensions: ['category'],
        period,
        comparison: { kind: 'previous-period', period: before },
        calculations: [{ kind: 'share-of-total' }],
        having: [{ metric: 'orders', operator: 'between', values: ['1', '9'] }],
      },
    ],
    [
      'shares of a part in each group, compared',
      {
        metrics: ['revenue'],
        dimensions: ['category'],
        period,
        filters: [{ dimension: 'channel', operator: 'in', values: ['web'] }],
        segments: ['by_new_customers'],
        comparison: { kind: 'previous-period', period: before },
        calculations: [{ kind: 'share-of-total', whole: ['channel', 'by_new_customers'] }],
      },
    ],
    [
      'a course over time with a condition',
      {
        metrics: ['revenue', 'orders'],
        grain: 'day',
        period,
        calculations: [{ kind: 'running-total' }, { kind: 'growth' }, { kind: 'moving-average', window: 7 }],
        having: [{ metric: 'orders', operator: 'at-least', values: ['3'] }],
      },
    ],
    [
      'an average per day by month',
      {
        metrics: ['revenue', 'average_order_value'],
        grain: 'month',
        dimensions: ['branch'],
        acrossGrain: { grain: 'day', aggregate: 'average' },
      },
    ],
    [
      'an average per day, compared and ranked with the rest',
      {
        metrics: ['revenue'],
        dimensions: ['branch'],
        period,
        acrossGrain: { grain: 'day', aggregate: 'average' },
        comparison: { kind: 'previous-period', period: before },
        ranking: { by: 'revenue', direction: 'top', limit: 2, withRest: true },
      },
    ],
    [
      'levels over time',
      { metrics: ['stock_on_hand', 'ledger_balance'], grain: 'month', dimensions: ['branch'] },
    ],
    [
      'the best days with the rest',
      {
        metrics: ['revenue', 'unique_customers'],
        grain: 'day',
        period,
        ranking: { by: 'revenue', direction: 'top', limit: 3, withRest: true },
      },
    ],
    [
      'every kind of filter',
      {
        metrics: ['revenue'],
        segments: ['online', 'on_weekends'],
        filters: [
          { dimension: 'category', operator: 'in', values: ['a', 'b'] },
          { dimension: 'category', operator: 'not-contains', values: ['c'] },
          { dimension: 'brand', operator: 'is-empty', values: [] },
          { dimension: 'city', operator: 'is-not-empty', values: [] },
          { dimension: 'product', operator: 'starts-with', values: ['d'] },
          { dimension: 'hour_of_day', operator: 'between', values: ['8', '12'] },
          { dimension: 'year', operator: 'at-least', values: ['2024'] },
          { dimension: 'year', operator: 'less-than', values: ['2026'] },
        ],
      },
    ],
  ];
  it.each(shapes)('%s', async (_, part) => passes(part));

  it('parses in both of the parsers that the guard asks', async () => {
    for (const [name, part] of shapes) {
      const outcome = compileQuery(metricQuery(part), model);
      if (!outcome.ok) throw new Error(name);
      const text = outcome.compiled.sql;
      expect(() => new sqlParser.Parser().astify(text, { database: 'redshift' }), name).not.toThrow();
      expect(parse(text.replace(/:(\w+)/g, '$1_value'), 'postgresql'), name).toHaveLength(1);
    }
  });

  it('is the same text every time', () => {
    for (const [, part] of shapes) {
      expect(compileQuery(metricQuery(part), model)).toEqual(compileQuery(metricQuery(part), model));
    }
  });
});

describe('a query that cannot be answered', () => {
  const problems = (part: Partial<MetricQuery> & { metrics: string[] }) => {
    const outcome = compileQuery(metricQuery(part), model);
    return outcome.ok ? [] : outcome.problems.map(({ code }) => code);
  };
  it.each<[string, Partial<MetricQuery> & { metrics: string[] }, string]>([
    ['an unknown metric', { metrics: ['happiness'] }, 'unknown-metric'],
    ['an unknown dimension', { metrics: ['revenue'], dimensions: ['colour'] }, 'unknown-dimension'],
    ['an unknown segment', { metrics: ['revenue'], segments: ['vip'] }, 'unknown-segment'],
    [
      'a dimension that would repeat rows',
      { metrics: ['revenue'], dimensions: ['payment_method'] },
      'unreachable',
    ],
    ['a dimension of another fact', { metrics: ['expenses'], dimensions: ['category'] }, 'unreachable'],
    ['a period of something without dates', { metrics: ['products_total'], period }, 'no-time'],
    [
      'a text filter with numbers',
      { metrics: ['revenue'], filters: [{ dimension: 'brand', operator: 'at-least', values: ['3'] }] },
      'bad-filter',
    ],
    [
      'a number filter with text',
      { metrics: ['revenue'], filters: [{ dimension: 'year', operator: 'in', values: ['last'] }] },
      'bad-filter',
    ],
    [
      'a ranking of nothing',
      { metrics: ['revenue'], ranking: { by: 'revenue', direction: 'top', limit: 3, withRest: false } },
      'bad-ranking',
    ],
    [
      'a ranking by an unknown figure',
      {
        metrics: ['revenue'],
        dimensions: ['brand'],
        ranking: { by: 'luck', direction: 'top', limit: 3, withRest: false },
      },
      'bad-ranking',
    ],
    ['growth without time', { metrics: ['revenue'], calculations: [{ kind: 'growth' }] }, 'bad-calculation'],
    [
      'a running total of people',
      { metrics: ['unique_customers'], grain: 'day', calculations: [{ kind: 'running-total' }] },
      'bad-calculation',
    ],
    [
      'a share of a ratio',
      { metrics: ['return_rate'], dimensions: ['brand'], calculations: [{ kind: 'share-of-total' }] },
      'bad-calculation',
    ],
    [
      'a comparison without a period',
      { metrics: ['revenue'], comparison: { kind: 'previous-period', period: before } },
      'bad-combination',
    ],
    [
      'an average per month by day',
      { metrics: ['revenue'], grain: 'day', acrossGrain: { grain: 'month', aggregate: 'average' } },
      'bad-combination',
    ],
  ])('%s is a problem by value', (_, part, code) => expect(problems(part)).toContain(code));

  it('names the metrics that can be had by a dimension that this one cannot', () => {
    const outcome = compileQuery(
      metricQuery({ metrics: ['revenue'], dimensions: ['payment_method'] }),
      model,
    );
    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ alternatives: expect.arrayContaining(['payments', 'orders']) }],
    });
  });
});
