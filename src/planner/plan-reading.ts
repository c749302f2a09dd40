import { addDays } from '../domain/day.ts';
import type { Calculation, Filter, Having, MetricQuery, Ranking } from '../domain/metric-query.ts';
import { metricQuery } from '../domain/metric-query.ts';
import { type Grain, lengthInDays, type Period } from '../domain/period.ts';
import type { Reach } from '../model/model-reach.ts';
import type { ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import { chooseMetrics } from './plan-metrics.ts';
import { type Span, spanBefore, spanYearBefore, startOf } from './understand-calendar.ts';
import { periodOf, relativeSpan } from './understand-periods.ts';
import { havingOf, type Reading } from './understand-question.ts';
import type { TimeContext } from './understand-time.ts';
import type { ValueIndex } from './value-index.ts';

/** What a reading comes to, or why it comes to nothing. */
export type Planned =
  | { kind: 'query'; query: MetricQuery; notes: string[]; confidence: number }
  | { kind: 'why'; query: MetricQuery; before: Period; notes: string[] }
  | { kind: 'ask'; text: string; questions: { label: string; question: string }[] }
  | { kind: 'cannot'; text: string };

export type PlanningNeeds = { model: SemanticModel; reach: Reach; time: TimeContext; values?: ValueIndex };

/** Turns what was read into one metric query; asks where two readings would give two numbers. */
export function planReading(reading: Reading, needs: PlanningNeeds): Planned {
  const both = buyersOfBoth(reading);
  if (both) return both;
  const chosen = chooseMetrics(reading, needs.model, needs.reach);
  if (chosen.kind !== 'metrics') return chosen;
  const { metrics } = chosen;
  const notes = [...reading.notes, ...chosen.notes];
  const query = metricQuery({ metrics });

  const time = timesOf(reading, needs, notes);
  query.period = time.period;
  query.comparison = time.comparison;
  query.grain =
    reading.grain ?? (reading.periods.grain && !reading.roles.has('combined') ? reading.periods.grain : null);

  const filtered = filtersOf(reading, query, needs, notes);
  if (filtered) return filtered;
  dimensionsOf(reading, query);
  const shared = shareOf(reading, query, needs, notes);
  if (shared) return shared;
  if (reading.roles.has('why')) return whyOf(reading, query, time.span, needs, notes);
  const shaped = shapeOf(reading, query, time.span, needs, notes);
  if (shaped) return shaped;
  const ranked = rankingOf(reading, query, needs, notes);
  if (ranked) return ranked;
  const emptyOne = query.dimensions.find((name) => isWithoutValues(name, needs));
  if (emptyOne) {
    return {
      kind: 'cannot',
      text: `No ${needs.model.dimensions.get(emptyOne)?.plural ?? emptyOne} are on file, so I cannot tell anything apart by them.`,
    };
  }
  exchange(reading, query, needs, notes);
  const conditioned = conditionsOf(reading, query, needs, notes);
  if (conditioned) return conditioned;
  const unreachable = unreachableOf(query, needs, reading);
  if (unreachable) return unreachable;
  if (query.period === null && reading.periods.span === undefined) notes.push('no period was said: all data');
  const sure = 1 - 0.05 * Math.min(4, chosen.notes.length + reading.notes.length);
  return { kind: 'query', query, notes: [...new Set(notes)], confidence: Math.round(sure * 100) / 100 };
}

/** A column of names that has none: whatever is asked by it, there is nothing to tell. */
function isWithoutValues(name: string, needs: PlanningNeeds): boolean {
  return (
    needs.values !== undefined &&
    needs.values.size > 0 &&
    needs.model.dimensions.get(name)?.values.kind === 'column' &&
    NAMED_ONLY.has(name) &&
    needs.values.valuesOf(name).length === 0
  );
}

const NAMED_ONLY = new Set([
  'seller',
  'seller_city',
  'seller_state',
  'brand',
  'department',
  'subcategory',
  'coupon',
  'refund_reason',
  'refund_method',
]);

/** The figure that is meant by a word where the named one cannot be told apart: revenue by payment method is what was paid. */
const EXCHANGES: [dimension: RegExp, Record<string, string>][] = [
  [
    /^(?:payment_method|installments)$/,
    {
      revenue: 'payments',
      orders: 'paid_orders',
      unique_customers: 'payment_count',
      units: 'payment_count',
      refunds: 'payments',
    },
  ],
  [
    /^refund_(?:reason|method)$/,
    {
      returned_units: 'refunded_units',
      returned_orders: 'refunded_orders',
      units: 'refund_count',
      orders: 'refund_count',
      payments: 'refunds',
      payment_count: 'refund_count',
    },
  ],
  [/^(?:account|account_kind|account_code)$/, { cost: 'expenses', revenue: 'income' }],
]; // prettier-ignore

function exchange(reading: Reading, query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const names = [...query.dimensions, ...query.filters.map((filter) => filter.dimension)];
  for (const [dimension, instead] of EXCHANGES) {
    const by = names.find((name) => dimension.test(name));
    if (by === undefined) continue;
    query.metrics = query.metrics.map((metric) => {
      const other = instead[metric];
      if (other === undefined || needs.reach.dimension(metric, by) || !needs.model.metrics.has(other))
        return metric;
      if (!names.every((name) => needs.reach.dimension(other, name))) return metric;
      const labels = [metric, other].map((name) =>
        (needs.model.metrics.get(name)?.label ?? name).toLowerCase(),
      );
      notes.push(`by ${label(needs, by)}, ${labels[0]} was read as ${labels[1]}`);
      if (query.ranking?.by === metric) query.ranking.by = other;
      return other;
    });
    query.metrics = [...new Set(query.metrics)];
  }
  void reading;
}

/** 'customers who bought boots and sandals': those of both, or of either? The number differs. */
function buyersOfBoth(reading: Reading): Planned | undefined {
  const values = reading.filters.filter((filter) => !filter.negated);
  const people = reading.metrics.some((name) => /customers$/.test(name));
  const goods = values.filter((filter) =>
    /^(?:product|product_id|sku|category|subcategory|department|brand)$/.test(
      filter.hits[0]?.dimension ?? '',
    ),
  );
  const same = new Set(goods.map((filter) => filter.hits[0]?.dimension)).size < goods.length;
  if (!people || !same || !reading.roles.has('and') || reading.roles.has('or')) return undefined;
  const names = values.map((filter) => `"${filter.hits[0]?.value ?? ''}"`);
  const period = reading.periods.span
    ? ` from ${reading.periods.span.from} to ${addDays(reading.periods.span.to, -1)}`
    : '';
  return {
    kind: 'ask',
    text: 'I cannot count those who bought both. Would one of these do?',
    questions: [
      {
        label: 'Customers who bought either',
        question: `customers who bought ${names.join(' or ')}${period}`,
      },
      ...names.map((name) => ({
        label: `Customers who bought ${name}`,
        question: `customers who bought ${name}${period}`,
      })),
    ],
  };
}

type Times = { span: Span | null; period: Period | null; comparison: MetricQuery['comparison'] };

function timesOf(reading: Reading, needs: PlanningNeeds, notes: string[]): Times {
  const { periods } = reading;
  let span = periods.span ?? null;
  let comparison = periods.comparison;
  if (periods.relative && !span) {
    const unit = periods.relative.kind === 'year-before' ? 'year' : (periods.relative.unit ?? 'month');
    span = soFar(unit, needs);
    notes.push(`no period was said, so this ${unit} so far was taken`);
    comparison = {
      kind: periods.relative.kind === 'year-before' ? 'same-period-last-year' : 'previous-period',
      span: relativeSpan(span, periods.relative),
    }; // prettier-ignore
  }
  const changing = reading.change !== null || reading.roles.has('growth');
  const bucketed = reading.grain !== null || reading.roles.has('trend') || reading.subjectUnit !== null;
  if (reading.change !== null && !comparison) {
    const unit = reading.change;
    if (unit === 'year') {
      span ??= soFar('year', needs);
      comparison = { kind: 'same-period-last-year', span: spanYearBefore(span) };
    } else if (span && span.unit === unit && span.count === 1) {
      comparison = { kind: 'previous-period', span: spanBefore(span) };
    }
  } else if (changing && !comparison && span && !bucketed && !reading.roles.has('why')) {
    comparison = { kind: 'previous-period', span: spanBefore(span) };
    notes.push('held against the period before');
  }
  return {
    span,
    period: span ? periodOf(span) : null,
    comparison: comparison ? { kind: comparison.kind, period: periodOf(comparison.span) } : null,
  };
}

function soFar(unit: Span['unit'], needs: PlanningNeeds): Span {
  const from = startOf(unit, needs.time.today);
  return {
    from,
    to: addDays(needs.time.today, 1),
    unit,
    count: 1,
    toDate: unit !== 'day',
    label: `this ${unit} so far`,
    notes: [],
  };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function filtersOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const groups = new Map<string, Filter>();
  for (const { hits, negated } of reading.filters) {
    const [hit] = hits;
    if (!hit) continue;
    if (hit.family) {
      query.filters.push({
        dimension: hit.dimension,
        operator: negated ? 'not-contains' : 'starts-with',
        values: [hit.value],
      });
      notes.push(`all ${label(needs, hit.dimension)}s whose name begins with '${hit.value}'`);
      continue;
    }
    const key = `${hit.dimension} ${negated}`;
    const there = groups.get(key);
    const values = hits.filter((one) => one.dimension === hit.dimension).map((one) => one.value);
    if (there) for (const value of values) if (!there.values.includes(value)) there.values.push(value);
    if (!there)
      groups.set(key, { dimension: hit.dimension, operator: negated ? 'not-in' : 'in', values: [...values] });
  }
  query.filters = [...groups.values(), ...query.filters];
  for (const text of reading.texts) {
    const dimension = text.dimension ?? (needs.model.dimensions.has('product') ? 'product' : null);
    if (!dimension)
      return { kind: 'ask', text: `In which name should I look for '${text.text}'?`, questions: [] };
    query.filters.push({
      dimension,
      operator: text.negated ? 'not-contains' : 'contains',
      values: [text.text],
    });
  }
  for (const { dimension, empty } of reading.emptiness) {
    query.filters.push({ dimension, operator: empty ? 'is-empty' : 'is-not-empty', values: [] });
  }
  query.segments = reading.segments;
  const days = reading.periods.weekdays;
  if (days.length === 7 && needs.model.dimensions.has('weekend')) query.dimensions.push('weekend');
  else if (days.length > 0) {
    const segment =
      days.join() === '6,7' ? 'on_weekends' : days.join() === '1,2,3,4,5' ? 'on_weekdays' : null;
    if (segment && needs.model.segments.has(segment))
      query.segments = [...new Set([...query.segments, segment])];
    else if (needs.model.dimensions.has('weekday')) {
      query.filters.push({
        dimension: 'weekday',
        operator: 'in',
        values: days.map((day) => WEEKDAYS[day - 1] ?? ''),
      });
    } else return { kind: 'cannot', text: 'I cannot split by the day of the week here.' };
  }
  if (query.segments.length > 1 && contradictory(query.segments)) {
    const dimension = SEGMENT_DIMENSIONS[query.segments[0] ?? ''];
    if (dimension && needs.model.dimensions.has(dimension)) {
      query.segments = query.segments.filter((name) => SEGMENT_DIMENSIONS[name] !== dimension);
      query.dimensions.push(dimension);
      notes.push('shown side by side');
    }
  }
  return null;
}

const SEGMENT_DIMENSIONS: Record<string, string> = {
  online: 'channel',
  in_store: 'channel',
  on_weekends: 'weekend',
  on_weekdays: 'weekend',
  with_discount: 'discounted',
  at_full_price: 'discounted',
  by_new_customers: 'customer_type',
  by_returning_customers: 'customer_type',
  with_coupon: 'coupon_used',
  without_coupon: 'coupon_used',
  delivered_on_time: 'delivered_late',
}; // prettier-ignore

function contradictory(segments: string[]): boolean {
  const dimensions = segments.map((name) => SEGMENT_DIMENSIONS[name]).filter((name) => name !== undefined);
  return new Set(dimensions).size < dimensions.length;
}

function dimensionsOf(reading: Reading, query: MetricQuery): void {
  for (const { name, how } of reading.dimensions) {
    if (
      how === 'plain' &&
      /^(?:order_number|product|customer)$/.test(name) &&
      reading.metrics.length > 0 &&
      !reading.ranking &&
      reading.conditions.length === 0
    )
      continue; // prettier-ignore
    if (!query.dimensions.includes(name)) query.dimensions.push(name);
  }
  if (reading.roles.has('combined') || reading.roles.has('or')) return;
  const several = query.filters.find((filter) => filter.operator === 'in' && filter.values.length > 1);
  const saidApart =
    reading.filters.filter((filter) => !filter.negated && filter.hits[0]?.dimension === several?.dimension)
      .length > 1;
  if (several && saidApart && !query.dimensions.includes(several.dimension) && !reading.roles.has('share')) {
    query.dimensions.push(several.dimension);
  }
}

function shareOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (!reading.roles.has('share')) return null;
  const metric = needs.model.metrics.get(query.metrics[0] ?? '');
  if (metric?.unit.kind === 'share') return null;
  const name = (metric?.label ?? 'revenue').toLowerCase();
  if (reading.conditions.some((condition) => condition.metric !== null || condition.dimension === null)) {
    return {
      kind: 'ask',
      text: 'I cannot put a share on those above a limit. Would one of these do?',
      questions: [
        { label: capital(name), question: `${name}${periodText(query) || ' of all time'}` },
        {
          label: `${capital(name)} by category`,
          question: `share of ${name} by category${periodText(query)}`,
        },
      ],
    };
  }
  const limit = reading.ranking?.limit ?? 0;
  const shareFirst =
    /\b(?:share|percent|percentage|proportion|fraction|how much) of\b.*\b(?:top|best|biggest|largest|bottom|worst)\b/i;
  if (limit > 1 && query.dimensions[0] && shareFirst.test(reading.text)) {
    const plural = needs.model.dimensions.get(query.dimensions[0])?.plural ?? query.dimensions[0];
    return {
      kind: 'ask',
      text: `I can show the share of each of those ${limit}; I do not add them up. Shall I?`,
      questions: [
        {
          label: `Top ${limit} ${plural} with their shares`,
          question: `top ${limit} ${plural} by ${name} with share of total${periodText(query)}`,
        },
        { label: `${capital(name)} in all`, question: `${name}${periodText(query) || ' of all time'}` },
      ],
    };
  }
  const inside = query.filters.filter(
    (filter) =>
      (filter.operator === 'in' || filter.operator === 'not-in') &&
      !query.dimensions.includes(filter.dimension),
  );
  const segment = query.segments
    .map((name) => SEGMENT_DIMENSIONS[name])
    .find((name) => name !== undefined && needs.model.dimensions.has(name));
  if (query.dimensions.length === 0 && inside[0]) {
    query.dimensions.push(inside[0].dimension);
    notes.push(`the share is of all ${needs.model.dimensions.get(inside[0].dimension)?.plural ?? 'values'}`);
  } else if (query.dimensions.length === 0 && segment) {
    query.dimensions.push(segment);
    query.segments = query.segments.filter((name) => SEGMENT_DIMENSIONS[name] !== segment);
  } else if (query.dimensions.length === 0 && query.grain === null) {
    return {
      kind: 'ask',
      text: `The share of what in all ${name}?`,
      questions: ['category', 'country', 'branch', 'product']
        .filter((one) => needs.model.dimensions.has(one) && metric && needs.reach.dimension(metric.name, one))
        .map((one) => ({
          label: `By ${label(needs, one)}`,
          question: `share of ${name} by ${label(needs, one)}${periodText(query)}`,
        })),
    };
  }
  if (metric && !isAdditive(metric, needs.model)) {
    return { kind: 'cannot', text: `${metric.label} does not add up to a whole, so it has no shares.` };
  }
  query.calculations.push({ kind: 'share-of-total' });
  return null;
}

