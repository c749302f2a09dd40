import { addDays, isoWeekday } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { month, quarterOrHalf } from './read-calendar-unit.ts';
import { dayAndMonth } from './read-date.ts';
import { fiscalRelative } from './read-fiscal.ts';
import { holiday, season } from './read-holiday.ts';
import type { TimeMeaning } from './time-meaning.ts';
import { type Atom, type Reader, skipComplete, unitAt, word, words } from './time-reader.ts';
import { dayIs, daysIn, fixedAtom, toDateSpan } from './time-spans.ts';
import { BACK, NOW, WEEKDAYS } from './time-vocabulary.ts';
import { addUnits, startOf, unitsFrom } from './understand-calendar.ts';

/** 'this month', 'last 6 months', 'the previous quarter', 'past 7 days', 'last March', 'last weekend'. */
export function relativeUnit(reader: Reader, start: number): Atom | undefined {
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
  // 'return rate Running October' speaks of a category, 'this running month' of the time.
  if (which === 'running' && unitAt(reader, at) === undefined) return undefined;
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
    if (back && unit === 'year' && count === undefined && isTrailing(reader, start)) {
      const from = addUnits('month', startOf('month', today), -12);
      return fixedAtom(next, {
        ...unitsFrom('month', from, 12),
        notes: ['the 12 complete months before this one'],
      });
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
  if (count !== undefined || which === 'running') return undefined;
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

/** 'over the last year', 'in the past year' are the twelve months gone by; 'last year' is the calendar's. */
function isTrailing(reader: Reader, start: number): boolean {
  if (word(reader, start - 1) !== 'the') return false;
  const lead = word(reader, start - 2);
  return (
    word(reader, start) === 'past' ||
    (word(reader, start) === 'last' && /^(?:over|during|within)$/.test(lead))
  );
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
  const near = season(reader, at);
  if (near?.make()?.kind === 'span') return near;
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

/** 'the week just gone', 'the month just ended'. */
export function justGone(reader: Reader, start: number): Atom | undefined {
  const unit = unitAt(reader, start);
  if (
    !unit ||
    !/^just (?:gone|past|passed|ended|finished|over|closed)$/.test(words(reader, start + 1, 2) ?? '')
  )
    return undefined;
  return fixedAtom(start + 3, unitsFrom(unit, addUnits(unit, startOf(unit, reader.context.today), -1)));
}

export function ago(reader: Reader, start: number): Atom | undefined {
  const one = /^(?:a|an|one)$/.test(word(reader, start));
  const count = one ? 1 : smallNumber(reader.all[start]);
  const unit = unitAt(reader, start + 1);
  if (!count || !unit || !/^(?:ago|back)$/.test(word(reader, start + 2))) return undefined;
  if (one && unit === 'year') return undefined;
  const span = unitsFrom(unit, addUnits(unit, reader.context.today, -count));
  return fixedAtom(start + 3, span);
}
