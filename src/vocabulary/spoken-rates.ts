import { rewritten } from './rewritten.ts';

/** 'more than 7% of pairs' is a bound, and no share that is asked for. */
const COUNTED =
  '(?<!(?:\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty)) ?)';
const SHARE = `(?:(?:what|which) )?(?:share|percentage|proportion|fraction|part|${COUNTED}(?:percent|per cent|pct|%)|how many (?:percent|per cent|%))`;
const WENT_BACK =
  '(?:returned|sent back|brought back|handed back|came back|come back|comes back|coming back|go back|went back)';
/** What can be returned as a whole is spoken of with figures of its own. */
const NO_GOODS =
  '(?!(?:the |our |all )*(?:orders?|customers?|people|buyers|shoppers|clients|items?|goods|products?|units|pairs|sales|revenue|turnover|money|refunds?|returns?|stuff|what)\\b)';
const NO_ORDERS = '(?![^?.!]*\\b(?:orders?|customers?|people|buyers|shoppers|clients|refunds?)\\b)';
const NO_OTHERS = '(?![^?.!]*\\b(?:orders?|customers?|people|buyers|shoppers|clients|refunds|came from)\\b)';
const BUDGET = '(?:sales |revenue )?(?:budgets?|targets?|plans?)';
/** What a shop is held to by this name is what it sells. */
const TARGET =
  '(?:the |their |its |our )?(?:(?:sales |revenue )?targets?|(?:sales|revenue) (?:budgets?|plans?))\\b';
const SHOPS =
  '(?<!(?:how many|number of|share of|percentage of|% of) (?:our |the )?)(?:(?:which|what|any|the|all|our|of) )*(branch|branches|shops?|stores?|locations?|regions?)';
const THAT = '(?: (?:that|which|of ours|have|had|has|are|is|were|was|came in|currently|still))*';

/** What becomes of orders, and the figure of how many of them it becomes of. */
const FATES: readonly [fate: string, rate: string][] = [
  ['cancell?ed', 'cancellation rate'],
  ['(?:returned|sent back|brought back)', 'share of orders returned'],
  ['refunded', 'share of orders refunded'],
  ['(?:delivered )?(?:too )?late', 'share of late orders'],
  ['(?:delivered )?on time', 'share of orders delivered on time'],
];

/** 'where more than 7% of pairs came back': those whose rate lies there. */
const BOUND =
  '(?:,? ?(?:where|in which|at which|for which|with|having|that had|that have|that saw|had|have|has|saw))? (more than|over|above|at least|less than|under|below|fewer than|at most) (\\d+(?:\\.\\d+)?) ?(?:%|percent|per cent|pct) of (?:the |their |its |all |our )*';
const BEING =
  '(?: (?:that |which )?(?:we )?sold)?(?: (?:that|which|are|were|was|is|get|gets|got|being|been|have|has|had|came|arrived|delivered))*';
const RATES_WITHIN: readonly [said: RegExp, meant: string][] = [
  ...FATES.map(([fate, rate]): [RegExp, string] => [
    new RegExp(`${BOUND}(?:orders|deliveries|parcels)${BEING} ${fate}\\b`, 'gi'),
    ` with ${rate.replace(/of orders (returned|refunded)/, 'of $1 orders')} $1 $2%`,
  ]),
  [
    new RegExp(
      `${BOUND}(?:units|items|pieces|pairs|goods|products|things|stuff)${BEING} ${WENT_BACK}\\b`,
      'gi',
    ),
    ' with return rate $1 $2%',
  ],
  [
    /\b(with|having|have|had) (?:an? )?(\d+(?:\.\d+)?) ?(?:%|percent|per cent) (discount|margin) or (?:more|higher|over|above)\b/gi,
    '$1 $3 rate at least $2%',
  ],
  [
    /\b(with|having|have|had) (?:an? )?(\d+(?:\.\d+)?) ?(?:%|percent|per cent) (discount|margin) or (?:less|lower|under|below)\b/gi,
    '$1 $3 rate at most $2%',
  ],
];

/** 'what share of orders from Germany were cancelled': of those orders, and not of all that were cancelled. */
const OF_ORDERS = FATES.map(([fate, rate]): [RegExp, string] => [
  new RegExp(
    `\\b${SHARE} of (?:the |our |all )*orders (?!(?:that|which|were|was|are|is|had|have|over|above|under|below|worth|exceeding)\\b|of (?:more|over|at))([^?.!,]{2,45}?) (?:that |which )?(?:was|were|is|are|got|get|gets|have been|has been|had been|came|arrived|ended up|ended up being)(?: ever| then)? ${fate}\\b(?! by\\b)`,
    'gi',
  ),
  `${rate} $1`,
]);

