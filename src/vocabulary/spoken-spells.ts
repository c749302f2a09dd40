import { rewritten } from './rewritten.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MANY = '(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const WHOLE = '(?:(?:complete|completed|full|whole|finished|closed|calendar) )';
const EVENT =
  "(?:black friday|cyber monday|good friday|easter(?: sunday| monday)?|christmas(?: day| eve)?|boxing day|new year['’]?s (?:day|eve)|valentine['’]?s(?: day)?|(?:mother|father)['’]?s day|hallowe['’]?en)";
const LAST = '(?:last|past|previous|latest|most recent)';
const DAY = `(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?!\\d))`;

/** Stretches of time in more words than they need: how long they are besides, what they leave out anyway, each of their parts. */
const SPELLS: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    /\b(?:a )?half (?:a )?dozen(?= (?:days|weeks|months|quarters|years|complete|full|whole|finished))/gi,
    'six',
  ],
  [
    /\b(?:a )?dozen(?= (?:(?:complete|full|whole|finished) )?(?:days|weeks|months|quarters|years))/gi,
    'twelve',
  ],
  [
    new RegExp(
      `[,;]? ?\\b(?:look|looking|go|going|goes|reaching|stretching) back (?:over |across |by )?(?:the )?(?:${LAST} )?(${MANY} ${WHOLE}?(?:days|weeks|months|quarters|years))\\b`,
      'gi',
    ),
    ' in the last $1',
  ],
  // 'the 8 last full weeks', 'the six months that have most recently closed'.
  [
    new RegExp(`\\b(?:the )?(${MANY}) ${LAST} (${WHOLE}?(?:days|weeks|months|quarters|years))\\b`, 'gi'),
    'the last $1 $2',
  ],
  [
    new RegExp(
      `\\bthe (${MANY}) (days|weeks|months|quarters|years) (?:that|which) (?:have |has )?(?:(?:most recently|just|last|recently) )?(?:closed|ended|finished|passed|gone by|been completed)(?: most recently| last)?\\b`,
      'gi',
    ),
    'the last $1 complete $2',
  ],
  [
    new RegExp(
      `\\b(?:(?:did|has|have|does|do|for|in|of|over|during) )?(?:each|every|every one) (?:one )?of the (?:${LAST}) (${MANY} ${WHOLE}?(day|week|month|quarter|year)s)\\b(?: (?:bring|brought|get|see|saw|have|had|yield|make|give|gave)(?: in)?(?: us)?(?: in)?\\b)?`,
      'gi',
    ),
    'per $2 in the last $1',
  ],
  [
    new RegExp(
      `\\b(${LAST} ${MANY} ${WHOLE}?(day|week|month|quarter|year)s)\\b(.*?) (?:in|for|of|during) each(?: one| of (?:them|those|these))?(?=[\\s?.!,]*(?:please|pls)?[\\s?.!,]*$)`,
      'gi',
    ),
    '$1$3 per $2',
  ],
  [
    /\b(week|month|quarter|year) (?:that|which)(?:['’]s| is| has|['’]ve)? just (?:closed|ended|gone|passed|finished|been)\b/gi,
    '$1 just gone',
  ],
  [
    /\bweek (?:that|which) (?:began|begins|started|starts|commenced)(?: on)? (?=(?:mon|the )?.{0,8}\d)/gi,
    'week beginning ',
  ],
  [/\bweek (?:that|which) (?:ended|ends|finished|closed)(?: on)? (?=(?:the )?.{0,8}\d)/gi, 'week ending '],
  [
    new RegExp(
      `\\b(?:the )?quarter (?:that|which) (?:ended|ends|finished|closed)(?: in| on| at the end of| with)? (?=(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?)?${MONTH})`,
      'gi',
    ),
    '3 months ending ',
  ],
  [
    new RegExp(
      `\\b(?:the )?year (?:that|which) (?:ended|ends|finished|closed)(?: in| on| at the end of| with)? (?=(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?)?${MONTH})`,
      'gi',
    ),
    '12 months ending ',
  ],
  [
    new RegExp(
      `\\bbetween new year(?:['’]?s)?(?: day)? and (?:the )?(?:end of )?(?=(?:the )?(?:\\d|${MONTH}))`,
      'gi',
    ),
    'from 1 January to ',
  ],
  [
    /\b(how (much|many)\b[^?.!]*?),? and how \2(?: (?:was|were|did we (?:sell|take|get|have)))?(?: (?:it|that|they))? (?=the (?:day|week|month|quarter|year) before\b)/gi,
    '$1 vs ',
  ],
  // 'Dec 25 v Nov 25': nobody holds the 25th of one month against that of another.
  [
    new RegExp(
      `\\b(${MONTH}) ['’]?(2[3-9]) (vs?\\.?|versus|against|compared (?:to|with)|than in|than) (${MONTH}) ['’]?(2[3-9])\\b(?! ?(?:%|units|orders))`,
      'gi',
    ),
    '$1 20$2 $3 $4 20$5',
  ],
  [
    /\b(?:past|last) week(?:['’]?s)?((?: \p{L}+)?), ?(?:rolling|the last|last) (?:seven|7) days\b/giu,
    'last 7 days$1',
  ],
  [
    /\b((?:last|past) year) ?\((?:the )?(?:last )?(?:12|twelve) (?:complete|full|whole) months\)/gi,
    'last 12 months',
  ],
  [
    /\b(?:the )?(?:four|4) quarters of ((?:19|20)\d\d|last year|this year)(.*?),? in each(?: one)?(?=\s*(?:[?.!,]|$))/gi,
    'by quarter in $1$2',
  ],
  [
    /\b(?:the )?(?:twelve|12) months of ((?:19|20)\d\d|last year|this year)(.*?),? in each(?: one)?(?=\s*(?:[?.!,]|$))/gi,
    'by month in $1$2',
  ],
  [
    /\b((?:19|20)\d\d|last year['’]?s?|this year['’]?s?) (months|weeks|quarters),? (?=(?:with )?(?:the )?(?:revenue|sales|orders|units|refunds|net revenue|margin)\b)/gi,
    '$2 in $1 with ',
  ],
  [/\bsame (day|weekday) (?:a|one) week (?:before|previously|prior)\b/gi, 'same $1 a week earlier'],
  [
    /\b(this (week|month|quarter|year)(?: so far)?) (compared? (?:to|with)|stack(?:ed)? up (?:against|to)) (?:the )?last(?=[\s?.!]*$)/gi,
    '$1 $3 last $2',
  ],
  [
    new RegExp(
      `\\b(${MONTH}(?: (?:19|20)\\d\\d)?|last month|last year|(?:19|20)\\d\\d), (?:the )?(?:back|second|latter) half\\b`,
      'gi',
    ),
    'the second half of $1',
  ],
  [
    new RegExp(
      `\\b(${MONTH}(?: (?:19|20)\\d\\d)?|last month|last year|(?:19|20)\\d\\d), (?:the )?(?:front|first|early) half\\b`,
      'gi',
    ),
    'the first half of $1',
  ],
  [
    new RegExp(
      `\\bfrom (?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH}) (?:up )?(?:to|until|till) (?:the )?(?:month[- ]?end|end of the month)\\b`,
      'gi',
    ),
    'from $1 $2 to $2',
  ],
  // The running one is no part of complete ones anyway.
  [
    /(?<=\b(?:complete|completed|full|whole|finished|closed) (?:days|weeks|months|quarters|years)\b.{0,40}?)[,;–-]? ?\b(?:leaving out|excluding|not (?:counting|including)|without|ignoring|skipping) (?:(?:the )?(?:current|running|present|unfinished|incomplete|ongoing)(?: one| week| month| quarter| year)?|this (?:week|month|quarter|year|one)|(?:the one|the week|the month|the quarter|the year|whatever) we(?:['’]re| are)(?: currently| now)? in(?: now)?|(?:the |this )?part(?:ial|ly finished)?[ -](?:one|week|month|quarter|year))\b/gi,
    '',
  ],
  // 'the four days from Good Friday to Easter Monday': the days say themselves how many they are.
  [
    new RegExp(
      `\\b(?:the|these|those) ${MANY} (?:days|weeks|months|quarters)(?: and (?:a|one|two|three|\\d) (?:days?|weeks?))?,? (?=(?:from|between) (?:the )?(?:${DAY}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|${EVENT}|${MONTH}\\b|\\d))`,
      'gi',
    ),
    '',
  ],
  [
    new RegExp(
      `\\b(${EVENT}) ['’]?(2\\d)\\b(?! ?(?:%|percent|${MONTH}|orders|units|products|customers))`,
      'gi',
    ),
    '$1 20$2',
  ],
  [/\b(cyber|easter|bank holiday) mon\b/gi, '$1 Monday'],
  [/\b(black|good) fri\b/gi, '$1 Friday'],
  [/\beaster sun\b/gi, 'Easter Sunday'],
  [/\b(?:the )?(mon|sun)day of easter\b/gi, 'Easter $1day'],
  [
    new RegExp(
      `(?<![\\p{L}-])(?:mon|tues?|wed|thurs?|fri|sat|sun)\\.?,? (?:the )?(?=\\d{1,2}(?:st|nd|rd|th)?(?: (?:of )?${MONTH}\\b| ?(?:to|-|–|until) ?(?:(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:day|nesday|sday|rsday|urday)? )?\\d{1,2}))`,
      'giu',
    ),
    '',
  ],
  [
    new RegExp(
      `(?<=\\d(?:st|nd|rd|th)? (?:to|-|–|until) )(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:day|nesday|sday|rsday|urday)? (?=\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}\\b)`,
      'gi',
    ),
    '',
  ],
  // 'September 2025 to now', 'from March up to the present': until today, and not as far into September as we are now into June.
  [
    new RegExp(
      `\\b(?:from |since )?((?:${DAY}|${MONTH}|q[1-4])(?:,? (?:19|20)\\d\\d)?),? (?:up )?(?:to|until|till|til|through|thru|-|–) (?:right )?(?:now|the present(?: day| moment)?|present|today['’]?s date|the current (?:day|date)|this day)\\b`,
      'gi',
    ),
    'since $1',
  ],
  // 'the third quarter of 2025 to the fourth': of the same year.
  [
    /\b(?:the )?(first|second|third|fourth|last) (quarter|half) (?:of |in )?((?:19|20)\d\d|last year|this year) (to|and|vs\.?|versus|against|than in|than|compared (?:to|with)) (?:the )?(first|second|third|fourth|last)(?: one)?(?=\s*(?:[?.!,;:)]|$))/gi,
    'the $1 $2 of $3 $4 the $5 $2 of $3',
  ],
  [
    new RegExp(
      `\\bfrom (${MONTH}) ?[-–] ?(${MONTH}) ((?:19|20)\\d\\d) to (${MONTH}) ?[-–] ?(${MONTH}) ((?:19|20)\\d\\d)\\b`,
      'gi',
    ),
    'in $4 - $5 $6 compared with $1 - $2 $3',
  ],
  [
    /,? and what (?:had|have|did|was|were) (?:we|it|they|that)(?: (?:taken|sold|made|done|got|been|take|make|sell|do|brought in|turned over))? (?:by |in |at |on |for |during )?(?=(?:this|that|the same) (?:time|point|stage|period)|the year before|a year (?:ago|earlier|before))/gi,
    ' compared with ',
  ],
  [
    /[?.!,;]? ?\b(?:and |then )*(?:please )?(?:set|put|place|hold|lay|stack|line|measure|show|compare) (?:it|that|this|them|those)(?: up)? (?:beside|next to|alongside|against|with|versus|to) (?=(?:the |what |last |this |same |that |[qh][1-4]|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/gi,
    ' compared with ',
  ],
  [/\b(?:the )?gap (?=(?:between|from) )/gi, 'the difference '],
  [
    new RegExp(
      `\\b((?:[qh][1-4]|${MONTH})(?:,? (?:19|20)\\d\\d)?) (?:minus|less) (?=(?:[qh][1-4]|${MONTH})(?:,? (?:19|20)\\d\\d)?(?=[\\s?.!,]|$))`,
      'gi',
    ),
    'difference $1 vs ',
  ],
  [/\b(day|week|month|quarter|year) (?:after|upon) \1\b/gi, '$1 by $1'],
  [
    /\b(?:one|a) (?:point|dot|bar|row|line|figure|number|value) (?:a|per|each|every|for each|for every) (day|week|month|quarter|year)\b/gi,
    'per $1',
  ],
  [
    new RegExp(
      `\\b((?:weekly|daily|monthly|(?:per|by|each|every|a) (?:day|week|month))\\b(?:(?!\\b(?:from|between|since|starting|last|past|previous|${MONTH})\\b)[^?.!\\d]){0,30}?)(?<! up) to (?=(?:the )?${DAY})`,
      'gi',
    ),
    '$1 up to ',
  ],
]; // prettier-ignore

export function spokenSpells(question: string): string {
  return rewritten(question, SPELLS);
}
