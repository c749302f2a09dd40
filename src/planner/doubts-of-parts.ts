import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { startOf } from '../periods/understand-calendar.ts';
import type { Reading } from '../reading/reading.ts';
import type { Doubt } from './doubt.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { WITH_ORDERS } from './plan-with-orders.ts';

/** Which part of the whole, which of two places, which length of time: what a few words leave open or what the plan would cut short. */
export const DOUBTS_OF_PARTS: readonly Doubt[] = [
  {
    raised: (_reading, query) => emptyExclusion(query) !== undefined,
    text: (_reading, query) => {
      const [only, left] = emptyExclusion(query) ?? [];
      return `Only ${only?.values.join(' and ') ?? ''}, or all but ${left?.values.join(' and ') ?? ''}?`;
    },
    instead: (query) =>
      (emptyExclusion(query) ?? []).toReversed().map((kept) => {
        const other = emptyExclusion(query)?.find((one) => one !== kept);
        return { ...query, filters: query.filters.filter((one) => one !== other) };
      }),
  },
  {
    raised: (reading, query) => hasShare(query) && partsBeforeShare(reading, query) > 1,
    text: () => 'Which of the two is the part, and which the whole?',
    instead: (query) => [{ ...query, calculations: [] }],
  },
  {
    raised: (_reading, query) =>
      hasShare(query) &&
      query.dimensions.length > 0 &&
      query.filters.some(({ operator }) => operator === 'is-empty' || operator === 'is-not-empty'),
    text: () => 'I can count those and all of them here, and tell no share. Which of the two?',
    instead: (query) => {
      const those = { ...query, dimensions: [], calculations: [] };
      return [those, { ...those, filters: those.filters.filter(({ operator }) => !/empty$/.test(operator)) }];
    },
  },
  {
    raised: ({ text, filters }, query) => {
      const parts = query.filters.find(
        ({ dimension, operator, values }) =>
          operator === 'in' && values.length > 1 && query.dimensions.join() === dimension,
      );
      const said = filters.filter(({ hits }) => hits[0]?.dimension === parts?.dimension);
      return parts !== undefined && hasShare(query) && (said.length === 1 || AS_ONE.test(text));
    },
    text: () => 'I can tell the share of each, and not of them together. Would that do?',
    instead: (query) => [query, { ...query, dimensions: [], calculations: [] }],
  },
  {
    raised: ({ text }, query) =>
      SHARE_OF_KIND.test(text) &&
      hasShare(query) &&
      query.grain !== null &&
      query.dimensions.length === 0 &&
      /^(?:new|returning)_customers$/.test(query.metrics.join()),
    text: () => 'A share of all who bought? I would set both side by side:',
    instead: (query) => [
      { ...query, metrics: [...query.metrics, 'unique_customers'], calculations: [] },
      { ...query, calculations: [] },
    ],
  },
  {
    raised: ({ text }, query) =>
      query.ranking !== null && IN_AND_IN.test(text) && twoPlaces(query) !== undefined,
    text: () => 'Of each by itself, or of both together?',
    instead: (query) => {
      const both = twoPlaces(query);
      const each = (both?.values ?? []).map((value) => ({
        ...query,
        filters: query.filters.map((one) => (one === both ? { ...one, values: [value] } : one)),
      }));
      return [...each, query];
    },
  },
  {
    raised: ({ text }, { period, comparison }) =>
      WHOLE_LAST_YEAR.test(text) &&
      period !== null &&
      comparison !== null &&
      comparison.kind !== 'period' &&
      comparison.period.to < addDays(comparison.period.from, 365),
    text: () => 'I hold a time against the same days of the year before. Would one of these do?',
    instead: (query, _reading, needs) => {
      const to = startOf('year', needs.time.today);
      const lastYear = { from: startOf('year', addDays(to, -1)), to };
      return [{ ...query, period: lastYear, comparison: null, calculations: [] }, query];
    },
  },
  {
    raised: ({ text }, { calculations, dimensions }) =>
      SHARE_OF_MEMBERS.test(text) &&
      dimensions.length === 1 &&
      calculations.some(({ kind }) => kind === 'share-of-total'),
    text: () => 'I cannot tell which part of them that holds for. Would one of these do?',
    instead: (query) => [{ ...query, calculations: [] }, query],
  },
  {
    raised: ({ text }, { metrics }) => WITH_ORDERS.test(text) && !metrics.includes('orders'),
    text: () => 'The number of orders beside it?',
    instead: (query) => [{ ...query, metrics: [...query.metrics, 'orders'] }, query],
  },
  {
    raised: ({ text }, query) =>
      ONE_AGAINST_OTHER.test(text) &&
      query.dimensions.length === 0 &&
      query.filters.some(({ dimension, values }) => dimension === 'weekday' && values.length > 5),
    text: () => 'I would tell the days of the week apart:',
    instead: (query) => {
      const whole = {
        ...query,
        grain: null,
        filters: query.filters.filter(({ dimension }) => dimension !== 'weekday'),
      };
      return ['weekday', 'weekend'].map((dimension) => ({ ...whole, dimensions: [dimension] }));
    },
  },
  {
    raised: ({ text }, query) =>
      MORE_THAN_BEFORE.test(text) &&
      query.comparison !== null &&
      query.dimensions.length === 0 &&
      query.having.length === 0,
    text: () =>
      'I cannot count those that did better in the one time than in the other. Would both numbers do?',
    instead: (query) => [query],
  },
  {
    raised: (_reading, query) =>
      query.metrics.some((name) => OWN_STATUS.test(name)) && statusesOf(query).length > 0,
    text: (_reading, query, needs) =>
      `${needs.model.metrics.get(query.metrics[0] ?? '')?.label ?? 'That figure'} is of a status already. The orders of each status, or that figure by itself?`,
    instead: (query) => [
      {
        ...query,
        metrics: ['orders'],
        dimensions: ['order_status'],
        filters: withoutStatus(query),
        calculations: [],
      },
      { ...query, filters: withoutStatus(query) },
    ],
  },
  {
    raised: (_reading, query) => query.dimensions.some((name) => IN_FRACTIONS[name] !== undefined),
    text: () => 'Of each length of time by itself there would be no end. The average?',
    instead: (query) => {
      const taken = query.dimensions.find((name) => IN_FRACTIONS[name] !== undefined) ?? '';
      const dimensions = query.dimensions.filter((name) => name !== taken);
      return [
        { ...query, metrics: [IN_FRACTIONS[taken] ?? ''], dimensions, ranking: null, calculations: [] },
      ];
    },
  },
  {
    raised: ({ text }, query) => AGAINST_A_CHANNEL.test(text) && isOfOneChannel(query),
    text: () => 'Set online and the shops side by side?',
    instead: (query) => [
      {
        ...query,
        dimensions: ['channel'],
        filters: query.filters.filter(({ dimension }) => !CHANNELS.test(dimension)),
        segments: query.segments.filter((name) => !CHANNELS.test(name)),
      },
      query,
    ],
  },
];