const OF_CUSTOMERS: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\b${SHARE} of (?:the |our |all )*(?:customers|people|buyers|shoppers|clients) ((?:in|from|at|of|online|living|based|who|buying) ?[^?.!,]{0,40}?) (?:was|were|is|are) (?:brand[- ])?(new|returning|first[- ]time)(?: customers| buyers)?\\b(?! (?:and|or|vs|versus)\\b)`,
      'gi',
    ),
    'share of $2 customers $1',
  ],
];

/** Rates that are asked for with a verb: what part of something has something done to it. */
const RATES: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b${SHARE} of (?:the |our |all )*late (?:orders|deliveries|parcels)\\b(?! (?:(?:that|which) )?(?:were|was|are|is|got|have|had)\\b)(?! (?:in|for|from|of) [^?.!]*\\b(?:comes?|came|is|are|was|were) )`,
      'gi',
    ),
    'share of late orders',
  ],
  [
    /\b(?:how much|what (?:share|percentage|percent|proportion|part|%)) of (?:our |the |all )*(?:revenue|sales|turnover) (?:went|goes|was given|was paid|was handed|is given|did we give|did we pay) back(?: (?:to (?:the )?customers|in|as|through) ?(?:in |as |through )?(?:refunds?)?)?\b/gi,
    'refund rate',
  ],
  [
    new RegExp(
      `\\b${SHARE} of (?:our |the |all )*orders (?:that |which )?(?:got|had|have|were given|received|came with|included|with) (?:some )?(?:money off|a discount|a reduction|an offer)\\b`,
      'gi',
    ),
    'share of orders with discount',
  ],
  [
    /\bhow many orders (?:out )?of (?:them )?all (?:were|are|was|have been|got) ([a-z]+)\b([^?.!]*?),? (?:in|as(?: an?)?) (?:%|percent|percentage)/gi,
    'what share of orders were $1$2',
  ],
  [
    /\bhow many orders out of all (?:were|are|was|have been|got) ([a-z]+)\b([^?.!]*?),? (?:in|as(?: an?)?) (?:%|percent|percentage)/gi,
    'what share of orders were $1$2',
  ],
  [
    new RegExp(
      `\\b${SHARE} of (?:the |our |all )*(?:units|items|pieces|pairs|goods|products|things|stuff)(?: (?:that )?(?:we )?(?:sold|sell))? (?:(?:that|which|we|customers|people|are|were|was|is|has|have|had|get|gets|got|been|being) )*${WENT_BACK}\\b`,
      'gi',
    ),
    'return rate',
  ],
  [
    new RegExp(
      `\\b((?:top |the |which |what |our )*(?:\\w+ )?(?:products|categories|brands|branches|shops|stores|items|styles)) (?:(?:that|which|get|gets|got|are|were|is|have|been) )*${WENT_BACK} (?:the )?most([^?.!]*?),? (?:in|as(?: an?)?|by) (?:percentage|percent|per cent|%)(?: terms)?`,
      'gi',
    ),
    '$1 with the highest return rate$2',
  ],
  [
    /\b(most|least) profitable ((?:\p{L}+)(?: [^?.!]{0,25}?)?),? (?:in|by|as a) (?:%|percent|percentage|per cent)(?: terms)?(?=[\s?.!,]|$)/giu,
    '$1 profitable $2 by margin rate',
  ],
  [/\b(thinnest|slimmest|tightest|leanest) (?=(?:gross )?(?:margin|profit))/gi, 'lowest '],
  [/\b(?:fattest|juiciest|healthiest) (?=(?:gross )?(?:margin|profit))/gi, 'highest '],
  [/\bin (?:%|percent|percentage|per cent) terms\b/gi, 'in percent'],
  [
    /\b(?:by (?:what|how many) (?:percent|percentage|per cent|%)|what percent|how many percent) (?:did|have|has|do) (?:the |our )?(.{3,40}?) (?:change|changed|go up|gone up|go down|gone down|rise|risen|fall|fallen|grow|grown|drop|dropped|move|moved|increase|increased|decrease|decreased|shrink|shrunk)\b/gi,
    'percentage change in $1',
  ],
  [
    /\b(?:and )?(?:by )?how much (?:did|have|has|do) (?:the |our )?(.{3,40}?) (?:go up or down|change|rise or fall|move|increase or decrease)\b/gi,
    'change in $1',
  ],
  [/\bchange in order numbers\b/gi, 'change in number of orders'],
  [
    /^(?:did|have|has|do) (?:the |our )?(.{3,40}?) (?:rise or fall|risen or fallen|go up or down|gone up or down|increase or decrease|grow or shrink|fall or rise)\b([^?.!]*?)(?:,? (?:and )?by (?:how much|how many percent|how many|what percent(?:age)?|what %))?(?=[?.! ]*$)/gi,
    'change in $1$2',
  ],
  [
    /\b(?:what|which|how (?:big|large|much)(?: of)? an?) (?:share|slice|part|chunk|percentage|proportion) of (?:this \w+['’]s |last \w+['’]s |our |the )?(revenue|sales|turnover|orders) (?:is|are|was|were) (?:from |by |down to )?(returning|new|existing|repeat) customers\b/gi,
    'share of $1 from $2 customers',
  ],
  [
    /\b(?:what|which) (?:share|slice|part|chunk|percentage|proportion) of (this \w+|last \w+)['’]s (revenue|sales|turnover|orders) (?:did|do|have|came from|was made by|were made by) (?:the |our )?(.{3,30}?)(?: (?:make|made|bring in|contribute|account for|take|do|generate))?(?=[?.! ]*$)/gi,
    'what share of $2 came from $3 $1',
  ],
  [
    /\b(returning|new|existing) customers['’] share of (?:the |our )?(revenue|sales|turnover|orders)\b/gi,
    'share of $2 from $1 customers',
  ],
  [
    new RegExp(
      `\\b${SHARE} of ${NO_GOODS}${NO_ORDERS}(?:the |our |all )*([\\p{L}][\\p{L}\\p{N}&'’ -]{1,40}?)((?: (?:in|during|over|from|this|last|since|at) [^?.!,]{2,30}?)?)(?: (?:that )?(?:we )?(?:sold|bought))?((?: (?:in|during|over|this|last|since|at) [^?.!,]{2,30}?)?) (?:(?:that|which|we|customers|people|are|were|was|is|has|have|had|get|gets|got|been|being|did|do) )*${WENT_BACK}\\b`,
      'giu',
    ),
    'return rate of $1$2$3',
  ],
  [
    new RegExp(
      `\\bhow often (?:do|does|did|are|is|were|was|have|has) (?:our |the )?([\\p{L}][\\p{L}& -]{2,30}?) (?:get |gets |got |been )?${WENT_BACK},?([^?.!]{0,25}?),? (?:in|as(?: an?)?) (?:percentage|percent|per cent|%)`,
      'giu',
    ),
    'return rate of $1$2',
  ],
  [
    /\b(?:what |which )?(?<!\d ?)(?:%|percent|per cent|percentage) (discount|margin|refund|return)s?\b(?! of)/gi,
    '$1 rate',
  ],
  [
    /\b(?:(?:what|which) (?:share|percentage|percent|proportion|part|%)|how much|share|percentage|%) of (?:our |the |all )*(?:gross )?(?:sales|revenue|turnover) (?:(?:did we|do we|have we|was|is|were|has|been) )*(?:went|goes|go|gone|give|given|gave|lost|lose|knocked|taken) (?:away |off )?(?:on|in|to|into|as|through|by|for) discounts?\b/gi,
    'discount rate',
  ],
  [
    /\bhow (?:deep|deeply|heavily|hard|steeply|generously) (?:(?:are|were|is|do|did|have|has|we|our|the|been) )*(?:discount(?:s|ing|ed)?|mark(?:ed|ing)? ?down)\b([^?.!]*?)(?:,? (?:in|as(?: an?)?)? ?(?:percentage|percent|per cent|%))?(?=[?.! ]*$)/gi,
    'discount rate$1',
  ],
  [
    /\bhow (?:deep|deeply|heavily|hard|steeply|generously) (?:(?:are|were|is|was|did|do|have|has|had) )(?:we )?((?:each|every|the|our)? ?(?!(?:been|we)\b)[^?.!,]{2,30}?) (?:been )?(?:discounted|(?:mark|marked) down)\b/gi,
    'discount rate of $1',
  ],
  [
    /\bwhat (?:do|did|are|were) we (?:get|getting) (?:on average )?(?:for|per) (?!(?:an? |one |each |the )?(?:average |typical )?(?:orders?|baskets?|customers?|visits?|sales?|months?|days?|weeks?|hours?|years?|branch|branches|shops?|stores?)\b)(?:an? |one |each )?(?:(?:average |typical )?(?:pair|unit|piece)(?: of)?(?= ))? ?([\p{L}&'’ -]{2,40}?),? (?:on average|at average|on the whole)\b/giu,
    'average selling price of $1',
  ],
  [
    /\bwhat (?:do|did|are|were) we (?:get|getting) on average (?:for|per) (?:an? |one |each )?(?:(?:average |typical )?(?:pair|unit|piece) of )([\p{L}]+)/giu,
    'average selling price of $1',
  ],
  [
    /\b(?:gross )?(?:margins?|profits?) as (?:an? )?(?:%|percent|percentage|share|proportion) of (?:our |the |its )?(?:net )?(?:sales|revenue|turnover)\b/gi,
    'margin rate',
  ],
  [/\borders? (cancell?ation (?:rate|share|percentage)s?)\b/gi, '$1'],
  [/\brate of (cancell?ation|refund|return|discount)s?\b/gi, '$1 rate'],
  [/\border (cancell?ations)\b/gi, '$1'],
  [
    /\borders? (?:did|do|have|has) (?:the |our )?(?:customers|people|clients|buyers|shoppers) (?:cancel|cancell?ed)\b/gi,
    'cancelled orders',
  ],
  [
    /\b(?:ended up|wound up|finished up) (?:being |getting )?(?=cancell?ed|returned|refunded|late)\b/gi,
    'were ',
  ],
  [
    /\b(rates|margins|percentages|averages) (?:for|of|in|at) all (?:the |our )?(branches|stores|shops|categories|brands|regions|channels|countries|cities|departments)\b/gi,
    '$1 for each of the $2',
  ],
  [
    new RegExp(
      `\\b(?:branch |shop |store )?(?:performance|results?|numbers|figures) (vs\\.?|versus|against|compared (?:to|with)) (?:the |our |their )?(?:${BUDGET})\\b`,
      'gi',
    ),
    'revenue $1 budget',
  ],
  [
    new RegExp(
      `\\b(branch|branches|shops?|stores?|locations?)((?: (?:that|which|of ours|have|has))?) (?:fell|fall|falls|fallen|came in|came up|come in|ended up|finished|landed|dropped|lagged) (?:short of|behind|below|shy of) (?=(?:the |their |its |our )?${BUDGET}\\b)`,
      'gi',
    ),
    '$1$2 below ',
  ],
  [
    new RegExp(
      `\\b${SHOPS}${THAT} (?:missed|miss|fell short of|failed to (?:hit|meet|reach|make)|(?:did|do|have|had) ?(?:not|n['’]t) (?:hit|meet|met|reach|make|made|achieve)|below|under|behind|short of) ${TARGET}`,
      'gi',
    ),
    'which $1 missed their sales target',
  ],
  [
    new RegExp(
      `\\b${SHOPS}${THAT} (?:beat|beaten|hit|met|made|reached|achieved|exceeded|above|over|ahead of) ${TARGET}`,
      'gi',
    ),
    'which $1 beat their sales target',
  ],
  [
    /\b(?:what|how much) (?:are|were|is|was) we (?:supposed|meant|expected|budgeted|targeted|planned) to (?:take|make|sell|bring in|turn over|do|earn|hit|reach)(?: in (?:sales|revenue))?\b/gi,
    'revenue budget',
  ],
  [
    new RegExp(
      `\\b${SHARE} of ${NO_GOODS}${NO_OTHERS}(?:the |our |all )*([\\p{L}][\\p{L}& -]{1,30}?) (?:did we (?:have to )?refund|(?:was|were|is|are|has been|have been|gets?|got) refunded)\\b`,
      'giu',
    ),
    'refund rate of $1',
  ],
  [
    new RegExp(
      `\\b(?:is|are|was|were) ([^?.!]{3,40}?) (?:supposed|meant|expected|budgeted|targeted|planned) to (?:take|make|sell|bring in|turn over|do|earn|hit|reach)(?: in (?:sales|revenue))?\\b`,
      'gi',
    ),
    'is the revenue budget of $1',
  ],
  [
    new RegExp(
      `\\b(?:beat|hit|met|made|reached|exceeded|beaten) (?:or|and(?: which)?) (?:missed|fell short of|failed|did not (?:hit|make|meet|reach)) (?:the |their |its |our )?(?:sales |revenue )?(?:budget|target|plan)\\b([^?.!]*?)(?:,? (?:and )?by how much)?(?=[?.! ]*$)`,
      'gi',
    ),
    'revenue against budget$1',
  ],
];

export function spokenRates(question: string): string {
  return rewritten(question, RATES_WITHIN, OF_ORDERS, OF_CUSTOMERS, RATES);
}
