import type { Plan } from '../domain/plan.ts';
import type { SemanticModel } from './semantic-model.ts';

const BREAKDOWNS = ['category', 'branch', 'country', 'customer_state', 'channel', 'brand', 'account'];

/** Up to three short follow-ups in words that the planner understands in the thread. */
export function suggestFollowUps(plan: Plan, model: SemanticModel): string[] {
  if (plan.kind !== 'metrics')
    return plan.kind === 'catalogue' ? ['revenue last month', 'top 5 categories by revenue this year'] : [];
  const { query } = plan;
  const suggestions: string[] = [];
  if (query.period && !query.comparison && !query.grain)
    suggestions.push('compare with the same period last year');
  const breakdown = BREAKDOWNS.find(
    (name) =>
      model.dimensions.has(name) &&
      !query.dimensions.includes(name) &&
      !query.filters.some((filter) => filter.dimension === name),
  );
  if (breakdown && query.dimensions.length === 0)
    suggestions.push(`and by ${model.dimensions.get(breakdown)?.label.toLowerCase() ?? breakdown}?`);
  if (!query.grain && query.dimensions.length === 0) suggestions.push('per month');
  if (query.comparison && query.metrics.length === 1) suggestions.push('why?');
  if (query.dimensions.length > 0 && !query.ranking) suggestions.push('top 5');
  return suggestions.slice(0, 3);
}
