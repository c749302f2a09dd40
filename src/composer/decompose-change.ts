import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { Period } from '../domain/period.ts';
import type { ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import { newDraft, selectText } from './compose-draft.ts';
import { reachableSource } from './compose-joins.ts';
import { canBeShared } from './compose-metrics.ts';
import { type ComposeProblem, metricsReaching, planQuery } from './compose-plan.ts';
import { type CompiledQuery, compileQuery, tableNames } from './compose-query.ts';
import { writeSource } from './compose-source.ts';

export type WhyInput = {
  metric: string;
  /** Its filters, segments and period count; its breakdowns do not. */
  query: MetricQuery;
  before: Period;
  /** Empty: the usual suspects that the metric reaches. */
  dimensions: string[];
};

/** Everything to run for one 'why'. Each reads both periods; `explainChange` turns the results into parts. */
export type WhyQueries = {
  metric: ModelMetric;
  /** 'sum': parts add up. 'ratio': parts are effects of rate and of mix. */
  kind: 'sum' | 'ratio';
  total: CompiledQuery;
  /** `asked`: the question named it, so it is told even when it explains nothing. */
  byDimension: { dimension: string; asked: boolean; compiled: CompiledQuery }[];
  /** Revenue only: orders and average order value. */
  ordersAndValue: CompiledQuery | null;
  /** Revenue only: price, volume, products that are new and that are gone; the mix is what is left. */
  priceAndVolume: CompiledQuery | null;
};

export type WhyOutcome = { ok: true; why: WhyQueries } | { ok: false; problems: ComposeProblem[] };

const USUAL_SUSPECTS = [
  'branch',
  'category',
  'channel',
  'country',
  'customer_type',
  'account',
  'payment_method',
  'state',
  'brand',
];

/** 'Why did revenue fall?': the queries whose results add up, exactly, to the change between two periods. */
export function decomposeChange(input: WhyInput, model: SemanticModel): WhyOutcome {
  const { metric: name, query, before } = input;
  const metric = model.metrics.get(name);
  if (!metric) return failed('unknown-metric', `There is no metric '${name}'.`, name);
  if (!query.period) return failed('bad-combination', 'A change needs two periods.', name);
  const base = (metrics: string[], dimensions: string[]): MetricQuery =>
    metricQuery({
      metrics,
      dimensions,
      filters: query.filters,
      segments: query.segments,
      period: query.period,
      comparison: { kind: 'period', period: before },
    });
  const planned = planQuery(base([name], []), model);
  if (!planned.ok) return planned;
  const sums = canBeShared(model, name, planned.plan.bases);
  if (!sums && metric.kind !== 'ratio') {
    return failed(
      'bad-combination',
      `A change of ${metric.label.toLowerCase()} cannot be taken apart.`,
      name,
    );
  }
  const parts = metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [name];
  const total = compileQuery(base(parts, []), model);
  if (!total.ok) return total;
  const byDimension: WhyQueries['byDimension'] = [];
  for (const dimension of suspects(input, model, name)) {
    const by = compileQuery(base(parts, [dimension]), model);
    if (by.ok)
      byDimension.push({ dimension, asked: input.dimensions.includes(dimension), compiled: by.compiled });
    else if (input.dimensions.includes(dimension)) return by;
  }
  const isRevenue = name === 'revenue';
  return {
    ok: true,
    why: {
      metric,
      kind: metric.kind === 'ratio' ? 'ratio' : 'sum',
      total: total.compiled,
      byDimension,
      ordersAndValue: isRevenue ? compiledOrNull(base(['revenue', 'orders_with_lines'], []), model) : null,
      priceAndVolume: isRevenue ? priceAndVolume(base(['revenue', 'units'], ['product_id']), model) : null,
    },
  };
}

function failed(code: ComposeProblem['code'], message: string, metric: string): WhyOutcome {
  return { ok: false, problems: [{ code, message, metric }] };
}

/** A dimension that the question is already narrowed to has nothing to tell. */
function suspects(input: WhyInput, model: SemanticModel, metric: string): string[] {
  if (input.dimensions.length > 0) return input.dimensions;
  const narrowed = new Set(
    input.query.filters
      .filter(({ operator, values }) => operator === 'in' && values.length === 1)
      .map((one) => one.dimension),
  );
  return USUAL_SUSPECTS.filter((name) => {
    const dimension = model.dimensions.get(name);
    return dimension && !narrowed.has(name) && metricsReaching(model, [dimension]).includes(metric);
  });
}

function compiledOrNull(query: MetricQuery, model: SemanticModel): CompiledQuery | null {
  const outcome = compileQuery(query, model);
  return outcome.ok ? outcome.compiled : null;
}

/**
 * Price: today's quantities at today's price less at the price before. Volume: the change of quantity at the average
 * price before. Both over products sold in both periods; new and dropped products are effects of their own.
 */
function priceAndVolume(query: MetricQuery, model: SemanticModel): CompiledQuery | null {
  const planned = planQuery(query, model);
  if (!planned.ok) return null;
  const { plan } = planned;
  const draft = newDraft(tableNames(model));
  const groupBy = plan.dimensions.map((dimension) => ({
    name: dimension.name,
    sqlFor: (measure: Parameters<typeof reachableSource>[1]) =>
      reachableSource(model, measure, dimension.sources) ?? '',
  }));
  const { filters, segments } = plan;
  const source = writeSource(
    plan,
    { groupBy, grain: null, purpose: 'totals', filters, segments, exclude: null, ofMembers: true },
    draft,
  );
  const both = 'units > 0 and units_before > 0';
  const atOldPrice =
    'cast(units as double precision) * cast(revenue_before as double precision) / nullif(units_before, 0)';
  const money = (sql: string) => `cast(round(${sql}, 4) as decimal(38, 4))`;
  const sums = draft.addStep(
    'product_sums',
    selectText({
      columns: [
        'coalesce(sum(revenue), 0) as revenue',
        'coalesce(sum(revenue_before), 0) as revenue_before',
        `coalesce(sum(case when coalesce(units_before, 0) <= 0 then coalesce(revenue, 0) - coalesce(revenue_before, 0) end), 0) as new_products`,
        `coalesce(sum(case when units_before > 0 and coalesce(units, 0) <= 0 then coalesce(revenue, 0) - revenue_before end), 0) as dropped_products`,
        `coalesce(sum(case when ${both} then cast(revenue as double precision) - ${atOldPrice} end), 0) as price_effect`,
        `sum(case when ${both} then units end) as kept_units`,
        `sum(case when ${both} then units_before end) as kept_units_before`,
        `coalesce(sum(case when ${both} then revenue end), 0) as kept_revenue`,
        `coalesce(sum(case when ${both} then revenue_before end), 0) as kept_revenue_before`,
      ],
      from: source.step,
    }),
  );
  const volume = `cast(kept_units - kept_units_before as double precision) * cast(kept_revenue_before as double precision) / nullif(kept_units_before, 0)`;
  const columns = [
    'revenue',
    'revenue_before',
    'new_products',
    'dropped_products',
    `${money('price_effect')} as price_effect`,
    `coalesce(${money(volume)}, 0) as volume_effect`,
    'kept_revenue',
    'kept_revenue_before',
  ];
  const { sql, params, tables } = draft.finish(selectText({ columns, from: sums }));
  const unit = { kind: 'money' as const, of: model.settings.currency };
  const names = [
    'revenue',
    'revenue_before',
    'new_products',
    'dropped_products',
    'price_effect',
    'volume_effect',
    'kept_revenue',
    'kept_revenue_before',
  ];
  return {
    sql,
    params,
    tables,
    notes: [],
    additive: {},
    columns: names.map((name) => ({
      name,
      label: name.replaceAll('_', ' '),
      type: 'decimal',
      unit,
      role: 'metric',
      metric: 'revenue',
    })),
  };
}
