import { addMonths } from '../domain/day.ts';
import type { TimeContext, TimeMeaning } from './time-meaning.ts';
import { type Atom, isYearNumber, type Reader, skipThe, word, words } from './time-reader.ts';
import type { Span } from './understand-calendar.ts';

/** Without a year: the latest one that has begun; in old data, the latest one that the data has. */
export function yearly(
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

export function latestBegun(
  context: TimeContext,
  make: (year: number) => Span | undefined,
): Span | undefined {
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

export function yearAfter(reader: Reader, start: number): { year: number; next: number } | undefined {
  let at = start;
  if (/^(?:of|in|,|-)$/.test(word(reader, at))) at += 1;
  const at1 = skipThe(reader, at, ['the', 'year']);
  const token = reader.all[at1];
  const now = Number(reader.context.today.slice(0, 4));
  if (isYearNumber(token)) return { year: Number(token?.number), next: at1 + 1 };
  const from = word(reader, at) === 'the' ? at + 1 : at;
  const said = words(reader, from, 2);
  if (said === 'last year' || said === 'previous year' || said === 'past year')
    return { year: now - 1, next: from + 2 };
  if (said === 'this year' || said === 'current year') return { year: now, next: from + 2 };
  return undefined;
}

/** "Nov '17" and 'Nov 17' stay different: only an apostrophe or a dash makes a short year. */
export function shortYear(reader: Reader, at: number): { year: number; next: number } | undefined {
  const mark = word(reader, at);
  const token = reader.all[at + 1];
  if (mark !== "'" && mark !== '-') return undefined;
  return token?.kind === 'number' && /^\d{2}$/.test(token.word)
    ? { year: 2000 + Number(token.word), next: at + 2 }
    : undefined;
}
