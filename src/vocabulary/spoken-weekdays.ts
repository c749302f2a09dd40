const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';
const LONG =
  /\b(?:months?|quarters?|years?|weeks|ytd|mtd|season|summer|autumn|winter|spring|since|all time|ever|(?:in|of|during|for) (?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|q[1-4]|h[12]|(?:19|20)\d\d)\b/i;

const RANGE = new RegExp(
  `\\b(?:on |from |between )?(${DAY})\\.? ?(?:-|–|—|to|until|till|thru|through|and) ?(${DAY})\\b(?! ?(?:-|–|\\/|,|\\+|&|and) ?(?:${DAY})\\b)`,
  'gi',
);
const LIST = new RegExp(`\\b(?:on )?(${DAY})\\b((?: ?(?:,|\\/|\\+|&|and|, and) ?(?:on )?${DAY}\\b)+)`, 'gi');

/** 'Fri-Sun last month', 'Fridays through Sundays', 'sat + sun': each of those days of the week. */
export function spokenWeekdays(question: string): string {
  return eachDayOfTheWeek(question)
    .replace(RANGE, (whole: string, first: string, last: string) => {
      const days = between(first, last);
      if (/\band\b/i.test(whole) && !/^(?:from|between)\b/i.test(whole)) return whole;
      if (days.length < 2 || !(areMany(first, last) || LONG.test(question.replace(whole, ' ')))) return whole;
      return days.length === 7 ? 'by weekday' : onThose(days);
    })
    .replace(LIST, (whole: string) => {
      const said = whole.match(new RegExp(`\\b${DAY}\\b`, 'gi')) ?? [];
      const days = said.map(dayOf);
      if (said.every((one) => one.length > 5) && !/[/+]/.test(whole)) return whole;
      if (/\blast\s*$/i.test(question.slice(0, question.indexOf(whole)))) return whole;
      return LONG.test(question.replace(whole, ' '))
        ? onThose(days)
        : whole.replace(new RegExp(DAY, 'gi'), (one) => NAMES[dayOf(one)] ?? one);
    });
}

/** 'on Mondays, Tuesdays and so on', 'spread over the week'. */
function eachDayOfTheWeek(question: string): string {
  return question
    .replace(
      new RegExp(
        `\\b(?:on )?mon(?:day)?s?, (?:on )?tue(?:s(?:day)?)?s?(?:,? (?:on )?wed(?:nesday)?s?)?,? (?:and so (?:on|forth)|etc\\.?|and the rest)(?:,? (?:to|through|until|up to) (?:sun|sat)(?:day|urday)?s?)?`,
        'gi',
      ),
      'by weekday',
    )
    .replace(SPREAD, (_whole, what: string | undefined, unit: string) =>
      `${what ?? ''} by ${unit.toLowerCase() === 'week' ? 'weekday' : 'hour of the day'}`.trim(),
    )
    .replace(
      /\b(?:deadest|sleepiest|dullest) (?=(?:week)?day\b|hour\b|week\b|month\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day)/gi,
      'quietest ',
    )
    .replace(
      /^when (?:during|in) the day (?:do|did|are|were) (?:we get )?(?:the )?most (?:of (?:our|the) )?orders(?: (?:come|came|placed|made)(?: in)?)?\b/gi,
      'which hour of the day had the most orders',
    );
}

/** 'how do orders spread over the week'. */
const SPREAD =
  /\b(?:how (?:are|is|were|was|do|did|does|have|has) (?:the |our )?([\p{L}][\p{L} ]{2,40}?) (?:been )?)?(?:spread|distributed|divided|split|scattered|broken down)(?: out| themselves| up)? (?:over|across|through(?:out)?|within|between) (?:the|a) (week|day)(?! (?:of|before|after|ending|from|starting|in|shift))(?: days)?\b/giu;

function onThose(days: number[]): string {
  const names = days.map((day) => `${NAMES[day] ?? ''}s`);
  return ` on ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function areMany(first: string, last: string): boolean {
  return /days$/i.test(first) || /days$/i.test(last);
}

function between(first: string, last: string): number[] {
  const from = dayOf(first);
  const count = ((dayOf(last) - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, step) => (from + step) % 7);
}

function dayOf(said: string): number {
  return NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === said.slice(0, 3).toLowerCase());
}
