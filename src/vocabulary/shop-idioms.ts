import { countInWords } from './number-words.ts';
import { orderJourney } from './order-journey.ts';
import { refundWording } from './refund-wording.ts';
import { rewritten } from './rewritten.ts';
import { shopShorthand } from './shop-shorthand.ts';
import { shortWords } from './short-words.ts';

const ORDERS = '(?:orders?|parcels?|packages?|deliver(?:y|ies)|shipments?|purchases?)';
const SMALL = '(?:of |for |from |to |in |by |via |at |with )';
/** What stands between the orders and what happened to them: 'orders to Ireland in June came late'. */
const BETWEEN = `((?: ${SMALL}[^,.?!]{1,50}?)?)`;
const LATE: readonly [RegExp, string][] = [
  [
    new RegExp(
      `(?<!^(?:and |so )?(?:which|what|list|list the|show me|show|show the) )\\b${ORDERS}(?! (?:late|on time))${BETWEEN} (?:that |which )?(?:came|come|went|were|was|are|is|arrived|arrive|got there|turned up|showed up|have been|got delivered|delivered)(?: delivered| too| in)* (?:late|behind schedule|delayed|overdue)\\b(?!.{0,20}\\b(?:now|at the moment)\\b)`,
      'i',
    ),
    'late orders$1',
  ],
  [
    new RegExp(
      `\\b${ORDERS}(?! (?:late|on time))${BETWEEN} (?:that |which )?(?:came|come|were|was|are|is|arrived|arrive|got there|got delivered)(?: delivered)* (?:on time|in time|punctually|when promised)\\b`,
      'i',
    ),
    'orders on time$1',
  ],
];

