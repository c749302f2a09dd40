import type { MetricQuery } from '../domain/metric-query.ts';
import type { Mark } from './mark.ts';

const NOTHING_LEFT = (): boolean => false;
const PEOPLE = '(?:customers?|people|buyers?|shoppers?|clients?|anyone|everyone|those|folks)';
const GOODS = '(?:units|stock|goods|items|pairs|products|inventory|merchandise|pieces)';

/** Words that turn a question to what no figure holds: what should be, what is still to come, one of a row of events. */
export const MARKS_OF_TURNS: readonly Mark[] = [
  {
    words:
      /\bhad (?:everything|everyone|everybody|all|nobody|no one|nothing|none)\b|\b(?:if|suppose|supposing|imagine|assuming) (?:everything|everyone|everybody|all|nobody|no one|nothing|none|prices?|[\p{L} ]{2,30}?) (?:had|hadn['’]t|would have|were to|stayed|cost|went up|went down)\b/iu,
    unless: /\bas if\b|\b(?:see|know|tell me|check|ask|wonder\w*|look) if\b/i,
    left: NOTHING_LEFT,
  },
  {
    words:
      /\b(?:we|they|it|branches|stores|shops|you) (?:will |would |still |really )*need(?:s|ed)?\b(?! (?:to (?:know|see|have|get|understand|look|check|show|send|report|tell|find)|the|a|an|your|some|this|that|it|it\b))|\b(?:must|have to|has to|need to|needs to) (?:grow|sell|take|make|reach|hit|be|earn|save|cut|order|buy)\b|\bneeded (?:to|for|by)\b/i,
    left: NOTHING_LEFT,
  },
  {
    words: /\bshould (?:the |our |each |every )?(?!i\b|be (?:easy|simple|quick|able)\b)\p{L}+/iu,
    unless: /\bshould (?:be|have|include|show|cover) (?:easy|simple|quick|able|all|only|both)\b/i,
    left: ({ metrics }) => /budget/.test(metrics.join()),
  },
  {
    words: /\bwhat (?:happened|went on|went wrong|was going on|was happening) (?:on|in|at|during|that)\b/i,
    left: NOTHING_LEFT,
  },
  {
    words:
      /\b(?:still|yet|left|remaining|outstanding) (?:to (?:pay|be paid|settle|be settled|collect|receive|be collected|be received|invoice|be invoiced|spend|be spent)|owed|owing|unpaid|outstanding)\b|\bstill (?:owe|due|unpaid)\b/i,
    left: ({ metrics }) => /budget_left|unpaid|undelivered|receivable|payable/.test(metrics.join()),
  },
  {
    words:
      /\b(?<said>rank|ranks|ranked|ranking|place|placed|position)\b[^?.!]*\b(?:among|amongst|out of|within|compared)\b|\b(?:rank|place|position) of\b|\bwhere (?:does|do|did) [^?.!]+ rank\b/i,
    left: (query) => !ofOneAlone(query),
  },
  {
    words:
      /\b(?:by|before|until|till|up to|after|from|past) (?:about |around )?(?:noon|midday|lunch ?time|lunch|mid-?morning|mid-?afternoon|tea ?time|closing(?: time)?|opening(?: time)?|midnight|\d{1,2} ?(?:am|pm|o['’]?clock)|\d{1,2}:\d\d)\b/i,
    left: (query) => query.filters.some(({ dimension }) => dimension === 'hour_of_day'),
  },
  {
    words: new RegExp(
      `\\b${GOODS} (?:that )?(?:were |was |have been |got |we )?(?:received|delivered to us|brought in|came in|bought in)\\b|\\b(?:received|incoming|inbound) ${GOODS}\\b`,
      'i',
    ),
    unless: /\b(?:customers?|returned|returns?|refund\w*|sent back)\b/i,
    left: NOTHING_LEFT,
  },
  {
    words:
      /\bonce (?!and\b|but\b|or\b|in\b|this\b|last\b|only\b|since\b|an?\b|per\b)(?:the |our |all |any |those )?(?:\p{L}+ ){1,3}(?:are|is|were|was|have|has|had|came|come|went|go)\b/iu,
    left: ({ members }) =>
      !(members ?? []).some(({ having }) => having.some(({ metric }) => metric === 'orders')),
  },
  {
    words: /\bwithin (?:an?|one|the|two|three|\d+|half an) (?:hour|minute)s?\b/i,
    left: ({ filters }) => filters.some(({ dimension }) => /hours|minutes/.test(dimension)),
  },
  {
    words:
      /\bfrom [^?.!,]{3,20} for (?:an?|one|two|three|four|\d+) (?:day|week|month|fortnight|quarter|year)s?\b/i,
    left: ({ period }) => period !== null && Date.parse(period.to) - Date.parse(period.from) > 86_400_000,
  },
  {
    words: /\bdivided by\b|\btimes (?:as much|as many|higher|bigger|more)\b/i,
    left: ({ calculations }) => calculations.some(({ kind }) => kind === 'ratio'),
  },
  {
    words:
      /\b(?:out of stock|sold out|in stock|available|stocked|on hand|missing) (?:in|at|from) (?:every|all|each)(?: of)?(?: the| our)? (?:single )?(?:branch|branches|shops?|stores?|warehouses?)\b/i,
    left: ({ metrics }) => !/products/.test(metrics.join()),
  },
  // 'revenue of York as a percentage of revenue of Leeds': of the one, and not of both together.
  {
    words:
      /\bas (?:an? )?(?:%|percent|percentage|share|proportion|fraction) of (?!(?:the |our |all )*(?:total|all|whole|overall|company)\b)/i,
    left: ({ calculations, filters, dimensions }) =>
      !calculations.some(({ kind }) => kind === 'share-of-total') ||
      !filters.some(
        ({ dimension, operator, values }) =>
          operator === 'in' && values.length === 2 && dimensions.includes(dimension),
      ),
  },
  // 'which branches were over budget in every month': in all of them, and not in each.
  {
    words:
      /^(?:and |so |the |all |any |list |show (?:me )?|which |what |how many )*(?:branches|shops|stores|products|brands|categories|customers|accounts|countries|people|sellers|items) (?:that |which |who |with |were |was |are |had |have |having |did )[^?.!]*\b(?<said>(?:in |on )?(?:each and )?every (?:single )?(?:day|week|month|quarter|year|branch|shop|store))\b/i,
    left: ({ grain, having, dimensions }) => grain === null && having.length === 0 && dimensions.length < 2,
  },
  // 'new customers, and how many of them came back': not all who came back.
  {
    words:
      /\b(?:how many|how much|which|what|share|percentage|percent|%|some|any) of (?:them|those|these|whom)\b[^?.!]*\b(?:came back|come back|returned|bought|ordered|reordered|refund\w*|cancel\w*|late|sent back|went back|again)\b/i,
    left: ({ metrics }) =>
      metrics.length < 2 ||
      !metrics.some((name) => /^(?:returning|refund|repeat)/.test(name)) ||
      metrics.every((name) => /refund|^orders$/.test(name)),
  },
  {
    words: /\brefunds? (?:on|for|against|of) (?:them|those|these|the same orders)\b/i,
    left: ({ metrics }) => metrics.length < 2,
  },
  {
    words:
      /\b(?:just|only|exactly) (?:the )?(?:one|two|1|2) (?:single )?(?:customer|order|product|unit|item|refund|sale|branch)s?\b/i,
    left: ({ having, members, filters, metrics, ranking }) =>
      having.length + (members ?? []).length > 0 ||
      filters.some(({ dimension }) => /size/.test(dimension)) ||
      /one_time/.test(metrics.join()) ||
      ranking !== null,
  },
  {
    words:
      /\b(?:compared (?:to|with)|vs\.?|versus|against|than) (?:on )?(?:an? |the )?(?<said>(?:average|normal|typical|usual|ordinary|regular) (?:per )?(?:day|week|month|quarter|year|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b/i,
    unless: /\baverage\b.*\baverage\b/i,
    left: NOTHING_LEFT,
  },
  // A row of events: cancelled and then ordered, bought once and came back.
  {
    words:
      /\b(?:and|but|who|that) (?:then|later|afterwards?|subsequently|soon after) (?:\p{L}+ )?(?:ordered|bought|came|come|returned|shopped|cancelled|canceled|paid|sent|got)\b/iu,
    left: ({ members }) => (members ?? []).some(({ period }) => period !== undefined),
  },
  {
    words: new RegExp(`\\b${PEOPLE} (?:\\p{L}+ ){0,2}?(?:come|comes|came|coming) back\\b`, 'iu'),
    left: ({ metrics }) => !/returned_|return_rate|refund/.test(metrics.join()),
  },
  {
    words: new RegExp(
      `\\b${PEOPLE} (?:who |that |have |had |only )*(?:shopped|shop|bought|buy|ordered|order|used?|paid) (?:\\p{L}+ ){0,2}?both\\b`,
      'iu',
    ),
    left: ({ members }) => (members ?? []).length > 0,
  },
  {
    words:
      /\b(?:longest|slowest|quickest|fastest|shortest|most|least|latest) (?:that )?(?:anyone|anybody|someone|somebody|any (?:one )?(?:customer|order|person|parcel)|one (?:customer|order|person|parcel)|a single)\b/i,
    left: ({ dimensions, ranking, metrics }) =>
      (ranking !== null && dimensions.some((name) => /^(?:customer|order_number)$/.test(name))) ||
      /largest|highest|lowest|longest/.test(metrics.join()),
  },
  {
    words:
      /\b(?:beat|beats|beaten|better|more|higher|above|over|less|worse|lower|below) (?:than )?(?:the |our )?(?:best|worst|highest|lowest|record|busiest|quietest) (?:\p{L}+ )?(?:of|in|day|week|month|branch|shop|store|product|year)\b/iu,
    left: NOTHING_LEFT,
  },
  {
    words:
      /\b(?:in )?(?:which|what) \p{L}+ (?:did|do|does|have|has|had|were|was) (?<said>(?:the |our |those )?(?:top|best|bottom|worst) (?:\d+|two|three|four|five|ten|twenty)) /iu,
    left: ({ members }) => (members ?? []).some(({ ranking }) => ranking !== null),
  },
  {
    words:
      /\b(?:all|every|each|everything|everyone|any) (?:of )?(?:the |our )?(?:\p{L}+ )?(?:but|except|bar|save|apart from|other than|excluding|without) (?:for )?(?:the |our )?(?:top|best|bottom|worst|biggest|largest|leading|\d+)\b/iu,
    left: ({ ranking, members, filters }) =>
      (members ?? []).some(({ without }) => without === true) ||
      (ranking?.from !== undefined && ranking.from > 1) ||
      filters.some(({ operator }) => operator === 'not-in'),
  },
  {
    words: /\bboth (?:in |for |during |over )?(?:last|this|the|in|q[1-4]|h[12]|(?:19|20)\d\d)\b/i,
    left: ({ having, members }) =>
      !having.some(({ metric }) => /_change/.test(metric)) || (members ?? []).length > 0,
  },
  {
    words: /\bshare of (?:all|every|the total) (?:late|cancell?ed|returned|new|delivered)\b/i,
    left: ({ calculations }) => calculations.some(({ kind }) => kind === 'share-of-total'),
  },
  {
    words:
      /\bcontribut\w+ to (?:the |our |total |overall )*(?:revenue |sales )?(?:growth|increase|change|decline|rise|fall|drop)\b/i,
    left: ({ calculations, comparison }) => comparison !== null && calculations.length === 0,
  },
];

/** One name, or one day, in a plan in whose order of things it would be all there is. */
function ofOneAlone({ dimensions, filters, grain, period, ranking }: MetricQuery): boolean {
  const named = filters.some(
    ({ dimension, operator, values }) =>
      operator === 'in' && values.length === 1 && (dimensions.length === 0 || dimensions.includes(dimension)),
  );
  const oneDay =
    grain === 'day' && period !== null && Date.parse(period.to) - Date.parse(period.from) <= 86_400_000;
  return named || oneDay || (ranking === null && dimensions.length === 0 && grain === null);
}
