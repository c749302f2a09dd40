import { addDays, addMonths, type Day, isoWeekday, parts, startOfMonth } from '../domain/day.ts';
import {
  addUnits,
  type CalendarUnit,
  dayOf,
  HOLIDAYS,
  type Holiday,
  isoWeekStart,
  type Span,
  spanYearBefore,
  startOf,
  unitsFrom,
} from './understand-calendar.ts';
import { smallNumber } from './understand-numbers.ts';
import type { Token } from './understand-words.ts';

export type TimeContext = {
  today: Day;
  /** First and last day that the warehouse has, where known. */
  dataFrom: Day | null;
  dataTo: Day | null;
  /** 1 to 12. */
  fiscalYearStartMonth: number;
  /** How 03/04/2017 is meant; null asks. */
  dateOrder: 'day-first' | 'month-first' | null;
  /** The company's own named days, besides those that every retailer knows. */
  holidays: Holiday[];
};

/** A period that hangs on another one: 'the week before', 'the same period last year'. */
export type RelativeTime =
  | { kind: 'before'; unit: CalendarUnit | null }
  | { kind: 'after'; unit: CalendarUnit | null }
  | { kind: 'year-before' };

export type TimeMeaning =
  | { kind: 'span'; span: Span }
  | { kind: 'all-time' }
  | { kind: 'relative'; relative: RelativeTime }
  /** `options` are phrases that can stand in the place of what was said. */
  | { kind: 'unclear'; said: string; options: { label: string; phrase: string }[] }
  | { kind: 'weekdays'; days: number[]; label: string };

/** The meaning and how many tokens it takes, the small words before it ('in', 'during') included. */
export type TimeFound = { meaning: TimeMeaning; length: number };

/** Reads the longest time expression that starts at token `start`. */
export function readTime(all: Token[], start: number, context: TimeContext): TimeFound | undefined {
  const reader = { all, context };
  const found = readRange(reader, start) ?? readSingle(reader, start);
  if (!found || found.next <= start) return undefined;
  return { meaning: labelled(found.meaning, reader, start, found.next), length: found.next - start };
}

/** Year-less times take their year from a partner: the March of 'from March to May 2017'. */
type Atom = { next: number; yearGiven: boolean; make: (year?: number) => TimeMeaning | undefined };
type Reader = { all: Token[]; context: TimeContext };
type Found = { next: number; meaning: TimeMeaning };

const UNITS: Record<string, CalendarUnit> = {
  day: 'day',
  week: 'week',
  wk: 'week',
  month: 'month',
  mth: 'month',
  quarter: 'quarter',
  qtr: 'quarter',
  half: 'half',
  halfyear: 'half',
  semester: 'half',
  year: 'year',
  yr: 'year',
}; // prettier-ignore

const MONTHS: Record<string, number> = {
  january: 1,
  jan: 1,
  february: 2,
  feb: 2,
  march: 3,
  mar: 3,
  april: 4,
  apr: 4,
  may: 5,
  june: 6,
  jun: 6,
  july: 7,
  jul: 7,
  august: 8,
  aug: 8,
  september: 9,
  sep: 9,
  sept: 9,
  october: 10,
  oct: 10,
  november: 11,
  nov: 11,
  december: 12,
  dec: 12,
}; // prettier-ignore

const WEEKDAYS: Record<string, number> = {
  monday: 1,
  mon: 1,
  tuesday: 2,
  tue: 2,
  tues: 2,
  wednesday: 3,
  wed: 3,
  thursday: 4,
  thu: 4,
  thur: 4,
  thurs: 4,
  friday: 5,
  fri: 5,
  saturday: 6,
  sat: 6,
  sunday: 7,
  sun: 7,
}; // prettier-ignore

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]; // prettier-ignore

/** Words that mean time and nothing else here: never corrected, never values by accident. */
export const TIME_WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(UNITS),
  ...Object.keys(MONTHS),
  ...Object.keys(WEEKDAYS),
  'today',
  'yesterday',
  'tomorrow',
  'ytd',
  'mtd',
  'qtd',
  'wtd',
  'fiscal',
  'weekend',
  'fortnight',
  'since',
  'until',
  'till',
  'before',
  'after',
  'ago',
  'last',
  'previous',
  'past',
  'this',
  'next',
  'current',
  'prior',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'yearly',
  'annual',
  'annually',
  'rolling',
  'trailing',
  'easter',
  'christmas',
  'xmas',
  'black',
  'cyber',
  'thanksgiving',
  'valentine',
  'halloween',
  'summer',
  'winter',
  'spring',
  'autumn',
  'decade',
  'during',
  'between',
]); // prettier-ignore

const BACK = new Set(['last', 'previous', 'past', 'prior', 'preceding']);
const NOW = new Set(['this', 'current', 'running']);
const LEADS = new Set([
  'in',
  'on',
  'during',
  'for',
  'over',
  'within',
  'throughout',
  'of',
  'at',
  'from',
  'by',
]);
const SEASONS: Record<string, [first: number, label: string]> = {
  spring: [3, 'March to May'],
  summer: [6, 'June to August'],
  autumn: [9, 'September to November'],
  fall: [9, 'September to November'],
  winter: [12, 'December to February'],
};

