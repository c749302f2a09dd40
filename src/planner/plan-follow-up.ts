import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { Period } from '../domain/period.ts';
import type { Plan } from '../domain/plan.ts';
import { spanBefore, spanYearBefore, unitsFrom } from '../periods/understand-calendar.ts';
import { periodOf, relativeSpan, spanOf } from '../periods/understand-periods.ts';
import { type Reading } from '../reading/reading.ts';
import { chooseMetrics } from './plan-metrics.ts';
import { directionOf } from './plan-ranking.ts';
import { notTraced, planReading } from './plan-reading.ts';
import { autoGrain } from './plan-times.ts';
import { untraced } from './plan-traces.ts';
import { completeOnly } from './plan-unfinished.ts';
import { type Planned } from './planned.ts';
import { type PlannerScope } from './planner-scope.ts';
import { sayPeriod } from './say-query.ts';

const OPENING =
  /^(?:by|sort(?:ed)? by|rank(?:ed)? by|and|also|but|or|ok|okay|now|then|so|what about|how about|same|only|just|without|excluding|exclude|except|instead|why|why\?|compare|compared|vs|versus|against|by|per|split|break|for|in|on|top|bottom|as|show (?:it|that|this|them|me that|the same|only)|make it|remove|clear|drop|add|include|not|the same|switch|change|use|plot|chart|graph|draw|show as|show it|filter|with|drill|zoom|narrow|repeat|do the same|daily|weekly|monthly|quarterly|yearly|last|previous|the|this|yesterday|today|since|from|between|until|year over year|month over month|yoy|mom|more|total|as a|in percent|share|growth|trend|over time|cumulative|which)\b/i;
const STRONG =
  /^(?:by|sort(?:ed)? by|rank(?:ed)? by|plus|as well as|and|also|but|what about|how about|ok and|okay and|now|same|same for|only|just|instead|why\??$|make it|remove|clear|switch|change it|use|as a|the same|do the same|repeat|drill|zoom|narrow|show (?:it|that|this|them)|plot (?:it|that|this)|compare (?:it|that|this|with|to)|compared (?:with|to)|break (?:it|that|this)|split (?:it|that|this)|filter|without|excluding|exclude|except|then)\b/i;
/** 'which brand is worst' says by no figure of its own what it judges. */
const WHICH_IS =
  /^(?:and |so |ok(?:ay)? |then )?which (?:\p{L}+ )?(?:is|are|was|were|has|had) (?:the )?(?:best|worst|highest|lowest|biggest|smallest|largest|strongest|weakest|top|bottom)(?: one)?[?.! ]*$/iu;
/** 'total': the thread's figure, no longer taken apart. */
const IN_ALL =
  /^(?:and |so |the |just |only )*(?:(?:grand |overall )?total|in total|overall|all together|altogether|in all)(?: please)?[?.! ]*$/i;
const POINTING = /\b(?:it|that|this one|those|them|these|instead|the same)\b(?! is| was)/i;

/** Whether a question leans on the one before: by its opening words, or because it names no figure of its own. */
export function isFollowUp(reading: Reading, question: string): boolean {
  if (IN_ALL.test(question)) return true;
  if (reading.unknown.length > 2 && !STRONG.test(question)) return false;
  if (STRONG.test(question)) return reading.contentTiles > 0;
  const ownFigure =
    reading.metrics.length > 0 ||
    reading.roles.has('sell') ||
    reading.roles.has('earn') ||
    reading.roles.has('spend') ||
    reading.roles.has('buy') ||
    reading.roles.has('busy') ||
    reading.outside.length > 0; // prettier-ignore
  if (ownFigure)
    return (
      POINTING.test(question) &&
      reading.contentTiles <= 5 &&
      reading.filters.length + reading.metrics.length <= 2
    );
  if (reading.ranking && reading.dimensions.length > 1) return false;
  if (reading.ranking && reading.contentTiles <= 3 && WHICH_IS.test(question)) return true;
  if (reading.ranking && reading.dimensions.some((one) => one.how === 'subject'))
    return OPENING.test(question) && !/^(?:which|what)\b/i.test(question) && /^top|^bottom/i.test(question); // prettier-ignore
  if (reading.roles.has('list') || reading.roles.has('how-many') || reading.roles.has('who')) return false;
  const modifiers =
    reading.dimensions.length +
    reading.filters.length +
    reading.segments.length +
    (reading.grain ? 1 : 0) +
    (reading.periods.span !== undefined || reading.periods.relative ? 1 : 0) +
    (reading.ranking ? 1 : 0) +
    (reading.change ? 1 : 0) +
    reading.texts.length +
    reading.periods.weekdays.length; // prettier-ignore
  if (
    reading.roles.has('why') ||
    reading.roles.has('chart') ||
    reading.roles.has('clear') ||
    reading.roles.has('share') ||
    reading.roles.has('growth') ||
    reading.roles.has('trend') ||
    reading.roles.has('running') ||
    reading.roles.has('compare')
  )
    return true; // prettier-ignore
  return modifiers > 0 && (OPENING.test(question) || reading.contentTiles <= 3);
}