const OPEN: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\b${ORDERS}${BETWEEN} (?:that |which )?(?:are|is|were|have|has|we have|had)(?: still| yet| currently| now)* (?:not|yet to be|to be|never)(?: yet| been| still)*(?: delivered| arrived)(?: yet| so far)?\\b`,
      'i',
    ),
    'undelivered orders$1',
  ],
  [
    new RegExp(
      `\\b${ORDERS}${BETWEEN} (?:that |which )?(?:are|is)(?: still| yet| currently| now)* (?:outstanding|open|undelivered|on (?:the|their) way|in transit|to be delivered|awaiting delivery|waiting to be delivered)\\b`,
      'i',
    ),
    'undelivered orders$1',
  ],
  [
    /\b(?:still |currently )?being (?:processed|prepared|picked|packed)\b|\bin process\b(?= |[?.]|$)/i,
    'in processing',
  ],
];

const DAYS =
  '(\\d+(?:\\.\\d+)?|an?|one|two|three|four|five|six|seven|ten|fourteen)[ -](hours?|hrs?|days?|weeks?)';
const MORE = '(?:longer than|more than|over|upwards of|in excess of|greater than|above|slower than|beyond)';
const LESS =
  '(?:less than|under|fewer than|in under|in less than|faster than|quicker than|in fewer than|shorter than)';
const MOST = '(?:within|at most|no more than|no longer than|up to|inside|in|in at most|not more than)';
const LEAST = '(?:at least|no less than|a minimum of)';
const COMPARE = `(?:(?<more>${MORE})|(?<less>${LESS})|(?<most>${MOST})|(?<least>${LEAST}))`;
const TO_COME =
  '(?: (?:or (?:more|longer|less)))?(?: (?:to|until|before|till) (?:they |it |we |being )?(?:were |was |are |is |be |get |got )?(?<event>deliver(?:ed|y)?|arriv\\w+|reach\\w*(?: (?:the |our )?customers?| them)?|come|there|ship(?:ped|ment)?|dispatch(?:ed)?|sent(?: out)?|leave))?';
const TOOK = new RegExp(
  `\\b(?:that |which )?(?:took|take|takes|needed|need|taking)(?: us)? ${COMPARE} ${DAYS}${TO_COME}`,
  'giu',
);
const CAME = new RegExp(
  `\\b(?:that |which )?(?:(?:were|was|are|is|got|get|have been|had been|did we|do we|we|being|be) )*(?<event>deliver(?:ed|y)?|arrived?|received|came|come|ship(?:ped)?|dispatched|dispatch|sent(?: out)?|reached (?:the |our )?customers?|reached them) ${COMPARE} ${DAYS}(?: (?:of|after|from) (?:the |being |their |an? )?(?:order(?:ing|ed)?|purchas\\w+|placed|placing|it was placed|they were placed)(?: date)?)?`,
  'giu',
);
const ORDERED = new RegExp(`\\b(?:order|purchase|deliver|ship|dispatch|parcel|package|arriv)`, 'i');

/** 'took longer than a week to arrive', 'delivered within 48 hours': so many days from the order to its delivery. */
function inDays(question: string): string {
  if (!ORDERED.test(question)) return question;
  const days = (whole: string, ...found: unknown[]): string => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    const [, number = '', unit = ''] = new RegExp(DAYS, 'i').exec(whole) ?? [];
    const count = countInWords(number);
    const each = /^h/i.test(unit) ? 24 : /^w/i.test(unit) ? 1 / 7 : 1;
    const value = Math.round((count / each) * 1000) / 1000;
    const thing = /^(?:ship|dispatch|sent|leave)/i.test(groups['event'] ?? '')
      ? 'days to shipment'
      : 'days to delivery';
    const more = / or (?:more|longer)\b/i.test(whole);
    const how = groups['more']
      ? 'more than'
      : groups['least'] || more
        ? 'at least'
        : groups['less']
          ? 'less than'
          : 'at most';
    return `with ${thing} ${how} ${value}`;
  };
  return question.replace(TOOK, days).replace(CAME, days);
}

const REFUNDS: readonly [RegExp, string][] = [
  [
    /\bhow (?:many days|long|soon|quickly|fast)(?: on average)?(?: is it)?\b.{0,30}?\bafter (?:the |an |their |a |they )?(?:orders?|purchases?|sales?|buying|ordering|bought|ordered)(?: (?:date|day))?\b.{0,30}?\b(?:refund(?:s|ed)?|money back)(?: made| given| paid| issued)?\b/i,
    'average days to refund',
  ],
  [/\bhow (?:long|many days) (?:do|does|did) (?:a |our |the )?refunds? take\b/i, 'average days to refund'],
  [
    /\brefund(?:s|ed)\b(.{0,30}?)\b(?:came |come |made |paid |given |issued |done )?(within|less than|under|more than|over|after more than) (\d+) days?(?: (?:of|after|from|since) (?:the |an |their )?(?:order|purchase|sale)(?: date)?)\b/i,
    'refunds$1 with days from order to refund $2 $3',
  ],
  [/\bdays from order to refund within\b/i, 'days from order to refund at most'],
  [/\bdays from order to refund after\b/i, 'days from order to refund'],
  [
    /\borders\b((?: (?:of|for|from|to|in|by|at|on) [^,.?!]{1,40}?)?) (?:that |which )?(?:had|have|has|got|with|were given|received|led to|ended in|resulted in) (?:a |at least one |any |one or more )?refunds?\b/i,
    'refunded orders$1',
  ],
  [/\b(most|fewest) (refunds|payments)\b(?! (?:in|by) (?:value|amount|money|worth))/i, '$1 number of $2'],
  [
    /\b(?:for|due to|because of|because they|because it|because) (?:being |it |they |having )?(?:arriv(?:ed|ing)|came|coming|deliver(?:ed|ing)) (?:too )?late\b(?<=\b(?:refund|return).*)/i,
    "for 'arrived late'",
  ],
  [
    /\b(refunds?\b.{0,30}?) (?:paid|given|handed|sent|that went) back (?:in|as|by|to|through|via|on) (?:an? |the )?(cash|cards?|vouchers?|paypal)\b/i,
    '$1 in $2',
  ],
  [
    /\b(?:paid|given|handed) back (?:in|as|by|to|through|via|on) (?:an? |the )?(cash|cards?|vouchers?|paypal)\b/i,
    'refunds in $1',
  ],
  [
    /\bthe (\d+|three|five|ten|twenty) (?:highest|biggest|largest) refunds\b/i,
    'the top $1 orders by refunds',
  ],
  [
    /,? (?:as (?:an? |the )?)?(?:the )?(?:share|percentage|rate|%),? (?:not|rather than) (?:the )?(?:numbers?|counts?|amounts?|totals?)\b/i,
    ' as a percentage',
  ],
  [
    /\bhow much (?:was|were|did we|have we|money was) (?:refunded|given back|gave back|give back|paid back|pay back)\b/i,
    'refunds',
  ],
];

const STOCK: readonly [RegExp, string][] = [
  [
    /(?<=\bstock\b.*?),? (?:as of |as at |at |per |from |on )?(?:the |our )?(?:latest|last|most recent|current|newest) (?:stock )?(?:counts?|stocktake|stock ?take|inventory|counting)\b/i,
    '',
  ],
  [
    /\b(out of stock|sold out|no stock|out-of-stock)\b(.{0,25}?)\b(?:(?:in|at) (?:at least (?:one|1)|any|one or more|some)(?: of)?(?: our| the)? (?:branch|shop|store|location)(?:es|s)?|somewhere|anywhere)\b/i,
    '$1$2',
  ],
  [
    /\b(branch|branches|shop|shops|store|stores) (?:still |do |currently )+(?:have|has|got|stock|carry|hold)(?: got)?(?: any| some)?(?= )(?! (?:the )?(?:most|least|highest|lowest|any|sales|orders|refunds|stock|no))/i,
    '$1 with stock of',
  ],
  [
    /\b(?:(?:is|are|was|were) (?:currently |still |now )?(?:holding|keeping|carrying|sitting on)|sits on|sit on) (?:the )?(most|least|highest|lowest|fewest|biggest|smallest)\b/i,
    'has the $1',
  ],
  [
    /\b(how much stock|how many (?:units|pairs|pieces)) (?:is|are) (?:the |our )?([\p{L}&' -]{2,40}?) (?:currently |still |now )?(?:holding|carrying|keeping|sitting on)\b/iu,
    'stock on hand of $2',
  ],
  [
    /\b(?:holds?|keeps?|carr(?:y|ies)) (?:the )?(most|least|highest|lowest|fewest|biggest|smallest)\b/i,
    'has the $1',
  ],
];

const DAY = '(monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const WEEKDAYS: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\b(average|avg|mean|typical)((?: number of)?(?: [\\p{L}]+){1,3}?) (?:per|on|for|of|each|every|on each|on every)(?: an?| the| our| average| typical)* ${DAY}s?\\b`,
      'iu',
    ),
    '$1$2 per day on $3s',
  ],
  [
    new RegExp(`\\b(?:on|for) (?:an? |the )?(?:average|typical|normal) ${DAY}\\b`, 'i'),
    'average per day on $1s',
  ],
];

