import type { MetricQuery } from '../domain/metric-query.ts';
import { havingOf } from '../reading/read-conditions.ts';
import type { Reading } from '../reading/reading.ts';
import { COUNT_OF, WORTH_OF } from './plan-metrics.ts';
import { theMost } from './plan-turned-most.ts';
import { ofAnother } from './plan-turned-ratio.ts';
import { allOf, asShareOf, everywhere, leftOut, sortedBy } from './plan-turned-shape.ts';
import type { PlannerScope } from './planner-scope.ts';

type Turn = (
  text: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
) => MetricQuery | undefined;

/** What a few words ask of the answer before: 'how many were there?', 'against budget', 'only those above 3 days'. */
export function shortTurn(
  text: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
): MetricQuery | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(?:and|but|so|ok|okay|then|now|right|cool|great|thanks|hm+)[, ]+/g, '')
    .replace(/[?.! ]+$/, '')
    .replace(/,? (?:please|pls|then|though)$/, '');
  for (const turn of TURNS) {
    const query = turn(said, base, scope, reading);
    if (query && isPossible(query, scope)) return query;
  }
  return undefined;
}

const TURNS: readonly Turn[] = [
  inNumber,
  inMoney,
  againstBudget,
  ofAnother,
  asRate,
  onAverage,
  newOrReturning,
  onlyThose,
  storesOnly,
  theMost,
  turnedRound,
  sortedBy,
  allOf,
  everywhere,
  leftOut,
  asShareOf,
];

/** 'and how many were there', 'how many is that'. */
function inNumber(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  if (
    !/^how many (?:(?:is|are|was|were) (?:that|those|they|there|these)|of (?:them|those)(?: were there)?|in number|in all|were there in all)(?: in (?:number|all|total))?$|^(?:the )?(?:number|count)(?: of (?:them|those|these))?$|^in number$/.test(
      said,
    )
  )
    return undefined;
  const [of = ''] = base.metrics;
  const rate = scope.model.metrics.get(of);
  const part = rate?.kind === 'ratio' && rate.unit.kind === 'share' ? rate.numerator : '';
  const counts = scope.model.metrics.get(part)?.unit.kind === 'count';
  return withMetric(base, counts ? part : COUNT_OF[of]);
}

/** 'and how much was that?', 'what are they worth?'. */
function inMoney(said: string, base: MetricQuery): MetricQuery | undefined {
  if (
    !/^how much (?:is|are|was|were) (?:that|those|they|these|it)(?: worth| in (?:money|total|all))?$|^(?:in (?:money|value|pounds|euros)|(?:and )?(?:what|how much) (?:is|are|was|were) (?:that|those|they|it) worth|the value(?: of (?:them|those))?|(?:the |its )?(?:value )?at cost(?: price)?)$/.test(
      said,
    ) ||
    (/at cost/.test(said) && base.metrics[0] !== 'stock_on_hand')
  )
    return undefined;
  return withMetric(base, WORTH_OF[base.metrics[0] ?? '']);
}

/** 'vs budget': of costs beside costs, of sales beside sales. */
function againstBudget(said: string, base: MetricQuery): MetricQuery | undefined {
  if (
    !/^(?:(?:what about |how about |how is that |how does (?:that|it) (?:compare|stand) )?(?:vs\.?|versus|against|compared (?:to|with)|with|next to|beside) )?(?:the |our )?(?:budget|plan|target|budgeted)(?: for (?:that|it|those))?$|^(?:and )?(?:what|how much) (?:had|have|did|was|were) (?:we |been )?(?:budget(?:ed)?|plan(?:ned)?|allow(?:ed)?)(?: for)?(?: (?:that|it|those))?$|^what (?:was|is|were) (?:the |our )?(?:budget|plan|target)(?: for (?:that|it|those))?$|^(?:is (?:that|it) |are (?:we|they) )?(?:over|under|above|below|within|on)(?: or (?:over|under|above|below))? (?:the )?(?:budget|plan|target)$|^(?:the )?(?:variance|difference) (?:to|against|from) (?:the )?(?:budget|plan|target)$/.test(
      said,
    )
  )
    return undefined;
  const [metric = ''] = base.metrics;
  const of = /^expense/.test(metric)
    ? 'expense'
    : /^(?:revenue|net_revenue|gross_sales)/.test(metric)
      ? 'revenue'
      : undefined;
  if (of === undefined) return undefined;
  const own = of === 'expense' ? 'expenses' : 'revenue';
  return { ...plainer(base), metrics: [own, `${of}_budget`, `${of}_variance`] };
}

/** 'in percent' of a figure that has a rate, and that nothing is told apart by. */
function asRate(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  if (!/^(?:as (?:a |an? )?|in )?(?:percent|percentage|pct|%|rate)(?: of (?:sales|revenue))?$/.test(said))
    return undefined;
  if (base.dimensions.length > 0) return undefined;
  const [of] = base.metrics;
  const rates = [...scope.model.metrics.values()].filter(
    (one) => one.kind === 'ratio' && one.unit.kind === 'share' && one.numerator === of,
  );
  // 'as a % of sales' is no share of a budget.
  const ofSales = / of (?:sales|revenue)$/.test(said);
  const rate = rates.find((one) => !ofSales || (one.kind === 'ratio' && SALES.test(one.denominator)));
  return withMetric(base, rate?.name);
}