/** Time shapes: trend, growth, running total, moving average, average per day. */
function shapeOf(
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
  const growing = roles.has('growth') || (reading.change !== null && reading.change !== 'year');
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
    return across(reading, query, aggregate, metric, needs);
  }
  if (roles.has('average') && !roles.has('moving')) {
    if (metric && isAverage(metric)) return null;
    if (query.grain !== null && reading.subjectUnit === null)
      return across(reading, query, 'average', metric, needs);
    return askAverage(reading, query, needs);
  }
  if ((roles.has('maximum') || roles.has('minimum')) && query.grain !== null) {
    return across(reading, query, roles.has('maximum') ? 'maximum' : 'minimum', metric, needs);
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
): Planned | null {
  if (query.grain === null || !metric) return null;
  if (query.comparison || query.metrics.length > 1) {
    return {
      kind: 'ask',
      text: 'One at a time, please: which one do you mean?',
      questions: unitChoices(reading, query, needs),
    };
  }
  query.acrossGrain = { grain: query.grain, aggregate };
  query.grain = null;
  if (aggregate !== 'average') reading.ranking = null;
  return null;
}

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

function rankingOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const { ranking } = reading;
  if (!ranking) return null;
  if (query.acrossGrain) return null;
  const subject = reading.dimensions.find((one) => one.how === 'subject') ?? reading.dimensions[0];
  if (!subject && !reading.subjectUnit) {
    const only = query.filters.find((filter) => filter.operator === 'in' && filter.values.length > 1);
    if (!only) {
      const name = query.metrics[0] ?? 'revenue';
      return {
        kind: 'ask',
        text: `The ${ranking.word} of what?`,
        questions: [
          {
            label: 'Products',
            question: `top 10 products by ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
          {
            label: 'Categories',
            question: `top 10 categories by ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
          {
            label: 'Months',
            question: `which month had the highest ${name.replaceAll('_', ' ')}${periodText(query)}`,
          },
        ],
      }; // prettier-ignore
    }
  }
  const changing = subject !== undefined && (reading.roles.has('growth') || reading.change !== null);
  if (changing && !query.comparison) {
    const main = query.period === null ? lastComplete(needs) : undefined;
    if (main) {
      query.period = periodOf(main);
      query.comparison = { kind: 'previous-period', period: periodOf(spanBefore(main)) };
      query.calculations = query.calculations.filter((one) => one.kind !== 'growth');
      query.grain = null;
      notes.push('no period was said: the last complete month against the one before');
    }
  }
  const others = query.dimensions.filter(
    (name) => name !== subject?.name && !query.filters.some((filter) => filter.dimension === name),
  );
  if (subject && (others.length > 0 || (reading.subjectUnit === null && query.grain !== null))) {
    const per = others[0]?.replaceAll('_', ' ') ?? query.grain;
    return {
      kind: 'ask',
      text: `A ranking inside each ${per} is more than I can do in one go. Which would you like?`,
      questions: [
        {
          label: `Ranking of ${subject.name.replaceAll('_', ' ')} alone`,
          question: `top ${ranking.limit ?? 10} ${subject.name.replaceAll('_', ' ')}s by ${(reading.rankingMetric ?? query.metrics[0] ?? '').replaceAll('_', ' ')}${periodText(query)}`,
        }, // prettier-ignore
        ...(others[0]
          ? [
              {
                label: `Ranking of ${per} alone`,
                question: `top ${ranking.limit ?? 10} ${per} by ${(reading.rankingMetric ?? query.metrics[0] ?? '').replaceAll('_', ' ')}${periodText(query)}`,
              },
            ]
          : []), // prettier-ignore
      ],
    };
  }
  const plural = subject ? subject.plural : reading.subjectUnitPlural;
  const everyone = ranking.limit === null && /^(?:rank|ranking|ranked)$/.test(ranking.word);
  const limit = ranking.limit ?? (everyone ? 100 : plural ? 10 : 1);
  if (ranking.limit === null && plural && !everyone) notes.push('the first 10');
  const by = needs.model.metrics.get(reading.rankingMetric ?? query.metrics[0] ?? '');
  const turned =
    by?.more_is === 'bad' &&
    /^(?:best|worst|best performing|worst performing|top performing|strongest|weakest|poorest)$/.test(
      ranking.word,
    );
  const direction = turned ? (ranking.direction === 'top' ? 'bottom' : 'top') : ranking.direction;
  if (turned)
    notes.push(
      `'${ranking.word}' was read as the ${direction === 'top' ? 'highest' : 'lowest'} ${by.label.toLowerCase()}`,
    );
  if (changing && query.comparison) {
    const metric = reading.rankingMetric ?? query.metrics[0] ?? '';
    const falling =
      FALLING.test(reading.text) && !/\bgrow|\bgrew|increase|\bros|\brise|gain/i.test(reading.text);
    const least = ranking.direction === 'bottom';
    const relative = /%|\bpercent|percentage|relative|fastest|quickest|\brate\b/i.test(reading.text);
    query.ranking = {
      by: `${metric}${relative ? '_change_share' : '_change'}`,
      direction: falling === least ? 'top' : 'bottom',
      limit,
      withRest: false,
    };
    notes.push(`in order of the change ${relative ? 'in percent' : 'itself, not in percent'}`);
    return null;
  }
  query.ranking = {
    by: reading.rankingMetric ?? query.metrics[0] ?? '',
    direction,
    limit,
    withRest: reading.roles.has('rest'),
  } satisfies Ranking; // prettier-ignore
  if (!query.metrics.includes(query.ranking.by)) query.metrics.push(query.ranking.by);
  return null;
}

