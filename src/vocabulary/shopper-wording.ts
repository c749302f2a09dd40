import { rewritten } from './rewritten.ts';

const PEOPLE = '(?:customers|people|buyers|shoppers|clients|punters|folk|visitors)';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*?';
const WHEN = `(?:(?:in |during |over |of )?(?:(?:last|this|the previous|the current) (?:week|month|quarter|year)|(?:in|during) ${MONTH}(?: 20\\d\\d)?|in (?:20\\d\\d|q[1-4])|yesterday|today|ytd|so far)|${MONTH}(?= |$))`;
const WHOSE = `(?:((?:(?:last|this) (?:week|month|quarter|year)|yesterday|${MONTH}))(?:['’]?s)? )`;
const SHARE = '(?:share|percentage|percent|per cent|pct|proportion|part|fraction|slice|%)';
const ASKED = `(?:(?:what|which|how (?:big|large|great) an?|how many) )?${SHARE}`;
const EARLIER =
  '(?:before(?: then| that)?|earlier|already|previously|in the past|in an earlier (?:month|period|year))';
const HAD = `(?:(?:who|that) )?(?:(?:(?:had|have|has)(?: already| ever| previously)? (?:bought|shopped|ordered|purchased|been customers?|been)(?: already)?(?: (?:from|with|at) us| something| here| there| earlier)* ${EARLIER}(?: already| (?:${MONTH}))?|(?:had |have )?(?:already )?bought(?: from us)? already earlier|already (?:knew us|had bought|bought)(?: from (?:an earlier|a previous) (?:purchase|order))?(?: before| earlier)?|(?:are|were|was|is)(?: not|n['’]t) new(?: to us| any ?more)?|(?:were|are) (?:old|existing|returning|former|repeat) (?:customers|ones|buyers)(?: (?:coming|who came) back)?|were returning))`;
const ON_AVERAGE = '(?:,? on average)';

