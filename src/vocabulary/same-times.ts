import { rewritten } from './rewritten.ts';

const UNIT = '(year|month|quarter|week)';
const POINT = '(?:point|time|stage|date|day)';

/** The like of a time in another year or month, as people say it: 'by this time last year', 'at the same point'. */
const SAME: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(?:the )?(last|previous) ${UNIT}['’]s (?:figures? |numbers? )?(?:at|by|up to) (?:the same|this|that) ${POINT}\\b`,
      'gi',
    ),
    'the same point $1 $2',
  ],
  [
    new RegExp(
      `\\bwhat (?:it|we|they|that|each(?: one| of them)?) (?:had |have |has )?(?:done|did|made|taken|took|sold|reached|turned over|got to)(?: to)? (?:by|at|up to) (?:this|that|the same) ${POINT} (last|previous) ${UNIT}\\b`,
      'gi',
    ),
    'the same point $1 $2',
  ],
  [
    new RegExp(`\\b(?:by|up to) (?:this|that|the same) ${POINT} (last|previous) ${UNIT}\\b`, 'gi'),
    'at the same point $1 $2',
  ],
  [
    /\b(last|first) (\d+|two|three|four|six) (months|weeks|days|quarters)((?: of| in) [^,.?!]{4,12}?) (to|and|vs\.?|versus|with|against) (?:the )?(first|last) (\d+|two|three|four|six) (of|in) /gi,
    '$1 $2 $3$4 $5 the $6 $7 $3 $8 ',
  ],
  [/\b(first|second|third|fourth|last) (quarter|half) of this one\b/gi, '$1 $2 of this year'],
  [/\bbeside (?=(?:the )?(?:same|that of|last year|last month|the year before)\b)/gi, 'vs '],
  [/\b(?:the )?period (?:is|being|:|=) ?(?=\p{L}|\d)/giu, ''],
]; // prettier-ignore

/** 'the same dates in 2025' beside this year, or beside a time in 2026, are those of the year before. */
const SAME_IN_YEAR =
  /\b(?:the )?(?:same|corresponding|equivalent) (?:period|dates|days|months?|weeks?|time|stretch|span)s? (?:in|of|for) ((?:19|20)\d\d)\b/i;

export function sameTimes(question: string): string {
  return rewritten(question, SAME);
}

export function sameInAnotherYear(text: string, today: string): string {
  const [whole, year] = SAME_IN_YEAR.exec(text) ?? [];
  if (whole === undefined || year === undefined) return text;
  const others = [...text.replace(whole, '').matchAll(/\b(?:19|20)\d\d\b/g)].map(([other]) => Number(other));
  const main = others.length === 0 ? [Number(today.slice(0, 4))] : others;
  return main.every((one) => one - 1 === Number(year))
    ? text.replace(whole, 'the same period last year')
    : text;
}
