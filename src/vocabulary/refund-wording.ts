import { rewritten } from './rewritten.ts';

const PEOPLE = '(?:people|customers|shoppers|buyers|clients|they|our customers|someone|a customer)';
const GOODS =
  '(?:products?|items?|articles?|categor(?:y|ies)|subcategor(?:y|ies)|brands?|shoes?|models?|things?|lines?|styles?)';
const BACK =
  '(?:(?:come|comes|came|coming|brought|bring|brings|sent|send|sends|given|go|goes|went)(?: (?:us|them|it|things|stuff))? back)';
const LEADING =
  '(?:main|chief|primary|principal|leading|number one|no\\.? ?1|#1|top|biggest|most common|commonest|most frequent|usual)';

/** Money that went back and goods that came back, in the words of the model. */
const SAID: readonly [RegExp, string][] = [
  [
    new RegExp(
      `\\bhow many (?:different |distinct |unique |individual |separate |single |of our |of the )*${PEOPLE} (?:have |had |have had )?(?:got|get|wanted|want|asked for|received|were given|had|claimed|demanded) (?:their |the |some )?(?:money back|refunds?|a refund|reimbursed)`,
      'i',
    ),
    'how many customers got a refund',
  ],
  [
    new RegExp(
      `\\b(?:how many|(?:the )?number of) (?:different |distinct |unique |individual |separate |single |of our |of the )*${PEOPLE} (?:that |who |whom )?(?:did we |have we |we |were |have been |had been |got |was )(?:have )?(?:refund(?:ed)?|reimbursed?|paid back|g[ia]ven? (?:a )?refunds?(?: to)?)(?= (?:in|last|this|so far|during|since|on|over|between|from|by|per|at|to)\\b|[?.! ]*$)`,
      'i',
    ),
    'how many customers got a refund',
  ],
  [
    new RegExp(
      `\\bhow (?:long|many days|many weeks) (?:do|does|did|must|have|has) (?:our |the |a |an )?${PEOPLE} (?:have to |had to |usually |typically |normally )?(?:wait|waited|waiting) (?:for|to get|to receive|to see) (?:their |the |a |an |his |her )?(?:money(?: back)?|refunds?(?: money)?|reimbursements?|repayments?)\\b`,
      'i',
    ),
    'average days to refund',
  ],
  [
    new RegExp(
      `\\b${LEADING} (?:refund |return )?(reasons?)(?: (?:that|why|for which|for))? (?:${PEOPLE} (?:got|get|wanted|want|asked for|received|were given|had|return\\w*|${BACK})(?: (?:their|the|our|some|a|things?|stuff|goods|shoes|items|products|orders|refunds?))*(?: money back| back)?|(?:things|goods|products|items|shoes|orders) (?:are|were|get|got|is|was) (?:returned|refunded|sent back))`,
      'i',
    ),
    'most common refund $1',
  ],
  [
    new RegExp(
      `\\b(?:main|chief|primary|principal|number one|no\\.? ?1|#1) (?:refund |return )?(reasons?)\\b`,
      'i',
    ),
    'most common refund $1',
  ],
  [
    new RegExp(
      `\\bhow (?:long|many days)\\b.{0,25}?\\bbetween (?:.{0,30}?\\b)?(?:order|purchas|buy|sale)\\w*.{0,30}?\\b(?:refund\\w*|money back)(?: them| it)?`,
      'i',
    ),
    'average days to refund',
  ],
  [
    new RegExp(
      `\\bwhat (?:do|did|are|is|were) ${PEOPLE}(?: (?:mostly|mainly|usually|most|often))* (?:return(?:ing|ed)?|${BACK}|bringing back|sending back)(?: (?:the )?most(?: often)?)?`,
      'i',
    ),
    'most returned products',
  ],
  [
    new RegExp(
      `\\b(which|what) (${GOODS})(?: (?:do|did) ${PEOPLE})? (?:${BACK})(?: (?:the )?(most|least)(?: often)?)`,
      'i',
    ),
    '$1 $2 is returned the $3',
  ],
  [
    /\b(?:goes|went|go|going|flows|flowed) (?:straight )?back (?:to customers )?(?:as|in|through) refunds\b/i,
    'is refunded',
  ],
  [
    /\bhow much of (?:our |the )?(?:revenue|sales|turnover|takings) (?:is|was|gets|got|are|were) refunded\b/i,
    'refund rate',
  ],
  [
    /^who (?:had|has|got|received|asked for|made|gets) (?:the )?(most|highest|biggest|fewest|largest) (?:number of )?(refunds|returns)\b/i,
    'which customer had the $1 $2',
  ],
  [/\bcosts? of ((?:\p{L}+ ){0,2})(?:returns|refunds)\b/iu, 'total refunds $1'],
  [/\b(?:was|were|are|is|came|come) down to (?:the |a |being )?/i, 'for '],
  [/\bmoney (?:back|returned|given back|paid back|handed back)\b/i, 'refunds'],
  [
    /(\b(?:refunds|returns|payments)\b[^?.!]*?)\s*(?:,|;|:|–|-|\()\s*(?:the )?(?:number|count) of (?:them|those|these)\)?(?=\s*[?.!]*$)/i,
    'number of $1',
  ],
];

