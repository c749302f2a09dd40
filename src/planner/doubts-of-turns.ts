import type { MetricQuery } from '../domain/metric-query.ts';
import type { Doubt } from './doubt.ts';
import type { PlanningNeeds } from './planned.ts';

const itself = (query: MetricQuery): MetricQuery[] => [query];

/** Shapes in which a small word asks for another sum than the plan makes: the best of each, both times together, so much a day. */
export const DOUBTS_OF_TURNS: readonly Doubt[] = [
  {
    raised: ({ text, subjectUnit }, query) =>
      subjectUnit !== null &&
      query.ranking !== null &&
      query.ranking.within === undefined &&
      query.grain !== null &&
      query.comparison === null &&
      query.dimensions.length > 0 &&
      /\b(?:each|every|per|by|respective)\b|['’]s? best\b/i.test(text),
    text: () => 'I cannot pick the best time of each. The best of all together, or every one of them?',
    instead: (query) => [
      { ...query, dimensions: [] },
      { ...query, ranking: null, grain: query.grain === 'day' ? 'month' : query.grain },
    ],
  },
  {
    raised: (_reading, { calculations, dimensions }) =>
      calculations.some(({ kind }) => kind === 'running-total') &&
      dimensions.some((name) => PARTS_OF_TIME.test(name)),
    text: () => 'I add up over days, weeks, months or years, and not over these. Each by itself?',
    instead: (query) => [{ ...query, grain: null, calculations: [] }],
  },
  {
    raised: (_reading, { members }) =>
      (members ?? []).some(({ dimension, period }) => period !== undefined && PARTS_OF_TIME.test(dimension)),
    text: () => 'I cannot leave one time out of another. Would all of it do?',
    instead: (query) => [{ ...query, members: [] }],
  },
  {
    raised: ({ text }, query) =>
      query.metrics.join() === 'stock_on_hand' &&
      query.having.length === 0 &&
      /\b(?:stock|inventory)\b(?:(?! not\b|n['’]t\b|n['’]t\b| never\b| yet\b)[^?.!])*\b(?:sold|bought)\b/i.test(
        text,
      ) &&
      !/\b(?:unsold|not sold|un-sold|left|still|top|best|most|least|worst)\b/i.test(text),
    text: () => 'What was sold, or what is in stock?',
    instead: (query) => [{ ...query, metrics: ['units'] }, query],
  },
  {
    raised: ({ text }, query) =>
      HOW_MANY_MORE.test(text) &&
      query.having.some(({ metric }) => metric.endsWith('_change')) &&
      !/\b(?:which|only|those|list)\b/i.test(text),
    text: () => 'Both numbers of each, with how many more or fewer that is?',
    instead: (query) => {
      const counted = query.metrics.join() === 'refunds' ? ['refund_count'] : query.metrics;
      return [{ ...query, metrics: counted, having: [] }];
    },
  },
  {
    raised: ({ text }, { metrics, dimensions }) =>
      SPEND_EACH.test(text) &&
      !dimensions.includes('customer') &&
      !/_per_|average|median/.test(metrics.join()),
    text: () => 'What one of them spends on average, or all of them together?',
    instead: (query) => [{ ...query, metrics: ['revenue_per_customer'] }, query],
  },
  {
    raised: ({ text }, query) =>
      CUSTOMERS_WHO.test(text) &&
      query.having.length > 0 &&
      query.dimensions.length > 0 &&
      !query.dimensions.includes('customer') &&
      !query.metrics.some((name) => /customers/.test(name)),
    text: () => 'The number of customers who did, or where all of them together did?',
    instead: (query) => [
      {
        ...query,
        metrics: ['unique_customers'],
        having: [],
        members: [{ dimension: 'customer', having: query.having, ranking: null }],
      },
      query,
    ],
  },
  {
    raised: ({ text }, query, needs) =>
      MORE_THAN_THEN.test(text) &&
      query.comparison !== null &&
      query.having.length === 0 &&
      query.dimensions.length === 0 &&
      thingCounted(query, needs) !== undefined,
    text: () => 'Those that had more in the one time than in the other, one by one?',
    instead: (query, { text }, needs) => {
      const [, way = 'more'] = MORE_THAN_THEN.exec(text) ?? [];
      const metric = query.metrics.find((name) => !isCountOf(name, needs)) ?? 'revenue';
      const operator = /more|better|higher/i.test(way) ? 'more-than' : 'less-than';
      const having = [{ metric: `${metric}_change`, operator, values: ['0'] } as const].map((one) => ({
        ...one,
        values: [...one.values],
      }));
      return [{ ...query, metrics: [metric], dimensions: [thingCounted(query, needs) ?? ''], having }];
    },
  },
  {
    raised: ({ text }, { comparison, having, grain }) =>
      comparison !== null &&
      having.length === 0 &&
      grain === null &&
      /\b(?:altogether|together|combined|summed|added up)\b/i.test(text) &&
      /\b(?:plus|and|with)\b/i.test(text) &&
      !/\b(?:vs\.?|versus|against|compar\w+|than|change\w*|growth|up|down|difference)\b/i.test(text),
    text: () => 'Both times added up, or one beside the other?',
    instead: (query) => {
      const before = query.comparison?.period;
      const { period } = query;
      const joined =
        before && period && before.to === period.from ? { from: before.from, to: period.to } : null;
      return [...(joined ? [{ ...query, period: joined, comparison: null, calculations: [] }] : []), query];
    },
  },
  {
    raised: ({ text }, query) =>
      /\bvariances? (?:to|against|vs\.?|versus|on|from|over|compared (?:to|with)) (?:the )?(?:last|prior|previous|same|year before|month before)\b/i.test(
        text,
      ) && query.metrics.some((name) => name.endsWith('_variance')),
    text: () => 'A variance I hold against the budget. What was spent, held against that time?',
    instead: (query) => [{ ...query, metrics: ['expenses'] }, query],
  },
  {
    raised: ({ text }, query) =>
      query.having.length > 0 &&
      query.grain !== null &&
      query.grain !== 'year' &&
      query.dimensions.length > 0 &&
      query.ranking === null &&
      SO_MUCH_A_DAY.test(text) &&
      !/\b(?:days|weeks|months|quarters)\b/i.test(text),
    text: (_reading, query) => `Each ${query.grain ?? 'day'} by itself, or the average of one?`,
    instead: (query) => [
      ...(query.grain
        ? [{ ...query, grain: null, acrossGrain: { grain: query.grain, aggregate: 'average' as const } }]
        : []),
      query,
    ],
  },
  {
    raised: ({ text }, { metrics, having }) =>
      THAT_GOT_REFUNDED.test(text) &&
      having.length === 0 &&
      metrics.length === 2 &&
      metrics.some((name) => /^refund/.test(name)) &&
      !metrics.includes('orders'),
    text: () => 'I cannot tell which of those were refunded. Would both figures side by side do?',
    instead: itself,
  },
];

const PARTS_OF_TIME =
  /^(?:hour_of_day|weekday|weekend|month_of_year|quarter_of_year|half_year|iso_week|day_of_month)$/;

const PEOPLE = '(?:customers|people|buyers|shoppers|clients|those)';

const HOW_MANY_MORE = /\bhow (?:many|much) (?:more|fewer|less)\b/i;

/** 'how much do customers spend each' is of one of them. */
const SPEND_EACH = new RegExp(
  `\\b(?:do|did|does|have|had) (?:our |the )?${PEOPLE} (?:spend|spent|pay|paid|buy|bought|order|ordered) (?:on us |with us )?each\\b|\\b${PEOPLE} each (?:spend|spent|pay|paid|buy|bought|order|ordered)\\b`,
  'i',
);

const CUSTOMERS_WHO = new RegExp(
  `\\b${PEOPLE}\\b[^?.!]* (?:who|that) (?:have |had )?(?:spent|spend|paid|ordered|bought|placed|made)\\b`,
  'i',
);

const MORE_THAN_THEN =
  /\b(?:that|which|who) (?:have |had )?(?:sold|sell|made|took|earned|bought|spent|ordered|did|got|had) (?:\p{L}+ )?(more|less|fewer|better|worse|higher|lower)\b[^?.!]*\bthan\b/iu;

const SO_MUCH_A_DAY =
  /\b(?:per|an?|each|every) (?:day|week|month|quarter)\b[^?.!]*\b(?:above|over|below|under|more|less|fewer|at least|at most)\b|\b(?:above|over|below|under|more than|less than|fewer than|at least|at most) [£$€]?[\d.,]+(?: \p{L}+){0,3} (?:per|an?|each|every) (?:day|week|month|quarter)\b/iu;

const THAT_GOT_REFUNDED =
  /\b(?:that|which|who) (?:then |later |also )?(?:got|get|were|was|had|have been|had been|asked for|wanted|ended up) (?:\p{L}+ )?(?:refund(?:ed|s)?|money back)\b/iu;

function isCountOf(name: string, { model }: PlanningNeeds): boolean {
  const unit = model.metrics.get(name)?.unit;
  return (
    unit?.kind === 'count' &&
    [...model.dimensions.values()].some(({ plural }) => plural.toLowerCase() === unit.of)
  );
}

/** What is counted in the plan: brands in 'brands sold'. */
function thingCounted({ metrics }: MetricQuery, { model }: PlanningNeeds): string | undefined {
  for (const name of metrics) {
    const unit = model.metrics.get(name)?.unit;
    if (unit?.kind !== 'count' || /^(?:units|orders|customers|items)$/.test(unit.of ?? '')) continue;
    const thing = [...model.dimensions.values()].find(({ plural }) => plural.toLowerCase() === unit.of);
    if (thing) return thing.name;
  }
  return undefined;
}
