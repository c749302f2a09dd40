import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { FilterRead } from '../reading/reading.ts';
import type { Doubt } from './doubt.ts';

const itself = (query: MetricQuery): MetricQuery[] => [query];

/** Some of them picked out, or left out, by what no plan can: without boots, of what rose and fell, as a part of them all. */
export const DOUBTS_OF_PICKS: readonly Doubt[] = [
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

/** 'more orders but less revenue than the month before'. */
const MORE_BUT_LESS =
  /\b(?:fell|dropped|declined|went down|shrank|lost) (?:but|yet|and|while) (?:\p{L}+ ){1,3}(?:rose|grew|increased|went up|gained)\b|\b(?:rose|grew|increased|went up|gained) (?:but|yet|and|while) (?:\p{L}+ ){1,3}(?:fell|dropped|declined|went down|shrank)\b|\b(?:more|higher|rising|growing|up) (?:\p{L}+ ){1,3}(?:but|yet|and|with|while) (?:\p{L}+ )?(?:less|fewer|lower|falling|shrinking|down)\b|\b(?:less|fewer|lower|falling) (?:\p{L}+ ){1,3}(?:but|yet|and|with|while) (?:\p{L}+ )?(?:more|higher|rising|growing)\b/iu;

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
