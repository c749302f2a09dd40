import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

export type Doubt = {
  /** Words, or a shape of the question, by which another answer is asked for than the plan gives. */
  raised: (reading: Reading, query: MetricQuery, needs: PlanningNeeds) => boolean;
  text: (reading: Reading, query: MetricQuery, needs: PlanningNeeds) => string;
  /** Only which figure is meant is in doubt. */
  asksFigure?: (reading: Reading, query: MetricQuery, needs: PlanningNeeds) => boolean;
  /** What could be meant, of which each is a question that has a plan. */
  instead: (query: MetricQuery, reading: Reading, needs: PlanningNeeds) => MetricQuery[];
};

/** Whether this figure is there and can be told by all that the query is broken down by and narrowed to. */
export function reachesAll(metric: string, query: MetricQuery, { model, reach }: PlanningNeeds): boolean {
  const by = [...query.dimensions, ...query.filters.map(({ dimension }) => dimension)];
  return model.metrics.has(metric) && by.every((name) => reach.dimension(metric, name));
}

/** A figure as it is called within a sentence. */
export function figureName(name: string, { model }: PlanningNeeds): string {
  return (model.metrics.get(name)?.label ?? name).toLowerCase();
}
