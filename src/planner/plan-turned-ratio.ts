import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlannerScope } from './planner-scope.ts';

const AND =
  '(?:(?:what|how much|how big an?)(?: is| was)? (?:that|it|this)? ?(?:as )?|(?:express(?:ed)?|show(?:n)?|give(?: me)?) (?:that|it) )?';
const AS_PART = new RegExp(
  `^${AND}(?:(?:is (?:that|it) )?(?:as|in) )?(?:an? |the )?(?:share|%|percent|per cent|percentage|pct|proportion|part) of (?:the |our |total |all |its |their |that |same )*(sales|revenue|turnover|takings|net revenue|net sales|gross sales|gross margin|gross profit|margin)(?: (?:is|was|were|are|does|did)(?: (?:that|it|this)(?: (?:make|come to|represent))?)?)?$`,
);
const PER =
  /^(?:(?:what|how much) (?:is|was) (?:that|it) )?(?:per|for each|for every) (order|unit|item|pair|customer|new customer|refund)(?: (?:is|was) (?:that|it))?$/;

const WHOLES: Record<string, string> = {
  'net revenue': 'net_revenue',
  'net sales': 'revenue',
  'gross sales': 'gross_sales',
  'gross margin': 'gross_margin',
  'gross profit': 'gross_margin',
  margin: 'gross_margin',
};
const ONES: Record<string, string> = {
  order: 'orders',
  customer: 'unique_customers',
  'new customer': 'new_customers',
  refund: 'refund_count',
};

/** 'wages last month', then 'as % of sales?': the account narrows the expenses, and not what they are held against. */
export function ofAnother(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  const [, whole] = AS_PART.exec(said) ?? [];
  const [, one] = PER.exec(said) ?? [];
  const to = whole !== undefined ? (WHOLES[whole] ?? 'revenue') : one && (ONES[one] ?? 'units');
  const [of = ''] = base.metrics;
  if (!to || of !== 'expenses' || base.metrics.length > 1 || !scope.model.metrics.has(to)) return undefined;
  if (base.ranking || base.having.length > 0 || base.members || base.calculations.length > 0)
    return undefined;
  if (!base.dimensions.every((name) => scope.reach.dimension(to, name))) return undefined;
  const filters = base.filters.map((filter) =>
    scope.reach.dimension(to, filter.dimension) ? filter : { ...filter, of: [of] },
  );
  return { ...base, metrics: [of, to], filters, calculations: [{ kind: 'ratio', of, to }] };
}
