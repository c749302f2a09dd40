import { rewritten } from './rewritten.ts';

const KINDS = '(?:customers?|buyers?|shoppers?|ones)';
const WITHOUT = '(?:without|with no|w\\/o|missing|lacking)';
const NUMBER = '(?:customer |client )?(?:ids?|numbers?|no\\.?|nos\\.?|accounts?|codes?)';

/** How those speak who write invoices and keep customers: each way is brought to the one that the model knows. */
const SAME: readonly [RegExp, string][] = [
  [
    /\b(invoices|orders|sales|documents)((?: (?:that|which))?(?: (?:in|for|of|since|this|last) [\p{L}\d ]{2,20}?)?)(?: (?:have|has|had|with|carry|show|bear|got|are|were|came|come))? (?:no|without(?: an?| any)?|missing(?: an?| the| any)?|lack(?:ing)?(?: an?| any)?) (?:customer|account|client)(?: (?:number|id|code|no\.?|reference|name))?(?: (?:on|against|attached|linked|given|recorded|to|for)(?: (?:them|it))?)*(?! (?:id|number)\b)/giu,
    '$1 without a customer$2',
  ],
  [
    /\b(?:after|less|minus|net of|once) (?:you |we |i )?(?:tak(?:e|ing)|deduct(?:ing)?|subtract(?:ing)?|knock(?:ing)?|remov(?:e|ing)|strip(?:ping)?|net(?:ting)?|account(?:ing)?|allow(?:ing)?)(?: (?:off|out|away|for|of))? (?:the |all |all the )?(cancellations|refunds|returns|discounts|credit notes|cancelled (?:ones|orders|invoices))/gi,
    'net of $1',
  ],
  [
    /\bnet (sales|revenue|turnover|takings)((?: (?:in|for|of|during|over|this|last) [\p{L}\d ]{2,25}?)?) net of (\p{L}+)/giu,
    '$1 net of $3$2',
  ],
  [
    /\s*[(,;–-]\s*(?:as |because |since )?(?:we|the shops?|the company) (?:do not|don['’]?t|never|are not|aren['’]?t) (?:trad(?:e|ing)|open|sell(?:ing)?|ship(?:ping)?|deliver(?:ing)?|work(?:ing)?)(?: on)? (?:a )?(?:saturday|sunday|weekend)s?(?: by the way)?\)?(?=[?.! ]*$)/gi,
    '',
  ],
  [
    /\bhow much (more |less |better |worse )?(?:did|have|do) (?:we|the shops?|the company|the business) (?:do|done)\b(?= (?:in|on|during|over|from|between|than|vs|last|this|so far|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4])|[?.! ]*$)/gi,
    'how much $1revenue did we make',
  ],
  [/\bhow much (more|less|better|worse) revenue did we make/gi, 'how much $1 revenue did we make'],
  [
    /\bhow much (?:did|does|do|has|have) (?:each|each one|each of (?:them|those|these)|every one|they each) (?:of them )?(?:spend|pay|fork out|spent)(?: (?:with us|here|each))?(?: on average)?/gi,
    'average spend per customer',
  ],

  // 'what did we invoice in Spain' asks for money; 'invoices' are counted.
  [
    /\b(?:what|how much) (?:did|do|have|has|had|does) (?:we|you|they|the company) (?:invoiced?|bill(?:ed)?)(?: out)?(?: to| for)?\b/gi,
    'revenue of',
  ],
  [/\b(shipping|freight|postage|tax|vat)(?: was| is| were)? (?:billed|invoiced)\b/gi, '$1'],
  [
    /\b(?:which|what) (?:customer|client|buyer)s? (?:have |has )?(cancell?ed|returned) (?:the )?(most|least)\b/gi,
    'which customer had the $2 $1 orders',
  ],
  [
    /(?<!how many )\b(?:the )?(?:(\d+|three|five|ten|twenty) )?(?:customers|buyers|clients) with (?:the )?(?:most|highest|largest|biggest|greatest) (?!number\b)/gi,
    'top $1 customers by ',
  ],
  [
    /(?<!how many )\b(?:the )?(?:(\d+|three|five|ten|twenty) )?(?:customers|buyers|clients) with (?:the )?(?:fewest|lowest|smallest|least) (?!number\b)/gi,
    'bottom $1 customers by ',
  ],
  [/\b(cancell?ed) (?:lines?|items?)\b(?=.*\b(?:value|worth|amount)\b)/gi, '$1 orders'],
  [/\b(value|amount|worth) of (cancell?ed) (?:lines?|items?)\b/gi, '$1 of $2 orders'],
  [
    /\bmedian (invoice|order|basket|sale|transaction) (?:values?|amounts?|totals?|size)\b/gi,
    'median order value',
  ],
  [/\bmedian invoices?\b/gi, 'median order value'],
  [/\bex[- ](?=\p{Lu})/gu, 'excluding '],
  [/\b(cancell?ed|all|open) docs\b/gi, '$1 documents'],
  [
    /\b(more|less|fewer|higher|greater) than ((?:[£$€]|r\$)? ?\d[\d.,]*[km]?(?: (?:pounds|euros|dollars|reais))?) (?:in |of )?(spend|spending|revenue|sales|turnover)\b/gi,
    '$3 $1 than $2',
  ],
  [
    /\b(over|above|under|below) ((?:[£$€]|r\$)? ?\d[\d.,]*[km]?(?: (?:pounds|euros|dollars|reais))?) (?:in |of )?(spend|spending)\b/gi,
    '$3 $1 $2',
  ],
  [
    /(?<=[:,–-] )(?:new|first[- ]time)(?: customers?| buyers?| shoppers?| ones)?( ?(?:vs\.?|versus|v|against|compared (?:to|with)|and|or) ?)(?:the |from |of )*(?:returning|repeat|existing|old)(?: customers?| buyers?| shoppers?| ones)\b/gi,
    'new customers$1returning customers',
  ],
  [
    new RegExp(
      `\\b(?:number of |how many )?${KINDS} (?:with|having|who placed|that placed|placing) (?:an|at least one|any) (?:order|purchase|invoice)\\b`,
      'gi',
    ),
    'number of customers who bought',
  ],
  [
    new RegExp(
      `\\b(?:(?:from|of|by|for) )?(?:the )?(?:${KINDS}|sales) ${WITHOUT} (?:an? |any |the )?${NUMBER}\\b`,
      'gi',
    ),
    'without a customer',
  ],
  [/\b(bought|ordered|placed|purchased|spent|paid) by (?=customer \w*\d)/gi, '$1 of '],
  [/,? (?:etc\.?|et cetera|and so on|and so forth)(?=\W|$)/gi, ''],
  [/\b(?:nation|country)wide\b|\bacross the (?:whole )?country\b/gi, ''],
];

export function invoiceWording(question: string): string {
  return rewritten(question, SAME);
}
