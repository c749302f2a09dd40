const PERSON =
  '(?:customers?|people|ppl|shoppers?|buyers?|clients?|folks?|somebody|someone|anybody|anyone|them)';
const MONEY = '(?:(?:the |their |our |any |some )?(?:money|cash))';
const PROMISED =
  '(?:(?:the|their|its|our|a) )?(?:(?:promised|promise|due|agreed|estimated|expected|delivery)[ -]?)+(?:date|day|time|slot)?s?';
const GIVE = '(?:giv(?:e|es|en|ing)|gave|hand(?:s|ed|ing)?|pay(?:s|ing)?|paid)';
const GET = '(?:get|gets|got|getting|receiv(?:e|ed|ing)|want(?:s|ed)?|had|have)';
const MONTH_OR_HOUR =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|morning|evening|night|afternoon|last|this)';

/** Any of these, as whole words. */
function words(...alternatives: string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives.join('|')})(?![\p{L}\p{N}])`, 'giu');
}

export type EventName = 'refund' | 'return' | 'late' | 'on-time' | 'delivery' | 'cancellation' | 'discount';

/** What happens to goods, orders and money, in people's verbs and nouns; the longest wording first. */
export const EVENT_WORDS: Record<EventName, RegExp> = {
  refund: words(
    `${GIVE}(?: (?:out|to|${PERSON}|${MONEY}))* back(?: to ${PERSON})?(?: (?:in|as) (?:${MONEY}|refunds?))?`,
    `${GET}(?: (?:how much|${PERSON}))*(?: of)? ${MONEY} back`,
    `${MONEY}(?: that)?(?: (?:we|was|were|has|have|been|us))*(?: (?:gave|given|handed|paid|sent|returned|going|went|gone))? back`,
    `(?:sent|send|sends) ${MONEY} back`,
    `${MONEY}(?: (?:we|was|were|has|have|been))* returned(?= to )`,
    'reimburs\\w+',
    'refund(?:s|ed|ing)?(?! reasons?| methods?)',
  ),
  return: words(
    '(?:sent|send|sends|sending|came|come|comes|coming|brought|bring|brings|bringing|bounced|taken|handed)(?: (?:it|them|things|stuff|goods))? back(?: to us)?(?: as returned)?',
    'returned(?: by (?:the |our )?(?:customers|people|shoppers|buyers))?(?! to )',
    'returns?(?! on | to )',
  ),
  late: words(
    `(?:after|past|beyond|behind|later than) ${PROMISED}`,
    `(?:miss|missed|missing) (?:their date|${PROMISED})`,
    `(?:too )?late(?! ${MONTH_OR_HOUR})`,
    'later than (?:we )?promised|overdue(?: on arrival)?|behind schedule',
  ),
  'on-time': words(
    'when we (?:said|promised)(?: (?:we|they|it) would(?: be)?)?',
    `(?:by|on|before|within|in) ${PROMISED}`,
    'as promised|when promised|on[ -]time|punctual(?:ly)?|otd',
  ),
  delivery: words(
    `(?:reach|reached|reaches|get|got|gets|make|made|makes)(?: it)?(?: to)? (?:the |our |their |a )?(?:${PERSON}|door(?:step)?s?|home)`,
    'deliver(?:y|ies|ed|ing|s)?|arriv(?:e|ed|es|ing|al|als)|(?:turn|show)(?:ed|s|ing)? up',
  ),
  discount: words(
    '(?:knock(?:ed|ing)?|took|take|taken|slash(?:ed)?|shav(?:e|ed))(?: (?:off )?(?:our |the )?prices?)? off(?: (?:our |the )?(?:list )?prices?)?|(?:slashed|cut|reduced|dropped) (?:our |the )?prices(?: by)?',
    '(?:in |on |as )?(?:discount(?:s|ed|ing)?|mark[- ]?downs?|price (?:cuts?|reductions?))|mark(?:ed|ing)? (?:things |stuff )?down|money off',
  ),
  cancellation: words(
    '(?:fell through as )?cancel(?:l?ed|l?ing|lations?|lation|s)?|call(?:ed)? off|scrapped|f[ae]ll(?:en|s)? through',
  ),
};

export type MeasureName = 'rate' | 'days' | 'count' | 'average' | 'largest' | 'amount';

/** How what happened is measured. */
export const MEASURE_WORDS: Record<MeasureName, RegExp> = {
  rate: words(
    '(?:how (?:big|large|high) (?:a |is the |was the )?|what |which )?(?:share|percentage|proportion|fraction|ratio|rate)s?',
    '(?:(?:how many|what|in|as a) )?(?:percent|per cent|pct)|(?:in )?% of|what %|out of(?: all)?',
  ),
  days: words(
    'how (?:long|late|many days(?: (?:late|behind|past|overdue))?)|(?:number of |in )?days(?: (?:late|behind|past|overdue))?',
    'turnaround|wait(?:s|ed|ing)?|delays?|lead time|(?:average |avg |mean |the )?time|from order to',
  ),
  count: words(
    'how (?:many(?: times)?|often)|(?:the |total )?(?:number|no|count|tally) of|quantity of(?= refund)|counted|count(?: up)?|in number|by count|just the count|times',
  ),
  average: words('(?:the |an? |on |in )?(?:average|avg|mean)|typical(?:ly)?'),
  largest: words(
    '(?:single )?(?:largest|biggest|highest)(?: single)?|single|record|in one(?: go)?|the most(?=.* in one)',
  ),
  amount: words(
    'how (?:much|big|large)|(?:the |total )?(?:amounts?|values?|sum|size|worth)(?: of)?|in total|in money(?: terms)?|money[- ]?wise|aggregate|total(?:led)?',
    '(?:in )?(?:pounds|euros?|dollars)|money|cash',
  ),
};

/** What is counted. */
export const COUNTED_WORDS = {
  people: words(`(?:(?:different|distinct|unique|separate|individual) )*${PERSON}`),
  units: words('units?|pieces?|items?|pcs|pairs?|articles?|qty|quantit(?:y|ies)'),
  orders: words('orders?|parcels?|packages?|deliver(?:y|ies)|shipments?'),
  goods: words('goods|stuff|things|merchandise'),
  takings: words('takings|sales|revenue|turnover'),
  /** What is left when something is taken off. */
  left: words(
    '(?:was |is |were |do we |did we )?(?:left(?: over)?(?: of)?|keep|kept|remain(?:s|ed|ing)?|stay(?:s|ed)?)|minus|less|net of',
    `(?:once|after|if you)(?= (?:[\\p{L}]+ ){0,2}?(?:refund|tak(?:e|ing)|knock|hand|money|deduct|subtract|giving|paying))`,
    '(?:(?:take|taking|taken|knock|knocking|knocked|came|come|deduct|deducted|deducting|subtract|subtracted|subtracting)(?: off)?|off)',
  ),
  each: words('(?:per|each|a|one) refunds?|each time'),
  sold: words('(?:what |of |the )*(?:we |was |were |is |has been |been )*sold'),
};

/** Small words and verbs that carry no meaning of their own beside what happened. */
export const CARRYING: RegExp = words(
  'we|us|our|did|do|does|have|has|had|been|being|was|were|is|are|get|gets|got|give|went|go|gone|through|it|that|which|who|they|ever|take|took|taken|issued?|processed|made|so',
);
export const LEADING: RegExp = words(
  'the|a|an|to|of|for|in|as|with|at|from|on|their|its|these|those|any|all|how|what|and',
);
