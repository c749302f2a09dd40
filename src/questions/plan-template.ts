import type { PlannerReply } from '../domain/plan.ts';
import type { PlannerScope } from './plan-question.ts';
import type { Reading } from './understand-question.ts';

/** A vetted query whose examples have the question's shape, with all its parameters found. */
export function matchTemplate(
  _question: string,
  _reading: Reading,
  _scope: PlannerScope,
): PlannerReply | undefined {
  return undefined;
}
