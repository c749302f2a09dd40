import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { addUnits, startOf } from '../periods/understand-calendar.ts';
import type { Reading } from '../reading/reading.ts';
import type { Doubt } from './doubt.ts';
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
      `I cannot tell how long that is. Would ${figure(query.metrics[0] ?? '', needs)} do?`,
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
    raised: ({ unjoined }, query) =>
      unjoined !== null && query.filters.some(({ values }) => values.length > 1),
    text: ({ unjoined }) =>
      `I do not know how '${unjoined?.[0] ?? ''}' and '${unjoined?.[1] ?? ''}' go together here. Which would you like?`,
    instead: (query) => {
      const both = query.filters.find(({ values }) => values.length > 1);
      const each = (both?.values ?? []).map((value) => ({
        ...query,
        dimensions: query.dimensions.filter((name) => name !== both?.dimension),
        filters: query.filters.map((one) => (one === both ? { ...one, values: [value] } : one)),
      }));
      return [...each, query];
    },
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
      `I cannot narrow ${figure(narrowing?.figure ?? '', needs)} down to '${narrowing?.said ?? ''}'. Would both figures side by side do?`,
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
    raised: ({ text, ranking }, query) =>
      ranking !== null && query.ranking?.limit === 1 && TOTAL_AND_BEST.test(text),
    text: () => 'Those are two questions, and I answer one at a time. Which one first?',
    instead: (query) => [{ ...query, ranking: null, dimensions: [], grain: null }, query],
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
    raised: ({ text, howMany }, query) =>
      asksForTwo(text) &&
      !(howMany && query.dimensions.length > 0 && /\b(?:each|every|per)\b/i.test(text)) &&
      query.metrics.length === 1 &&
      query.calculations.length === 0,
    text: (_reading, query, needs) =>
      `You ask for two numbers, and I understood one: ${figure(query.metrics[0] ?? '', needs)}. Would that do?`,
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
    raised: ({ text }, query, needs) =>
      IN_ONE_THAN_OTHER.test(text) &&
      query.comparison === null &&
      query.having.length === 0 &&
      query.ranking === null &&
      query.dimensions.length > 1 &&
      query.metrics.every((name) => !/budget|variance/.test(name)) &&
      needs.model.metrics.has(query.metrics[0] ?? ''),
    text: () =>
      'I cannot pick out those that have more in the one than in the other. Would both side by side do?',
    instead: itself,
  },
  {
    raised: ({ text }, query) =>
      MORE_OF_ONE.test(text) &&
      query.metrics.length > 1 &&
      query.having.length === 0 &&
      query.comparison === null,
    text: (_reading, query, needs) =>
      `I cannot pick out those with more of the one than of the other. Would ${query.metrics.map((name) => figure(name, needs)).join(' and ')} side by side do?`,
    instead: itself,
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
      `I have no figure for ${figure(query.metrics[0] ?? '', needs)} per ${PER[per?.dimension ?? ''] ?? 'order'}. Would one of these do?`,
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
      `Each of them would count as one of the ${figure(query.ranking?.by ?? '', needs)}. In order of which figure?`,
    instead: (query) =>
      ['revenue', 'units'].map((by) => ({
        ...query,
        metrics: [by],
        ranking: query.ranking && { ...query.ranking, by },
      })),
  },
  {
    raised: (_reading, { period, comparison }) =>
      period !== null &&
      comparison !== null &&
      period.from < comparison.period.to &&
      comparison.period.from < period.to,
    text: () => 'Those two times overlap, so neither can be held against the other. Which one do you mean?',
    instead: (query) => [
      { ...query, comparison: null, calculations: [] },
      { ...query, period: query.comparison?.period ?? query.period, comparison: null, calculations: [] },
    ],
  },
  {
    raised: ({ text }, query) =>
      /\b(?:yet|still) to (?:come|be (?:sold|made|earned|taken))\b|\bstill (?:coming|expected)\b/i.test(
        text,
      ) && query.metrics.every((name) => !/undelivered|budget|forecast/.test(name)),
    text: () => 'What is yet to come I do not predict. Would what there has been so far do?',
    instead: itself,
  },
  {
    raised: ({ roles, text }, query) =>
      query.metrics.every((name) => /^(?:expense_budget|revenue_budget)$/.test(name)) &&
      (roles.has('versus') || roles.has('compare') || AGAINST_A_BUDGET.test(text)),
    text: () => 'Held against the budget, which figure?',
    instead: (query, _reading, needs) =>
      [
        ['revenue', 'revenue_budget', 'revenue_variance'],
        ['expenses', 'expense_budget', 'expense_variance'],
      ]
        .filter((metrics) => reachesAll(metrics, query, needs))
        .map((metrics) => ({ ...query, metrics, comparison: null, ranking: null })),
  },
  {
    raised: ({ said, filters, text, metrics }, query) =>
      metrics.join() === 'expense_budget' &&
      query.metrics.includes('expense_budget') &&
      /^(?:budgets?|plan|planned|budgeted)$/.test(said['expense_budget'] ?? '') &&
      !/\b(?:cost|costs|expense|expenses|spend|spending|overheads?)\b/i.test(text) &&
      !filters.some(({ hits }) => hits.some(({ dimension }) => /^account/.test(dimension))) &&
      !query.dimensions.some((name) => /^account/.test(name)),
    text: () => 'The budget of sales, or of costs?',
    instead: (query, _reading, needs) =>
      (query.metrics.length > 1
        ? [
            ['revenue', 'revenue_budget', 'revenue_variance'],
            ['expenses', 'expense_budget', 'expense_variance'],
          ]
        : [['revenue_budget'], ['expense_budget']]
      )
        .filter((metrics) => reachesAll(metrics, query, needs))
        .map((metrics) => ({ ...query, metrics })),
  },
  {
    raised: ({ roles }, query) =>
      !['and', 'or', 'versus', 'than', 'compare'].some((role) => roles.has(role as 'and')) &&
      query.segments.some((name) => isRuledOut(SEGMENT_DIMENSIONS[name] ?? '', query)),
    text: (_reading, query, needs) =>
      `Nothing can be both ${query.segments.map((name) => `'${(needs.model.segments.get(name)?.label ?? name).toLowerCase()}'`).join(' and ')} and the other. Which one?`,
    instead: (query) => [
      { ...query, filters: query.filters.filter((one) => !isOfSegment(one.dimension, query)) },
      { ...query, segments: [] },
    ],
  },
];

