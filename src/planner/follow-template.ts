import type { Plan, PlannerReply } from '../domain/plan.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import { isFollowUp } from './plan-follow-up.ts';
import type { PlannerScope } from './planner-scope.ts';

/** A vetted query keeps its place in the thread: another period, or a picture of the same rows. */
export function followTemplate(
  reading: Reading,
  last: Extract<Plan, { kind: 'template' }>,
  scope: PlannerScope,
  question: string,
): PlannerReply | undefined {
  const others =
    reading.metrics.length + reading.dimensions.length + reading.filters.length + reading.unknown.length;
  if (
    others > 0 ||
    reading.leftovers.length > 0 ||
    reading.conditions.length > 0 ||
    !isFollowUp(reading, question)
  )
    return undefined;
  const again = (plan: Plan, notes: string[]): PlannerReply => ({
    kind: 'plan',
    plan,
    confidence: 0.9,
    planner: 'offline',
    notes,
  });
  const { span, comparison, unclear, problem } = reading.periods;
  if (reading.roles.has('chart') && span === undefined) return again(last, ['as a chart']);
  if (!span || comparison || unclear || problem || !last.period || reading.ranking) return undefined;
  const period = periodOf(span);
  return again(
    { ...last, period, parameters: { ...last.parameters, from: span.from, to: span.to } },
    reading.notes,
  );
}
