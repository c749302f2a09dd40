import { MONTH_NAMES } from './month-names.ts';
import { rewritten } from './rewritten.ts';
import { spokenSpans } from './spoken-spans.ts';

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const FIGURE = 'revenue|sales|turnover|takings|orders|units|refunds|returns|margin|discounts';
const DAY =
  '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:' +
  MONTH +
  ')\\b';
const NOW = 'this (?:year|month|week|quarter)';

/** Times as they are spoken or jotted down: 'y'day', 'xmas eve', 'the back half of', 'to the end of'. */
const TIMES: readonly (readonly [said: RegExp, meant: string])[] = [
  // 'the 2nd quarter compared to the 1st': the 1st quarter, and no day.
  [
    /\b(1st|2nd|3rd|4th|first|second|third|fourth|last) (quarter|half)((?: of| in)? (?:(?:19|20)\d\d|last year|this year))?,? (compared (?:to|with)|vs\.?|versus|against|over|on|than(?: in)?) (?:the )?(1st|2nd|3rd|4th|first|second|third|fourth)(?=[\s?.!,]*$)/gi,
    '$1 $2$3 $4 $5 $2$3',
  ],
  [
    /\b(?:for|in|of|during) the month (?:of )?(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)/gi,
    'in ',
  ],
  // 'Q1, Q2 and Q3 sales for last year': of that year all of them.
  [
    /\b(q[1-4](?:, ?q[1-4])*,? (?:and|&) q[1-4]) ((?!(?:19|20)\d\d|of\b|in\b)[\p{L} ]{3,30}?),? (?:(?:of|in|for|from) )?(last year|this year|(?:19|20)\d\d)\b/giu,
    '$2 in $1 $3',
  ],
  [/\by['’]days?\b/gi, 'yesterday'],
  [/\b(?:a|one) week before yesterday\b/gi, '8 days ago'],
  [/\b(?:a|one) week before today\b/gi, '7 days ago'],
  [/\bx-?mas\b/gi, 'christmas'],
  [/\bBF\b(?! ?%)/g, 'Black Friday'],
  [/\b(?:the )?(?:back|latter|later) half of\b/gi, 'the second half of'],
  [/\b(?:the )?(?:front|early|earlier|former) half of\b/gi, 'the first half of'],
  [/\bHY ?([12])\b/gi, 'H$1'],
  [/\bhalf[- ]?years?\b/gi, 'semester'],
  [/\bhalf[- ]?yearly\b|\bsemi[- ]?annual(?:ly)?\b|\bbi[- ]?annual(?:ly)?\b/gi, 'by semester'],
  [
    /\b(by|per|each|every|which|what|best|worst|strongest|weakest) (?:half|halves)\b(?![- ](?:price|an?|our|the|hours?|day|term|dozen))(?: of the year)?/gi,
    '$1 semester',
  ],
  [
    /\b(?:for |in |of )?(?:both|the two|each of the) halves of (?=(?:the |this |last |current )?(?:year|(?:19|20)\d\d))/gi,
    'per semester in ',
  ],
  [/\bwhich (semester|weekday)\b([^?]*?)\b(?:was|is|did|does|do) better\b/gi, 'which $1$2 had the highest'],
  [/\b(\d{1,3}) ?(?:mths|mnths|mos)\b/gi, '$1 months'],
  [/\b(last|past|previous|prev) (\d{1,3}) ?d\b/gi, '$1 $2 days'],
  [/\b(last|past|previous|prev) (\d{1,3}) ?(?:w|wks?)\b/gi, '$1 $2 weeks'],
  [/\b(last|past|previous|prev) (\d{1,3}) ?(?:m|mo)\b/gi, '$1 $2 months'],
  [/\b(last|past|previous) (\d{1,3})(days|weeks|months|quarters|years)\b/gi, '$1 $2 $3'],
  [
    new RegExp(
      `(?<!\\b(?:average|moving|rolling|mean|trailing)\\b.*)\\b(\\d{1,3})[- ](day|week|month) (${FIGURE})\\b(?! (?:moving|rolling|average))`,
      'gi',
    ),
    '$3 of the last $1 $2s',
  ],
  [new RegExp(`\\b(${FIGURE}) to date (${NOW}|in (?:19|20)\\d\\d)\\b`, 'gi'), '$1 $2 to date'],
  [new RegExp(`\\b(${NOW}|(?:19|20)\\d\\d)(?:['’]s)? (${FIGURE}) to date\\b`, 'gi'), '$2 $1 to date'],
  [/\bto the same (?:date|day|point)\b/gi, 'to date'],
  [new RegExp(`\\bsince (${MONTH}) (?:began|started|begun)\\b`, 'gi'), 'since the start of $1'],
  [
    new RegExp(
      `(?<!from [^?.!]{0,30})\\b(?:up )?to (?:the )?end of (?=(?:${MONTH}|q[1-4]|last (?:month|week|quarter|year))\\b)`,
      'gi',
    ),
    'until the end of ',
  ],
  [new RegExp(`(?<!\\b(?:per|by|each|every|a) )\\bweek to (?=${DAY})`, 'giu'), 'week ending '],
  [new RegExp(`(?<!\\b(?:per|by|each|every|a) )\\byear to (?=${DAY})`, 'giu'), '12 months ending '],
  [new RegExp(`(?<!\\b(?:per|by|each|every|a) )\\bquarter to (?=${DAY})`, 'giu'), '3 months ending '],
  [/\bweek ending (?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?=\d)/gi, 'week ending '],
  [/\b(?:which|what) date (?=(?:saw|had|has|was|brought|did|is|got|recorded))/gi, 'which day '],
  [
    /\b(best|worst|biggest|busiest|quietest|top|strongest|weakest|single) trading (day|week|month)\b/gi,
    '$1 $2',
  ],
  [/\brecord (day|week|month|quarter)\b/gi, 'best $1'],
  [
    /\bat the weekends? (?=(?:in|during|of) |last (?:month|quarter|year)|this (?:month|quarter|year))/gi,
    'on weekends ',
  ],
  [
    /(?<!\b(?:\p{L}+days?|mon|tues?|wed|thurs?|fri)s?(?:,|, and| and| \+| &|\/)? ?)\bsat(?:urday)?s? (?:and|&|\+) sun(?:day)?s? (?=(?:in|during|of) (?!\d)|last (?:month|quarter|year)|this (?:month|quarter|year))/giu,
    'weekends ',
  ],
  [
    /\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(.{0,40}?\b(?:vs\.?|versus|against|compared (?:to|with)|than|and|on)) (?:the |on )?\1 (?:of |in )?the week before(?: that)?\b/gi,
    '$1$2 the same day a week earlier',
  ],
  [
    /\b(\d{1,3})[- ]day average (?:of )?(?=.*\b(?:by day|per day|daily|each day)\b)/gi,
    '$1 day moving average of ',
  ],
  [
    /\bwhen (?:during|in|over) (?:the|a|our) (?:trading |working |business )?day\b/gi,
    'at what hour of the day',
  ],
  [/\b(?:what|which) (?:part|point|stage) of the day\b/gi, 'what hour of the day'],
  [
    /\b(?:spread|distribution|pattern) of ((?:our |all )?(?:orders|sales|revenue|units)) (?:across|over|through|throughout|during|in|within) (?:the|a) (day|week)\b/gi,
    '$1 by hour of the $2',
  ],
  [
    /\b(orders|sales|revenue|units) (?:throughout|across|through) (?:the|a) (day)\b/gi,
    '$1 by hour of the $2',
  ],
  [/\bby hour of the week\b/gi, 'by weekday'],
  [new RegExp(`\\b(?:(?:in|for) )?(?:every|each) (${MONTH})\\b(?! \\d)`, 'gi'), 'each $1 by year'],
  [
    /\bfor (?:all )?the (months|weeks|quarters) (?:of|in) (?=(?:19|20)\d\d|last year|this year)/gi,
    'by $1 in ',
  ],
  [/\b(?:in |for )month (1[0-2]|[1-9])\b(?! ?(?:of the|months|to|-|–))/gi, 'in month-no $1'],
];

export function spokenTimes(question: string): string {
  const text = rewritten(spokenSpans(question), TIMES);
  return oneOrder(monthsInFigures(text)).replace(/\bby (month|week|quarter)s in\b/gi, 'by $1 in');
}

/** '05/2026', 'may-26', 'month 5': the month by its name. */
function monthsInFigures(text: string): string {
  const named = (month: string): string => MONTH_NAMES[Number(month) - 1] ?? month;
  return text
    .replace(
      /(?<![\p{L}\d/.-])(0?[1-9]|1[0-2])\/((?:19|20)\d\d)(?![\d/.-])/gu,
      (_all, month: string, year: string) => `${named(month)} ${year}`,
    )
    .replace(/\bmonth-no (\d+)\b/g, (_all, month: string) => named(month))
    .replace(new RegExp(`\\b(${MONTH})[-/]['’]?(2\\d)\\b(?![-/]\\d)`, 'gi'), '$1 20$2');
}

const FIGURES = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/((?:19|20)?\d\d)(?![\d/])/g;

/** Of '08/06/2026 - 14/06/2026' the second tells in which order day and month stand in the first. */
function oneOrder(text: string): string {
  const dates = [...text.matchAll(FIGURES)].map(
    ([, first, second]) => [Number(first), Number(second)] as const,
  );
  if (dates.length < 2) return text;
  const dayFirst = dates.some(([first]) => first > 12);
  const monthFirst = dates.some(([, second]) => second > 12);
  if (dayFirst === monthFirst) return text;
  return text.replace(FIGURES, (_all, first: string, second: string, year: string) => {
    const [day, month] = dayFirst ? [first, second] : [second, first];
    const full = year.length === 2 ? `20${year}` : year;
    return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  });
}
