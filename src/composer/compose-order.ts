import { type ComposePlan, rankingSql } from './compose-plan.ts';

export function rankingOrder(plan: ComposePlan): string {
  const { ranking } = plan.query;
  return `${rankingSql(plan, ranking?.by ?? '')} ${ranking?.direction === 'bottom' ? 'asc' : 'desc'} nulls last`;
}

/** Conditions on metrics, over columns named after them. The numbers were checked to be numbers. */
export function havingSql(plan: ComposePlan): string[] {
  return plan.query.having.map(({ metric: column, operator, values }) => {
    const metric = rankingSql(plan, column);
    const [low = '0', high = low] = values;
    const sign = {
      'at-least': '>=',
      'more-than': '>',
      'at-most': '<=',
      'less-than': '<',
      between: 'between',
    }[operator];
    return operator === 'between' ? `${metric} between ${low} and ${high}` : `${metric} ${sign} ${low}`;
  });
}
