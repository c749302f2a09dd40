import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { FilterRead } from '../reading/reading.ts';
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
  {
    raised: ({ text }, query) =>
      SENT_SOMETHING_BACK.test(text) &&
      query.metrics.some((name) => /^(?:returning|repeat)_customers$/.test(name)),
    text: () => 'Customers who got a refund, or those who came back to buy again?',
    instead: (query) => [{ ...query, metrics: ['refunded_customers'] }, query],
  },
  {
    raised: ({ text, periods }, { comparison, period }) =>
      periods.span === undefined &&
      comparison !== null &&
      period !== null &&
      /\bthe (?:day|week|month|quarter|year) before\b(?! last\b)/i.test(text),
    text: () => 'Before which time?',
    instead: itself,
  },
  {
    raised: ({ text }, { comparison, having }) =>
      MORE_BUT_LESS.test(text) && comparison !== null && having.length < 2,
    text: () =>
      'I cannot pick out those that rose in the one and fell in the other. Would both side by side do?',
    instead: itself,
  },
  {
    raised: ({ text }, { metrics, filters }) =>
      WITHOUT_GOODS.test(text) &&
      metrics.every((name) => COUNTED.test(name)) &&
      filters.some(({ dimension, operator }) => operator === 'not-in' && OF_GOODS.test(dimension)),
    text: (_reading, { filters }) =>
      `I can count those with something other than ${filters.find(({ operator, dimension }) => operator === 'not-in' && OF_GOODS.test(dimension))?.values.join(' or ') ?? 'that'}, whatever else they had. Would that do?`,
    instead: itself,
  },
  {
    raised: (_reading, { calculations, dimensions, filters }) =>
      dimensions.length > 0 &&
      calculations.some((one) => one.kind === 'share-of-total' && one.whole === undefined) &&
      filters.some(({ dimension }) => IN_DAYS.test(dimension)),
    text: () => 'That share I can tell of all of them together, and not of each. Would that do?',
    instead: (query) => [
      { ...query, dimensions: [] },
      { ...query, calculations: [] },
    ],
  },
  {
    raised: ({ text, periods }, { period, grain, comparison }) =>
      period !== null &&
      grain === null &&
      comparison === null &&
      periods.span?.unit === 'day' &&
      Date.parse(period.to) - Date.parse(period.from) <= 86_400_000 &&
      FROM_A_DAY.test(text),
    text: () => 'Of that day only, or from then until now?',
    instead: (query, _reading, { time }) => [
      { ...query, period: query.period && { from: query.period.from, to: addDays(time.today, 1) } },
      query,
    ],
  },
  {
    raised: ({ text }, { having, metrics, comparison }) =>
      ONLY_WHERE.test(text) && having.length === 0 && (metrics.length > 1 || comparison !== null),
    text: () => 'I cannot pick those out. Would all of them do, side by side?',
    instead: (query) => [{ ...query, comparison: null, calculations: [] }, query],
  },
  {
    raised: ({ text }, { metrics }) =>
      /\b(?:smallest|lowest|biggest|largest|highest) (?:single )?(?:orders?|baskets?|invoices?) (?:in|by|in terms of|measured in) (?:units|items|pieces|pairs|number)\b/i.test(
        text,
      ) && /^(?:lowest|highest)_order_value$/.test(metrics.join()),
    text: () => 'By the units in it, or by what it came to?',
    instead: (query, { text }) => [
      {
        ...query,
        metrics: ['units'],
        dimensions: ['order_number'],
        ranking: {
          by: 'units',
          direction: /\b(?:smallest|lowest)\b/i.test(text) ? 'bottom' : 'top',
          limit: 1,
          withRest: false,
        },
      },
      query,
    ],
  },
  {
    raised: ({ filters }) => bothLeftOut(filters) !== undefined,
    text: ({ filters }) => {
      const [one, other] = bothLeftOut(filters) ?? [];
      return `I cannot leave out only what is both '${one?.said ?? ''}' and '${other?.said ?? ''}'. Without which?`;
    },
    instead: (query) =>
      query.filters
        .filter(({ operator }) => operator === 'not-in')
        .map((left) => ({
          ...query,
          filters: query.filters.filter((one) => one === left || one.operator !== 'not-in'),
        })),
  },
  {
    raised: ({ text }, { filters, metrics }) =>
      filters.some(({ dimension }) => dimension === 'unit_price') &&
      /^(?:orders|invoices|revenue|unique_customers)$/.test(metrics.join()) &&
      !/\b(?:pric\w*|cost\w*|products?|articles?|styles?|lines?|at|for|sold|worth of|goods|pairs?)\b/i.test(
        text,
      ),
    text: () => 'Worth that much as an order, or with a product of that price?',
    instead: (query) => {
      const price = query.filters.find(({ dimension }) => dimension === 'unit_price');
      const filters = query.filters.filter((one) => one !== price);
      const dimensions = query.dimensions.filter((name) => name !== 'product');
      const operator = price?.operator;
      if (!price || !isBound(operator)) return [query];
      const having = [{ metric: 'revenue', operator, values: price.values }];
      return [
        { ...query, filters, dimensions, members: [{ dimension: 'order_number', having, ranking: null }] },
        query,
      ];
    },
  },
  {
    raised: ({ text }, { metrics, calculations }) =>
      SHARE_OF_EVENTS.test(text) &&
      calculations.length === 0 &&
      metrics.length === 1 &&
      COUNTS_OF_RATES[metrics[0] ?? ''] !== undefined,
    text: () => 'Which part of them all that is, or how many of what was sold there?',
    instead: (query) => {
      const figure = COUNTS_OF_RATES[query.metrics[0] ?? ''] ?? '';
      const by = query.filters
        .map(({ dimension }) => dimension)
        .filter((name) => !query.dimensions.includes(name));
      const [part = 'channel'] = by;
      return [
        {
          ...query,
          metrics: [figure],
          dimensions: [...query.dimensions, part],
          filters: query.filters.filter(({ dimension }) => dimension !== part),
          segments: [],
          calculations: [{ kind: 'share-of-total' as const }],
        },
        query,
      ];
    },
  },
  {
    raised: ({ text }, { ranking }) =>
      /\b(?:biggest|largest|widest|greatest|smallest) (?:gap|difference|distance|deviation|discrepancy)\b/i.test(
        text,
      ) && /_variance/.test(ranking?.by ?? ''),
    text: () => 'Above it, or below it?',
    instead: (query) =>
      (['bottom', 'top'] as const).map((direction) => ({
        ...query,
        having: [],
        ranking: query.ranking && { ...query.ranking, direction },
      })),
  },
  {
    raised: ({ text }, query, needs) =>
      SPENT_BY_BUYERS.test(text) &&
      query.metrics.every((name) => needs.model.metrics.get(name)?.unit.kind === 'money') &&
      query.filters.some(({ dimension, operator }) => operator === 'in' && OF_GOODS.test(dimension)),
    text: ({ text }) =>
      `Only what they spent on that I can tell, and not all that ${/\bpeople\b/i.test(text) ? 'those people' : 'those customers'} spent. Would that do?`,
    instead: itself,
  },
];

