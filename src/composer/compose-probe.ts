import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { ModelMeasure, ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import { simpleMetricsOf } from './compose-metrics.ts';
import { type CompiledQuery, compileQuery } from './compose-query.ts';

/** How much of a query to keep: all of it, its period without its filters, its filters without its period, or none. */
export type ProbeScope = 'same' | 'period' | 'filters' | 'everything';

export type Probe = CompiledQuery & {
  /** The simple metrics looked at; the result's columns are for each `<name>_known`, `<name>_counting`. */
  parts: string[];
};

/**
 * Counts what stands behind a query's figures: per simple metric, the rows that know a value at all, and those whose
 * value is not zero. Tells 'really none' from 'never recorded'. Null where the model cannot say.
 */
export function composeProbe(query: MetricQuery, scope: ProbeScope, model: SemanticModel): Probe | null {
  const parts = simpleMetricsOf(model, query.metrics).slice(0, 4);
  const metrics = new Map(model.metrics);
  for (const name of parts) {
    const metric = model.metrics.get(name);
    if (metric?.kind !== 'simple') continue;
    metrics.set(
      `${name}_known`,
      counting(metric, `${name}_known`, (measure) => measure.sql),
    );
    metrics.set(`${name}_counting`, counting(metric, `${name}_counting`, notZero));
  }
  const timed = parts.every((name) => {
    const metric = model.metrics.get(name);
    return metric?.kind === 'simple' && metric.measures.every(({ time }) => time !== null);
  });
  const filtered = scope === 'same' || scope === 'filters';
  const compiled = compileQuery(
    metricQuery({
      metrics: parts.flatMap((name) => [`${name}_known`, `${name}_counting`]),
      filters: filtered ? query.filters : [],
      segments: filtered ? query.segments : [],
      period: timed && (scope === 'same' || scope === 'period') ? query.period : null,
    }),
    { ...model, metrics },
  );
  return compiled.ok ? { ...compiled.compiled, parts } : null;
}

type Simple = Extract<ModelMetric, { kind: 'simple' }>;

function counting(
  metric: Simple,
  name: string,
  sqlFor: (measure: ModelMeasure) => string | undefined,
): ModelMetric {
  return {
    ...metric,
    name,
    unit: { kind: 'count', of: 'rows' },
    measures: metric.measures.map(({ per: _per, sql: _sql, ...measure }) => {
      const sql = sqlFor({ ...measure, ...(_sql ? { sql: _sql } : {}) });
      return {
        ...measure,
        aggregate: 'count',
        additive: 'all',
        when_none: 'zero',
        ...(sql ? { sql } : {}),
      };
    }),
  };
}

/** Sums, means and extremes are of numbers; counts are of what is there. */
function notZero({ aggregate, sql }: ModelMeasure): string | undefined {
  if (!sql || aggregate === 'count' || aggregate === 'count_distinct') return sql;
  return `case when ${sql} <> 0 then 1 end`;
}
