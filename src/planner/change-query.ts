import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { Period } from '../domain/period.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { relativeSpan } from '../periods/relative-span.ts';
import { spanBefore, spanYearBefore, unitsFrom } from '../periods/understand-calendar.ts';
import { periodOf, spanOf } from '../periods/understand-periods.ts';
import { isAdditive } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import { chooseMetrics } from './plan-metrics.ts';
import { directionOf } from './plan-ranking.ts';
import { rateOf, WHOLES } from './plan-ratios.ts';
import { planReading } from './plan-reading.ts';
import { autoGrain } from './plan-times.ts';
import { completeOnly } from './plan-unfinished.ts';
import type { Planned } from './planned.ts';
import type { PlannerScope } from './planner-scope.ts';

export function changeMetrics(reading: Reading, query: MetricQuery, scope: PlannerScope): boolean {
  const verbs =
    reading.roles.has('sell') ||
    reading.roles.has('earn') ||
    reading.roles.has('spend') ||
    reading.roles.has('buy');
  if (reading.metrics.length === 0 && !verbs) return false;
  const chosen = chooseMetrics(reading, scope.model, scope.reach);
  if (chosen.kind !== 'metrics') return false;
  const adds = /\b(?:as well|too|also|add|alongside|include)\b/i.test(reading.text);
  const old = query.metrics[0];
  query.metrics = adds ? [...new Set([...query.metrics, ...chosen.metrics])].slice(0, 8) : chosen.metrics;
  if (query.ranking && query.ranking.by === old && !adds)
    query.ranking.by = query.metrics[0] ?? query.ranking.by;
  if (!adds) query.having = [];
  const [now] = query.metrics;
  const metric = scope.model.metrics.get(now ?? '');
  // What does not add up has no running total and no shares.
  if (!adds && metric && !isAdditive(metric, scope.model))
    query.calculations = query.calculations.filter(
      ({ kind }) => !/^(?:running-total|share-of-total|ratio)$/.test(kind),
    );
  return true;
}

export function changePeriod(
  reading: Reading,
  query: MetricQuery,
  scope: PlannerScope,
  notes: string[],
): void {
  const { periods } = reading;
  const before: Period | null = query.period;
  const comparing =
    reading.roles.has('compare') ||
    reading.roles.has('versus') ||
    reading.roles.has('than') ||
    /\b(?:compare|compared|vs|versus|against)\b/i.test(reading.text);
  if (periods.span !== undefined && !(comparing && periods.comparison)) {
    const kind = query.comparison?.kind;
    const again = before && !query.comparison && sameDaysOf(reading.text, before, scope.time.today);
    query.period = again || (periods.span ? periodOf(periods.span) : null);
    query.comparison = null;
    const days = (name: string): boolean => name === 'calendar_day' || name === 'day_of_month';
    query.filters = query.filters.filter(({ dimension }) => !days(dimension));
    query.dimensions = query.dimensions.filter((name) => !days(name));
    if (
      periods.span &&
      (kind === 'same-period-last-year' || kind === 'previous-period') &&
      !periods.comparison
    ) {
      query.comparison = {
        kind,
        period: periodOf(
          kind === 'previous-period' ? spanBefore(periods.span) : spanYearBefore(periods.span),
        ),
      };
    }
    if (periods.comparison)
      query.comparison = { kind: periods.comparison.kind, period: periodOf(periods.comparison.span) };
    return;
  }
  if (comparing && periods.comparison) {
    const other = periods.comparison;
    if (before) {
      const main = spanOf(before);
      const years = Number(before.from.slice(0, 4)) - Number(other.span.from.slice(0, 4));
      const unfinished = main.to > scope.time.today;
      const whole =
        other.span.toDate && !unfinished
          ? unitsFrom(other.span.unit, other.span.from, other.span.count)
          : other.span;
      if (/\b(?:last|previous|prior) year\b/i.test(reading.text)) {
        query.comparison = { kind: 'same-period-last-year', period: periodOf(spanYearBefore(main)) };
      } else if (other.span.unit === 'year' && main.unit !== 'year' && years > 0) {
        query.comparison = {
          kind: years === 1 ? 'same-period-last-year' : 'period',
          period: periodOf(spanYearBefore(main, years)),
        };
      } else query.comparison = { kind: 'period', period: periodOf(whole) };
    } else if (periods.span) {
      query.period = periodOf(periods.span);
      query.comparison = { kind: other.kind, period: periodOf(other.span) };
    }
    return;
  }
  if (periods.relative) {
    if (!before) return;
    const target = relativeSpan(spanOf(before), periods.relative, scope.time);
    if (comparing) {
      const kind = periods.relative.kind === 'year-before' ? 'same-period-last-year' : 'previous-period';
      query.comparison = { kind, period: periodOf(target) };
    } else {
      query.period = periodOf(target);
      query.comparison = null;
    }
    return;
  }
  if (reading.change && before) {
    const main = spanOf(before);
    query.comparison =
      reading.change === 'year'
        ? { kind: 'same-period-last-year', period: periodOf(spanYearBefore(main)) }
        : { kind: 'previous-period', period: periodOf(spanBefore(main)) };
  } else if (reading.roles.has('growth') && before && !query.grain && !reading.grain) {
    query.comparison ??= { kind: 'previous-period', period: periodOf(spanBefore(spanOf(before))) };
  }
  if ((comparing || reading.change) && !before) notes.push('no period to compare');
}

