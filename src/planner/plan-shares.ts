import type { MetricQuery } from '../domain/metric-query.ts';
import { isAdditive } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { namedPartOf, type Part, partOfShare } from './plan-part-of-share.ts';
import { isPart } from './plan-ranking.ts';
import { capital, label, periodText } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { rateOfFate } from './rate-of-fate.ts';
import { sayQuery } from './say-query.ts';

/** 'this year against last year in %': how much more or less it is, and no part of a whole. */
export function isChangeInPercent({ text }: Reading, { comparison, dimensions }: MetricQuery): boolean {
  return (
    comparison !== null &&
    dimensions.length <= 1 &&
    /(?:\b(?:in|as(?: an?)?) (?:%|percent\b|percentages?\b|pct\b)|\(%\)|[,–-] ?%\s*\W*$)/i.test(text) &&
    !/\b(?:share|shares|proportion|part|mix|split|portion|contribution)\b|(?:%|percent|percentage|pct) of\b/i.test(
      text,
    )
  );
}

export function shareOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (!reading.roles.has('share') || isChangeInPercent(reading, query)) return null;
  if (rateOfFate(reading, query, needs)) return null;
  const metric = needs.model.metrics.get(query.metrics[0] ?? '');
  if (query.metrics.some((one) => needs.model.metrics.get(one)?.unit.kind === 'share')) return null;
  const name = (metric?.label ?? 'revenue').toLowerCase();
  if (query.metrics.length > 1 && AS_PART_OF.test(reading.text)) {
    if (!isRatio(query, needs)) return noSuchRatio(query, needs);
    const [of = '', to = ''] = query.metrics;
    query.calculations.push({ kind: 'ratio', of, to });
    return null;
  }
  if (isPartOfAll(reading, query)) {
    for (const { dimension } of reading.conditions)
      if (dimension !== null && DAYS.test(dimension))
        query.filters.push({ dimension, operator: 'is-not-empty', values: [] });
    query.calculations.push({ kind: 'share-of-total' });
    return null;
  }
  const additive = metric !== undefined && isAdditive(metric, needs.model);
  const named = namedPartOf(reading, query, needs);
  if (named && isOfEach(query, named) && query.metrics.length === 1) {
    const order = orderOfShares(reading, query);
    if (order) return order;
    if (metric && !isAdditive(metric, needs.model))
      return { kind: 'cannot', text: `${metric.label} does not add up to a whole, so it has no shares.` };
    query.calculations.push({
      kind: 'share-of-total',
      whole: [named.kind === 'filter' ? named.filter.dimension : named.name],
    });
    return null;
  }
  const inside = query.filters.filter(
    (filter) =>
      (filter.operator === 'in' || filter.operator === 'not-in') &&
      !query.dimensions.includes(filter.dimension),
  );
  const segment = query.segments
    .map((name) => SEGMENT_DIMENSIONS[name])
    .find((name) => name !== undefined && needs.model.dimensions.has(name));
  const [outside] = inside;
  if (outside?.operator === 'not-in' && inside.length === 1 && query.dimensions.length === 0) {
    query.apart = { dimension: outside.dimension, values: outside.values };
    query.dimensions.push(outside.dimension);
    query.filters = query.filters.filter((one) => one !== outside);
    query.calculations.push({ kind: 'share-of-total' });
    return null;
  }
  if (outside?.operator === 'not-in' && inside.length === 1 && THAT_IS_NOT.test(reading.text) && additive) {
    query.calculations.push({ kind: 'share-of-total', whole: [outside.dimension] });
    return null;
  }
  const part = query.dimensions.length === 0 ? partOfShare(reading, query, needs) : undefined;
  if (part?.kind === 'filter') {
    const whole = needs.model.dimensions.get(part.filter.dimension);
    query.dimensions.push(part.filter.dimension);
    if (whole?.type !== 'boolean') notes.push(`the share is of all ${whole?.plural ?? 'values'}`);
  } else if (part?.kind === 'segment') {
    query.dimensions.push(part.filter.dimension);
    query.filters.push(part.filter);
    query.segments = query.segments.filter((name) => name !== part.name);
  } else if (query.dimensions.length === 0 && inside[0]) {
    query.dimensions.push(inside[0].dimension);
    notes.push(`the share is of all ${needs.model.dimensions.get(inside[0].dimension)?.plural ?? 'values'}`);
  } else if (query.dimensions.length === 0 && segment) {
    query.dimensions.push(segment);
    query.segments = query.segments.filter((name) => SEGMENT_DIMENSIONS[name] !== segment);
  } else if (query.dimensions.length === 0 && query.grain === null) {
    return {
      kind: 'ask',
      asksFigure: true,
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
    if (isOnlySplit(reading)) return null;
    return { kind: 'cannot', text: `${metric.label} does not add up to a whole, so it has no shares.` };
  }
  query.calculations.push({ kind: 'share-of-total' });
  return null;
}

