import { type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type { Plan } from '../domain/plan.ts';
import { spanOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import { changeFilters } from './change-filters.ts';
import { changeMetrics, changePeriod, changeShape, changesOnly } from './change-query.ts';
import { notTraced, planReading } from './plan-reading.ts';
import { untraced } from './plan-traces.ts';
import type { Planned } from './planned.ts';
import type { PlannerScope } from './planner-scope.ts';
import { sayPeriod } from './say-query.ts';

const OPENING =
  /^(?:by|sort(?:ed)? by|rank(?:ed)? by|and|also|but|or|ok|okay|now|then|so|what about|how about|same|only|just|without|excluding|exclude|except|instead|why|why\?|compare|compared|vs|versus|against|by|per|split|break|for|in|on|top|bottom|as|show (?:it|that|this|them|me that|the same|only)|make it|remove|clear|drop|add|include|not|the same|switch|change|use|plot|chart|graph|draw|show as|show it|filter|with|drill|zoom|narrow|repeat|do the same|daily|weekly|monthly|quarterly|yearly|last|previous|the|this|yesterday|today|since|from|between|until|year over year|month over month|yoy|mom|more|total|all|every|as a|in percent|share|growth|trend|over time|cumulative|which)\b/i;
const STRONG =
  /^(?:by|sort(?:ed)? by|rank(?:ed)? by|plus|as well as|and|also|but|what about|how about|ok and|okay and|now|same|same for|only|just|instead|why\??$|make it|remove|clear|switch|change it|use|as a|the same|do the same|repeat|drill|zoom|narrow|show (?:it|that|this|them)|plot (?:it|that|this)|compare (?:it|that|this|with|to)|compared (?:with|to)|break (?:it|that|this)|split (?:it|that|this)|filter|without|excluding|exclude|except|then)\b/i;
/** 'which brand is worst' says by no figure of its own what it judges. */
const WHICH_IS =
  /^(?:and |so |ok(?:ay)? |then )?which (?:\p{L}+ )?(?:is|are|was|were|has|had) (?:the )?(?:best|worst|highest|lowest|biggest|smallest|largest|strongest|weakest|top|bottom)(?: one)?[?.! ]*$/iu;
/** 'total': the thread's figure, no longer taken apart. */
const IN_ALL =
  /^(?:and |so |the |just |only )*(?:(?:grand |overall )?(?:total|sum)(?: of (?:these|those|them|all of (?:them|these|those)))?|in total|overall|all together|altogether|in all)(?: please)?[?.! ]*$/i;
const POINTING = /\b(?:it|that|this one|those|them|these|instead|the same)\b(?! is| was)/i;

const SHARE_OF =
  /^(?:(?:what|which)(?: (?:is|was|are|were|has been))? )?(?:the |a |our )?(?:share|percentage|percent|per cent|proportion|fraction|pct|%) of (?!(?:that|this|those|them|these|it|which)\b)/i;

/** 'share of customers with more than 3 orders' is whole of its own where it can be told without the thread. */
export function isOwnShare(question: string): boolean {
  return SHARE_OF.test(question) && !POINTING.test(question);
}

/** Whether a question leans on the one before: by its opening words, or because it names no figure of its own. */
export function isFollowUp(reading: Reading, question: string): boolean {
  if (IN_ALL.test(question) || AGAINST_BUDGET.test(question)) return true;
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
export function planFollowUp(read: Reading, last: Plan, scope: PlannerScope): Planned | undefined {
  const reading = againstItsBudget(ofTheSameKind(read, last, scope), last);
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
  changeFilters(reading, query, fresh.query, scope);
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

/** 'vs budget': the thread's own figure is held against what was planned of it. */
const AGAINST_BUDGET =
  /^(?:and |so |now )*(?:vs\.?|versus|against|compared? (?:it |that )?(?:to|with)) (?:the |its |their |our )?(?:budget|plan|target)s?[?.! ]*$/i;

const WITH_BUDGET: Record<string, string[]> = {
  revenue: ['revenue', 'revenue_budget', 'revenue_variance'],
  expenses: ['expenses', 'expense_budget', 'expense_variance'],
};

function againstItsBudget(reading: Reading, last: Plan): Reading {
  const metrics = WITH_BUDGET[queryOf(last)?.metrics[0] ?? ''];
  return metrics && AGAINST_BUDGET.test(reading.text) ? { ...reading, metrics } : reading;
}

/** 'only London' after 'by city' is the city that customers live in, and not that of the branch. */
function ofTheSameKind(reading: Reading, last: Plan, scope: PlannerScope): Reading {
  const base = queryOf(last);
  const spoken = base ? [...base.dimensions, ...base.filters.map(({ dimension }) => dimension)] : [];
  const changed: string[] = [];
  const filters = reading.filters.map((filter) => {
    if (filter.hits.some((hit) => spoken.includes(hit.dimension))) return filter;
    const kind = spoken.find((name) =>
      filter.hits.some((hit) => scope.values.valuesOf(name).includes(hit.value)),
    );
    if (kind === undefined) return filter;
    changed.push(filter.hits[0]?.value ?? '');
    return { ...filter, hits: filter.hits.map((hit) => ({ ...hit, dimension: kind })) };
  });
  const notes = reading.notes.filter(
    (note) => !changed.some((value) => note.startsWith(`'${value}' was read as`)),
  );
  return { ...reading, filters, notes };
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
  // 'and rent?' after the wages as a share of sales: the account narrows the expenses alone.
  if (query.calculations.some(({ kind }) => kind === 'ratio'))
    query.filters = query.filters.map((filter) => {
      const of = query.metrics.filter((metric) => scope.reach.dimension(metric, filter.dimension));
      return filter.of || of.length === 0 || of.length === query.metrics.length ? filter : { ...filter, of };
    });
  for (const metric of query.metrics) {
    const narrowed = query.filters.filter(({ of }) => of?.includes(metric) ?? true);
    const bad = [...query.dimensions, ...narrowed.map((filter) => filter.dimension)].find(
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
