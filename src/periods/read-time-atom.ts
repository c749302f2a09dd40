import { addDays, addMonths, type Day } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { keptByPlace } from './kept-by-place.ts';
import { bareYear, inYear, month, quarterOrHalf } from './read-calendar-unit.ts';
import { dayAndMonth, plainDay, writtenDate } from './read-date.ts';
import { dayList } from './read-day-list.ts';
import { fiscal } from './read-fiscal.ts';
import { holiday, season } from './read-holiday.ts';
import { ago, justGone, relativeUnit } from './read-relative-time.ts';
import { weekday, weekNumber } from './read-week.ts';
import type { TimeMeaning } from './time-meaning.ts';
import {
  type Atom,
  isYearNumber,
  ordinalAt,
  type Reader,
  saidBetween,
  skipThe,
  unitAt,
  word,
} from './time-reader.ts';
import { daysIn, fixedAtom, range, wholeOf } from './time-spans.ts';
import { yearAfter, yearly } from './time-years.ts';
import { addUnits, type CalendarUnit, isoWeekStart, type Span, unitsFrom } from './understand-calendar.ts';

export function readAtom(reader: Reader, start: number): Atom | undefined {
  return ATOMS(reader, skipThe(reader, start), (at) => atomAt(reader, at));
}

const ATOMS = keptByPlace<Atom | undefined>();

function atomAt(reader: Reader, at: number): Atom | undefined {
  return (
    dayList(reader, at) ??
    firstLast(reader, at) ??
    relativeUnit(reader, at) ??
    ago(reader, at) ??
    justGone(reader, at) ??
    writtenDate(reader, at) ??
    dayAndMonth(reader, at) ??
    holiday(reader, at) ??
    fiscal(reader, at) ??
    quarterOrHalf(reader, at) ??
    weekNumber(reader, at) ??
    weekday(reader, at) ??
    season(reader, at) ??
    plainDay(reader, at) ??
    month(reader, at) ??
    bareYear(reader, at)
  );
}

/** 'the first half of 2017', 'first quarter', 'last 3 months of 2017', 'first week of March', 'end of June'. */
function firstLast(reader: Reader, start: number): Atom | undefined {
  const which = word(reader, start);
  const isDelay = which === 'late' && DELAYED.test(word(reader, start - 1));
  if (which === 'late' && holiday(reader, start)) return undefined;
  if (!isDelay && /^(?:mid|early|late|beginning|start|end|middle)$/.test(which)) {
    let at = start + 1;
    if (word(reader, at) === '-') at += 1;
    if (word(reader, at) === 'of') at += 1;
    const whole = readAtom(reader, at);
    if (!whole) return undefined;
    const level = reader.all.some((token) => /^(?:balances?|stock|inventory)$/.test(token.word));
    if (which === 'end' && level) return whole;
    return { next: whole.next, yearGiven: true, make: () => parts3(reader, start, whole) };
  }
  const nth = dayOfRunningMonth(reader, start);
  if (nth) return nth;
  const ordinal = ordinalAt(reader, start);
  const last = which === 'last' || which === 'final';
  if (!ordinal && !last) return undefined;
  let at = start + 1;
  const count = smallNumber(reader.all[at]);
  if (count) at += 1;
  const unit = unitAt(reader, at);
  if (!unit) return undefined;
  at += 1;
  if (!/^(?:of|in)$/.test(word(reader, at))) {
    if ((unit === 'quarter' || unit === 'half') && !count) {
      const year = yearAfter(reader, at);
      // 'last half 2018' is the later one of that year; without a year it is the one before this.
      const nth =
        ordinal ?? (year && isYearNumber(reader.all[year.next - 1]) ? (unit === 'half' ? 2 : 4) : undefined);
      if (nth === undefined) return undefined;
      return inYear(reader, unit, nth, year?.next ?? at, year?.year);
    }
    return ordinal === 1 && count ? firstOfYear(reader, at, unit, count) : undefined;
  }
  const inside = readAtom(reader, at + 1) ?? currentUnit(reader, at + 1);
  if (!inside) return undefined;
  // 'the first days of May' are so many as nobody says.
  if (!count && unit !== 'half' && /s$/.test(reader.all[at - 1]?.raw ?? ''))
    return { next: inside.next, yearGiven: true, make: () => parts3(reader, start, inside) };
  const make = (year?: number): TimeMeaning | undefined => {
    const outer = inside.make(year);
    if (outer?.kind !== 'span') return outer;
    const whole = wholeOf(outer.span);
    const span = partOf(
      whole,
      unit,
      count ?? 1,
      last ? 'last' : ordinal === 1 ? 'first' : placeOf(ordinal, count),
    );
    return span ? { kind: 'span', span } : undefined;
  };
  return make() ? { next: inside.next, yearGiven: inside.yearGiven, make } : undefined;
}