/** Times that an order took, with fractions of a day, and their average. */
const IN_FRACTIONS: Record<string, string> = {
  delivery_time: 'delivery_days',
  shipping_time: 'shipping_days',
  days_late: 'delay_days',
};

/** Figures that are of orders of one status, of which another status has none. */
const OWN_STATUS = /^(?:cancel\w*|delivered_orders|undelivered_orders)$/;

function statusesOf(query: MetricQuery): MetricQuery['filters'] {
  return query.filters.filter(({ dimension, operator }) => dimension === 'order_status' && operator === 'in');
}

function withoutStatus(query: MetricQuery): MetricQuery['filters'] {
  return query.filters.filter(({ dimension }) => dimension !== 'order_status');
}

const AGAINST_A_CHANNEL =
  /\b(?:vs\.?|versus|against|compared (?:to|with)|than)(?: in| on| at| from)?(?: the| our| all)* (?:stores?|shops?|branches|web|online|website|high street)\b/i;

const CHANNELS = /^(?:channel|branch_kind|online|in_stores?|web|stores?)$/;

/** Only online, or only the shops. */
function isOfOneChannel(query: MetricQuery): boolean {
  const named = query.filters.filter(
    ({ dimension, operator, values }) =>
      CHANNELS.test(dimension) &&
      operator === 'in' &&
      values.length === 1 &&
      !query.dimensions.includes(dimension),
  );
  return (
    named.length + query.segments.filter((name) => CHANNELS.test(name)).length > 0 &&
    query.apart === undefined
  );
}
/** 'boots + sandals', 'York and Leeds together'. */
const AS_ONE = /\p{L} ?\+ ?\p{L}|\b(?:together|combined|taken together|as one|jointly|summed)\b/iu;

