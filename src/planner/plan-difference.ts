import type { MetricQuery } from '../domain/metric-query.ts';
import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { queryOf } from './plan-follow-up.ts';

const DIFFERENCE =
  /\b(?:difference|delta|compare (?:them|both|the two|those)|how much (?:more|less|higher|lower)|change in percent|percentage change)\b/i;

/** 'and the difference?' after the same figure of two periods is between those two. */
export function planDifference(reading: Reading, plans: (Plan | null)[]): PlannerReply | undefined {
  const own =
    reading.metrics.length + reading.dimensions.length + reading.filters.length + reading.unknown.length;
  if (!DIFFERENCE.test(reading.text) || own > 0 || reading.periods.span !== undefined) return undefined;
  const [one, other] = plans.flatMap((plan) => (plan ? [queryOf(plan)] : [])).slice(-2);
  if (!one?.period || !other?.period || one.comparison || other.comparison) return undefined;
  if (JSON.stringify(untimed(one)) !== JSON.stringify(untimed(other))) return undefined;
  const [earlier, later] = one.period.from < other.period.from ? [one, other] : [other, one];
  if (!earlier.period || earlier.period.from === later.period?.from) return undefined;
  const query: MetricQuery = { ...later, comparison: { kind: 'period', period: earlier.period } };
  return { kind: 'plan', plan: { kind: 'metrics', query }, confidence: 0.9, planner: 'offline', notes: [] };
}

function untimed(query: MetricQuery): MetricQuery {
  return { ...query, period: null };
}