function readRange(reader: Reader, start: number): Found | undefined {
  const first = word(reader, start);
  if (first === 'between') return fromTo(reader, start + 1, ['and']);
  if (first === 'from' || first === 'starting') {
    const skip = first === 'starting' && /^(?:from|in|on|with)$/.test(word(reader, start + 1)) ? 2 : 1;
    const both = fromTo(reader, start + skip, [
      'to',
      'until',
      'till',
      'til',
      'through',
      'thru',
      '-',
      '–',
      '—',
      'up',
    ]);
    if (both) return both;
    const onwards = since(reader, start + skip);
    if (!onwards) return undefined;
    const end = word(reader, onwards.next);
    if (/^onwards?$|^on$/.test(end)) return { ...onwards, next: onwards.next + 1 };
    if (end === 'forward') return { ...onwards, next: onwards.next + 1 };
    return first === 'starting' ? onwards : undefined;
  }
  if (first === 'since') {
    const skip = /^(?:the)$/.test(word(reader, start + 1)) ? 2 : 1;
    if (/^(?:start|beginning)$/.test(word(reader, start + skip)) && !word(reader, start + skip + 1)) {
      return { next: start + skip + 1, meaning: { kind: 'all-time' } };
    }
    return since(reader, start + 1);
  }
  if (first === 'until' || first === 'till' || first === 'through') return until(reader, start + 1, true);
  if (first === 'up' && /^(?:to|until|till)$/.test(word(reader, start + 1)))
    return until(reader, start + 2, true);
  if (first === 'before') return until(reader, start + 1, false);
  if (first === 'after') return after(reader, start + 1);
  const at = skipLead(reader, start);
  return fromTo(reader, at, ['to', 'until', 'till', 'through', 'thru', '-', '–', '—']);
}

function readSingle(reader: Reader, start: number): Found | undefined {
  const led = skipLead(reader, start);
  for (const at of led === start ? [start] : [led, start]) {
    const fixed = besideAtom(reader, at) ?? readFixed(reader, at);
    if (fixed) return fixed;
    const atom = readAtom(reader, at);
    const meaning = atom?.make();
    if (atom && meaning) return toDateTail(reader, { next: atom.next, meaning });
  }
  return undefined;
}

/** 'the day after Christmas', 'the week before Easter', 'the month before last'. */
function besideAtom(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  const unit = unitAt(reader, at);
  const side = word(reader, at + 1);
  if (!unit || (side !== 'before' && side !== 'after')) return undefined;
  if (side === 'before' && word(reader, at + 2) === 'last') {
    const span = unitsFrom(unit, addUnits(unit, reader.context.today, -2));
    return unitAt(reader, at + 3) ? undefined : { next: at + 3, meaning: { kind: 'span', span } };
  }
  const inner = readAtom(reader, skipThe(reader, at + 2));
  const meaning = inner?.make();
  if (!inner || meaning?.kind !== 'span') return undefined;
  const { from, to } = meaning.span;
  const span = side === 'after' ? daysIn(to, addUnits(unit, to, 1)) : daysIn(addUnits(unit, from, -1), from);
  return { next: inner.next, meaning: { kind: 'span', span: { ...span, unit, count: 1 } } };
}

/** 'this year to date', 'last year to date', 'this month so far'. */
function toDateTail(reader: Reader, found: Found): Found {
  const tail = `${word(reader, found.next)} ${word(reader, found.next + 1)}`;
  if (tail !== 'to date' && tail !== 'so far') return found;
  const next = found.next + 2;
  if (found.meaning.kind !== 'span') return { ...found, next };
  const { span } = found.meaning;
  const { today } = reader.context;
  if (span.to > today) return { next, meaning: { kind: 'span', span: cutAt(span, addDays(today, 1)) } };
  const unit = span.unit;
  const nowStart = startOf(unit, today);
  let steps = 0;
  while (addUnits(unit, nowStart, -steps) > span.from && steps < 400) steps += 1;
  const sameDay = addDays(addUnits(unit, today, -steps), 1);
  const to = sameDay > span.from && sameDay < span.to ? sameDay : span.to;
  return { next, meaning: { kind: 'span', span: { ...span, to, toDate: true } } };
}

function fromTo(reader: Reader, start: number, joiners: string[]): Found | undefined {
  const short = shortDayRange(reader, start, joiners);
  if (short) return short;
  const a = readAtom(reader, skipThe(reader, start));
  if (!a) return undefined;
  let at = a.next;
  if (!joiners.includes(word(reader, at))) return undefined;
  at += word(reader, at) === 'up' && word(reader, at + 1) === 'to' ? 2 : 1;
  if (word(reader, at) === 'and' && word(reader, at + 1) === 'including') at += 2;
  const now = word(reader, start - 1) === 'from' && /^(?:now|date|present)$/.test(word(reader, at));
  const b: Atom | undefined = now
    ? { next: at + 1, yearGiven: true, make: () => ({ kind: 'span', span: dayIs(reader.context.today) }) }
    : readAtom(reader, skipThe(reader, at));
  if (!b) return undefined;
  const last = b.make();
  if (last?.kind !== 'span') return last ? { next: b.next, meaning: last } : undefined;
  const lastYear = Number(last.span.from.slice(0, 4));
  let first = a.yearGiven ? a.make() : a.make(lastYear);
  if (first?.kind === 'span' && first.span.from > last.span.from && !a.yearGiven)
    first = a.make(lastYear - 1);
  let end = last;
  if (first?.kind !== 'span') return first ? { next: b.next, meaning: first } : undefined;
  if (a.yearGiven && !b.yearGiven && !now) {
    const year = Number(first.span.from.slice(0, 4));
    const again = b.make(year);
    const later = again?.kind === 'span' && again.span.to <= first.span.from ? b.make(year + 1) : again;
    if (later?.kind === 'span') end = later;
  }
  if (first.span.from >= end.span.to) return undefined;
  const next = skipInclusive(reader, b.next);
  return { next, meaning: { kind: 'span', span: joined(first.span, end.span) } };
}

