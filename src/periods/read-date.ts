import { addDays, addMonths, startOfMonth } from '../domain/day.ts';
import { bareShortYear } from './read-calendar-unit.ts';
import { type Atom, dayNumber, isYearNumber, monthAt, type Reader, skipThe, word } from './time-reader.ts';
import { dayIs, fixedAtom, longDay, weekOf } from './time-spans.ts';
import { WEEKDAYS } from './time-vocabulary.ts';
import { yearAfter, yearly } from './time-years.ts';
import { dayOf, type Span, unitsFrom } from './understand-calendar.ts';

/** 2017-11-24, 24/11/2017, 11/24/2017, 24.11.17, 2017-11, 2017-W47. */
export function writtenDate(reader: Reader, at: number): Atom | undefined {
  const token = reader.all[at];
  if (token?.kind !== 'date') return undefined;
  const [a = 0, b = 0, c = 0] = token.word.split(/\D+/).map(Number);
  if (token.word.includes('w')) return weekOf(at + 1, a, b);
  const pieces = token.word.split(/[-./]/);
  if (pieces.length === 2) {
    const first = dayOf(a, b, 1);
    return first ? fixedAtom(at + 1, unitsFrom('month', first)) : undefined;
  }
  if (pieces[0]?.length === 4) {
    const day = dayOf(a, b, c);
    return day ? fixedAtom(at + 1, dayIs(day)) : undefined;
  }
  const year = c < 100 ? 2000 + c : c;
  const dayFirst = dayOf(year, b, a);
  const monthFirst = dayOf(year, a, b);
  const order = token.word.includes('.') ? 'day-first' : reader.context.dateOrder;
  const one = dayFirst && monthFirst && dayFirst !== monthFirst ? undefined : (dayFirst ?? monthFirst);
  if (one) return fixedAtom(at + 1, dayIs(one));
  if (!dayFirst || !monthFirst) return undefined;
  if (order) return fixedAtom(at + 1, dayIs(order === 'day-first' ? dayFirst : monthFirst));
  const options = [dayFirst, monthFirst].map((day) => ({ label: longDay(day), phrase: longDay(day) }));
  return { next: at + 1, yearGiven: true, make: () => ({ kind: 'unclear', said: token.raw, options }) };
}

/** '24 November 2017', 'Nov 24th', '24th of November', 'Friday 24 November'. */
export function dayAndMonth(reader: Reader, start: number): Atom | undefined {
  let at = start;
  if (
    WEEKDAYS[word(reader, at)] &&
    (dayNumber(reader, at + 1) || monthAt(reader, at + 1) || word(reader, at + 1) === ',')
  ) {
    at += word(reader, at + 1) === ',' ? 2 : 1;
    if (word(reader, at) === 'the') at += 1;
  }
  const before = dayNumber(reader, at);
  if (before) {
    let next = at + 1;
    if (word(reader, next) === 'of') next += 1;
    const month = monthAt(reader, next);
    if (month) return dated(reader, next + 1, month, before);
  }
  const month = monthAt(reader, at);
  if (!month) return undefined;
  const next = skipThe(reader, at + 1);
  const behind = dayNumber(reader, next);
  if (!behind || isYearNumber(reader.all[next]) || bareShortYear(reader, at)) return undefined;
  return dated(reader, next + 1, month, behind);
}

function dated(reader: Reader, at: number, month: number, day: number): Atom | undefined {
  const comma = word(reader, at) === ',' && isYearNumber(reader.all[at + 1]) ? 1 : 0;
  const year = yearAfter(reader, at + comma);
  const make = (y: number): Span | undefined => {
    const made = dayOf(y, month, day);
    return made ? dayIs(made) : undefined;
  };
  if (!year && !dayOf(2024, month, day)) return undefined;
  return yearly(reader, year?.next ?? at, year?.year, make);
}

export function plainDay(reader: Reader, at: number): Atom | undefined {
  const { today } = reader.context;
  const said = word(reader, at);
  const offset =
    said === 'today' || said === 'tonight'
      ? 0
      : said === 'yesterday'
        ? -1
        : said === 'tomorrow'
          ? 1
          : undefined;
  if (offset !== undefined) return fixedAtom(at + 1, dayIs(addDays(today, offset)));
  const token = reader.all[at];
  const before = word(reader, at - 1);
  if (
    token?.ordinal &&
    before === 'the' &&
    /^(?:|[?!.,]|vs|versus|and|to|by|per|compared|against|in)$/.test(word(reader, at + 1))
  ) {
    const nth = Number(token.number);
    const here = dayOf(Number(today.slice(0, 4)), Number(today.slice(5, 7)), nth);
    if (here && here <= today) return fixedAtom(at + 1, dayIs(here));
    const earlier = addMonths(startOfMonth(today), -1);
    const there = dayOf(Number(earlier.slice(0, 4)), Number(earlier.slice(5, 7)), nth);
    return there ? fixedAtom(at + 1, dayIs(there)) : undefined;
  }
  return undefined;
}
