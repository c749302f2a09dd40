import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

/** Words that shape any answer in which they stand, and by what a plan that has heeded them can be told. */
export type Mark = {
  words: RegExp;
  unless?: RegExp;
  left: (query: MetricQuery, said: string, needs: PlanningNeeds, reading: Reading) => boolean;
};