/** '1 to 15 March 2017', '1-15 March', 'March 1-15 2017', '3rd to the 9th of May'. */
function shortDayRange(reader: Reader, start: number, joiners: string[]): Found | undefined {
  const shapes = [
    () => {
      const a = dayNumber(reader, start);
      const at = start + 1;
      if (!a || !joiners.includes(word(reader, at))) return undefined;
      let next = skipThe(reader, at + 1);
      const b = dayNumber(reader, next);
      if (!b) return undefined;
      next += 1;
      if (word(reader, next) === 'of') next += 1;
      const month = monthAt(reader, next);
      return month ? { a, b, month, next: next + 1 } : undefined;
    },
    () => {
      const month = monthAt(reader, start);
      const a = month ? dayNumber(reader, start + 1) : undefined;
      if (!month || !a || !joiners.includes(word(reader, start + 2))) return undefined;
      const at = skipThe(reader, start + 3);
      const b = dayNumber(reader, at);
      return b && !monthAt(reader, at + 1) ? { a, b, month, next: at + 1 } : undefined;
    },
  ];
  for (const shape of shapes) {
    const read = shape();
    if (!read) continue;
    const year = yearAfter(reader, read.next);
    const make = (y: number): Span | undefined => {
      const from = dayOf(y, read.month, read.a);
      const to = dayOf(y, read.month, read.b);
      return from && to && from <= to ? daysIn(from, addDays(to, 1)) : undefined;
    };
    const span = year ? make(year.year) : latestBegun(reader.context, make);
    if (span) return { next: year?.next ?? read.next, meaning: { kind: 'span', span } };
  }
  return undefined;
}

function since(reader: Reader, start: number): Found | undefined {
  const atom = readAtom(reader, skipThe(reader, start, ['the', 'beginning', 'start', 'of']));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return atom && meaning ? { next: atom.next, meaning } : undefined;
  const to = addDays(reader.context.today, 1);
  if (meaning.span.from >= to) return undefined;
  return {
    next: atom.next,
    meaning: { kind: 'span', span: { ...daysIn(meaning.span.from, to), toDate: true } },
  };
}

function until(reader: Reader, start: number, inclusive: boolean): Found | undefined {
  const atom = readAtom(reader, skipThe(reader, start, ['the', 'end', 'of', 'and', 'including']));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return atom && meaning ? { next: atom.next, meaning } : undefined;
  const to = inclusive ? meaning.span.to : meaning.span.from;
  const { dataFrom } = reader.context;
  const from = dataFrom && dataFrom < to ? dataFrom : '1990-01-01';
  if (from >= to) return undefined;
  return { next: skipInclusive(reader, atom.next), meaning: { kind: 'span', span: daysIn(from, to) } };
}

function after(reader: Reader, start: number): Found | undefined {
  const atom = readAtom(reader, skipThe(reader, start));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return atom && meaning ? { next: atom.next, meaning } : undefined;
  const to = addDays(reader.context.today, 1);
  if (meaning.span.to >= to) return undefined;
  return {
    next: atom.next,
    meaning: { kind: 'span', span: { ...daysIn(meaning.span.to, to), toDate: true } },
  };
}

const FIXED: [phrase: string, meaning: (context: TimeContext) => TimeMeaning][] = [
  ...[
    'all time',
    'of all time',
    'ever',
    'all times',
    'since the beginning',
    'from the beginning',
    'since the start',
    'historically',
    'in our history',
    'in history',
    'lifetime',
    'the whole period',
    'whole period',
    'the entire period',
    'entire period',
    'all periods',
    'all years',
    'in all',
  ] // prettier-ignore
    .map((phrase): [string, () => TimeMeaning] => [phrase, () => ({ kind: 'all-time' })]),
  ...[
    'ytd',
    'year to date',
    'this year to date',
    'so far this year',
    'this year so far',
    'current year to date',
  ].map(fixed('year', 0)), // prettier-ignore
  ...['mtd', 'month to date', 'this month to date', 'so far this month', 'current month to date'].map(
    fixed('month', 0),
  ), // prettier-ignore
  ...['qtd', 'quarter to date', 'this quarter to date', 'so far this quarter', 'current quarter to date'].map(
    fixed('quarter', 0),
  ), // prettier-ignore
  ...['wtd', 'week to date', 'this week to date', 'so far this week'].map(fixed('week', 0)),
  ...[
    'last year to date',
    'previous year to date',
    'prior year to date',
    'last ytd',
    'ytd last year',
    'year to date last year',
    'lytd',
    'same time last year',
  ].map(fixed('year', 1)), // prettier-ignore
  ...['last month to date', 'previous month to date', 'mtd last month'].map(fixed('month', 1)),
  ...['so far today', 'right now'].map((phrase): [string, (context: TimeContext) => TimeMeaning] => [
    phrase,
    (context) => ({ kind: 'span', span: dayIs(context.today) }),
  ]),
  ...relative({ kind: 'year-before' }, [
    'same period last year',
    'same period of last year',
    'same period the year before',
    'same period a year ago',
    'same period previous year',
    'same period the previous year',
    'same period in the previous year',
    'same period of the previous year',
    'same time a year ago',
    'same time the year before',
    'same period a year earlier',
    'same period year ago',
    'same month last year',
    'same week last year',
    'same quarter last year',
    'same day last year',
    'same days last year',
    'same month of last year',
    'same week of last year',
    'same quarter of last year',
    'same month the year before',
    'same week the year before',
    'same quarter the year before',
    'same month a year ago',
    'same quarter a year ago',
    'same month in the previous year',
    'same month of the previous year',
    'same quarter of the previous year',
    'a year earlier',
    'one year earlier',
    'a year before',
    'one year before',
    'year before',
    'the year before that',
    'previous year same period',
    'corresponding period last year',
    'corresponding period of last year',
    'year ago',
    'a year ago',
    'one year ago',
    'previous year period',
    'prior year period',
    'same months last year',
    'same weeks last year',
  ]),
  ...relative({ kind: 'before', unit: null }, [
    'previous period',
    'prior period',
    'period before',
    'preceding period',
    'last period',
    'the one before',
    'one before',
    'time before',
    'before that',
    'previous one',
    'previous stretch',
  ]),
  ...(['day', 'week', 'month', 'quarter'] as const).flatMap((unit) =>
    relative({ kind: 'before', unit }, [
      `${unit} before`,
      `a ${unit} earlier`,
      `one ${unit} earlier`,
      `a ${unit} before`,
      `preceding ${unit}`,
      `${unit} prior`,
      `${unit} earlier`,
      `${unit} before that`,
      `${unit} before it`,
    ]),
  ),
  ...(['day', 'week', 'month', 'quarter', 'year'] as const).flatMap(
    (unit) =>
      relative({ kind: 'after', unit }, [
        `${unit} after`,
        `following ${unit}`,
        `a ${unit} later`,
        `one ${unit} later`,
        `${unit} after that`,
      ]), // prettier-ignore
  ),
]; // prettier-ignore

