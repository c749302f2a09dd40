import { metricQuery } from '../domain/metric-query.ts';
import type { PlannerReply } from '../domain/plan.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlannerScope } from './planner-scope.ts';

/**
 * Where nothing at all is loaded of what is asked for, no other word of the question matters: the figure is looked up
 * plainly, and the answer says that it is not loaded.
 */
export function planNothingLoaded(reading: Reading, scope: PlannerScope): PlannerReply | undefined {
  const [metric] = reading.metrics;
  if (metric === undefined || !reading.metrics.every((name) => isUnloaded(name, scope))) return undefined;
  const { span } = reading.periods;
  const query = metricQuery({ metrics: [metric], period: span ? periodOf(span) : null });
  return { kind: 'plan', plan: { kind: 'metrics', query }, confidence: 0.9, planner: 'offline', notes: [] };
}

function isUnloaded(name: string, scope: PlannerScope): boolean {
  const metric = scope.model.metrics.get(name);
  if (!metric) return false;
  if (metric.kind === 'ratio') return isUnloaded(metric.numerator, scope);
  if (metric.kind === 'derived') return metric.plus.every((part) => isUnloaded(part, scope));
  return metric.measures.every(({ entity }) => scope.rows?.[entity] === 0);
}
