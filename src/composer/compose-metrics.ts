import type { Filter } from '../domain/metric-query.ts';
import type { ColumnType } from '../domain/result-table.ts';
import type { ModelMeasure, ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import { safeDivide } from './compose-draft.ts';

/** A simple metric with the alternative that was chosen for this query; its column is named after the metric. */
export type Base = {
  metric: string;
  measure: ModelMeasure;
  /** The metrics of the question that it is a part of. */
  partOf: string[];
};

/** Whether a filter narrows this part: one that is of some metrics narrows only theirs. */
export function narrows(filter: Filter, { partOf }: Pick<Base, 'partOf'>): boolean {
  return filter.of === undefined || filter.of.some((name) => partOf.includes(name));
}

/** The simple metrics that these metrics are made of, each once. */
export function simpleMetricsOf(model: SemanticModel, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    const metric = model.metrics.get(name);
    if (!metric) return;
    if (metric.kind === 'simple') found.add(name);
    else for (const part of metricParts(metric)) visit(part);
  };
  for (const name of names) visit(name);
  return [...found];
}

export function metricParts(metric: ModelMetric): string[] {
  if (metric.kind === 'simple') return [];
  return metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [...metric.plus, ...metric.minus];
}

export type MetricSqlOptions = {
  /** Picks the columns of the other period. */
  suffix?: string;
  /** In a SELECT of one row per group: a group without a budget has a budget of zero, if any group has one. */
  amongGroups?: boolean;
};

/** The metric's value over columns named after simple metrics. */
export function metricSql(
  model: SemanticModel,
  name: string,
  bases: readonly Base[],
  options: MetricSqlOptions = {},
): string {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'simple') return `${name}${options.suffix ?? ''}`;
  const part = (of: string) => orZero(model, of, bases, metricSql(model, of, bases, options));
  if (metric.kind === 'ratio') return safeDivide(part(metric.numerator), part(metric.denominator));
  const term = (of: string) => {
    const sql = part(of);
    const isUnknown = model.metrics.get(of)?.kind === 'simple' && !isZeroWhenNone(model, of, bases);
    return isUnknown && options.amongGroups
      ? `coalesce(${sql}, case when count(${sql}) over () > 0 then 0 end)`
      : sql;
  };
  const minus = metric.minus.map((of) => ` - ${term(of)}`).join('');
  return `(${metric.plus.map(term).join(' + ')}${minus})`;
}

/** No rows are zero for sums and counts, and unknown for averages, ratios and what the model says. */
export function orZero(model: SemanticModel, name: string, bases: readonly Base[], sql: string): string {
  return isZeroWhenNone(model, name, bases) && model.metrics.get(name)?.kind === 'simple'
    ? `coalesce(${sql}, 0)`
    : sql;
}

export function isZeroWhenNone(model: SemanticModel, name: string, bases: readonly Base[]): boolean {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'ratio') return false;
  if (metric.kind === 'derived')
    return metricParts(metric).every((part) => isZeroWhenNone(model, part, bases));
  const measure = bases.find((base) => base.metric === name)?.measure;
  if (!measure) return false;
  if (measure.when_none) return measure.when_none === 'zero';
  if (measure.per) return measure.per.take === 'count';
  return ['sum', 'count', 'count_distinct'].includes(measure.aggregate);
}

/** Whether groups of this metric add up to their total (and, over time, buckets to the period). */
export function additivityOf(
  model: SemanticModel,
  name: string,
  bases: readonly Base[],
): ModelMeasure['additive'] {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'ratio') return 'none';
  if (metric.kind === 'simple') {
    return bases.find((base) => base.metric === name)?.measure.additive ?? 'none';
  }
  const parts = metricParts(metric).map((part) => additivityOf(model, part, bases));
  return weakest(parts);
}

/** What a sum of parts adds up over: only what all of them do. */
export function weakest(parts: readonly ModelMeasure['additive'][]): ModelMeasure['additive'] {
  const kinds = new Set(parts.filter((part) => part !== 'all'));
  const [only] = kinds;
  return kinds.size > 1 ? 'none' : (only ?? 'all');
}

export function addsOverTime(additivity: ModelMeasure['additive']): boolean {
  return additivity === 'all' || additivity === 'over-time';
}

/** A share of a total has a meaning for amounts and counts, not for ratios, means and extremes. */
export function canBeShared(model: SemanticModel, name: string, bases: readonly Base[]): boolean {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'ratio') return false;
  if (metric.kind === 'derived') return metricParts(metric).every((part) => canBeShared(model, part, bases));
  const measure = bases.find((base) => base.metric === name)?.measure;
  if (!measure) return false;
  if (measure.per) return measure.per.take === 'count';
  return ['sum', 'count', 'count_distinct'].includes(measure.aggregate);
}

export function metricType(model: SemanticModel, name: string): ColumnType {
  const metric = model.metrics.get(name);
  if (!metric || metric.kind === 'ratio') return 'decimal';
  if (metric.kind === 'derived') {
    return metricParts(metric).every((part) => metricType(model, part) === 'integer') ? 'integer' : 'decimal';
  }
  const measure = metric.measures[0];
  const counts = measure?.aggregate === 'count' || measure?.aggregate === 'count_distinct';
  return measure?.per
    ? measure.per.take === 'count'
      ? 'integer'
      : 'decimal'
    : counts
      ? 'integer'
      : 'decimal';
}
