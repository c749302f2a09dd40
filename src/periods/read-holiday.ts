import { addDays, addMonths } from '../domain/day.ts';
import { type Atom, isYearNumber, type Reader, saidBetween, word, words } from './time-reader.ts';
import { daysIn, fixedAtom, longDay, range } from './time-spans.ts';
import { SEASONS } from './time-vocabulary.ts';
import { yearAfter, yearly } from './time-years.ts';
import { dayOf, HOLIDAYS, type Holiday, type Span, startOf, unitsFrom } from './understand-calendar.ts';

export function holiday(reader: Reader, at: number): Atom | undefined {
  for (let count = 6; count > 0; count -= 1) {
    const phrase = words(reader, at, count);
    const found = phrase ? findHoliday(reader, phrase) : undefined;
    if (!found) continue;
    const length = WIDER[word(reader, at + count)];
    const next = at + count + (length ? 1 : 0);
    const year = yearAfter(reader, next);
    const make = (y: number): Span => {
      const [from, days] = found.days(y);
      if (length === 'week') return unitsFrom('week', from);
      if (length === 'weekend') {
        const saturday = addDays(startOf('week', from), 5);
        return { ...daysIn(saturday, addDays(saturday, 2)), unit: 'day', count: 2 };
      }
      return {
        ...daysIn(from, addDays(from, days)),
        unit: 'day',
        count: days,
        notes: found.note ? [found.note] : [],
      };
    };
    return yearly(reader, year?.next ?? next, year?.year, make);
  }
  return undefined;
}

function findHoliday(reader: Reader, phrase: string): Holiday | undefined {
  return byName(reader.context.holidays).get(phrase) ?? byName(HOLIDAYS).get(phrase);
}

const NAMES = new WeakMap<readonly Holiday[], ReadonlyMap<string, Holiday>>();

/** The first holiday of each name. */
function byName(holidays: readonly Holiday[]): ReadonlyMap<string, Holiday> {
  const known = NAMES.get(holidays);
  if (known) return known;
  const named = holidays.flatMap((one) => one.names.map((name): [string, Holiday] => [name, one]));
  const made = new Map(named.reverse());
  NAMES.set(holidays, made);
  return made;
}

export function season(reader: Reader, start: number): Atom | undefined {
  const named = SEASONS[word(reader, start)];
  if (!named) return undefined;
  const before = word(reader, start - 1);
  if (
    word(reader, start) === 'fall' &&
    /^(?:in|of)$/.test(word(reader, start + 1)) &&
    !isYearNumber(reader.all[start + 2])
  )
    return undefined;
  if (word(reader, start) === 'fall' && !/^(?:in|the|this|last|of|during)$/.test(before)) return undefined;
  const year = yearAfter(reader, start + 1);
  if (!year && !/^(?:in|the|this|last|of|during|over|since|for|every|each)$/.test(before)) return undefined;
  const across = named[0] === 12 ? acrossYears(reader, start + 1) : undefined;
  if (across) return across;
  const y = year?.year ?? Number(reader.context.today.slice(0, 4));
  const years = year && !reader.context.northern ? [y] : [y, y - 1];
  const spans = years.flatMap((each) =>
    (reader.context.northern ? [named[0]] : [named[0], ((named[0] + 5) % 12) + 1]).map((first) => {
      const from = dayOf(each, first, 1) ?? '';
      return { ...daysIn(from, addMonths(from, 3)), unit: 'month' as const, count: 3 };
    }),
  );
  const options = spans.map(({ from, to }) => range(from, to));
  const next = year?.next ?? start + 1;
  const { today, dataFrom } = reader.context;
  const begun = spans.filter(({ from, to }) => from <= today && (dataFrom === null || to > dataFrom));
  const [only] = begun;
  const near = year ? undefined : nearSeason(reader, named[0], before);
  if (near) return fixedAtom(next, { ...near, notes: [seasonNote(near)] });
  const usual = usualSeason(reader, named[0], year?.year);
  if (usual) return { ...usual, next };
  if (year && begun.length === 1 && only && !reader.context.northern)
    return fixedAtom(next, { ...only, notes: [seasonNote(only)] });
  return {
    next,
    yearGiven: true,
    make: () => ({ kind: 'unclear', said: saidBetween(reader, start, next), options: options.slice(0, 4) }),
  }; // prettier-ignore
}

/** 'winter 2025/26' begins in the first of its years and ends in the other. */
function acrossYears({ all }: Reader, at: number): Atom | undefined {
  const [year, mark, other] = [all[at], all[at + 1], all[at + 2]];
  if (!isYearNumber(year) || !/^[/–-]$/.test(mark?.word ?? '') || other?.kind !== 'number') return undefined;
  const first = Number(year?.number);
  const second = Number(other.number);
  if (second !== first + 1 && second !== (first + 1) % 100) return undefined;
  const from = `${first}-12-01`;
  const span = { ...daysIn(from, addMonths(from, 3)), unit: 'month' as const, count: 3 };
  return fixedAtom(at + 3, { ...span, notes: [seasonNote(span)] });
}

/** 'this summer' once it has begun, 'last winter' before the next: where the company's money says which half of the world. */
function nearSeason({ all, context }: Reader, first: number, before: string): Span | undefined {
  if (!context.northern || !/^(?:this|last)$/.test(before)) return undefined;
  const year = Number(context.today.slice(0, 4));
  const of = (each: number): Span => {
    const from = dayOf(each, first, 1) ?? '';
    return { ...daysIn(from, addMonths(from, 3)), unit: 'month', count: 3 };
  };
  const latest = of(year);
  const begun = latest.from <= context.today;
  if (before === 'last' && begun && latest.to > context.today) return of(year - 1);
  if (before === 'this') return begun ? latest : undefined;
  const paired = all.some(
    (token, at) => token.word === 'this' && SEASONS[all[at + 1]?.word ?? ''] !== undefined,
  );
  return begun && !paired ? undefined : of(year - 1);
}

/** Spring, summer and autumn lie in one year, and where the company's money says which half of the world, all is said. */
function usualSeason(reader: Reader, first: number, year: number | undefined): Atom | undefined {
  if (!reader.context.northern || first === 12) return undefined;
  return yearly(reader, 0, year, (each) => {
    const from = dayOf(each, first, 1) ?? '';
    const span = { ...daysIn(from, addMonths(from, 3)), unit: 'month' as const, count: 3 };
    return { ...span, notes: [seasonNote(span)] };
  });
}

function seasonNote({ from, to }: Pick<Span, 'from' | 'to'>): string {
  return `the season was read as ${longDay(from)} to ${longDay(addDays(to, -1))}`;
}

/** 'Mother's Day week', 'Halloween weekend'. */
const WIDER: Record<string, 'week' | 'weekend'> = { week: 'week', weekend: 'weekend' };
