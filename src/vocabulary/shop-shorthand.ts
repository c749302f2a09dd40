import { rewritten } from './rewritten.ts';

/** What stands on no shelf. */
const NOT_GOODS =
  '(?!(?:[\\p{L}-]+ ){0,3}(?:orders?|sales|refunds?|returns?|money|budgets?|customers?|people|branch(?:es)?|shops?|stores?|products?|items?|categor\\w+|subcategor\\w+|brands?|sellers?|payments?|invoices?|staff|employees|accounts?|countries|regions|cities|towns|days|coupons?|reasons?|stock|units sold|suppliers?|records?|entries|uploads?|feeds?|data|figures?|numbers?) (?:are|is|do|does|have|has|in|at|left|remaining)\\b)';
const ALL = '(?:what do we|how (?:much|many) (?:stock )?do we|do we|have we got|what have we got)';
const PLACE_OR_END = '(?=,? (?:in|at|by|per|for each)\\b|\\s*[?.!]*$)';

/** What is on the shelves, without the word 'stock'. */
const ON_SHELVES: readonly [RegExp, string][] = [
  [
    /\bwith (fewer than|less than|under|at most|more than|over|at least) (\d+)(?: (?:units|pieces|pairs))? (?:left|remaining|in stock|on hand|on the shelf)\b/i,
    'where stock on hand is $1 $2',
  ],
  [
    /\bwith (?:a )?(?:stock|inventory)(?: levels?| quantity| on hand)?(?: of)? (fewer than|less than|under|below|at most|more than|over|above|at least) (\d+)\b/i,
    'where stock on hand is $1 $2',
  ],
  [
    new RegExp(
      `^(?:and |so )?how many (?:(?:pairs|units|pieces) of )?${NOT_GOODS}([\\p{L}'’& -]{3,40}?) (?:are (?:there )?(?:held |kept )?|do we (?:still )?(?:have|hold|keep|stock|carry)(?: left)?|have we got|does it have|is there )(?: ?(?=(?:in|at) (?!(?:total|all|october|november|december|january|february|march|april|may|june|july|august|september|q\\d|the (?:last|past)|20))))`,
      'iu',
    ),
    'stock of $1 ',
  ],
  [
    new RegExp(
      `^(?:and |so )?(?:do we (?:still )?(?:have|stock|hold|carry)|have we (?:still )?got) (?:any |some )?${NOT_GOODS}([\\p{L}'’& -]{3,40}?) (?=(?:in|at) )`,
      'iu',
    ),
    'stock of $1 ',
  ],
  [
    /\bnumber of (products|items|articles|lines) (?:that are |which are )?(out of stock|sold out)\b/i,
    'how many $1 are $2',
  ],
  [
    /^(?:and |so )?what(?: (?:has|have|is|are|did))?(?: we)? (?:sold out|run out|run out of|sell out|gone out of stock|out of stock|out of|short of|run short of)(?= (?:in|at)\b|\s*[?.!]*$)/i,
    'which products are out of stock',
  ],
  [
    /^(?:and |so )?(?:which|what) (branch|shop|store)(?:es|s)? (?:is|are|has|have) (?:run |sold )?out of (?!stock)(.+?)[?.! ]*$/i,
    'products out of stock by $1 for $2',
  ],
  [
    new RegExp(
      `^(?:and |so )?(?:are there |is there |have we (?:still )?got |do we (?:still )?have |got )?any (?:more )?((?!orders|sales|refunds|returns|money|budget)[\\p{L}'’& -]{3,40}?) (?:left|remaining|to sell)(?: over)?${PLACE_OR_END}`,
      'iu',
    ),
    'stock of $1',
  ],
  [
    new RegExp(
      `^(?:and |so )?how (?:many|much) ((?!orders|sales|refunds|returns|money|budget)[\\p{L}'’& -]{3,40}?) (?:are|is|do we (?:still )?have|have we (?:still )?got)(?: there)?(?: still)? (?:left|remaining)(?: over)?${PLACE_OR_END}`,
      'iu',
    ),
    'stock of $1',
  ],
  [
    /^(?:and |so )?what (?:do we|have we)(?: still)? (?:have|got|hold)(?: left)? of (?:the )?(?=\p{L})/iu,
    'stock of ',
  ],
  [new RegExp(`^(?:and |so )?what is left of (?:the |our )?(?=\\p{L})`, 'iu'), 'stock of '],
  [
    new RegExp(
      `\\b(?:list|list of|all|show|which|what)(?: all)?(?: the| our)? (?:out[- ]of[- ]stock|sold[- ]out) (?:items?|products?|articles?|lines|things)\\b`,
      'i',
    ),
    'which products are out of stock',
  ],
  [
    /\b(?:list|list of|show)(?: all)?(?: the| our)? (?:items?|products?|articles?) (?:that are )?(?:out of stock|sold out)\b/i,
    'which products are out of stock',
  ],
  [new RegExp(`^${ALL} (?:have |got )?in stock of\\b`, 'i'), 'stock of'],
];

