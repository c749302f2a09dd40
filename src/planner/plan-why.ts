import type { MetricQuery } from '../domain/metric-query.ts';
import { type Span, spanBefore } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import { unreachableOf } from './plan-reach.ts';
import { lastComplete } from './plan-times.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

export function whyOf(
  reading: Reading,
  query: MetricQuery,
  span: Span | null,
  needs: PlanningNeeds,
  notes: string[],
): Planned {
  const main = span ?? lastComplete(needs);
  if (!span) notes.push('no period was said: the last complete month against the one before');
  const before = query.comparison?.period ?? periodOf(spanBefore(main));
  const metric = query.metrics[0] ?? 'revenue';
  const named = query.dimensions.filter((name) => needs.reach.dimension(metric, name));
  query.period = periodOf(main);
  query.metrics = [metric];
  query.dimensions = [];
  query.grain = null;
  query.comparison = { kind: query.comparison?.kind ?? 'previous-period', period: before };
  const unreachable = unreachableOf(query, needs, reading);
  if (unreachable) return unreachable;
  const usual = ['category', 'branch', 'country', 'channel', 'state', 'customer_type', 'product'];
  query.dimensions = (
    named.length > 0
      ? named
      : usual.filter(
          (name) =>
            needs.model.dimensions.has(name) &&
            needs.reach.dimension(metric, name) &&
            tellsApart(name, needs) &&
            !query.filters.some((filter) => filter.dimension === name && filter.values.length === 1),
        )
  ).slice(0, 4); // prettier-ignore
  return { kind: 'why', query, before, notes: [...new Set(notes)] };
}

/** What has one value, or none, takes no change apart. */
function tellsApart(name: string, needs: PlanningNeeds): boolean {
  const listed = needs.model.dimensions.get(name)?.values.kind === 'column';
  return !listed || name === 'product' || !needs.values || needs.values.valuesOf(name).length > 1;
}
