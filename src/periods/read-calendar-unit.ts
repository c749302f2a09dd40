import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { type Atom, isYearNumber, monthAt, type Reader, unitAt, word } from './time-reader.ts';
import { fixedAtom } from './time-spans.ts';
import { shortYear, yearAfter, yearly } from './time-years.ts';
import { addUnits, type CalendarUnit, dayOf, unitsFrom } from './understand-calendar.ts';

export function month(reader: Reader, at: number): Atom | undefined {
  const number = monthAt(reader, at);
  if (!number) return undefined;
  if (word(reader, at) === 'may' && !mayIsMonth(reader, at)) return undefined;
  const year = yearAfter(reader, at + 1) ?? shortYear(reader, at + 1) ?? bareShortYear(reader, at);
  return yearly(reader, year?.next ?? at + 1, year?.year, (y) =>
    unitsFrom('month', dayOf(y, number, 1) ?? ''),
  );
}

/** 'may' is a month after a preposition, before a year, at the end, before what no verb is, or written with a capital. */
function mayIsMonth(reader: Reader, at: number): boolean {
  const raw = reader.all[at]?.raw ?? '';
  const next = reader.all[at + 1];
  if (/^(?:May|MAY)(?:['’]s)?$/.test(raw))
    return at > 0 || !/^(?:|i|we|you|he|she|they|it|there|the|my|our|please)$/.test(word(reader, at + 1));
  if (AFTER_WHICH_MONTH.test(word(reader, at - 1)) || isYearNumber(next)) return true;
  if (word(reader, at - 1) === 'how') return false;
  if (at === 0 && next && !MODAL.test(next.word)) return true;
  return !next || next.kind === 'symbol' || AFTER_MONTH.test(next.word);
}

/** What 'may' is a verb of at the beginning of a question. */
const MODAL = /^(?:i|we|you|he|she|they|it|there|the|my|our|please|be|have|not|one|customers|people)$/;
const AFTER_WHICH_MONTH =
  /^(?:in|of|during|for|since|until|till|from|to|last|this|between|and|vs|by|before|after|through|mid|early|late|end|middle|start|beginning|all|whole|every|each|-|–|\/|april)$/;
/** What follows a month, and 'we may' never. */
const AFTER_MONTH =
  /^(?:vs|versus|against|compared|v|total|with|at|on|excluding|without|than|by|per|in|and|or|to|till|until|through|for|of|only|please|pls|thanks|online|split|sales|revenue|turnover|orders|units|figures|numbers|takings|so|month|web|store)$/;

export function bareYear(reader: Reader, start: number): Atom | undefined {
  let at = word(reader, start) === 'full' ? start + 1 : start;
  while (/^(?:year|calendar)$/.test(word(reader, at)) && at < start + 3) at += 1;
  const token = reader.all[at];
  if (!isYearNumber(token)) return undefined;
  const year = Number(token?.number);
  return fixedAtom(at + 1, unitsFrom('year', `${year}-01-01`));
}

export function quarterOrHalf(reader: Reader, at: number): Atom | undefined {
  const glued = /^(q|h|s)([1-4])$/.exec(word(reader, at));
  const reversed = /^([1-4])(q|h)$/.exec(word(reader, at));
  const yearFirst = isYearNumber(reader.all[at]) ? /^(q|h)([1-4])$/.exec(word(reader, at + 1)) : null;
  const joint = /^(\d{4})(q|h)([1-4])$/.exec(word(reader, at)) ?? undefined;
  if (joint)
    return inYear(reader, joint[2] === 'q' ? 'quarter' : 'half', Number(joint[3]), at + 1, Number(joint[1]));
  if (yearFirst) {
    return inYear(
      reader,
      yearFirst[1] === 'q' ? 'quarter' : 'half',
      Number(yearFirst[2]),
      at + 2,
      Number(reader.all[at]?.number),
    ); // prettier-ignore
  }
  const short = /^(?:([1-4])(q|h)|(q|h)([1-4]))(\d{2})$/.exec(word(reader, at));
  if (short)
    return inYear(
      reader,
      (short[2] ?? short[3]) === 'q' ? 'quarter' : 'half',
      Number(short[1] ?? short[4]),
      at + 1,
      2000 + Number(short[5]),
    );
  const letter = glued?.[1] ?? reversed?.[2];
  let nth = Number(glued?.[2] ?? reversed?.[1] ?? 0);
  let next = at + 1;
  let unit: CalendarUnit = letter === 'q' ? 'quarter' : 'half';
  if (!letter) {
    const named = unitAt(reader, at);
    const number = smallNumber(reader.all[at + 1]);
    if ((named !== 'quarter' && named !== 'half') || !number || number > 4) return undefined;
    unit = named;
    nth = number;
    next = at + 2;
  }
  if (letter === 's') return undefined;
  const year = yearAfter(reader, next) ?? shortYear(reader, next);
  return inYear(reader, unit, nth, year?.next ?? next, year?.year);
}

export function inYear(
  reader: Reader,
  unit: CalendarUnit,
  nth: number,
  next: number,
  year?: number,
): Atom | undefined {
  if (nth < 1 || nth > (unit === 'half' ? 2 : 4)) return undefined;
  return yearly(reader, next, year, (y) => unitsFrom(unit, addUnits(unit, `${y}-01-01`, nth - 1)));
}

/** 'in May 18': after 'in', two figures are the year, if the data has it; a day would be said with 'on'. */
export function bareShortYear(reader: Reader, at: number): { year: number; next: number } | undefined {
  const token = reader.all[at + 1];
  const { dataFrom, today } = reader.context;
  if (token?.kind !== 'number' || token.ordinal || token.unit || !/^\d{2}$/.test(token.raw)) return undefined;
  if (word(reader, at - 1) !== 'in' || dataFrom === null) return undefined;
  const year = 2000 + Number(token.raw);
  const known = year >= Number(dataFrom.slice(0, 4)) && year <= Number(today.slice(0, 4));
  return known ? { year, next: at + 2 } : undefined;
}