const FALLING =
  /\b(?:fall|fell|falls|fallen|falling|drop|drops|dropped|dropping|declin\w+|decreas\w+|los[te]|lost|losing|shr[aiu]nk\w*|slump\w*|plung\w+|collaps\w+|worsen\w*|down)\b/i;

function conditionsOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (
    isRepeat(reading) &&
    needs.model.metrics.has('repeat_customers') &&
    query.dimensions.every((name) => name === 'customer')
  ) {
    query.metrics = ['repeat_customers'];
    query.dimensions = [];
    return null;
  }
  for (const condition of reading.conditions) {
    if (condition.dimension) {
      query.filters.push({
        dimension: condition.dimension,
        operator: condition.operator,
        values: condition.values,
      });
      continue;
    }
    const name = condition.metric ?? (query.metrics.length === 1 ? query.metrics[0] : undefined);
    const metric = needs.model.metrics.get(name ?? '');
    const grouped = query.dimensions.length > 0 || query.grain !== null;
    if (!metric || !grouped || (condition.unit === 'money' && metric.unit.kind !== 'money')) {
      const said = condition.values.join(' and ');
      return {
        kind: 'ask',
        text: `What should be ${condition.operator.replace('-', ' ')} ${said}?`,
        questions: [
          ...(reading.metrics.includes('orders') ? ['order_number'] : []),
          'category',
          'product',
          'customer',
        ]
          .filter((one) => needs.model.dimensions.has(one))
          .map((one) => ({
            label: `${capital(needs.model.dimensions.get(one)?.plural ?? one)} with revenue ${words(condition.operator)} ${said}`,
            question: `which ${needs.model.dimensions.get(one)?.plural ?? one} have revenue ${words(condition.operator)} ${said}${periodText(query)}`,
          })), // prettier-ignore
      };
    }
    query.having.push(havingOf(condition, metric.name, metric.unit.kind === 'share') satisfies Having);
    if (!query.metrics.includes(metric.name)) query.metrics.push(metric.name);
    if (reading.roles.has('how-many')) notes.push('each one is listed; the number of rows is the count');
  }
  return null;
}

