import { addDays, addYears, isoWeekday } from '../domain/day.ts';
import type { Grain, Period } from '../domain/period.ts';
import { tokens } from '../vocabulary/understand-words.ts';
import { againstOnly, type Compared, comparisonOf } from './compare-spans.ts';
import { daysOf, type PartsOfSpan, partsOf } from './parts-of-span.ts';
import { relativeSpan } from './relative-span.ts';
import { inNamedYears, type LinkedSpan, oneYearEarlier, sameEvent, sameInYear } from './same-time-in-year.ts';
import { settleSpans, severalTimes } from './settle-spans.ts';
import type { RelativeTime, TimeContext, TimeMeaning } from './time-meaning.ts';
import { cutAt } from './time-spans.ts';
import {
  addUnits,
  type CalendarUnit,
  type Span,
  spanBefore,
  spanYearBefore,
  startOf,
  unitsFrom,
} from './understand-calendar.ts';
import { readTime } from './understand-time.ts';

/** How a time stands to the one before it in the question. */
export type TimeLink = 'none' | 'versus' | 'and';

export type PeriodsRead = {
  /** undefined: none was said; null: all time. */
  span: Span | null | undefined;
  comparison: Compared | null;
  /** Stands alone, waiting for the thread's period. */
  relative: RelativeTime | null;
  grain: Grain | null;
  weekdays: number[];
  parts: PartsOfSpan | null;
  unclear: Extract<TimeMeaning, { kind: 'unclear' }> | null;
  problem: string | null;
  notes: string[];
};

/** How the question holds times together; `stepping`: each of them over the one before; `split`: by day, by month ... */
type Flags = {
  comparing: boolean;
  changing: boolean;
  whole?: boolean;
  stepping?: boolean;
  difference?: boolean;
  split?: boolean;
};

/** Of a question that names no time. */
export const NO_PERIODS: PeriodsRead = {
  span: undefined,
  comparison: null,
  relative: null,
  grain: null,
  weekdays: [],
  parts: null,
  unclear: null,
  problem: null,
  notes: [],
}; // prettier-ignore

/** Brings all times of a question together: the period, what it is held against, and what stays unclear. */
export function readPeriods(
  times: { meaning: TimeMeaning; link: TimeLink; comma?: boolean }[],
  flags: Flags,
  context: TimeContext,
): PeriodsRead {
  const read: PeriodsRead = { ...NO_PERIODS, weekdays: [], notes: [] };
  const spans: LinkedSpan[] = [];
  for (const { meaning, link, comma } of times) {
    if (meaning.kind === 'unclear') read.unclear ??= meaning;
    else if (meaning.kind === 'weekdays') read.weekdays.push(...meaning.days);
    else if (meaning.kind === 'all-time') read.span ??= null;
    else if (meaning.kind === 'relative') read.relative = meaning.relative;
    else if (meaning.kind === 'days-of-month')
      read.parts = { dimension: 'day_of_month', values: meaning.days.map(String), by: 'month' };
    else spans.push({ span: meaning.span, link, comma: comma === true });
  }
  const settled = settleSpans(spans, context);
  const several = severalTimes(settled, context);
  const parts = several ? partsOf(several) : undefined;
  if (parts && read.relative)
    return { ...read, span: parts.span, problem: settled.map(({ span }) => span.label).join(', ') };
  if (parts) return { ...read, ...parts, notes: parts.span.notes };
  const folded = inNamedYears(settled, read.relative, context);
  read.relative = folded.relative;
  return ofSpans(read, folded.spans, flags, context);
}

function ofSpans(read: PeriodsRead, spans: LinkedSpan[], flags: Flags, context: TimeContext): PeriodsRead {
  const weekdays = spans.filter(({ span }) => BARE_WEEKDAY.test(span.label.trim()));
  const [whole, another] = spans.filter((one) => !weekdays.includes(one));
  if (weekdays.length > 1 && whole && !another && isLong(whole.span)) {
    read.weekdays.push(...weekdays.map(({ span }) => isoWeekday(span.from)));
    return ofSpans(read, [{ ...whole, link: 'none' }], flags, context);
  }
  // 'up or down on last year, year to date': a comma adds no second time to what is held against.
  const aside = spans[1]?.link === 'none' || (spans[1]?.link === 'and' && spans[1].comma === true);
  const turned = spans.length === 2 && spans[0]?.link === 'versus' && aside;
  const [first, second, ...more] = turned ? againstFirst(spans) : spans;
  if (!first) return read;
  read.notes.push(...first.span.notes);
  if (more.length > 0)
    return withMany(
      read,
      spans.map(({ span }) => span),
      spans.slice(1).every(({ link }) => link === 'and' || link === 'versus'),
      context,
    ); // prettier-ignore
  if (spans.some(({ span }) => span.days)) {
    const { days, ...span } = first.span;
    if (second || !days) return { ...read, span, problem: spans.map((one) => one.span.label).join(', ') };
    return { ...read, span, parts: daysOf(days) };
  }
  if (!second) return withOne(read, first, flags, context);
  return withTwo(read, first.span, second, flags, context);
}