/** The thread's last plan with what the new words change in it; undefined when they say nothing about it. */
export function planFollowUp(reading: Reading, last: Plan, scope: PlannerScope): Planned | undefined {
  if (
    reading.outside.length > 0 ||
    reading.ambiguous ||
    reading.unknown.length > 0 ||
    reading.periods.unclear ||
    reading.periods.problem
  )
    return undefined; // prettier-ignore
  if (reading.vague.length > 0) return undefined;
  const base = queryOf(last);
  if (!base) return undefined;
  const unaccounted = reading.leftovers.filter(
    (one) =>
      !/^(?:than|versus|vs|against|compared (?:to|with)|compare(?:d)?|also|than the)$/i.test(one.text) &&
      !(one.text.toLowerCase() === 'by' && base.ranking && reading.metrics.length === 1),
  );
  if (unaccounted.length > 0) return undefined;
  const query: MetricQuery = structuredClone(base);
  const notes = reading.notes.filter((note) => !/^no other period|^an unfinished/.test(note));

  const reranked =
    query.ranking !== null &&
    reading.metrics.length === 1 &&
    /^(?:and |now |rank )?(?:by|sorted by|ranked by)\b/i.test(reading.text);
  if (IN_ALL.test(reading.text.trim())) return { kind: 'query', query: inAll(query), notes, confidence: 0.9 };
  const replaced = changeMetrics(reading, query, scope);
  if (reranked && query.ranking) query.ranking.by = query.metrics[0] ?? query.ranking.by;
  changePeriod(reading, query, scope, notes);
  const fresh = changesOnly(reading, query, scope);
  if (fresh.kind !== 'query') return fresh;
  const everyOne = /\ball (?:of )?(?:the |our )?\w+/i.test(reading.text);
  if (everyOne) {
    const asked = new Set(reading.dimensions.map((one) => one.name));
    query.filters = query.filters.filter((filter) => !asked.has(filter.dimension));
  }
  changeFilters(reading, query, fresh.query);
  changeShape(reading, query, fresh.query, scope, replaced);
  if (
    reading.roles.has('why') ||
    (last.kind === 'why' &&
      !replaced &&
      reading.metrics.length === 0 &&
      !reading.grain &&
      reading.dimensions.length > 0)
  ) {
    return why(reading, query, scope, notes);
  }
  if (reading.roles.has('chart')) notes.push('as a chart');
  else if (JSON.stringify(query) === JSON.stringify(base)) return undefined;
  const passedOver = untraced(reading, query, scope.model);
  return passedOver === null ? checked(query, notes, scope) : notTraced(passedOver);
}

function inAll(query: MetricQuery): MetricQuery {
  return {
    ...query,
    dimensions: [],
    grain: null,
    ranking: null,
    having: [],
    calculations: [],
    acrossGrain: null,
  };
}

/** The last plan as a metric query, when it is one. */
export function queryOf(plan: Plan): MetricQuery | undefined {
  if (plan.kind === 'metrics') return plan.query;
  if (plan.kind === 'why') return { ...plan.query, dimensions: [] };
  if (plan.kind !== 'live' || (plan.read.what !== 'daily-kpis' && plan.read.what !== 'category-kpis'))
    return undefined;
  const { read } = plan;
  const filters =
    read.what === 'category-kpis'
      ? [{ dimension: 'category', operator: 'in' as const, values: read.categories }]
      : [];
  return metricQuery({
    metrics: read.kpis.length > 0 ? read.kpis : ['revenue'],
    filters,
    period: { from: read.from, to: read.to },
  });
}

function changeMetrics(reading: Reading, query: MetricQuery, scope: PlannerScope): boolean {
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
  return true;
}