/** 'How many customers bought more than once?' is a metric of its own. */
function isRepeat(reading: Reading): boolean {
  const [condition] = reading.conditions;
  if (reading.conditions.length !== 1 || !condition || !reading.roles.has('how-many')) return false;
  const customers =
    reading.metrics.includes('unique_customers') || reading.dimensions.some((one) => one.name === 'customer');
  const orders =
    condition.metric === 'orders' ||
    (reading.roles.has('buy') && (condition.metric === null || condition.metric === 'unique_customers'));
  const twice =
    (condition.operator === 'more-than' && condition.values[0] === '1') ||
    (condition.operator === 'at-least' && condition.values[0] === '2');
  return customers && orders && twice;
}

function words(operator: string): string {
  return operator === 'between'
    ? 'between'
    : operator === 'more-than'
      ? 'over'
      : operator === 'less-than'
        ? 'under'
        : operator.replace('-', ' ');
}

function whyOf(
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
            !query.filters.some((filter) => filter.dimension === name && filter.values.length === 1),
        )
  ).slice(0, 4); // prettier-ignore
  return { kind: 'why', query, before, notes: [...new Set(notes)] };
}

function lastComplete(needs: PlanningNeeds): Span {
  const to = startOf('month', needs.time.today);
  const from = startOf('month', addDays(to, -1));
  return { from, to, unit: 'month', count: 1, toDate: false, label: 'last month', notes: [] };
}

