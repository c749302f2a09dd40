import { addDays, isoWeekday } from '../domain/day.ts';
import { oneYearEarlier } from './same-time-in-year.ts';
import type { RelativeTime, TimeContext } from './time-meaning.ts';
import {
  addUnits,
  type CalendarUnit,
  HOLIDAYS,
  type Span,
  spanBefore,
  spanYearBefore,
  unitsFrom,
} from './understand-calendar.ts';

/** The span that 'the week before' means, seen from `span`. */
export function relativeSpan(span: Span, relative: RelativeTime, context: TimeContext | null): Span {
  if (relative.kind === 'year-before') {
    const years = relative.year === undefined ? 1 : Number(span.from.slice(0, 4)) - relative.year;
    return years > 1 ? spanYearBefore(span, years) : oneYearEarlier(span, context);
  }
  if (relative.kind === 'before' && relative.weekday !== undefined) {
    const back = (isoWeekday(span.from) - relative.weekday + 7) % 7 || 7;
    return unitsFrom('day', addDays(span.from, -back));
  }
  if (relative.kind === 'before' && relative.month !== undefined) {
    const back = (Number(span.from.slice(5, 7)) - relative.month + 12) % 12 || 12;
    return unitsFrom('month', addUnits('month', span.from, -back));
  }
  if (relative.unit === 'year')
    return relative.kind === 'before' ? oneYearEarlier(span, context) : shift(span, 'year', 1);
  if (relative.kind === 'before') {
    if (relative.count !== undefined && relative.unit !== null)
      return justBefore(span, relative.unit, relative.count);
    const again = relative.unit === null ? comesAgainAfter(span, context) : undefined;
    if (again === 'year') return oneYearEarlier(span, context);
    if (again === 'week') return shift(span, 'week', -1);
    return relative.unit === null || relative.unit === span.unit
      ? spanBefore(span)
      : shift(span, relative.unit, -1);
  }
  const unit = relative.unit ?? span.unit;
  return unit === span.unit ? shift(span, unit, span.count) : shift(span, unit, 1);
}

/** 'last Saturday against the one before', 'Black Friday against the one before'. */
function comesAgainAfter({ label, unit }: Span, context: TimeContext | null): 'week' | 'year' | undefined {
  const name = label
    .toLowerCase()
    .replace(/^(?:(?:last|this|the|on|over|past) )+|,? (?:19|20)\d\d$/g, '')
    .replace(/['’]s$/, '');
  const holidays = [...HOLIDAYS, ...(context?.holidays ?? [])];
  if (holidays.some(({ names }) => names.includes(name))) return 'year';
  if (unit === 'day' && WEEKLY.test(name)) return 'week';
  return undefined;
}

const WEEKLY = /^(?:weekend|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)$/;

/** 'the last 4 weeks vs the 4 weeks before'. */
function justBefore(span: Span, unit: CalendarUnit, count: number): Span {
  const from = addUnits(unit, span.from, -count);
  return { ...span, from, to: span.from, unit, count, toDate: false, label: '', notes: [] };
}

function shift(span: Span, unit: CalendarUnit, by: number): Span {
  const { notes: _notes, ...rest } = span;
  return {
    ...rest,
    from: addUnits(unit, span.from, by),
    to: addUnits(unit, span.to, by),
    label: '',
    notes: [],
  };
}
