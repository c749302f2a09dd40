import type { MetricQuery } from '../domain/metric-query.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { isAverage } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import { isChangeInPercent, isOnlySplit } from './plan-shares.ts';

type Trace = {
  roles: Role[];
  said: string;
  left: (query: MetricQuery, model: SemanticModel, reading: Reading) => boolean;
};

/**
 * The last look at a plan: words of a kind that shapes an answer must have left their mark on it. One that has not
 * was passed over somewhere, and is asked about.
 */
export function untraced(reading: Reading, query: MetricQuery, model: SemanticModel): string | null {
  const missing = TRACES.find(
    ({ roles, left }) => roles.some((role) => reading.roles.has(role)) && !left(query, model, reading),
  );
  return missing?.said ?? null;
}

const TRACES: readonly Trace[] = [
  { roles: ['growth'], said: 'the change', left: (query) => isCompared(query) || isMeasuredOverTime(query) },
  {
    roles: ['share'],
    said: 'the share',
    left: (query, model, reading) =>
      isChangeInPercent(reading, query) ||
      hasCalculation(query, 'share-of-total') ||
      hasCalculation(query, 'ratio') ||
      hasUnit(query, model, 'share', 'ratio') ||
      (isOnlySplit(reading) && query.dimensions.length > 0),
  },
  { roles: ['running'], said: 'the running total', left: (query) => hasCalculation(query, 'running-total') },
  { roles: ['moving'], said: 'the moving average', left: (query) => hasCalculation(query, 'moving-average') },
  {
    roles: ['average'],
    said: 'the average',
    left: (query, model) =>
      query.acrossGrain?.aggregate === 'average' ||
      hasCalculation(query, 'moving-average') ||
      query.metrics.some((name) => {
        const metric = model.metrics.get(name);
        return metric !== undefined && isAverage(metric);
      }),
  },
  {
    roles: ['top', 'bottom', 'busy', 'quiet', 'expensive', 'cheap', 'slow', 'fast', 'maximum', 'minimum'],
    said: 'highest or lowest',
    left: (query) => isOrdered(query) || isDivided(query),
  },
  { roles: ['trend'], said: 'the course over time', left: (query) => query.grain !== null },
  {
    roles: ['versus', 'compare', 'than'],
    said: 'the comparison',
    left: (query, model) =>
      hasUnit(query, model, 'share', 'ratio') ||
      isCompared(query) ||
      isDivided(query) ||
      query.metrics.length > 1 ||
      query.having.length > 0 ||
      isBudgeted(query),
  },
  {
    roles: ['where'],
    said: "'where'",
    left: (query) =>
      query.dimensions.some((name) => PLACES.test(name)) ||
      query.having.length > 0 ||
      query.filters.length > 0,
  },
  {
    roles: ['when'],
    said: "'when'",
    left: (query) =>
      query.grain !== null || query.acrossGrain !== null || query.dimensions.some((name) => TIMES.test(name)),
  },
  {
    roles: ['rest'],
    said: 'the rest',
    left: (query) => query.ranking?.withRest === true || query.apart !== undefined,
  },
];

const PLACES =
  /^(?:branch|branch_city|branch_country|city|region|state|country|channel|seller_city|seller_state|postcode)$/;
const TIMES =
  /^(?:hour_of_day|weekday|weekend|month_of_year|quarter_of_year|half_year|year|iso_week|day_of_month)$/;

function isCompared(query: MetricQuery): boolean {
  const ofChange = [...query.having.map(({ metric }) => metric), query.ranking?.by ?? ''];
  return query.comparison !== null || ofChange.some((name) => /_change(?:_share)?$/.test(name));
}

function isMeasuredOverTime(query: MetricQuery): boolean {
  return hasCalculation(query, 'growth') || query.grain !== null || isBudgeted(query);
}

function isOrdered(query: MetricQuery): boolean {
  return (
    query.ranking !== null ||
    query.acrossGrain !== null ||
    (query.members ?? []).some(({ ranking }) => ranking !== null) ||
    query.metrics.some((name) => /^(?:highest|lowest)_/.test(name))
  );
}

/** Side by side, each by itself. */
function isDivided(query: MetricQuery): boolean {
  return query.dimensions.length > 0 || query.grain !== null || query.apart !== undefined;
}

function isBudgeted(query: MetricQuery): boolean {
  return query.metrics.some((name) => /variance|attainment|budget/.test(name));
}

function hasCalculation(query: MetricQuery, kind: MetricQuery['calculations'][number]['kind']): boolean {
  return query.calculations.some((one) => one.kind === kind);
}

function hasUnit(query: MetricQuery, model: SemanticModel, ...kinds: string[]): boolean {
  return query.metrics.some((name) => kinds.includes(model.metrics.get(name)?.unit.kind ?? ''));
}
