import { addDays, type Day, parts } from '../domain/day.ts';
import { MONTH_NAMES } from '../vocabulary/month-names.ts';
import type { Atom } from './time-reader.ts';
import {
  addUnits,
  type CalendarUnit,
  isoWeekStart,
  type Span,
  startOf,
  unitsFrom,
} from './understand-calendar.ts';

export function toDateSpan(unit: CalendarUnit, today: Day, back = 0): Span {
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

export function cutAt(span: Span, to: Day): Span {
  return to > span.from && to < span.to ? { ...span, to, toDate: true } : span;
}

export function wholeOf(span: Span): Span {
  return span.toDate ? { ...unitsFrom(span.unit, span.from, span.count), label: span.label } : span;
}

export function dayIs(day: Day): Span {
  return unitsFrom('day', day);
}

/** Any days; counted in whole units where they are such, so that 'the period before' is right. */
export function daysIn(from: Day, to: Day): Span {
  for (const unit of ['year', 'quarter', 'month'] as const) {
    if (startOf(unit, from) !== from || startOf(unit, to) !== to) continue;
    let count = 1;
    while (addUnits(unit, from, count) < to) count += 1;
    return { from, to, unit, count, toDate: false, label: '', notes: [] };
  }
  const count = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return { from, to, unit: 'day', count, toDate: false, label: '', notes: [] };
}

export function joined(first: Span, last: Span): Span {
  return {
    ...daysIn(first.from, last.to),
    toDate: last.toDate,
    notes: [...first.notes, ...last.notes],
    ends: { first, last },
  };
}

export function fixedAtom(next: number, span: Span): Atom {
  return { next, yearGiven: true, make: () => ({ kind: 'span', span }) };
}

export function range(from: Day, to: Day): { label: string; phrase: string } {
  const last = addDays(to, -1);
  const phrase = from === last ? `on ${longDay(from)}` : `from ${longDay(from)} to ${longDay(last)}`;
  return { label: phrase.replace(/^(?:from|on) /, ''), phrase };
}

export function longDay(day: Day): string {
  const [year, monthNumber, dayOfMonth] = parts(day);
  return `${dayOfMonth} ${MONTH_NAMES[monthNumber - 1] ?? ''} ${year}`;
}

export function weekOf(next: number, year: number, week: number): Atom | undefined {
  return week >= 1 && week <= 53 ? fixedAtom(next, unitsFrom('week', isoWeekStart(year, week))) : undefined;
}
