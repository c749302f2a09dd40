import type { Grain } from '../domain/period.ts';
import type { GroupBy } from './compose-facts.ts';
import type { Base } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';

export type SourceOptions = {
  groupBy: GroupBy[];
  grain: Grain | null;
  purpose: 'totals' | 'overall' | 'rest' | 'all' | 'members';
  filters: ComposePlan['filters'];
  segments: ComposePlan['segments'];
  exclude: { step: string; groupBy: GroupBy[] } | null;
  /** Whether conditions on whole members hold; not for the total that a share is of. */
  ofMembers: boolean;
};

/**
 * A step with one row per group: its columns are the groups, `period_start` when there is a grain, one column per
 * simple metric (or per metric, when `measured`), and the same with `_before` when there is a comparison.
 */
export type Source = {
  step: string;
  groups: string[];
  columns: string[];
  measured: boolean;
  /** No column of a row is null only because another table had no such group. */
  complete: boolean;
};

/** A source of one period, with the step that lists its buckets of time. */
export type Span = Source & { buckets: string | null; names: string[] };

/** UNION ALL needs to know what kind of nothing it is. */
export function typedNull({ measure }: Base): string {
  const counts = measure.per ? measure.per.take === 'count' : measure.aggregate.startsWith('count');
  return counts ? 'cast(null as bigint)' : 'cast(null as decimal(38, 4))';
}
