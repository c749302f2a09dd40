import { rewritten } from './rewritten.ts';

const GOODS = '(?:products?|items?|articles?|styles?|lines?|skus?)';
const PIECES = '(?:units|pieces|pairs|items|goods|stock)';
const NAME = "[\\p{L}\\p{N}&'’ -]{3,40}?";
const EACH =
  '(?:(?:by|per|for each|for every|in each|in every|at each|shop by shop|branch by branch|store by store|category by category|brand by brand|product by product)\\b)';
const SHELF = '(?:on|upon) (?:the |our )?(?:shelf|shelves|rails?)';

/** How people ask what lies in the shops and what has run out, without the word 'stock'. */
const WORDING: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    /(?<=\bout of stock\b[^]*?)[,.?!]? ?\bas (?:of|at|per) (?:the )?(?:latest|last|most recent|newest) (?:stock )?(?:count|stocktake|stock take|check)\b/gi,
    '',
  ],
  [
    /(?:,? )?\b(?:going by|according to|as of|as per|at|from|by) (?:the )?(?:latest|last|most recent) (?:stock[- ]?take|stock count|count|inventory),?/gi,
    ' in stock ',
  ],
  [/\b(?:the )?(?:latest|last|most recent) (?:stock[- ]?take|stock count)s?\b/gi, 'stock'],
  [/\bstock[- ]?(?:takes?|counts?)\b(?! (?:was|were|on|date|day))/gi, 'stock'],
  [/\b(stock (?:by|per) [\p{L} ]{3,20}?),? latest\b/giu, '$1'],
  [new RegExp(`\\bhow are we (?:off|doing|placed|fixed) for (?:stock|${PIECES})\\b`, 'gi'), 'stock'],
  [
    new RegExp(`\\bhow are we (?:off|placed|fixed) for (${NAME})(?=[?.!,]|$| ${EACH}| (?:in|at) )`, 'giu'),
    'stock of $1',
  ],
  [
    new RegExp(
      `\\b(stock\\b[^?.!]{0,60})[?.!,]+ *(?:in )?(?:the )?(?:number of )?(?:units|pairs|pieces)(?: please| pls)?(?=[?.! ]*$)`,
      'gi',
    ),
    '$1',
  ],
  [
    new RegExp(
      `\\b(?:value|worth|cost) of (?:what(?:['’]s| is| we have| we['’]ve got)|all|everything|the (?:goods|stuff)) (?:that(?:['’]s| is) )?(?:sitting |lying |held |kept )*(?:${SHELF}|in (?:the |our )?(?:shops?|stores?|warehouse|stock))\\b`,
      'gi',
    ),
    'stock value',
  ],
  [
    /\b(?:how much )?(?:money|cash|capital) (?:do we have |have we got |is |we have |that is )?(?:currently )?(?:tied|locked|bound) up in (?:our |the )?(?:stock|inventory|goods)(?:,? at cost)?/gi,
    'stock value',
  ],
  [
    /\bhow many (?:of (?:our|the) )?(products|lines|items|skus|articles|styles) (?:are |were |is )?(?:currently |now )?out of stock (?:in|at|for|by|per) (?:each|every) (?=branch|shop|store|category|brand|region|department)/gi,
    'number of out of stock products by ',
  ],
  [/\b(?:stock|inventory) valuations?\b(?:,? at cost)?/gi, 'stock value'],
  [
    /\b(?:what|how much) (?:is|was|were|are) (?:all )?(?:the |our |of the |of our )*(?:merchandise|stock|inventory|goods)(?: (?:that )?(?:we (?:have|had|hold|held)|held|lying|sitting))?((?: in (?:our |the |all )*(?:shops?|stores?|branches|warehouses?)(?: and (?:our |the )?(?:shops?|stores?|branches|warehouses?))?)?) worth(?:,? at cost(?: prices?)?)?/gi,
    'stock value',
  ],
  [
    /\bwhat did (?:the |all the )?(?:goods|stock|stuff|products) (?:that )?(?:we(?:['’]re| are| have)? ?(?:holding|hold|got|have|keeping)?|now) (?:in stock )?cost us(?: in all| in total| altogether)?/gi,
    'stock value',
  ],
  [
    new RegExp(
      `\\b(${PIECES}) (?:(?:that )?(?:are|is) )?(?:sitting|lying|left|kept|held)?(?: left)? ?${SHELF}`,
      'gi',
    ),
    '$1 in stock',
  ],
  [new RegExp(`\\bwhat (?:have we got|do we have|is)(?: left)? ${SHELF}`, 'gi'), 'stock'],
  [
    new RegExp(`\\b(?:number of |how many )(${NAME}) (?:are )?(?:sitting |lying |left )+${SHELF}`, 'giu'),
    'stock of $1',
  ],
  [
    new RegExp(
      `\\bhow (?:many|much) (?:${PIECES} of )?(${NAME}) (?:does|do) (each|every) (shop|store|branch) (?:have|hold|stock)(?: left| in stock)?(?=[?.!]|$)`,
      'giu',
    ),
    'stock of $1 by $3',
  ],
  [
    new RegExp(`\\bwho(?:['’]s| has) got how (?:many|much) (${NAME}) left\\b(?:[?,]? list)?`, 'giu'),
    'stock of $1',
  ],
  [
    new RegExp(
      `\\b(?:how many )?(?:${PIECES} of )?(${NAME}) (?:that )?we(?:['’]ve| have) got left(?:,? in (?:units|pairs|pieces))?`,
      'giu',
    ),
    'stock of $1',
  ],
  [
    new RegExp(`\\bhow many ${PIECES} (?:have we got|do we have|are there|there are|are) in stock\\b`, 'gi'),
    'stock',
  ],
  [
    /\bin stock ,? ?how many (?:units|pieces|pairs) (?:of )?([\p{L} ]{3,30}?)? ?(?:are|do we have|have we got)(?: there)?(?: of)?\b/giu,
    'stock $1',
  ],
  [
    /\b(?:the )?(?:quantity|number|count) (?:of ([\p{L} ]{3,30}?) )?(?:currently |now )?(in stock|on hand)\b/giu,
    'stock of $1',
  ],
  [/\bstock of (?=[?.!,]|$)/gi, 'stock'],
  [
    /\b([\p{L}]+) in stock (per|by) (branch|store|shop|category|brand|product),? (?:in )?(?:units|pairs|pieces)\b/giu,
    'stock of $1 by $3',
  ],
  [
    new RegExp(
      `\\bhow many (?:of our |different )?${GOODS} (?:have (?:run|sold) out|are (?:at|with) (?:zero|no|nil) stock|are (?:sold|all) out|have gone out of stock|ran out)(?:,? with none left(?: in stock)?| completely)?`,
      'gi',
    ),
    'how many products are out of stock',
  ],
  [
    new RegExp(
      `\\bhow many (?:${GOODS} )?(?:stock-?outs|stock outs) (?:have we got|do we have|are there)(?:[?.,] *(?:number of )?${GOODS})?`,
      'gi',
    ),
    'how many products are out of stock',
  ],
  [
    new RegExp(`\\b(?:number|count) of ${GOODS} (?:that )?we(?:['’]re| are| have run) out(?: of)?\\b`, 'gi'),
    'how many products are out of stock',
  ],
  [
    new RegExp(`\\b${GOODS} with (?:nothing|none) left (?:${SHELF}|in stock):? how many`, 'gi'),
    'how many products are out of stock',
  ],
  [
    new RegExp(
      `\\bhow many (?:of our )?${GOODS} are (?:not available|unavailable)(?: any ?more)?(?: because (?:the )?stock is (?:finished|gone|out))?`,
      'gi',
    ),
    'how many products are out of stock',
  ],
];

export function stockWording(question: string): string {
  const text = rewritten(question, WORDING);
  return text
    .replace(/\bin stock (?=.*\bstock\b)/gi, '')
    .replace(/\b(stock(?: of [\p{L} ]+?)? (?:by|per) [^?.!]+?) in stock\b/giu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
