import type { MetricQuery } from '../domain/metric-query.ts';
import { stem } from '../vocabulary/understand-words.ts';
import { type Doubt, reachesAll } from './doubt.ts';
import type { PlanningNeeds } from './planned.ts';

/** The plan gives another figure than the words ask for: money for units, an amount for a percentage, one place for another. */
export const DOUBTS_OF_FIGURES: readonly Doubt[] = [
  {
    raised: ({ text }, query) =>
      SOLD_AND_MORE.test(text) &&
      query.ranking === null &&
      query.calculations.length === 0 &&
      query.having.length === 0 &&
      !query.metrics.some((name) => SALES.test(name)),
    text: () => 'What was sold as well?',
    instead: (query) => [{ ...query, metrics: ['revenue', ...query.metrics] }, query],
  },
  {
    raised: ({ text }, query) =>
      /\b(?:zero|no|none|without|out of) (?:\w+ )?(?:stock|sales|orders)?\b.*\bbut (?!not\b)(?:\w+ ){0,3}(?:stock|sales|orders|some|plenty|available|sold)\b|\b(?:sales|orders|stock|sold|selling|demand) (?:but|and|yet|with) (?:no|zero|without|out of) (?:\w+ )?(?:stock|sales|orders|supply)\b/i.test(
        text,
      ) && query.having.length < 2,
    text: () => 'I cannot pick out what is so in the one and not in the other. Would this do?',
    instead: (query) => [query],
  },
  {
    raised: ({ text }, query, needs) =>
      /\bunits\b/i.test(text) &&
      query.metrics.some((name) => name in IN_UNITS && needs.model.metrics.has(IN_UNITS[name] ?? '')) &&
      !figuresOf(query).some((name) => /units/.test(name)) &&
      !(query.metrics.includes('stock_value') && query.metrics.includes('stock_on_hand')),
    text: () => 'In units, or in money?',
    instead: (query) => [inUnits(query), query],
  },
  {
    raised: ({ text }, query, needs) =>
      /%|\bper ?cent(?:age)?\b/i.test(text) &&
      !/\b(?:as an? per ?cent\w*|share|proportion|of (?:the |our |all )?total|change|growth|more|less|up|down|grow|grew|than|\d+ ?(?:%|per ?cent))\b|\d ?%/i.test(
        text,
      ) &&
      query.metrics.join() === 'gross_margin' &&
      !query.calculations.some(({ kind }) => kind === 'share-of-total') &&
      needs.model.metrics.has('margin_rate'),
    text: () => 'The margin in money, or as a share of revenue?',
    instead: (query) => [
      { ...query, metrics: ['margin_rate'], calculations: [], ranking: null },
      { ...query, metrics: ['gross_margin', 'margin_rate'], calculations: [], ranking: null },
    ],
  },
  {
    raised: ({ text }, query, needs) =>
      /\blate\b/i.test(text) &&
      query.dimensions.includes('delivered_late') &&
      query.calculations.some(({ kind }) => kind === 'share-of-total') &&
      query.metrics.join() === 'revenue' &&
      !/\b(?:revenue|sales|turnover|takings)\b/i.test(text) &&
      needs.model.metrics.has('late_share'),
    text: () => 'The share of late orders?',
    instead: (query) => [
      {
        ...query,
        metrics: ['late_share'],
        dimensions: query.dimensions.filter((name) => name !== 'delivered_late'),
        filters: query.filters.filter(({ dimension }) => dimension !== 'delivered_late'),
        calculations: [],
        ranking: null,
      },
    ],
  },
  {
    raised: ({ text }, query) =>
      /\b(?:average|avg|mean)\b.* (?:per|a|each|every) (?:day|week|month|quarter|year)\b/i.test(text) &&
      query.metrics.join() === 'average_refund' &&
      !/\brefund\b/i.test(text) &&
      /\brefunds\b/i.test(text),
    text: () => 'What is refunded in each, or the average of one refund?',
    instead: (query) => [{ ...query, metrics: ['refunds'] }, query],
  },
  {
    raised: ({ text }, query) => {
      const counted = /\bhow many (?:different|distinct|kinds of|sorts of) (?:\w+ )?(\w+)/i.exec(text)?.[0];
      const words = (counted ?? '').split(' ').map(stem);
      return (
        counted !== undefined &&
        query.dimensions.some((name) => name.split('_').some((part) => words.includes(stem(part)))) &&
        query.having.length === 0
      );
    },
    text: () => 'I cannot count those, but I can list them. Would that do?',
    instead: (query) => [query],
  },
  {
    raised: ({ text }, query) =>
      /\bwho (?:\w+ )?(?:gave|gives|give|sold|sells|sell|discounted|discounts)\b/i.test(text) &&
      query.dimensions.includes('customer'),
    text: () => 'It is branches that sell and give discounts. Which branch?',
    instead: (query) => [swapDimension(query, 'customer', 'branch')],
  },
  {
    raised: ({ text }, query, needs) =>
      query.metrics.join() === 'orders' &&
      query.filters.some(
        ({ dimension, operator, values }) =>
          dimension === 'order_status' && operator === 'in' && values.join().toLowerCase() === 'shipped',
      ) &&
      !/\b(?:status|still|not|currently|now|yet)\b/i.test(text) &&
      reachesAll('shipments_made', withoutStatus(query), needs),
    text: () => 'All that were sent out in that time, or those whose status is still shipped?',
    instead: (query) => [
      {
        ...withoutStatus(query),
        metrics: ['shipments_made'],
        ranking: query.ranking && { ...query.ranking, by: 'shipments_made' },
      },
      query,
    ],
  },
  {
    raised: ({ text }, query) =>
      /\bstock\b/i.test(text) &&
      !/\b(?:sold|sales|sell|selling|bought)\b/i.test(text) &&
      query.metrics.includes('units') &&
      query.metrics.includes('stock_value'),
    text: () => 'The units in stock, or those sold?',
    instead: (query) => [
      { ...query, metrics: query.metrics.map((name) => (name === 'units' ? 'stock_on_hand' : name)) },
      query,
    ],
  },
  {
    raised: ({ text }, query) =>
      query.dimensions.includes('refund_amount') && !/\b(?:each|every|by|per) (?:amount|size)\b/i.test(text),
    text: () => 'In order of what was refunded?',
    instead: (query) => [
      {
        ...query,
        metrics: query.metrics.length > 0 ? query.metrics : ['refunds'],
        dimensions: query.dimensions.filter((name) => name !== 'refund_amount'),
      },
    ],
  },
  {
    raised: ({ text, filters }, query, needs) =>
      /\b(?:customers?|buyers?|clients?|shoppers?)\b/i.test(text) &&
      !/\b(?:live|lives|living|liv\w+|based|address\w*|home|resid\w+|deliver\w*|ship\w*|sent|city|cities|town|from)\b/i.test(
        text,
      ) &&
      !text.includes('"') &&
      filters.length > 0 &&
      townOf(query, needs) !== undefined &&
      !new RegExp(
        `${townOf(query, needs)?.town ?? ''}(?:['’]s)? (?:customer|buyer|client|shopper)`,
        'i',
      ).test(text),
    text: (_reading, query, needs) =>
      `Who live in ${townOf(query, needs)?.town ?? 'that town'}, or who bought in the shop there?`,
    instead: (query, _reading, needs) => [atBranch(query, needs), query],
  },
];

