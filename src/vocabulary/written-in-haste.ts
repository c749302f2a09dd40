import { MONTH_NAMES } from './month-names.ts';
import { rewritten } from './rewritten.ts';

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

/** How people of the trade write in haste: 'LY', 'nr. of', '31.10.', 'year-to-date', '(1st-7th)'. */
const SHORT: readonly [said: RegExp, meant: string][] = [
  [
    /\b(?!\p{L}+(?: \p{L}+)? days? of the week\b)((?:best|worst|busiest|quietest|highest|lowest|biggest|strongest|weakest|top)(?: \p{L}+)? (?:day|week|weekday|weekend|month|quarter|hour|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?) of the (week|month|quarter|year)\b/giu,
    '$1 this $2',
  ],
  [/\b(year|month|quarter|week)-to-date\b/gi, '$1 to date'],
  [/\bprior year to date\b/gi, 'previous year to date'],
  [/\b((?:19|20)\d\d) ytd\b/gi, 'ytd $1'],
  [/\bl[yY]\b|\bLY\b|\bPY\b/g, 'last year'],
  [/\bl[wW]\b|\bLW\b/g, 'last week'],
  [/\bLM\b/g, 'last month'],
  [/\bTY\b/g, 'this year'],
  [/\bTW\b/g, 'this week'],
  [/\bwk before\b/gi, 'week before'],
  [/\bydays?\b/gi, 'yesterday'],
  [/\blast week,? \(?mon(?:day)?\s?(?:-|–|to)\s?sun(?:day)?\b\)?/gi, 'last week'],
  [/\blast mon(?:day)?\s?(?:-|–|to)\s?sun(?:day)?\b/gi, 'last week'],
  [/\bmon(?:day)?\s?(?:-|–|to)\s?sun(?:day)?,? (?:of )?last week\b/gi, 'last week'],
  [/\bppl\b/gi, 'people'],
  [/\b(?:cos|coz|cuz|bc) (?=\p{L})/giu, 'because '],
  [/\bvery (?=(?:first|last) (?:time|order|purchase)\b)/gi, ''],
  [/,? (?:one|a) (?:line|row) each(?=[\s?.!,]*$)/gi, ', each'],
  [/\b(?:dearest|priciest) first\b/gi, 'highest first'],
  // '... . October is fine.', '... . An average over January to March would do.'
  [
    new RegExp(
      `[?.!,;–-]+\\s*(?:just |only |even )?(?:(?:an? |the )?(?:average|mean|total|figures?|numbers?) (?:over|for|of|from) )?((?:in |for |over |from )?(?:(?:the )?(?:last|this|past) (?:\\d+ )?[a-z]+|(?:${MONTHS}|[qh][1-4]|(?:19|20)\\d\\d)\\b)[^?.!,;]{0,30}?)(?:['’]s| is| are| will be| would be| will| would) (?:fine|ok|okay|enough|good enough|sufficient|do|do nicely|do fine|plenty|all right|alright|all i need)(?: for (?:me|now|us))?(?=[.! ]*$)`,
      'gi',
    ),
    ', $1',
  ],
  [
    /\b(?:the |our )(?:whole |entire )?(?:company|business|firm|group|organi[sz]ation) (pay|spend|sell|take|make|earn|refund|give|lose|receive)s\b/gi,
    'we $1',
  ],
  [/\bby how many (?:pounds|quid|euros|dollars|reais|pence|per ?cent|%)(?=[?.! ]*$)/gi, 'by how much'],
  [/\b(first|last|final) fortnight (?=of\b|in\b|(?:\p{L}+,? )?20\d\d|[a-z]+ ?$)/giu, '$1 two weeks '],
  [
    /\bthe ((?:(?:\p{L}+|\d+) )?(?:days|weeks|months)) (before|up to|leading up to) ([\p{L} ]{3,25}?),?( (?:vs\.?|versus|against|compared (?:to|with)|and|with|than)) (?:the )?(?:same |\1 |(?:\p{L}+|\d+) (?:days|weeks|months) )after(?: it| that)?(?=[?.! ]*$)/giu,
    'the $1 before $3$4 the $1 after $3',
  ],
  [
    /\b(?:did|has|have) (?:anyone|anybody|someone|somebody|any customers?|people) (?:actually |ever |really )?(?:return(?:ed)?|sen[dt] back|bring back|brought back) (?:any |some |our )?/gi,
    'returned units of ',
  ],
  [
    /\b(?:did|has|have) (?:anyone|anybody|someone|somebody) (?:actually |really )?(?:buy|bought|purchased?) (?:any |some |our )?(?!anything|nothing)/gi,
    'units sold of ',
  ],
  [
    /[,;–-]+ ?(?:and )?where (?:did|do|have|are) we (?:land(?:ed)?|end(?:ed)? up|finish(?:ed)?|stand|sit|come out|get to)(?=[?.! ]*$)/gi,
    '',
  ],
  [
    /\b(did not|didn['’]t|never|not|have not|haven['’]t) (sell|sold) (?:an? |one |even one |even a )(?:single )?(?:unit|pair|piece|item|one|thing)\b/gi,
    '$1 $2',
  ],
  [/^what (did not|didn['’]t|has not|hasn['’]t|never) (?=s(?:ell|old)\b)/gi, 'which products $1 '],
  [
    /(?<=\bproducts\b[^?.!]*)[?.!;] (?:please )?list (?:the |those |all (?:the )?)?(?:products|them)(?:,? please)?(?=[?.! ]*$)/gi,
    '',
  ],
  [/\byear to date,? (?:(?:on|over|for) )?(?:the )?same (?:dates|days|period)\b/gi, 'year to date'],
  [
    new RegExp(`\\b(?:the )?same (?:days|dates|stretch|part)(?: of| in)? (last (?:${MONTHS}))\\b`, 'gi'),
    '$1',
  ],
  [
    /[?.!;] ?(?:(?:physical|high[- ]street|bricks[- ]and[- ]mortar|real) )?(?:shops|stores|branches) only\b/gi,
    ', in store',
  ],
  [/\byr\b/gi, 'year'],
  [
    /\bin (?:an?|any|the) (?:typical|average|normal|usual|ordinary) (day|week|month|quarter)\b/gi,
    'per $1 on average',
  ],
  [
    /,? (?<!(?:in|for|of|over|during),? )each of (?=the (?:last|past|previous|first) (?:\d+|two|three|four|five|six|ten|twelve) (?:days|weeks|months|quarters|years)\b)/gi,
    ' in each of ',
  ],
  [/\b(?:nr|nb|num|no)\b\.? ?of\b/gi, 'number of'],
  [/ by \(?[£$€]\)?(?=\s*[?.!,]*(?:\s|$))/g, ' by amount'],
  [/,?(?: in)? \(?[£$€]\)?(?=\s*[?.!]*\s*$)/g, ''],
  [/\b(days?|weeks?|months?|quarters?) of (?:the )?year ((?:19|20)\d\d)\b/gi, '$1 in $2'],
  [new RegExp(`\\b(?:the )?(?:spring|summer|autumn|winter) months,? (?=\\(?(?:${MONTHS})\\b)`, 'gi'), ''],
  [/\b(?:the )?(spring|summer|autumn|winter) months\b/gi, 'the $1'],
  [/\b(first week of \p{L}+)([^()]*)\(\s*1(?:st)? ?(?:-|–|to) ?7(?:th)?\s*\)/giu, '$1$2'],
  [
    /,? (?:in )?(?:all|any|every|whatever(?: the)?) (?:colou?rs?|sizes?|variants?|versions?)(?:(?: and |\/|, | & )(?:all )?(?:colou?rs?|sizes?|variants?|versions?))?(?: (?:together|combined|included|counted))?(?=[\s?.!,)]|$)/gi,
    '',
  ],
  [
    /\b(?:what|which) (\p{L}+) (?:are there|do we have|exist|have we got),? and how many (\p{L}+) (?:are there |are |do we have )?in each(?: one| of them)?/giu,
    'how many $2 do we have in each of the $1',
  ],
  [/\bhow many (?:is|are|was|were) (?:that|it|they|those) in number\b/gi, 'and how many were there'],
  [
    /,? and how many (?:of (?:them|those|these|whom) )?(?:are|were|was) (new|returning)(?: ones| customers)?\b/gi,
    ' and $1 customers',
  ],
  [/\b(?:what|which|how big a|how large a) part of\b/gi, 'what share of'],
];

