import type { Plan, PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlannerScope } from './planner-scope.ts';

/** Words that are of personal data; 'e-mail newsletters' are not, and are refused for what they are. */
export function personalWords(reading: Reading, scope: PlannerScope): PlannerReply | undefined {
  if (scope.rights.personalData === 'clear' || reading.outside.length > 0) return undefined;
  const found = [
    ...reading.dimensions.map((one) => one.name),
    ...reading.texts.map((one) => one.dimension ?? ''),
  ]
    .map((one) => scope.model.dimensions.get(one))
    .find((one) => one?.personal === true);
  if (!found) return undefined;
  return {
    kind: 'refuse',
    reason: 'not-permitted',
    text: `${found.label} is personal data, which you may not see.`,
  };
}

export function personal(plan: Plan, scope: PlannerScope): PlannerReply | undefined {
  if (scope.rights.personalData === 'clear' || (plan.kind !== 'metrics' && plan.kind !== 'why'))
    return undefined;
  const names = [...plan.query.dimensions, ...plan.query.filters.map((filter) => filter.dimension)];
  const bad = names.find((name) => scope.model.dimensions.get(name)?.personal);
  if (bad === undefined) return undefined;
  const label = scope.model.dimensions.get(bad)?.label ?? bad;
  return {
    kind: 'refuse',
    reason: 'not-permitted',
    text: `${label} is personal data, which you may not see.`,
  };
}