/** 'the second two weeks' begin after the first two: with the third one. */
function placeOf(ordinal: number | undefined, count: number | undefined): number | undefined {
  return ordinal && count ? (ordinal - 1) * count + 1 : ordinal;
}

/** 'the first nine months 2026', 'first six months last year', 'first three quarters'. */
function firstOfYear(reader: Reader, at: number, unit: CalendarUnit, count: number): Atom | undefined {
  if (unit !== 'month' && unit !== 'quarter') return undefined;
  const year = yearAfter(reader, at);
  return yearly(reader, year?.next ?? at, year?.year, (y) => unitsFrom(unit, `${y}-01-01`, count));
}

/** 'the first of the month', 'the 3rd of last month'. */
function dayOfRunningMonth(reader: Reader, start: number): Atom | undefined {
  const nth = ordinalAt(reader, start);
  if (!nth || nth > 31 || word(reader, start + 1) !== 'of') return undefined;
  const at = skipThe(reader, start + 2);
  const last = /^(?:last|previous)$/.test(word(reader, at));
  const unit = last || /^(?:this|current)$/.test(word(reader, at)) ? at + 1 : at;
  if (unit === start + 2 || word(reader, unit) !== 'month') return undefined;
  const from = addUnits('month', unitsFrom('month', reader.context.today).from, last ? -1 : 0);
  return fixedAtom(unit + 1, unitsFrom('day', addDays(from, nth - 1)));
}

/** 'the first half of the year': this one. */
function currentUnit(reader: Reader, start: number): Atom | undefined {
  if (word(reader, start) !== 'the') return undefined;
  const unit = unitAt(reader, start + 1);
  if (unit === undefined || unit === 'day' || unit === 'half') return undefined;
  return fixedAtom(start + 2, unitsFrom(unit, reader.context.today));
}

/** 'how many arrived late last month'. */
const DELAYED = /^(?:arriv\w*|deliver\w*|came|were|was|are|is|orders?|parcels?|packages?|too|shipped|sent)$/;

function partOf(
  whole: Span,
  unit: CalendarUnit,
  count: number,
  which: 'first' | 'last' | number | undefined,
): Span | undefined {
  if (unit === 'half' && whole.unit !== 'year') {
    if (whole.unit !== 'month') return undefined;
    const middle = addDays(whole.from, 15);
    return which === 'first' ? daysIn(whole.from, middle) : daysIn(middle, whole.to);
  }
  if (unit === 'week' && whole.unit === 'year' && whole.count === 1 && count === 1 && which !== undefined) {
    const year = Number(whole.from.slice(0, 4));
    const last = isoWeekStart(year + 1, 1);
    const from =
      which === 'last' ? addUnits('week', last, -1) : isoWeekStart(year, which === 'first' ? 1 : which);
    return { ...unitsFrom('week', from), notes: ['calendar weeks from Monday to Sunday'] };
  }
  if (unit === 'week' && which !== undefined) {
    const nth = which === 'first' ? 1 : which;
    const note = 'weeks counted in blocks of seven days';
    if (nth === 'last') return { ...daysIn(addDays(whole.to, -7 * count), whole.to), notes: [note] };
    const from = addDays(whole.from, 7 * (nth - 1));
    return { ...daysIn(from, addDays(from, 7 * count)), notes: [note] };
  }
  if (which === 'last') {
    const from = addUnits(unit, whole.to, -count);
    return from < whole.from ? undefined : { ...whole, from, to: whole.to, unit, count };
  }
  const from = addUnits(unit, whole.from, which === 'first' || which === undefined ? 0 : which - 1);
  const to = addUnits(unit, from, count);
  return to > whole.to ? undefined : { ...whole, from, to, unit, count };
}

/** 'mid March', 'early 2017': vague, so it is asked about. */
function parts3(reader: Reader, start: number, whole: Atom): TimeMeaning | undefined {
  const outer = whole.make();
  if (outer?.kind !== 'span') return outer;
  const { from, to } = wholeOf(outer.span);
  const said = saidBetween(reader, start, whole.next);
  const thirds =
    outer.span.unit === 'month' ? [from, addDays(from, 10), addDays(from, 20), to] : thirdsOf(from, to);
  const options = thirds.slice(0, 3).map((first, index) => range(first, thirds[index + 1] ?? to));
  return { kind: 'unclear', said, options: [...options, range(from, to)] };
}

function thirdsOf(from: Day, to: Day): Day[] {
  const months = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000 / 30.4);
  if (months < 3) {
    const days = Math.max(1, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000 / 3));
    return [from, addDays(from, days), addDays(from, 2 * days), to];
  }
  const step = Math.floor(months / 3);
  return [from, addMonths(from, step), addMonths(from, 2 * step), to];
}
