import { addDays, addMonths, type Day, parts, startOfMonth } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { type Atom, isYearNumber, type Reader, unitAt, word } from './time-reader.ts';
import { cutAt, daysIn, fixedAtom, longDay } from './time-spans.ts';
import { dayOf, type Span, unitsFrom } from './understand-calendar.ts';

export function fiscal(reader: Reader, start: number): Atom | undefined {
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

export function fiscalRelative(
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