const PLACES: readonly [RegExp, string][] = [
  [
    /^(?:and )?(?:in )?(?:what|which) (?:city|town|region|area|country|part of the country) (?:is|are|does) (?![^?]*\b(?:most|least|revenue|sales|turnover|takings|income|money|orders|customers|shoppers|buyers|people|clients|budget|target|under-?performing|out-?performing|missing|refunds|returns)\b)(?:the |our )?(?!(?:our |the )?(?:(?:most|least|second|third|next|number) )?(?:top|best|worst|biggest|largest|strongest|weakest|smallest|leading|highest|lowest|busiest|quietest|fastest|slowest|profitable|popular|important|valuable|lucrative|best-?sell\w*|one|growing|doing|selling|buying|ordering|returning|spending|ahead|behind|up|down|our)\b)(.+?)(?: (?:branch|shop|store))?(?: (?:located|situated|based))?(?: in| part of| belong to)?\s*\?*$/i,
    'where is the branch $1',
  ],
  [/\b(oldest|newest|youngest|most recently opened) (?:shop|store|outlet)\b/i, '$1 branch'],
  [/\blongest[- ](?:running|standing|serving) (?:shop|store|outlet|branch)\b/i, 'oldest branch'],
];

const METHODS =
  'paypal|card|credit card|debit card|cash|voucher|gift card|invoice|boleto|bank transfer|cheque|klarna';