const PER: Record<string, string> = { customer: 'customer', product: 'unit' };

/** 'how many new customers got a refund' is one number, and not theirs beside what was refunded. */
const GOT_REFUNDS =
  /\b(?:how many|number of)\b[^?.!,;]*?\b(?:customers|people|buyers|shoppers|clients)\b[^?.!,;]*?\b(?:got|get|gets|had|have|received|receive|claimed|wanted|asked for|given|gave|were|was|did we) (?:(?!and\b|how\b)\p{L}+ ){0,3}?(?:refund(?:s|ed)?|money back|reimbursed)\b/iu;

const SOMEBODY = /^(?:customer|customer_name|customer_email|seller|branch|branch_id|counterparty)$/;

const PLACES =
  /^(?:branch|branch_id|branch_city|branch_country|city|region|state|country|channel|seller_city|seller_state|postcode)$/;

/** 'how much did we sell, and which category sold the most': a total, and then the best of something. */
const TOTAL_AND_BEST =
  /^(?:how (?:much|many)|what (?:was|were|is|are)|(?:total|overall) |show (?:me )?(?:the )?total)\b(?!.*\b(?:best|most|highest|top|worst|lowest|biggest|least|fewest)\b.* and (?:which|what|who|where|when)\b).* and (?:in |on |at |for )?(?:which|what|who|where|when)\b/i;

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
  return counted || query.dimensions.some((name) => /^(?:customer|order_number|product|seller)$/.test(name));
}

/** 'refunds in total and how many', 'how many products and in how many categories', 'total and average refund'. */
function asksForTwo(text: string): boolean {
  const times = text.match(/\bhow (?:many|much|often)\b/gi)?.length ?? 0;
  const joined =
    /\band (?:in |to |from |of |by |for |at )?how (?:many|much|often)\b(?! (?:was|were|is|are) (?:it|that|they)\b)/i;
  const byHowMuch = /\bby how (?:much|many)\b/i;
  const totalAndAverage =
    /\b(?:total|sum|number|count) (?:and|&|plus) (?:the )?(?:average|mean)\b|\b(?:average|mean) (?:and|&|plus) (?:the )?(?:total|sum|number|count)\b/i;
  if (totalAndAverage.test(text) || /\band their value\b/i.test(text)) return true;
  return joined.test(text) && !byHowMuch.test(text) && (times > 1 || /\bhow many\b/i.test(text));
}

const IN_ONE_THAN_OTHER =
  /^(?:which|what|who|list|show)\b.*\b(?:more|better|higher|less|fewer|worse|lower)\b.*\bthan (?:in|at|on|by|through|via)\b/i;

/** 'products with more returns than sales'. */
const MORE_OF_ONE =
  /\b(?:which|what|list|show|how many|\w+ (?:with|that|where|who|whose))\b.*\b(?:more|less|fewer|higher|lower|greater|exceeds?)\b(?: \w+){1,4} than\b/i;

/** 'refunds on orders placed in September'. */
const ORDERS_OF_THAT_TIME =
  /\b(?:on|for|of|from|against) (?:the |our |all )?(?:\w+ )?(?:orders|purchases|sales) (?:that were |which were |we )?(?:placed|made|taken|received|dated|from|bought)\b/i;

const AGAINST_A_BUDGET =
  /\b(?:over|above|below|under|within|beyond|exceed\w*|overspen\w+|underspen\w+|how far|how close|short of|off|ahead of|behind)\b.*\b(?:budgets?|targets?|plans?)\b/i;

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

function isRuledOut(dimension: string, query: MetricQuery): boolean {
  return (
    !query.dimensions.includes(dimension) &&
    query.filters.some((one) => one.dimension === dimension && one.operator === 'in')
  );
}

function isOfSegment(dimension: string, query: MetricQuery): boolean {
  return query.segments.some((name) => SEGMENT_DIMENSIONS[name] === dimension);
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

function reachesAll(metrics: string[], query: MetricQuery, { reach }: PlanningNeeds): boolean {
  const by = [...query.dimensions, ...query.filters.map(({ dimension }) => dimension)];
  return metrics.every((metric) => by.every((name) => reach.dimension(metric, name)));
}

function figure(name: string, needs: PlanningNeeds): string {
  return (needs.model.metrics.get(name)?.label ?? name).toLowerCase();
}
