import { addDays, isoWeekday } from '../domain/day.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import type { Token } from '../vocabulary/understand-words.ts';
import { keptByPlace } from './kept-by-place.ts';
import { readSameTime } from './read-same-time.ts';
import { readAtom } from './read-time-atom.ts';
import { readFixed } from './read-time-phrase.ts';
import { readRange } from './read-time-range.ts';
import { yearTo } from './read-year-to.ts';
import type { TimeContext, TimeFound, TimeMeaning } from './time-meaning.ts';
import {
  type Found,
  monthAt,
  type Reader,
  saidBetween,
  skipLead,
  skipThe,
  unitAt,
  word,
} from './time-reader.ts';
import { cutAt, dayIs, daysIn } from './time-spans.ts';
import { WEEKDAYS } from './time-vocabulary.ts';
import { addUnits, startOf, unitsFrom } from './understand-calendar.ts';
import { sinceNamed, untilNow } from './until-now.ts';

/** Reads the longest time expression that starts at token `start`. */
export function readTime(all: Token[], start: number, context: TimeContext): TimeFound | undefined {
  return TIMES({ all, context }, start, () => timeAt({ all, context }, start));
}

const TIMES = keptByPlace<TimeFound | undefined>();

function timeAt(reader: Reader, start: number): TimeFound | undefined {
  const found =
    endingAt(reader, skipLead(reader, start)) ??
    untilNow(reader, start) ??
    readRange(reader, start) ??
    readSingle(reader, start);
  if (!found || found.next <= start) return undefined;
  return { meaning: labelled(found.meaning, reader, start, found.next), length: found.next - start };
}

function readSingle(reader: Reader, start: number): Found | undefined {
  const led = skipLead(reader, start);
  for (const at of led === start ? [start] : [led, start]) {
    const fixed =
      besideAtom(reader, at) ??
      monthBefore(reader, at) ??
      endingAt(reader, at) ??
      yearTo(reader, at) ??
      readFixed(reader, at) ??
      readSameTime(reader, at);
    if (fixed) return fixed;
    const atom = readAtom(reader, at);
    const meaning = atom?.make();
    if (atom && meaning) return toDateTail(reader, at, { next: atom.next, meaning });
  }
  return undefined;
}

/** 'the day after Christmas', 'the week before Easter', 'the month before last'. */
function besideAtom(reader: Reader, start: number): Found | undefined {
  const many = skipThe(reader, start);
  const weekday = WEEKDAYS[word(reader, many)];
  if (
    weekday &&
    word(reader, many + 1) === 'before' &&
    word(reader, many + 2) === 'last' &&
    !unitAt(reader, many + 3)
  ) {
    const { today } = reader.context;
    const latest = (isoWeekday(today) - weekday + 7) % 7 || 7;
    return { next: many + 3, meaning: { kind: 'span', span: dayIs(addDays(today, -latest - 7)) } };
  }
  if (weekday && word(reader, many + 1) === 'before' && !readAtom(reader, skipThe(reader, many + 2))) {
    const relative = { kind: 'before' as const, unit: 'day' as const, weekday };
    return { next: many + 2, meaning: { kind: 'relative', relative } };
  }
  const counted = smallNumber(reader.all[many]);
  const count = counted ?? 1;
  const at = counted === undefined ? many : many + 1;
  const unit = unitAt(reader, at);
  const side = word(reader, at + 1);
  if (!unit || (side !== 'before' && side !== 'after')) return undefined;
  // 'this year before October' is of this year.
  if (counted === undefined && /^(?:this|last|next|current|previous|same)$/.test(word(reader, at - 1)))
    return undefined;
  if (side === 'before' && counted === undefined && word(reader, at + 2) === 'last') {
    const span = unitsFrom(unit, addUnits(unit, reader.context.today, -2));
    return unitAt(reader, at + 3) ? undefined : { next: at + 3, meaning: { kind: 'span', span } };
  }
  const inner = readAtom(reader, skipThe(reader, at + 2));
  const meaning = inner?.make();
  if (
    !inner &&
    counted !== undefined &&
    side === 'before' &&
    unit !== 'half' &&
    /^(?:|that|those|this|it|[?.!,;])$/.test(word(reader, at + 2))
  ) {
    const pointed = /^(?:that|those|this|it)$/.test(word(reader, at + 2)) ? 1 : 0;
    return {
      next: at + 2 + pointed,
      meaning: { kind: 'relative', relative: { kind: 'before', unit, count } },
    };
  }
  if (!inner || meaning?.kind !== 'span') return undefined;
  const { from, to } = meaning.span;
  const span =
    side === 'after' ? daysIn(to, addUnits(unit, to, count)) : daysIn(addUnits(unit, from, -count), from);
  return { next: inner.next, meaning: { kind: 'span', span: { ...span, unit, count } } };
}

