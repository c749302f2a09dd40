import { invoiceWording } from './invoice-wording.ts';
import { marketplaceWording } from './marketplace-wording.ts';
import { daysLate, orderDurations } from './order-durations.ts';
import { rewritten } from './rewritten.ts';
import { shopIdioms } from './shop-idioms.ts';

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const PERIOD = `(?:[qh][1-4](?: ?(?:19|20)\\d\\d)?|(?:19|20)\\d\\d|(?:${MONTH})(?: (?:19|20)\\d\\d)?)`;

/** 'in each of the first 3 months of 2018' is by month. */
const IN_EACH_OF =
  /\b(?:in|for|of|over|during) (?:each|every one) of the (first|last|past|previous) (\d+|\p{L}+) (?:full |complete |completed |whole |calendar )?(day|week|month|quarter|year)s\b/giu;
/** 'H1 2018 over H1 2017' holds one against the other. */
const OVER = new RegExp(`\\b(${PERIOD}) over (?=${PERIOD}\\b)`, 'gi');
/** 'from sept 17 to feb 18', by month: the years 2017 and 2018, not days. */
const SHORT_YEARS = new RegExp(
  `\\b(from |between |since )?(${MONTH}) ['’]?([1-3]\\d) (to|until|till|through|and|-|–) (${MONTH}) ['’]?([1-3]\\d)\\b(?! (?:19|20)\\d\\d)`,
  'gi',
);
const BY_MONTH = /\b(?:per|by|each|every) (?:month|quarter)\b|\b(?:monthly|quarterly|month by month)\b/i;

/** 'first half vs second half of November': both are of November. */
const PARTS_OF_ONE = new RegExp(
  `\\b((?:first|1st|second|2nd|third|3rd|last|final) (half|week|fortnight|quarter|month|\\d+ days))( ?(?:vs\\.?|versus|v|against|compared (?:to|with)|over|and|to|or|,) ?)(?:the )?((?:first|1st|second|2nd|third|3rd|fourth|4th|last|final) \\2) ((?:of|in) (?:the )?(?:${MONTH}|last month|this month|last year|this year|(?:19|20)\\d\\d)(?: (?:19|20)\\d\\d)?)`,
  'gi',
);

/** 'from the first to the second quarter of 2018'. */
const OF_ONE_YEAR =
  /\b(?:from |between )?(?:the )?(first|second|third|fourth|last) (to|and|vs\.?|versus|against|or|than|over) (?:the )?(first|second|third|fourth|last) (quarter|half) (?:of|in) ((?:19|20)\d\d|(?:last|this) year)/gi;

/** 'first half 2018 over first half 2017': two of them are held against each other. */
const PART_OF_YEAR =
  /\b(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th) (quarter|half)(?: of| in| for)? ((?:19|20)\d\d)\b/gi;

function partsOfYears(question: string): string {
  if ((question.match(PART_OF_YEAR)?.length ?? 0) < 2) return question;
  return question.replace(PART_OF_YEAR, (_said, which: string, unit: string, year: string) => {
    const number =
      ['first', 'second', 'third', 'fourth'].indexOf(which.toLowerCase()) + 1 || Number(which[0]);
    return `${unit.charAt(0).toUpperCase()}${number} ${year}`;
  });
}

/** 'what did customer 12583 buy' asks for the things. */
const WHAT_BOUGHT =
  /^(?:and )?what (?:did|has|does|have|do) ((?:customer|client|buyer)s? [\w-]*\d[\w-]*|they|he|she) (?:buy|bought|order|ordered|purchase|purchased)\b/i;

/** Ways of saying that only differ from others in their words are brought to one. */
const SAME: [RegExp, string][] = [
  [
    /\bhow many (\p{L}+) (?:did|does|do|has|have) (?:each|every) (seller|branch) (?:place|buy|make|order|have|contain|get|take)s?\b(?! on average)/giu,
    'number of $1 by $2',
  ],
  [
    /\bhow many (\p{L}+) (?:did|does|do|has|have) (?:each|every|the average|an average|a typical) (customer|seller|branch|order) (?:place|buy|make|order|have|contain)s?\b(?: on average)?/giu,
    'average $1 per $2',
  ],
  [/\b(?:more|less) profitable than\b/gi, 'gross margin versus'],
  [/\bsingle[- ](?:item|line) orders?\b/gi, 'orders with exactly 1 item'],
  [/\bmulti[- ]?(?:item|line) orders?\b/gi, 'orders with more than 1 item'],
  [
    /\bso far in ((?:19|20)\d\d|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december)\b/gi,
    'in $1 so far',
  ],
  [/\bthru\b/gi, 'through'],
  // What all orders are worth together is no average.
  [/\btotal (?:order|basket|invoice|transaction) values?\b(?! per\b)/gi, 'revenue'],
  [/\bpayment (?:number|count)s?\b(?! \w*\d)/gi, 'number of payments'],
  [
    /\b(how many)((?: [\p{L}-]+){0,3}?) (?:(?:have|has|had|are|were) )?(?:gone|went|been going) out(?= (?:this|last|in (?!the)|so far|today|yesterday|since|over|during)\b|[?.! ]*$)/giu,
    '$1$2 sold',
  ],
  [
    /,? and (?:then )?(?:do |give me |show )?(?:the )?same (?:again )?(?:for|in|of) ((?:the )?(?:month|quarter|year|week) before|last (?:year|month|week|quarter)|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|q[1-4])(?: (?:19|20)\d\d)?)(?=[?.! ]*$)/gi,
    ' compared with $1',
  ],
  // What is taken in a day on average, and not the average of one sale.
  [
    /\b(average|avg\.?|mean) sales?\b(?=[^.?!]*\b(?:per|an?|each|every) (?:day|week|month|quarter|year|hour)\b)/gi,
    '$1 revenue',
  ],
  // Orders are counted; an 'average order' is worth something.
  [/\b(?:average|avg\.?|mean) orders\b(?! (?:value|size|amount|worth))/gi, 'average number of orders'],
  [
    /\bthe (day|week|month) before and (?:the (?:day|week|month) )?after ([^?.,]+)/gi,
    'the $1 before $2 vs the $1 after $2',
  ],
  [
    /\b(?:average |avg\.? |mean )?(?:revenue|sales|value) per (?:invoice|order|transaction|basket)\b/gi,
    'average order value',
  ],
  [/\bhow many (?:invoices|orders) per customer(?: on average)?\b/gi, 'orders per customer'],
];

export function usualWording(question: string): string {
  const text = partsOfYears(
    orderDurations(shopIdioms(invoiceWording(marketplaceWording(daysLate(question))))).replace(
      OF_ONE_YEAR,
      'from the $1 $4 of $5 $2 the $3 $4 of $5',
    ),
  )
    .replace(IN_EACH_OF, 'per $3 in the $1 $2 $3s')
    .replace(OVER, '$1 vs ')
    .replace(PARTS_OF_ONE, '$1 $5$3the $4 $5')
    .replace(WHAT_BOUGHT, 'top 10 products by revenue of $1');
  const same = rewritten(text, SAME);
  return BY_MONTH.test(same) ? same.replace(SHORT_YEARS, inFullYears) : same;
}

function inFullYears(whole: string, ...found: string[]): string {
  const [before = '', from = '', one = '', joint = '', to = '', other = ''] = found;
  const years = Number(other) - Number(one);
  return years < 0 || years > 5 ? whole : `${before ?? ''}${from} 20${one} ${joint} ${to} 20${other}`;
}
