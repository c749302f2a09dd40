import { rewritten } from './rewritten.ts';

const FIGURE = '(revenue|sales|turnover|takings|number of orders|orders|units|refunds|margin|margin rate)';
const UNIT = '(day|week|month|hour|quarter|weekday)';
const WORST = /^(?:worst|weakest|lowest|fewest|least|smallest|quietest)$/i;
const PLACES =
  '(branch|shop|store|channel|category|region|country|city|brand|product|reason|refund reason|payment method|seller|state|department)';

/** The best and the worst, told at either end of the question. */
function ranked(question: string): string {
  return question
    .replace(
      new RegExp(
        `\\b(?:which|what) (?:was|is|were) (?:the |our )?(top|best|worst|biggest|weakest|strongest|highest|lowest) ${UNIT}((?: (?:of|in|for) [^?.!,]{3,25}?)?) (?:going by|by|for|on|in terms of) ${FIGURE}\\b`,
        'i',
      ),
      (_whole, way: string, unit: string, time: string, figure: string) =>
        `${WORST.test(way) ? 'bottom' : 'top'} 1 ${unit} by ${figure}${time.replace(/^ of /, ' in ')}`,
    )
    .replace(
      new RegExp(
        `^(fewest|least|lowest|worst|most|highest|best|top) ${FIGURE},? (.*?),? (\\d{1,2}|two|three|four|five|six|ten) (days|weeks|months|hours|branches|shops|stores|products|brands|categories)(?: please)?[?.! ]*$`,
        'i',
      ),
      (_whole, way: string, figure: string, rest: string, many: string, unit: string) =>
        `${WORST.test(way) ? 'bottom' : 'top'} ${many} ${unit} by ${figure}, ${rest}`,
    );
}