/** 'country split of delivery days': what does not add up is told of each by itself. */
export function isOnlySplit({ text }: Reading): boolean {
  return SPLIT.test(text) && !SHARES.test(text);
}

const SPLIT = /\b(?:split|breakdown|mix|composition|makeup)\b/i;
const SHARES = /%|\b(?:shares?|percent(?:age)?s?|pct|proportions?|parts?|fractions?|contributions?)\b/i;

/** 'is the share of online sales going up': one part over time is told by its share, and not by its figure. */
export function sharesOverTime(query: MetricQuery, needs: PlanningNeeds): void {
  const at = query.calculations.findIndex(({ kind }) => kind === 'share-of-total');
  const share = query.calculations[at];
  const [only = '', ...more] = query.dimensions;
  const timed = query.grain !== null || query.comparison !== null;
  if (share?.kind !== 'share-of-total' || share.whole || !timed || query.ranking || query.apart) return;
  if (only === '' || more.length > 0 || query.metrics.length > 1) return;
  if (needs.model.dimensions.get(only)?.type === 'boolean') return;
  const part = query.filters.filter(({ dimension }) => dimension === only);
  if (part.length !== 1 || part[0]?.operator !== 'in' || part[0].values.length !== 1) return;
  query.dimensions = [];
  query.calculations[at] = { kind: 'share-of-total', whole: [only] };
}

/** 'which category has the highest online share': all are listed, with the highest share first. */
function orderOfShares(reading: Reading, query: MetricQuery): Planned | null {
  const { ranking } = reading;
  if (!ranking || query.dimensions.length === 0) return null;
  if (ranking.direction === 'bottom' || ranking.limit !== null || ranking.place !== undefined)
    return { kind: 'ask', text: 'I can list that share of each, the highest first.', questions: [] };
  reading.ranking = null;
  return null;
}

/** In each category, in each month, now and a year ago, or of all but one: not one part of one whole. */
function isOfEach(query: MetricQuery, part: Part): boolean {
  const left = part.kind === 'filter' && part.filter.operator === 'not-in';
  return (
    query.ranking === null &&
    query.apart === undefined &&
    (query.dimensions.length > 0 || query.grain !== null || query.comparison !== null || left)
  );
}

/** 'share of revenue that is not Sandals by branch': in each branch. */
const THAT_IS_NOT =
  /\b(?:share|percentage|percent|proportion|part|%) of (?:\p{L}+ ){1,3}(?:that|which) (?:is|was|are|were|did|does|do) ?(?:not\b|n['’]t\b)|\b(?:share|percentage|proportion) of non[- ]/iu;

const AS_PART_OF =
  /\b(?:as (?:an? )?(?:%|percent|percentage|share|proportion|fraction)|in percent|in %|ratio) of\b|% of\b/i;

/** Two amounts, or two numbers of the same things. */
function isRatio(query: MetricQuery, needs: PlanningNeeds): boolean {
  const [one, other] = query.metrics.map((name) => needs.model.metrics.get(name)?.unit);
  if (query.metrics.length !== 2 || !one || !other || one.kind !== other.kind) return false;
  return one.kind === 'money' || (one.kind === 'count' && other.kind === 'count' && one.of === other.of);
}

/** 'wages as % of sales': a rate that the model lacks is not the share that each has in its own whole. */
function noSuchRatio(query: MetricQuery, needs: PlanningNeeds): Planned {
  const labels = query.metrics.map((name) => (needs.model.metrics.get(name)?.label ?? name).toLowerCase());
  const question = sayQuery({ ...query, calculations: [] }, needs.model);
  return {
    kind: 'ask',
    text: `I have no figure for ${labels.join(' as a share of ')}. Would both side by side do?`,
    questions: [{ label: capital(question), question }],
  };
}

const DAYS = /^(?:delivery_time|shipping_time|refund_delay)$/;

/** 'share of orders over 500', '... without a customer', 'of the ten best products': one share of the whole. */
function isPartOfAll(reading: Reading, query: MetricQuery): boolean {
  if (query.grain !== null) return false;
  const conditions = reading.conditions.filter((one) => one.of !== null || one.dimension !== null);
  const judged = conditions.length > 0 && conditions.length === reading.conditions.length;
  const known = query.filters.some(({ operator }) => operator === 'is-empty' || operator === 'is-not-empty');
  const timed = conditions.length > 0 && conditions.every(({ dimension }) => DAYS.test(dimension ?? ''));
  const single =
    query.dimensions.length === 0 &&
    (timed || query.filters.every(({ operator }) => operator.includes('empty')));
  return isPart(reading, query) || (single && (judged || known));
}
