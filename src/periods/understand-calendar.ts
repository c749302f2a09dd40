import { DateTime } from 'luxon';
import {
  addDays,
  addMonths,
  addYears,
  type Day,
  daysBetween,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
} from '../domain/day.ts'; // prettier-ignore

import type { CalendarEvent } from '../model/semantic-model.ts';
import { foldPhrase } from '../vocabulary/understand-words.ts';

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';

/** Days from `from` up to and not including `to`, as so many calendar units; `toDate` when cut off at today. */
export type Span = {
  from: Day;
  to: Day;
  unit: CalendarUnit;
  count: number;
  toDate: boolean;
  label: string;
  notes: string[];
  /** True when no year was said, so that a partner's year may be taken ('January against February 2018'). */
  yearless?: boolean;
  /** Of 'from H1 2017 to H1 2018': what stands at its ends. */
  ends?: { first: Span; last: Span };
  /** Only these days of it, where others lie between them. */
  days?: readonly Day[];
};

export function startOf(unit: CalendarUnit, day: Day): Day {
  if (unit === 'day') return day;
  if (unit === 'week') return startOfWeek(day);
  if (unit === 'month') return startOfMonth(day);
  if (unit === 'quarter') return startOfQuarter(day);
  if (unit === 'year') return startOfYear(day);
  return Number(day.slice(5, 7)) <= 6 ? startOfYear(day) : `${day.slice(0, 4)}-07-01`;
}

export function addUnits(unit: CalendarUnit, day: Day, count: number): Day {
  if (unit === 'day') return addDays(day, count);
  if (unit === 'week') return addDays(day, 7 * count);
  if (unit === 'month') return addMonths(day, count);
  if (unit === 'quarter') return addMonths(day, 3 * count);
  if (unit === 'half') return addMonths(day, 6 * count);
  return addYears(day, count);
}

/** `count` whole calendar units, the first one starting at the unit that holds `day`. */
export function unitsFrom(unit: CalendarUnit, day: Day, count = 1): Span {
  const from = startOf(unit, day);
  return { from, to: addUnits(unit, from, count), unit, count, toDate: false, label: '', notes: [] };
}

/** The span just before: the month before a month, the same days of the month before for a month to date. */
export function spanBefore(span: Span): Span {
  const from = addUnits(span.unit, span.from, -span.count);
  const to = span.toDate ? sameDaysLater(span, from) : addUnits(span.unit, span.to, -span.count);
  const fitting = span.toDate && to > span.from ? span.from : to;
  return { ...span, from, to: wholeUnits(span) ? fitting : span.from, label: '', notes: [] };
}

/** The same span a year earlier; a week is the week of the same ISO number. */
export function spanYearBefore(span: Span, years = 1): Span {
  if (span.unit === 'week' && !span.toDate) {
    const monday = DateTime.fromISO(span.from, { zone: 'utc' });
    const year = monday.weekYear - years;
    const week = Math.min(monday.weekNumber, DateTime.utc(year, 6, 1).weeksInWeekYear);
    const from = isoWeekStart(year, week);
    return { ...span, from, to: addDays(from, daysBetween(span.from, span.to)), label: '', notes: [] };
  }
  if (span.unit === 'week') {
    const whole = spanYearBefore({ ...span, toDate: false, to: addDays(span.from, 7) }, years);
    return {
      ...span,
      from: whole.from,
      to: addDays(whole.from, daysBetween(span.from, span.to)),
      label: '',
      notes: [],
    };
  }
  return { ...span, from: addYears(span.from, -years), to: addYears(span.to, -years), label: '', notes: [] };
}

export function isoWeekStart(year: number, week: number): Day {
  return (
    DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone: 'utc' }).toISODate() ?? ''
  );
}

export function dayOf(year: number, month: number, day: number): Day | undefined {
  const made = DateTime.utc(year, month, day);
  return made.isValid ? (made.toISODate() ?? undefined) : undefined;
}

function wholeUnits(span: Span): boolean {
  return span.toDate || span.to === addUnits(span.unit, span.from, span.count);
}

function sameDaysLater(span: Span, from: Day): Day {
  return span.unit === 'month' || span.unit === 'quarter' || span.unit === 'half' || span.unit === 'year'
    ? addDays(addUnits(span.unit, addDays(span.to, -1), -span.count), 1)
    : addDays(from, daysBetween(span.from, span.to));
}

export type Holiday = { names: string[]; days: (year: number) => [first: Day, days: number]; note?: string };