/** Frames of the floor, of the warehouse and of the service desk. */
const SAID: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    new RegExp(`\\b(?:against|under|beside|next to|alongside|behind) (?:each|every) ${PLACES}\\b`, 'gi'),
    'by $1',
  ],
  [
    /^compare (?:my|our|the) (?:branch|shop|store) (?:to|with|against) (?:the |all )?(?:others|rest|other (?:branches|shops|stores))[:,;.–-] ?/i,
    '',
  ],
  [
    /\bwhat (?:came|comes|has come|was coming) back (?:to us )?(?:the )?most\b(?:([^?.!]*?)[?.!,;:–-]+ ?(?:the |top )?(\d+|three|five|ten) products,? (?:by|in) units(?: returned)?)?/i,
    'top $2 products by returned units$1',
  ],
  [/\btop {2}products by returned units/i, 'which product had the most returned units'],
  [
    /\bproducts (?:that )?we (?:got|get|had|took) back (?:the )?most (?:units|pairs|pieces)(?: of)?\b/gi,
    'products had the most returned units',
  ],
  [/\bbeside (?:that|those|the one|the figure) (?:of|for|in)\b/gi, 'compared with'],
  [
    /\b(?:the )?rate of (margin|late orders|discounts?|refunds?|returns?)\b(?! by (?:state|country) of)/gi,
    '$1 rate',
  ],
  [/\b(?:the )?rate of (?:cancell?ed orders|cancell?ations?|cancell?ing)\b/gi, 'cancellation rate'],
  [/\bmargin in (?:per ?cent|%|percentage)\b/gi, 'margin rate'],
  [/\b(?:current|present) stock on hand\b/gi, 'stock on hand'],
  [
    /\b(?:which|what) stock of (.{3,40}?) does (?:each|every) (branch|shop|store) (?:hold|have|keep|carry)\b/gi,
    'stock of $1 by $2',
  ],
  [
    /^(?:an?|one|the|this) (?:customer|shopper|client|lady|gentleman|buyer) (?:is |was |has been |just )?(?:asking|asked|looking|wants?|wanting|after)(?: for| after)?,? (?:the |an? |some )?([^.,;!?:]{3,40}?)[.,;:!] ?how many (?=(?:of (?:them|it|those) )?(?:has|have|do|does|are|is)\b)/i,
    'how many $1 ',
  ],
  [
    /(?<=\bhow (?:much|many)\b.*),? and how (?:much|many) (?:was it |were they |is it )?(?:in|at|for) (?=[A-Z])(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q\d|H\d))/g,
    ' and in ',
  ],
  [/,? each one['’]s (?=\p{L})/giu, ', '],
  [/\bone (day|week|month|hour) at a time\b/gi, 'per $1'],
  [
    /\bserved (?:the )?(?:smallest|lowest|least|fewest)(?: number of)? customers\b/gi,
    'had the fewest customers',
  ],
  [
    /\bserved (?:the )?(?:biggest|highest|most|largest|greatest)(?: number of)? customers\b/gi,
    'had the most customers',
  ],
  [/\bcustomer (?:numbers|counts?)\b/gi, 'number of customers'],
  [
    /\bthe one (branch|shop|store|channel|category|brand|product|region) (?:where|with|that had|in which)\b/gi,
    'the $1 with',
  ],
  [/\b(?:number of )?days of delivery\b/gi, 'delivery days'],
  [/,? taking (?=(?:this|last|the) (?:year|month|week|quarter)\b)/gi, ', '],
  [
    /\b(?:leads?|led|tops? the list|is ahead|came first|comes first) (?:on|in|for|by) (orders|revenue|sales|units|takings)\b/gi,
    'has the most $1',
  ],
  [/\b(?:out )?of the seven (?:days of the week|weekdays)(?: which(?: one| day)?)?\b/gi, 'which weekday'],
  [
    /\bof how many (?:different )?products did (each|every) (branch|shop|store) sell (?:at least one|any|one or more)\b/gi,
    'number of products sold by $2',
  ],
  [
    /\b(how many|number of|count of) (?:separate|individual) (?=products|customers|orders|items|articles)/gi,
    '$1 different ',
  ],
  [/\bmean value of (?:an?|each|one) (refund|order|payment|return)\b/gi, 'average $1'],
  [/\bamount of payments split by (?:payment )?method\b/gi, 'payments by payment method'],
  [/\b(?:were |was |got |get |are )?refunded (?:the )?most often\b/gi, 'had the highest number of refunds'],
  [
    /(?<=\b(?:refund|return)\p{L}*\b.*)\b(?:marked|flagged|logged|labelled|labeled|booked)(?: down)? (?:as )?(?=\p{L})/giu,
    'with reason ',
  ],
  [/\bon (?:the )?grounds of (?:being )?/gi, 'because of '],
  [/\b(daily |weekly |monthly )?(?:cumulative|running) (?:line|curve) (?:of|for)\b/gi, '$1running total of'],
  [
    /\b(?:month|year|quarter|week)[- ]to[- ]date (revenue|sales|takings|orders|units)\b(.*?)(?: as it stood)?(?: on| at| for| by) (?:the end of )?each (day|week|month)\b(?: of| in)?/gi,
    'running total of $1 by $3$2 ',
  ],
  [
    /\bfor (?:what|which) reasons? (?:were|was|are|did|do|have|has) (?:the |our )?(?:things|goods|stuff|people|customers|items|orders|we)(?: been)? (?:refund(?:ed|ing)?|give (?:money )?back)\b/gi,
    'number of refunds by refund reason',
  ],
  [
    /\b(?:on |by )?(?:mon(?:day)?s?(?: added together)?,? (?:on )?tue(?:s(?:day)?)?s?(?: added together)?,? (?:on )?(?:wed(?:nesday)?s?)?(?: added together)?),? ?(?:and so on|etc\.?|and the rest|and so forth)(?:,? (?:right |all the way |up )?(?:through )?to (?:on )?sun(?:day)?s?)?/gi,
    'by weekday',
  ],
  // Who is late, and by which day that is counted.
  [
    /(?<=\b(?:late|on time|delivery|cancel\p{L}*|orders|revenue|sales)\b.*)(?<!\b(?:refund|return|payment|paid)\p{L}*\b.*)\b(by|per) (?:the )?(?:order|purchase|ordering) (day|date|week|month|quarter|year)\b/giu,
    '$1 $2',
  ],
  [
    /(?<=\b(?:late|on time|delivery|cancel\p{L}*|orders|revenue|sales)\b.*)(?<!\b(?:refund|return|payment|paid)\p{L}*\b.*)\b(by|per) (day|date|week|month|quarter|year) of (?:the |their )?(?:purchase|ordering)\b/giu,
    '$1 $2',
  ],
  [/\b(by|per) date(?=[\s?.!]*$| (?:in|for|last|this)\b)/gi, '$1 day'],
  [/\b(?:big|large|small) (orders\b[^?]*\bwith (?:more|fewer|less) than \d+ (?:lines|items|units))/gi, '$1'],
  [
    /\b(?:ran|runs|run|went|came) to (more|fewer|less) than (\w+) (lines|items|units)\b/gi,
    'with $1 than $2 $3',
  ],
  [
    /\borders? (.*?)(?:for|in) which no customer (?:is|was|has been) (?:recorded|known|given|named|entered)\b/gi,
    'orders without a customer $1',
  ],
  [/\bwith no customer (?:recorded |entered |named )?against (?:them|it)\b/gi, 'without a customer'],
  [/\b(?:an?|one|each|per) order carried\b/gi, 'per order'],
  [
    /\bcharged?? (?:customers |people )?to ship (?:an?|each|every|one) order\b/gi,
    'charge for shipping per order',
  ],
  // What went out, and how long it took.
  [
    /\borders? (?:(?:that|which|have|had|were) )*(?:left us|went out of (?:the|our) (?:warehouse|building|depot)|(?:we )?sent off to (?:the |our )?customers|went out (?:of )?the door)\b/gi,
    'orders shipped',
  ],
  [/\borders? (?:that )?we sent off(?: to (?:the |our )?customers)?\b/gi, 'orders shipped'],
  [
    /,? (?:by|going by|counted by) (?:the |their )?(?:shipping|shipment|ship|dispatch|delivery) (?:date|day)(?=[\s?.!]*$)/i,
    '',
  ],
  [
    /\b(?:average |mean )?time between (?:placing|making|the placing of) an order and (?:its|the) (approval|shipment|dispatch|delivery)\b/gi,
    'average $1 time',
  ],
  [
    /\bhow long do (?:the |our )?(?:customers|people|buyers|shoppers) in (each|every) (\p{L}+) wait for (?:their |an )?(?:orders?|parcels?|deliver(?:y|ies))\b/giu,
    'average delivery time by $2',
  ],
  [
    /\b(average|avg|mean) (?:number of )?(?:pieces|items|units) (?:per|in a|in each) basket\b/gi,
    '$1 items per order',
  ],
  [
    /\b(?:average|avg|mean) (?:revenue|sales|turnover|takings) (?:of|per|for) (?:an? |one |each )(branch|shop|store)\b/gi,
    'average revenue per $1',
  ],
  [
    /\b(?:average|avg|mean) (?:revenue|sales|turnover|takings) per (branch|shop|store)\b/gi,
    'average revenue per $1',
  ],
  // Where orders stand.
  [
    /\bwhere do (.{0,30}?orders) stand[?.,;:]+ ?(?:the )?(?:number|count|how many) (?:in|of|for|per|at) (?:each|every)? ?status\b/gi,
    'number of $1 by order status',
  ],
  [
    /\b(?:at )?what (?:stage|status) are (.{0,30}?orders)(?: at| in)?[?.,;:]+ ?(?:the )?(?:number|count|how many) (?:in|of|for|per|at) (?:each |every )?status\b/gi,
    'number of $1 by order status',
  ],
  [
    /\bhow many (?:of )?(.{0,25}?orders(?: (?:of|in|from) [\p{L}\d ]{3,20}?)?) are (?:in|at) (?:each|every) status\b/giu,
    'number of $1 by order status',
  ],
  [
    /\bhow many of (.{0,30}?orders) are (?:\p{L}+, )+(?:\p{L}+,? )?and so (?:on|forth)[?.,;:]+ ?(?:the )?(?:number|count)? ?(?:for|of|per|in) (?:each|every) status\b/giu,
    'number of $1 by order status',
  ],
  [/\bexpressed as\b/gi, 'as'],
  [/\bmade? up,? (?:of )?the most frequent\b/gi, 'most frequent'],
];

export function floorFrames(question: string): string {
  return rewritten(ranked(question), SAID);
}