/** 'down on last year in October': what is held against stands first. */
function againstFirst(spans: { span: Span; link: TimeLink }[]): { span: Span; link: TimeLink }[] {
  return spans.toReversed().map(({ span }, at) => ({ span, link: at === 0 ? 'none' : 'versus' }));
}

function withOne(
  read: PeriodsRead,
  { span, link }: { span: Span; link: TimeLink },
  flags: Flags,
  context: TimeContext,
): PeriodsRead {
  // 'compare for the current year Germany with France': what runs is held against nothing.
  const running = span.from <= context.today && span.to > context.today && span.unit !== 'day';
  if (link === 'versus' && !running) return { ...read, ...againstOnly(span, context) };
  // 'growth per month from January to May' is of each month, 'growth from January to May' of the last over the first.
  if (flags.changing && !flags.split && /^(?:from|between) /.test(span.label) && !span.toDate) {
    const turned = flags.difference ? turnedEnds(span, context) : undefined;
    if (turned) return { ...read, ...turned };
    const ends = twoEnds(span);
    const near = ends && latestOf(span, ends, context);
    if (ends && near)
      return { ...read, span: near, comparison: comparisonOf(near, ends.last, context, read.notes) };
    if (ends) return { ...read, span: ends.last, comparison: { kind: 'period', span: ends.first } };
  }
  const after = read.relative?.kind === 'after' ? afterTheSame(span, read.relative.unit, context) : undefined;
  if (after) return { ...read, relative: null, span: after, comparison: { kind: 'period', span } };
  return finish({ ...read, span }, context);
}

/** 'the difference between May and April', asked in June: of this year both, for nobody said a year. */
function latestOf(
  span: Span,
  { first, last }: { first: Span; last: Span },
  context: TimeContext,
): Span | undefined {
  if (!span.yearless || !/^between /.test(span.label) || first.count !== 1) return undefined;
  const next = { ...first, from: addYears(first.from, 1), to: addYears(first.to, 1) };
  return next.from > last.from && next.from <= context.today ? next : undefined;
}

/** 'the week before Easter against the week after': after what the other one was before. */
function afterTheSame(span: Span, unit: CalendarUnit | null, context: TimeContext): Span | undefined {
  const [, said = '', of] = /^(?:the )?(day|week|month)s? before (.+)$/i.exec(span.label.trim()) ?? [];
  if (of === undefined) return undefined;
  const found = readTime(tokens(`the ${unit ?? said} after ${of}`), 0, context)?.meaning;
  return found?.kind === 'span' ? found.span : undefined;
}

