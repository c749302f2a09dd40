import { rewritten } from './rewritten.ts';

const PAYER = '(?:someone|somebody|people|customers?|a customer|they|you|one|buyers?|shoppers?|folks)';

/** How those speak who run a marketplace: who pays with what, who signed up, what arrives when. */
const SAME: readonly [RegExp, string][] = [
  // Who waits is no figure of its own.
  [
    /\b(?:do|does|did) (?:the |our )?(?:clients|customers|people|buyers|shoppers) (?=(?:(?:have|has|had) to )?wait(?:s|ed|ing)? (?:the )?(?:longest|shortest|most|least)\b)/gi,
    '',
  ],
  [
    /\b(how many (?:different |distinct )?(?:cities|states|countries|regions|towns)) (?:did|do|have|has|were|are) (?:we|you|orders|parcels|goods|things) (?:been )?ship(?:ped)?(?: orders| parcels| goods)? to\b/gi,
    '$1 did we sell to',
  ],
  [
    /\b(orders|invoices|parcels|deliveries)((?: (?:from|in|of|for|placed|made)\b[^,.?!]{1,30}?)?) (?:(?:that|which|are|is|were|was|still|currently|now|yet) )*(?:marked|flagged|listed|labelled|labeled|tagged|classed)(?: up)?(?: as)? (?=(?:shipped|invoiced|processing|approved|created|delivered|unavailable|cancell?ed|pending|returned)\b)/gi,
    '$1$2 with status ',
  ],
  [
    /\bin how many (instal?lments) (?:do|did|does|have|are|were) (?:the |our |an? )*(?:average |typical )?((?:[\p{L}_]+ ){0,2}?)(?:payers?|people|customers?|buyers?|shoppers?|clients?|orders?|payments?|they|purchases) (?:pay(?:ing|s)?|paid|settled?|split(?: it| them)?|being paid)(?: (?:for )?(?:their |an? |the )?(?:orders?|purchases?|things|goods))?(?: on average| in general| usually| typically)?/giu,
    'what is the average $1 $2',
  ],
  [
    /\b(?<!\b(?:cost|stock|net|gross) )(?:(?:goods|merchandise|product|item) value|value of (?:the |all )?(?:goods|merchandise|products|items))(?= (?:in|for|by|of|over|during|this|last)\b|[?.!,]|$)(?! (?:in|of) (?:the )?(?:stock|warehouse))/gi,
    'revenue',
  ],
  [
    /\b(?<!\bby )(?:how (?:many days|long)|(?:average|avg\.?) (?:number of )?days) (?:late|overdue|behind)? ?(?:were|was|are|is|did) (?:the |our )?(?:late|delayed|overdue) (?:ones|orders|deliveries|parcels)(?: (?:come|arrive|late|overdue))*(?: on average)?/gi,
    'average days late of late orders',
  ],
  // 'delivery time for Bahia, July orders': whose delivery it is.
  [
    /(?<=\b(?:(?:delivery|transit|shipping|handling|approval|lead) times?|days late)\b[^?.!]*), ([\p{L}\d ]{3,20}?) orders(?=[,?.! ]*$|,)/giu,
    ', $1',
  ],

  [
    new RegExp(
      `\\b(?:when|where|if|for|of|among) (?:those |orders |the ones )?(?:(?:that |where |when )?${PAYER}|who|that are|that were)(?: who)? (?:are |is |were |was )?(?:pays?|paid|paying) (?:by|with|using|via|through|in)? ?`,
      'giu',
    ),
    'paid by ',
  ],
  [
    /(?<!\b(?:customer|client|order|invoice|branch|store|week|item|product|account|seller|document) )(?:\bno\.? ?1\b|#1(?!\d))(?= \p{L})/giu,
    'number one',
  ],
  [
    /\b(sellers?|merchants?)((?: that| who| do we have| we have)*)(?: are| have| were| is)?(?: currently| now| already)? (?:signed up|on-?board(?:ed)?|on (?:the|our) (?:platform|books|marketplace)|enrolled)\b/gi,
    '$1 registered',
  ],
  [
    /\b(how many (?:different |distinct )?(?:cities|states|countries|regions|towns)) (?:did|do|have|has) (?:we|you) (?:deliver(?:ed)?|dispatch(?:ed)?|send|sent)(?: orders| parcels| goods)? to\b/gi,
    '$1 did we sell to',
  ],
  [
    /\b(?:deliver|ship|dispatch)(?:s|ped|ed|es)? (?:the |their orders (?:the )?)?(slowest|fastest)\b/gi,
    'have the $1 time to ship',
  ],
  [
    /\b(?:that |which )?(?:(?:are|is|were|have|still|yet|currently|now) )*(?:(?:still|yet|waiting|due|left|need|needing|ready) )+to be (?:shipped|dispatched|despatched|sent(?: out)?)\b|\b(?:(?:still|are|that) )*(?:awaiting|waiting (?:for|on)) (?:dispatch|despatch|shipment|shipping)\b/gi,
    'not shipped yet',
  ],
  [/\b(?:unshipped|undispatched) (orders|parcels|invoices)\b/gi, '$1 not shipped yet'],
  [
    /(?:\b(?:proportion|share|percentage|fraction|(?<!\d ?)(?:percent|per cent|pct))|(?<!\d ?)%) of (?:the |our |all )*(?:orders|deliveries|parcels)((?: (?:in|from|to|of|for|by|via|at|with)\b[^,.?!]{1,40}?)?) (?:(?:that|which|were|was|are|is|got|have|been|get) )*(?:delivered |arrived |arrive |arriving |came |come |being )+(late|on time)\b/gi,
    'share of orders delivered $2$1',
  ],
  [
    /\borders (?:with|of|having|that (?:have|had|contain)) (?:products|items|goods|lines|articles|things) (?:from|of|by) (more than \w+|at least \w+|several|multiple|different|various) (?:different )?(sellers?|merchants?|categor(?:y|ies)|brands?)\b/gi,
    'orders with $1 $2',
  ],
  [
    /\borders (with|from|across|of) (?:several|multiple|different|various) (?=(?:sellers|merchants|categories|brands|items|products)\b)/gi,
    'orders $1 more than 1 ',
  ],
  [
    /\binto how many (instal?lments) (?:do|did|does) (?:an? |the |our )*((?:average |typical )?)(?:people|customers?|buyers?|shoppers?) (?:split|spread|break)(?: up)? (?:their |an? |the )?(?:payments?|orders?|purchases?)(?: on average)?/gi,
    'what is the average $1',
  ],
  [/\b(?:typical|usual|normal) number of (?=instal)/gi, 'average number of '],
  [/\b(?:in|over|with|by) (?:exactly )?(\d{1,2}) (instal?lments)\b/gi, 'with exactly $1 $2'],
  [
    /\b(?:in |with |by |as )?(?:a |just |only )*(?:single|one) instal?lments?\b/gi,
    'with exactly 1 instalment',
  ],
  [
    /\b(?:on average,? )?how many (instal?lments) (?:do|did|does) (?:an? |the |our )*(?:average |typical )?((?:[\p{L}_]+ ){0,2}?)(?:payers?|people|customers?|buyers?|shoppers?|orders?|payments?) (?:take|use|choose|need|have|pay in|pay over|go for|pick|opt for|split (?:it|them|(?:their |the )?(?:payments?|orders?|purchases?)) (?:up )?into)(?: on average)?(?=[?.!, ]|$)/giu,
    'what is the average $1 $2',
  ],
  [
    /\b(?:do |does |did )?(?:(?:have|has|had) to )?wait(?:s|ed|ing)? (?:the )?(?:longest|most)(?: time)? (?:for|to (?:get|receive|have)) (?:their |its |an? |the )?(?:parcels?|orders?|deliver(?:y|ies)|packages?|goods|purchases?|stuff|shoes|things)(?: (?:to )?(?:arrive|delivered|come))?\b/gi,
    'have the highest delivery time',
  ],
  [
    /\b(?:do |does |did )?(?:(?:have|has|had) to )?wait(?:s|ed|ing)? (?:the )?(?:shortest|least)(?: time)? (?:for|to (?:get|receive|have)) (?:their |its |an? |the )?(?:parcels?|orders?|deliver(?:y|ies)|packages?|goods|purchases?|stuff|shoes|things)(?: (?:to )?(?:arrive|delivered|come))?\b/gi,
    'have the lowest delivery time',
  ],
  // 'delivery time by state, avg days': the unit of what is shown, not a figure for each day.
  [
    /(\b(?:delivery|shipping|transit|lead|handling|processing) times?\b[^.!]*?)(?:[,;:?]| -| –)+ *(?:in |as |the )*(?:avg\.?|average|mean)? ?(?:number of )?days(?: on average)?(?=[?.! ]*$)/gi,
    '$1',
  ],
  [
    /\b(?:how long (?:on average )?(?:do|does|did|must|have) (?:customers|people|buyers|shoppers|clients|they) (?:have to )?(?:wait|waited)(?: on average)? (?:for|to (?:get|receive)) (?:their |an? |the )?(?:parcels?|orders?|deliver(?:y|ies)|packages?|goods|purchases?|shoes))\b/gi,
    'average delivery time',
  ],
  [
    /\b(orders|invoices|parcels|deliveries)((?: (?:from|in|of|for|placed|made)\b[^,.?!]{1,30}?)?) (?:(?:that|which|are|is|were|was|still|currently|now|yet) )*(?:showing|shown|show|marked|listed|flagged|sitting|stuck|recorded)(?: up)? (?:as|at|in|on) (?:being )?(?=(?:shipped|invoiced|processing|approved|created|delivered|unavailable|cancell?ed|pending|returned)\b)/gi,
    '$1$2 with status ',
  ],
  [/\b(?:prices?|costs?) of (freight|shipping|postage)\b/gi, '$1'],
  [
    /\b(freight|shipping|postage)(?: costs?)? (?:share|percentage|proportion|%) of (revenue|sales|turnover)\b|\b(freight|shipping|postage)(?: costs?)? (?:relative|in relation|compared) to (revenue|sales|turnover)\b/gi,
    '$1$3 as a share of $2$4',
  ],
  [
    /\b(?:average|avg\.?|mean) (?:selling )?prices? (?:of|per|for) (?:an? |one |each |the )?(?:items?|units?|pieces?|products?|articles?)\b(?! in\b)/gi,
    'average selling price',
  ],
  [/\b(twice|(?:two|three|four|five|\d+) times) or more(?: often| times)?\b/gi, 'at least $1'],
  [/\bonly ever (bought|ordered|purchased|shopped)\b/gi, '$1 only'],
  [
    /\b(share|percentage|percent|proportion|%) of (customers|buyers|people|shoppers) (?:who |that )?(?:have |had )?(?:only |just )?(?:bought|ordered|purchased|shopped)(?: only| just| exactly)? once\b/gi,
    'share of customers who bought only once',
  ],
  [
    /\bhow much ((?!(?:shipping|freight|postage|tax|vat|money|did|do|of)\b)[\p{L}\p{N}_& -]{2,40}?) (?:did|have|do) (?:we|you|they) (?:invoiced?|bill(?:ed)?)\b/giu,
    'revenue of $1',
  ],
  [/\br\$(?= *(?:[?.!,;)]|$))/gi, ''],
  [/[\s,]+(?:obrigad[oa]|gracias|merci|danke|grazie)[\s.!]*$/gi, ''],
  [
    /([?.!])\s*(?:it|that|this|there) (?:was|is|looks?|looked|seems?|seemed|felt|must have been) (?:like )?(?:(?:an?|so|such|very|really|pretty|quite|a bit|a real) )*(?:disaster|mess|nightmare|great|bad|good|awful|terrible|horrible|amazing|weird|odd|strange|crazy|painful|catastrophe|shock|busy|quiet|slow)(?: (?:month|week|day|year|time|one))?[.! ]*$/gi,
    '$1',
  ],
];

export function marketplaceWording(question: string): string {
  return rewritten(question, SAME);
}
