import type { MetricQuery } from '../domain/metric-query.ts';
import { MONTH_NAMES } from '../vocabulary/month-names.ts';
import type { Mark } from './mark.ts';

/** Conditions that a plan took for those of another figure, another time or another place. */
export const MARKS_OF_CONDITIONS: readonly Mark[] = [
  // 'customers refunded more than once': not those who ordered so often.
  {
    words:
      /\b(?:refund\w*|return\w*|money back|sent back|brought back|complain\w*)\b[^?.!]*\b(?:once|twice|times|again)\b|\b(?:once|twice|times)\b[^?.!]*\b(?:refund\w*|money back)\b/i,
    left: (query) => !membersOf(query).some(({ having }) => having.some(({ metric }) => metric === 'orders')),
  },
  // 'more than 100 in stock that sold fewer than 10': two figures, and not two bounds of one.
  {
    words: /\b(?:more|less|fewer|at least|at most|over|under|above|below)\b/i,
    left: ({ having }) => !having.some((one) => having.some((other) => isShutOut(one, other))),
  },
  {
    words: /\bsold (?:fewer|less|more) than \d/i,
    left: ({ having, filters, members }) =>
      having.length === 0
        ? filters.length + (members ?? []).length > 0
        : having.some(({ metric }) => !/stock|price/.test(metric)),
  },
  // 'spend excluding November' of November alone.
  {
    words: /\b(?:excluding|except|without|but not|other than|apart from|not (?:in|counting))\b/i,
    left: ({ filters, period }) =>
      period === null ||
      !filters.some(
        ({ dimension, operator, values }) =>
          operator === 'not-in' &&
          dimension === 'month_of_year' &&
          values.some((value) => MONTH_NAMES.indexOf(value) === Number(period.from.slice(5, 7)) - 1) &&
          period.to.slice(0, 7) <= monthAfter(period.from),
      ),
  },
  {
    words: /\b(?:highest|lowest|biggest|smallest|most|least|top|maximum|minimum) (?:\w+ )?prices?\b/i,
    left: ({ dimensions, ranking }) =>
      ranking === null || !dimensions.includes('unit_price') || /price/.test(ranking.by),
  },
  {
    words: /\b(?:largest|biggest|highest|smallest|lowest) refund (?:reason|method)s?\b/i,
    left: ({ ranking }) => ranking !== null,
  },
  {
    words: /\bat (?:retail|selling|sales|list|full) (?:price|value)s?\b/i,
    left: ({ metrics }) => !metrics.includes('stock_value'),
  },
  // 'customers in Leeds who bought in York': where they live, and where they bought.
  {
    words:
      /\b(?:customers|people|buyers|shoppers|clients) (?:(?:living|who live|based) )?(?:in|from|of) (?:the )?\p{L}+ (?:who|that) (?:\p{L}+ )?(?:bought|ordered|shopped|buy|order|shop)[^?.!]*? (?:in|at) (?:the )?\p{Lu}/u,
    left: ({ filters }) => {
      const places = filters.filter(({ dimension }) =>
        /^(?:branch|city|country|state|region)/.test(dimension),
      );
      return places.every(({ values }) => values.length < 2);
    },
  },
  {
    words:
      /\b(?:sellers?|customers?|products?|branches|shops|stores|categories|brands) (?:with(?:out)?|having) (?:an? |no |any |zero |a single )?(?:orders?|sales?|purchases?)\b/i,
    left: ({ filters }) =>
      !filters.some(({ dimension, operator }) => dimension === 'order_number' && operator === 'is-empty'),
  },
  {
    words: /\b(?:within|in|from|to) the same (?:state|city|country|region|town|order|basket|branch)\b/i,
    left: () => false,
  },
  // 'in York but not in Leeds': of what is only in York, Leeds takes nothing off.
  {
    words: /\bbut (?:is |are |was |were )?(?:not|never)\b/i,
    left: ({ filters }) =>
      !filters.some(
        (left) =>
          left.operator === 'not-in' &&
          /^(?:branch|city|country|state|region|seller|customer|product|channel)/.test(left.dimension) &&
          filters.some(({ dimension, operator }) => dimension === left.dimension && operator === 'in'),
      ),
  },
  { words: /\bexactly on the\b/i, left: () => false },
  {
    words:
      /\b(?:slowest|fastest|quickest) (?:\d+ )?(?:sellers?|branch(?:es)?|states?|countr(?:y|ies)|cit(?:y|ies)|regions?)\b/i,
    left: ({ ranking }, _said, { model }) =>
      ranking !== null &&
      (/_change/.test(ranking.by) || /^(?:days|ratio)$/.test(model.metrics.get(ranking.by)?.unit.kind ?? '')),
  },
  // 'sold in every country': in all of them, and not in each.
  {
    words:
      /\b(?:products?|items?|customers?|people|buyers|sellers|brands?|categories|who|that|which) (?:were |was |are |have |that |who )*(?:sold|bought|ordered|shopped|sell|buy|order)(?: (?:from us|something|anything))? (?:in|at|on) (?:each and )?every (?:single )?(?:country|month|branch|shop|store|state|week|region|city|year|quarter|day)\b/i,
    left: () => false,
  },
  {
    words: /\brefunds? (?:per|for each|for every) order\b/i,
    left: ({ metrics }) => metrics.join() !== 'refunded_order_share',
  },
];

function monthAfter(day: string): string {
  const month = Number(day.slice(5, 7));
  const year = Number(day.slice(0, 4));
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** Nothing is above the one and below the other. */
function isShutOut(one: MetricQuery['having'][number], other: MetricQuery['having'][number]): boolean {
  return (
    one.metric === other.metric &&
    /^(?:more-than|at-least)$/.test(one.operator) &&
    /^(?:less-than|at-most)$/.test(other.operator) &&
    Number(one.values[0]) > Number(other.values[0])
  );
}

function membersOf({ members }: MetricQuery): NonNullable<MetricQuery['members']> {
  return members ?? [];
}
