import type { TimeContext } from '../periods/time-meaning.ts';
import { readTime } from '../periods/understand-time.ts';
import { sameInAnotherYear } from '../vocabulary/same-times.ts';
import { tokens } from '../vocabulary/understand-words.ts';

const RELATIVE = '(?:this|last|current|previous) (?:week|month|quarter|year|weekend)';
const IN_BRACKETS = new RegExp(`\\b(${RELATIVE})\\b([^()]*?)\\s*\\(([^()]{3,40})\\)`, 'i');
const EQUALS = new RegExp(
  `[.,;]?\\s*[(]?\\b(${RELATIVE}) ?(?:=|means|meaning|being|i\\.?e\\.?,?) ?([^()=]{3,40}?)[)]?[?.! ]*$`,
  'i',
);

/** 'this week (last complete week)', 'this week = 9-15 Nov': which days are meant is said beside it. */
export function withDefinedTimes(asked: string, time: TimeContext): string {
  const question = thisMonthSoFar(sameInAnotherYear(asked, time.today), time);
  const equal = EQUALS.exec(question);
  if (equal && equal.index > 0) {
    const [whole, said = '', meant = ''] = equal;
    const before = question.slice(0, question.length - whole.length);
    if (isSpan(meant, time) && before.toLowerCase().includes(said.toLowerCase()))
      return defined(before, said, meant);
  }
  const bracket = IN_BRACKETS.exec(question);
  if (!bracket) return question;
  const [whole, said = '', between = '', meant = ''] = bracket;
  if (!isSpan(meant, time) || isSpan(`${said} ${meant}`, time)) return question;
  return question.replace(whole, `${meant}${between}`);
}

/** 'so far in Dec', asked in December, is of this one, whatever other year stands beside it. */
function thisMonthSoFar(question: string, { today }: TimeContext): string {
  const month = MONTHS[Number(today.slice(5, 7)) - 1] ?? '';
  const named = `(?:in |this |of )?(?:${month}|${month.slice(0, 3)}${month === 'september' ? '|sept' : ''})\\.?`;
  const soFar = new RegExp(
    `\\bso far ${named}(?! (?:19|20)\\d\\d| \\d)\\b|\\b${named} so far(?! \\d)\\b`,
    'i',
  );
  return soFar.test(question) && /\b(?:vs\.?|versus|against|compared|than|last)\b/i.test(question)
    ? question.replace(soFar, 'this month')
    : question;
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

function defined(text: string, said: string, meant: string): string {
  const there = text.replace(new RegExp(`\\b${said}\\b`, 'gi'), meant);
  const [, unit] = /^this (\w+)$/i.exec(said) ?? [];
  // Where this week is another one than by the calendar, so is the week before it.
  return unit === undefined
    ? there
    : there.replace(new RegExp(`\\blast ${unit}\\b`, 'gi'), `the ${unit} before`);
}

function isSpan(text: string, time: TimeContext): boolean {
  const all = tokens(text);
  const read = readTime(all, 0, time);
  return read !== undefined && read !== null && read.length === all.length && read.meaning.kind === 'span';
}