/** Days that retailers name; the names are folded words. */
export const HOLIDAYS: Holiday[] = [
  { names: ['black friday'], days: (year) => [addDays(thanksgiving(year), 1), 1] },
  {
    names: ['black friday weekend', 'thanksgiving weekend'],
    days: (year) => [addDays(thanksgiving(year), 1), 3],
    note: 'Friday to Sunday',
  }, // prettier-ignore
  {
    names: ['black friday week'],
    days: (year) => [startOfWeek(addDays(thanksgiving(year), 1)), 7],
    note: 'Monday to Sunday',
  }, // prettier-ignore
  { names: ['cyber monday'], days: (year) => [addDays(thanksgiving(year), 4), 1] },
  {
    names: ['cyber week'],
    days: (year) => [addDays(thanksgiving(year), 4), 7],
    note: 'the week that starts with Cyber Monday',
  }, // prettier-ignore
  { names: ['thanksgiving', 'thanksgiving day'], days: (year) => [thanksgiving(year), 1] },
  {
    names: ['easter', 'easter sunday', 'easter day'],
    days: (year) => [easter(year), 1],
    note: 'Easter Sunday',
  },
  {
    names: ['easter weekend'],
    days: (year) => [addDays(easter(year), -2), 4],
    note: 'Good Friday to Easter Monday',
  }, // prettier-ignore
  {
    names: ['easter week', 'holy week'],
    days: (year) => [addDays(easter(year), -6), 7],
    note: 'the seven days up to Easter Sunday',
  }, // prettier-ignore
  { names: ['good friday'], days: (year) => [addDays(easter(year), -2), 1] },
  { names: ['easter monday'], days: (year) => [addDays(easter(year), 1), 1] },
  {
    names: ['carnival'],
    days: (year) => [addDays(easter(year), -50), 4],
    note: 'Saturday to Shrove Tuesday',
  },
  { names: ['christmas eve'], days: (year) => [`${year}-12-24`, 1] },
  {
    names: ['christmas', 'christmas day', 'xmas', 'xmas day'],
    days: (year) => [`${year}-12-25`, 1],
    note: '25 December',
  }, // prettier-ignore
  {
    names: ['christmas week', 'xmas week'],
    days: (year) => [startOfWeek(`${year}-12-25`), 7],
    note: 'the week of 25 December',
  }, // prettier-ignore
  { names: ['boxing day'], days: (year) => [`${year}-12-26`, 1] },
  { names: ['new year eve', 'new years eve'], days: (year) => [`${year}-12-31`, 1] },
  { names: ['new year day', 'new years day'], days: (year) => [`${year}-01-01`, 1] },
  {
    names: ['valentine', 'valentines', 'valentine day', 'valentines day', 'st valentine day'],
    days: (year) => [`${year}-02-14`, 1],
  }, // prettier-ignore
  {
    names: ['valentine week', 'valentines week'],
    days: (year) => [startOfWeek(`${year}-02-14`), 7],
    note: 'the week of 14 February',
  }, // prettier-ignore
  { names: ['halloween'], days: (year) => [`${year}-10-31`, 1] },
  { names: ['singles day'], days: (year) => [`${year}-11-11`, 1] },
  ...bankHoliday(['early may bank holiday', 'may day bank holiday', 'first may bank holiday'], 5, 'first'),
  ...bankHoliday(
    ['late may bank holiday', 'spring bank holiday', 'whitsun bank holiday', 'second may bank holiday'],
    5,
    'last',
  ),
  ...bankHoliday(
    ['august bank holiday', 'late august bank holiday', 'summer bank holiday', 'late summer bank holiday'],
    8,
    'last',
  ),
  { names: ['4th of july', 'fourth of july'], days: (year) => [`${year}-07-04`, 1] },
  {
    names: ['mother day', 'mothers day'],
    days: (year) => [nthWeekday(year, 5, 7, 2), 1],
    note: 'the second Sunday of May',
  }, // prettier-ignore
  {
    names: ['father day', 'fathers day'],
    days: (year) => [nthWeekday(year, 6, 7, 3), 1],
    note: 'the third Sunday of June',
  }, // prettier-ignore
  { names: ['international women day', 'women day', 'womens day'], days: (year) => [`${year}-03-08`, 1] },
  { names: ['st patrick day', 'saint patrick day', 'st patricks day'], days: (year) => [`${year}-03-17`, 1] },
];

/** A day that the semantic model names. */
export function holidayOf(event: CalendarEvent): Holiday {
  const { rule } = event;
  const first = (year: number): Day => {
    if (rule.kind === 'fixed') return dayOf(year, rule.month, rule.day) ?? '';
    if (rule.kind === 'easter') return easter(year);
    if (rule.nth > 0) return nthWeekday(year, rule.month, rule.weekday, rule.nth);
    const end = DateTime.utc(year, rule.month, 1).endOf('month');
    return end.minus({ days: (end.weekday - rule.weekday + 7) % 7 }).toISODate() ?? '';
  };
  return {
    names: [event.label, ...event.synonyms].map(foldPhrase),
    days: (year) => [addDays(first(year), event.offset_days), event.days],
  };
}

/** Of England and Wales: a Monday, and the weekend that it makes long. */
function bankHoliday(names: string[], month: number, which: 'first' | 'last'): Holiday[] {
  const monday = (year: number): Day => {
    if (which === 'first') return nthWeekday(year, month, 1, 1);
    const fifth = nthWeekday(year, month, 1, 5);
    return Number(fifth.slice(5, 7)) === month ? fifth : nthWeekday(year, month, 1, 4);
  };
  const note = `the ${which} Monday of ${month === 5 ? 'May' : 'August'}`;
  return [
    { names: names.map((one) => `${one} weekend`), days: (year) => [addDays(monday(year), -2), 3], note },
    { names: names.flatMap((one) => [one, `${one} monday`]), days: (year) => [monday(year), 1], note },
  ];
}

function thanksgiving(year: number): Day {
  return nthWeekday(year, 11, 4, 4);
}

function nthWeekday(year: number, month: number, isoWeekday: number, nth: number): Day {
  const first = DateTime.utc(year, month, 1);
  return first.plus({ days: ((isoWeekday - first.weekday + 7) % 7) + 7 * (nth - 1) }).toISODate() ?? '';
}

/** Gregorian Easter Sunday (Meeus, Jones and Butcher). */
function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1) ?? '';
}
