import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { PlannerScope } from './planner-scope.ts';

/** Nothing has happened yet in a period that has not begun; a budget may have it. */
export function future(plan: Plan, scope: PlannerScope): PlannerReply | undefined {
  if (plan.kind !== 'metrics' || !plan.query.period || plan.query.period.from <= scope.time.today)
    return undefined;
  if (plan.query.metrics.some((name) => /budget|forecast/.test(name))) return undefined;
  return {
    kind: 'refuse',
    reason: 'cannot-answer',
    text: `That is in the future, and I do not predict: today is ${scope.time.today}.`,
  };
}
