import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { addUnits, startOf } from '../periods/understand-calendar.ts';
import type { Reading } from '../reading/reading.ts';
import { type Doubt, figureName } from './doubt.ts';
import { OF_OUR_BEST, WHERE_IS_ASKED, WHO_IS_ASKED } from './plan-asked.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import type { PlanningNeeds } from './planned.ts';

const itself = (query: MetricQuery): MetricQuery[] => [query];

/** 'customers who bought once a month', 'people who order every week': that often, time after time. */
const SO_OFTEN =
  /\b(?:customers|people|buyers|shoppers|clients)\b[^?.!]*?(?:\b(?:once|twice|(?:two|three|four|five|\d+) times) (?:a|an|per|every|each|in each|in every)|\b(?:who|that) (?:buys?|bought|orders?|ordered|shops?|shopped|purchased?)(?: (?:with|from) us)? (?:every|each)(?: single)?) (?:day|week|month|quarter|year)\b/i;

/** Who, where, only, both, the best: words of which a plan that does not do as they say would be of something else. */
export const DOUBTS_OF_WORDS: readonly Doubt[] = [
  {
    raised: (_reading, query) => ranksOnlyOne(query),
    text: () => 'To say which was the best, all have to be looked at. Shall I?',
    instead: (query, reading, needs) => {
      const [by] = query.dimensions;
      const year = { from: startOf('year', needs.time.today), to: addDays(needs.time.today, 1) };
      const inYear = /\byear\b/i.test(reading.text) ? year : null;
      return [
        {
          ...query,
          filters: query.filters.filter(({ dimension }) => dimension !== by),
          period: by === undefined ? inYear : query.period,
        },
      ];
    },
  },
  {
    raised: ({ text }, query, needs) =>
      /\bhow many (?:hours|days|weeks|months|quarters|years)\b/i.test(text) &&
      query.having.length === 0 &&
      query.ranking === null &&
      !query.metrics.some((name) => needs.model.metrics.get(name)?.unit.kind === 'days') &&
      (query.grain !== null ||
        query.dimensions.includes('hour_of_day') ||
        /\b(?:days|weeks|months) (?:of|worth)\b/i.test(text)),
    text: (_reading, query, needs) =>
      `I cannot tell how long that is. Would ${figureName(query.metrics[0] ?? '', needs)} do?`,
    instead: (query) => [
      { ...query, grain: null, dimensions: query.dimensions.filter((name) => name !== 'hour_of_day') },
    ],
  },
  {
    raised: ({ text }, query) => SO_OFTEN.test(text) && query.grain !== null,
    text: () => 'How often each of them bought in each of those times I cannot tell. Would one of these do?',
    instead: (query) => [
      { ...query, metrics: ['unique_customers'], members: [], having: [], dimensions: [] },
      { ...query, metrics: ['orders_per_customer'], members: [], having: [], dimensions: [] },
    ],
  },
  {
    raised: ({ text }, query, needs) =>
      /\bhow late\b/i.test(text) &&
      query.metrics.every((name) => needs.model.metrics.get(name)?.unit.kind === 'count'),
    text: () => 'By how many days, or how many of them?',
    instead: (query) => [{ ...query, metrics: ['delay_days'], ranking: null }, query],
  },
  {
    raised: isShareOfPart,
    text: () => 'That share I cannot tell for each of them. Would one of these do?',
    instead: (query, reading) => {
      const part = partOf(reading, query);
      const bare = { ...query, calculations: [], ranking: null };
      const sideBySide = {
        ...bare,
        dimensions: [...query.dimensions, part?.dimension ?? ''].filter((name) => name !== ''),
        filters: query.filters.filter(({ dimension }) => dimension !== part?.dimension),
        segments: query.segments.filter((name) => name !== part?.segment),
      };
      return [sideBySide, bare];
    },
  },
  {
    raised: ({ narrowing }, query) =>
      narrowing !== null &&
      query.metrics.includes(narrowing.figure) &&
      query.metrics.includes(narrowing.by) &&
      !query.calculations.some(({ kind }) => kind === 'ratio'),
    text: ({ narrowing }, _query, needs) =>
      `I cannot narrow ${figureName(narrowing?.figure ?? '', needs)} down to '${narrowing?.said ?? ''}'. Would both figures side by side do?`,
    instead: itself,
  },
  {
    raised: ({ text }, { metrics }) =>
      GOT_REFUNDS.test(text) &&
      metrics.some((name) => /_customers$/.test(name) && name !== 'refunded_customers') &&
      metrics.some((name) => /^refund/.test(name)),
    text: () => 'I cannot tell which of those customers got a refund. Would one of these do?',
    instead: (query) => [{ ...query, metrics: ['refunded_customers'] }, query],
  },
  {
    raised: ({ text }, query) =>
      WHO_IS_ASKED.test(text) && !query.dimensions.some((name) => SOMEBODY.test(name)),
    text: () => 'Who, one by one? I would list them so:',
    instead: (query, _reading, needs) => brokenDownBy(query, ['customer', 'seller'], needs),
  },
  {
    raised: ({ text }, query) =>
      WHERE_IS_ASKED.test(text) && !query.dimensions.some((name) => PLACES.test(name)),
    text: () => 'By which kind of place?',
    instead: (query, _reading, needs) =>
      brokenDownBy(query, ['branch', 'city', 'state', 'region', 'country'], needs),
  },
  {
    raised: ({ text, filters, segments }, query, needs) =>
      filters.length + segments.length > 0 && ONLY_THAT.test(text) && isAboutWhoOrWhat(query, needs),
    text: ({ text }) =>
      /\bsold\b/i.test(text)
        ? 'I cannot tell what was sold nowhere else. Would all that was sold there do?'
        : 'I cannot tell who bought nothing else. Would all who bought that do?',
    instead: itself,
  },
  {
    raised: ({ roles, text }, query, needs) =>
      roles.has('how-much') &&
      /\bhow much (?:did|do|does|have|has|was|were)\b/i.test(text) &&
      query.metrics.length === 1 &&
      needs.model.metrics.get(query.metrics[0] ?? '')?.unit.kind === 'count' &&
      !/stock|units/.test(query.metrics[0] ?? ''),
    text: () => 'An amount of money, or a number of things?',
    asksFigure: () => true,
    instead: (query) => [{ ...query, metrics: ['revenue'], ranking: null }, query],
  },
  {
    raised: ({ text }, query) => OF_OUR_BEST.test(text) && query.ranking !== null,
    text: () => 'I cannot count how many of them did. Would the list of the best do?',
    instead: itself,
  },
  {
    raised: ({ text }) => /\b(?:in a row|consecutive\w*|running straight|on the trot)\b/i.test(text),
    text: () => 'I cannot tell how many followed one upon another.',
    instead: (query) => [{ ...query, ranking: null }],
  },
  {
    raised: ({ per, ranking, conditions, roles }, query) =>
      per !== null &&
      per.dimension !== null &&
      query.dimensions.includes(per.dimension) &&
      (ranking === null || per.metric === 'units') &&
      conditions.length === 0 &&
      !roles.has('list'),
    text: ({ per }, query, needs) =>
      `I have no figure for ${figureName(query.metrics[0] ?? '', needs)} per ${PER[per?.dimension ?? ''] ?? 'order'}. Would one of these do?`,
    instead: (query, { per }) => [
      {
        ...query,
        metrics: [...new Set([...query.metrics, per?.metric ?? ''])].filter((name) => name !== ''),
        dimensions: query.dimensions.filter((name) => name !== per?.dimension),
      },
      query,
    ],
  },
  {
    raised: ({ text, periods }, query) =>
      periods.span !== undefined &&
      ORDERS_OF_THAT_TIME.test(text) &&
      query.metrics.some((name) => /^refund/.test(name)),
    text: () =>
      'Refunds are counted by the day they were given, whenever the order was placed. Would those given in that time do?',
    instead: itself,
  },
  {
    raised: (_reading, query, needs) => countsItself(query, needs),
    text: (_reading, query, needs) =>
      `Each of them would count as one of the ${figureName(query.ranking?.by ?? '', needs)}. In order of which figure?`,
    instead: (query) =>
      ['revenue', 'units'].map((by) => ({
        ...query,
        metrics: [by],
        ranking: query.ranking && { ...query.ranking, by },
      })),
  },
  {
    raised: ({ text }, query) =>
      /\b(?:yet|still) to (?:come|be (?:sold|made|earned|taken))\b|\bstill (?:coming|expected)\b/i.test(
        text,
      ) && query.metrics.every((name) => !/undelivered|budget|forecast/.test(name)),
    text: () => 'What is yet to come I do not predict. Would what there has been so far do?',
    instead: itself,
  },
];

