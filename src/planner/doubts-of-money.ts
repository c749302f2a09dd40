import type { MetricQuery } from '../domain/metric-query.ts';
import { type Doubt, reachesAll } from './doubt.ts';
import type { PlanningNeeds } from './planned.ts';

/** Words for money that are of two figures: what was made, or what it cost. */
export const DOUBTS_OF_MONEY: readonly Doubt[] = [
  {
    raised: ({ text, metrics, ranking }, query, needs) =>
      MADE.test(text) &&
      metrics.length === 0 &&
      ranking === null &&
      query.metrics.join() === 'revenue' &&
      reachesAll('gross_margin', query, needs),
    text: () => 'What was sold, or what was left of it after the cost of the goods?',
    instead: (query) => [query, { ...query, metrics: ['gross_margin'] }],
  },
  {
    raised: ({ said }, query, needs) =>
      query.metrics.includes('cost') &&
      /^(?:(?:total|our|the|all) )*costs?$/.test(said['cost'] ?? '') &&
      (query.metrics.length === 1 || query.calculations.some(({ kind }) => kind === 'ratio')) &&
      reachesAll('expenses', query, needs),
    text: () => 'The cost of the goods sold, or all expenses?',
    instead: (query) =>
      [query, swapped(query, 'cost', 'expenses')].map((one) => ({ ...one, calculations: [] })),
  },
  {
    raised: ({ said }, query) =>
      query.metrics.join() === 'average_order_value' &&
      /^(?:average|avg|mean) sales$/.test(said['average_order_value'] ?? '') &&
      query.acrossGrain === null,
    text: () => 'What the average order comes to, or the revenue of an average day?',
    instead: (query) => [
      query,
      { ...query, metrics: ['revenue'], ranking: null, acrossGrain: { grain: 'day', aggregate: 'average' } },
    ],
  },
  {
    raised: ({ text }, query, needs) => CUSTOMERS_IN.test(text) && branchOfTown(query, needs) !== undefined,
    text: (_reading, query, needs) =>
      `Customers who live in ${branchOfTown(query, needs)?.town ?? 'that town'}, or the shop there?`,
    instead: (query, _reading, needs) => {
      const found = branchOfTown(query, needs);
      const lives = query.filters.map((one) =>
        found && one.dimension === found.dimension
          ? { ...one, dimension: 'city', values: [found.value] }
          : one,
      );
      return [{ ...query, filters: lives }, query];
    },
  },
  {
    raised: (_reading, query) =>
      query.dimensions.includes('coupon_used') &&
      query.filters.some(({ dimension, operator }) => dimension === 'coupon' && operator === 'in'),
    text: () => 'One coupon against no coupon at all I tell coupon by coupon. Would one of these do?',
    instead: (query) => {
      const filters = query.filters.filter(({ dimension }) => dimension !== 'coupon');
      const dimensions = query.dimensions.map((name) => (name === 'coupon_used' ? 'coupon' : name));
      return [
        { ...query, filters, dimensions },
        { ...query, filters },
      ];
    },
  },
];

/** 'how much money did we make': taken, or earned. */
const MADE =
  /\b(?:did|do|does|have|has) (?:we|the (?:company|business|shops?|stores?|branches)|(?:each|every) (?:shop|store|branch|category|brand|month)|our (?:shops|stores|branches))(?: \p{L}+)? (?:make|made|earn|earned)\b|\b(?:we|company|business) (?:made|earned|make|earn|are making|is making)\b|\bwere our earnings\b|\bour earnings\b|\bmoney made\b/iu;

/** 'revenue of customers in London': where they live, and not where the shop is. */
const CUSTOMERS_IN =
  /\b(?:of|from|by) (?:the |our |all )*(?:customers|buyers|clients|shoppers) (?:in|of|around) (?:the )?\p{L}/iu;

function branchOfTown(
  query: MetricQuery,
  { values, reach }: PlanningNeeds,
): { town: string; dimension: string; value: string } | undefined {
  const filter = query.filters.find(
    ({ dimension, operator, values: named }) =>
      /^branch(?:_city)?$/.test(dimension) && operator === 'in' && named.length === 1,
  );
  const town = filter?.values[0];
  if (!filter || town === undefined || !query.metrics.every((name) => reach.dimension(name, 'city')))
    return undefined;
  const hit = values?.named(town).find(({ dimension }) => dimension === 'city');
  return hit && { town, dimension: filter.dimension, value: hit.value };
}

function swapped(query: MetricQuery, from: string, to: string): MetricQuery {
  const turned = (name: string): string => (name === from ? to : name);
  return {
    ...query,
    metrics: query.metrics.map(turned),
    calculations: query.calculations.map((one) =>
      one.kind === 'ratio' ? { ...one, of: turned(one.of), to: turned(one.to) } : one,
    ),
    ranking: query.ranking && { ...query.ranking, by: turned(query.ranking.by) },
    having: query.having.map((one) => ({ ...one, metric: turned(one.metric) })),
  };
}
