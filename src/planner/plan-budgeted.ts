import { type MetricQuery } from '../domain/metric-query.ts';
import { type PlanningNeeds } from './planned.ts';

/** Who is over or behind a budget is judged among those that have one: without it, all that was spent would be over. */
export function onlyBudgeted(query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const groups = query.dimensions.length > 0 ? [{ having: query.having, ranking: query.ranking }] : [];
  for (const { having, ranking } of [...groups, ...(query.members ?? [])]) {
    const over = having.filter(({ operator }) => /^(?:more-than|at-least)$/.test(operator));
    const first = ranking?.direction === 'top' ? [ranking.by] : [];
    for (const name of [...first, ...over.map(({ metric }) => metric)]) {
      const metric = needs.model.metrics.get(name);
      const budget =
        metric?.kind === 'derived' ? metric.minus.find((part) => part.endsWith('_budget')) : undefined;
      if (budget === undefined || having.some((one) => one.metric === budget)) continue;
      having.push({ metric: budget, operator: 'more-than', values: ['0'] });
      notes.push('only what has a budget is held against it');
    }
  }
}