function unreachableOf(query: MetricQuery, needs: PlanningNeeds, reading: Reading): Planned | null {
  for (const metric of query.metrics) {
    const found = needs.model.metrics.get(metric);
    if (!found) continue;
    const bad =
      [...query.dimensions, ...query.filters.map((filter) => filter.dimension)].find(
        (name) => !needs.reach.dimension(metric, name),
      ) ?? query.segments.find((name) => !needs.reach.segment(metric, name));
    if (bad !== undefined) {
      const by =
        needs.model.dimensions.get(bad)?.label.toLowerCase() ??
        needs.model.segments.get(bad)?.label.toLowerCase() ??
        bad;
      const other = [...needs.model.metrics.values()]
        .filter(
          (one) =>
            ['revenue', 'orders', 'units', 'payments', 'refunds', 'expenses', 'returned_units'].includes(
              one.name,
            ) &&
            [...query.dimensions, ...query.filters.map((filter) => filter.dimension)].every((name) =>
              needs.reach.dimension(one.name, name),
            ),
        ) // prettier-ignore
        .slice(0, 3);
      const tail = `${query.dimensions.map((name) => ` by ${label(needs, name)}`).join('')}${filterText(query, needs)}${periodText(query)}`;
      return {
        kind: 'ask',
        text: `${found.label} cannot be told apart by ${by}. What would you like instead?`,
        questions: [
          {
            label: `${found.label} in all`,
            question: `${found.label.toLowerCase()}${periodText(query) || ' of all time'}`,
          },
          ...other.map((one) => ({
            label: `${one.label} by ${by}`.slice(0, 75),
            question: `${one.label.toLowerCase()}${tail}`,
          })),
        ],
      };
    }
    const fixed = query.filters.find((filter) => isFixedBy(found, filter.dimension, needs.model));
    if (fixed) {
      const by = label(needs, fixed.dimension);
      return {
        kind: 'cannot',
        text: `${found.label} is of one ${by} only, so I cannot narrow it to another. ${found.definition}`,
      };
    }
    if (
      found.kind === 'simple' &&
      found.measures.every((measure) => measure.time === null) &&
      (query.period || query.grain || query.comparison)
    ) {
      if (query.grain || query.comparison || query.period) {
        return {
          kind: 'ask',
          text: `${found.label} has no date: it is what is on file now.`,
          questions: [
            { label: `${found.label} now`, question: `${found.label.toLowerCase()}` },
            ...timed(found.name, needs, query),
          ],
        };
      }
    }
  }
  void reading;
  return null;
}