function changePeriod(reading: Reading, query: MetricQuery, scope: PlannerScope, notes: string[]): void {
  const { periods } = reading;
  const before: Period | null = query.period;
  const comparing =
    reading.roles.has('compare') ||
    reading.roles.has('versus') ||
    reading.roles.has('than') ||
    /\b(?:compare|compared|vs|versus|against)\b/i.test(reading.text);
  if (periods.span !== undefined && !(comparing && periods.comparison)) {
    const kind = query.comparison?.kind;
    query.period = periods.span ? periodOf(periods.span) : null;
    query.comparison = null;
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
    const target = relativeSpan(spanOf(before), periods.relative);
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

/** The new words alone, as a query on the thread's metric: its filters, dimensions and shape. */
function changesOnly(reading: Reading, query: MetricQuery, scope: PlannerScope): Planned {
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

function changeFilters(reading: Reading, query: MetricQuery, fresh: MetricQuery): void {
  if (reading.roles.has('clear')) {
    query.filters = [];
    query.segments = [];
    query.having = [];
  }
  for (const filter of fresh.filters) {
    const positive = filter.operator === 'in';
    const beside =
      positive &&
      /^(?:and )?(?:compare(?:d)? (?:it |that |this )?(?:with|to)|versus|vs|against)\b/i.test(reading.text);
    const adds = beside || /\b(?:as well|too|also|include|including|add)\b/i.test(reading.text);
    const there = query.filters.find(
      (one) => one.dimension === filter.dimension && one.operator === filter.operator,
    );
    if (there && (adds || !positive)) {
      there.values = [...new Set([...there.values, ...filter.values])];
      if (beside && !query.dimensions.includes(filter.dimension)) query.dimensions.push(filter.dimension);
      continue;
    }
    query.filters = query.filters.filter((one) => one.dimension !== filter.dimension);
    query.filters.push(filter);
    const only = positive && filter.values.length === 1;
    if (
      only &&
      query.dimensions.includes(filter.dimension) &&
      !fresh.dimensions.includes(filter.dimension) &&
      (query.dimensions.length > 1 || query.ranking !== null || query.grain !== null)
    ) {
      query.dimensions = query.dimensions.filter((name) => name !== filter.dimension);
      if (query.dimensions.length === 0) query.ranking = null;
    }
  }
  for (const segment of fresh.segments) if (!query.segments.includes(segment)) query.segments.push(segment);
}

function changeShape(
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
  if (reading.roles.has('share') && query.dimensions.length > 0)
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
    };
    if (query.grain && query.dimensions.length === 0 && direction === 'bottom')
      completeOnly(query, scope, []);
    if (query.grain && query.dimensions.length > 0) query.grain = null;
    if (!query.metrics.includes(query.ranking.by)) query.metrics.push(query.ranking.by);
  } else if (query.ranking && reading.roles.has('rest')) query.ranking.withRest = true;
}

function addCalculation(query: MetricQuery, calculation: MetricQuery['calculations'][number]): void {
  if (!query.calculations.some((one) => one.kind === calculation.kind)) query.calculations.push(calculation);
}

function why(reading: Reading, query: MetricQuery, scope: PlannerScope, notes: string[]): Planned {
  const whole: Reading = {
    ...reading,
    dimensions:
      reading.dimensions.length > 0
        ? reading.dimensions
        : query.dimensions.map((name) => ({ name, how: 'by' as const, plural: false })),
    metrics: [query.metrics[0] ?? 'revenue'],
    filters: [],
    segments: [],
    roles: new Set(['why']),
    leftovers: [],
    periods: {
      ...reading.periods,
      span: query.period ? spanOf(query.period) : undefined,
      comparison: query.comparison
        ? { kind: query.comparison.kind, span: spanOf(query.comparison.period) }
        : null,
      relative: null,
      grain: null,
    },
  }; // prettier-ignore
  const planned = planReading(whole, scope);
  if (planned.kind !== 'why') return planned;
  const dimensions = planned.query.dimensions.filter(
    (name) => !query.filters.some((filter) => filter.dimension === name && filter.values.length === 1),
  );
  return {
    ...planned,
    query: { ...planned.query, filters: query.filters, segments: query.segments, dimensions },
    notes: [...new Set([...notes, ...planned.notes])],
  };
}

/** Metrics that cannot be had with what the thread asked for are refused in words, not composed wrongly. */
function checked(query: MetricQuery, notes: string[], scope: PlannerScope): Planned {
  if (query.ranking && query.grain && query.dimensions.length === 0 && query.comparison) query.ranking = null;
  for (const metric of query.metrics) {
    const bad = [...query.dimensions, ...query.filters.map((filter) => filter.dimension)].find(
      (name) => !scope.reach.dimension(metric, name),
    );
    if (bad === undefined) continue;
    const label = scope.model.metrics.get(metric)?.label ?? metric;
    const by = scope.model.dimensions.get(bad)?.label.toLowerCase() ?? bad;
    return {
      kind: 'ask',
      text: `${label} cannot be told apart by ${by}.`,
      questions: [
        {
          label: `${label} in all`,
          question: `${label.toLowerCase()}${query.period ? ` ${sayPeriod(query.period)}` : ' of all time'}`,
        },
      ],
    };
  }
  return { kind: 'query', query, notes: [...new Set(notes)], confidence: 0.9 };
}
