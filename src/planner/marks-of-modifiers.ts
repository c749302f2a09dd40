import type { MetricQuery } from '../domain/metric-query.ts';
import { lengthInDays } from '../domain/period.ts';
import { isAverage } from '../reading/metric-traits.ts';
import type { Mark } from './mark.ts';

const NOTHING_LEFT = (): boolean => false;

/** What orders, sales and people are called by, when a word before them says which of them. */
const THINGS =
  '(?:orders?|invoices?|deliver(?:y|ies)|shipments?|parcels?|refunds?|returns?|payments?|sales|revenue|customers?|products?|items?|units?|stock|goods|boots|shoes|vouchers?)';

/** Words that narrow what they stand beside, or ask for a second thing; each is known, and few plans can heed it. */
export const MARKS_OF_MODIFIERS: readonly Mark[] = [
  { words: /\blike[- ]for[- ]like\b|\blfl\b/i, left: NOTHING_LEFT },
  {
    words: new RegExp(
      `\\b(?:urgent|stuck|possible|potential|reserved|sitting) (?:\\w+ )?${THINGS}\\b|\\b${THINGS} (?:that |which )?(?:are |is |were |got |get )?(?:stuck|reserved)\\b`,
      'i',
    ),
    left: (query) => query.filters.some(({ dimension }) => dimension === 'order_status'),
  },
  {
    words: /\bused (?:boots|shoes|sneakers|sandals|goods|items|products|stock|units)\b/i,
    left: NOTHING_LEFT,
  },
  {
    words:
      /\bthe same (?:customers?|people|products?|shops|stores|branches)\b|\bsame[- ](?:store|shop|customer)s?\b/i,
    left: (query) => membersOf(query).length > 0,
  },
  {
    words: /\bstill (?:buy|buying|order|ordering|shop|shopping|come|coming)\b/i,
    left: (query) => membersOf(query).some(({ period }) => period !== undefined),
  },
  // A second question after the first: where, who, when, why.
  {
    words: /\S+ \S+ (?<said>(?:and|&) (?:where|who|when|why|how))\s*[?.!]*$/i,
    left: ({ dimensions, grain, period }, said) => {
      if (/where/i.test(said))
        return dimensions.some((name) => /branch|city|region|state|country|channel/.test(name));
      if (/who/i.test(said)) return dimensions.some((name) => /customer|seller|counterparty/.test(name));
      if (/when/i.test(said)) return grain !== null || (period !== null && dimensions.length > 0);
      return false;
    },
  },
  {
    words:
      /\b(?:bought|ordered|sold|sells?|selling|buys?|purchased)(?: \w+){0,2} (?<said>(?:only|exclusively|solely) (?:in|on|at|during|last|this|since|from|online))\b|\b(?:sell|sells|selling|sold|bought|buy) (?:exclusively|solely)\b/i,
    left: NOTHING_LEFT,
  },
  {
    words: /\b(?:exclusively|solely)\b/i,
    left: ({ filters, segments, dimensions }) =>
      filters.length + segments.length > 0 &&
      !dimensions.some((name) => /^(?:customer|product|seller|branch)$/.test(name)),
  },
  {
    words:
      /\b(?:orders?|customers?|baskets?|invoices?|branches|shops|stores) (?:that |which |who )?(?:with|of|contain(?:s|ing)?|sell(?:s|ing)?|sold|have|having) (?:only|exclusively|solely|nothing but)(?! (?:one|a|an|1|\d+)\b)/i,
    left: NOTHING_LEFT,
  },
  {
    words: /\b(?:on|in the) sale\b/i,
    unless: /\b(?:put|go|went|come|came|are|is|have) on sale\b|\bnot on sale\b/i,
    left: (query) => /discount|full_price|coupon/.test(JSON.stringify(query)),
  },
  {
    words:
      /\b(?:stock|goods|inventory|merchandise|pairs|units) (?:was |were |we )?(?:received|came in|arrived|delivered)\b|\b(?:received|incoming|arriving) (?:stock|goods|inventory|merchandise)\b/i,
    unless: /\b(?:customers?|orders?|germany|returned|returns?|refund\w*)\b/i,
    left: (query) => !/stock|revenue/.test(query.metrics.join()),
  },
  {
    words: /\b(?:first|second|other|latter) half\b/i,
    left: ({ period, comparison }) => period === null || !isRound(period) || comparison !== null,
  },
  // How often something was done, of what cannot be done by customers.
  {
    words: /\b(?:twice|thrice|more than once|(?:two|three|four|five|\d+) times)\b/i,
    left: (query, _said, _needs, { text }) =>
      !membersOf(query).some(({ dimension }) => dimension === 'customer') ||
      /\b(?:customers?|people|buyers?|shoppers?|clients?|persons?|who|they|them|those|ones|us|you|anyone|anybody|somebody|how many (?:bought|ordered|purchased|came))\b/i.test(
        text,
      ),
  },
  {
    words: /\btop \d+ ?(?:to|-|–) ?\d+\b|\b(?:places?|ranks?|ranked|positions?) \d+ ?(?:to|-|–) ?\d+\b/i,
    left: ({ ranking }) => ranking?.from !== undefined,
  },
  {
    words:
      /\b(?:\d+|two|three|four|five)? ?(?:best|worst|weakest|strongest|lowest|highest|smallest|biggest) (?:\w+ )?(?:of|among|in) (?:our |the |those )*(?:top|bottom|best|worst) (?:\d+|ten|five|three|twenty)\b/i,
    left: (query) => membersOf(query).length > 0,
  },
  {
    words:
      /\b(?:most|highest|biggest|largest|best|top)\b[^?.!]*,? (?:the )?bottom (?:\d+|three|four|five|ten)\b/i,
    left: ({ ranking }) => ranking === null || ranking.direction === 'bottom',
  },
  {
    words:
      /\b(?:first|last|second|third|\d+(?:st|nd|rd|th)?) (?:day|week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s? (?:of|in) (?:each|every)\b/i,
    left: (query) => query.filters.some(({ dimension }) => /day|week/.test(dimension)),
  },
  {
    words:
      /\b(?:total|sum of|combined|all) (?:of )?(?:the |our )?(?:order|basket|invoice|transaction|receipt|cart) (?:value|amount|size|total)s?\b/i,
    unless: /\b(?:average|avg|mean|per|typical|median|over|above|under|below|share|percent\w*)\b|%/i,
    left: (query) => !query.metrics.some((name) => /^(?:average|median)_/.test(name)),
  },
  {
    words:
      /\btotal (?:delivery|shipping|lead|transit|waiting|handling) (?:time|days)\b|\btotal (?:list|selling|unit) prices?\b/i,
    left: ({ metrics }, _said, { model }) =>
      !metrics.some((name) => {
        const metric = model.metrics.get(name);
        return metric !== undefined && isAverage(metric);
      }),
  },
  {
    words: /\bnet (?:sales|revenue|turnover)\b/i,
    left: ({ metrics }) => metrics.join() !== 'discount_rate',
  },
  {
    words: /\b(?:discount|markdown|margin|expense|stock|tax) (?:number|count)\b/i,
    left: ({ metrics }, _said, { model }) =>
      metrics.every((name) => model.metrics.get(name)?.unit.kind === 'count'),
  },
  {
    words: /\b(?:lost|missed) (?:sales|revenue|turnover|orders)\b/i,
    left: ({ metrics }) => metrics.some((name) => /cancel|refund|return|discount|write|variance/.test(name)),
  },
  {
    words:
      /\b(?:customers|people|buyers|shoppers|clients|sellers)(?: (?:who|that|which))? (?:bought|buy|spent|spend|ordered|order|paid|sold|returned) (?:us )?(?:more|less|fewer)\b[^?.!]* than\b/i,
    left: ({ dimensions, having, comparison }) =>
      comparison === null || having.length > 0 || dimensions.length > 0,
  },
];

/** Full months, weeks, quarters or years from their first day on. */
function isRound(period: { from: string; to: string }): boolean {
  const months = period.from.endsWith('-01') && period.to.endsWith('-01');
  const days = lengthInDays(period);
  if (!months) return days === 7;
  return days < 100 || days > 190;
}

function membersOf({ members }: MetricQuery): NonNullable<MetricQuery['members']> {
  return members ?? [];
}