/** 'how much did we sell, on how many orders': what was sold is one of the figures. */
const SOLD_AND_MORE =
  /\b(?:what|how much) (?:did|do|does|have|has) [^,?.!]*?\b(?:sell|sold|take|turn over)\b(?! (?:to|for) (?:deliver|ship|approve|arrive|get))[^?.!]*(?:,|\band\b) (?:and )?(?:on |in |from )?(?:what|how many|how much)\b/i;
const SALES = /^(?:revenue|gross_sales|net_revenue|units|order_total|payments|net_of_all_lines)$/;

const IN_UNITS: Record<string, string> = { revenue: 'units', stock_value: 'stock_on_hand' };

function inUnits(query: MetricQuery): MetricQuery {
  const turned = (name: string): string => IN_UNITS[name] ?? name;
  const kept = query.metrics.filter((name) => name === 'stock_value');
  return {
    ...query,
    metrics: [...new Set([...query.metrics.map(turned), ...kept])],
    ranking: query.ranking && { ...query.ranking, by: turned(query.ranking.by) },
  };
}

function figuresOf(query: MetricQuery): string[] {
  return [...query.metrics, ...query.having.map(({ metric }) => metric)];
}

function swapDimension(query: MetricQuery, from: string, to: string): MetricQuery {
  return { ...query, dimensions: query.dimensions.map((name) => (name === from ? to : name)) };
}

/** A town of customers in which a branch stands too. */
function townOf(
  query: MetricQuery,
  { values, reach }: PlanningNeeds,
): { town: string; dimension: string; value: string } | undefined {
  const [town, ...others] =
    query.filters.find(({ dimension, operator }) => dimension === 'city' && operator === 'in')?.values ?? [];
  if (town === undefined || others.length > 0) return undefined;
  const hit = values
    ?.named(town)
    .find(
      ({ dimension }) =>
        /^branch(?:_city)?$/.test(dimension) &&
        query.metrics.every((name) => reach.dimension(name, dimension)),
    );
  return hit && { town, dimension: hit.dimension, value: hit.value };
}

function atBranch(query: MetricQuery, needs: PlanningNeeds): MetricQuery {
  const found = townOf(query, needs);
  if (!found) return query;
  return {
    ...query,
    filters: query.filters.map((one) =>
      one.dimension === 'city' ? { ...one, dimension: found.dimension, values: [found.value] } : one,
    ),
  };
}

function withoutStatus(query: MetricQuery): MetricQuery {
  return { ...query, filters: query.filters.filter(({ dimension }) => dimension !== 'order_status') };
}