export function inFullWords(question: string): string {
  return monthsOfYears(dottedDays(rewritten(question, SHORT)));
}

const DOTTED =
  /(?<![\d.,£$€])(\d{1,2})\.(\d{1,2})(?:\.(?!\d)|(?=\.? ?[-–] ?\d{1,2}\.\d{1,2})|(?<=[-–] ?\d{1,2}\.\d{1,2})(?![\d.%]))/g;

/** '31.10.' and '28.11-1.12' are days, without their year. */
function dottedDays(text: string): string {
  if (!/\d\.\d{1,2}(?:\.|\s?[-–])/.test(text)) return text;
  return text
    .replace(DOTTED, (whole, day: string, month: string) => {
      const name = MONTH_NAMES[Number(month) - 1];
      return name === undefined || Number(day) < 1 || Number(day) > 31 ? whole : `${day} ${name}`;
    })
    .replace(new RegExp(`(\\d{1,2} (?:${MONTHS})) ?[-–] ?(?=\\d{1,2} (?:${MONTHS}))`, 'gi'), '$1 to ');
}

/** 'Aug 26 vs Aug 25': the same month held against itself is that of two years. */
const SAME_MONTHS = new RegExp(
  `\\b(${MONTHS}) ['’]?(2\\d)\\b((?:(?: vs\\.?| versus| against| and|,) \\1 ['’]?2\\d\\b)+)`,
  'gi',
);

function monthsOfYears(text: string): string {
  return text.replace(SAME_MONTHS, (_whole, month: string, year: string, others: string) => {
    const rest = others.replace(/ ['’]?(2\d)\b/g, ' 20$1');
    return `${month} 20${year}${rest}`;
  });
}
