import type { Calculation, MetricQuery } from '../domain/metric-query.ts';
import type { Grain } from '../domain/period.ts';
import type { ModelMetric } from '../model/semantic-model.ts';
import type { Span } from '../periods/understand-calendar.ts';
import { isAverage } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import { autoGrain } from './plan-times.ts';
import { wholeOnly } from './plan-unfinished.ts';
import { capital, filterText, label, periodText } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

/** Time shapes: trend, growth, running total, moving average, average per day. */
export function shapeOf(
  reading: Reading,
  query: MetricQuery,
  span: Span | null,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const { roles } = reading;
  const metric = needs.model.metrics.get(query.metrics[0] ?? '');
  const bucket = (): Grain => query.grain ?? autoGrain(query.period, needs);
  if (reading.subjectUnit) query.grain = reading.subjectUnit;
  if (roles.has('trend')) query.grain = bucket();
  if (roles.has('running')) {
    query.grain = bucket();
    query.calculations.push({ kind: 'running-total' });
  }
  if (roles.has('moving')) {
    query.grain = query.grain ?? 'day';
    const window = reading.window ?? (query.grain === 'day' ? 7 : 3);
    if (reading.window === null) notes.push(`window of ${window} ${query.grain}s`);
    query.calculations.push({ kind: 'moving-average', window });
  }
  const apart = query.metrics.length > 1 && /\bdifference between\b/i.test(reading.text);
  const growing = (roles.has('growth') && !apart) || (reading.change !== null && reading.change !== 'year');
  if (growing && !query.comparison) {
    if (query.grain === null && reading.change !== null) query.grain = reading.change;
    if (query.grain === null) {
      query.grain = 'month';
      if (!span) notes.push('month by month');
    }
    query.calculations.push({ kind: 'growth' } satisfies Calculation);
  }
  if (
    reading.ranking &&
    reading.subjectUnit === null &&
    query.grain !== null &&
    query.dimensions.length === 0 &&
    !growing
  ) {
    const aggregate = reading.ranking.direction === 'top' ? 'maximum' : 'minimum';
    return across(reading, query, aggregate, metric, needs, notes);
  }
  if (roles.has('average') && !roles.has('moving')) {
    if (metric && isAverage(metric)) return null;
    if (query.grain === null && isOfDays(query)) query.grain = 'day';
    if (query.grain !== null && reading.subjectUnit === null)
      return across(reading, query, 'average', metric, needs, notes);
    return askAverage(reading, query, needs);
  }
  if ((roles.has('maximum') || roles.has('minimum')) && query.grain !== null) {
    return across(reading, query, roles.has('maximum') ? 'maximum' : 'minimum', metric, needs, notes);
  }
  if (roles.has('maximum') || roles.has('minimum'))
    return {
      kind: 'ask',
      text: 'The highest of what: day, week or month?',
      questions: unitChoices(reading, query, needs),
    }; // prettier-ignore
  return null;
}

function across(
  reading: Reading,
  query: MetricQuery,
  aggregate: 'average' | 'maximum' | 'minimum',
  metric: ModelMetric | undefined,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (query.grain === null || !metric) return null;
  if ((query.comparison && aggregate !== 'average') || query.metrics.length > 1) {
    return {
      kind: 'ask',
      text: 'One at a time, please: which one do you mean?',
      questions: unitChoices(reading, query, needs),
    };
  }
  if (aggregate === 'average') wholeOnly(query, needs, notes);
  query.acrossGrain = { grain: query.grain, aggregate };
  // 'average daily sales in May and in April': each of them by itself.
  const outer = reading.periods.grain;
  query.grain =
    aggregate === 'average' && outer !== null && isLonger(outer, query.acrossGrain.grain) ? outer : null;
  if (aggregate !== 'average') reading.ranking = null;
  return null;
}

const LENGTHS: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

function isLonger(outer: Grain, inner: Grain): boolean {
  const weeks = inner === 'week' && outer !== 'year';
  return !weeks && LENGTHS.indexOf(outer) > LENGTHS.indexOf(inner);
}

/** 'average revenue on Sundays', 'average orders by weekday': a day is what is averaged over. */
function isOfDays(query: MetricQuery): boolean {
  const by = query.dimensions.every((name) => OF_DAYS.test(name));
  const on =
    query.filters.some(({ dimension }) => dimension === 'weekday') ||
    query.segments.some((name) => /^on_week/.test(name));
  return by && (query.dimensions.length > 0 || on);
}

const OF_DAYS = /^(?:weekday|weekend|hour_of_day)$/;

function unitChoices(
  _reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
): { label: string; question: string }[] {
  const name = (needs.model.metrics.get(query.metrics[0] ?? '')?.label ?? 'revenue').toLowerCase();
  return ['day', 'week', 'month'].map((unit) => ({
    label: `Best ${unit}`,
    question: `which ${unit} had the highest ${name}${periodText(query)}`,
  }));
}

function askAverage(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned {
  const name = (needs.model.metrics.get(query.metrics[0] ?? '')?.label ?? 'revenue').toLowerCase();
  const tail = `${filterText(query, needs)}${periodText(query)}`;
  const order = query.metrics[0] === 'revenue' && needs.model.metrics.has('average_order_value');
  const by = query.dimensions[0];
  const questions = [
    ...(order
      ? [
          {
            label: 'Average order value',
            question: `average order value${by ? ` by ${label(needs, by)}` : ''}${tail}`,
          },
        ]
      : []),
    ...(by
      ? [
          {
            label: `${capital(name)} of each ${label(needs, by)}`,
            question: `${name} by ${label(needs, by)}${tail}`,
          },
        ]
      : []),
    { label: 'Average per day', question: `average ${name} per day${tail}` },
    { label: 'Average per month', question: `average ${name} per month${tail}` },
  ];
  return {
    kind: 'ask',
    text: `Average ${name} per what${reading.metrics.length ? '' : ' do you mean'}?`,
    questions,
  };
}
