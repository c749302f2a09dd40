import { rewritten } from './rewritten.ts';

/** An amount and its rate at once: 'discounts in GBP and %', 'gross margin % and £'. */
const IN_MONEY =
  '(?:£|gbp|pounds?|euros?|eur|€|\\$|usd|dollars|money|absolute(?: terms| numbers)?|value|amount)';
const IN_PERCENT = '(?:%|per ?cent(?:age)?|pct)(?: of (?:sales|revenue|turnover))?';
const BOTH_WAYS = new RegExp(
  `,? ?\\(?(?:(?:both )?(?:in|as) (?:an? )?)?(?:${IN_MONEY} ?(?:and|&|\\+|\\/|plus|as well as) ?(?:in |as )?(?:an? )?${IN_PERCENT}|${IN_PERCENT} ?(?:and|&|\\+|\\/|plus|as well as) ?(?:in |as )?(?:an? )?${IN_MONEY})\\)?(?=[\\s?.!,;)]|$)`,
  'i',
);
const RATES: readonly [said: RegExp, meant: string][] = [
  [/\b(?:gross )?(?:margins?|profits?)\b/i, 'gross margin and margin rate'],
  [/\bdiscounts?\b/i, 'discounts and discount rate'],
  [/\brefunds?\b/i, 'refunds and refund rate'],
];

export function bothWays(question: string): string {
  if (!BOTH_WAYS.test(question)) return question;
  const text = question.replace(BOTH_WAYS, '');
  const named = /\b(?:budget|target|plan|share)\b/i.test(text)
    ? undefined
    : RATES.find(([said]) => said.test(text));
  if (named) return text.replace(named[0], named[1]);
  return HELD.test(text) ? text : question;
}

/** What is held against another time tells both ways anyway. */
const HELD =
  /\b(?:vs|versus|against|compared|growth|grow|grew|grown|change|changed|up|down|increase|decrease|difference|variance)\b/i;

/** Ways in which profit, budgets and the like are talked about. */
const MONEY: readonly [said: RegExp, meant: string][] = [
  [
    /\b(how many|which|what|the|all) (branches|shops|stores|days|weeks|months|products|categories|brands)\b([^?.!]{0,30}?) (?:that |which )?(?:made|make|took|take|earned|earn|turned over|turn over|brought in|bring in) (more than|over|above|less than|under|below|at least) (?=[£$€]?\d)/gi,
    '$1 $2$3 had revenue $4 ',
  ],
  [/\bgift (?:vouchers?|cards?)\b/gi, 'vouchers'],
  [
    /\b(revenue|sales|turnover|takings)(,| \()? ?(?:excl(?:uding|usive of|\.)?|without|net of|before|ex)\.? (?:the )?(?:vat|tax|taxes|sales tax|gst)\)?(?!\p{L})/giu,
    '$1',
  ],
  [
    /\b(?:(?:the |our )?(\d+|two|three|four|five|six|seven|eight|ten) )?(?:biggest|largest|highest|top|main) (?:single )?(?:expenses|costs|cost items)(?: booked| posted)?\b(?! (?:account|per|by|of)\b)/gi,
    'top $1 accounts by expenses',
  ],
  [/\btop {2}accounts by expenses\b/gi, 'top accounts by expenses'],
  [
    /\b(?:biggest|largest|highest) (?:cost|expense)(?: item)? (?:after|apart from|besides|other than|next to|except|excluding) (?:the |our )?(\p{L}+)/giu,
    'account with the highest expenses excluding $1',
  ],
  [
    /^(?:so )?(?:are|is|were|was|did|do) (?!.*\b(?:revenue|sales|margin)\b)(?:we|it|the (?:company|business)) (?:still )?(?:making|turning|make|turn|made|turned) (?:a |any |an overall )?(?:profit|loss)\b/gi,
    'what was the ledger profit',
  ],
  [
    /^(?:so )?(?:are|is|were|was) (?:we|the (?:company|business)) (?:still )?(?:profitable|in profit|in the (?:red|black)|loss[- ]making|losing money)\b/gi,
    'what was the ledger profit',
  ],
  [
    /\bhow (?:much|far) (?:under|over|below|above) (?:the |our )?budget (?:are|were|is|was|have) (?:we|it)(?: been)? (?:on|with|for|in) (?:the |our )?(\p{L}+)/giu,
    '$1 against budget',
  ],
  [/\b(tax|vat) bill\b/gi, '$1 due'],
  [
    /\bprofit\b([^?.!,]*?),? (?:after|net of|less|minus) (?:all |everything |the |our )*(?:costs?|expenses|overheads|wages and rent|outgoings)\b/gi,
    'ledger profit$1',
  ],
  [
    /\bhow much of (?:the |our )?(\p{L}+ )?budget (?:had|have|has|did|do|was|is) (?:we |been )?(?:already )?(?:burn(?:t|ed|ing)?|go(?:ne|ne)?|went|blown?|blew|eaten|ate|chewed|run|used|spent|consumed|got) ?(?:through|up|already|so far|on)?\b/giu,
    'share of the budget used for $1',
  ],
  [
    /\bshare of the budget used for (?=(?:in|of|this|last|by|h1|h2|q[1-4]|\d|[?.!,])|$)/gi,
    'share of the budget used ',
  ],
  [
    /^(?:is|are|was|were) (?!(?:we|i|you|they|it|this|that|things)\b)(?!.*\b(?:margins?|profits?|costs?|refunds?|returns?|wages?|rent|baskets?|aov|discounts?|budgets?|targets?|stock|share|rates?|delivery|orders?|sales|revenue|expenses)\b)(.{3,30}?) (?:a )?(?:bigger|larger|stronger|better|smaller|weaker|busier|worth more|more important|more successful)(?: business)? than (?!last\b|the same\b|a year\b|in\b|on\b|this\b|yesterday\b|\d|before\b|usual\b|expected\b|ever\b)(?=\p{L})/iu,
    'revenue of $1 vs ',
  ],
  [
    /\b(did|does|do|has|have|is|are) ((?:our |the )?(?:\p{L}+ )?(?:revenue|sales|orders|turnover|margins?|units|profit|takings|numbers)) (?:start(?:ed)? to )?(?:slide|slid|sliding|dip|dipped|dipping|sag|sagged|tank|tanked|tumble|tumbled|soften|softened|slump|slumped|nosedive|plummet|plummeted|wobble|wobbled)\b/giu,
    '$1 $2 fall',
  ],
  [
    /\b(tax|vat|gst|discounts?|margins?)( charged| given| made| earned| collected)? (?:on|in) (?:the |our |all )*sales\b(?! (?:tax|price|budget|target))/gi,
    '$1$2',
  ],
  [
    /\border totals?,? (?:incl(?:uding|usive of|\.)?|with) (?:the )?(?:vat|tax|shipping|delivery)(?:(?:,| and|, and| &) (?:vat|tax|shipping|delivery))*\b/gi,
    'order total',
  ],
  [
    /\b(?:total )?units in stock (?:&|and|\+) (?:(?:its|their|the) )?(?:stock )?value\b/gi,
    'stock on hand and stock value',
  ],
  [
    /\b(?:the )?same (day|week|month|quarter|period|time) (?:a|one) year (?:ago|earlier|before)\b/gi,
    'the same $1 last year',
  ],
  [/\b(?:online|internet) (?:shop|store)\b/gi, 'web shop'],
]; // prettier-ignore

export function officeMoney(question: string): string {
  return rewritten(question, MONEY);
}
