import type { MetricQuery } from '../domain/metric-query.ts';
import { type Span, spanBefore } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import { unreachableOf } from './plan-reach.ts';
import { lastComplete } from './plan-times.ts';
import { capital } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayQuery } from './say-query.ts';

export function whyOf(
  reading: Reading,
  query: MetricQuery,
  span: Span | null,
  needs: PlanningNeeds,
  notes: string[],
): Planned {
  if (reading.metrics.some((name) => /_(?:variance|attainment)$/.test(name)))
    return ofTheBudget(query, needs);
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

/** 'why did we miss the budget': what changed from one time to another says nothing about a budget. */
function ofTheBudget(query: MetricQuery, { model }: PlanningNeeds): Planned {
  const plain = { ...query, comparison: null, calculations: [], grain: null };
  const wide = ['account', 'branch', 'category'].map((name) => ({ ...plain, dimensions: [name] }));
  return {
    kind: 'ask',
    text: 'What missed a budget I can show part by part. Which parts?',
    questions: wide.map((one) => {
      const question = sayQuery(one, model);
      return { label: capital(question), question };
    }),
  };
}

/** What has one value, or none, takes no change apart. */
function tellsApart(name: string, needs: PlanningNeeds): boolean {
  const listed = needs.model.dimensions.get(name)?.values.kind === 'column';
  return !listed || name === 'product' || !needs.values || needs.values.valuesOf(name).length > 1;
}