/** How people tell those who buy for the first time from those who come again, and what one of them is worth. */
const SHOPPERS: readonly [said: RegExp, meant: string][] = [
  [/\bin average\b/gi, 'on average'],
  [/\bhow much (sold|spent|took|made|paid|earned) we\b/gi, 'how much have we $1'],
  [/\bheadcount of (?=customers|buyers|shoppers|clients)/gi, 'number of '],
  [
    /\b(?:newbies|first[- ]timers|new faces|newcomers)\b(?: \(customers\)|[,?] (?:how many )?customers(?: i mean)?)?/gi,
    'new customers',
  ],
  [/\b(new|returning|repeat) (?:shoppers|buyers|clients|punters)\b/gi, '$1 customers'],
  [/\bfirst[- ]time (?:shoppers|buyers|clients|punters|customers)\b/gi, 'new customers'],
  [
    new RegExp(
      `\\b(?:we |have |had |did |has |the (?:website|web shop|web) )*(?:gain(?:ed)?|win|won|acquired?|attract(?:ed)?|land(?:ed)?|pull(?:ed)? in|sign(?:ed)? up|brought in) (how many )?(new customers)\\b`,
      'gi',
    ),
    '$1$2',
  ],
  [
    new RegExp(
      `\\b${PEOPLE}(?: who| that)? (?:have |had )?(?:placed?|made?|put in|gave us) (?:their|his|a) (?:very )?first(?: ever)? (?:order|purchase)(?: ever)?(?: (?:with|from) us)?`,
      'gi',
    ),
    'new customers',
  ],
  [
    new RegExp(
      `\\b${PEOPLE} who(?: had|['’]d| have|['’]ve) never (?:bought|shopped|ordered)(?: (?:from|with) us)? before(?: (?:came to us|bought|ordered|shopped|came)(?: from us)?)?`,
      'gi',
    ),
    'new customers',
  ],
  [
    new RegExp(
      `\\b(how many|number of) different ${PEOPLE} (?!bought|ordered|are|were|shopped|did)(?:picked up|took home|went home with|carried home|left with|came away with) `,
      'gi',
    ),
    '$1 customers bought ',
  ],
  [
    new RegExp(
      `\\b${PEOPLE} (?:picked up|took home|went home with|carried home|left with|came away with) (?!the most|most)(?=\\p{L})`,
      'giu',
    ),
    'customers bought ',
  ],
  // Those who came again.
  [
    new RegExp(
      `\\b(?:what |which )?${ASKED} of ${WHOSE}${PEOPLE}(?: (?:do we have|was|were|is|are) )? ?${HAD}`,
      'giu',
    ),
    'share of returning customers in $1',
  ],
  [
    new RegExp(`\\b${ASKED} of (?:the |our |all )*${PEOPLE}( ${WHEN})? ${HAD}( ${WHEN})?`, 'giu'),
    'share of returning customers$1$2',
  ],
  [
    new RegExp(
      `^of (?:the |our |all )*${PEOPLE}(?: who| that)? (?:bought|ordered|shopped|came)(?: from us)?( ${WHEN}),? ${ASKED}(?: of them)? ${HAD}`,
      'iu',
    ),
    'share of returning customers$1',
  ],
  [
    new RegExp(`\\b(?:how many|(?:the )?number of) (?:of )?${WHOSE}${PEOPLE} ${HAD}`, 'giu'),
    'returning customers in $1',
  ],
  [
    new RegExp(`\\b(?:how many|(?:the )?number of) (?:of (?:the |our )?)?${PEOPLE}( ${WHEN})? ${HAD}`, 'giu'),
    'returning customers$1',
  ],
  [
    new RegExp(
      `\\bhow many ${PEOPLE} came (?:back|again)(?: to (?:buy|shop|order)(?: again)?)?( ${WHEN})?([^?.!]{0,20}?),? (?:who had bought earlier already|people whose first order was earlier|whose first order was (?:earlier|before))`,
      'giu',
    ),
    'returning customers$1$2',
  ],
  [/% of customers (?:who|that) (?:are|were) (new|returning)\b/gi, 'share of $1 customers'],
  // What new ones and returning ones spent, side by side.
  [
    new RegExp(
      `\\b(?:what|how much)(?: money)? did (?:the |our )?(new|returning) customers (?:spend|bring in|buy for)(?: with us)?( ${WHEN})? and (?:what|how much) (?:did )?(?:the |our )?(?:new|returning) (?:customers|ones)(?: spend| bring in)?(?: with us)?`,
      'giu',
    ),
    'revenue by new and returning customers$2',
  ],
  [
    /\bnew (?:v|vs\.?|versus|and|against|&) returning (?:customers?|shoppers?|buyers?) (sales|revenue|turnover|takings|spend)\b/gi,
    '$1 by new and returning customers',
  ],
  [
    new RegExp(
      `\\b(sales|revenue|takings|turnover)( (?:for|in) [^?.!,:]{3,15})?[:,] ?new customers (?:v|vs\\.?|versus|and|against) returning customers`,
      'gi',
    ),
    '$1 by new and returning customers$2',
  ],
  // One customer, on average.
  [
    new RegExp(
      `\\b(?:what|how much) (?:was|is) an? (?:average )?customer worth(?: to us)?(?: in (?:sales|revenue|money))?( ${WHEN})?${ON_AVERAGE}?`,
      'giu',
    ),
    'average revenue per customer$1',
  ],
  [
    new RegExp(
      `\\bper (?:head|person)\\b(?=[^?]*\\b(?:${PEOPLE}|spen[dt]|sales|revenue)\\b)|(?<=\\b(?:${PEOPLE}|customer|spen[dt]|sales|revenue)\\b[^?]*)\\bper (?:head|person)\\b`,
      'gi',
    ),
    'per customer',
  ],
  [
    new RegExp(
      `\\b(?:one|each|every|a) customer (?:has )?spent how much${ON_AVERAGE}(?: in total)?|\\b(?:the )?average amount (?:that )?(?:a|each|one|every) customer (?:spent|spends|has spent)(?: with us)?|\\bper customer,? how much (?:did|do|have) (?:buyers|customers|people|they) (?:spend|spent)`,
      'gi',
    ),
    'average revenue per customer',
  ],
  [
    new RegExp(
      `\\b(?:one|each|every|a) customer (?:has )?(?:made|placed|given|put in) how many orders${ON_AVERAGE}|\\bper customer,? how many orders|\\b(?:the )?number of orders (?:that )?(?:each|a|every|one) customer (?:places|placed|makes|made)|\\bhow often (?:did|does|has|have) (?:each|a|every|one) customer (?:order(?:ed)?|buy|bought|shop(?:ped)?)|\\b(?:average )?order frequency per customer|\\bhow many orders (?:does|did|has) (?:a|one|each|the average) customer (?:place|make|have|placed|made)`,
      'gi',
    ),
    'orders per customer',
  ],
  [/(?<=\borders per customer\b[^?]*),? on average\b|\bon average,? (?=orders per customer)/gi, ''],
  [
    new RegExp(
      `\\b(?:on average,? )?(?:what|how much) (?:was|is) (?:the order of an?|an?) new customer(?:['’]s)?(?: order)?(?: worth)?( ${WHEN})?${ON_AVERAGE}?(?=[?.! ]|$)`,
      'giu',
    ),
    'average order value of new customers$1',
  ],
  [
    new RegExp(`\\bthe order of an? new customer (?:was|is) how much${ON_AVERAGE}?`, 'gi'),
    'average order value of new customers',
  ],
  [/\b(aov|average order value|average basket) (?=(?:new|returning) customers\b)/gi, '$1 of '],
  [
    new RegExp(
      `^new customers( (?:in|last|this) [^?.!,:]{3,15})?[:,] ?(?:the )?(?:average value of an order|average order value|aov|average basket)`,
      'i',
    ),
    'average order value of new customers$1',
  ],
  // What it costs to win one.
  [
    /\b(?:customer acquisition costs?|cac)\b([^?.!,:]{0,20})[:,(] ?(?=\p{L}+ (?:spend|costs?|expenses?) (?:divided by|over|per|\/))/giu,
    '$1 ',
  ],
  [
    /\b(?:how much (?:did|do|have) we spen[dt] on|what did we spend on|how much) (\p{L}+)(?: money)?(?: spend| costs?| expenses?)? (?:went on|for|per|on) (?:each|every|one|a) new customer(?: (?:that )?we (?:won|got|gained))?/giu,
    '$1 spend per new customer',
  ],
  [
    /\b(marketing|advertising|wages|rent)(?: spend| costs?| expenses?| money)? (?:divided by|over|for) (?:the |our |one |each |every )*(?:number of )?new customers?(?: (?:that )?we (?:won|got|gained))?/gi,
    '$1 spend per new customer',
  ],
  [
    /\bwhat (?:did|does) it cost(?: us)? in (\p{L}+) to (?:win|get|gain|acquire) (?:one|a|each|every) new customer/giu,
    '$1 spend per new customer',
  ],
  [
    /\bhow much (marketing|advertising) costs? for (?:one|a|each) new customer\b/gi,
    '$1 spend per new customer',
  ],
  [
    /\b(?:what|how much) (?:did|does|has|do) it cost(?: us)? to (?:win|get|gain|acquire|attract) (?:one|a|each|every|an extra|another) (?:new )?customer\b/gi,
    'cost per new customer',
  ],
  // Where they are.
  [
    new RegExp(
      `\\b(?:name |list |which |what are |show )?(?:the )?(?:(\\d{1,2}|two|three|four|five|six|ten) )?(cities|towns|countries|regions|branches|shops|stores) where (?:the )?most (?:of (?:our|the) )?${PEOPLE} (?:bought|buy|shop|shopped|live|ordered|order|come from|are)`,
      'gi',
    ),
    'top $1 $2 by number of customers',
  ],
  [/\bnew (web|online|internet) customers\b/gi, 'new customers online'],
  [
    /\b(?:how many|number of|count of|(?:in|from|to) how many) countries (?:do|did|have|has|had|with|where|are|were)\b([^?.!]{0,45}?)(?:orders?(?: come| came)? from|customers(?: buying| ordering)?|sales|shipped to|sold to|delivered to|orders from)(?= ?[?.!]|$| (?:in|this|last|since|so far))/gi,
    'number of countries sold to $1',
  ],
  [
    /\b(?:count of|how many) countries we (?:have |['’]ve )?had (?:orders|customers) from\b/gi,
    'number of countries sold to',
  ],
  [
    /(?<=\b(?:last|this) year\b['’]?s?[^?.!]*|\b20\d\d\b[^?.!]*) (?:(?:in|within|during) (?:the|that|the same)|that|that same) year(?= ?[?.!,]|$)/gi,
    '',
  ],
  [/(?<=\b(?:last|this) year\b['’]?s?[^?.!]*|\b20\d\d\b[^?.!]*) and no more that year(?= ?[?.!,]|$)/gi, ''],
]; // prettier-ignore

export function shopperWording(question: string): string {
  return rewritten(framed(question), SHOPPERS);
}

/** 'out of all orders last month, what share had a coupon': the whole is said first. */
function framed(question: string): string {
  return question
    .replace(/^out of\b(?! stock)/i, 'of')
    .replace(
      /\b(?:everyone|everybody|anyone|those|all those) (?:who|that) (?=bought|ordered|shopped)/gi,
      'customers who ',
    )
    .replace(
      new RegExp(
        `^of (?:all )?(?:the |our )*((?:[^?.!,]{0,20} )?(?:orders|sales|revenue|turnover))( [^?.!,]{3,25})?,? (?:what|which|how (?:big|large) an?) (?:${SHARE})(?: of (?:them|those|it))? `,
        'iu',
      ),
      'what share of $1$2 ',
    )
    .replace(
      new RegExp(
        `^of (?:all )?(?:the |our )?(${MONTH}|(?:last|this) (?:month|week|quarter|year))['’]s (orders|sales|revenue),? (?:what|which|how (?:big|large) an?) (?:${SHARE}) `,
        'iu',
      ),
      'what share of $2 in $1 ',
    );
}
