import { rewritten } from './rewritten.ts';

const GOODS = '(?:products?|items?|articles?|styles?|lines?|skus?)';
const ONE = '(?:an?|one|each|every|the average|an average|the typical|a typical)';
const ORDER = '(?:order|basket|transaction)';
const BRAND = '(?:brand|category|subcategory|department|product|branch|shop|store|channel|item)';
const PER_BRAND = `(?:by|per|for|of|on|in|for each|for every|of each|of every|on each|on every|in each|in every) (?:each |every |all )?(?:the )?(${BRAND})s?`;

/** What was taken off prices, what one fetched and what was kept of it, in the words of the shop floor. */
const WORDING: readonly (readonly [said: RegExp, meant: string])[] = [
  // What was taken off.
  [
    new RegExp(
      `\\b(?:on average,? )?how much (?:did|do|have) we (?:knock|take|taken|knocked) off (?:(?:of )?(?:each|every|an?|the average|a typical) )${ORDER}(?: on average)?`,
      'gi',
    ),
    'average discount per order',
  ],
  [
    new RegExp(
      `\\bhow much (?:money off|discount)(?: money)? (?:did|does|has|have) ${ONE} ${ORDER} (?:get|have|carry|receive|carried|got)?(?: on average)?`,
      'gi',
    ),
    'average discount per order',
  ],
  [
    new RegExp(
      `\\b(?:on |in )?average,? how much discount (?:has|have|did|does) ${ONE} ${ORDER}(?: (?:get|have|carry|receive)\\b)?`,
      'gi',
    ),
    'average discount per order',
  ],
  [new RegExp(`\\b(?:in|on) average,? (?=average discount per order)`, 'gi'), ''],
  [
    new RegExp(
      `\\bwhat (?:did|do) we (?:take|knock) off ${ONE} ${ORDER}\\b([^?.!]*?)(?:,? on average)?,? (?:in|as) discounts?`,
      'gi',
    ),
    'average discount per order$1',
  ],
  [
    new RegExp(
      `\\baverage (?:amount of )?discount (?:that )?${ONE} ${ORDER} (?:carried|had|got|carries|gets)`,
      'gi',
    ),
    'average discount per order',
  ],
  [
    /\bhow much (?:did|do|have) we (?:knock|take|knocked|taken|cut) off (?:the |our )?(?:full )?prices?\b/gi,
    'how much discount did we give',
  ],
  [
    /\bhow much have we (?:taken|knocked) off in (?:discounts|mark-?downs)\b/gi,
    'how much discount did we give',
  ],
  [/\bdiscounting (?=(?:came|come|comes|cost|in|by|per|last|this|was|did)\b)/gi, 'discounts '],
  [/\bwhat (?:did|has|does) discounts come to\b/gi, 'how much discount did we give'],
  [/\bdiscounting rates?\b/gi, 'discount rate'],
  [
    /\b(?:share|percentage|percent|%|proportion) of (?:the )?(?:undiscounted|full[- ]price|gross|pre-?discount) (?:sales|revenue)(?: value)? (?:that )?(?:was|were|is|did we)(?: given away| give away| given| lost| knocked off)?(?: as| in| through)? discounts?/gi,
    'discount rate',
  ],
  [/\bwhat discount rate/gi, 'what was the discount rate'],
  [
    /[.,;]? *i mean (?:the )?(?:discounts?|sales|revenue|orders|units|products|refunds)(?: given| made| sold)?,?(?=[?.! ]*$)/gi,
    '',
  ],
  [/,? all told\b/gi, ' in total'],
  // What one went for.
  [
    new RegExp(
      `\\bwhat (?:did|does) ${ONE} (?:unit|piece|pair|item) (?:sell|go) for(?: on average)?,? ${PER_BRAND}`,
      'gi',
    ),
    'average selling price by $1',
  ],
  [
    new RegExp(
      `\\b(?:on average,? )?how much (?:did|do) we (?:get|take|make) (?:per|for an?|for each) (?:unit|piece|pair|item),? ${PER_BRAND}`,
      'gi',
    ),
    'average selling price by $1',
  ],
  [
    /\b(?:the )?(?:typical |mean |average |\(mean\) )+price (?:that )?(?:an?|one|each) (?:unit|piece|pair|item) (?:fetched|went for|sold for|goes for|brought|made|sells for)\b/gi,
    'average selling price',
  ],
  [
    /\b(?:the )?price (?:an?|one|each) (?:unit|piece|pair|item) (?:fetched|went for|sold for) on average\b/gi,
    'average selling price',
  ],
  // What was kept of it.
  [
    /\bhow much (?:do|did) we keep (?:of|out of|from) (?:every|each) (?:pound|euro|dollar|real)(?=.*\bmargin\b)/gi,
    '',
  ],
  [/\bgp\b(?= (?:by|per|in|for|on|of|last|this|%|rate|margin))/gi, 'gross profit'],
  [
    /\bleft us with (?:the )?(most|least) after (?:the )?costs?(?: of (?:goods|sales))?\b/gi,
    'made the $1 gross margin',
  ],
  [
    /\b(?:big|biggest|top|main) gross profit (?:earners|makers|drivers)(?: among(?:st)? (?:our |the )?| of (?:our |the )?)(\p{L}+)/giu,
    'top $1 by gross profit',
  ],
  [
    new RegExp(
      `^(?:(?:thin|low|poor|weak) margins?:? )?(?:which )?${GOODS} (?:were |are |that were |with )?(under|below|over|above) (\\d+(?:\\.\\d+)?)(?: ?%| percent| per cent)(?: (?:gross )?margin)?(?=.*)(?<=margins?:? .*|margin)`,
      'i',
    ),
    'products with a margin rate $1 $2%',
  ],
  [
    new RegExp(
      `\\b${GOODS} (?:that |which )?(?:did not|didn['’]t|failed to|do not|don['’]t) (?:reach|make|hit|get to|achieve) (?:an? )?(\\d+(?:\\.\\d+)?)(?: ?%| percent| per cent) margin`,
      'gi',
    ),
    'products with a margin rate below $1%',
  ],
  // In money and not otherwise.
  [
    /,? (?:in |as )?(?:money|pounds|euros|£|value)(?:,? (?:and )?not (?:in |as )?(?:a )?(?:percent(?:age)?s?|%|per cent|units|pieces))/gi,
    ' in money',
  ],
  [/,? not (?:in )?(?:units|pieces) but (?:in )?money\b/gi, ' in money'],
];

export function priceWording(question: string): string {
  return rewritten(question, WORDING);
}
