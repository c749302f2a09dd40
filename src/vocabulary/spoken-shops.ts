import { rewritten } from './rewritten.ts';

const SHOPS = '(?:branch|branches|shops?|stores?|outlets?|locations?)';
const TARGET = '(?:(?:revenue |sales )?(?:targets?|budgets?|plans?))';
const OWN = '(?:its |their |the |our |his )?(?:own )?';

/** What people of the shops say of shops, their shelves and their targets. */
const SAID: readonly [said: RegExp, meant: string][] = [
  [
    /^(?:please |and |so )*name (?:me )?(?:every|each) (?:single )?(?:branch|shop|store) (?=that|which|with|where)/i,
    'list branches ',
  ],
  [
    /^(?:and |so )?(?:the )?(branch|shop|store) (?:that|which) (took|made|sold) the (least|most)(?: money)?\b/i,
    'which $1 $2 the $3',
  ],
  [
    /\b(best|worst|biggest|busiest|quietest|strongest|weakest|average|typical|every|each|of the|in a) trading (day|week|month|hour)s?\b/gi,
    '$1 $2',
  ],
  [/\b(each|every) single (day|week|month|hour|branch|shop|store)\b/gi, '$1 $2'],
  [
    /\bsingle (biggest|best|highest|busiest|strongest) ((?:sales |trading )?(?:day|week|month|hour))\b/gi,
    '$1 $2',
  ],
  [
    /\b(?:on |at )?(?:what|which) (day|week|month|hour) had (?:the )?(?:biggest|highest) (?:sales|takings)\b/gi,
    'which $1 had the highest revenue',
  ],
  [
    /\b(?:which|what) (branches|shops|stores|products|categories|brands) (?:cleared|broke through|topped|passed|broke|smashed) (?=[£$€]?\d)/gi,
    'which $1 had revenue of more than ',
  ],
  [
    /\b(branches|shops|stores) (?:that |which |who )(?:cleared|broke through|topped|passed|broke|smashed) (?=[£$€]?\d)/gi,
    '$1 with revenue of more than ',
  ],
  [/\b(revenue of more than [£$€]?[\d.,]+k?) (?:in|of) (?:sales|turnover|revenue|takings)\b/gi, '$1'],
  [
    /\b(?:who|which (?:branch|shop|store)) (?:brought|brings|is bringing|was bringing) up the rear (?:on|for|in|by) (?:sales|revenue|turnover|takings)\b(.*?)(?:[?.,] ?which (?:branch|shop|store))?(?=[?.! ]*$)/gi,
    'which branch had the lowest revenue$1',
  ],
  [
    /\b(orders|sales|parcels) (?:landed|fell|came in) on (?:a )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b/gi,
    '$1 on $2s',
  ],
  [
    /\ball the ((?:mon|tues|wednes|thurs|fri|satur|sun)day)s\b([^?.!:]*?) (?:put |taken |added )?together\b/gi,
    '$1s$2',
  ],
  [
    /\bhow (?:many|much) (?:new )?(?:branches|shops|stores) (?:have|did) (?:we |they )?(?:opened|open) (?:their doors )?/gi,
    'number of branches opened ',
  ],
  [
    /\bhow many new (?:branches|shops|stores) (?:have|did) we (?:opened|open|start|started)\b/gi,
    'number of branches opened',
  ],
  [/\b(?:branches|shops|stores) (?:have )?opened their doors\b/gi, 'branches opened'],
  [
    /^(?:and |so )?(?:the )?([\p{L}][\p{L} ]{2,25}?) or (?:the )?([\p{L}][\p{L} ]{2,25}?)[:,–-]+ ?who (took|sold|made|did|brought in|turned over|earned)(?: the)? (more|most|better|less|least)\b/iu,
    'revenue of $1 vs $2',
  ],
  [
    /\b(sellers|merchants|vendors) (?:(?:that|who|which|have|has|had) )*made (?:a|any|at least one|one or more) sales?\b/gi,
    '$1 sold something',
  ],
  [
    new RegExp(
      `\\b(how many|number of) ${SHOPS} (?:(?:that|which) )?(?:(?:have |had )?sold (?:something|anything|at least one thing)|(?:have |had )?made (?:a|any|at least one) sale|had (?:any |some )?sales|have had sales|were selling|traded|were trading)\\b`,
      'gi',
    ),
    'number of selling branches',
  ],
  [
    new RegExp(
      `\\b(which|what) (${SHOPS}) (?:has|have|had|is|are) (?:run out|sold out|out) of (?:the )?most (?:products|items|things|lines|articles|styles)\\b`,
      'gi',
    ),
    '$1 $2 has the most products out of stock',
  ],
  [
    new RegExp(
      `(?<!\\d ?)(?:\\b(?:percentage|percent|per cent|proportion|share)|%) of ${OWN}(${TARGET})(?: (?:reached|hit|achieved|met|made))?(?= (?:by|per|for|in|last|this|at|of)\\b|[?.!,]|$)`,
      'gi',
    ),
    'target reached',
  ],
  [
    new RegExp(
      `\\b(?:which|what) (?:share|percentage|percent|per cent|proportion|part|%) of ${OWN}(${TARGET}) (?:did|has|have|does|do) (each|every|the|our) (${SHOPS}) (?:reach|hit|achieve|meet|make|get|reached|achieved|hit|made)\\b`,
      'gi',
    ),
    'target reached by $3',
  ],
  [
    new RegExp(
      `\\bby how much (?:did|has|have|does|do) (?:each|every|the|our) (${SHOPS}) (?:miss|beat|exceed|undershoot|overshoot|miss or beat|beat or miss|missed|beaten)(?: or (?:miss|beat|exceed))? ${OWN}(${TARGET})\\b`,
      'gi',
    ),
    'revenue against budget by $1',
  ],
  [
    new RegExp(
      `(?<!\\b(?:biggest|largest|widest|greatest|smallest) )\\b(?:difference|gap|distance|deviation) (?:to|from|vs|against) ${OWN}(${TARGET})\\b`,
      'gi',
    ),
    'revenue against budget',
  ],
  [
    /\b(?:revenue|sales) (?=(?:(?:target|budget|plan) (?:attainment|achievement)|target (?:reached|achieved))\b)/gi,
    '',
  ],
  [
    /\b(how many|number of|count of) times (?:was|is|were|did) (?:each|every) (payment (?:method|type)|way (?:of paying|to pay)) (?:get )?(?:used|taken)\b/gi,
    'number of payments by payment method',
  ],
  [
    /\b(share|percentage|percent|%) of payments by (?:type|way|kind|means)\b/gi,
    '$1 of payments by payment method',
  ],
  [/\bpayment split\b(?: in (?:percent|%))?(?! by)/gi, 'share of payments by payment method'],
  [
    /\bwhat (?:did|do|have) (?:our |the )?(?:customers|people|shoppers|buyers) (?:pay|paid) with\b/gi,
    'number of payments by payment method',
  ],
  [
    /\bhow (?:did|does|do) customer ([\w-]*\d[\w-]*) (?:usually |mostly |normally )?pay\b/gi,
    'number of payments by payment method of customer $1',
  ],
  [
    /\b(?:number of |how many )?orders,? (?:via |by |from )?(?:the )?(?:web|online),? (?:vs\.?|versus|v) (?:the )?(?:stores?|shops?),? (?:vs\.?|versus|v|and) (?:the )?(?:phone|app|marketplace|telephone)\b/gi,
    'orders by channel',
  ],
  [
    /\bwhat (?:does|do|did) (?:an? |the |our )?(?:average|typical|normal) (?:([\p{L}]+) )?(?:customer|shopper|buyer|person)s? spend (?:per|in an?|on an?|each) (?:order|visit|transaction|purchase|basket|time)\b/giu,
    'average order value $1',
  ],
  [
    /^(?:(?:the )?(?:web|online|stores?|shops?|phone|app|marketplace)(?:,? and |, | vs\.? | versus | v )){2,}(?:the )?(?:web|online|stores?|shops?|phone|app|marketplace) ?[:,–-] ?(.+?)(?: (?:in|for|of|at|by|did|does|through) each(?: channel| one| of them)?|,? (?:by|per) channel)([^?]*)/iu,
    '$1$2 by channel',
  ],
  [
    /\b(?:cash|(?:credit |debit )?cards?|vouchers?|paypal|boleto|klarna)(?:(?:,|, and| and|\/) ?(?:cash|(?:credit |debit )?cards?|vouchers?|paypal|boleto|klarna))+,? (?:and so on|etc\.?|and the like|and so forth)/gi,
    'each payment method',
  ],
  [
    /\beach payment method\b(.*?)[.,;?!-]+ ?(?:number |count |share )?(?:(?:for|by|per|of) )?(?:each|payment method)(?: of them)?(?=[ ?.!]|$)/gi,
    'each payment method$1',
  ],
  [
    /\bhow many orders did (\p{Lu}\p{L}+) (?:customers|buyers|shoppers|people) (?:place|make|send(?: us)?|put in)\b/gu,
    'how many orders did $1 customers',
  ],
  [
    /\bwhich (?:one |single )?(day|week|month|hour|weekday) had the (?:biggest|highest|largest|greatest) (?:sales |order )?value\b/gi,
    'which $1 had the highest revenue',
  ],
  [/\bon ((?:mon|tues|wednes|thurs|fri|satur|sun)day)['’]s(?=\s*(?:,|\?|$|how|in|last|this))/gi, 'on $1s'],
  [/\b(?:with|w\/) ?> ?(?=\d)/gi, 'with more than '],
  [/\bdid we bill (?:our |the )?(?:customers|people)\b/gi, 'did we charge'],
  [/\brevenue revenue against budget\b/gi, 'revenue against budget'],
  [/\bhow many ([\p{L}&' -]{3,30}?) has ([\p{L}' ]{3,25}?) (?:still )?got left\b/giu, 'stock of $1 in $2'],
  [
    /\bclosing stock(?: (?:of|for|in|at) (?:the (?:end of )?)?)? ?(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)/gi,
    'stock at the end of ',
  ],
  [
    /\b(stock|inventory|units on hand|on hand)((?: [\p{L}]+){0,2}?),? (?:at |as of |as at )?(?:the )?(?:end of|eom) (?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)/giu,
    '$1$2 at the end of ',
  ],
  [
    /\b(?:value|worth) of (?:everything|all(?: the (?:stuff|goods|things|shoes|stock))?|what(?:['’]s| is)) (?:on (?:the |our )?(?:shelf|shelves)|in (?:the |our )?(?:stock ?rooms?|back ?rooms?|warehouse|shops|stores))\b/gi,
    'stock value',
  ],
  [
    /\b(?:are there |are |is |do we have )?in (?:the |our )?(?:stock ?room|back ?room|store ?room)s?\b/gi,
    'in stock',
  ],
];

export function spokenShops(question: string): string {
  return rewritten(question, SAID);
}
