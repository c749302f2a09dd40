import { rewritten } from './rewritten.ts';

const PEOPLE = '(customers|people|buyers|shoppers|clients|folk)';
const BUY = '(?:bought|buy|buys|ordered|order|orders|purchased|purchase|shopped|shop)';
const WHO = '(?:(?:who|that|have|has|had|did|only|just|ever) )*';
const WITH_US = '(?: (?:from|with|at|to) us)?';
const COUNT = '(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)';
const ONE_TIME = '(?:once|one time|a single time|the once|the one time|one single time)';
/** Nothing behind 'most' that it is the most of: 'that earned us most margin' is by margin. */
const NO_FIGURE = `(?= (?:in|on|for|from|at|to|with|by|of|us|this|last|since|so|over|during|between|ever|yesterday|today|overall|per|each|and|\\d)\\b|[^\\p{L} ]|$)`;
/** At the head of a question, and not 'orders of customers who bought most'. */
const ASKED = '^(?:(?:and|so|please|show|give|list|name|me|find|get|which|who are|who were|the|our|top) )*';
const HOW = '(?:often|frequently|recent|recently|regularly|expensive|costly|popular|valuable|different)';
const SHARE = '(?:share|percentage|proportion|fraction|(?<!\\d ?)(?:percent|per cent|pct|%))';