const PER: Record<string, string> = { customer: 'customer', product: 'unit' };

/** 'how many new customers got a refund' is one number, and not theirs beside what was refunded. */
const GOT_REFUNDS =
  /\b(?:how many|number of)\b[^?.!,;]*?\b(?:customers|people|buyers|shoppers|clients)\b[^?.!,;]*?\b(?:got|get|gets|had|have|received|receive|claimed|wanted|asked for|given|gave|were|was|did we) (?:(?!and\b|how\b)\p{L}+ ){0,3}?(?:refund(?:s|ed)?|money back|reimbursed)\b/iu;

const SOMEBODY = /^(?:customer|customer_name|customer_email|seller|branch|branch_id|counterparty)$/;

const PLACES =
  /^(?:branch|branch_id|branch_city|branch_country|city|region|state|country|channel|seller_city|seller_state|postcode)$/;

/** 'online share of revenue by branch': of each branch, and not of all that was sold online. */
function isShareOfPart(reading: Reading, query: MetricQuery): boolean {
  return (
    query.dimensions.length > 0 &&
    query.calculations.some((one) => one.kind === 'share-of-total' && one.whole === undefined) &&
    partOf(reading, query) !== undefined
  );
}

function partOf(
  { filters, said, text }: Reading,
  query: MetricQuery,
): { dimension: string; segment?: string } | undefined {
  const isPart = (words: string): boolean => {
    const literal = words.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return new RegExp(
      `${literal}(?:['’]s)? (?:share|percentage|proportion|%)|(?:share|percentage|percent|proportion|%) of .*\\b(?:is|are|was|were|comes? from|came from|used?|with) (?:a |an |the )?${literal}`,
    ).test(text.toLowerCase());
  };
  const filter = filters.find(
    (one) =>
      !one.negated &&
      !query.dimensions.includes(one.hits[0]?.dimension ?? '') &&
      query.filters.some(({ dimension }) => dimension === one.hits[0]?.dimension) &&
      isPart(one.said),
  );
  if (filter) return { dimension: filter.hits[0]?.dimension ?? '' };
  const segment = query.segments.find((name) => said[name] !== undefined && isPart(said[name] ?? ''));
  return segment === undefined ? undefined : { dimension: SEGMENT_DIMENSIONS[segment] ?? '', segment };
}