function withTwo(
  read: PeriodsRead,
  first: Span,
  second: { span: Span; link: TimeLink; comma?: boolean },
  flags: Flags,
  context: TimeContext,
): PeriodsRead {
  const [whole, plainly] = sameYear(first, second.span, context);
  const a = flags.whole ? whole : asFarAsNow(whole, plainly, context);
  const said = second.link === 'none' ? plainly : sameEvent(a, plainly, context);
  const earlier =
    /^(?:the )?(?:previous|prior|preceding) /i.test(said.label) && said.from === a.from && said.to === a.to;
  const yearEarlier = /^(?:the )?last \p{L}/iu.test(said.label) && said.from === a.from && said.to === a.to;
  const b = earlier
    ? { ...spanBefore(a), label: said.label }
    : yearEarlier && a.yearless
      ? { ...oneYearEarlier(a, context), label: said.label }
      : said;
  read.notes.push(...b.notes.filter((note) => !read.notes.includes(note)));
  // 'August and September against the same months last year' holds neither against the other.
  const together = second.link === 'and' && read.relative !== null;
  const inside = isWithin(a, b) || isWithin(b, a);
  if (second.link === 'versus' || (flags.comparing && !together && !inside)) {
    if (flags.whole && !inside)
      return { ...read, span: a, comparison: { kind: 'period', span: second.span } };
    if (b.from > a.from && !a.toDate)
      return { ...read, span: b, comparison: comparisonOf(b, a, context, read.notes) };
    return { ...read, span: a, comparison: comparisonOf(a, b, context, read.notes) };
  }
  if (second.link === 'and') {
    const [early, late] = a.from <= b.from ? [a, b] : [b, a];
    // 'last year and this year, up or down': the one is held against the other, and not both against two before.
    const apart = early.unit === late.unit && early.count === 1 && late.count === 1 && early.to <= late.from;
    const turned = flags.difference === true && a === late && !second.comma;
    if (
      flags.changing &&
      !flags.stepping &&
      apart &&
      !read.relative &&
      (late.toDate || late.unit === 'year' || turned)
    )
      return { ...read, span: late, comparison: comparisonOf(late, early, context, read.notes) };
    if (early.unit === late.unit && early.to === late.from && early.unit !== 'half') {
      const span = {
        ...early,
        to: late.to,
        count: early.count + late.count,
        label: `${first.label} and ${second.span.label}`,
      };
      const relative = early.unit === 'year' ? null : read.relative;
      // Against the same time a year before they are added up.
      return finish({ ...read, span, grain: relative ? null : early.unit, relative }, context);
    }
    // 'in May, last five days': of that month, or the latest ones?
    if (second.comma && !read.relative && isLastDays(second.span) && early.unit !== 'day')
      return { ...read, span: a, problem: `${first.label} or ${second.span.label}` };
    return { ...read, span: late, comparison: { kind: 'period', span: early } };
  }
  for (const [day, whole] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!BARE_WEEKDAY.test(day.label.trim()) || !isLong(whole)) continue;
    return finish({ ...read, span: whole, weekdays: [isoWeekday(day.from)] }, context);
  }
  if (b.from >= a.from && b.to <= a.to) return finish({ ...read, span: b }, context);
  if (a.from >= b.from && a.to <= b.to) return finish({ ...read, span: a }, context);
  const moved =
    b.unit === 'year' && b.count === 1 && a.yearless
      ? sameInYear(a, Number(b.from.slice(0, 4)), context)
      : undefined;
  const other =
    a.unit === 'year' && a.count === 1 && b.yearless
      ? sameInYear(b, Number(a.from.slice(0, 4)), context)
      : undefined;
  if (moved ?? other) return finish({ ...read, span: moved ?? other ?? a }, context);
  return { ...read, span: a, problem: `${first.label} and ${second.span.label}` };
}

function isLastDays({ label }: Span): boolean {
  return /^(?:the )?(?:last|past|final) (?:\d+|\p{L}+) (?:days|weeks)$/iu.test(label.trim());
}

/** 'June against last June', asked in the middle of it: as much of it as there is. */
function asFarAsNow(main: Span, other: Span, { today }: TimeContext): Span {
  const running = main.from <= today && main.to > addDays(today, 1);
  const alike = main.unit === other.unit && main.count === 1 && other.count === 1 && other.to <= main.from;
  return running && alike && !main.toDate && main.unit !== 'day' ? cutAt(main, addDays(today, 1)) : main;
}

/** One time within the other is no second time to hold against it. */
function isWithin(a: Span, b: Span): boolean {
  return a.from >= b.from && a.to <= b.to && (a.from !== b.from || a.to !== b.to);
}

function withMany(read: PeriodsRead, said: Span[], allAnd: boolean, context: TimeContext): PeriodsRead {
  const dated = said.find((span) => !span.yearless);
  const year = dated ? Number(dated.from.slice(0, 4)) : undefined;
  const spans = said.map((span) =>
    span.yearless && year !== undefined && dated?.unit !== 'year' ? sameInYear(span, year, context) : span,
  );
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  const [first] = sorted;
  const last = sorted.at(-1);
  const joined = sorted.every((span, index) => index === 0 || span.from === sorted[index - 1]?.to);
  const unit = first?.unit;
  if (
    !first ||
    !last ||
    !allAnd ||
    !joined ||
    !unit ||
    unit === 'half' ||
    sorted.some((span) => span.unit !== unit)
  ) {
    return { ...read, span: spans[0], problem: spans.map((span) => span.label).join(', ') };
  }
  const span = { ...first, to: last.to, count: sorted.length, label: '' };
  return finish({ ...read, span, grain: read.relative ? null : unit }, context);
}

