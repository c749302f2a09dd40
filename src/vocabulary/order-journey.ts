import { rewritten } from './rewritten.ts';

const ORDERS = '(?:orders?|parcels?|packages?|deliver(?:y|ies)|shipments?|consignments?|purchases?)';
const BETWEEN = `((?: (?:of |for |from |to |in |by |via |at |with )[^,.?!]{1,50}?)?)`;
const WERE = '(?: (?:that|which|who|were|was|are|is|have|has|had|been|got|get|we|already|all))*';
const NEVER = '(?: (?:not|never|nt|yet to|still to))(?: (?:been|be|yet|have|actually))*';

const SENT =
  '(?:shipped(?: out| off)?|des?patched|sent(?: (?:out|off|on their way))?|went out(?: (?:of |through )?(?:the|our) doors?)?|gone out(?: (?:the|our) doors?)?|left (?:the |our )?(?:warehouse|building|premises|depot|dc|house|distribution cent(?:re|er))|handed (?:over )?to (?:the |a )?(?:courier|carrier|post)s?)';
const CUSTOMERS = '(?:(?:the|our|their|its|a) )?(?:customers?|buyers?|clients?|recipients?|shoppers?)';
const DOOR = `(?:(?:(?:the|their|a|our) )?(?:${CUSTOMERS}['’]?s? )?(?:doors?|doorsteps?|homes?|addressee?s?|destinations?))`;
const REACHED = `(?:reached (?:${CUSTOMERS}|${DOOR}|them)|(?:got|made it|came|come|gone|arrived|landed|turned up|ended up)(?: through)? (?:to|at|with|on|in the hands of) (?:${CUSTOMERS}|${DOOR})|(?:handed|given) (?:over )?to ${CUSTOMERS}|received by ${CUSTOMERS}|in ${CUSTOMERS}['’]?s? hands)`;
const WHEN =
  '(?= (?:in (?!\\d|under|less|transit)|on |during |last |this |yesterday|today|since |between |per |by (?:day|week|month|country|branch)|each |daily|weekly|so far|over |the (?:week|month|day))|[?.!]*$)';
const PROMISED =
  '(?:(?:the|their|its|our) )?(?:promised|estimated|agreed|due|expected|quoted) (?:delivery )?(?:date|day|time|deadline)s?|(?:the|their) (?:date|day|time|deadline) (?:we |that we |which we )?(?:had |have )?(?:promised|quoted|agreed|given|gave)(?: (?:them|the customers?|customers|to them))?|(?:the|their) due dates?';

/** What became of orders: that they left, that they came, that they have not come yet. */
const EVENTS: readonly [RegExp, string][] = [
  [
    new RegExp(`\\b${ORDERS}${BETWEEN}${WERE}${NEVER} ${REACHED}(?: yet| so far)?`, 'i'),
    'undelivered orders$1',
  ],
  [new RegExp(`\\b${ORDERS}${BETWEEN}${WERE} ${REACHED}(?: yet)?`, 'i'), 'delivered orders$1'],
  [
    new RegExp(
      `\\b${ORDERS}${BETWEEN}(?: (?:that|which|have|has|we|are|is|were|still|currently))*${NEVER}(?: (?:we|been|be|yet))* (?:${SENT}|send out|send|ship(?:ped)?|dispatch(?:ed)?)\\b(?: yet| so far)?`,
      'i',
    ),
    'orders not yet shipped$1',
  ],
  [
    new RegExp(
      `\\b${ORDERS}${BETWEEN}(?: (?:that|which|are|is|were|still|currently))* (?:waiting|left|due|ready|queued|awaiting)(?: (?:to (?:be )?(?:ship|send|sent|dispatch|go|leave|picked up|packed|processed|fulfil+ed)\\w*(?: out)?|for (?:dispatch|shipment|shipping|despatch)|dispatch|shipment|shipping|despatch))`,
      'i',
    ),
    'orders not yet shipped$1',
  ],
  [/\bun(?:fulfilled|shipped|dispatched|processed) orders\b/i, 'orders not yet shipped'],
  [new RegExp(`\\b${ORDERS}${BETWEEN}${WERE} ${SENT}${WHEN}`, 'i'), 'orders by day of shipment$1'],
  [
    new RegExp(
      `\\b${ORDERS}${BETWEEN} (?:did|do|have|has) we (?:${SENT}|ship(?: out)?|dispatch|send(?: (?:out|off))?|get out(?: (?:of )?the door)?)(?! within| in (?:\\d|under|less))`,
      'i',
    ),
    'orders by day of shipment$1',
  ],
  [
    /\b(?:number of|how many|count of|total) (?:shipments|dispatches|despatches)\b(?! (?:were|was|came|arrived|that|late|delivered))/i,
    'orders by day of shipment',
  ],
  [
    /^(?:daily |weekly |monthly )?(?:shipments|dispatches|despatches)\b(?! (?:were|was|came|arrived|that|late|delivered|to|on time))/i,
    'orders by day of shipment',
  ],
];

