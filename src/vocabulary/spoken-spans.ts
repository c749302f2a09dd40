import { rewritten } from './rewritten.ts';
import { spokenSpells } from './spoken-spells.ts';

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const UNIT = '(?:days?|weeks?|months?|quarters?|years?)';
const MANY = '(?:\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const WHOLE = `(?:last year|this year|the year|(?:19|20)\\d\\d|last month|this month|last quarter|(?:${MONTH})(?: (?:19|20)\\d\\d)?)`;
const AGAINST = '(?:vs?\\.?|versus|against|compare[sd]? (?:to|with)|next to|than|on)';

/** Spans whose ends, parts and neighbours are said in passing: 'up to now', 'the seven before', 'compared with the first'. */
const SPANS: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    /\b(?:from|since|starting(?: from)?) ([^?.!,]{3,30}?) (?:up )?(?:to|till|til|until) (?:right )?now\b/gi,
    'since $1',
  ],
  [
    /^by (?:what|which|how many) (?:percentage|percent|per cent|%) (?:are|is|were|was) (.{3,50}?) (?:up or down|down or up|up|down|higher|lower|ahead|behind)(?: or (?:down|up|lower|higher))? (?:on|from|over|than|against|compared (?:to|with)) /i,
    '$1 in percent compared with ',
  ],
  [/\border (?:numbers|counts|volumes)\b/gi, 'orders'],
  [
    new RegExp(
      `\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH}) (?:up )?(?:to|until|till|through)(?: and including)? the (\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of|${MONTH}))`,
      'gi',
    ),
    '$1 $2 to $3 $2',
  ],
  [
    new RegExp(
      `^(?:in )?(last year|this year|(?:19|20)\\d\\d),? (?:from )?(${MONTH}) (?:to|until|till|through) (${MONTH})\\b(?! (?:19|20)\\d\\d)`,
      'i',
    ),
    'from $2 to $3 $1',
  ],
  [
    /\b(?:the )?(?:same|corresponding|equivalent|comparable) (?:stretch|period|span|time)(?: of time)? (?:of|in) (?:the )?(?:last|prior|previous) year\b/gi,
    'the same period last year',
  ],
  [/\bfor the period (?:of |from )?(?=\d)/gi, 'from '],
  [/\bweek (?:number|no\.?|nr\.?) (?=\d)/gi, 'week '],
  [/\borders (?:landed|dropped|rolled|trickled|flooded)(?: in)?\b/gi, 'orders came in'],
  [
    /\b(?:since|from when|ever since) (?:the|this) (week|month|quarter|year) (?:began|started|opened)\b/gi,
    'so far this $1',
  ],
  [/\b(?:the )?(week|quarter) so far\b(?! this)/gi, 'so far this $1'],
  [
    new RegExp(
      `\\b(?:from )?(?:the )?((?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTH})|(?:${MONTH}) \\d{1,2}(?:st|nd|rd|th)?)(?: (?:19|20)\\d\\d)?),? (?:onwards?|and after|and since)\\b`,
      'gi',
    ),
    'since $1',
  ],
  [/\bopening (?=quarter|half|week|month|days|\d|two|three|five|seven|ten)/gi, 'first '],
  [/\bclosing (?=quarter|half|week|month|days|\d|two|three|five|seven|ten)/gi, 'last '],
  [
    new RegExp(
      `\\b(\\d{1,2})(?:st|nd|rd|th)? (${MONTH}) ['’]?(2\\d)\\b(?! ?(?:%|orders|units|pairs|products|customers))`,
      'gi',
    ),
    '$1 $2 20$3',
  ],
  [new RegExp(`\\b${WEEKDAY},? (?:the )?(?=\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTH})\\b)`, 'gi'), ''],
  [
    new RegExp(`\\b${WEEKDAY},? the (\\d{1,2}(?:st|nd|rd|th))\\b(?! (?:of|${MONTH}))`, 'gi'),
    'the $1 of this month',
  ],
  [
    /(?<=\b(?:weeks?|wk|w\/e|w\/c)\b.*),? (?<!last )\(?(?<!last )mon(?:day)?s?(?: ?(?:-|–|to|through) ?)sun(?:day)?s?\)?(?: weeks?)?(?=[\s?.!,)]|$)/gi,
    '',
  ],
  [/\bw\/e\b/gi, 'week ending'],
  [
    /\b(?:the )?week of (?:the )?(?=\d{1,2}(?:st|nd|rd|th)? ?(?:to|-|–|until|till|through) ?(?:the )?\d)/gi,
    '',
  ],
  [
    /\b(?:over |on |for )?(?:the )?weekend of (?:the )?(\d{1,2})(?:st|nd|rd|th)? ?(?:and|&|\/|-|–|to) ?(?:the )?(\d{1,2})\b/gi,
    '$1 to $2',
  ],
  [/\bw(?:k|ee?k)?[- ]?e?nds?\b(?<=wk-?ends?|wkends?|w-ends?)/gi, 'weekend'],
  [/\b(?:the )?weekend just (?:past|gone|over|ended|finished)\b/gi, 'last weekend'],
  [/\b(last weekend|this past weekend),? (?:on )?sat(?:urday)? ?(?:and|&|\+|\/) ?sun(?:day)?\b/gi, '$1'],
  [/\bsat(?:urday)? ?(?:and|&|\+|\/) ?sun(?:day)? (?=last weekend|this past weekend)/gi, ''],
  [
    new RegExp(
      `\\bnot (?:the )?last (day|week|month|quarter|year),? but the (?:one|${UNIT}) before(?: that)?\\b`,
      'gi',
    ),
    'the $1 before last',
  ],
  [
    /\b(week|month|quarter|year) (?:prior to|preceding|before) (?:the )?last(?: one| week| month| quarter| year)?(?=[\s?.!,:]|$)(?! (?:christmas|easter|summer|winter|spring|autumn|black|\p{L}+day))/giu,
    '$1 before last',
  ],
  [
    new RegExp(
      `\\b(the )?(${MANY}) (days|weeks|months) (?:preceding|prior|beforehand)(?: (?:that|them|those|it))?(?=[\\s?.!,:]|$)`,
      'gi',
    ),
    'the $2 $3 before',
  ],
  [new RegExp(`\\b(${MANY}) (days|weeks|months|quarters) before them\\b`, 'gi'), '$1 $2 before that'],
  // 'the last 7 days versus the 7 before': the unit is said once.
  [
    new RegExp(
      `\\b(${MANY}) (days|weeks|months|quarters|years)\\b(.{0,60}?)\\b(?:the |its )?\\1 before(?: (?:that|them|those))?(?=[\\s?.!,:-]|$)`,
      'gi',
    ),
    '$1 $2$3the $1 $2 before that',
  ],
  [
    new RegExp(
      `\\b(${MANY}) (days|weeks|months|quarters|years)\\b(.{0,60}?)\\b(?:the )?(?:(?:previous|preceding|prior|earlier) \\1(?: \\2)?|\\1 (?:previous|preceding|prior|earlier) \\2|\\1 \\2 (?:earlier|previous(?:ly)?|prior|before)(?: to compare)?)(?=[\\s?.!,:-]|$)(?! (?:christmas|easter|that|to|\\d))`,
      'gi',
    ),
    '$1 $2$3the $1 $2 before that',
  ],
  [/\b(?:last|past) 7 days(.{0,60}?)\bthe seven before\b/gi, 'last 7 days$1the 7 days before that'],
  [
    new RegExp(
      `\\b((?:the )?(?:first|second|back|front|latter)) (half|quarter) of (${WHOLE})(.{0,40}?\\b${AGAINST}) (?:the |its )?(first|second|other|front|back|latter)(?: one| half| quarter)?(?=[\\s?.!,:]|$)(?! (?:half |quarter )?(?:of|in)\\b)`,
      'gi',
    ),
    '$1 $2 of $3$4 the $5 $2 of $3',
  ],
  [/\b(?:the )?(?:back|latter) (half) of\b/gi, 'the second $1 of'],
  [/\b(?:the )?(?:front) (half) of\b/gi, 'the first $1 of'],
  [new RegExp(`\\b(${MONTH}) (2\\d)\\b(?=.*\\bwhole month\\b)`, 'gi'), '$1 20$2'],
  [/,? (?:the )?whole month\b(?=[\s?.!]*$)/gi, ''],
  [/(?<=[\p{L}\d)]) v\.? (?=[\p{L}\d(])/giu, ' vs '],
  [
    /\b(?:the )?same (?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}) (months|weeks|quarters|days)(?: of| in)? (?=last year|the year before|a year)/gi,
    'the same $1 ',
  ],
  [/\b(every|each) single (?=day|week|month|quarter|branch|shop|store|product|category|brand)/gi, '$1 '],
  [new RegExp(`\\b(?:in )?each of the months (?=(?:${MONTH})\\b)`, 'gi'), 'by month in '],
  [
    /,? (?:all )?(?:added (?:up|together)|in one (?:sum|figure|total)|one (?:total|sum|number|figure)(?: for (?=sales|revenue))?)(?=[\s?.!,:]|$)/gi,
    ' altogether ',
  ],
  [
    /^all (?:the |of the )?((?:mon|tues|wednes|thurs|fri|satur|sun)days?) (?:of|in) ([^?.!:]{4,20}?) together\b/gi,
    '$1 in $2',
  ],
  [/\bthe ((?:19|20)\d\d) (months|weeks|quarters)\b/gi, 'the $2 in $1'],
  [/\bhave we (taken|made|turned over|sold|rung up|taken in|earned)\b/gi, 'did we $1-in-the-past'],
  [/\btaken in-in-the-past\b|\btaken-in-the-past\b/gi, 'take'],
  [/\bmade-in-the-past\b/gi, 'make'],
  [/\bturned over-in-the-past\b/gi, 'turn over'],
  [/\bsold-in-the-past\b/gi, 'sell'],
  [/\brung up-in-the-past\b/gi, 'ring up'],
  [/\bearned-in-the-past\b/gi, 'earn'],
];

export function spokenSpans(question: string): string {
  return rewritten(spokenSpells(question), SPANS);
}
