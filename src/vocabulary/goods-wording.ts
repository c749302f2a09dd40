import { priceWording } from './price-wording.ts';
import { rewritten } from './rewritten.ts';
import { sellingWording } from './selling-wording.ts';
import { stockWording } from './stock-wording.ts';
import { togetherWording } from './together-wording.ts';

const GOODS = '(?:products?|items?|articles?|styles?|lines?|things?|goods)';
const NOUN =
  '(?:product|item|article|style|model|brand|category|subcategory|department|branch|shop|store|city|country|region|channel)';
const DID = '(?:sold|sells|sell|did|performed|went|goes)';
const COUNTED = '(?:fewer than|less than|under|below|more than|over|above|at least|at most|up to|exactly)';

/** What each one sold best, what a pair sells for, how wide the range is. */
const WORDING: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    new RegExp(
      `^(?:for|in|at|within|per) (?:each|every)(?: of (?:the|our))? (${NOUN})(?: of ours)?,? (?:what|which)(?: is| was)? (?:the )?(${NOUN})(?: that)? ${DID} (?:the )?(?:best|most)\\b`,
      'i',
    ),
    'best selling $2 in each $1',
  ],
  [
    new RegExp(
      `^(?:for|in|at|within|per) (?:each|every)(?: of (?:the|our))? (${NOUN})(?: of ours)?,? (?:what|which)(?: is| was)? (?:the )?(${NOUN})(?: that)? ${DID} (?:the )?(?:worst|least)\\b`,
      'i',
    ),
    'worst selling $2 in each $1',
  ],
  [
    new RegExp(
      `\\b(?:(?:what|which) (${NOUN}) ${DID} (?:the )?(?:best|most)|(?:the )?most sold (${NOUN})) (?:in|at|per|for|of) (?:each|every)(?: of (?:the|our))? (${NOUN})\\b`,
      'i',
    ),
    'best selling $1$2 in each $3',
  ],
  [
    new RegExp(
      `\\b(?:(?:what|which) (${NOUN}) ${DID} (?:the )?(?:worst|least)|(?:the )?least sold (${NOUN})) (?:in|at|per|for|of) (?:each|every)(?: of (?:the|our))? (${NOUN})\\b`,
      'i',
    ),
    'worst selling $1$2 in each $3',
  ],
  [
    new RegExp(
      `\\b(?:which |what |list |the |all )?(products|items|articles|brands|categories|styles) (?:that |which )?(?:sold|sell|selling) (fewer than) (\\d+|one|two|three|four|five|six|ten|twenty)(?! (?:units|pieces|pairs|orders|times|items|days|products))\\b`,
      'gi',
    ),
    'which $1 sold $2 $3 units',
  ],
  [
    /^who (bought|ordered|purchased|got) the (most expensive|dearest|priciest|cheapest)\b/i,
    'customers who $1 the $2',
  ],
  [
    new RegExp(
      `^(?:for|in|at|within|per) (?:each|every)(?: of (?:the|our))? (${NOUN}),? (?:what|which) (?:are |were )?(?:the )?(\\d{1,2}|two|three|four|five|ten) (products|items|brands|articles|categories|branches|shops) (?:that )?(?:took|made|brought in|earned|sold) (?:the )?most(?: money| revenue| sales)?\\b`,
      'i',
    ),
    'top $2 $3 by revenue in each $1',
  ],
  [
    /\bhow many (units|pieces|pairs) did (?:the |our )?(?:customers|people|shoppers) (?:buy|purchase|take)\b/gi,
    'how many $1 did we sell',
  ],
  [/\bGM\b(?= ?(?:£|%|by|per|in|for|of|last|this))/g, 'gross margin'],
  [/\b(gross (?:profit|margin)) on (?:the |our )?(?:goods|merchandise)\b/gi, '$1'],
  [/\bOOS\b/g, 'out of stock'],
  [/\bdisc\.? (?=rate|%|by|per)/gi, 'discount '],
  [/\bcurrent (?=units on hand)/gi, ''],
  [/\bvalue of (?:the |our )?goods in stock\b/gi, 'stock value'],
  [/\bflew off (?:the|our) shelves\b/gi, 'sold most'],
  [/\b(best|worst|strongest|weakest|busiest|quietest) for orders\b/gi, '$1 by orders'],
  [
    /(?<!\bhow many\s?)\b(?:which|what|list|show(?: me)?|the|all|find)? ?(products|items|articles|things) (?:that |which )?(?:sold|sell|have sold|selling) (?=(?:under|over|more than|less than|fewer than|at least|below|above|at most) (?:\p{N}+|two|three|four|five|six|ten|twenty) (?:units|pieces|pairs|items))/giu,
    'which products sold ',
  ],
  [
    /^which (?:one |of (?:them|the two) )?(?:did|performed|went|fared) better\b(?=[^?]* or )(?![^?]*\b(?:for|by|in terms|rate|returns?)\b)/i,
    'which sold better',
  ],
  [
    /^(.{3,40} or .{3,40}?)[:,–-]+ which (?:one )?(?:did|performed|went|fared) better\b(?![^?]*\b(?:for|by|in terms|rate|returns?)\b)/i,
    '$1, which sold better',
  ],
  [
    /\b(?:did|do) we (?:sell|make|take) more (online|on the web|by phone|in (?:the |our )?(?:stores?|shops?)) (?:or|than) (online|on the web|by phone|in (?:the |our )?(?:stores?|shops?)|offline)\b/gi,
    'revenue $1 versus $2',
  ],
  [/^which make (?=(?:sold|sells|did|does|brought|brings|was|is|had|has|made|earned)\b)/i, 'which brand '],
  [
    new RegExp(
      `^who (?:is|was|are|were) (?=(?:the |our |last \\p{L}+['’]s )?(?:\\p{L}+[- ]?(?:selling )?){1,2}(?:brand|category|product|department|label|make)s?\\b)`,
      'iu',
    ),
    'which is ',
  ],
  [
    new RegExp(
      `\\bhow many (?:different|distinct|separate|unique|individual) (?:products|articles|items|styles|lines|skus) (?:did|have|do|were|has) (?:(?:our |the )?(?:customers|people|shoppers|buyers|we))?(?: been)? ?(?:buy|bought|order|ordered|purchase|purchased|sell|sold|take|taken)\\b`,
      'gi',
    ),
    'how many different products sold',
  ],
  [
    /\bhow many (?:different|distinct|separate|unique|individual) lines (?=(?:sold|did we sell|were sold)\b)/gi,
    'how many different products ',
  ],
  [
    /\b(number of (?:products|items|articles) sold\b[^?.!]*?),? (?:distinct|different ones|unique)(?=[?.! ]*$)/gi,
    'different $1',
  ],
  [
    new RegExp(
      `^(?:and |so )?how many (?:pairs of |pieces of |units of )?(?!${GOODS}\\b|orders|customers|people|days|sales|more\\b)([\\p{L}&'’ -]{3,40}?) (?:do|have) we still (?:have|got)(?: left| in stock)?(?=[?.! ]*$)`,
      'iu',
    ),
    'stock of $1',
  ],
  [
    /\bhow (?:many|much) (?:units|pieces|pairs|stock) of ((?:every|each|all) [\p{L}]+|[\p{L}&'’ -]{3,40}?) (?:do we|are we) (?:hold|holding|keep|keeping|carry|carrying)\b/giu,
    'stock of $1',
  ],
  [
    /\bhow much stock of (?:every|each) (product|item|article|brand|category)(?: do we (?:have|hold))?\b/gi,
    'stock by $1',
  ],
  [/\bstock of (?:every|each|all) (product|item|article|brand|category)\b/gi, 'stock by $1'],
  [
    /^how many ((?!of\b|units\b|products\b)[\p{L}&'’ -]{3,40}?) (?:do we|are we) (?:hold|holding)(?=[?.! ]*$)/iu,
    'stock of $1',
  ],
  [
    /\bwhat (?:do|have) we (?:no longer|not) (?:have|got) (?:in stock|on the shelf)(?: any ?more)?/gi,
    'which products are out of stock',
  ],
  [
    /^(?:and )?(?:what|which (?:stock|products|items|lines|articles))(?:['’]s| is| are)?(?: not|n['’]t) (?:moving|shifting|selling)(?: at all| well)?\b/i,
    'slow movers',
  ],
  [
    /^(?:and )?which (?:products|items|lines|articles|styles) (?:sell|move|shift) (?:very |too |most )?(?:slowly|badly|poorly)\b/i,
    'slow movers',
  ],
  [
    /^(?:and )?what(?:['’]s| is) (?:just )?(?:sitting|lying|gathering dust|stuck)(?: around)? (?:on|in) (?:the |our )?(?:shelf|shelves|warehouse|stockroom)\b/i,
    'slow movers',
  ],
  [
    /^(?:is there )?any(?:thing|\s+products?) (?:in (?:the|our) (?:range|catalogue|assortment) )?(?:that )?(?:we )?(?:have )?never (?:sold|sell)\b/i,
    'products never sold',
  ],
  [
    /\bhow many (?:articles|products|lines|items|skus|styles) (?:are |do we have )?(?:there )?in (?:the|our) (?:whole |full )?(?:catalogue|catalog|range|assortment|product list)\b/gi,
    'how many products do we have',
  ],
  [
    /\bhow (?:big|wide|large|broad) is (?:the|our) (?:product )?(?:range|catalogue|catalog|assortment)\b/gi,
    'how many products do we have',
  ],
  [
    /\bwhat (?:did|does|do|has|have) (?:our )?([\p{L}&'’ -]{3,40}?) (?:sell|go|sold|gone|retail) for on average\b/giu,
    'average selling price of $1',
  ],
  [
    /\bhow much (?:did|do|does) we (?:get|take) for (?!an? )([\p{L}&'’ -]{3,40}?) on average\b/giu,
    'average selling price of $1',
  ],
  [
    /\bwhat (?:did|does|do|has) (?:an?|one|the average|the typical|every|each)(?: (?:pair|unit|piece) of)? (?!branch|shop|store|channel|region|day|week|month)([\p{L}&'’ -]{3,40}?) (?:sell|go|sold|gone|retail) for(?: on average)?\b/giu,
    'average selling price of $1',
  ],
  [
    /\bhow much (?:did|do|does) we (?:get|take|make|earn) (?:for|on) (?:an?|one|each)(?: (?:pair|unit|piece) of) ([\p{L}&'’ -]{3,40}?) on average\b/giu,
    'average selling price of $1',
  ],
  [
    /\bhow much (?:did|do|does) (?:an?|one) (?:unit|piece|pair|item) (?:sell|go) for(?: on average)?\b/gi,
    'average selling price',
  ],
  [
    /\b(?:what|how much) (?:did|do|have) we (?:earn|make|made|earned) (on|from|with) ((?:each|every) \p{L}+)([^?.!]*?) after (?:the )?costs?\b(?: of goods)?/giu,
    'gross margin by $2$3',
  ],
  [/\bgross margin by (?:each|every) /gi, 'gross margin by '],
  [/^(?:please )?split (?!between\b)(?:the |our )?([^?.!]{4,50}?) by (?=\p{L})/iu, 'show $1 by '],
  [
    /\b(?:non|un)[- ]?discounted (?:goods|stuff|merchandise|items|products|lines|sales(?! value)|revenue)/gi,
    'full price revenue',
  ],
  [/\bwithout any (discounts?|mark-?downs?|reductions?)\b/gi, 'without discount'],
  [/\b(full[- ]price|discounted|reduced|marked[- ]down) (?:goods|stuff|merchandise)\b/gi, '$1'],
  [
    /\b(?:goods|stuff|merchandise|things) (?=(?:sold )?(?:at|for) (?:a )?(?:full|reduced|regular) prices?\b)/gi,
    '',
  ],
  [/\b(?:at|for) (?:a )?(?:reduced|lowered|cut|marked[- ]down) prices?\b/gi, 'with a discount'],
  [
    /\b(units|pieces|items|pairs) (?:sold |that (?:were )?sold )?on (?:sale|offer|promotion|special)\b/gi,
    '$1 sold with a discount',
  ],
  [/\bon (?:full|regular) price\b/gi, 'at full price'],
  [
    new RegExp(
      `\\b(?:which|what) (products|items|articles|brands|categories|styles) (?:did|have|do) we (?:sell|sold) (${COUNTED}) (\\d+|\\p{L}+) of\\b`,
      'giu',
    ),
    'which $1 sold $2 $3 units',
  ],
  [
    /\b(products|items|articles|brands|categories|styles) selling (?=(?:under|over|more|less|fewer|at least|below|above) )/gi,
    '$1 that sold ',
  ],
  [
    /\b(products|items|articles|brands|categories|branches|customers) ([<>]=?) ?(\d[\d,.]*k?) (revenue|units|orders|sales)\b/gi,
    '$1 with $4 $2 $3',
  ],
  [
    /^(compare [^?.!]{5,60}?) by (?=(?:revenue|sales|turnover|units|orders|margin|quantity|volume|value|units sold)\b)/i,
    '$1 in ',
  ],
  [
    /\bhow many (?:units|pieces|items|pairs|things|products|articles) are in an? (?:average )?(?:order|basket|transaction)(?: on average)?/gi,
    'items per order',
  ],
  [
    /\bhow much (?:did|do|does) (?:the )?(women|men|kid|ladie|girl|boy|children|womens|mens|kids|ladies)(?:['’]?s)? do (?=(?:in|last|this|during|on|for|over)\b)/gi,
    'revenue of $1 ',
  ],
];

/** How merchandisers speak of their range: what goes with what, what sold best where, what a pair goes for. */
export function goodsWording(question: string): string {
  return rewritten(stockWording(sellingWording(priceWording(togetherWording(question)))), WORDING)
    .replace(/\s+/g, ' ')
    .trim();
}
