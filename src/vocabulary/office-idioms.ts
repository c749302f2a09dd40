import { bothWays, officeMoney } from './office-money.ts';
import { officeTimes } from './office-times.ts';
import { rewritten } from './rewritten.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const BUYERS = '(?:customers?|people|buyers?|shoppers?|clients?|they|someone)';
const METHOD = '(cash|card|credit card|paypal|vouchers?|gift cards?|invoice)';
const HARDER =
  '(?:brought|brings?|made|makes?|has|had|gets?|got|sold|sells|is used|was used|gets used|took|takes|earned|earns|generated|generates|gave|drove|drives)';

/** How finance, the owner and marketing say things that the model knows by another name. */
const IDIOMS: readonly [said: RegExp, meant: string][] = [
  // A formula in brackets says once more how a figure is made.
  [/ ?\([^()\d]{3,60} (?:\/|divided by|÷) [^()\d]{3,60}\)/gi, ''],
  [
    new RegExp(
      `\\b(redeemed|used|paid|returned|bought|ordered|placed|spent|cashed in|sent back) by (?:our |the |all )?${BUYERS}\\b(?! (?:type|segment|group|id|name|and\\b))`,
      'gi',
    ),
    '$1',
  ],
  [
    /\b(?:lost|loses?|losing|lose|cost|costs|costing)(?: us)? (?:the )?most(?: money)? (?:to|in|on|through|from|via|with|by) (refunds|discounts|discounting)\b/gi,
    'had the highest $1',
  ],
  [
    /\b(?:lost|loses?|losing|lose|cost|costs|costing)(?: us)? (?:the )?least(?: money)? (?:to|in|on|through|from|via|with|by) (refunds|discounts|discounting)\b/gi,
    'had the lowest $1',
  ],
  [/\bwhat(?:['’]?s| is| was) the damage (?:on|for|from) /gi, 'how much did we spend on '],
  [
    /\b(new customers)(?: (?:that|who|which|have|has|had|actually))* (?:joined|signed up|registered|came on board|enrolled)(?: (?:us|with us))?\b/gi,
    '$1',
  ],
  [
    /\bfrom (which|what) (city|cities|state|states|town|towns|region|regions) (?:did|do|does|have) (?:our |the |all )*(?:sellers|merchants|vendors) (?:sell|sold) (?:the )?(most|least)\b/gi,
    '$1 seller $2 sold the $3',
  ],
  [
    /\b(?:lost|loses?|losing|are losing|is losing)(?: us)? (?:the )?most money\b/gi,
    'had the lowest ledger profit',
  ],
  [
    /\bhow much of (?:the |our )?(?:(?:revenue|sales) )?(?:budget|target|plan) (?:did|have|has|do|are|were) we (?:already )?(?:reach|reached|hit|achieved?|make|made|meet|met|fulfil\w*|got|get|at)\b/gi,
    'revenue budget reached',
  ],
  [
    /\b(?:of|for|in|at|from|,) ?(?:the |our |all )*(?:physical |high[- ]street )?(?:shops|stores) (?:only|alone)\b|(?<=[\p{L}\d)],?) (?:(?:of|for|in|at|from) )?only (?:in )?(?:the |our )?(?:physical )?(?:shops|stores)\b(?= (?:in|for|last|this|ytd)\b|[?.!,]|$)/giu,
    ' in store',
  ],
  [
    /\b(online|on the web|in the web ?shop|via web|over the web)\b([^?.!,]*),? (?:vs?\.?|versus|against|compared (?:to|with)|and|or) (?:in |to |with |at )?(?:the |our )?(?:physical )?(?:stores|shops|branches|high street)\b/gi,
    'online vs in store$2',
  ],
  [
    /\b(?:in|from|at) (?:the |our )?(?:physical )?(?:stores|shops|branches)\b([^?.!,]*),? (?:vs?\.?|versus|against|compared (?:to|with)) (?:the )?(?:online|web)\b(?! shop)/gi,
    'in store vs online$1',
  ],
  [
    /\b(?:ledger |booked )?income (?:minus|less|net of|-) (?:all )?(?:the |our )?(?:booked )?(?:expenses|costs|expenditure)\b/gi,
    'ledger profit',
  ],
  [
    /\b(?:what|how much)(?:['’]s| is| do we have| have we| do we still have| have we got| has been| remains?| was)(?: still)? (?:left|remaining|unspent|over|available) (?:of|in|from|on|for|to spend (?:on|for|of)) (?:the |our )?(\p{L}+(?: \p{L}+)? )?budget\b/giu,
    'budget left for $1',
  ],
  [
    /\bhow much (?:of (?:the |our )?)?((?!revenue|sales)\p{L}+ )?budget (?:is|do we have|have we|do we still have|remains?|was|are we)(?: still)?(?: got)? ?(?:left|remaining|unspent|available|to spend|over)?\b(?=$|[?.!,]| (?:for|in|of|this|to|at|on)\b)/giu,
    'budget left for $1',
  ],
  [
    /\b((?!revenue|sales|the|our|of|in)\p{L}+) budget (?:left|remaining|unspent|still available|not (?:yet )?(?:spent|used))\b/giu,
    'budget left for $1',
  ],
  [/\b(?:left|remaining|unspent|available) ((?!revenue|sales)\p{L}+) budget\b/giu, 'budget left for $1'],
  [/\bbudget left for (?:for )?(?=[?.!,]|$|(?:for|in|of|this|to|at|on)\b)/giu, 'budget left '],
  [/\b(budget left\b[^?.!:]*):[^?.!]*\b(?:less|minus)\b[^?.!]*/gi, '$1'],
  [/\b(vat|tax|gst|sales tax) liabilit(?:y|ies)\b/gi, '$1 due'],
  [/\b(due|owed|payable)\b([^?.!]*?),? as (?:booked|posted|recorded)\b/gi, '$1$2'],
  [
    /\bhow close (?:to|are we to) (?:the |our )?(?:\p{L}+ )?(budget|target|plan)(?: (?:are|were|is|was) we)?\b/giu,
    'revenue budget reached',
  ],
  [
    /\b(refunds?|discounts?|returns?|refunded|discounted)(?: the)? (most|least),? (?:relative to|in relation to|in proportion to|compared (?:to|with)|for) (?:its|their|the|his|our)(?: own)? (?:sales|revenue|turnover)\b/gi,
    'has the $2 $1 rate',
  ],
  [/\bhas the most (refund|discount|return)(?:s|ed)? rate\b/gi, 'has the highest $1 rate'],
  [/\bhas the least (refund|discount|return)(?:s|ed)? rate\b/gi, 'has the lowest $1 rate'],
  [
    new RegExp(`\\bhow many ${METHOD} (?:were |was |got |have been )?(?:redeemed|cashed in)\\b`, 'gi'),
    'number of payments by $1',
  ],
  [
    new RegExp(
      `\\b(?:how much )?(?:(?:in|of) )?${METHOD}(?: payments)? (?:was |were |did we |have we |has been |we )*(?:redeemed|cashed in|taken|received|collected)\\b`,
      'gi',
    ),
    'payments by $1',
  ],
  [/\b(paid|pay|payments?|settled) (?:partly|partially|in part|at least partly)\b/gi, '$1'],
  [/\b(?:discounted|discount|given) away (?:in discounts?)?/gi, 'discounts '],
  [/\bhow much (?:did|do|have) we discounts?\b/gi, 'how much discounts'],
  [
    /\b(?:cash|money|capital)(?: is| are)?(?: currently)? (?:tied up|sitting|bound|locked up|stuck) in (?:the |our )?(?:stock|inventory)\b/gi,
    'stock value',
  ],
  [
    /\bwho (?:did|do|have) we (?:pay|paid|spen[dt])(?: the)? most(?: to| money)?(?: money)?\b/gi,
    'highest expenses by counterparty',
  ],
  [
    new RegExp(
      `\\bhow long (?:do|does|did|must|have) (?:our |the )?${BUYERS}(?: have to| had to)? (?:wait|waited)(?: for (?:their |an |the |a )?(?:parcels?|orders?|deliver(?:y|ies)|packages?|shoes|goods|stuff|things))?\\b(?! for (?:their |an |the |a )?(?:money|refund|repayment|reimburse))`,
      'gi',
    ),
    'average delivery time',
  ],
  [
    /\bhow much of (?:our |the |all )?(revenue|sales|turnover) (?:goes|went|is going|go|is spent|was spent|is eaten up) (?:in ?to|on|towards|by) (?:the |our )?((?!each|which|what|the)\p{L}+(?: of goods(?: sold)?)?)/giu,
    '$2 as % of $1',
  ],
  [
    /\bwhat (?:percentage|percent|share|part|proportion|%) of (?:our |the |all )?(revenue|sales|turnover) (?:do|does|did|is|are|was|were) (?:the |our )?((?!it\b|we\b|this\b|that\b|web\b|online\b|each\b)\p{L}+(?: of goods(?: sold)?)?) (?:eat(?:ing|en)?(?: up)?|costs?|take(?: up)?|consume|swallow(?: up)?|use up)(?: us)?\b/giu,
    '$2 as % of $1',
  ],
  [
    new RegExp(
      `\\b(which|what) (\\p{L}+) ${HARDER}(?: us)?(?: in)? (?:the )?(more|less|fewer) (often|frequently)(?! than\\b)(?![^?]* or )`,
      'giu',
    ),
    '$1 $2 has the $3 orders',
  ],
  [
    new RegExp(
      `\\b(which|what) (\\p{L}+) (${HARDER})(?: us)?(?: in)? more (?=(?!than\\b|from\\b|in\\b)\\p{L})(?![^?]* (?:or|than) )`,
      'giu',
    ),
    '$1 $2 $3 the most ',
  ],
  [/\bhas the (?:more) orders\b/gi, 'has the most orders'],
  [/\bhas the (?:less|fewer) orders\b/gi, 'has the fewest orders'],
  [/,? and by how (?:much|many) more\b/gi, ''],
  [
    /^(?:and |so )?what sells (better|best|more|worse|less|well)[,:;]? (?:the )?(.+?) or (?:the )?(.+?)(?: (?:stuff|things|goods|products|items|ones))?(?=[?.!,]|$| (?:this|last|in|ytd|since|so)\b)/i,
    'revenue of $2 vs $3',
  ],
  [
    /\b(?:customers|people|buyers|shoppers|those)(?: who are| that are)? spending (?=(?:more|over|above|less|under|at least|between|upwards|[£$€]))/gi,
    'customers who spent ',
  ],
  [/\bper pair of (?=\p{L})/giu, 'per unit of '],
  [/\b(?:an?|each|every|the) pair of (?=\p{L})/giu, ''],
  [/\b(web|online|internet)[ -]?(?:shop |store )?warehouse\b/gi, 'web shop'],
  [
    /\b(above|over|below|under|beyond|behind|ahead of) (?:its|their|the|our)(?: own)?( sales| revenue)? (budget|target|plan)\b/gi,
    '$1$2 $3',
  ],
  [
    /\b(best|worst|busiest|quietest|strongest|weakest|slowest|biggest) (mon|tues|wednes|thurs|fri|satur|sun)day\b/gi,
    '$1 day on $2days',
  ],
  [/\bon ((?:mon|tues|wednes|thurs|fri|satur|sun))days ever\b/gi, 'on $1days of all time'],
  [
    /\b(?:on )?how many (days|weeks|months)\b([^?.!]*?) did we (?:sell|make|take|turn over|do|earn|have sales of) (?:for )?(?=(?:more|over|above|less|under|below|at least)\b[^?.!]*[£$€\d])/gi,
    'how many $1$2 had revenue ',
  ],
  [
    new RegExp(
      `\\b(${MONTH}) sale (vs?|versus|against|compared (?:to|with)) (?:the )?(${MONTH}) sale\\b`,
      'gi',
    ),
    '$1 $2 $3',
  ],
  [
    /(?<=budget reached\b.*)[?.,;:]? ?(?:(?:in|as) )?(?:a |the )?(?:percent|percentage|%) of (?:the |our )?(?:month(?:['’]s|ly)? |year(?:['’]s|ly)? |annual |full |whole )*(?:budget|target|plan)\b/gi,
    '',
  ],
]; // prettier-ignore

/** Customers, and how they are told apart. */
const CUSTOMERS: readonly [said: RegExp, meant: string][] = [
  [
    /\b(?:used|using|use|had|with|redeemed|applied) (?:an? |any |one of (?:the|our) )?(?:discount|promo(?:tion)?|voucher|coupon) codes?\b/gi,
    'with a coupon',
  ],
  [
    /\b(which|what) (\p{L}+) do (?:our )?(new|returning) (?:customers|buyers) (?:buy|purchase|order)(?: the)? most\b/giu,
    '$1 $2 sold the most units by $3 customers',
  ],
  [/\binactive (?=customers\b)/gi, 'lapsed '],
  [
    /\b(orders?|revenue|sales|units|turnover)((?: (?:are|were|is|was|come|comes|came|made|placed|we get|do we get))*) (?:from|by|with|through) (?:our |the )?(?:repeat|existing|regular) (customers|buyers)\b/gi,
    '$1$2 by returning $3',
  ],
  [
    /\b(share|percentage|percent|pct|proportion|part|%) of (?:the )?(new|returning|repeat|existing) (?:customers|buyers)(?:['’])? (?:in|of) (?:the |our |all |total )*(revenue|sales|turnover|orders|units)(?: sold)?\b/gi,
    '$1 of $3 by $2 customers',
  ],
  [
    /\b(?:returning|existing|repeat|old)(?: customers| ones| buyers)? (vs\.?|versus|and|or|against|&|compared (?:to|with)) (?:how many )?new(?= (?:customers|ones|buyers|shoppers)\b)/gi,
    'new $1 returning',
  ],
  [
    /\bhow many new(?: customers| ones| buyers)? (?:and|vs\.?|versus|or) (?:how many )?(?:were )?(?:returning|existing|repeat|old)(?: customers| ones| buyers)?\b/gi,
    'number of new customers and returning customers',
  ],
  [
    /\b(share|pct|percentage|percent|proportion|part|%) of (?:the )?(?:people|customers|buyers|shoppers|those)(?: who (?:bought|ordered|shopped|purchased))?(.{0,30}?) (?:had|have|has) (?:already |ever )?(?:bought|ordered|shopped|purchased|been)(?: something| here| there)?(?: from us| with us| at ours)?(?: here)? before\b/gi,
    'share of returning customers$2',
  ],
  [
    /^(?:our |the )?(?:customers|people|buyers|shoppers|clients) (?:with|who (?:have|had|placed|made)) (?=(?:at least|more than|over|under|less than|fewer than|exactly|\d+ or more|\d+\+|\d+ plus|up to) ?(?:\d+ )?(?:or more )?(?:\d+ )?(?:\w+ )?orders\b)/i,
    'number of customers with ',
  ],
  [
    /^(?:our |the )?(?:customers|people|buyers|shoppers|clients) (?:with|who (?:have|had|placed|made)) (?=(?:\d+ or more|\d+\+|\d+ plus) orders\b)/i,
    'number of customers with ',
  ],
]; // prettier-ignore

/** Words cut short. */
const CUT_SHORT: readonly [said: RegExp, meant: string][] = [
  [/\bcusts?\b\.?/gi, 'customers'],
  [/\bw\/(?!o\b|c\b|e\b)\s*/gi, 'with '],
  [/\bincl\b\.?/gi, 'including'],
  [/\bexcl\b\.?/gi, 'excluding'],
  [/\bavg\b\.?/gi, 'average'],
  [/\b(?:qtr|qrtr)s?\b\.?/gi, 'quarter'],
  [/\b(?:mth|mnth)s?\b\.?/gi, 'month'],
]; // prettier-ignore

export function officeIdioms(question: string): string {
  const inFull = inOrder(CUT_SHORT, question);
  return bothWays(inOrder(IDIOMS, officeMoney(inOrder(CUSTOMERS, officeTimes(inFull)))));
}

function inOrder(wordings: readonly (readonly [said: RegExp, meant: string])[], question: string): string {
  return rewritten(question, wordings);
}
