import { rewritten } from './rewritten.ts';

/** What sells, what does not, and how it is shared out, as merchandisers put it: 'duds', 'went out of the door', 'pcs'. */
const WORDING: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    /(?<!\b(?:parcels?|packages?|orders?|shipments?|deliveries)\b[^?.!]{0,15})\b(?:went|gone|walked|flew|flying|going) (?:out of|through|out) (?:the|our) doors?\b/gi,
    'sold',
  ],
  [/\bleft (?:the|our) (?:shops?|stores?|branches) as sales\b/gi, 'sold'],
  [
    /^(?:and )?what(?:['’]?s| is) (?:flying|hot|selling well|shifting|moving)(?: (?:off the shelves|right now|at the moment))?(?: in (\p{L}+))?[?:,.!]+ (?:i )?(?:need |want |show |give me )?(?:the )?(?:no\.? ?1|number one|top) product\b/iu,
    'top product in $1',
  ],
  [/^(?:and )?what(?:['’]?s| is) (?:flying|hot)(?: right now| at the moment)?\? */i, ''],
  [/\btop product in (?= |by|last|this|in)/gi, 'top product '],
  [/\b(best|top|fastest|worst|slowest)[- ]movers\b/gi, '$1 selling products'],
  [/\bfastest[- ](?:sellers|selling products)\b/gi, 'best selling products'],
  [/\bslowest[- ]sellers\b/gi, 'worst selling products'],
  [
    /\b(\d{1,2}|three|four|five|six|ten) (?:worst |biggest |sales )?(?:duds|flops|dogs|stinkers|losers)\b(?: of (?=\p{L}))?/giu,
    '$1 worst selling products ',
  ],
  [
    /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twenty) (best|worst) selling products\b/gi,
    '$2 $1 selling products',
  ],
  [
    /,? (?:counting|going by|measured in|measured by|judged by|by number of|by no\.? of|by count of) (units|pieces|pairs|quantity|revenue|sales|turnover|orders)\b(?: sold)?/gi,
    ' by $1',
  ],
  [
    /^name (?:me )?(?=(?:the |our )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|top|best|worst)\b)/i,
    '',
  ],
  [
    /\b(top|best|bottom|worst) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twenty) lines (?=(?:in|last|this|by|of)\b)/gi,
    '$1 $2 products ',
  ],
  [
    /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) lines (?=(?:took|sold|made|brought|earned|shifted)\b)/gi,
    '$1 products ',
  ],
  [/\bfewest (?:pounds|euros|dollars|£)(?: in sales)?\b/gi, 'least revenue'],
  [/\bmost (?:pounds|euros|dollars) in sales\b/gi, 'most revenue'],
  [/\b(?:pcs|pces|pce)\b\.?/gi, 'pieces'],
  [
    /\b(?:for|of|across|over) all (?:the |our )?(brands|categories|products|branches|shops|stores|departments|channels),? (?:one by one|one each|each one by itself|separately)\b/gi,
    'by $1',
  ],
  [/,? (?:one by one|one each|each one by itself|one after the other)(?=[\s?.!,:]|$)/gi, ' '],
  [
    /\b(?:have|has|did) we not (?:sold|sell|shifted|shift) (?:a single|even one|one|any) (?:unit|piece|pair)s?(?: of)?\b/gi,
    'were not sold',
  ],
  [
    /^(?:and )?what(?:['’]s| has| is) not (?:shifted|sold|moved) (?:a single|even one|one|any) (?:unit|piece|pair)s?\b/i,
    'which products were not sold',
  ],
  [/^what products were not sold\b/i, 'which products were not sold'],
  [/^dead (?:lines|stock|products):? (?:no|without|zero) sales\b/i, 'products with no sales'],
  [/\b(which products were not sold[^?.!]*)[?.!] (?:the )?products please\b/gi, '$1'],
  [
    /\bhow many (?:different|distinct|separate|individual|various|unique) (?:products|lines|articles|items|styles) (?:had (?:at least one|a|any) sales?|found a buyer|were sold|sold|with sales|got sold)/gi,
    'how many different products sold',
  ],
  [
    /\b(?:different|distinct|separate|individual|various) products with (?:a )?sales?\b([^?.!:]*):? how many\b/gi,
    'how many different products sold$1',
  ],
  [
    /\bhow many different products sold([^?.!]*)[?.!,]+ *(?:products,? i mean|not pieces but products)\b/gi,
    'how many different products sold$1',
  ],
  [/\bhow many various products were sold\b/gi, 'how many different products sold'],
  [/(?<=how many different products sold.*),? not pieces but products\b/gi, ''],
  [
    /\b(?:in percent,? )?how (?:was|were|is|are) ((?:(?:\p{L}+['’]s|our|the) )?(?:revenue|sales|turnover|units|orders))( [^?.!]{0,25}?)? (?:divided|distributed|spread|shared) (?:over|across|among|between|by) (?:the |our )?(categories|brands|branches|departments|channels)\b/giu,
    'share of $1 by $3$2',
  ],
  [
    /\bout of all (?:the )?(sales|revenue|orders|units)(?: in money)?,? ((?:in|last|this)[^,?]{2,20}),? (?:what|which) (?:%|percent|percentage|share|part) did (?:each|every) (\p{L}+) (?:bring|make|have|take|give)(?: in)?/giu,
    'share of $1 by $3 $2',
  ],
  [
    /\b(?:participation|contribution) of (?:each|every) (\p{L}+) (?:in|to) (?:the )?((?:last|this) \p{L}+['’]s )?(sales|revenue|orders|units),? (?:as a )?(?:percentage|percent|%)/giu,
    '$2share of $3 by $1',
  ],
  [/\b(?:for )?the (same month) in ((?:19|20)\d\d)\b/gi, 'the same month last year'],
  [
    /\b(?:those|that) of the same (month|week|quarter|period) (?=last year|the year before|in (?:19|20)\d\d)/gi,
    'the same $1 ',
  ],
  [
    /\b(?:on|in|through|via|over|from|by|for) (?:the |our )?(web|online|store|phone|shop) channel\b/gi,
    'for channel $1',
  ],
  [/\b(sold|sell|sells) how much of (?=\p{L})/giu, '$1 how much '],
];

export function sellingWording(question: string): string {
  return rewritten(question, WORDING);
}