/** 'the September before': the latest one before the time that is spoken of. */
function monthBefore(reader: Reader, start: number): Found | undefined {
  const at = skipThe(reader, start);
  const month = monthAt(reader, at);
  if (!month || word(reader, at + 1) !== 'before' || readAtom(reader, skipThe(reader, at + 2)))
    return undefined;
  const next = /^(?:that|it|this)$/.test(word(reader, at + 2)) ? at + 3 : at + 2;
  return { next, meaning: { kind: 'relative', relative: { kind: 'before', unit: 'month', month } } };
}

/** '12 months to the end of October', 'fortnight ending 15 November', '4 weeks up to 1 March'. */
function endingAt(reader: Reader, start: number): Found | undefined {
  let at = skipThe(reader, start);
  if (/^(?:last|past|rolling|trailing)$/.test(word(reader, at))) at += 1;
  const fortnight = word(reader, at) === 'fortnight';
  const counted = fortnight ? 14 : smallNumber(reader.all[at]);
  const unit = fortnight ? 'day' : unitAt(reader, at + 1);
  if (counted === undefined || !unit || unit === 'half') return undefined;
  at += fortnight ? 1 : 2;
  const lead = word(reader, at);
  if (!/^(?:to|ending|up|until|till|through)$/.test(lead)) return undefined;
  at += 1;
  while (/^(?:to|on|in|with|the|end|of|and|including)$/.test(word(reader, at))) at += 1;
  const last = readAtom(reader, at)?.make();
  const next = readAtom(reader, at)?.next;
  if (last?.kind !== 'span' || next === undefined) return undefined;
  const { to } = last.span;
  const from = addUnits(unit, to, -counted);
  return { next, meaning: { kind: 'span', span: { ...daysIn(from, to), unit, count: counted } } };
}

/** 'this year to date', 'last year to date', 'this month so far'. */
function toDateTail(reader: Reader, start: number, found: Found): Found {
  const tail = `${word(reader, found.next)} ${word(reader, found.next + 1)}`;
  if (tail !== 'to date' && tail !== 'so far') return found;
  const next = found.next + 2;
  if (found.meaning.kind !== 'span') return { ...found, next };
  const { span } = found.meaning;
  const { today } = reader.context;
  if (span.to > today) return { next, meaning: { kind: 'span', span: cutAt(span, addDays(today, 1)) } };
  const since = sinceNamed(reader, start, span);
  if (since) return { next, meaning: { kind: 'span', span: since } };
  const unit = span.unit;
  const nowStart = startOf(unit, today);
  let steps = 0;
  while (addUnits(unit, nowStart, -steps) > span.from && steps < 400) steps += 1;
  const sameDay = addDays(addUnits(unit, today, -steps), 1);
  const to = sameDay > span.from && sameDay < span.to ? sameDay : span.to;
  return { next, meaning: { kind: 'span', span: { ...span, to, toDate: true } } };
}

function labelled(meaning: TimeMeaning, reader: Reader, start: number, next: number): TimeMeaning {
  if (meaning.kind !== 'span') return meaning;
  return { kind: 'span', span: { ...meaning.span, label: saidBetween(reader, start, next).slice(0, 120) } };
}
