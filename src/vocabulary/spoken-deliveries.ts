import { rewritten } from './rewritten.ts';
import { spokenWaits } from './spoken-waits.ts';

const ORDERS = '(?:orders?|parcels?|packages?|deliver(?:y|ies)|shipments?|consignments?|purchases?|boxes)';
const PEOPLE =
  '(?:(?:our |the )?(?:customers?|people|shoppers?|buyers?|clients?|folk|folks|punters?|someone|somebody|they))';
const OWN = '(?:for )?(?:their |the |an? |our |its )?';
const PLACE = '(\\p{L}+(?: \\p{L}+)?)';

/** When it came, of what came late: 'landed late', 'turned up behind time'. */
const CAME_LATE: readonly [said: RegExp, meant: string][] = [
  [/\b(arrived?|came|come|were|was|delivered|landed|turned up) too late\b/gi, '$1 late'],
  [/\b(?:punctually|when we said we (?:would|['’]d)|as we promised)\b/gi, 'on time'],
  [/\b(?:overdue|late|delayed) (?:on|at|upon) arrival\b/gi, 'late'],
  [/^((?:please |kindly |pls )*)state,? (?=(?:for |the |how |what |which |our |in |by ))/i, '$1'],
  [/\b(?:dels|deliv(?:s|\.))(?=[ .,?]|$)/gi, 'deliveries'],
  [
    /\b(?:landed|land|turned up|turn up|showed up|show up|rocked up|pitched up|got in|rolled in|were landed|were brought|were dropped off|dropped off|got to (?:the |our |their )?(?:customers?|people|buyers|door|doorstep)|reached (?:the |our |their )?(?:customers?|people|buyers|door|doorstep)) (?:too |very |really |so )?(late|on time)\b(?! (?:in|last|this|at) (?:the )?(?:night|evening|afternoon))/gi,
    'came $1',
  ],
  [/\b(?:running|running too|run) (late|on time)\b(?=[^?.!]*\b(?:last|in|during|since)\b)/gi, 'came $1'],
  [
    new RegExp(
      `\\b(${ORDERS}) (?:arriving|coming|coming in|getting there|being delivered|turning up|landing) (late|on time)\\b`,
      'gi',
    ),
    '$1 came $2',
  ],
  [
    /\b(?:(?:were|was|are|is) )?(late|overdue|delayed),? when (?:they|it) (?:came|arrived|got there|turned up|landed|were delivered)\b/gi,
    'came late',
  ],
  [
    /\b(?:later than|after|beyond|past) (?:we |was |it was |we had |we['’]d |they were )?(?:promised|agreed|quoted|(?:was )?expected|estimated|said|due)\b(?! (?:delivery )?(?:date|day|time|deadline))/gi,
    'late',
  ],
  [
    new RegExp(
      `\\bhow many (${ORDERS}) (?:did|have|do) we (?:miss(?:ed)?) (?:the |our |their )?(?:promised |agreed |due |delivery )*(?:date|day|deadline|slot|time)s? (?:on|for|with)\\b`,
      'gi',
    ),
    'how many $1 came late',
  ],
  [
    new RegExp(`\\bhow many (${ORDERS}) (?:did|have|do) we deliver(?:ed)? (?:too )?(late|on time)\\b`, 'gi'),
    'how many $1 came $2',
  ],
  [
    /\bhow often (?:are|were|was|is|did|do|have|had) (?:we |our |the |deliveries |orders |parcels |been )*(?:deliver(?:ed|ing)? |arriv(?:ed|e|ing) |com(?:e|ing) |came )?(late|on time)(?: (?:delivering|with (?:our )?deliveries|in delivering))?\b(?:,? (?:\(?%\)?|in percent))?/gi,
    'what share of orders came $1',
  ],
  [
    /\bhow (?:punctual|timely|on time) (?:were|are|have|was|is) (?:we|our deliveries|deliveries|the deliveries|our parcels|orders)(?: been)?\b(?: with (?:our )?(?:deliveries|delivering))?/gi,
    'share delivered on time',
  ],
  [
    new RegExp(`\\b(${ORDERS}) (?:(?:that|which) )?(were|was|are) (?:punctual|in good time)\\b`, 'gi'),
    '$1 $2 on time',
  ],
  [new RegExp(`\\b(?:punctual|timely) (${ORDERS})\\b`, 'gi'), 'on time $1'],
];

/** What is still to come. */
const STILL: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(how many|number of|which|what) (${ORDERS}) (?:are we|do we|have we|we are|we have)(?: (?:still|yet|got|left|due|supposed))* to (?:deliver|get to (?:the |our )?(?:customers?|people))\\b`,
      'gi',
    ),
    '$1 undelivered orders',
  ],
  [
    new RegExp(
      `^(${ORDERS}) (?:(?:that|which) (?:are|is|have) )?not (?:yet )?(?:with|at) (?:the |our )?(?:customers?|people|door)s?(?: yet)?\\b`,
      'gi',
    ),
    'undelivered orders',
  ],
  [
    /\b(?:overdue orders|orders (?:that are |which are )?overdue)(?: (?:right )?now| at the moment| today| currently)?(?=\s*[?.!]*$)/gi,
    'overdue orders',
  ],
];

/** How long people wait for what they ordered. */
const WAITS: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(?:in |for )?(?:which|what) ${PLACE} (?:do|does|did|must|have) (?:${PEOPLE} )?(?:have to )?wait(?:ed|s)?(?: the)? (longest|shortest|most|least)(?: ${OWN}${ORDERS})?\\b`,
      'giu',
    ),
    'which $1 has the $2 delivery time',
  ],
  [
    new RegExp(
      `\\b(?:which|what) ${PLACE} (?:is|are|was|were|has been) (?:the )?(slowest|fastest|quickest|hardest|easiest) (?:for us )?to (?:deliver|get ${ORDERS}|ship) to\\b`,
      'giu',
    ),
    'which $1 has the $2 delivery time',
  ],
  [/\bhas the (?:slowest|hardest|most) delivery time\b/gi, 'has the longest delivery time'],
  [/\bhas the (?:fastest|quickest|easiest|least) delivery time\b/gi, 'has the shortest delivery time'],
  [
    new RegExp(
      `\\bhow (?:long|many days) (?:were|are|was|is|have|had) ${PEOPLE} (?:been )?(?:kept )?waiting(?: ${OWN}(?:${ORDERS}|stuff|things|goods|shoes))?\\b(?! (?:for|on) (?:their |the |an? )?(?:refunds?|money|repayment|reply|answer))`,
      'gi',
    ),
    'average delivery time',
  ],
  [
    /\bhow (?:quick|fast|speedy|swift|slow) (?:were|are|was|is|have|has) (?:we|our|the)(?: been)? ?(?:at |with |in )?(?:deliver(?:ing|y)|(?:our )?deliveries)\b/gi,
    'average delivery time',
  ],
  [
    /\b(?:door|click|order|checkout)[- ]to[- ](?:door|doorstep|customer|home|delivery)(?: (?:time|days|duration))\b/gi,
    'average delivery time',
  ],
  [
    /\bhow (?:long|quickly|fast|soon) (?:did|does|do|is|was) (?:it take )?(?:us |we )?(?:to )?(?:take to )?(?:get|getting|send|sending|ship|push) (?:the |our |an? )?(?:orders?|parcels?|packages?|things|stuff)(?: (?:shipped|sent|dispatched))?(?: (?:out|off))?(?: (?:of )?(?:the |our )?(?:doors?|warehouse|building|depot))\b/gi,
    'average time to ship',
  ],
  [
    /\bhow (?:long|quickly|fast|soon) (?:did|does|do) (?:it take (?:us )?to |we )(?:ship|dispatch|send(?: out| off)?|despatch|process) (?:the |our |an? )?(?:orders?|parcels?|packages?|web orders?)(?: (?:out|off))?(?! (?:to|from|for)\b)/gi,
    'average time to ship',
  ],
];

/** 'are deliveries getting slower': of what takes how long, over the months. */
const GETTING = '(?:getting|got|become|becoming|been getting|gotten|growing)(?: any| a bit| much)?';
const DELIVERY = '(?:(?:our |the )?(?:deliver(?:y|ies)|shipping times?|delivery times?|parcels?|shipments?))';
const OVER = '(?! than\\b)(?! (?:from|between|vs|since|in|this|last|compared)\\b)';
const SLOWER: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `^(?:is|are|has|have) ${DELIVERY} (?:${GETTING} (?:slower|longer|worse)|taking (?:any )?longer)(?: and \\w+)?\\b${OVER}`,
      'gi',
    ),
    'is average delivery time going up',
  ],
  [
    new RegExp(
      `^(?:is|are|has|have) ${DELIVERY} (?:${GETTING} (?:faster|quicker|shorter|better)|taking less time)(?: and \\w+)?\\b${OVER}`,
      'gi',
    ),
    'is average delivery time going down',
  ],
  [
    new RegExp(
      `^(?:is|are|has|have) (?:our |the )?refunds? (?:${GETTING} (?:slower|longer)|taking (?:any )?longer)\\b${OVER}`,
      'gi',
    ),
    'are average days to refund going up',
  ],
  [
    new RegExp(
      `^(?:is|are|has|have) (?:our |the )?refunds? (?:${GETTING} (?:faster|quicker|shorter))\\b${OVER}`,
      'gi',
    ),
    'are average days to refund going down',
  ],
];

/** How orders come to the people who wait for them, in the words of the model. */
export function spokenDeliveries(question: string): string {
  return rewritten(spokenWaits(question), CAME_LATE, STILL, WAITS, SLOWER);
}
