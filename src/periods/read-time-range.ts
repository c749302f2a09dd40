import { addDays } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { holiday } from './read-holiday.ts';
import { readAtom } from './read-time-atom.ts';
import {
  type Atom,
  dayNumber,
  type Found,
  monthAt,
  type Reader,
  saidBetween,
  skipInclusive,
  skipLead,
  skipThe,
  unitAt,
  word,
} from './time-reader.ts';
import { dayIs, daysIn, joined, range, toDateSpan } from './time-spans.ts';
import { latestBegun, yearAfter } from './time-years.ts';
import { dayOf, isoWeekStart, type Span, startOf } from './understand-calendar.ts';

export function readRange(reader: Reader, start: number): Found | undefined {
  const first = word(reader, start);
  const leading = beforeFeast(reader, start);
  if (leading) return leading;
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
    const running = startOfRunning(reader, start + skip);
    if (running) return running;
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
  if (first === 'until' || first === 'till') return until(reader, start + 1, true);
  if (first === 'through') return through(reader, start + 1) ?? until(reader, start + 1, true);
  if (first === 'up' && /^(?:to|until|till)$/.test(word(reader, start + 1)))
    return until(reader, start + 2, true);
  if (first === 'before') return until(reader, start + 1, false);
  if (first === 'prior' && word(reader, start + 1) === 'to') return until(reader, start + 2, false);
  if (first === 'after') return after(reader, start + 1);
  const at = skipLead(reader, start);
  return fromTo(reader, at, ['to', 'until', 'till', 'through', 'thru', '-', '–', '—']);
}

function fromTo(reader: Reader, start: number, joiners: string[]): Found | undefined {
  const short = shortDayRange(reader, start, joiners) ?? weekRange(reader, start, joiners);
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
  if (first?.kind === 'span' && first.span.from >= last.span.to && !a.yearGiven) first = a.make(lastYear - 1);
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
  const yearless = !a.yearGiven && !b.yearGiven;
  const span = { ...joined(first.span, end.span), ...(yearless ? { yearless } : {}) };
  return { next, meaning: { kind: 'span', span } };
}

/** '1 to 15 March 2017', '1-15 March', 'March 1-15 2017', '3rd to the 9th of May'. */
function shortDayRange(reader: Reader, start: number, joiners: string[]): Found | undefined {
  const shapes = [
    () => {
      const first = skipThe(reader, start);
      const a = dayNumber(reader, first);
      const at = first + 1;
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
    // 'the 1st of May up to and including the 15th': the 15th of the same month.
    () => {
      const first = skipThe(reader, start);
      const a = dayNumber(reader, first);
      const monthIs = word(reader, first + 1) === 'of' ? first + 2 : first + 1;
      const month = a ? monthAt(reader, monthIs) : undefined;
      if (!a || !month) return undefined;
      const joint = word(reader, monthIs + 1) === 'up' ? monthIs + 2 : monthIs + 1;
      if (!joiners.includes(word(reader, joint))) return undefined;
      const at = skipThe(reader, joint + 1, ['the', 'and', 'including']);
      const b = word(reader, at - 1) === 'the' ? dayNumber(reader, at) : undefined;
      const ofAnother = monthAt(reader, at + 1) ?? (word(reader, at + 1) === 'of' ? true : undefined);
      return b && b > a && ofAnother === undefined ? { a, b, month, next: at + 1 } : undefined;
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

/** 'weeks 40 to 45', 'wk 40-45 2025'. */
function weekRange(reader: Reader, start: number, joiners: string[]): Found | undefined {
  if (!/^(?:weeks?|wks?|calendar weeks?|kw|cw)$/.test(word(reader, start))) return undefined;
  const [first, last] = [smallNumber(reader.all[start + 1]), smallNumber(reader.all[start + 3])];
  if (!first || !last || !joiners.includes(word(reader, start + 2)) || first >= last || last > 53)
    return undefined;
  const year = yearAfter(reader, start + 4);
  const make = (y: number): Span | undefined =>
    daysIn(isoWeekStart(y, first), addDays(isoWeekStart(y, last), 7));
  const span = year ? make(year.year) : latestBegun(reader.context, make);
  return span ? { next: year?.next ?? start + 4, meaning: { kind: 'span', span } } : undefined;
}

function since(reader: Reader, start: number): Found | undefined {
  const running = startOfRunning(reader, start);
  if (running) return running;
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

/** 'since the start of the month', 'since the turn of the year', 'from the first of the month' on. */
function startOfRunning(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  const named = /^(?:start|beginning|turn|first)$/.test(word(reader, at)) || reader.all[at]?.number === '1';
  if (!named || word(reader, at + 1) !== 'of') return undefined;
  const unitIs = skipThe(reader, at + 2, ['the', 'this', 'current']);
  const unit = unitAt(reader, unitIs);
  if (!unit || unit === 'day' || /^(?:of|in)$/.test(word(reader, unitIs + 1))) return undefined;
  return { next: unitIs + 1, meaning: { kind: 'span', span: toDateSpan(unit, reader.context.today) } };
}

/** 'before Christmas', 'in the run up to Easter': not all that there ever was until then, so which days is asked. */
function beforeFeast(reader: Reader, start: number): Found | undefined {
  const lead = skipThe(reader, skipLead(reader, start));
  const run = /^(?:run|lead|build|runup|leadup|buildup|weeks|days)$/.test(word(reader, lead));
  let at = run ? lead + 1 : start;
  while (run && /^(?:-|up|leading|before)$/.test(word(reader, at))) at += 1;
  if (run && word(reader, at) === 'to') at += 1;
  if (!run && word(reader, at) === 'before') at += 1;
  if (at === start || (run && at < lead + 2)) return undefined;
  const atom = holiday(reader, skipThe(reader, at));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return undefined;
  const day = meaning.span.from;
  const options = [7, 14, 28].map((days) => range(addDays(day, -days), day));
  const said = saidBetween(reader, start, atom.next);
  return { next: atom.next, meaning: { kind: 'unclear', said, options } };
}

function until(reader: Reader, start: number, inclusive: boolean): Found | undefined {
  const atom = readAtom(reader, skipThe(reader, start, ['the', 'end', 'of', 'and', 'including']));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return atom && meaning ? { next: atom.next, meaning } : undefined;
  const to = inclusive ? meaning.span.to : meaning.span.from;
  const { dataFrom, today } = reader.context;
  // 'before October this year' is of this year only.
  const thisYear = word(reader, atom.next - 2) === 'this' && word(reader, atom.next - 1) === 'year';
  const all = dataFrom && dataFrom < to ? dataFrom : '1990-01-01';
  const from = thisYear && meaning.span.unit !== 'year' ? startOf('year', today) : all;
  if (from >= to) return undefined;
  return { next: skipInclusive(reader, atom.next), meaning: { kind: 'span', span: daysIn(from, to) } };
}

/** 'month by month through 2025', 'through the summer': all of it; 'through March' may begin in January, so it is asked. */
function through(reader: Reader, start: number): Found | undefined {
  const atom = readAtom(reader, skipThe(reader, start));
  const meaning = atom?.make();
  if (!atom || meaning?.kind !== 'span') return undefined;
  const { unit, count, from, to } = meaning.span;
  const january = startOf('year', from);
  if (unit === 'year' || unit === 'half' || (unit !== 'day' && (count > 1 || from === january)))
    return { next: atom.next, meaning };
  if (unit === 'day') return undefined;
  const said = saidBetween(reader, start - 1, atom.next);
  return {
    next: atom.next,
    meaning: { kind: 'unclear', said, options: [range(from, to), range(january, to)] },
  };
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
