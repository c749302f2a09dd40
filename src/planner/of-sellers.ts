import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlanningNeeds } from './planned.ts';

const SELLERS = new Set(['active_sellers', 'sellers_total', 'revenue_per_seller']);
const THEIRS: Record<string, string> = {
  state: 'seller_state',
  city: 'seller_city',
  country: 'seller_country',
};

/** 'sellers per state': where they are, and not where their customers are. */
export function placesOfSellers(query: MetricQuery, needs: PlanningNeeds): void {
  if (query.metrics.length === 0 || !query.metrics.every((name) => SELLERS.has(name))) return;
  const theirs = (name: string): string => {
    const other = THEIRS[name];
    return other !== undefined && query.metrics.every((metric) => needs.reach.dimension(metric, other))
      ? other
      : name;
  };
  query.dimensions = query.dimensions.map(theirs);
  for (const filter of query.filters) filter.dimension = theirs(filter.dimension);
}