/** 'bought only boots', 'sold only in York': and nothing or nowhere else. */
const ONLY_THAT =
  /\b(?:bought|buy|buys|ordered|order|purchased|purchase|shop|shopped|used|use|paid|returned|sold|sell|spent)(?: \w+){0,2} (?:only|exclusively|solely|nothing but)\b|\b(?:only|exclusively|solely|just)(?: ever)? (?:bought|buy|buys|ordered|order|purchased|purchase|shop|shopped|used|use|paid|pay|sold|returned)\b|\bonly (?:\w+ ){1,3}(?:buy|buys|bought|ordered|returned)\b/i;

function isAboutWhoOrWhat(query: MetricQuery, needs: PlanningNeeds): boolean {
  const counted = query.metrics.some((name) => {
    const unit = needs.model.metrics.get(name)?.unit;
    return unit?.kind === 'count' && /^(?:customers|orders|products|branches|sellers)$/.test(unit.of ?? '');
  });
  return (
    counted ||
    query.dimensions.some((name) =>
      /^(?:customer|order_number|product|seller|category|subcategory|brand|department)$/.test(name),
    )
  );
}

/** 'refunds on orders placed in September'. */
const ORDERS_OF_THAT_TIME =
  /\b(?:on|for|of|from|against) (?:the |our |all )?(?:\w+ )?(?:orders|purchases|sales) (?:that were |which were |we )?(?:placed|made|taken|received|dated|from|bought)\b/i;

/** 'is October the best month', 'are boots our best category': of one alone nothing is the best. */
function ranksOnlyOne({ ranking, dimensions, filters, grain, period }: MetricQuery): boolean {
  if (ranking?.limit !== 1) return false;
  const [by] = dimensions;
  if (by !== undefined)
    return (
      dimensions.length === 1 &&
      filters.some(
        ({ dimension, operator, values }) => dimension === by && operator === 'in' && values.length === 1,
      )
    );
  return grain !== null && period !== null && period.to <= addUnits(grain, period.from, 1);
}

/** 'top products by products in stock': ranked by how many of themselves there are. */
function countsItself(query: MetricQuery, needs: PlanningNeeds): boolean {
  const unit = needs.model.metrics.get(query.ranking?.by ?? '')?.unit;
  return (
    unit?.kind === 'count' &&
    query.dimensions.length === 1 &&
    needs.model.dimensions.get(query.dimensions[0] ?? '')?.plural.toLowerCase() === unit.of
  );
}

function brokenDownBy(query: MetricQuery, names: string[], needs: PlanningNeeds): MetricQuery[] {
  return names
    .filter(
      (name) =>
        needs.model.dimensions.has(name) &&
        query.metrics.every((metric) => needs.reach.dimension(metric, name)) &&
        (name === 'customer' || (needs.values?.valuesOf(name).length ?? 0) > 1),
    )
    .map((name) => ({ ...query, dimensions: [name], ranking: null, grain: null }));
}
