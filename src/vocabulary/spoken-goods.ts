import { rewritten } from './rewritten.ts';

const COUNT = '(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)';
const BACK = '(?:returned|came back|come back|sent back|brought back|handed back|go back|went back)';
const BY_UNITS =
  ',? (?:by|in|in terms of|going by|measured in) (?:(?:number of|the number of) )?(?:units|pieces|items|quantity|volume|pairs)';
const GOODS = '(products?|items?|lines?|articles?|styles?|models?|things)';
const SOLD = '(?:sold|sell|shifted|shift|moved|move)';
const NO_MONEY =
  '(?!(?:pieces|units|items|pairs|orders|sales|refunds|returns|money|budget|customers|people)\\b)';

/** How the trade speaks of goods that move, lie still and come back. */
const GOODS_SAID: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `^(?:and |so )?how many (?!(?:new |returning |different |open |late |\\p{L}+ )?(?:products?|styles|lines|articles|items|units|suppliers|sellers|staff|employees|stores|shops|branches|brands|categories|orders|customers|people|refunds|returns|deliveries|accounts|coupons|payments|sales|regions|cities|countries|channels|members|departments|subcategories)\\b)([\\p{L}&'’ -]{3,40}?) (?:do we|have we|does the shop)(?: still| currently)? (?:have|got|hold|stock)(?: left| in stock)? (?=(?:at|in|by|per|for) (?:each|every|all|\\p{Lu}|branch|shop|store))(?![^?.!]*\\b(?:last|this|yesterday|since|(?:19|20)\\d\\d|q[1-4])\\b)`,
      'iu',
    ),
    'stock of $1 ',
  ],
  [
    /^(?:which|what) (?:of our )?(branches|shops|stores) (?:have|has|hold|stock|still have|have got) (?!(?:the|any|no|more|most|less|sales|orders)\b)([\p{L}&'’ -]{3,40}?),? and how many(?: of them| each| do they have)?(?=\s*[?.!]*$)/giu,
    'stock of $2 by $1',
  ],
  [/\borders (?:that )?(?:are )?(?:still )?outstanding\b/gi, 'undelivered orders'],
  [
    /\borders (?:that |which )?we (?:still|yet) (?:have|need|have got) to (?:deliver|send|get out)\b/gi,
    'undelivered orders',
  ],
  [
    /\bhow many (?:things|bits|articles) (?:did|has|have|does|do) (?=[^?.!]{3,40} (?:shift|sell|flog|shifted|sold)\b)/gi,
    'how many units did ',
  ],
  [
    /\b(how many|number of|count of|count) (orders|baskets|purchases|transactions)((?: [^?.!,]{2,25}?)?) (?:held|contained|included|comprised|were made up of|consisted of) (?=(?:more|over|at least|less|fewer|under|exactly|only|just|\d|one|two|three|four|five|six|ten)\b)/gi,
    '$1 orders$3 had ',
  ],
  [
    /\b(?!(?<=\b(?:which|what) )(?:products|items|articles) have no stock\b(?! left))(products|items|articles|lines|things) (?:(?:that|which|where|have|has|do|we|with|are) )+(?:no stock left|none left|none in stock|none of in stock|none of left|nothing left|no stock|sold out of|run out of|zero stock|0 stock|run dry)\b(?![^?.!]* but\b)/gi,
    'products out of stock',
  ],
  [
    /\bhow many (?:days|working days) (?:did|does|do|has|is|was) it (?:take|taken|took)(?: us)?(?: on average)? to (?:deliver|get (?:orders|parcels) (?:out )?to (?:customers|people))(?: on average)?/gi,
    'average delivery time',
  ],
  [
    /\b(?:after|past|later than) (?:the|their|its) (?:promised|estimated|expected|agreed|delivery) (?:delivery )?(?:date|day|time)\b/gi,
    'late',
  ],
  [
    /\b(?:worth|value) of (?:what|everything|all) (?:that )?we (?:hold|have|keep|stock|carry)(?: in stock)?\b/gi,
    'stock value',
  ],
  [
    /\b(?<!(?:order|invoice|document|ledger|journal|budget) )(?<!\b(?:than|over|above|under|below|least|at most|exactly|only|with|has|have|had|contain\w*) )(top|bottom|best|worst|selling|returned|which|what|our|sold|discontinued|dead|\d{1,3}|three|four|five|six|seven|eight|nine|ten|twenty) lines\b(?! (?:per|in|on|of) )/gi,
    '$1 products',
  ],
  [
    new RegExp(`\\b(which|what|the|our|top|best|bottom|worst) (${COUNT}) (?:items|things|articles)\\b`, 'gi'),
    '$1 $2 products',
  ],
  [
    new RegExp(
      `\\b(?:the |our |top )*(${COUNT}) most[- ]?(returned) (products|items|articles|things|categories|brands|styles)(?:${BY_UNITS})?`,
      'gi',
    ),
    'top $1 $3 by returned units',
  ],
  [
    new RegExp(
      `\\b(?:the |our |top )(${COUNT}) (?:returned) (products|items|articles|things|categories|brands|styles)\\b(?:${BY_UNITS})?`,
      'gi',
    ),
    'top $1 $2 by returned units',
  ],
  [/\btop (\w+) (?:items|articles|things) by returned units\b/gi, 'top $1 products by returned units'],
  [
    new RegExp(
      `\\b(?:the |our |which |what )+(${COUNT}) (products|items|articles|things|categories|brands|styles) (?:(?:that|which|our|customers|people|were|was|are|get|got|have|has|been) )*${BACK} (?:the )?most(?: often)?([^?.!]{0,25}?)(?:${BY_UNITS})?(?=[?.! ]*$)`,
      'gi',
    ),
    'top $1 $2 by returned units$3',
  ],
  [new RegExp(`\\b(${BACK})\\b([^?.!]{0,40}?)${BY_UNITS}\\b`, 'gi'), '$1$2 by returned units'],
  [new RegExp(`\\b${SOLD}(?: the)? most (?:pieces |units |pairs )?of\\b`, 'gi'), 'sold the most units of'],
  [
    new RegExp(
      `\\b(?:what|which|the|our|give me the) (${COUNT}) (products|categories|brands|branches|shops|stores|styles|models) (?:(?:that|which|we|have|has|had|customers|people) )*(?:sold|sell|shifted|shift|moved|bought|buy)(?: the)? most (?:units|pieces|pairs|items)(?: of)?\\b`,
      'gi',
    ),
    'top $1 $2 by units',
  ],
  [
    /\b(?:move|shift)(?:d|ed)? ((?:the )?(?:more|most|fewer|fewest|less|least)) (units|pieces|pairs|items)\b/gi,
    'sold $1 $2',
  ],
  [/\b(by|in|on|in terms of) volume\b(?! of| discount)/gi, '$1 units'],
  [/\b(?:flew|fly|flying|flown) off (?:the|our) shelves\b/gi, 'sold the most units'],
  [
    /\bhow many (?:items|things|units|pieces|pairs|products|articles) (?:(?:are|is|there|go|goes|were|was) )*(?:in|does|do|did) (?:the |an? |our )?(?:average|typical|normal) (?:basket|order|transaction|cart)(?: contain| have| hold)?\b/gi,
    'items per order',
  ],
  [
    /\bhow many (?:items|things|units|pieces|pairs|products|articles) (?:do|did|does) (?:people|customers|shoppers|buyers|they|a customer|we sell|we) ?(?:buy|order|get|take|put|sell)? (?:per|in an?|in each|on each|in one) (?:order|basket|transaction|purchase|cart)\b/gi,
    'average items per order',
  ],
  [
    /\bhow many (units|pieces|items|pairs|goods)(?: of [^?.!,]{3,25}?)? (?:are|is) (?:still |currently )?(?:sitting|lying|kept|held) (?=in stock|on hand)/gi,
    '$1 ',
  ],
  [
    /\bhow many (?:units|pieces|items|pairs|goods) (?:are|is) (?:(?:still|currently|sitting|lying|left|there|sat) )*on (?:the |our )?(?:shelf|shelves|rails?)\b/gi,
    'stock',
  ],
  [
    new RegExp(
      `\\bhow many ${NO_MONEY}([\\p{L}&'’ -]{3,40}?) (?:are|is|were|do we have|have we(?: got)?) (?:still |currently |just )*(?:sitting|lying|gathering dust|parked)(?: around| about)? (?=(?:in|at|on)\\b)`,
      'giu',
    ),
    'stock of $1 ',
  ],
  [
    new RegExp(
      `\\bhow many ${NO_MONEY}([\\p{L}&'’ -]{3,40}?) (?:have we|do we have|has the shop|have they) (?:still )?(?:got )?left (?=(?:in|at|on)\\b)`,
      'giu',
    ),
    'stock of $1 ',
  ],
  [
    new RegExp(
      `\\bhow many ${NO_MONEY}([\\p{L}&'’ -]{3,40}?) (?:are|is|sit|do we have) on (?:the |our )?(?:shelf|shelves|rails?)\\b`,
      'giu',
    ),
    'stock of $1',
  ],
  [/\bstock of (?:pieces|units|items|pairs|goods)\b/gi, 'stock'],
  [
    new RegExp(
      `\\b${GOODS} (?:of ours )?(?:that |which |we )?(?:(?:have|has|did|had|do|does) ?(?:not|n['’]t|never) ?|never )(?:been )?${SOLD}(?: (?:a single|any|one|even one|even a single) (?:unit|piece|pair|one|sale|time)s?| at all| once| even once)*`,
      'gi',
    ),
    '$1 never sold',
  ],
  [
    new RegExp(
      `\\b${GOODS} (?:that |which )?(?:with|without|have had|had|have|has had|made|make|saw)(?: only| exactly)? ?(?:a single|any|even a single|zero|nil|0|not a single|no) (?:sales?|units? sold)\\b(?<=\\b(?:without|zero|nil|0|no|not a single) .*)`,
      'gi',
    ),
    '$1 never sold',
  ],
  [
    new RegExp(
      `\\b${GOODS} (?:that |which )?(?:nobody|no one|no-one|not one customer|not a soul) (?:has |have )?(?:bought|ordered|wanted|purchased)\\b`,
      'gi',
    ),
    '$1 never sold',
  ],
  [/\b(?:lines|items|things) never sold\b/gi, 'products never sold'],
  [
    /\borders? (?:that |which |have |has |had )*(?:went|gone|go|goes|going) out (?:of )?(?:the )?door\b/gi,
    'orders dispatched',
  ],
  [
    /\borders? (?:that |which |have |has )*(?:landed|reached|arrived|turned up|got there|made it|got)(?: with| at| to)? (?:the |our )?(?:customers?(?:['’]? doors?(?:teps?)?)?|people|buyers|them|doors?(?:teps?)?)\b/gi,
    'orders delivered',
  ],
  [
    /\bhow (?:quickly|fast|soon|speedily) (?:do|did|are|were|have|can) (?:we (?:deliver|get (?:orders|parcels|things|stuff) (?:out )?to (?:customers|people)|delivering|delivered)|(?:our |the )?(?:orders|parcels|packages) (?:delivered|arrive|get there|get delivered|reach (?:customers|people|them)))\b/gi,
    'average delivery time',
  ],
]; // prettier-ignore

export function spokenGoods(question: string): string {
  return rewritten(question, GOODS_SAID);
}
