import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlanningNeeds } from './planned.ts';
import { sayPeriod } from './say-query.ts';

export function words(operator: string): string {
  return operator === 'between'
    ? 'between'
    : operator === 'more-than'
      ? 'over'
      : operator === 'less-than'
        ? 'under'
        : operator.replace('-', ' ');
}

export function periodText(query: MetricQuery): string {
  return query.period ? ` ${sayPeriod(query.period)}` : '';
}

export function filterText(query: MetricQuery, needs: PlanningNeeds): string {
  const included = query.filters.filter((filter) => filter.operator === 'in' && filter.values.length > 0);
  return included
    .map((filter) => ` for ${label(needs, filter.dimension)} "${filter.values.join('" and "')}"`)
    .join('');
}

export function label(needs: PlanningNeeds, dimension: string): string {
  return (needs.model.dimensions.get(dimension)?.label ?? dimension).toLowerCase();
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