/** 'pairs of shoes without accessories': nothing in the category Shoes is an accessory, so one of the two is meant otherwise. */
function emptyExclusion({
  filters,
}: MetricQuery): [MetricQuery['filters'][number], MetricQuery['filters'][number]] | undefined {
  for (const left of filters) {
    if (left.operator !== 'not-in') continue;
    const only = filters.find(({ dimension, operator }) => dimension === left.dimension && operator === 'in');
    if (!only) continue;
    const apart = !only.values.some((value) => left.values.includes(value));
    const none = only.values.every((value) => left.values.includes(value));
    if (none || (apart && /^(?:category|subcategory|department|brand)$/.test(left.dimension)))
      return [only, left];
  }
  return undefined;
}

/** 'how many products sold more in May than in April'. */
const MORE_THAN_BEFORE =
  /^how many\b.*\b(?:sold|sell|bought|buy|spent|ordered|earned)\b.*\b(?:more|less|fewer|better|worse)\b.*\bthan (?:in|on|at|during|the|last)\b/i;

const SHARE_OF_KIND =
  /\b(?:new|returning|repeat|existing) (?:customers?|buyers?)['’]? (?:share|percentage|proportion)\b|\b(?:share|percentage|proportion) of (?:new|returning|repeat|existing) (?:customers|buyers)\b/i;

/** 'what percentage of brands had returns' counts brands, and tells no brand's share. */
const SHARE_OF_MEMBERS =
  /\b(?:share|percentage|percent|proportion|fraction|%) of (?:our |the |all )*(?:brands|categories|subcategories|products|departments|branches|shops|stores|regions|cities|countries) (?:that |which )?(?:had|have|has|saw|were|did|made|got)\b/i;

const ONE_AGAINST_OTHER = /\b(?:vs|versus|against|compared (?:to|with)|than)\b/i;
const IN_AND_IN = /\bin (?:the )?[\p{L}]+(?: [\p{L}]+)? and in [\p{L}]+/iu;

const WHOLE_LAST_YEAR =
  /\b(?:whole|entire|all|full|entirety) (?:of )?(?:the )?(?:last|previous|prior) year\b/i;

/** 'weekend web revenue share': both stand before the share, and nothing says which of them is the part. */
function partsBeforeShare({ text, filters, said }: Reading, query: MetricQuery): number {
  const lower = text.toLowerCase();
  const share = lower.search(
    /\b(?:share|percentage|proportion)\b(?! of\b(?! (?:the |our |all |total )*(?:revenue|sales|orders|units|turnover)\b))/,
  );
  const isBefore = (words: string | undefined): boolean =>
    words !== undefined &&
    words !== '' &&
    lower.includes(words.toLowerCase()) &&
    lower.indexOf(words.toLowerCase()) < share;
  const kept = filters.filter((one) => !one.negated && isBefore(one.said));
  const dimensions = [
    ...kept.map(({ hits }) => hits[0]?.dimension ?? ''),
    ...query.segments
      .filter((name) => isBefore(said[name] ?? OF_WEEKS[name]))
      .map((name) => SEGMENT_DIMENSIONS[name] ?? name),
  ];
  return share < 0 || AS_A_SHARE.test(text) || SAYING.test(lower.slice(0, share))
    ? 0
    : new Set(dimensions).size;
}

const AS_A_SHARE = /\bas (?:an? )?(?:share|percentage|proportion)\b/i;

const OF_WEEKS: Record<string, string> = { on_weekends: 'weekend', on_weekdays: 'weekday' };

/** With a verb before the share the sentence says itself which is which. */
const SAYING = /\b(?:is|are|was|were|did|do|does|came|comes|made|what|which|how)\b/;

function hasShare({ calculations }: MetricQuery): boolean {
  return calculations.some(({ kind }) => kind === 'share-of-total');
}

function twoPlaces({ filters, dimensions }: MetricQuery): MetricQuery['filters'][number] | undefined {
  return filters.find(
    ({ operator, values, dimension }) =>
      operator === 'in' &&
      values.length > 1 &&
      !dimensions.includes(dimension) &&
      /(?:city|state|country|region|branch)$/.test(dimension),
  );
}
