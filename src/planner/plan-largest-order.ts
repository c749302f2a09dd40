import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlanningNeeds } from './planned.ts';

/** 'the biggest order ever' is one order, and which one it is belongs to the answer. */
export function nameLargestOrder(query: MetricQuery, needs: PlanningNeeds): void {
  const [metric] = query.metrics;
  const plain =
    query.metrics.length === 1 &&
    query.dimensions.length === 0 &&
    !query.grain &&
    !query.comparison &&
    !query.ranking &&
    !query.acrossGrain;
  if (metric !== 'highest_order_value' || !plain || !needs.reach.dimension('revenue', 'order_number')) return;
  query.metrics = ['revenue'];
  query.dimensions = ['order_number'];
  query.ranking = { by: 'revenue', direction: 'top', limit: 1, withRest: false };
}
