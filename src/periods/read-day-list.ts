import { addDays, type Day, isoWeekday } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { type Atom, dayNumber, monthAt, ordinalAt, type Reader, skipThe, word } from './time-reader.ts';
import { fixedAtom } from './time-spans.ts';
import { BACK, WEEKDAYS } from './time-vocabulary.ts';
import { latestBegun, yearAfter } from './time-years.ts';
import { dayOf, type Span } from './understand-calendar.ts';

/** Single days with others between them: 'the last 5 Saturdays', '3, 7 and 12 November', 'the 1st of each month'. */
export function dayList(reader: Reader, start: number): Atom | undefined {
  return lastWeekdays(reader, start) ?? namedDays(reader, start) ?? dayOfEachMonth(reader, start);
}

function lastWeekdays(reader: Reader, start: number): Atom | undefined {
  if (!BACK.has(word(reader, start))) return undefined;
  const count = smallNumber(reader.all[start + 1]);
  const said = word(reader, start + 2);
  const weekday = WEEKDAYS[said.replace(/s$/, '')];
  if (count === undefined || count < 2 || count > 60 || !weekday || !said.endsWith('s')) return undefined;
  const { today } = reader.context;
  const latest = addDays(today, -((isoWeekday(today) - weekday + 7) % 7 || 7));
  const days = Array.from({ length: count }, (_, back) => addDays(latest, -7 * back)).reverse();
  return fixedAtom(start + 3, spanOfDays(days));
}

function namedDays(reader: Reader, start: number): Atom | undefined {
  const numbers: number[] = [];
  let at = start;
  for (let number = dayNumber(reader, at); number !== undefined; number = dayNumber(reader, at)) {
    numbers.push(number);
    at = skipThe(reader, at + 1);
    if (!/^(?:,|and|&)$/.test(word(reader, at))) break;
    at = skipThe(reader, at + 1);
    if (word(reader, at) === 'and') at = skipThe(reader, at + 1);
  }
  if (word(reader, at) === 'of') at = skipThe(reader, at + 1);
  const month = monthAt(reader, at);
  if (numbers.length < 2 || !month) return undefined;
  const year = yearAfter(reader, at + 1);
  const make = (y: number): Span | undefined => {
    const days = numbers.flatMap((number) => dayOf(y, month, number) ?? []);
    return days.length === numbers.length ? spanOfDays([...new Set(days)].sort()) : undefined;
  };
  const span = year ? make(year.year) : latestBegun(reader.context, make);
  return span ? fixedAtom(year?.next ?? at + 1, span) : undefined;
}

function dayOfEachMonth(reader: Reader, start: number): Atom | undefined {
  const nth = ordinalAt(reader, start) ?? (word(reader, start) === 'first' ? 1 : undefined);
  const at = word(reader, start + 1) === 'day' ? start + 2 : start + 1;
  if (!nth || nth > 31 || !/^(?:of|in)$/.test(word(reader, at))) return undefined;
  if (!/^(?:each|every|all)$/.test(word(reader, at + 1)) || !/^months?$/.test(word(reader, at + 2)))
    return undefined;
  return { next: at + 3, yearGiven: true, make: () => ({ kind: 'days-of-month', days: [nth] }) };
}

export function spanOfDays(days: readonly Day[]): Span {
  const [from = ''] = days;
  const to = addDays(days.at(-1) ?? from, 1);
  return { from, to, unit: 'day', count: days.length, toDate: false, label: '', notes: [], days };
}
