import { rewritten } from './rewritten.ts';

const MANY =
  '(products|brands|branches|shops|stores|categories|regions|countries|cities|channels|segments|departments)';
const COUNT = '(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)';
const HOLD =
  '(?:last|the (?:previous|prior)|the same|a year|this time|20\\d\\d|the (?:week|month|quarter|year) before)';

/** What rose or fell against another time, as it is said of a race or of a ladder. */
const CHANGES: readonly [said: RegExp, meant: string][] = [
  [
    /\b((?:in|for|during|over|of) [^?.!,]{3,20}|(?:last|this) (?:week|month|quarter|year)),? and (?:then )?(?:the )?same (?:(?:figure|number|thing) )?(?:for|in|of|over) (?=(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*|last|this|the (?:week|month|quarter|year) before|q[1-4]|20\d\d)[^?.!,]{0,12}[?.! ]*$)/giu,
    '$1 vs ',
  ],
  [
    /\b(this (?:year|quarter|month|week)|ytd|mtd) on ((?:the )?(?:last|previous) (?:year|quarter|month|week))\b/gi,
    '$1 vs $2',
  ],
  [
    new RegExp(
      `(?<!\\b(?:pick|picked|picking) )\\b(?:is |are |was |were |has been |have been |went )?(?:up|ahead) (?:the )?(?:most|furthest)(?: in)?( revenue| sales| turnover| orders| units| margin)? (?:on|over|from|vs\\.?|versus|against|compared (?:to|with)) (?=${HOLD})`,
      'gi',
    ),
    ' grew the most$1 vs ',
  ],
  [
    new RegExp(
      `\\b(?:is |are |was |were |has been |have been |went )?(?:down|behind) (?:the )?(?:most|furthest)(?: in)?( revenue| sales| turnover| orders| units| margin)? (?:on|over|from|vs\\.?|versus|against|compared (?:to|with)) (?=${HOLD})`,
      'gi',
    ),
    ' fell the most$1 vs ',
  ],
  [
    /\b(?:is |are |was |were |has been |have been |went )?(?:down|behind) (?:the )?most(?= (?:in|this|last|since)\b|[?.! ]*$)/gi,
    'fell the most',
  ],
  [
    /(?<!\b(?:pick|picked|picking) )\b(?:is |are |was |were |has been |have been |went )?(?:up|ahead) (?:the )?most(?= (?:in|this|last|since)\b|[?.! ]*$)/gi,
    'grew the most',
  ],
  [
    /\bhow (has|have|did) ([^?.!,]{3,40}?) (?:moved?|shifted|fared?|developed)\b(?=[^?]*\b(?:against|vs\.?|versus|compared|on last|since|over last|from)\b)/gi,
    'how $1 $2 changed',
  ],
  [
    new RegExp(
      `\\b(?:the |our )?(?:${COUNT} )?(?:biggest|worst|largest|top) (?:losers|fallers|decliners|sliders)(?: (?:among|of|in|by))? (?:the |our )?${MANY}`,
      'gi',
    ),
    '$1 $2 whose revenue fell the most',
  ],
  [
    new RegExp(
      `\\b(?:the |our )?(?:${COUNT} )?(?:biggest|best|largest|top) (?:gainers|winners|risers|climbers)(?: (?:among|of|in|by))? (?:the |our )?${MANY}`,
      'gi',
    ),
    '$1 $2 whose revenue grew the most',
  ],
  [
    /\b(?:has |have )?(?:added|put on|picked up) (?:the )?most (revenue|sales|turnover|orders|customers)\b/gi,
    'gained the most $1',
  ],
  [/\bthe (week|month|quarter|year) preceding(?: it| that)?\b/gi, 'the $1 before'],
  [/\bset against\b/gi, 'against'],
  [
    /^(.{2,30}?) or (.{2,30}?)[,:;-] ?(?:who|which(?: one| of (?:the two|them))?) (?:sells?|sold|takes?|took|made|makes|brings? in|brought in|earns?|earned) (?:the )?(?:more|most)(?=[?.!]*$| (?:this|last|in|so far|ytd|over|during)\b)/i,
    'revenue of $1 vs $2',
  ],
  [
    /^who (?:sells?|sold|takes?|took|made|makes|brings? in|brought in|earns?|earned) (?:the )?(?:more|most)((?: (?:this|last|in|so far|ytd|over|during)\b[^?.!,]{0,20})?)[,:;-] ?(.{2,30}?) or (.{2,30}?)(?=[?.!]*$)/i,
    'revenue of $2 vs $3$1',
  ],
  // Discounts, as one speaks of how deep they are.
  [
    /\bdiscount(?:s|ed)? (?:the )?most (?:heavily|deeply|aggressively|steeply)\b/gi,
    'has the highest discount rate',
  ],
  [
    /\b(?:gave|gives?|had|has|ran|offered|with) (?:the )?(?:deepest|steepest|heaviest) discounts?(?:,? in (?:percent|%))?/gi,
    'has the highest discount rate',
  ],
  [/\b(?:percent|percentage|per cent|%) discounted\b/gi, 'discount rate'],
  [
    /\bhow much discount (?:does|did|do) (?:the average|an average|a typical|each|an|one) order (?:get|have|carry|receive)s?\b/gi,
    'average discount per order',
  ],
  [
    /\b(?:on average,? )?how much (?:do|did) we (?:knock|take) off (?:an|each|every|the average) order(?: on average)?\b/gi,
    'average discount per order',
  ],
  [/\b(from|of|on|for|between) discounted (?:items|goods|products|lines|stuff|stock)\b/gi, '$1 discounted'],
  [/\bundiscounted\b(?! (?:prices?|orders?|units?))/gi, 'full price'],
  [
    /\bhow much (?:did|do|have) we (?:sell|sold) at full price and how much (?:at a discount|discounted|with a discount|on offer|reduced)\b/gi,
    'revenue at full price vs at a discount',
  ],
  [/\b(?:thinnest|slimmest|tightest) (?:gross )?(?:profit )?margins?(?: rates?)?\b/gi, 'lowest margin rate'],
  [/\b(?:fattest|richest|healthiest) (?:gross )?(?:profit )?margins?(?: rates?)?\b/gi, 'highest margin rate'],
]; // prettier-ignore

export function changeWording(question: string): string {
  return rewritten(question, CHANGES);
}