const FIXED_BY_PHRASE = new Map(FIXED);
const FIXED_WORDS = Math.max(...FIXED.map(([phrase]) => phrase.split(' ').length));

function readFixed(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  if (words(reader, at, 3) === 'day before yesterday') {
    return { next: at + 3, meaning: { kind: 'span', span: dayIs(addDays(reader.context.today, -2)) } };
  }
  for (let count = FIXED_WORDS; count > 0; count -= 1) {
    for (const from of at === start ? [at] : [start, at]) {
      const phrase = words(reader, from, count);
      const meaning = phrase === undefined ? undefined : FIXED_BY_PHRASE.get(phrase);
      if (!meaning) continue;
      const next = from + count;
      const toDate = /(?:^| )(?:ytd|year to date)$/.test(phrase ?? '') ? yearAfter(reader, next) : undefined;
      if (toDate) {
        const { today } = reader.context;
        const back = Number(today.slice(0, 4)) - toDate.year;
        const span = spanYearBefore(toDateSpan('year', today), back);
        return { next: toDate.next, meaning: { kind: 'span', span } };
      }
      return { next, meaning: meaning(reader.context) };
    }
  }
  return undefined;
}

function readAtom(reader: Reader, start: number): Atom | undefined {
  const at = skipThe(reader, start);
  return (
    firstLast(reader, at) ??
    relativeUnit(reader, at) ??
    ago(reader, at) ??
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
  if (/^(?:mid|early|late|beginning|start|end|middle)$/.test(which)) {
    let at = start + 1;
    if (word(reader, at) === '-') at += 1;
    if (word(reader, at) === 'of') at += 1;
    const whole = readAtom(reader, at);
    if (!whole) return undefined;
    return { next: whole.next, yearGiven: true, make: () => parts3(reader, start, whole) };
  }
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
    if (ordinal && (unit === 'quarter' || unit === 'half') && !count) {
      const year = yearAfter(reader, at);
      return inYear(reader, unit, ordinal, year?.next ?? at, year?.year);
    }
    return undefined;
  }
  const inside = readAtom(reader, at + 1);
  if (!inside) return undefined;
  const make = (year?: number): TimeMeaning | undefined => {
    const outer = inside.make(year);
    if (outer?.kind !== 'span') return outer;
    const whole = wholeOf(outer.span);
    const span = partOf(whole, unit, count ?? 1, last ? 'last' : ordinal === 1 || count ? 'first' : ordinal);
    return span ? { kind: 'span', span } : undefined;
  };
  return { next: inside.next, yearGiven: inside.yearGiven, make };
}

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