const OTHERS: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\b(?:do|did|does) (?:more|most) (?:people|customers|shoppers|buyers|of our customers) (?:prefer to )?(?:pay|paid|use)(?: by| with| via| in| using)? (${METHODS}) or (?:by |with |in )?(${METHODS})\\b`,
      'i',
    ),
    'number of payments: $1 vs $2',
  ],
  [new RegExp(`\\b(average|avg|mean) (${METHODS}) payments?\\b`, 'i'), '$1 payment for $2'],
  [
    /\bhow many (?:different )?(?:people|customers|shoppers|buyers|of our customers) (?:paid|pay|have paid|used)(?= )/i,
    'how many paying customers',
  ],
  [
    /\b(?:do|did|does) (?:more|most) (?:people|customers|shoppers|buyers|of our customers) (?:prefer to )?(?:pay|paid|use)(?: by| with| via| in| using)? /i,
    'number of payments by ',
  ],
  [
    /\b(share|percentage|percent|proportion|%|fraction) of (?:the |our |all |all the )?orders?(?: that| which)?(?: gets?| got| are| were| is| was| being| been)+ returned\b/i,
    '$1 of orders returned',
  ],
  [
    /\b(share|percentage|percent|proportion|%|fraction) of (?:the|our|all the|all our) orders\b/i,
    '$1 of orders',
  ],
  [
    /\borders? (?:that (?:are|were|was) )?on[- ]time (?:vs\.?|versus|against|or|and|compared (?:to|with)) (?:the )?late(?: ones| orders)?\b/i,
    'orders on time and late orders',
  ],
  [
    /\b(?:late|delayed) (?:vs\.?|versus|against|or|and) on[- ]time (orders|deliveries)\b/i,
    'late orders and orders on time',
  ],
  [
    /\b(?:shipped|sent|dispatched)(?: out)?,? but (?:have |has |are |is |were )?(?:not|never)(?: yet)?(?: been)?(?: yet)? (?:arrived|delivered)(?: yet)?\b/i,
    'with order status shipped',
  ],
  [/\b(hourly|daily|weekly|monthly) (?:distribution|pattern|profile|split|breakdown|spread) of\b/i, '$1'],
  [
    /\bhow many (?:parcels|packages)\b(?!.{0,30}\b(?:deliver|arriv|ship|sent|late|came|come|time))/i,
    'how many orders',
  ],
  [/\b(order|invoice) no\.?(?=$|[\s,?]+(?:$|please|and|for|,))/i, '$1 number'],
  [
    /\b(?:did|has|have|is) (?:the |our )?(.{3,60}?) (?:get|got|become|became|gotten|getting) (?:any |much )?(?:better|worse|faster|slower|higher|lower|bigger|smaller|longer|shorter) (?:from|between) (.{2,25}?) (?:to|and) (.{2,25}?)(?=[?.!]*$)/i,
    '$1 in $3 vs $2',
  ],
  [/\bon[- ]time delivery(?! (?:rate|share|percentage|%))/i, 'share delivered on time'],
  [
    /^(?:and )?(?:what|which) (payment methods|refund reasons|refund methods|order statuses|statuses|[\p{L}]+)(?: (?:can|do|are|have|did) (?:there|we|you|people|customers|our customers))(?: got| have| use| used| choose| sell| stock| exist)*,? and how (many|much)(?: money| of them)? (.+?) (?:in|for|through|from|by|via|at|of|with|on|per) each(?: one| of them)?\b/iu,
    'how $2 $3 by $1',
  ],
  [
    /\band how many of (?:those|them|these|the customers|which) (?:were|are|was) (new|returning)(?: customers| ones)?\b/i,
    'and $1 customers',
  ],
  [
    /\bper (?!each\b|every\b|new\b|single\b|average\b|the\b)(web|online|store|paypal|card|cash|[\p{Lu}]\p{L}+) (order|customer|sale)\b/iu,
    'per $2 for $1',
  ],
  [/\b(?:what|which|how (?:big|large|great) an?) (?:part|portion|slice|chunk|piece) of\b/i, 'what share of'],
  [
    new RegExp(
      `\\bhow (?:long|many days) (?:do|does|did)(?: our| the| an?)? ${ORDERS}${BETWEEN} (?:take|need)(?: to (?:arrive|get there|be delivered|deliver|reach (?:the |our )?(?:customers?|people|them)))?\\b`,
      'i',
    ),
    'average delivery time$1',
  ],
  [
    /\b(?:which|what) order (?:took|needed|had) (?:the |us the )?(longest|shortest|least|most)(?: time| wait| days)?(?: (?:to|until) (?:deliver|arrive|be delivered|reach (?:the )?customers?|come|get there|delivery))?\b/i,
    'which order had the $1 delivery time',
  ],
];

/** Ways in which people of the shops, of operations and of customer service say things, in the words of the model. */
export function shopIdioms(question: string): string {
  const plain = rewritten(
    shortWords(orderJourney(refundWording(shopShorthand(question)))),
    PLACES,
    OTHERS,
    LATE,
    OPEN,
    REFUNDS,
    STOCK,
    WEEKDAYS,
  );
  return inDays(plain);
}
