import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlanningNeeds } from './planned.ts';

/** Which kinds of branches a way of selling stands for. */
export const KINDS_OF_SEGMENTS: Record<string, RegExp> = {
  online: /^(?:web|online|app|e-?commerce)$/i,
  in_store: /^(?:store|shop|pos|retail)$/i,
};

/** Stock and wages have no channel, but are of the web shop or of a store: 'wages without web', 'stock in shops vs web'. */
export function kindsOfBranches(query: MetricQuery, needs: PlanningNeeds): void {
  const reached = (dimension: string): boolean =>
    query.metrics.every((name) => needs.reach.dimension(name, dimension));
  if (reached('channel') || !reached('branch_kind')) return;
  const kinds = needs.values?.valuesOf('branch_kind') ?? [];
  const filters = query.filters.map((filter) => {
    if (filter.dimension !== 'channel') return filter;
    const values = kinds.filter((kind) =>
      filter.values.some((value) => value.toLowerCase() === kind.toLowerCase()),
    );
    return values.length === filter.values.length ? { ...filter, dimension: 'branch_kind', values } : filter;
  });
  for (const name of query.segments) {
    const values = kinds.filter((kind) => KINDS_OF_SEGMENTS[name]?.test(kind));
    if (values.length === 0) continue;
    filters.push({ dimension: 'branch_kind', operator: 'in', values });
    query.segments = query.segments.filter((one) => one !== name);
  }
  query.filters = filters;
  if (kinds.length > 0)
    query.dimensions = query.dimensions.map((name) => (name === 'channel' ? 'branch_kind' : name));
}