/** 'this month', 'last 6 months', 'the previous quarter', 'past 7 days', 'last March', 'last weekend'. */
function relativeUnit(reader: Reader, start: number): Atom | undefined {
  const { today } = reader.context;
  let at = start;
  let which = word(reader, at);
  const rolling = /^(?:rolling|trailing)$/.test(which);
  if (rolling) which = 'last';
  if (which === 'the' || which === '') return undefined;
  const latest = /^(?:latest|recent)$/.test(which) || (which === 'most' && word(reader, at + 1) === 'recent');
  if (latest) {
    if (which === 'most') at += 1;
    which = 'last';
  }
  const back = BACK.has(which);
  const now = NOW.has(which);
  const ahead = which === 'next' || which === 'coming' || which === 'upcoming' || which === 'following';
  if (!back && !now && !ahead) return undefined;
  at += 1;
  let complete = skipComplete(reader, at);
  at += complete;
  if (back && /^(?:rolling|trailing)$/.test(word(reader, at))) at += 1;
  const couple = words(reader, at, 2) === 'couple of' ? 2 : words(reader, at, 3) === 'a couple of' ? 3 : 0;
  const count = couple ? 2 : smallNumber(reader.all[at]);
  if (count !== undefined) at += couple || 1;
  if (skipComplete(reader, at)) {
    at += 1;
    complete = 1;
  }
  const calendar = word(reader, at) === 'calendar';
  if (calendar) at += 1;
  if (word(reader, at) === 'fiscal' || word(reader, at) === 'financial') {
    return fiscalRelative(reader, at + 1, back ? -1 : ahead ? 1 : 0, count);
  }
  const unit = unitAt(reader, at);
  if (unit && !(unit === 'half' && word(reader, at + 1) === 'of')) {
    let next = at + 1;
    if (unit === 'half' && word(reader, next) === 'year') next += 1;
    if (word(reader, next - 1) === 'fortnight') return undefined;
    if (rolling || (back && words(reader, at - 2, 1) === 'rolling')) {
      const from = addUnits(unit, today, -(count ?? 1));
      return fixedAtom(next, {
        ...daysIn(from, today),
        unit,
        count: count ?? 1,
        notes: ['rolling, up to yesterday'],
      });
    }
    if (now) {
      if (count !== undefined && count > 1) return undefined;
      return fixedAtom(next, unit === 'day' ? dayIs(today) : toDateSpan(unit, today));
    }
    const many = count ?? 1;
    if (ahead) return fixedAtom(next, unitsFrom(unit, addUnits(unit, today, 1), many));
    const span = unitsFrom(unit, addUnits(unit, startOf(unit, today), -many), many);
    const notes = many > 1 || complete ? [`complete ${unit}s before this one`] : [];
    return fixedAtom(next, {
      ...span,
      notes: unit === 'day' ? (many > 1 ? ['up to yesterday'] : []) : notes,
    });
  }
  if (count !== undefined) return undefined;
  if (word(reader, at) === 'fortnight') {
    const from = addDays(today, -14);
    return fixedAtom(at + 1, {
      ...daysIn(from, today),
      unit: 'day',
      count: 14,
      notes: ['14 days up to yesterday'],
    });
  }
  if (word(reader, at) === 'weekend') {
    const saturday = addDays(startOf('week', today), 5);
    const from = back
      ? addDays(saturday, 1) < today
        ? saturday
        : addDays(saturday, -7)
      : addDays(saturday, ahead ? 7 : 0); // prettier-ignore
    return fixedAtom(at + 1, {
      ...daysIn(from, addDays(from, 2)),
      unit: 'day',
      count: 2,
      notes: ['Saturday and Sunday'],
    }); // prettier-ignore
  }
  return relativeNamed(reader, at, back ? 'last' : now ? 'this' : 'next');
}

/** 'last March', 'this Q3', 'last Black Friday', 'last Friday', 'last summer'. */
function relativeNamed(reader: Reader, at: number, which: 'last' | 'this' | 'next'): Atom | undefined {
  const { today } = reader.context;
  const day = WEEKDAYS[word(reader, at)];
  if (day) {
    const monday = startOf('week', today);
    const back = (isoWeekday(today) - day + 7) % 7 || 7;
    const from =
      which === 'this'
        ? addDays(monday, day - 1)
        : which === 'last'
          ? addDays(today, -back)
          : addDays(monday, 6 + day); // prettier-ignore
    return fixedAtom(at + 1, dayIs(from));
  }
  const named =
    dayAndMonth(reader, at) ??
    month(reader, at) ??
    quarterOrHalf(reader, at) ??
    holiday(reader, at) ??
    season(reader, at);
  if (!named || named.yearGiven) return undefined;
  const year = Number(today.slice(0, 4));
  const pick = (): TimeMeaning | undefined => {
    if (which === 'this') return named.make(year);
    if (which === 'next') {
      const soon = named.make(year);
      return soon?.kind === 'span' && soon.span.from > today ? soon : named.make(year + 1);
    }
    const recent = named.make(year);
    return recent?.kind === 'span' && recent.span.to <= today ? recent : named.make(year - 1);
  };
  return { next: named.next, yearGiven: true, make: pick };
}

function ago(reader: Reader, start: number): Atom | undefined {
  const one = /^(?:a|an|one)$/.test(word(reader, start));
  const count = one ? 1 : smallNumber(reader.all[start]);
  const unit = unitAt(reader, start + 1);
  if (!count || !unit || word(reader, start + 2) !== 'ago') return undefined;
  if (one && unit === 'year') return undefined;
  const span = unitsFrom(unit, addUnits(unit, reader.context.today, -count));
  return fixedAtom(start + 3, span);
}

