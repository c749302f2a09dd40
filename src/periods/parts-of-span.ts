import { addDays, type Day } from '../domain/day.ts';
import { MONTH_NAMES } from '../vocabulary/month-names.ts';
import { addUnits, type Span } from './understand-calendar.ts';

/** Of a longer time only these days or months count; `by` tells them apart, and 'year' does so by years. */
export type PartsOfSpan = {
  dimension: 'calendar_day' | 'day_of_month' | 'month_of_year';
  values: string[];
  by: 'calendar_day' | 'month_of_year' | 'year' | 'month';
};

export function daysOf(days: readonly Day[]): PartsOfSpan {
  return { dimension: 'calendar_day', values: [...days], by: 'calendar_day' };
}

/** Several times, in order, as one span of which only those parts count; undefined where that cannot be said. */
export function partsOf(times: readonly Span[]): { span: Span; parts: PartsOfSpan } | undefined {
  const [first] = times;
  const last = times.at(-1);
  if (!first || !last) return undefined;
  const span: Span = {
    ...first,
    to: last.to,
    count: times.length,
    label: '',
    notes: times.flatMap(({ notes }) => notes),
    yearless: false,
  };
  const apart = times.every((time, at) => at === 0 || time.from >= (times[at - 1]?.to ?? ''));
  if (!apart) return undefined;
  const months = times.map(monthsOf);
  const inYears = times.every((time, at) => yearOf(time) === yearOf(first) + at);
  const [same] = months;
  if (inYears && same && months.every((one) => one?.join() === same.join()))
    return { span, parts: { dimension: 'month_of_year', values: same, by: 'year' } };
  const ofOneYear = yearOf(first) === yearOf({ from: addDays(last.to, -1) });
  if (ofOneYear && months.every((one) => one?.length === 1))
    return {
      span,
      parts: { dimension: 'month_of_year', values: months.flatMap((one) => one ?? []), by: 'month_of_year' },
    };
  const days = times.map(({ from, to }) => daysBetween(from, to));
  if (days.some((one) => one.length > 7)) return undefined;
  const single = days.every((one) => one.length === 1);
  if (!single && !inYears) return undefined;
  return {
    span: { ...span, unit: 'day' },
    parts: { ...daysOf(days.flat()), by: single ? 'calendar_day' : 'year' },
  };
}

/** The names of the whole months that a time consists of. */
function monthsOf({ from, to, unit }: Span): string[] | undefined {
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'half') return undefined;
  const names: string[] = [];
  for (let day = from; day < to && names.length < 12; day = addUnits('month', day, 1))
    names.push(MONTH_NAMES[Number(day.slice(5, 7)) - 1] ?? '');
  return names;
}

function daysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to && days.length < 40; day = addDays(day, 1)) days.push(day);
  return days;
}

function yearOf({ from }: Pick<Span, 'from'>): number {
  return Number(from.slice(0, 4));
}
