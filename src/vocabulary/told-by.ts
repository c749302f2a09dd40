import { rewritten } from './rewritten.ts';

const SHARE = '(?:percentage|percent|per cent|%|share|part)';
const OWNER = '(account|branch|shop|store)';

/** What a figure is told by, said in passing: 'store-level sales', 'what each account has burned through'. */
const TOLD_BY: readonly [said: RegExp, meant: string][] = [
  [
    /\bwhat we (?:sold|took|turned over) and (?=(?:the |our )?(?:gross )?(?:margin|profit)\b)/gi,
    'revenue and ',
  ],
  [
    /\btogether with (?=(?:the |our |its |their )?(?:gross|net|revenue|sales|orders|units|margins?|profit|discounts|refunds|tax|expenses)\b)/gi,
    'and ',
  ],
  [
    /\b(?:how much )?(?:stock|inventory)\b(?! value)([^?.!]{0,40}?),? (?:valued )?at cost(?: price)?\b/gi,
    'stock value$1',
  ],
  [
    /\b(?:vat|tax|gst) (?:that )?(?:we (?:have |['’]ve )?|was |were )?(?:paid|pay|reclaim(?:ed)?|claim(?:ed)? back) (?:on|for|to|with|from) (?:our |the )?(?:purchases?|expenses|costs|suppliers?|supplier invoices|what we (?:buy|bought))\b/gi,
    'tax booked',
  ],
  [
    /\b(daily|weekly|monthly) (?:average|avg\.?|mean)(?: of)? (sales|revenue|turnover|takings|orders|units)\b/gi,
    'average $1 $2',
  ],
  [/\brunning (revenue|sales|turnover|orders|units|refunds|takings) total\b/gi, 'running total of $1'],
  [
    /(?<=\b(?:plan|budget|target)\b.*)[?.!,;] ?(?:please )?(?:show|give)(?: me)? (?:the )?(?:both )?actuals? and (?:the )?(?:budget|plan|target)s?[.!]*$/gi,
    '?',
  ],
  [
    /\b(had|have|did|was|were)((?: we| been)*) set aside(?: in (?:the |our )?budget)? for\b/gi,
    '$1$2 budgeted for',
  ],
  [
    /\b(?:the )?(?:sum|total) of (?:the |our )?(sales|revenue|turnover|orders|units|takings|refunds) since (?:january|the (?:start|beginning) of the year|new year)\b(?<=\b(?:each|every|per|by) month\b.*)/gi,
    'running total of $1',
  ],
  [
    /^did we spend (?:more|less) in (.{3,20}?) than in ([^?.!]{3,20})[?.!]? ?(?:total expenses(?: for both)?[.!]?)?$/i,
    'expenses $1 vs $2',
  ],
  [/\bwhat (?:does|do|did) each account stand at\b/gi, 'balance by account'],
  [
    /\b(branch|shop|store|region|category|brand|product|account|channel|country|customer)[- ]level (sales|revenue|turnover|takings|orders|units|margins?|refunds|expenses|costs|figures|numbers|payments|discounts)\b(.*?)(?=[?.! ]*$)/gi,
    '$2$3 by $1',
  ],
  [
    /\b(?:how much|what) (?:did|do|have) (?:the |our )?(branches|shops|stores|regions|brands|categories|channels) (?:each|individually) (?:bring in|take|make|sell|turn over|earn)\b/gi,
    'revenue by $1',
  ],
  [
    /^(?:so |and )?how (?:did|do|have) (?:our |the )?(?:customers|people|shoppers|buyers) (?:pay|paid)\b([^?.!]*?),? (?:\(?in )(?:£|pounds|money|euros|value|amounts?)\)?(?=[?.! ]*$)/i,
    'payments by payment method$1',
  ],
  [
    /\b(?:money|cash) in (?=(?:per|by|for each|for every) (?:payment )?(?:type|method|tender)\b)/gi,
    'payments ',
  ],
  [/\bbroken[- ]?(?:out|down) (?=(?:per|by|for each)\b)/gi, ''],
  [/\bsales tax (?:collected|charged|taken|paid by customers)\b/gi, 'tax'],
  [/\bbudget consumption\b/gi, 'share of the budget used'],
  [
    new RegExp(
      `\\b(?:what|which) ${SHARE} of (?:its |their |the |our )?budget (?:has|have|did|had) (?:each|every) ${OWNER} (?:already )?(?:burn(?:ed|t)?|run|gone|got|go|used|eaten|chewed)(?: (?:through|up))?\\b`,
      'gi',
    ),
    'share of the budget used by $1',
  ],
  [
    new RegExp(
      `\\b(?:what|how much)(?:['’]s| is) (?:still )?left (?:in|of|on) (?:each|every) ${OWNER}(?:['’]s)? budget\\b`,
      'gi',
    ),
    'budget left by $1',
  ],
  [
    /\bwhat did (?:each|every) (region|branch|shop|store|brand|category|department|channel|country) turn over\b/gi,
    'revenue by $1',
  ],
  [
    /(\brevenue by \p{L}+[^?.!]{0,40}?) and (?:what|how much) ((?:gross |net )?(?:margin|profit|discounts?|refunds|tax)) did (?:it|they|each(?: of them)?|that) (?:make|have|get|take|give|earn|record)\b/giu,
    '$1 and $2',
  ],
];

export function toldBy(question: string): string {
  return rewritten(question, TOLD_BY);
}
