import { rewritten } from './rewritten.ts';
import { toldBy } from './told-by.ts';

const METRIC =
  '(?:(?:net |gross )?(?:revenue|sales|turnover|takings|margins?|profit)|orders|units|discounts|refunds|tax|shipping|payments|expenses|costs?)';
const PEOPLE = '(?:people|customers|shoppers|buyers)';
const MORE = '(above|over|more than|under|below|less than|at least|at most)';
const ORDER = '(?:order|basket|transaction|ticket|purchase)';
const MONEY = '((?:£|\\$|€)?\\d[\\d,.]*k?(?: ?(?:pounds|euros|quid|gbp))?)';
const WHICH =
  '(branches|shops|stores|brands|categories|products|channels|regions|departments|accounts|customers|months|weeks|days)';

/** Everyday words for shares, differences, averages and courses: slices, gaps, swings, what adds up. */
const FIGURES: readonly [said: RegExp, meant: string][] = [
  // Shares.
  [
    /\b(?:the )?(?:slice|share) (?:that )?(?:each|every) (\p{L}+) (?:took|takes|has|had|made|makes|got) of /giu,
    'share by $1 of ',
  ],
  [
    /\bhow many (?:percent|per cent|%) (?:is|was|are|were) (?:our |the )?(?:gross )?(margin|discount|refund|return)s?\b/gi,
    '$1 rate',
  ],
  [
    /\b(?:slices?|chunks?|cuts?) of (?=(?:the |our |total |all |its |their )*(?:[\p{L}]+ )?(?:revenue|sales|turnover|payments?|takings|orders|units|refunds|discounts|profit|margin|expenses|costs?|spend)\b)/giu,
    'share of ',
  ],
  [/\b(?:the )?size of each (?:slice|share|piece)(?: of it)?\b/gi, 'the share of each'],
  [/\b(revenue|sales|turnover|payments?|expenses|cost|order|profit) pie\b/gi, '$1'],
  [
    /\b(?:divide|divided|spread|distributed?)(?: up| out)? (?:across|over|among|amongst|between) (?:the |our )?(?=(?:payment methods|branches|shops|stores|categories|channels|regions|countries|brands|departments|accounts)\b)/gi,
    'split by ',
  ],
  // Differences.
  [
    /\b(?:£ |pound |money )?(?:gap|swing)(?! between (?:orders|purchases|visits|buying|ordering|deliver))\b/gi,
    'difference',
  ],
  [
    new RegExp(
      `\\b(?:how many (?:pounds|euros)|how much) (?:more|less|more or less|less or more) (${METRIC}) (?:did we have|was there|were there|did we (?:make|take|get)) (.{4,40}?) than (?:in |on )?`,
      'gi',
    ),
    'difference in $1 $2 vs ',
  ],
  [/\bby how (?:many|much) (?:percent|per cent|percentage points?|%)/gi, 'by what percentage'],
  [
    /\b(grow|rise|increase|go up|climb|fall|drop|shrink) (?:or|and) (?:grow|rise|increase|go up|climb|fall|drop|shrink|go down|decline)\b/gi,
    'change',
  ],
  [
    /\beach (month|week|quarter|day|year) (?:over|against|versus|vs\.?|compared (?:to|with)|on|held against) the (?:one|month|week|quarter|day|year) before(?: it| that)?\b/gi,
    '$1 over $1 growth',
  ],
  [/,? (?:and )?by what percentage(?=[?.! ]*$)/gi, ' in percent'],
  [
    /^(?:please |kindly |can you |could you )*(?:cut|slice|carve)(?: up)? (.{5,40}?) by (?=\p{L})/iu,
    'show $1 by ',
  ],
  [/^(?:please |kindly )+(?=(?:split|break)\b)/i, ''],
  [
    /\b(?:stack|stacks|stacked|measure|measures|shape|shapes) up (?:against|to|with|versus|vs\.?|next to|beside)\b/gi,
    'compare with',
  ],
  // Averages.
  [
    new RegExp(
      `\\b(?:are|were|did|do|is) ${PEOPLE} (?:spend|spending) (?:more|less|more or less) (?:per|an?|each) ${ORDER}(?:,? on average)?,? (.{4,30}?) than (?:they did )?(?:in |on )?`,
      'gi',
    ),
    'average order value $1 vs ',
  ],
  [
    new RegExp(
      `\\b(?:average|avg\\.?|mean) ${ORDER} (?=(?:over|above|under|below|of|more|less|at least|exceeding|worth)\\b)`,
      'gi',
    ),
    'average order value ',
  ],
  [
    new RegExp(
      `\\b(?:(?:are|were|do|did) )?${PEOPLE} (?:are |were )?spend(?:ing)?,? on average,? ${MORE} ${MONEY} (?:per|an?|each) ${ORDER}\\b`,
      'gi',
    ),
    'average order value $1 $2',
  ],
  [
    new RegExp(`\\baverag(?:e|es|ed|ing) ${MORE} ${MONEY} (?:per|an?|each) ${ORDER}\\b`, 'gi'),
    'have an average order value $1 $2',
  ],
  [
    new RegExp(
      `\\bwhat (?:did|does|do|was|is) (?:an?|the|each|every|our)((?: \\p{L}+){0,3}?) ${ORDER} (?:come to|work out at|add up to|worth|bring in|amount to)(?: for us)?,? on average\\b`,
      'giu',
    ),
    'average order value of$1 orders',
  ],
  [
    /\bhow (?:fat|thick|thin|slim|healthy|juicy) (?:is|are|was|were) (?:our |the )?(?:gross )?margins?\b/gi,
    'what was the margin rate',
  ],
  [
    /\bhow (?:deep|steep|heavy|generous) (?:is|are|was|were) (?:our |the )?(?:discounts?|discounting)\b/gi,
    'what was the discount rate',
  ],
  // Courses.
  [
    /\bcum(?:ul)?\.? (?=(?:net|gross|rev|revenue|sales|orders|units|refunds|tax|turnover)\b)/gi,
    'cumulative ',
  ],
  [
    /\b(?:adding|building|stacking|piling|mounting) up(?=[^.?!]*\b(?:by (?:the )?(?:days?|weeks?|months?)|daily|weekly|monthly|running total|each day)\b)/gi,
    'running total',
  ],
  [/\b(?:accumulated|accumulating)\b/gi, 'cumulative'],
  [
    /,? (?:with )?each (day|week|month)(?:['’]s)? (?:\p{L}+ )?(?:added|stacked|piled) (?:to|on|onto|on top of) (?:the )?(?:ones?|last|sum|days?|weeks?|months?)(?: before| so far)?(?: it| that)?/giu,
    ' running total by $1',
  ],
  [
    /\b(has|have|had|did|does) (.{3,25}?) (?:run|ran|racked|clocked|rung|notched|chalked) up\b/gi,
    '$1 $2 made',
  ],
  [
    /\bhow ((?:our |the )?.{3,30}?) (?:moved|travelled|fared)(?= (?:through|over|during|across|in|month|week|by)\b)/gi,
    '$1',
  ],
  [
    /\b(?:in )?(which|what) (day|week|month|quarter|year)((?: of| in) [^?.!,]{3,15}?)? did (?:our |the )?(.{3,30}?) (?:peak|top out|hit its (?:peak|high|highest)|reach its (?:peak|high|highest))\b/gi,
    '$1 $2$3 had the most $4',
  ],
  [
    /\b(?:in )?(which|what) (day|week|month|quarter|year)((?: of| in) [^?.!,]{3,15}?)? did (?:our |the )?(.{3,30}?) (?:bottom out|hit its (?:low|lowest|bottom)|reach its (?:low|lowest))\b/gi,
    '$1 $2$3 had the least $4',
  ],
  // Who did more than so much.
  [
    /\b(?:cleared|topped|cracked|smashed(?: through)?|broke(?: through)?)(?: the)? (?=(?:£|\$|€)?\d)/gi,
    'had more than ',
  ],
  [
    new RegExp(`^who (.+?)[?.!,–-]+ ?(?:the )?${WHICH}(?:,? (?:i mean|that is|please))?[.!]*$`, 'i'),
    'which $2 $1',
  ],
  [
    new RegExp(
      `^(.{4,60}?) some ${WHICH} (.+?)[.!;,–-]+ which (?:ones|of them)(?: was it| were they| are they)?[?.!]*$`,
      'i',
    ),
    'which $2 $3 $1',
  ],
  [
    new RegExp(
      `\\brank (?:the |our )?${WHICH} by (.+?),? (?:and|then) (?:just |only )?(?:give|show|tell|send) me (?:just |only )?the (?:first|top) (\\d+|two|three|four|five|ten)(?:,? (?:the )?(?:highest|biggest|best) (?:at the top|first|on top))?`,
      'i',
    ),
    'top $3 $1 by $2',
  ],
  [
    new RegExp(
      `^${WHICH} (?:with|w\\/?) (?:the )?(highest|lowest|best|worst) (.+?),? (\\d+|two|three|four|five|ten) of them[?.!]*$`,
      'i',
    ),
    '$4 $1 with the $2 $3',
  ],
  [
    /\bw (?=(?:the )?(?:highest|lowest|most|least|best|worst|biggest|smallest|avg|average|no|more|less|over|under|at least)\b)/gi,
    'with ',
  ],
  [
    /\b(lowest|highest|best|worst|top|bottom)[- ]margin ((?:\p{L}+ )?products|brands|categories|branches|departments|items)\b([^?.!]*?),? (?:going|judged|measured|ranked|sorted)? ?by (?:the )?(?:rate|percentage|per ?cent|%)(?:,? not (?:by )?(?:in )?(?:pounds|amounts?|£|value|money))?/giu,
    '$2 with the $1 margin rate$3',
  ],
  // Held against the budget.
  [
    /\b(did|do|does|have|has) ([^?.!,]{3,25}?) (?:land|landed|finish|finished|end up|ended up|come out|came out|close|closed|wind up)\b(?=[^?.!]*)(?<=\bbudget\b.*)/gi,
    '$1 $2 do',
  ],
  [
    /\b(?:finished|ended|closed|landed|came in|came out|wound up) ((?:last|this) (?:week|month|quarter|year)|(?:in )?\p{L}{3,9}(?: 20\d\d)?) (over|under|above|below|within) (?:the |its |their |our )?budget\b/giu,
    'were $2 budget $1',
  ],
  [
    /\bby how much (?:was|were|is|are) (.{3,30}?) off (?:its|their|the|our) (?:expense |cost |sales )?budget\b(.*?)(?:,? (?:above or below|over or under|up or down|either way))?(?=[?.! ]*$)/gi,
    'variance against budget of $1$2',
  ],
  [
    /\b(?:with )?(?:an? )?negative (?:budget )?variance(?: (?:to|against|vs\.?|from) (?:the )?budget)?\b/gi,
    'with variance against budget below 0',
  ],
  [
    /\b(?:with )?(?:an? )?positive (?:budget )?variance(?: (?:to|against|vs\.?|from) (?:the )?budget)?\b/gi,
    'with variance against budget above 0',
  ],
  // Of two names one sum.
  [/\b[Tt]aking (\p{Lu}[\p{L} &,]{4,50}?) (?:as one|together|as a whole),? ?/gu, '$1 together '],
  [
    /\bi (?:don['’]t|do not) (?:need|want) (?:them|it|these|those|the two) (?:apart|split|separate(?:ly|d)?|broken down)[:,.;]?/gi,
    'together: ',
  ],
  [/,? (?:as|in) (?:one|a single) (?:sum|total|figure|number|amount)\b/gi, ' together'],
  // The rest.
  [
    /^(?:ignor(?:e|ing)|leav(?:e|ing) out|forget(?:ting)?(?: about)?|skip(?:ping)?|disregard(?:ing)?) (?:the )?([^.,;:?!]{3,30})[.,;:] *(.+?) (?:(?:did|do|have|has) )?(?:the rest|all the others|all others|everyone else|the others|everything else)\b(?: of (?:them|us|the branches|the shops))?([^?.!]*)[?.!]*$/i,
    '$2 did we$3 excluding $1',
  ],
  // In trade words.
  [/\bGM\b(?=[ ,.?!]|$)(?! ?%)/g, 'gross margin'],
  [/,? ?(?:the )?(?:amount|pounds|£|money|value),? not (?:the )?(?:%|percent|percentage|rate)/gi, ''],
  [/\b(?:pmts?|pymts?|paymts?)\b/gi, 'payments'],
  [/\btender (?:breakdown|split|mix|types?|methods?)\b/gi, 'payments by payment method'],
  [/(?:£|\bmoney|\bamounts?|\bsums?) settled (?:by|with|in|through|via)\b/gi, 'payments by'],
]; // prettier-ignore

export function plainFigures(question: string): string {
  return rewritten(toldBy(question), FIGURES);
}
