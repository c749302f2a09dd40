import { rewritten } from './rewritten.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const AGAINST = '(?:vs?\\.?|versus|against|compared (?:to|with)|and)';

const SIDE = '(?:vs?\\.?|versus|against|compared (?:to|with)|than|with|on)';
const SAME_DAYS = '(?:in )?(?:the )?same (?:days|dates|stretch|part|period) (?:of|in)';

/** 'January 2026 till now' begins in January; 'this month till now' is this month so far. */
const NO_DATE = `(?<!\\b(?:${MONTH}|(?:20|['’])?\\d\\d|\\d(?:st|nd|rd|th)|q[1-4]|last (?:month|week|year|quarter|\\p{L}+day)|yesterday|easter|christmas)(?: up)?,? )`;

/** Times as books are kept: up to the end of a month, the last closed months, one and then the other. */
const TIMES: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(?:ytd|year[- ]to[- ]date|(?:so far )?this year)[ ,]+\\(?(?:(?:to|till|until|up to|through|thru|as of|as at|at)(?: and including)? )?(?:the )?(?:end of )?(${MONTH})\\)?(?! ?(?:\\d|vs\\b|versus|against|and\\b|compared|or\\b|to\\b|[-–]))`,
      'gi',
    ),
    'from january to $1',
  ],
  [
    new RegExp(
      `\\b(?:ytd|year[- ]to[- ]date) ${AGAINST} (?:ly|last year|py|previous year|prior year)(?:['’]s)? (?:ytd|year[- ]to[- ]date)\\b`,
      'gi',
    ),
    'ytd vs last year',
  ],
  [
    /\b(?:in|for|at|of|over)? ?last (?:year|yr)(?:['’]s)?,? (?:(?:in|at|for|over|of|on) )?(?:the )?same (?:period|time|months?|days|weeks?|dates?|stretch)\b/gi,
    ' same period last year',
  ],
  [
    new RegExp(
      `\\b(?:ytd|year[- ]to[- ]date)\\b(?= ${AGAINST} (?:the |its |their )?(?:budget|plan|target) from january to)`,
      'gi',
    ),
    '',
  ],
  [
    new RegExp(
      `\\b((?:from|since|between) [^?.!,]{2,20}?) (?:up )?(?:to|till|until|through|thru) (?:the )?end of (${MONTH}|q[1-4])\\b`,
      'gi',
    ),
    '$1 to $2',
  ],
  // 'this year and last?': the unit is said once.
  [
    /\bthis (year|month|week|quarter)(,? (?:and|&|or|vs?\.?|versus|against|compared (?:to|with)|with) )(?:the )?last(?=\s*(?:[?.!,;:)]|$| (?:for|by|at|per|from|in|online) ))/gi,
    'this $1$2last $1',
  ],
  [
    new RegExp(
      `\\b(\\d{1,2}) ?(-|–|to) ?(\\d{1,2}) (${MONTH}\\b.{0,20}?\\b${SIDE}) ${SAME_DAYS} (${MONTH})\\b`,
      'gi',
    ),
    '$1 to $3 $4 $1 to $3 $5',
  ],
  // What is not over yet is held against as much of the other time anyway.
  [
    new RegExp(
      `\\b((?:this month|month to date|mtd|(?:the )?month so far)\\b[^?!.]{0,40}?\\b${SIDE}) ${SAME_DAYS} (${MONTH}|last month|the month before|the previous month)\\b`,
      'gi',
    ),
    '$1 $2',
  ],
  [new RegExp(`${NO_DATE}\\b(?:until|till|up to|to) now\\b`, 'giu'), 'so far'],
  [
    /\b(last|past|previous) (\d+|two|three|four|six|twelve) (?:closed|finished|completed) (months|quarters|weeks)\b/gi,
    '$1 $2 full $3',
  ],
  [
    new RegExp(
      `\\b(how (much|many)\\b[^?.!]*?),? and how \\2 (?=(?:in|on|for|during|last|this) (?:${MONTH}|last|this|the|week|month|q\\d|\\d|(?:19|20)))`,
      'gi',
    ),
    '$1 vs ',
  ],
  [
    new RegExp(
      `,? and (?:how (?:much|many)|what) (?:is|was|were|did|are) (?:it|that|they|those|this)(?: be)? (?=(?:in|on|for|during|last|this|the)\\b)`,
      'gi',
    ),
    ' vs ',
  ],
]; // prettier-ignore

/** 'revenue jan feb mar': months one behind the other are each of them. */
const MONTHS_IN_A_ROW = new RegExp(`\\b${MONTH}(?: ${MONTH})+\\b`, 'gi');

function monthsListed(question: string): string {
  return question.replace(MONTHS_IN_A_ROW, (months) => {
    const each = months.split(' ');
    return `${each.slice(0, -1).join(', ')} and ${each.at(-1) ?? ''}`;
  });
}

const NTH = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty[- ]first',
  'twenty[- ]second',
  'twenty[- ]third',
  'twenty[- ]fourth',
  'twenty[- ]fifth',
  'twenty[- ]sixth',
  'twenty[- ]seventh',
  'twenty[- ]eighth',
  'twenty[- ]ninth',
  'thirtieth',
  'thirty[- ]first',
]; // prettier-ignore
const NTHS = NTH.map((nth) => new RegExp(`^${nth}$`, 'i'));
/** 'since the first of June', 'until June the third'; 'a third of June' is a part of it. */
const NTH_OF_MONTH = new RegExp(
  `(\\b(?:since|from|until|till|through|before|after|between|on|to|and|by|the) (?:the )?)(${NTH.join('|')})(?= of ${MONTH}\\b(?!['’]s))`,
  'gi',
);
/** 'from the first to the tenth of May'. */
const NTH_TO_NTH = new RegExp(
  `(\\b(?:from|between) (?:the )?)(${NTH.join('|')})(?= (?:to|until|till|through|and) (?:the )?(?:${NTH.join('|')}|\\d{1,2}(?:st|nd|rd|th)) of ${MONTH}\\b)`,
  'gi',
);
const MONTH_THE_NTH = new RegExp(
  `\\b(${MONTH} (?:the )?)(${NTH.join('|')})(?=[?.!,]|$| (?:to|until|till|and|through|onwards?|by|per|vs|this|last|20\\d\\d)\\b)`,
  'gi',
);

function daysInFigures(question: string): string {
  const inFigures = (_whole: string, before: string, nth: string): string => {
    const day = NTHS.findIndex((one) => one.test(nth)) + 1;
    const ending = ['th', 'st', 'nd', 'rd'][day > 10 && day < 20 ? 0 : day % 10] ?? 'th';
    return `${before}${day}${ending}`;
  };
  return question
    .replace(NTH_TO_NTH, inFigures)
    .replace(NTH_OF_MONTH, inFigures)
    .replace(MONTH_THE_NTH, inFigures);
}

/** Times as an office says them, in words that the calendar knows. */
export function officeTimes(question: string): string {
  return rewritten(monthsListed(daysInFigures(question)), TIMES);
}
