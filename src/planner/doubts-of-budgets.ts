import type { MetricQuery } from '../domain/metric-query.ts';
import { type Doubt, reachesAll } from './doubt.ts';

/** A budget of sales or of costs, and of the same time as what is held against it. */
export const DOUBTS_OF_BUDGETS: readonly Doubt[] = [
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
        .filter((metrics) => metrics.every((name) => reachesAll(name, query, needs)))
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
        .filter((metrics) => metrics.every((name) => reachesAll(name, query, needs)))
        .map((metrics) => ({ ...query, metrics })),
  },
  {
    raised: ({ text }, query, needs) =>
      /^(?:revenue,)?expense_variance$/.test(query.metrics.join()) &&
      query.comparison === null &&
      /\b(?:above|below|ahead of|behind|short of|under)\s+(?:the |our |its |their )?budget\b/i.test(text) &&
      !/\b(?:over|cost|costs|expense|expenses|spend|spent|spending|overheads?)\b/i.test(text) &&
      !query.filters.some(({ dimension }) => /^account/.test(dimension)) &&
      !query.dimensions.some((name) => /^account/.test(name)) &&
      reachesAll('revenue_variance', query, needs),
    text: () => 'Held against the budget, sales or costs?',
    instead: (query) =>
      ['revenue_variance', 'expense_variance'].map((name) => ({
        ...query,
        metrics: [name],
        ranking: query.ranking && { ...query.ranking, by: name },
        having: query.having.map((one) => ({
          ...one,
          metric: /_variance$/.test(one.metric) ? name : one.metric,
        })),
      })),
  },
  {
    raised: ({ text }, query) => query.comparison !== null && isOfOtherTime(text, query),
    text: () => 'A budget I hold against the actual figures of the same time. Of which time?',
    instead: (query) =>
      [query.period, query.comparison?.period ?? null].map((period) => ({
        ...query,
        period,
        comparison: null,
        calculations: [],
      })),
  },
];

const AGAINST_A_BUDGET =
  /\b(?:over|above|below|under|within|beyond|exceed\w*|overspen\w+|underspen\w+|how far|how close|short of|off|ahead of|behind)\b.*\b(?:budgets?|targets?|plans?)\b/i;

const TIME =
  '(?:(?:this|last|next|previous) (?:week|month|quarter|year|half)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\w*|q[1-4]|h[12]|(?:first|second|third|fourth) (?:quarter|half)|20\\d\\d)';
const AGAINST = '(?:vs\\.?|versus|against|compared? (?:to|with)|over)';

/** 'May expenses against the April budget': of two times, one has the actual figures and one the budget. */
const BUDGET_OF_OTHER_TIME = new RegExp(
  `\\b${TIME}\\b[^?]*\\b${AGAINST}\\b (?:the )?(?:(?:${TIME})(?:['’]s)? (?:\\w+ )?budgets?\\b|(?:\\w+ )?budgets? (?:for|of|in|from) (?:the )?${TIME})|\\bbudgets?\\b (?:(?:for|of|in) (?:the )?)?${TIME}[^?]*\\b${AGAINST}\\b[^?]*\\b(?:${TIME}[^?]*(?:spend|spending|spent|expenses|costs|actuals?|sales|revenue)|(?:spend|spending|spent|expenses|costs|actuals?|sales|revenue)[^?]*${TIME})`,
  'i',
);

/** 'budget for May vs June actuals', 'budget YTD versus last YTD': figures that are not of the budget's own time. */
const BUDGET_AND_ACTUALS =
  /\bbudget\s+\S.* (?:vs|versus|against|compared) .*\bactuals?\b|\bytd\b.*\b(?:vs|versus|against)\b.*\bytd\b/i;

function isOfOtherTime(text: string, { metrics }: MetricQuery): boolean {
  if (BUDGET_AND_ACTUALS.test(text)) return metrics.some((name) => /budget/.test(name));
  return (
    BUDGET_OF_OTHER_TIME.test(text) &&
    metrics.some((name) => name.endsWith('_budget')) &&
    metrics.some((name) => /^(?:revenue|expenses)$/.test(name))
  );
}
