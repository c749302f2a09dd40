import type { MetricQuery } from '../domain/metric-query.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { membersOf } from '../reading/read-other-times.ts';
import type { Reading } from '../reading/reading.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

/** 'customers who bought in 2025 but not in 2026': those of the one time whom the other one holds, or does not. */
export function otherTimeOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const { otherTime } = reading;
  if (!otherTime) return null;
  const dimension = membersOf(reading);
  const judged = dimension === 'customer' ? 'orders' : 'units';
  if (
    dimension === undefined ||
    !needs.model.metrics.has(judged) ||
    !needs.reach.dimension(judged, dimension)
  )
    return { kind: 'ask', text: 'Who or what must have been there at both times?', questions: [] };
  const missing = query.metrics.find((name) => !needs.reach.dimension(name, dimension));
  if (missing !== undefined || query.comparison)
    return { kind: 'ask', asksFigure: true, text: 'Which figure would you like of those?', questions: [] };
  const having = [{ metric: judged, operator: 'at-least' as const, values: ['1'] }];
  if (query.filters.length + query.segments.length > 0) notes.push('narrowed in the same way at both times');
  const { without } = otherTime;
  query.members = [
    ...(query.members ?? []),
    { dimension, having, ranking: null, period: periodOf(otherTime.span), ...(without ? { without } : {}) },
  ];
  return null;
}
