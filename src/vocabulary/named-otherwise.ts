import { rewritten } from './rewritten.ts';

const DIMENSION =
  '(?:categor(?:y|ies)|subcategor(?:y|ies)|brands?|branch(?:es)?|shops?|stores?|channels?|departments?|regions?|countr(?:y|ies)|cit(?:y|ies)|products?|segments?|(?:payment )?methods?)';
const FIGURE =
  '(?:revenue|sales|turnover|takings|orders|units|customers|refunds|discounts|margin|gross margin|payments)';
const CODE = '(?:the )?(?:code |coupon )?[A-Z][A-Z0-9]{3,}(?: code| coupon)?';

/** Figures and breakdowns by other names than theirs, each known by the words around it. */
const NAMED: readonly [said: RegExp, meant: string][] = [
  [/\b(new|returning|repeat) customers? (?:numbers?|counts?|totals?)\b/gi, 'number of $1 customers'],
  [/\b(number|count) of (new|returning|repeat) ones\b/gi, '$1 of $2 customers'],
  [/\bcustomers? (?:numbers?|counts?|totals?|headcounts?)\b/gi, 'number of customers'],
  [/\b(order|unit) counts?(?=[\s?.!,;:]|$)(?! by order)/gi, 'number of $1s'],
  [
    /\b((?:top|bottom|best|worst|first|last|leading) (?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)) (?:on|for|in terms of) (customers|orders|units|revenue)\b/gi,
    '$1 by $2',
  ],
  [/\b(segment|type|kind|group)s? of (?:the |our )?(?:customers?|shoppers?|buyers?)\b/gi, 'customer segment'],
  [
    /\b(gross |profit )?margins?,? (?:as an?|in|as) (?:percent(?:age)?|per cent|%)(?: of (?:sales|revenue|turnover))?/gi,
    'margin rate',
  ],
  [/\bmargins? (?:percent(?:age)?s?|per cent|%)(?=[\s?.!,;:]|$)/gi, 'margin rate'],
  [
    /\b(?:mean|avg|average) (order|basket|invoice|transaction) (?:come|came|comes|amount(?:s|ed)?|add(?:s|ed)?)(?: up)? to\b/gi,
    'average order value',
  ],
  [
    /\b(number of|how many|count of) (?:separate|individual|distinct|unique) (products|brands|customers|categories|articles|items)\b/gi,
    '$1 different $2',
  ],
  [
    new RegExp(
      `\\b(?:which|what) (${DIMENSION}) (?:did|do|does|have|has) ([^?.!]{3,50}?) (?:fall|belong|go|fit|come) (?:in|into|to|under|from),? and how many (?:were |are |is |was )?(?:in|of|to|from|for|at) each(?: one| of them)?`,
      'giu',
    ),
    'how many $2 in each $1',
  ],
  [
    /\bof (?:the |our |all )*(?:people|customers|shoppers|buyers) (?:who |that )?(?:bought|shopped|ordered|purchased)(?: from us| with us)? ((?:in|this|last|during|on|since) [^?.!,]{2,25}),? how many (?:were|are|was) new and (?:how many (?:were|are) )?returning(?: ones| customers)?/gi,
    'new customers and returning customers $1',
  ],
  [
    /\b(new|returning|repeat) (customers|buyers|shoppers)\b([^?.!]{0,40}?),? (?:and|plus|&|alongside|next to) (?:the )?(?:number of |count of )?(new|returning|repeat) (?:ones|customers|buyers|shoppers)\b/gi,
    '$1 customers and $4 customers $3',
  ],
  [
    new RegExp(
      `^(?:in|as) (?:percent|per cent|%|a percentage|percentages?) of (?:all )?(?:the )?(?:total )?(${FIGURE}),? (?:how much|what)(?: share| part)? (?:did|does|do|has|have) (?:each|every) ([\\p{L} ]{4,20}?) (?:contribute|make up|bring(?: in)?|account for|give|have|take)d?(?: in)?(?=[\\s?.!,]|$)`,
      'giu',
    ),
    'share of $1 by $2',
  ],
  [
    /(?<!\bwho )\b(placed|made|put in|gave us|sent in) (?:the )?(most|fewest|least) orders\b/gi,
    'had the $2 orders',
  ],
  [
    /\b(share|part|percentage|percent|proportion|%) of (?:the )?(?:whole|entire|total) (?:business|company|group|firm|chain)\b/gi,
    '$1 of the total',
  ],
  [
    /\b(stock|inventory) (?:that )?(?:we |do we |is |are |have we )*(?:currently |now |still )?(?:hold|holding|keep|keeping|carry|carrying)\b/gi,
    '$1 on hand',
  ],
  [
    /\bwhat(?:['’]s| is| was| do we have)? (?:currently |now |still )?(?:sitting|lying|left|kept) in (?:the )?stock\b/gi,
    'stock on hand',
  ],
  [
    new RegExp(
      `\\b(?:when|where|if|whenever) (${CODE}) (?:is|was|gets|got|has been|were|are) (?:used|applied|redeemed|entered)\\b`,
      'g',
    ),
    'with $1',
  ],
  [
    new RegExp(
      `\\borders (?:placed |made |that came in |taken )?(?:with|using|on|under) (${CODE})\\b([^?.!:]{0,25}?): ?(?:the )?average (?:value|size|amount)\\b`,
      'g',
    ),
    'average order value with $1$2',
  ],
  [
    /\b(?:gain|gained|win|won|add|added|attract|attracted|sign up|signed up|pick up|picked up) (?:the )?(most|fewest|least) new (customers|buyers|shoppers)\b/gi,
    'have the $1 new $2',
  ],
  [/\b(day|week|month|quarter|year) after \1\b(?! (?:next|that|this))/gi, 'by $1'],
  [
    /\bunits (?:coming|sent|brought|going|came|handed) back(?: to us)?(?: as returns?)?\b/gi,
    'units returned',
  ],
  [/\b((?:by|per) [\p{L} ]{3,20}|[\p{L}]+s) and months\b(?= (?:of|in|for) )/giu, '$1 by month'],
  [/\bwhat we (?:currently |now |still )?(?:hold|have|keep|carry) in stock\b/gi, 'stock on hand'],
  [
    /,? ?\b(?:with )?no (?:coupon |discount |promo |voucher )?codes? (?:used|applied|entered|redeemed)\b/gi,
    ' without a coupon',
  ],
  // 'sold through 2026, month by month': in the course of that year.
  [
    /\b(?<!\b(?:from|since|between|april|march|january|june|july|may)\b[^?.!]*)(?:sold |taken |made )?(?:all )?through ((?:19|20)\d\d)\b(?=[^?.!]*\b(?:month|monthly|quarterly|by month|week|weekly)\b)/gi,
    'in $1',
  ],
  [
    /\bhow heavily,? (?:as a discount rate,? )?(?:was|were|is|are|did we|do we|have we) (?:discount(?:ed)? )?((?:each|every|the|our) [\p{L} ]{4,25}?)(?: been)?(?: discounted)?(?=[\s?.!,]*$|,? (?:in|last|this|over|during|since)\b)/giu,
    'what was the discount rate of $1',
  ],
  [/,? ?(?:one|each) (?:by|after) (?:one|the other)(?=[\s:?.!,;]|$)/gi, ' individually'],
];

export function namedOtherwise(question: string): string {
  return rewritten(question, NAMED).replace(/\s+/g, ' ').trim();
}