/** 2017-11-24, 24/11/2017, 11/24/2017, 24.11.17, 2017-11, 2017-W47. */
function writtenDate(reader: Reader, at: number): Atom | undefined {
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
function dayAndMonth(reader: Reader, start: number): Atom | undefined {
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
  if (!behind || isYearNumber(reader.all[next])) return undefined;
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

function month(reader: Reader, at: number): Atom | undefined {
  const number = monthAt(reader, at);
  if (!number) return undefined;
  if (word(reader, at) === 'may' && !mayIsMonth(reader, at)) return undefined;
  const year = yearAfter(reader, at + 1) ?? shortYear(reader, at + 1);
  return yearly(reader, year?.next ?? at + 1, year?.year, (y) =>
    unitsFrom('month', dayOf(y, number, 1) ?? ''),
  );
}

/** 'may' is a month after a preposition, before a year, or written with a capital. */
function mayIsMonth(reader: Reader, at: number): boolean {
  const raw = reader.all[at]?.raw ?? '';
  return raw === 'May' || raw === 'MAY'
    ? at > 0
    : /^(?:in|of|during|for|since|until|till|from|to|last|this|between|and|vs|by|before|after|through)$/.test(
        word(reader, at - 1),
      ) || isYearNumber(reader.all[at + 1]); // prettier-ignore
}

function bareYear(reader: Reader, start: number): Atom | undefined {
  const at = /^(?:year|calendar)$/.test(word(reader, start)) ? start + 1 : start;
  const token = reader.all[at];
  if (!isYearNumber(token)) return undefined;
  const year = Number(token?.number);
  return fixedAtom(at + 1, unitsFrom('year', `${year}-01-01`));
}

function quarterOrHalf(reader: Reader, at: number): Atom | undefined {
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

function inYear(
  reader: Reader,
  unit: CalendarUnit,
  nth: number,
  next: number,
  year?: number,
): Atom | undefined {
  if (nth < 1 || nth > (unit === 'half' ? 2 : 4)) return undefined;
  return yearly(reader, next, year, (y) => unitsFrom(unit, addUnits(unit, `${y}-01-01`, nth - 1)));
}

/** 'week 12', 'calendar week 12 of 2024', 'CW12', 'KW 12', 'W12 2024', 'the week of 3 March 2025'. */
function weekNumber(reader: Reader, start: number): Atom | undefined {
  let at = start;
  if (/^(?:calendar|iso)$/.test(word(reader, at))) at += 1;
  const glued = /^(?:cw|kw|wk|w)(\d{1,2})$/.exec(word(reader, at));
  let nth = Number(glued?.[1] ?? 0);
  let next = at + 1;
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
  const inside = dayAndMonth(reader, skipThe(reader, at)) ?? writtenDate(reader, at) ?? holiday(reader, at);
  if (!inside) return undefined;
  const make = (year?: number): TimeMeaning | undefined => {
    const day = inside.make(year);
    if (day?.kind !== 'span') return day;
    return { kind: 'span', span: unitsFrom('week', day.span.from) };
  };
  return { next: inside.next, yearGiven: inside.yearGiven, make };
}

function weekOf(next: number, year: number, week: number): Atom | undefined {
  return week >= 1 && week <= 53 ? fixedAtom(next, unitsFrom('week', isoWeekStart(year, week))) : undefined;
}

function weekday(reader: Reader, at: number): Atom | undefined {
  const said = word(reader, at);
  const singular = said.replace(/s$/, '');
  const every = /^(?:every|each)$/.test(word(reader, at - 1));
  if (singular === 'weekend' || said === 'weekdays') {
    const days = singular === 'weekend' ? [6, 7] : [1, 2, 3, 4, 5];
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
  return fixedAtom(at + 1, dayIs(addDays(today, -((isoWeekday(today) - day + 7) % 7))));
}

function holiday(reader: Reader, at: number): Atom | undefined {
  for (let count = 4; count > 0; count -= 1) {
    const phrase = words(reader, at, count);
    const found = phrase ? findHoliday(reader, phrase) : undefined;
    if (!found) continue;
    const year = yearAfter(reader, at + count);
    const make = (y: number): Span => {
      const [from, days] = found.days(y);
      return {
        ...daysIn(from, addDays(from, days)),
        unit: 'day',
        count: days,
        notes: found.note ? [found.note] : [],
      };
    };
    return yearly(reader, year?.next ?? at + count, year?.year, make);
  }
  return undefined;
}

function findHoliday(reader: Reader, phrase: string): Holiday | undefined {
  const named = (one: Holiday): boolean => one.names.includes(phrase);
  return reader.context.holidays.find(named) ?? HOLIDAYS.find(named);
}

function season(reader: Reader, start: number): Atom | undefined {
  const named = SEASONS[word(reader, start)];
  if (!named) return undefined;
  const before = word(reader, start - 1);
  if (word(reader, start) === 'fall' && !/^(?:in|the|this|last|of|during)$/.test(before)) return undefined;
  if (!isYearNumber(reader.all[start + 1]) && !/^(?:in|the|this|last|of|during|over|since|for)$/.test(before))
    return undefined;
  const year = yearAfter(reader, start + 1);
  const y = year?.year ?? Number(reader.context.today.slice(0, 4));
  const years = year ? [y] : [y, y - 1];
  const options = years.flatMap((each) =>
    [named[0], ((named[0] + 5) % 12) + 1].map((first) => {
      const from = dayOf(each, first, 1) ?? '';
      return range(from, addMonths(from, 3));
    }),
  );
  const next = year?.next ?? start + 1;
  return {
    next,
    yearGiven: true,
    make: () => ({ kind: 'unclear', said: saidBetween(reader, start, next), options: options.slice(0, 4) }),
  }; // prettier-ignore
}

function fiscal(reader: Reader, start: number): Atom | undefined {
  const said = word(reader, start);
  const glued = /^fy(\d{2}|\d{4})$/.exec(said);
  let at = start + 1;
  let year: number | undefined = glued ? Number(glued[1]) : undefined;
  let quarter: number | undefined;
  if (!glued && said !== 'fy' && said !== 'fiscal' && said !== 'financial') return undefined;
  const quarterAt = (): void => {
    const q = /^q([1-4])$/.exec(word(reader, at));
    if (!q) return;
    quarter = Number(q[1]);
    at += 1;
  };
  quarterAt();
  if (!quarter && word(reader, at) === 'quarter') {
    quarter = smallNumber(reader.all[at + 1]);
    if (!quarter) return undefined;
    at += 2;
  }
  if (!glued) {
    if (word(reader, at) === 'year') at += 1;
    if (/^(?:ytd|to)$/.test(word(reader, at)) && !quarter) {
      at += word(reader, at) === 'ytd' ? 1 : 2;
      const from = fiscalStart(reader, fiscalYearOf(reader, reader.context.today));
      return fixedAtom(at, { ...daysIn(from, addDays(reader.context.today, 1)), unit: 'year', toDate: true });
    }
    if (word(reader, at) === 'of') at += 1;
    const number = reader.all[at];
    if (isYearNumber(number) || (number?.kind === 'number' && /^\d{2}$/.test(number.word))) {
      year = Number(number?.number);
      at += 1;
    }
  }
  quarterAt();
  if (year === undefined && !quarter) return undefined;
  const full =
    year === undefined ? fiscalYearOf(reader, reader.context.today) : year < 100 ? 2000 + year : year;
  return fixedAtom(at, fiscalSpan(reader, full, quarter));
}

function fiscalRelative(
  reader: Reader,
  at: number,
  offset: number,
  count: number | undefined,
): Atom | undefined {
  if (count !== undefined) return undefined;
  const unit = unitAt(reader, at);
  const { today, fiscalYearStartMonth } = reader.context;
  const year = fiscalYearOf(reader, today) + offset;
  if (unit === 'year') {
    const span = fiscalSpan(reader, year);
    return fixedAtom(at + 1, span.to > today && offset === 0 ? cutAt(span, addDays(today, 1)) : span);
  }
  if (unit !== 'quarter') return undefined;
  const [, month] = parts(today);
  const back = (month - fiscalYearStartMonth + 12) % 3;
  const from = addMonths(startOfMonth(today), -back + 3 * offset);
  const span = { ...unitsFrom('month', from, 3), unit: 'quarter' as const, count: 1 };
  return fixedAtom(at + 1, offset === 0 ? cutAt(span, addDays(today, 1)) : span);
}

/** A fiscal year has the name of the calendar year in which it ends. */
function fiscalSpan(reader: Reader, year: number, quarter?: number): Span {
  const from = fiscalStart(reader, year);
  const first = quarter ? addMonths(from, 3 * (quarter - 1)) : from;
  const to = addMonths(first, quarter ? 3 : 12);
  return {
    ...daysIn(first, to),
    unit: quarter ? 'quarter' : 'year',
    count: 1,
    notes: [`fiscal year ${year} starts on ${longDay(from)}`],
  }; // prettier-ignore
}

function fiscalStart(reader: Reader, year: number): Day {
  const month = reader.context.fiscalYearStartMonth;
  return dayOf(month === 1 ? year : year - 1, month, 1) ?? '';
}

function fiscalYearOf(reader: Reader, day: Day): number {
  const [year, month] = parts(day);
  const start = reader.context.fiscalYearStartMonth;
  return start > 1 && month >= start ? year + 1 : year;
}

function plainDay(reader: Reader, at: number): Atom | undefined {
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

/** Without a year: the latest one that has begun; in old data, the latest one that the data has. */
function yearly(
  reader: Reader,
  next: number,
  year: number | undefined,
  make: (year: number) => Span | undefined,
): Atom | undefined {
  const build = (given?: number): TimeMeaning | undefined => {
    const y = given ?? year;
    const span = y === undefined ? latestBegun(reader.context, make) : make(y);
    return span ? { kind: 'span', span } : undefined;
  };
  return { next, yearGiven: year !== undefined, make: (given) => build(year ?? given) };
}

function latestBegun(context: TimeContext, make: (year: number) => Span | undefined): Span | undefined {
  const { today, dataTo } = context;
  const old = dataTo !== null && addMonths(dataTo, 12) < today;
  const limit = old ? dataTo : today;
  for (let year = Number(limit.slice(0, 4)); year > Number(limit.slice(0, 4)) - 9; year -= 1) {
    const span = make(year);
    if (!span || span.from > limit) continue;
    const assumed = old ? [`no year was given: the latest in the data, ${year}, was taken`] : [];
    return { ...span, notes: [...span.notes, ...assumed], yearless: true };
  }
  return undefined;
}

function yearAfter(reader: Reader, start: number): { year: number; next: number } | undefined {
  let at = start;
  if (/^(?:of|in|,|-)$/.test(word(reader, at))) at += 1;
  const at1 = skipThe(reader, at, ['the', 'year']);
  const token = reader.all[at1];
  const now = Number(reader.context.today.slice(0, 4));
  if (isYearNumber(token)) return { year: Number(token?.number), next: at1 + 1 };
  const said = words(reader, at, 2);
  if (said === 'last year' || said === 'previous year' || said === 'past year')
    return { year: now - 1, next: at + 2 };
  if (said === 'this year' || said === 'current year') return { year: now, next: at + 2 };
  return undefined;
}

/** "Nov '17" and 'Nov 17' stay different: only an apostrophe or a dash makes a short year. */
function shortYear(reader: Reader, at: number): { year: number; next: number } | undefined {
  const mark = word(reader, at);
  const token = reader.all[at + 1];
  if (mark !== "'" && mark !== '-') return undefined;
  return token?.kind === 'number' && /^\d{2}$/.test(token.word)
    ? { year: 2000 + Number(token.word), next: at + 2 }
    : undefined;
}

function isYearNumber(token: Token | undefined): boolean {
  return (
    token?.kind === 'number' && !token.unit && !token.ordinal && /^(?:19[89]|20[0-4])\d$/.test(token.raw)
  );
}

function dayNumber(reader: Reader, at: number): number | undefined {
  const token = reader.all[at];
  if (token?.kind !== 'number' || token.unit || !/^\d{1,2}$/.test(token.number ?? '')) return undefined;
  const value = Number(token.number);
  return value >= 1 && value <= 31 ? value : undefined;
}

function monthAt(reader: Reader, at: number): number | undefined {
  return MONTHS[word(reader, at)];
}

function unitAt(reader: Reader, at: number): CalendarUnit | undefined {
  const token = reader.all[at];
  return token?.kind === 'word' ? (UNITS[token.stem] ?? UNITS[token.word]) : undefined;
}

const ORDINALS: Record<string, number> = { first: 1, '1st': 1, second: 2, third: 3, fourth: 4 };

function ordinalAt(reader: Reader, at: number): number | undefined {
  const token = reader.all[at];
  if (token?.ordinal) return Number(token.number);
  return ORDINALS[word(reader, at)];
}

function skipComplete(reader: Reader, at: number): number {
  return /^(?:complete|completed|full|whole|entire)$/.test(word(reader, at)) ? 1 : 0;
}

function skipLead(reader: Reader, start: number): number {
  const at = LEADS.has(word(reader, start)) ? start + 1 : start;
  const named = word(reader, at) === 'the' ? at + 1 : at;
  const ofMonth =
    /^(?:month|year|quarter|week|day)$/.test(word(reader, named)) && word(reader, named + 1) === 'of';
  return ofMonth && !/^(?:week)$/.test(word(reader, named)) ? named + 2 : skipThe(reader, at);
}

function skipThe(reader: Reader, start: number, skip: string[] = ['the']): number {
  let at = start;
  while (skip.includes(word(reader, at))) {
    if (word(reader, at) !== 'the' && word(reader, at + 1) === '') break;
    at += 1;
    if (word(reader, at) === 'of') at += 1;
  }
  return at;
}

function skipInclusive(reader: Reader, at: number): number {
  return word(reader, at) === 'inclusive' ? at + 1 : at;
}

function toDateSpan(unit: CalendarUnit, today: Day, back = 0): Span {
  const from = addUnits(unit, startOf(unit, today), -back);
  const to = addDays(addUnits(unit, today, -back), 1);
  return {
    from,
    to,
    unit,
    count: 1,
    toDate: true,
    label: '',
    notes: back === 0 ? [] : ['up to the same day'],
  };
}

function cutAt(span: Span, to: Day): Span {
  return to > span.from && to < span.to ? { ...span, to, toDate: true } : span;
}

function wholeOf(span: Span): Span {
  return span.toDate ? { ...unitsFrom(span.unit, span.from, span.count), label: span.label } : span;
}

function dayIs(day: Day): Span {
  return unitsFrom('day', day);
}

/** Any days; counted in whole units where they are such, so that 'the period before' is right. */
function daysIn(from: Day, to: Day): Span {
  for (const unit of ['year', 'quarter', 'month'] as const) {
    if (startOf(unit, from) !== from || startOf(unit, to) !== to) continue;
    let count = 1;
    while (addUnits(unit, from, count) < to) count += 1;
    return { from, to, unit, count, toDate: false, label: '', notes: [] };
  }
  const count = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return { from, to, unit: 'day', count, toDate: false, label: '', notes: [] };
}

function joined(first: Span, last: Span): Span {
  return { ...daysIn(first.from, last.to), toDate: last.toDate, notes: [...first.notes, ...last.notes] };
}

function fixedAtom(next: number, span: Span): Atom {
  return { next, yearGiven: true, make: () => ({ kind: 'span', span }) };
}

function fixed(
  unit: CalendarUnit,
  back: number,
): (phrase: string) => [string, (context: TimeContext) => TimeMeaning] {
  return (phrase) => [phrase, (context) => ({ kind: 'span', span: toDateSpan(unit, context.today, back) })];
}

function relative(meaning: RelativeTime, phrases: string[]): [string, () => TimeMeaning][] {
  return phrases.map((phrase) => [phrase, () => ({ kind: 'relative', relative: meaning })]);
}

function range(from: Day, to: Day): { label: string; phrase: string } {
  const last = addDays(to, -1);
  const phrase = from === last ? `on ${longDay(from)}` : `from ${longDay(from)} to ${longDay(last)}`;
  return { label: phrase.replace(/^(?:from|on) /, ''), phrase };
}

export function longDay(day: Day): string {
  const [year, monthNumber, dayOfMonth] = parts(day);
  return `${dayOfMonth} ${MONTH_NAMES[monthNumber - 1] ?? ''} ${year}`;
}

function labelled(meaning: TimeMeaning, reader: Reader, start: number, next: number): TimeMeaning {
  if (meaning.kind !== 'span') return meaning;
  return { kind: 'span', span: { ...meaning.span, label: saidBetween(reader, start, next).slice(0, 120) } };
}

function saidBetween(reader: Reader, start: number, next: number): string {
  const at = LEADS.has(word(reader, start)) && word(reader, start) !== 'from' ? start + 1 : start;
  return reader.all
    .slice(at, next)
    .map((token) => token.raw)
    .join(' ')
    .replace(/ ([,.])/g, '$1');
}

function word(reader: Reader, at: number): string {
  return reader.all[at]?.word ?? '';
}

/** `count` words joined, or undefined where the question is shorter. */
function words(reader: Reader, at: number, count: number): string | undefined {
  if (at < 0 || at + count > reader.all.length) return undefined;
  let text = word(reader, at);
  for (let index = 1; index < count; index += 1) text += ` ${word(reader, at + index)}`;
  return text;
}
