import { dayInWords } from '../domain/period.ts';

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const SHORT: Record<string, string> = {
  jan: 'January',
  feb: 'February',
  mar: 'March',
  apr: 'April',
  jun: 'June',
  jul: 'July',
  aug: 'August',
  sep: 'September',
  sept: 'September',
  oct: 'October',
  nov: 'November',
  dec: 'December',
};
const WEEKDAYS = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';
const FEASTS =
  "black friday|cyber monday|christmas eve|christmas day|christmas|xmas|easter monday|easter sunday|easter|good friday|boxing day|new year['’]?s eve|new year['’]?s day|new year|(?:st )?valentine['’]?s? day|valentines|mother['’]?s? day|father['’]?s? day|halloween|singles['’]? day|thanksgiving|(?:early may|late may|spring|august|summer) bank holiday|st patrick['’]?s day|(?:international )?women['’]?s day";
const STRETCH =
  /^(?:the )?((?:last|past|previous|rolling|trailing) (?:\d+|\p{L}+) ?(?:complete |full )?(?:days|weeks|months|quarters|years))$/iu;
/** 'the last 5 Saturdays'. */
const DAYS = new RegExp(`^(?:the )?(?:last|past|previous) \\S+ (?:${WEEKDAYS})s$`, 'i');
const TO_DATE: Record<string, string> = {
  ytd: 'this year to date',
  mtd: 'this month to date',
  qtd: 'this quarter to date',
  wtd: 'this week to date',
};
const BARE = /^(?:yesterday|today|last|this|on|in|since|between|from|until|before|after|so far|year|all)\b/i;

/** A period as a person typed it, as one writes it: months, feasts and quarters with a capital, 'ytd' in words. */
export function tidyPeriod(label: string): string {
  return label
    .replace(/['’]s$/, '')
    .replace(/^(?:Last|This|Yesterday|Today|The|So|Past|Previous|Since|Between|From|Until)\b/, (word) =>
      word.toLowerCase(),
    )
    .replace(new RegExp(`^(${MONTHS}) (\\d{1,2})(?:st|nd|rd|th)?$`, 'i'), '$2 $1')
    .replace(/^(\d{4}-\d{2}-\d{2})$/, (day) => dayInWords(day))
    .replace(/\b(?:ytd|mtd|qtd|wtd)\b/gi, (word) => TO_DATE[word.toLowerCase()] ?? word)
    .replace(/^(?:in|on|for|during|of) (?=\S)/i, '')
    .replace(
      /(?<!\d )\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?= |$)/gi,
      (word) => SHORT[word.toLowerCase().replace('.', '')] ?? word,
    )
    .replace(/\b(?:fy\s?\d{2,4}|[qh][1-4])\b/gi, (word) => word.toUpperCase())
    .replace(new RegExp(`\\b(${MONTHS}|(?:${WEEKDAYS})s?|${FEASTS})\\b`, 'gi'), (words) =>
      words.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()),
    );
}

/** The period with the preposition that it needs in a sentence: 'in June', 'on Black Friday', 'last week'. */
export function withPreposition(label: string): string {
  const tidy = tidyPeriod(label);
  const stretch = STRETCH.exec(tidy);
  if (stretch) return `in the ${stretch[1]}`;
  if (/^\d{1,2}(?:, \d{1,2})*,? and \d{1,2} \p{L}/u.test(tidy)) return `on ${tidy}`;
  if (DAYS.test(tidy)) return `on ${tidy.startsWith('the ') ? tidy : `the ${tidy}`}`;
  if (/^\d{1,2} \p{L}+(?: \d{4})? (?:to|and) /u.test(tidy)) return `from ${tidy.replace(/ and /, ' to ')}`;
  if (/^(?:first|second|third|fourth|last) (?:day|week|weekend|half|quarter|month)s? (?:of|in) /i.test(tidy))
    return `in the ${tidy}`;
  if (
    new RegExp(`^(?:\\d{1,2} \\p{L}{3,}|${FEASTS}|the day\\b|the same weekday\\b|\\p{L}+day\\b)`, 'iu').test(
      tidy,
    ) &&
    !/^(?:yester|to)day/i.test(tidy)
  )
    return / (?:week|weekend|period|season|holidays)\b/i.test(tidy) ? `over ${tidy}` : `on ${tidy}`;
  return BARE.test(tidy) ? tidy : `in ${tidy}`;
}