function finish(read: PeriodsRead, context: TimeContext): PeriodsRead {
  const { span, relative } = read;
  if (!span || !relative) return read;
  const target = relativeSpan(span, relative, context);
  const yearBefore = spanYearBefore(span);
  const ofMonth = relative.kind === 'before' && relative.month !== undefined;
  const kind =
    (relative.kind === 'year-before' && isOneYear(span, target)) ||
    (ofMonth && target.from === yearBefore.from)
      ? 'same-period-last-year'
      : ofMonth
        ? 'period'
        : relative.kind === 'before' && (relative.count !== undefined || sameUnit(span, relative.unit))
          ? 'previous-period'
          : 'period'; // prettier-ignore
  return { ...read, relative: null, comparison: { kind, span: target } };
}

function isOneYear(span: Span, target: Span): boolean {
  return Number(span.from.slice(0, 4)) - Number(target.from.slice(0, 4)) === 1;
}

function sameUnit(span: Span, unit: CalendarUnit | null): boolean {
  return unit === null || (unit === span.unit && span.count === 1);
}

function twoEnds(span: Span): { first: Span; last: Span } | undefined {
  const { first: one, last: other } = span.ends ?? {};
  if (one && other && one.unit === other.unit && one.unit !== 'day' && one.count === other.count)
    return one.to <= other.from && !other.toDate ? { first: one, last: other } : undefined;
  if (span.count < 2) return undefined;
  const unit =
    span.unit === 'quarter' && !/q\d|quarter/i.test(span.label)
      ? /\d{4}.*\d{4}/.test(span.label) && span.count % 4 === 0
        ? 'year'
        : 'month'
      : span.unit; // prettier-ignore
  const first = unitsFrom(unit, span.from);
  const last = unitsFrom(unit, addUnits(unit, span.to, -1));
  return first.from < last.from && last.to === span.to ? { first, last } : undefined;
}

/** 'the difference between May and April': those two of this year, and not a year from May on. */
function turnedEnds(span: Span, context: TimeContext): { span: Span; comparison: Compared } | undefined {
  const { first, last } = span.ends ?? {};
  if (!span.yearless || !first || !last || first.unit !== last.unit || first.unit === 'day') return undefined;
  if (first.from.slice(0, 4) === last.from.slice(0, 4)) return undefined;
  const main = spanYearBefore(first, -1);
  if (main.from > context.today) return undefined;
  const late = { ...main, label: '' };
  return { span: late, comparison: comparisonOf(late, { ...last, label: '' }, context, []) };
}

function sameYear(a: Span, b: Span, context: TimeContext): [Span, Span] {
  if (a.yearless && !b.yearless && b.unit !== 'year') {
    // 'Q1 against Q4 2025': the one right after it.
    if (a.from === b.to) return [a, b];
    const moved = sameInYear(a, Number(b.from.slice(0, 4)), context);
    // 'October against October last year': the latest one is meant.
    return [moved.from === b.from && moved.to === b.to ? a : moved, b];
  }
  if (b.yearless && !a.yearless && a.unit !== 'year') {
    const moved = sameInYear(b, Number(a.from.slice(0, 4)), context);
    // 'this month against October', asked in June: the one that has been.
    const ahead = moved.from > context.today && a.from <= context.today;
    return [a, ahead || (moved.from === a.from && moved.to === a.to) ? b : moved];
  }
  return [a, b];
}

export function periodOf(span: Span): Period {
  return span.label === ''
    ? { from: span.from, to: span.to }
    : { from: span.from, to: span.to, label: span.label };
}

/** A period of an earlier plan as a span again. */
export function spanOf(period: Period): Span {
  for (const unit of ['year', 'quarter', 'month', 'week', 'day'] as const) {
    if (startOf(unit, period.from) !== period.from || startOf(unit, period.to) !== period.to) continue;
    let count = 1;
    while (addUnits(unit, period.from, count) < period.to) count += 1;
    if (unit === 'week' && count > 8) continue;
    return {
      from: period.from,
      to: period.to,
      unit,
      count,
      toDate: false,
      label: period.label ?? '',
      notes: [],
    };
  }
  return { from: period.from, to: period.to, unit: 'day', count: 1, toDate: false, label: '', notes: [] };
}

/** 'Monday sales this year': the day's name beside a longer time means all such days in it. */
const BARE_WEEKDAY = /^(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i;

/** Longer than the week in which there is one such day. */
function isLong(span: Span): boolean {
  return span.count * UNIT_DAYS[span.unit] >= 8;
}

const UNIT_DAYS: Record<CalendarUnit, number> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  half: 182,
  year: 365,
};
