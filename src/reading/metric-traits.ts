import type { ModelMetric, SemanticModel } from '../model/semantic-model.ts';

export function isAdditive(metric: ModelMetric, model: SemanticModel): boolean {
  if (metric.kind === 'ratio') return false;
  if (metric.kind === 'derived')
    return [...metric.plus, ...metric.minus].every((name) => {
      const part = model.metrics.get(name);
      return part !== undefined && isAdditive(part, model);
    }); // prettier-ignore
  return metric.measures.every(
    (measure) =>
      measure.additive === 'all' ||
      measure.additive === 'not-over-time' ||
      measure.aggregate === 'count_distinct',
  );
}

/** Metrics that are averages or rates already. */
export function isAverage(metric: ModelMetric): boolean {
  if (
    metric.kind === 'ratio' ||
    metric.unit.kind === 'share' ||
    metric.unit.kind === 'days' ||
    metric.unit.kind === 'ratio'
  )
    return true;
  return (
    metric.kind === 'simple' &&
    metric.measures.every((measure) => measure.aggregate === 'average' || measure.per?.take === 'median')
  );
}

/** Lengths of time: the fastest has the lowest. */
export function isDuration(metric: ModelMetric): boolean {
  return metric.unit.kind === 'days' || (metric.unit.kind === 'ratio' && metric.unit.of === 'hours');
}

/** Levels and what is on file or still open: how it stands, not what happened in a time. */
export function isStanding(name: string, model: SemanticModel): boolean {
  if (name === 'undelivered_orders') return true;
  const metric = model.metrics.get(name);
  return metric?.kind === 'simple' && metric.measures.every(({ time, as_of }) => time === null || as_of);
}
