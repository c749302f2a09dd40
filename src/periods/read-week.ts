import { addDays, type Day, isoWeekday } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { dayAndMonth, writtenDate } from './read-date.ts';
import { holiday } from './read-holiday.ts';
import type { TimeMeaning } from './time-meaning.ts';
import { type Atom, type Reader, skipThe, word, words } from './time-reader.ts';
import { dayIs, daysIn, fixedAtom } from './time-spans.ts';
import { WEEKDAYS } from './time-vocabulary.ts';
import { yearAfter, yearly } from './time-years.ts';
import { isoWeekStart, type Span, startOf, unitsFrom } from './understand-calendar.ts';

/** 'week 12', 'calendar week 12 of 2024', 'CW12', 'KW 12', 'W12 2024', 'the week of 3 March 2025'. */
export function weekNumber(reader: Reader, start: number): Atom | undefined {
  let at = start;
  if (/^(?:calendar|iso)$/.test(word(reader, at))) at += 1;
  const before = reader.all[at];
  const nthWeek = before?.ordinal ? Number(before.number) : undefined;
  if (nthWeek !== undefined && /^(?:week|calendar week)$/.test(word(reader, at + 1))) {
    if (/^(?:of|in)$/.test(word(reader, at + 2)) && !yearAfter(reader, at + 2)) return undefined;
    const year = yearAfter(reader, at + 2);
    if (nthWeek < 1 || nthWeek > 53) return undefined;
    return yearly(reader, year?.next ?? at + 2, year?.year, (y) =>
      unitsFrom('week', isoWeekStart(y, nthWeek)),
    );
  }
  const glued = /^(?:cw|kw|wk|w)(\d{1,2})$/.exec(word(reader, at));
  let nth = Number(glued?.[1] ?? 0);
  let next = at + 1;
  if (/^w[cb]$/.test(word(reader, at))) return weekAt(reader, at + 1);
  if (/^w \/ [cb]$/.test(words(reader, at, 3) ?? '')) return weekAt(reader, at + 3);
  if (!glued) {
    if (!/^(?:week|wk|cw|kw)$/.test(word(reader, at))) return undefined;
    const number = smallNumber(reader.all[at + 1]);
    if (number === undefined) return weekOfDay(reader, at + 1);
    if (reader.all[at + 1]?.ordinal || dayAndMonth(reader, at + 1)) return undefined;
    nth = number;
    next = at + 2;
  }
  if (nth < 1 || nth > 53) return undefined;
  const year = yearAfter(reader, next);
  const make = (y: number): Span => unitsFrom('week', isoWeekStart(y, nth));
  return yearly(reader, year?.next ?? next, year?.year, make);
}

function weekOfDay(reader: Reader, start: number): Atom | undefined {
  const lead = word(reader, start);
  if (!/^(?:of|starting|beginning|ending|commencing|containing|with)$/.test(lead)) return undefined;
  let at = start + 1;
  if (/^(?:on|in)$/.test(word(reader, at))) at += 1;
  return weekAt(reader, at);
}

function weekAt(reader: Reader, at: number): Atom | undefined {
  const inside = dayAndMonth(reader, skipThe(reader, at)) ?? writtenDate(reader, at) ?? holiday(reader, at);
  if (!inside) return undefined;
  const make = (year?: number): TimeMeaning | undefined => {
    const day = inside.make(year);
    if (day?.kind !== 'span') return day;
    return { kind: 'span', span: unitsFrom('week', day.span.from) };
  };
  return { next: inside.next, yearGiven: inside.yearGiven, make };
}

/** 'the weekend of 6 June': Saturday and Sunday of that week. */
function weekendOf(week: Atom): Atom {
  const make = (year?: number): TimeMeaning | undefined => {
    const whole = week.make(year);
    if (whole?.kind !== 'span') return whole;
    const span = { ...daysIn(addDays(whole.span.from, 5), whole.span.to), unit: 'day' as const, count: 2 };
    return { kind: 'span', span };
  };
  return { ...week, make };
}

export function weekday(reader: Reader, at: number): Atom | undefined {
  const said = word(reader, at);
  const singular = said.replace(/s$/, '');
  const every = /^(?:every|each|per)$/.test(word(reader, at - 1));
  if (singular === 'weekend' || said === 'weekdays') {
    const days = singular === 'weekend' ? [6, 7] : [1, 2, 3, 4, 5];
    const around = said === 'weekend' && word(reader, at + 1) === 'of' ? weekAt(reader, at + 2) : undefined;
    if (around) return weekendOf(around);
    if (said === 'weekend' && !every && word(reader, at - 1) === 'the') {
      const saturday = addDays(startOf('week', reader.context.today), 5);
      const from = saturday <= reader.context.today ? saturday : addDays(saturday, -7);
      return fixedAtom(at + 1, { ...daysIn(from, addDays(from, 2)), unit: 'day', count: 2 });
    }
    return { next: at + 1, yearGiven: true, make: () => ({ kind: 'weekdays', days, label: said }) };
  }
  if (said.length > 4 && said !== singular && WEEKDAYS[singular]) {
    const day = WEEKDAYS[singular];
    return { next: at + 1, yearGiven: true, make: () => ({ kind: 'weekdays', days: [day], label: said }) };
  }
  const day = said.length > 3 || every ? WEEKDAYS[said] : undefined;
  if (!day) return undefined;
  if (every)
    return { next: at + 1, yearGiven: true, make: () => ({ kind: 'weekdays', days: [day], label: said }) };
  const { today } = reader.context;
  const inWeek = weekBeside(reader, at + 1);
  if (inWeek) return fixedAtom(inWeek.next, dayIs(addDays(inWeek.monday, day - 1)));
  const back = (isoWeekday(today) - day + 7) % 7;
  const over = reader.all.some((token) => PAST.test(token.word));
  return fixedAtom(at + 1, dayIs(addDays(today, back === 0 && over ? -7 : -back)));
}

/** 'Tuesday of last week', 'Monday this week'. */
function weekBeside(reader: Reader, start: number): { monday: Day; next: number } | undefined {
  const joined = /^(?:of|in)$/.test(word(reader, start)) ? start + 1 : start;
  const at = skipThe(reader, joined);
  const which = words(reader, at, 2) ?? '';
  const weeks = /^(?:last|previous|past) week$/.test(which)
    ? 1
    : /^(?:this|current) week$/.test(which)
      ? 0
      : null;
  const monday = startOf('week', reader.context.today);
  return weeks === null ? undefined : { monday: addDays(monday, -7 * weeks), next: at + 2 };
}

/** 'what did we sell on Saturday', asked on a Saturday, is about the one that is over. */
const PAST = /^(?:did|was|were|sold|had|made|came|went)$/;