const SALES = /^(?:revenue|gross_sales|net_revenue)$/;

/** 'avg value of those' after so many orders. */
function onAverage(said: string, base: MetricQuery): MetricQuery | undefined {
  if (
    !/^(?:what (?:was|were|is) )?(?:the |their |its )?(?:avg|average|mean)(?: order| basket)? (?:value|worth|size|spend)(?: of (?:those|them|these|each(?: one)?))?$/.test(
      said,
    )
  )
    return undefined;
  return /^(?:orders|revenue|invoices)$/.test(base.metrics.join())
    ? withMetric(base, 'average_order_value')
    : undefined;
}

const KIND =
  /^(?:(?:what|how) about |(?:how many|which|what) (?:of (?:them|those|these|whom) )?(?:(?:are|were|was|is) )?)?(?:just |only )?(?:the )?(new|first[- ]time|returning|existing|repeat|old)(?: ones?| customers?| buyers?| people)?$/;

/** 'and returning ones?', 'how many of those were new?'. */
function newOrReturning(said: string, base: MetricQuery): MetricQuery | undefined {
  const [, kind] = KIND.exec(said) ?? [];
  if (kind === undefined || !/^(?:unique|new|returning|repeat)_customers$/.test(base.metrics[0] ?? ''))
    return undefined;
  const metric = /^(?:new|first)/.test(kind) ? 'new_customers' : 'returning_customers';
  const query = withMetric(base, metric);
  return (
    query && {
      ...query,
      filters: query.filters.filter(({ dimension }) => dimension !== 'customer_type'),
      segments: query.segments.filter((name) => !/^by_(?:new|returning)_customers$/.test(name)),
    }
  );
}

/** 'only those above 3 days', 'just the ones over 1,000': the limit is on the figure that is shown. */
function onlyThose(
  _said: string,
  base: MetricQuery,
  scope: PlannerScope,
  reading: Reading,
): MetricQuery | undefined {
  const [condition] = reading.conditions;
  const [metric = ''] = base.metrics;
  if (!condition || reading.conditions.length > 1 || (base.dimensions.length === 0 && base.grain === null))
    return undefined;
  const own =
    condition.metric === null ||
    condition.metric === metric ||
    (base.metrics.includes(condition.metric) && condition.metric);
  const others = reading.metrics.filter((name) => name !== condition.metric && name !== metric);
  const left = reading.leftovers.filter(
    ({ text }) => !/^(?:days?|hours?|pounds?|euros?|percent|%|units?|orders?|ones?|those)$/i.test(text),
  );
  const more = [others, reading.filters, reading.segments, reading.texts, reading.unknown, left];
  const again = reading.dimensions.every(({ name }) => base.dimensions.includes(name));
  if (own === false || !again || more.some((list) => list.length > 0) || reading.ranking) return undefined;
  if (reading.periods.span !== undefined || reading.periods.relative || reading.grain) return undefined;
  const of = condition.metric ?? metric;
  const share = scope.model.metrics.get(of)?.unit.kind === 'share';
  return {
    ...base,
    ranking: null,
    having: [...base.having.filter((one) => one.metric !== of), havingOf(condition, of, share)],
  };
}

/** 'stores only' narrows what is shown, and breaks nothing down by branch. */
function storesOnly(said: string, base: MetricQuery, scope: PlannerScope): MetricQuery | undefined {
  if (
    !/^(?:(?:only|just) (?:the |our |in )*(?:stores|shops)|(?:the |our )?(?:stores|shops) only)$/.test(said)
  )
    return undefined;
  const values = scope.values.valuesOf('channel').filter((value) => value.toLowerCase() === 'store');
  if (values.length === 0) return undefined;
  const others = base.filters.filter(({ dimension }) => dimension !== 'channel');
  return {
    ...base,
    filters: [...others, { dimension: 'channel', operator: 'in', values }],
    segments: base.segments.filter((name) => name !== 'online' && name !== 'in_store'),
  };
}

/** 'the other way round'. */
function turnedRound(said: string, base: MetricQuery): MetricQuery | undefined {
  if (
    !/^(?:the |and )?(?:other way (?:a)?round|reverse(?: it| that| the order)?|in reverse(?: order)?|flip (?:it|that)|turn (?:it|that) (?:a)?round)$/.test(
      said,
    ) ||
    !base.ranking
  )
    return undefined;
  const direction = base.ranking.direction === 'top' ? 'bottom' : 'top';
  return { ...base, ranking: { ...base.ranking, direction } };
}

function withMetric(base: MetricQuery, metric: string | undefined): MetricQuery | undefined {
  return metric === undefined ? undefined : { ...plainer(base), metrics: [metric] };
}

/** Without what was said of the figure before. */
function plainer(base: MetricQuery): MetricQuery {
  return {
    ...base,
    having: [],
    ranking: null,
    calculations: base.calculations.filter(({ kind }) => kind !== 'ratio'),
  };
}

function isPossible(query: MetricQuery, scope: PlannerScope): boolean {
  const names = [
    ...query.dimensions,
    ...query.filters.filter(({ of }) => of === undefined).map(({ dimension }) => dimension),
  ];
  return query.metrics.every(
    (metric) => scope.model.metrics.has(metric) && names.every((name) => scope.reach.dimension(metric, name)),
  );
}