/** 'and 2025?' after 'June to August' asks for the same months of that year. */
function sameDaysOf(text: string, before: Period, today: string): Period | undefined {
  const [, year] =
    /^(?:and |so |ok |okay |then |now )*(?:(?:how|what) about |(?:the )?same (?:for |in )?)?(?:for |in |year )*(20\d\d)[?.! ]*$/i.exec(
      text.trim(),
    ) ?? [];
  const span = spanOf(before);
  const years = Number(before.from.slice(0, 4)) - Number(year);
  const ofMonths = span.unit === 'month' || span.unit === 'quarter';
  const inOneYear = before.from.slice(0, 4) === addDays(before.to, -1).slice(0, 4);
  if (year === undefined || years <= 0 || !ofMonths || !inOneYear || before.to > today) return undefined;
  return periodOf(spanYearBefore(span, years));
}

/** The new words alone, as a query on the thread's metric: its filters, dimensions and shape. */
export function changesOnly(reading: Reading, query: MetricQuery, scope: PlannerScope): Planned {
  const metrics = reading.metrics.length > 0 ? reading.metrics : query.metrics;
  const roles = new Set(reading.roles);
  for (const role of [
    'why',
    'average',
    'share',
    'running',
    'moving',
    'trend',
    'growth',
    'maximum',
    'minimum',
    'versus',
    'compare',
    'than',
    'rest',
    'top',
    'bottom',
    'busy',
    'quiet',
    'expensive',
    'cheap',
    'slow',
    'fast',
  ] as const)
    roles.delete(role);
  const quiet: Reading = {
    ...reading,
    metrics,
    roles,
    ranking: null,
    rankingMetric: null,
    change: null,
    periods: { ...reading.periods, span: undefined, comparison: null, relative: null, grain: null },
    dimensions: reading.dimensions.map((one) => ({ ...one, how: 'by' as const })),
    conditions: [],
  }; // prettier-ignore
  return planReading(quiet, scope);
}