/** How people speak of how often customers come, and of what they are worth, in the words of the model. */
const CUSTOMERS: readonly [said: RegExp, meant: string][] = [
  [/\bhow many individuals\b/gi, 'how many customers'],
  [/^customer numbers\b/i, 'number of customers'],
  [
    /\bhow often (?:does|did) (?:the|an) average (?:customer|person|shopper|buyer) (?:order|buy|shop|purchase)\b/gi,
    'orders per customer',
  ],
  [
    /\b(?:on average,? )?how many (?:orders|purchases) (?:has|have|does|did) (?:each|every|an?|the average|one) (?:customer|person|shopper|buyer) (?:placed?|made?|make)(?: on average)?(?= |\?|$)/gi,
    'orders per customer',
  ],
  [
    /\bhow many times (?:did|does|has|have) (?:each|every|an?|the average|one) (?:customer|person|shopper|buyer) (?:buy|bought|order|ordered|shop|shopped)(?: with us| from us)?,? on average\b/gi,
    'orders per customer',
  ],
  [
    new RegExp(
      `\\b${PEOPLE} ${WHO}${BUY}${WITH_US} (?:just |only |exactly )?${ONE_TIME}(?:,? (?:and|but) (?:never|not|did not|didn['’]t)(?: (?:come|came|return|returned|buy|bought|order|ordered|back|again|since|any more))*)?(?! (?:a|per|every|each)\\b)`,
      'gi',
    ),
    'customers with exactly one order',
  ],
  [
    new RegExp(
      `\\b${PEOPLE} (?:who |that )?(?:(?:only|just) )?(?:have|had|has|made|make|placed|place|with|did)(?: (?:only|just|exactly|the|a|ever))* (?:one|single|1|one single) (?:order|purchase|transaction)s?(?: each| and no more| and that was it| only)?(?! (?:or|a|per|to)\\b)`,
      'gi',
    ),
    'customers with exactly one order',
  ],
  [/\b(?:no|not) (?:fewer|less) than (?=\p{Sc}?\d|\p{L})/giu, 'at least '],
  [new RegExp(`\\b(${COUNT}) times or (?:more|more often|over)\\b`, 'gi'), 'at least $1 times'],
  [
    /^(?:and |so )?(?:the |what is the |what was the )?(?:total )?(?:number|count|no\.?) of (?:our |the )?(customers|people|buyers|shoppers|clients) (?:who|that) (?=(?:have |had )?(?:ordered|bought|spent|placed|purchased|shopped)\b)/i,
    'how many $1 ',
  ],
  [
    new RegExp(
      `^(?:what |which )?${SHARE} of (?:our |the |all )*(?:customers|people|buyers|shoppers|clients) ${WHO}ever (?:(?:came|come|been) back(?: to us| for (?:another|a second|more|a further)(?: orders?| purchases?| time)?)?|reordered|(?:bought|ordered|purchased|shopped)(?: with us| from us)? (?:again|a second time|more than once))[?.! ]*$`,
      'i',
    ),
    'repeat rate of all time',
  ],
  [
    new RegExp(
      `\\b(?:what |which )?${SHARE} of (?:our |the |all )*(?:customers|people|buyers|shoppers|clients)((?: (?:per|by|in each) \\p{L}+)?) ${WHO}(?:(?:bought|buy|buys|ordered|order|purchased|shopped|shop) again|reordered|reorder|${BUY}${WITH_US} (?:at least twice|twice or more|at least two times|two or more times|more than once|several times|multiple times)|(?:came|come|comes|been|was|were) back for (?:another|a second|more|a further)(?: orders?| purchases?| time)?|(?:are|is|were|was) repeat (?:buyers|customers|shoppers))\\b`,
      'giu',
    ),
    'repeat rate$1',
  ],
  [/\bat least two times\b/gi, 'at least twice'],
  [
    new RegExp(
      `\\b(?:customers|people|buyers|shoppers|clients) who (?:had |have )?(?:already )?(?:ordered|bought|shopped)${WITH_US} before,? (?:who )?(?:ordered|bought|shopped)(?: again)?\\b`,
      'gi',
    ),
    'returning customers',
  ],
  // Goods that a kind of customer bought are counted, and not the customers.
  [
    /\bhow many (?!(?:of|times|days|weeks|months|different|new|existing|returning|repeat|customers|people)\b)((?:[\p{L}&'-]+ ){1,3}?)(?:did|do|have|has|were) (?:the |our )?(new|first[- ]time|existing|returning|repeat) (customers|buyers|shoppers|clients) (?:buy|bought|purchased?|get)\b/giu,
    'how many $1were bought by $2 $3',
  ],
  [
    /^(?:the |our )?(new|first[- ]time|existing|returning|repeat) (customers|buyers|shoppers|clients) (?:bought|purchased|got) how many (?!(?:of|times|customers|people)\b)((?:[\p{L}&'-]+ ){0,2}?[\p{L}&'-]+)(?=[?.! ]*$| (?:in|on|last|this|since|during|from)\b)/iu,
    'how many $3 were bought by $1 $2',
  ],
  [
    /\bhow many (orders|purchases|invoices) (?:did|do|have|has|were) (?:the |our )?(new|first[- ]time|existing|returning|repeat) (customers|buyers|shoppers|clients) (?:place|make|made|placed|give|gave)\b/gi,
    'how many $1 by $2 $3',
  ],
  [
    /(?<=\b(?:bought|orders|purchases|invoices) by )existing(?= (?:customers|buyers|shoppers|clients)\b)/gi,
    'returning',
  ],
  [
    /\bexisting (customers|buyers|shoppers|clients) (?:bought|ordered|shopped)(?: again)?\b(?! (?:how|what|the|most|more|fewer|less|for)\b)/gi,
    'returning customers',
  ],
  [
    /\bhow many (?:of (?:the |our )?)?(customers|people|buyers|shoppers|clients) (?:were|are|was|is) (?:brand[- ])?new\b(?! (?:vs|versus|and|or|against|to)\b)/gi,
    'how many new $1',
  ],
  [/\bbrand[- ]new\b/gi, 'new'],
  [
    /\b(customers|people|buyers|shoppers|clients) (?:took|take|taken|carried) (?:home|away) (?=\p{L})/giu,
    '$1 bought ',
  ],
  [
    /\b(?:how|what does|how much does|how much did) (?:much )?(?:does |did )?(?:an? |the average )?(order|basket|transaction|sale|purchase) (?:come|came|amount|amounted|work out|add up) (?:to|at)(?: on average)?\b/gi,
    'average order value',
  ],
  [
    /\bhow many (?:customers|people|shoppers|buyers) (?:got|received|had|have) (?:their |an? |the )?(?:orders?|parcels?|deliver(?:y|ies)|packages?) (?:too )?late\b/gi,
    'customers with late orders',
  ],
  [
    new RegExp(
      `\\b(${COUNT}) (?:highest|biggest|top|best|heaviest)[- ]spending (?:customers|people|buyers|shoppers|clients)\\b`,
      'gi',
    ),
    'top $1 customers by revenue',
  ],
  [
    new RegExp(
      `\\b(?:the |our )?(?:top )?(${COUNT}) (customers|people|buyers|shoppers|clients) (?:that|which|who) (?:have |has )?(?:(?:spent|paid|brought in|brought|made|given|gave|handed over)(?: us)?|are worth|were worth) (?:the )?most(?: money| revenue| sales|${NO_FIGURE})(?: with us| to us| for us)?(?: by revenue)?\\b`,
      'gi',
    ),
    'top $1 customers by revenue',
  ],
  // 'customers who bought most sneakers' are customers, and no product that most customers bought.
  [
    new RegExp(
      `${ASKED}((?:${COUNT}) )?(?:customers|people|buyers|shoppers|clients) (?:that|which|who) (?:have |has |had )?(?:placed|made|put in) (?:the )?(most|fewest) orders\\b`,
      'gi',
    ),
    'which $1customers had the $2 orders',
  ],
  [
    new RegExp(
      `${ASKED}(?:customers|people|buyers|shoppers|clients) (?:that|which|who) (?:have |has |had )?(?:bought|ordered|purchased|took home) (?:the )?most (?!${HOW}\\b)(?=\\p{L})`,
      'giu',
    ),
    'which customers bought the most ',
  ],
  [
    new RegExp(
      `\\b(?:who (?:are|were) )?(?:the |our )?(${COUNT}) (customers|people|buyers|shoppers|clients) worth (?:the )?most(?: money)?(?: with us| to us| for us)?`,
      'gi',
    ),
    'top $1 customers by revenue',
  ],
  [
    new RegExp(
      `\\b(?:the |our )?(?:top )?(${COUNT}) (branches|shops|stores|categories|brands|cities|regions|countries|channels|products) (?:that|which) (?:have |has )?(?:brought in|brought|made|took|taken|earned|generated|turned over|pulled in|raked in)(?: us)? (?:the )?most(?: money| revenue| sales|${NO_FIGURE})`,
      'gi',
    ),
    'top $1 $2 by revenue',
  ],
  // Whose they are or who brings them back is no second thing beside what is ranked.
  [
    /\b((?:top|bottom|best|worst|biggest|leading)(?: \d+| two| three| four| five| ten)? (?:cities|towns|countries|states|regions|branches|shops|stores)) (?:that |which |where )?(?:our |the |most )?(?:customers|people|buyers|shoppers|clients) (?:come from|live in|live|are from|are based in|are based|shop in|shop at|shop|order from|buy from|buy in)(?=,? (?:ranked |measured |in order )?(?:by|of) (?!(?:month|week|day|year|quarter|each|branch|city|country|region|category|brand|channel)\b))/gi,
    '$1',
  ],
  [
    /\b((?:top|bottom)(?: \d+| two| three| four| five| ten)? (?:products|items|articles|brands|categories|subcategories|departments)) (?:that |which )?(?:our |the )?(?:customers|people|buyers|shoppers|clients) (?:return|returned|send back|sent back|bring back|brought back)(?: most)?(?=[?.!,]|$| (?:in|last|this|so far|during|since|by)\b)/gi,
    '$1 returned',
  ],
  [
    /\b(?:on average,? )?(?:what|how much) (?:does|did|do|has|have) (?:an?|each|every|the|one|our)(?: average| typical)? (?:customer|person|buyer|shopper|client) (?:spend|spent)(?: with us)?(?: on average)? (?:per|on each|on every|on an|each|in each) (?:order|basket|transaction|purchase)(?: on average)?/gi,
    'average order value',
  ],
  [
    /\bon average,? (?:what|how much) (?:does|did|do|has|have) (?:an?|each|every|the|one|our)(?: average| typical)? (?:customer|person|buyer|shopper|client) (?:spend|spent)(?: with us)?\b/gi,
    'average revenue per customer',
  ],
  [
    /\b(?:what|how much) (?:does|did|do|has|have) (?:an?|each|every|the|one|our)(?: average| typical)? (?:customer|person|buyer|shopper|client) (?:spend|spent)(?: with us)?,? on average\b/gi,
    'average revenue per customer',
  ],
  [
    /\bwhy (?:do|did|are|were|have) (?:(?:our|the|so many) )*(?:customers|people|buyers|shoppers|clients|they|we)(?: been)? (?:got|getting|get|gets|asking for|ask for|asked for|claiming|claim|want|wanting|given|giving|give|receiving) (?:their |so many )?(?:refunds?|refunded|money back)\b/gi,
    'refunds by refund reason',
  ],
  [
    /\bcustomers (?:that|who) (?:have|did|had) ?(?:not|n['’]t) (?:come back|came back|returned|return|order|ordered|bought|buy|shopped|shop)(?: to us)? ((?:this|since|in) [^?.!,]{2,20}?) after (?:ordering|buying|shopping)(?: with us| from us)? ((?:last|in) [^?.!,]{2,20}?)(?=[?.!,]|$)/gi,
    'customers who ordered $2 but not $1',
  ],
  [
    /\b(customers?|people|buyers|who)\b([^?.!]*?\b(?:last (?:year|month|quarter)|(?:19|20)\d\d)),? (?:and|but) (?:with )?(?:(?:no|zero|not one|not a single) (?:orders?|purchases?|sales)|none|zero|nothing)(?: at all)? (?=(?:so far )?(?:this|since|in)\b)/gi,
    '$1$2 but not ',
  ],
]; // prettier-ignore

export function spokenCustomers(question: string): string {
  return rewritten(question, CUSTOMERS).replace(
    /\b(customers|people|buyers|shoppers|clients) with orders (last (?:year|month|quarter)|in (?:19|20)\d\d) but not\b/gi,
    '$1 who ordered $2 but not',
  );
}