/** 'what is still on its way'. */
const ON_THE_WAY =
  /^(?:so |and )?what(?: is|['’]s| are)(?: (?:still|currently|now))* (?:in transit|on (?:its|the|their) way|out for delivery)\b/i;

const TURNED_UP = '(?:turned up|showed up|rocked up|got there|got delivered|got in|landed|made it)';

const PUNCTUAL: readonly [RegExp, string][] = [
  [new RegExp(`\\b(?:by|on or before|before|within|in|inside|on|at|to) (?:${PROMISED})`, 'i'), 'on time'],
  [new RegExp(`\\b${TURNED_UP} (?=on time\\b)`, 'i'), 'arrived '],
  [/\b(?:arrived|delivered|came|arrive|came in|there) as promised\b/i, 'delivered on time'],
  [new RegExp(`\\b(?:missed|missing|miss|overran|overshot) (?:${PROMISED})`, 'i'), 'came late'],
  [
    new RegExp(
      `\\b(?:(?:delivered|arrived|came|went|were|${TURNED_UP}) )?(?:after|past|beyond|later than|behind) (?:${PROMISED})`,
      'i',
    ),
    'came late',
  ],
  [
    /\bhow (?:reliable|punctual|timely) (?:are|were|is|was) (?:the |our )?(?:deliver(?:y|ies)|shipping|service)\b/i,
    'share delivered on time',
  ],
  [/\b(?:delivery|shipping) (?:reliability|punctuality)\b/i, 'share delivered on time'],
];

const SHARE =
  '(?:(?:what |which |the )?(?:share|percentage|proportion|fraction|part|(?<!\\d ?)(?:percent|pct))|(?<!\\d ?)%)';
const RATES: readonly [RegExp, string][] = [
  // What has not arrived is in neither figure anyway.
  [
    /\b(on[- ]time|late) (?:delivery )?(?:%|percent|per cent|percentage|pct|share|rate) (?:for|of|on|among|across|in) (?:our |the |all )*deliveries\b/i,
    '$1 delivery rate',
  ],
  [
    new RegExp(
      `${SHARE} of (?:the |our |all )*((?:\\p{L}+ )?)(?:orders|parcels|packages|deliveries|shipments)((?: to \\p{L}+)?)(?: (?:that|which|were|was|are|is|arrived?|came|come|delivered|been|have|got there|went|had|made))* on time\\b`,
      'iu',
    ),
    'share delivered on time $1$2',
  ],
  [
    new RegExp(
      `${SHARE} of (?:the |our |all )*((?:\\p{L}+ )?)(?:orders|parcels|packages|deliveries|shipments)((?: to \\p{L}+)?)(?: (?:that|which|were|was|are|is|arrived?|came|come|delivered|been|have|went|had))* (?:late|overdue|delayed)\\b`,
      'iu',
    ),
    'share of late orders $1$2',
  ],
];

const FAST = '(?:fast(?:est)?|quick(?:est|ly)?|soonest)';
const SLOW = '(?:slow(?:est|ly)?|longest)';

const HOW_LONG: readonly [RegExp, string][] = [
  [
    /\bdeliver(?:y|ies)\b(?! (?:times?|days))([^?]{0,30}?)[:,]?(?: (?:is|are|was|were|getting|got|any|become|became))* (?:slower|faster|quicker|longer|shorter)(?: or (?:slower|faster|quicker|longer|shorter))? than\b/i,
    'average delivery time$1 vs',
  ],
  [
    /,? (?:only (?:the )?(late|on time|cancelled|returned) (?:orders|ones|deliveries)|(?:the )?(late|on time|cancelled|returned) (?:orders|ones|deliveries) only)\b/i,
    ' for $1$2 orders',
  ],
  [
    new RegExp(
      `\\b(which|what) (\\p{L}+) (?:do|did|does) (?:we|it|our parcels|orders|deliveries) (?:deliver|ship|take|get|arrive)(?: to)?(?: (?:the|most|in))* ${FAST}`,
      'iu',
    ),
    '$1 $2 has the shortest delivery time',
  ],
  [
    new RegExp(
      `\\b(which|what) (\\p{L}+) (?:do|did|does) (?:we|it|our parcels|orders|deliveries) (?:deliver|ship|take|get|arrive)(?: to)?(?: (?:the|most|in))* ${SLOW}`,
      'iu',
    ),
    '$1 $2 has the longest delivery time',
  ],
  [
    /^(?:and |so )?(?:what (?:was|is) |show (?:me )?|give me )?(?:the |our )?(?:longest|slowest) deliver(?:y|ies)\b(?! (?:times?|days|country|region|state|city|month|week))/i,
    'which order has the longest delivery time',
  ],
  [
    /\b(?:(?:average|avg\.?|mean|typical) )?(?:wait|waiting times?|wait times?|time waited) (?:of|for) (?:an? |the |our )*(?:customers? for (?:an? |the |their )?(?:orders?|parcels?)|orders?|parcels?|packages?|deliver(?:y|ies)|customers)\b/i,
    'average delivery time',
  ],
  [
    /\bhow (?:long|many days|many hours)(?: (?:does|did|do|is|was|on average|it|take|took|us))*(?: (?:until|till|before)) (?:an? |the |our )?(?:orders?|parcels?|packages?) (?:is|are|was|were|gets?|goes|go|went|leaves?|left)\b(?! (?:approv|deliver|arriv|paid|cancel|return|refund|there|to\b))(?: (?:sent|shipped|dispatched|out|off|the warehouse|us|the building))*/i,
    'average time to ship',
  ],
  [
    /\bfrom (?:the )?order(?:ing)?(?: date| day)? to (?:the )?(?:ship(?:ping|ment|ped)?|des?patch(?:ed|ing)?|sending|leaving)\b/i,
    'to ship',
  ],
  [
    /\bhow (?:long|many days|many hours|quickly|fast)((?: on average| does it take| did it take)?) to ship\b/i,
    'average time to ship',
  ],
];

/** 'to get a web order to the door': the time from the order to its delivery, of what is said in between. */
const TO_THE_DOOR = new RegExp(
  `\\bhow (?:many (?:days|hours)|long|quickly|fast)\\b(.{0,60}?)\\b(?:to|reach|reached|at|on|until it is at|until they are at) (?:${DOOR}|${CUSTOMERS})(?!['’]?s? (?:orders?|paid|buy|bought))`,
  'iu',
);
const FILLING =
  /\b(?:do|does|did|it|we|us|take|takes|took|need|needed|on (?:average|avg)|average|avg|to|get|gets|got|bring|for|an?|the|our|until|till|before|is|are|was|were|be|orders?|parcels?|packages?|arrives?|arrived|goes|go|getting)\b/gi;
const ORDER_TO_DOOR = new RegExp(
  `\\b(?:average |avg\\.? |mean )?(?:days|time|hours) (?:from|between) (?:the |an )?order(?:ing)?(?: date)? (?:to|and|until) (?:(?:the|their) )?(?:doors?|doorsteps?|arrival|customers?|receipt|deliver(?:y|ed|ies))\\b`,
  'i',
);

/** 'From order to doorstep, how many days on average': the way said first. */
const FROM_THE_ORDER =
  /\bfrom (?:the |an )?(?:order(?:ing)?|purchase|checkout|click|basket|till)(?: date)? (?:to|until|till) (?:(?:the|their|its) )?(?:doors?|doorsteps?|front doors?|arrival|customers?|receipt|deliver(?:y|ed|ies)),? (?:how (?:many (?:days|hours)|long)|what)(?: (?:is|was|does|do|did|it|the|take|takes|taken|it takes|it took|days|time))*(?: (?:on average|average|time))*/i;

/** The way of an order from the click to the door, in the words of the model. */
export function orderJourney(question: string): string {
  const told = question
    .replace(FROM_THE_ORDER, 'average delivery time')
    .replace(TO_THE_DOOR, (_whole, between: string) =>
      `average delivery time ${between.replace(FILLING, ' ').replace(/\s+/g, ' ').trim()}`.trim(),
    )
    .replace(ON_THE_WAY, 'how many orders have order status shipped')
    .replace(ORDER_TO_DOOR, 'average delivery time');
  const events = /\bstatus(?:es)?\b/i.test(question) ? [] : EVENTS;
  return rewritten(told, HOW_LONG, PUNCTUAL, RATES, events);
}