export function changeShape(
  reading: Reading,
  query: MetricQuery,
  fresh: MetricQuery,
  scope: PlannerScope,
  replaced: boolean,
): void {
  const newDimensions = fresh.dimensions.filter(
    (name) =>
      !query.filters.some(
        (filter) => filter.dimension === name && filter.operator === 'in' && filter.values.length === 1,
      ),
  ); // prettier-ignore
  if (newDimensions.length > 0) {
    const adds =
      /\b(?:as well|too|also|additionally|further)\b/i.test(reading.text) ||
      (reading.grain !== null && query.grain !== null);
    query.dimensions = adds
      ? [...new Set([...query.dimensions, ...newDimensions])].slice(0, 4)
      : newDimensions;
    if (query.ranking && !reading.ranking) query.ranking = null;
    if (
      !reading.grain &&
      !adds &&
      query.grain &&
      !replaced &&
      !query.calculations.some((one) => one.kind !== 'share-of-total')
    )
      query.grain = null;
    query.acrossGrain = null;
  }
  if (reading.grain) {
    query.grain = reading.grain;
    query.acrossGrain = null;
    if (query.ranking && query.dimensions.length > 0) query.ranking = null;
    if (reading.roles.has('average')) {
      query.acrossGrain = { grain: reading.grain, aggregate: 'average' };
      query.grain = null;
    }
  }
  if (reading.roles.has('trend') && !reading.grain)
    query.grain = query.grain ?? autoGrain(query.period, scope);
  const [only] = query.filters.filter(({ operator }) => operator === 'in');
  if (reading.roles.has('share') && query.dimensions.length === 0 && only && query.filters.length === 1)
    query.dimensions = [only.dimension];
  const rate =
    reading.roles.has('share') && IN_PERCENT.test(reading.text) ? ownRate(query, scope.model) : undefined;
  const ofChange = query.comparison !== null && IN_PERCENT.test(reading.text);
  if (rate !== undefined) {
    if (query.ranking?.by === query.metrics[0]) query.ranking = null;
    query.metrics = [rate];
  } else if (reading.roles.has('share') && query.dimensions.length > 0 && !ofChange)
    addCalculation(query, { kind: 'share-of-total' });
  if (reading.roles.has('running')) {
    query.grain = query.grain ?? autoGrain(query.period, scope);
    addCalculation(query, { kind: 'running-total' });
  }
  if (reading.roles.has('growth') && query.grain && !query.comparison)
    addCalculation(query, { kind: 'growth' });
  if (reading.ranking && (query.dimensions.length > 0 || query.grain)) {
    const old = query.ranking;
    const by = reading.rankingMetric ?? old?.by ?? query.metrics[0] ?? 'revenue';
    if (reading.subjectUnit && reading.dimensions.length === 0) {
      query.grain = reading.subjectUnit;
      query.dimensions = [];
      query.calculations = [];
      query.comparison = null;
    }
    const subject = reading.dimensions.find((one) => one.how === 'subject');
    const one = subject ? !subject.plural : reading.subjectUnit !== null && !reading.subjectUnitPlural;
    const single = one || /^(?:and |so )?which (?:one )?(?:is|was|one)\b/i.test(reading.text);
    const direction = directionOf(reading, by, scope, []);
    query.ranking = {
      by,
      direction,
      limit: reading.ranking.limit ?? (single ? 1 : (old?.limit ?? 10)),
      withRest: reading.roles.has('rest'),
      ...(reading.ranking.place === undefined ? {} : { from: reading.ranking.place }),
    };
    if (query.grain && query.dimensions.length === 0 && direction === 'bottom')
      completeOnly(query, scope, []);
    if (query.grain && query.dimensions.length > 0) query.grain = null;
    if (!query.metrics.includes(query.ranking.by)) query.metrics.push(query.ranking.by);
  } else if (query.ranking && reading.roles.has('rest')) query.ranking.withRest = true;
}

/** 'in percent', 'as a percentage': of late orders their rate, of a change the change. */
const IN_PERCENT = /\b(?:in|as) (?:a |an )?(?:percent|percentage|percentages|per cent|rate)\b|\b(?:in|as) %/i;

function ownRate({ metrics }: MetricQuery, model: SemanticModel): string | undefined {
  const [only = ''] = metrics;
  return metrics.length === 1 && !WHOLES.has(only) ? rateOf(only, model) : undefined;
}

export function addCalculation(query: MetricQuery, calculation: MetricQuery['calculations'][number]): void {
  if (!query.calculations.some((one) => one.kind === calculation.kind)) query.calculations.push(calculation);
}