const FIGURE = 'refunds?|returns?|orders?|sales|revenue|takings|turnover|units?';
const UNIT = 'day|week|month|quarter|weekday|hour';

const plural = (word: string): string =>
  /s$|revenue|turnover/i.test(word)
    ? word
    : `${word}${/^(?:sale|refund|return|order|unit)$/i.test(word) ? 's' : ''}`;

/** 'highest refund day': the day with the highest refunds. */
const RANKED_UNIT = new RegExp(
  `\\b(highest|biggest|largest|lowest|smallest|peak|top|record) (${FIGURE}) (${UNIT})\\b`,
  'gi',
);

const RANKED: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\b(?:max|maximum|peak|most|highest)(?: number of)? (orders|sales|revenue|units|transactions|refunds) (?:per|in an?|in one|by|each|for an?) hour\\b`,
      'i',
    ),
    'which hour of the day had the most $1',
  ],
  [/\b(refund|return) reason is (?:the )?(?:most )?typical\b/i, '$1 reason is the most common'],
  [/\btypical (refund|return) reason\b/i, 'most common $1 reason'],
  [
    /\bcosts? us the most (?:[£$€]|money|pounds|in money|in (?:[£$€]|pounds))(?=[\s?.!,]|$)/i,
    'costs us the most',
  ],
  [/\b(returns|refunds) back\b/i, '$1'],
  [
    /\b(busiest|quietest) (mon|tues|wednes|thurs|fri|satur|sun)day\b(?! (?:in|for|of) (?:a|each))/i,
    '$1 day of all $2days',
  ],
  [
    /\b(best|worst) (mon|tues|wednes|thurs|fri|satur|sun)day\b(?! (?:in|for|of) (?:a|each))/i,
    '$1 sales day of all $2days',
  ],
];

const RATES: readonly [RegExp, string][] = [
  [/\b((?:\p{L}+ )?\p{L}+) to (revenue|sales|turnover) ratio\b/iu, '$1 as a percentage of $2'],
  [/\bratio of ((?:\p{L}+ ){0,2}\p{L}+) to (?=\p{L})/iu, '$1 as a percentage of '],
  [
    /\b(?:percentage|percent|pct|%|share|how much) of (?:the |our |its |their )?(?:revenue |sales )?(?:budget|target|plan) (?:that |which )?(?:was |is |has been |have been |did we |have we |we |been )*(?:reached|achieved|met|hit|made|attained|fulfilled)\b/i,
    'revenue budget reached',
  ],
  [/\b(?:budget|target) (?:attainment|achievement|fulfil?lment)\b/i, 'revenue budget reached'],
  [
    /\bhow often (?:(?:were|was|are|is|did|do|have|has|we|our|us|the|been) )*(?:deliver(?:y|ies|ed|ing)?|orders?|parcels?|shipments?)?(?: (?:were|was|are|is|come|came|arrive|arrived|delivered|been))* ?\b(late|on time)\b(.*?),? (?:in|as)(?: an?)? (?:%|percent|percentage|pct)/i,
    'share of orders $1$2',
  ],
  [
    /\b(?:what |which )?share of (?:the )?(?:delivered|all delivered|deliveries|delivered (?:orders|parcels)) (?:is|are|was|were) (?:that|those|they|it)\b/i,
    'what share is that',
  ],
];

const SMALL: readonly [RegExp, string][] = [
  [/\bg(?:im+e|immie)\b/gi, 'give me'],
  [/\blem+e see\b/gi, 'show me'],
  [/\bfrom (\p{L}[\p{L} ]{2,20}?) (?:up )?(?:till|til|until|to) (?:now|today)\b/giu, 'since $1'],
  [/\btil now\b/gi, 'till now'],
  [
    /\b(this|current) (week|month|quarter|year)((?: so far)?) (vs\.?|versus|against|compared (?:to|with)|over|or|than) (?:the )?(?:last|previous|prior)(?: one)?(?=\s*(?:$|[?.!,;)]))/gi,
    '$1 $2$3 $4 last $2',
  ],
  [/\b((?:delivery|shipping|dispatch|lead|transit)? ?(?:time|times)\b.*?),? \((?:in )?days\)/gi, '$1'],
  [/^(?:so |and )?what(?:['’]?s| is) (?:up|going on) (?:with|at|in) (?:the )?(?=.{3,}[?.!,].)/gi, ''],
  [
    /[?.!,] ?compared?(?: it| that| this)? (?:to|with|against) (?:the |its |our )?(budget|target|plan)\b/gi,
    ' vs $1',
  ],
  [/\bopen (web|online|store|shop|uk|gb) orders\b/gi, 'undelivered orders for $1'],
  [
    /\b(?:when|on (?:what|which) (?:day|date)) did ([A-Z]{1,3}-?\d{3,}) (last|first) (?:order|buy|shop|purchase)\b/gi,
    'when did customer $1 $2 order',
  ],
  [
    /\b(last|first|latest|most recent) (?:order|purchase)(?: date)? (?:of|by|from|for) (?:customer )?([A-Z]{1,3}-?\d{3,})\b/gi,
    'customer $2 $1 order',
  ],
  [
    /\bthe (?:two|three|four|five|six|[2-6]) (\p{L}+(?:,? and \p{L}+|, \p{L}+)+) (shops|stores|branches)\b/giu,
    'the $1 $2',
  ],
  [/\bnumber of order lines\b/gi, 'order lines'],
  [
    /\b(?:average|avg\.?|mean) (?:number of |no\.? of |nr\.? of )?(?:order )?lines\b(?! per)/gi,
    'lines per order',
  ],
  [/\b(order lines\b.*?) and lines per order\b/gi, '$1 and average lines per order'],
  [/^all (?:the |our )?(branches|stores|shops)\b,? ?([^:]{0,30}?):\s*(?=\S)/i, 'for each of the $1 $2: '],
];

const OTHER_MONEY =
  /\b(?:refund|return|payment|paid|discount|cost|spend|spent|expense|margin|budget|tax|vat|shipping|stock|price|wages|rent|profit)/i;

/** 'top 3 stores by £': what was sold, where no other money is spoken of. */
function byRevenue(question: string): string {
  return OTHER_MONEY.test(question)
    ? question
    : question.replace(
        /(\b(?:top|best|worst|bottom|biggest|rank\w*|which)\b.*?) by amount\b/i,
        '$1 by revenue',
      );
}

/** Shorthand of shops, of operations and of customer service, in words that the rest reads. */
export function shopShorthand(question: string): string {
  return rewritten(byRevenue(question), SMALL, ON_SHELVES, RANKED, RATES).replace(
    RANKED_UNIT,
    (_whole, most: string, figure: string, unit: string) =>
      `${unit} with the ${/^(?:peak|top|record)$/i.test(most) ? 'highest' : most} ${plural(figure)}`,
  );
}