/** Whether the metric's own meaning settles this dimension: revenue is of sale lines, so it has no 'free' ones. */
function isFixedBy(metric: ModelMetric, dimension: string, model: SemanticModel): boolean {
  if (metric.kind !== 'simple') return false;
  const sources = model.dimensions.get(dimension)?.sources ?? [];
  const columns = sources.filter((source) =>
    /^[a-z_]+\.(?:line_kind|document_kind|account_kind)$/.test(source),
  );
  return (
    columns.length > 0 &&
    metric.measures.every((measure) =>
      measure.where.some((condition) => columns.some((column) => condition.includes(column))),
    )
  );
}

function timed(
  name: string,
  needs: PlanningNeeds,
  query: MetricQuery,
): { label: string; question: string }[] {
  const other = {
    products_total: 'products_sold',
    customers_total: 'unique_customers',
    sellers_total: 'active_sellers',
    branches_total: 'revenue',
  }[name];
  const metric = needs.model.metrics.get(other ?? '');
  return metric
    ? [{ label: metric.label, question: `${metric.label.toLowerCase()}${periodText(query)}` }]
    : [];
}

/** Day for up to five weeks, week up to a season, else month. */
export function autoGrain(period: Period | null, needs: PlanningNeeds): Grain {
  const { dataFrom, dataTo } = needs.time;
  const days = period
    ? lengthInDays(period)
    : dataFrom && dataTo
      ? lengthInDays({ from: dataFrom, to: addDays(dataTo, 1) })
      : 400;
  return days <= 36 ? 'day' : days <= 95 ? 'week' : 'month';
}