const MONEY =
  '(?:(?:the )?(?:refund(?:ed)? )?(?:amounts?|value|money|sum)|[£$€]|pounds|total (?:amount|value|refunds?))';

/** In order of what was paid back, and refunds told one by one. */
const IN_ORDER: readonly [RegExp, string][] = [
  [
    /^(?:(?:a |the )?list of |list |show (?:me )?)?(?:the |our )?(\d+|three|five|ten|twenty) (?:single )?(?:highest|biggest|largest) refunds\b(.*?)(?:,? with (?:their |the |its )?order (?:numbers?|ids?))?(?=[?.! ]*$)/i,
    'top $1 orders by largest refund$2',
  ],
  [
    /^(?:(?:a |the )?list of|list|show me|show|give me|get me|all|each|every)(?: (?:me|all|each|every|the|our|single|individual))* refunds?\b(?! (?:reasons?|methods?|by|per|above|over|rates?|total|count|amounts?|trend|share))([^?]*?)(?:,? (?:with|incl(?:uding|\.)?|and) (?:the |their |its )?(?:order|reason|amount)(?: (?:numbers?|ids?))?(?:(?:, | and |, and )(?:the |their )?(?:order|reason|amount)(?: (?:numbers?|ids?))?)*)?(?=[?.! ]*$)/i,
    'refunds by order and refund reason$1',
  ],
  [
    /^refunds\b([^?]*?),? (?:as a list|list|listed|one by one|individually|line by line|each of them)(?:,? (?:with|incl(?:uding|\.)?) (?:the |their |its )?(?:order|reason|amount)(?: (?:numbers?|ids?))?(?:(?:, | and |, and )(?:the |their )?(?:order|reason|amount)(?: (?:numbers?|ids?))?)*)?(?=[?.! ]*$)/i,
    'refunds by order and refund reason$1',
  ],
  [
    new RegExp(
      `^(?:(?:list|show me|the) )?(\\p{L}+) with (?:the )?(?:most|highest|biggest|largest) refunds\\b(.*?),? (?:the )?(?:top|first|best) (\\d+) by ${MONEY}(?=\\s*[?.!]*$)`,
      'iu',
    ),
    'top $3 $1 by total refunds$2',
  ],
  [
    new RegExp(`\\b(most|fewest) refunds\\b(.*?),? (?:by|in) ${MONEY}(?=\\s*[?.!,]|$)`, 'i'),
    'highest total refunds$2',
  ],
  [
    new RegExp(
      `\\b(refunds?\\b.*?),? (?:(top|first|bottom) (\\d+)(?: (\\p{L}+))? )by ${MONEY}(?=\\s*[?.!]*$)`,
      'iu',
    ),
    '$2 $3 $4 by total $1',
  ],
  [
    new RegExp(
      `\\b(?:with the )?(highest|lowest|biggest|largest) refunds?\\b(.*?),? by ${MONEY}(?=\\s*[?.!,]|$)`,
      'i',
    ),
    'with the $1 total refunds$2',
  ],
  [/\b(by|most|in|highest|lowest) refund (?:amounts?|value|total|sum)\b/i, '$1 total refunds'],
];

const FIGURES: Record<string, readonly [total: string, count: string, average: string]> = {
  refunds: ['total refunds', 'number of refunds', 'average refund'],
  orders: ['revenue', 'number of orders', 'average order value'],
};
const KINDS: readonly RegExp[] = [
  /\b(?:total|amount|money|value|sum|how much)\b/i,
  /\b(?:number|count|how many|no\.?)\b/i,
  /\b(?:average|avg|mean)\b/i,
];
const LISTED =
  /\b(refunds|orders)\b([^:?]*?)\s*(?::|–|-| - )\s*((?:(?:total|amount|money|value|sum|number|count|average|avg|mean|how many|how much|and|the|in|of|them|£|,|&)[\s,]*){2,})[?.! ]*$/i;

/** 'refunds in October: total, number and average' are three figures. */
function eachFigure(question: string): string {
  return question.replace(LISTED, (whole, noun: string, between: string, tail: string) => {
    const names = FIGURES[noun.toLowerCase()] ?? [];
    const asked = names.filter((_name, at) => KINDS[at]?.test(tail));
    return asked.length < 2 ? whole : `${asked.join(', ')}${between}`;
  });
}

/** Whether one kind of customers returns more than another is their return rate. */
const RETURNS_MORE =
  /\bdo(?:es)? (.{3,30}?)(?: customers| buyers| people| shoppers)? (?:return|refund|send back|bring back)(?: things| goods| items)? (?:more|less)(?: often)? than (.{3,30}?)(?: customers| ones| buyers| people| shoppers)?(?:\?\s*(?:the )?(?:return|refund) rate\b|(?=[?.!]|$))/i;

export function refundWording(question: string): string {
  return rewritten(eachFigure(question).replace(RETURNS_MORE, 'return rate of $1 vs $2'), IN_ORDER, SAID);
}
