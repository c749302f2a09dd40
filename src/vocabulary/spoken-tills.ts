import { rewritten } from './rewritten.ts';

const PLACE = '(branch|shop|store|channel|category|region|country|city|brand|product)';
const FIGURE = '(revenue|sales|turnover|takings|orders|units|refunds|returns|margin)';
const WAY = '(?:way of paying|way to pay|means of payment|mode of payment|form of payment)';
/** One of a list: 'credit card', 'the UK'. */
const ITEM = "(?:(?!(?:in|by|for|of|at|last|this|per|and) )[\\p{L}_'-]+ ?){1,3}";
const UNIT = '(?:days?|weeks?|months?|quarters?|hours?|dates?|weekdays?)';

/** How people on the floor and at the tills frame what they ask. */
const SAID: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    /\b(?:(?:split|spread) )?(?:across|over|by|between|among) (?:the |all )?days of the week\b/gi,
    'by weekday',
  ],
  [/\bday[- ]of[- ](?:the[- ])?week\b/gi, 'weekday'],
  [
    /\bsingle (biggest|best|largest|worst|smallest) (sales|revenue|takings) (day|week|month)\b/gi,
    '$1 $3 by revenue',
  ],
  [/\b(day|week|month|quarter|hour) after \1\b/gi, 'per $1'],
  [
    /\b(hourly|daily|weekly|monthly) (revenue|sales|takings|turnover|orders|units) (?:pattern|profile|curve|shape)\b/gi,
    '$1 $2',
  ],
  [/\bhour (?:on|of|by) the clock\b|\bclock hours?\b/gi, 'hour of the day'],
  [
    /\b(?:how much |what )?money (?:goes|went|has gone|comes|came|passes|passed|runs|ran) through (?:the |our )?(?:(.{3,30}?) )?tills?\b/gi,
    'revenue of $1',
  ],
  [
    /(?<=\b(?:tak(?:e|es|en|ing|ings)|took|sales|revenue|turnover|money|busiest|best|worst)\b.*),? \b(?:at|in|on) (?:the|our|their|its) tills?\b/gi,
    '',
  ],
  [/\b(top|best|bottom|worst|leading) trio(?: of)?\b/gi, '$1 3'],
  [
    /\b(which|what)(.*?)[?.,] ?(?:by|going by|go by|in terms of) (?:money|value)(?: please)?(?=[\s?.!]*$)/i,
    '$1$2 by revenue',
  ],
  [
    /[.,;?] ?(?:go(?:ing)? by|judged? by|measured? by) (?:the )?(number of orders|orders|units|revenue|sales|turnover|refunds)(?: please)?(?=[\s?.!]*$)/i,
    ' by $1',
  ],
  [/\bhow busy (?:was|were|is|are) (?:the |our )?(.+?) by (number of orders|orders)\b/i, '$2 on $1'],
  [/[.,;] ?just (?:the )?one(?: at the (?:bottom|top))?(?=[\s?.!]*$)/i, ''],
  [
    new RegExp(
      `\\bwhere (?:did|do|does|has|have) (?:each|every|the|our) (?:one of the )?${PLACE}(?:e?s)? (?:land|stand|end up|finish|come out|landed|ended up) (?:on|for|in(?: terms of)?|with) ${FIGURE}\\b`,
      'i',
    ),
    '$2 by $1',
  ],
  [
    /\b(internet|online|web|phone|store) (?:side|part|arm|end) (?:of (?:the|our) (?:business|company|trade|house)|of (?:things|it))/gi,
    '$1',
  ],
  [
    /\bhow much (?:money )?(?:came|comes|has come|did come) in (?:through|via|from|over|on|by) (?:the |our )?(website|web ?site|web ?shop|web|online shop|online|internet|phone|telephone|shops?|stores?)\b/gi,
    'revenue from the $1',
  ],
  [
    /\b(how many )(branches|shops|stores) (?:have |did |were )?(?:we )?(?:started|start|begun|begin|began) (?:trading|business)\b/gi,
    '$1$2 opened',
  ],
  [/[.,;?] ?(?:new )?openings only(?=[\s?.!]*$)/i, ''],
  [
    /\bhow (?:many times|often) (?:did|have|has) we (?:cut|cutting) the ribbon on (?:a |an )?(?:new )?(?:branch|shop|store)\b/gi,
    'how many branches opened',
  ],
  [
    new RegExp(
      `\\b(?<=\\b${UNIT}(?: (?:in|of) [\\p{L}]+(?: \\d{4})?)? )(?:(?:when|where) (?=(?:the |our |there |we |more |over |fewer |less |at )|(?:orders|sales|revenue|takings|units|refunds)\\b)|(?:that|which) (?:saw|had|got|brought) (?=(?:more|over|above|under|fewer|less|at least)\\b))`,
      'giu',
    ),
    'with ',
  ],
  [
    /(?<=\p{L} )(?:added|summed|totalled)(?: up)?,? as (?:we|you|it|they|things) (?:go|goes)(?: along)?\b/giu,
    'as a running total',
  ],
  [
    /\b(?:add|adds|adding|added|sum|summed|summing|total|totalled|totalling) up (.{0,60}?),? ?(?:as (?:they|we|it|you|things) (?:go|goes|went)(?: along| on)?|as the (?:year|month|week|days?|weeks|months) (?:goes|go|went) (?:on|by|along))\b/gi,
    'running total of $1',
  ],
  [
    /\b(busiest|quietest) (?:trading )?(day|week|month|hour|weekday)\b(.*?),? (?:(?:in|by|for|on) (?:money|cash|takings|sales|revenue|turnover)(?: terms)?|money[- ]?wise|in terms of (?:money|cash|takings|sales|revenue|turnover))\b/gi,
    '$2 with the $1-revenue$3',
  ],
  [/\bbusiest-revenue\b/gi, 'highest revenue'],
  [/\bquietest-revenue\b/gi, 'lowest revenue'],
  [
    new RegExp(
      `\\b(?:by|for|of|per) (?:${ITEM}, )*${ITEM},? and (?:every|each|all the|any|all) other (payment methods?|methods?|branch|branches|shops?|stores?|channels?|categor(?:y|ies)|countr(?:y|ies)|regions?|brands?|reasons?)\\b`,
      'giu',
    ),
    'by $1',
  ],
  [
    /\b(?:which|what) (\d+|two|three|four|five|six|ten) (branches|shops|stores|products|categories|brands|regions|channels) (?:(?:have|has) taken|took) (?:the )?most\b/gi,
    'top $1 $2 by revenue',
  ],
  [
    /\b(?:which|what) (\d+|two|three|four|five|six|ten) (branches|shops|stores|products|categories|brands|regions|channels) (?:(?:have|has) taken|took) (?:the )?least\b/gi,
    'bottom $1 $2 by revenue',
  ],
  [/\b(?:peaked|peaks|topped out|hit (?:its|their|the|a) (?:peak|high))(?= |[?.!]|$)/gi, 'was highest'],
  [
    /\b(ordered|bought|purchased|bought something|placed orders) (?:the )?most times\b/gi,
    'placed the most orders',
  ],
  [
    /\b(?:used|paid with|chosen|picked) (?:the )?most times\b|\buse (?:the )?most times\b/gi,
    'used most often',
  ],
  [
    /(?<=^[^A-Z]*|\b(?:for|of|in|at|the|both) )(?<!\b(?:top|bottom|best|worst|first|last|leading|biggest|highest|lowest|strongest|weakest|largest|smallest|which|what) )(?:the |our )?(?:two|three|four|both|2|3|4) (?:branches|shops|stores|channels|countries|categories|brands|products|regions|cities)[,:]? (?=(?:of )?[A-Z])/g,
    '',
  ],
  // Counted by a noun and sorted by another.
  [
    /^group (?:the |our )?(.+?) by (?:the |their |its )?([\p{L} ]{3,25}?) and count (?:them|it|how many)\b/iu,
    'number of $1 by $2',
  ],
  // How it was paid.
  [
    /\bby (?:how|the way|the method|which method|what method|what means|which means)(?: in which| by which)? (?:they|it|these|people|customers|we) (?:were |was |are |got |had been )?(?:paid|pay)(?: for)?(?: it| them)?\b/gi,
    'by payment method',
  ],
  [/\bby how (?:people|customers|they|buyers|shoppers) (?:paid|pay)\b/gi, 'by payment method'],
  [new RegExp(`\\b${WAY}s?\\b`, 'gi'), 'payment method'],
  [
    /(?<=\b(?:pay|paid|payments?|received|money)\b.*)\b(?:by|per|in|with|for) (?:which|what|each|every) method\b/gi,
    'by payment method',
  ],
  [
    /\bhow (?:did|do|does) (?:the |our )?(?:people|customers|shoppers|buyers|they) pay(?: for (?:their |the )?(?:orders|things|purchases))?( (?:in|last|this|on|during) [^?.,;]{3,20})?[?.,;] ?(orders|payments|number of orders|number of payments) (?:per|by|for each) (?:payment )?method\b/gi,
    '$2 by payment method$1',
  ],
  [
    /\bcash takings\b[:,–-]? ?(?:what (?:did|have|do) (?:the |our )?(?:customers|people|shoppers) pay in cash)?/gi,
    'payments in cash ',
  ],
  [
    /\b(?:how much |what )(?:money )?(?:did|do|have|has) (?:the |our )?(?:people|customers|shoppers|buyers) (?:hand over|handed over|pay|paid|spend|spent) in (?:cash|notes and coins|coins and notes|bills and coins)\b/gi,
    'payments in cash',
  ],
  [
    /\b(?:amount|money|sum|total)(?: of money)? (?:(?:that |which |we )?(?:was |were |have |has )?)?(?:received|taken|paid|collected|handed over) in (cash|vouchers?|credit cards?) (?:from|by) (?:the |our )?(?:customers|people|shoppers|buyers)\b/gi,
    'payments in $1',
  ],
  [/\bnotes and coins\b|\bcoins and notes\b/gi, 'cash'],
  [
    /\bhow (?:many times|often) (?:did|do|have) (?:the |our )?(?:people|customers|shoppers|buyers|they|we) (?:pay|paid) (?:by|with|in|via|using) /gi,
    'number of payments by ',
  ],
  [
    /\bwhat (?:came|comes|has come|did we get) in (?:from|by way of|through) (?=(?:delivery|shipping|postage|carriage)\b)/gi,
    '',
  ],
];

const EACH_OF =
  /\b(?:every|each) (?:single )?(?:one )?of (?:the |our |all |these |those )*(branches|shops|stores|channels|categories|countries|regions|brands|products|sellers|departments|days|weeks|months|payment methods)\b(?! (?:of|in) (?:the|a) \p{L}+ group)/giu;

/** 'each of the branches' is each branch. */
function eachOne(question: string): string {
  return question.replace(
    EACH_OF,
    (_whole, many: string) =>
      `each ${many
        .replace(/ies$/i, 'y')
        .replace(/(branch)es$/i, '$1')
        .replace(/s$/i, '')}`,
  );
}

export function spokenTills(asked: string): string {
  const question = eachOne(asked);
  return rewritten(question, SAID);
}
