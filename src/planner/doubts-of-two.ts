import type { MetricQuery } from '../domain/metric-query.ts';
import { type Doubt, figureName } from './doubt.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';

/** Two things where a plan has one, or one than the other: numbers, values, times. */
export const DOUBTS_OF_TWO: readonly Doubt[] = [
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
    raised: ({ text, ranking }, query) =>
      ranking !== null && query.ranking?.limit === 1 && TOTAL_AND_BEST.test(text),
    text: () => 'Those are two questions, and I answer one at a time. Which one first?',
    instead: (query) => [{ ...query, ranking: null, dimensions: [], grain: null }, query],
  },
  {
    raised: ({ text, howMany }, query) =>
      asksForTwo(text) &&
      !(howMany && query.dimensions.length > 0 && /\b(?:each|every|per)\b/i.test(text)) &&
      query.metrics.length === 1 &&
      query.calculations.length === 0,
    text: (_reading, query, needs) =>
      `You ask for two numbers, and I understood one: ${figureName(query.metrics[0] ?? '', needs)}. Would that do?`,
    instead: (query) => [query],
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
    instead: (query) => [query],
  },
  {
    raised: ({ text }, query) =>
      MORE_OF_ONE.test(text) &&
      query.metrics.length > 1 &&
      query.having.length === 0 &&
      query.comparison === null,
    text: (_reading, query, needs) =>
      `I cannot pick out those with more of the one than of the other. Would ${query.metrics.map((name) => figureName(name, needs)).join(' and ')} side by side do?`,
    instead: (query) => [query],
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

/** 'how much did we sell, and which category sold the most': a total, and then the best of something. */
const TOTAL_AND_BEST =
  /^(?:how (?:much|many)|what (?:was|were|is|are)|(?:total|overall) |show (?:me )?(?:the )?total)\b(?!.*\b(?:best|most|highest|top|worst|lowest|biggest|least|fewest)\b.* and (?:which|what|who|where|when)\b).* and (?:in |on |at |for )?(?:which|what|who|where|when)\b/i;

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

function isRuledOut(dimension: string, query: MetricQuery): boolean {
  return (
    !query.dimensions.includes(dimension) &&
    query.filters.some((one) => one.dimension === dimension && one.operator === 'in')
  );
}

function isOfSegment(dimension: string, query: MetricQuery): boolean {
  return query.segments.some((name) => SEGMENT_DIMENSIONS[name] === dimension);
}