const PARTS_OF_TIME =
  /^(?:hour_of_day|weekday|weekend|month_of_year|quarter_of_year|half_year|iso_week|day_of_month)$/;

const OF_GOODS = /^(?:product|category|subcategory|department|brand)$/;

const IN_DAYS = /^(?:delivery_time|shipping_time|refund_delay|days_late)$/;
/** 'share of returns that came from the web' is a part of all returns, and not how much of what the web sold came back. */
const SHARE_OF_EVENTS =
  /\b(?:share|percentage|percent|proportion|part|%) of (?:all |the |our )*(?:returns|refunds|cancellations|late orders|late deliveries|returned (?:units|items|orders)|cancell?ed orders) (?:that |which )?(?:came|come|comes|coming|were from|are from|happened|from|made (?:in|at|on)|in the|at the|on the|through|via)\b/i;

const COUNTS_OF_RATES: Record<string, string> = {
  return_rate: 'returned_units',
  refund_rate: 'refunds',
  late_share: 'orders_late',
  cancellation_rate: 'cancelled_orders',
  returned_order_share: 'returned_orders',
};

/** 'except Plumb boots': two names side by side that are left out as one. */
function bothLeftOut(filters: FilterRead[]): [FilterRead, FilterRead] | undefined {
  for (const one of filters) {
    const other = filters.find(
      (next) => next.negated && next.at === one.at + 1 && next.hits[0]?.dimension !== one.hits[0]?.dimension,
    );
    if (one.negated && other && one.at >= 0) return [one, other];
  }
  return undefined;
}