function isAdditive(metric: ModelMetric, model: SemanticModel): boolean {
  if (metric.kind === 'ratio') return false;
  if (metric.kind === 'derived')
    return [...metric.plus, ...metric.minus].every((name) => {
      const part = model.metrics.get(name);
      return part !== undefined && isAdditive(part, model);
    }); // prettier-ignore
  return metric.measures.every(
    (measure) => measure.additive === 'all' || measure.aggregate === 'count_distinct',
  );
}

/** Metrics that are averages or rates already. */
export function isAverage(metric: ModelMetric): boolean {
  if (
    metric.kind === 'ratio' ||
    metric.unit.kind === 'share' ||
    metric.unit.kind === 'days' ||
    metric.unit.kind === 'ratio'
  )
    return true;
  return (
    metric.kind === 'simple' &&
    metric.measures.every((measure) => measure.aggregate === 'average' || measure.per?.take === 'median')
  );
}

export function periodText(query: MetricQuery): string {
  return query.period ? ` from ${query.period.from} to ${addDays(query.period.to, -1)}` : '';
}

function filterText(query: MetricQuery, needs: PlanningNeeds): string {
  const included = query.filters.filter((filter) => filter.operator === 'in' && filter.values.length > 0);
  return included
    .map((filter) => ` for ${label(needs, filter.dimension)} "${filter.values.join('" and "')}"`)
    .join('');
}

function label(needs: PlanningNeeds, dimension: string): string {
  return (needs.model.dimensions.get(dimension)?.label ?? dimension).toLowerCase();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