function isBound(
  operator: MetricQuery['filters'][number]['operator'] | undefined,
): operator is MetricQuery['having'][number]['operator'] {
  return /^(?:at-least|more-than|at-most|less-than|between)$/.test(operator ?? '');
}

/** 'only where the stock is lower'. */
const ONLY_WHERE =
  /\b(?:only|just) (?:show )?(?:(?:those|the ones) )?(?:where|if|when|which|that)\b[^?.!]*\b(?:lower|higher|more|less|fewer|above|below|fell|rose|grew|dropped|up|down|better|worse)\b/i;

const COUNTED = /^(?:orders|invoices|unique_customers|new_customers|returning_customers)$/;

/** 'orders without boots': of an order of boots and socks the socks would count. */
const WITHOUT_GOODS =
  /\b(?:orders?|baskets?|invoices?|customers?|people|buyers?|shoppers?)\b(?: \p{L}+){0,3} (?:without|with no|not (?:containing|including|buying|bought)|containing no|no|never bought|(?:did|do|does|have|has)(?: not|n['’]t) (?:buy|bought|contain|include|have))\b/iu;

/** 'revenue from 10 May'. */
const FROM_A_DAY =
  /\b(?:revenue|sales|turnover|takings|orders|units|refunds|returns|customers|margin)\b[^?.!,]{0,30} (?:from|starting|beginning)(?: on| with)? (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? \p{L}{3,9}|\p{L}{3,9} \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th))\b(?! (?:to|until|till|through|up to|-|–)\b)/iu;

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

/** 'more orders but less revenue than the month before'. */
const MORE_BUT_LESS =
  /\b(?:fell|dropped|declined|went down|shrank|lost) (?:but|yet|and|while) (?:\p{L}+ ){1,3}(?:rose|grew|increased|went up|gained)\b|\b(?:rose|grew|increased|went up|gained) (?:but|yet|and|while) (?:\p{L}+ ){1,3}(?:fell|dropped|declined|went down|shrank)\b|\b(?:more|higher|rising|growing|up) (?:\p{L}+ ){1,3}(?:but|yet|and|with|while) (?:\p{L}+ )?(?:less|fewer|lower|falling|shrinking|down)\b|\b(?:less|fewer|lower|falling) (?:\p{L}+ ){1,3}(?:but|yet|and|with|while) (?:\p{L}+ )?(?:more|higher|rising|growing)\b/iu;

const SO_MUCH_A_DAY =
  /\b(?:per|an?|each|every) (?:day|week|month|quarter)\b[^?.!]*\b(?:above|over|below|under|more|less|fewer|at least|at most)\b|\b(?:above|over|below|under|more than|less than|fewer than|at least|at most) [£$€]?[\d.,]+(?: \p{L}+){0,3} (?:per|an?|each|every) (?:day|week|month|quarter)\b/iu;

const THAT_GOT_REFUNDED =
  /\b(?:that|which|who) (?:then |later |also )?(?:got|get|were|was|had|have been|had been|asked for|wanted|ended up) (?:\p{L}+ )?(?:refund(?:ed|s)?|money back)\b/iu;

/** They gave goods back, and did not come back themselves. */
const SENT_SOMETHING_BACK = new RegExp(
  `\\b${PEOPLE} (?:who |that )?(?:have |had )?(?:returned|return|sent back|brought back|took back) (?:\\p{L}+ ){0,2}?(?:something|anything|things?|stuff|items?|goods|products?|orders?|pairs?|units?|shoes|boots|purchases?|it|them|one|half|part)\\b`,
  'iu',
);

/** What buyers of something spent may be more than what they spent on it. */
const SPENT_BY_BUYERS = new RegExp(
  `\\b(?:total|all|overall|entire|whole|everything)\\b[^?.!]* (?:of|from|by) (?:the |our |all )*${PEOPLE} (?:who|that) (?:have |had )?(?:bought|ordered|purchased)\\b|\\b${PEOPLE}\\b[^?.!;]* (?:bought|ordered|purchased) [^?.!;]*[?.!;,]+ (?:and )?(?:how much|what) (?:did|do|have|has) (?:they|these|those) (?:\\p{L}+ )*?(?:spend|spent|pay|paid)\\b`,
  'iu',
);

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
