import { addDays, addYears } from '../domain/day.ts';
import { tokens } from '../vocabulary/understand-words.ts';
import { type LinkedSpan, sameInYear } from './same-time-in-year.ts';
import type { TimeContext } from './time-meaning.ts';
import { cutAt, daysIn, wholeOf } from './time-spans.ts';
import { addUnits, type Span } from './understand-calendar.ts';
import { readTime } from './understand-time.ts';

/** Times that were said apart and are one: an end within a time, a time and what it consists of, one said twice. */
export function settleSpans(spans: LinkedSpan[], context: TimeContext): LinkedSpan[] {
  if (spans.length < 2) return spans;
  return saidTwice(partsOfWhole(endedEarly(withShortYear(spans, context))));
}

/** 'jan, feb and mar 26', 'last 24 months up to oct 26': beside months two figures are the year. */
function withShortYear(spans: LinkedSpan[], context: TimeContext): LinkedSpan[] {
  return spans.map((one) => {
    const [, lead = '', name, year] = SHORT_YEAR.exec(one.span.label) ?? [];
    const others = spans.filter((other) => other !== one).map(({ span }) => span);
    const monthly = others.every(
      ({ unit, count, yearless }) => /^(?:month|quarter|year)$/.test(unit) && (yearless || count > 1),
    );
    if (name === undefined || !monthly) return one;
    const all = tokens(`${lead}${name} 20${year}`);
    const found = readTime(all, 0, context);
    if (found?.length !== all.length || found.meaning.kind !== 'span') return one;
    const known = found.meaning.span.from <= context.today;
    return known ? { ...one, span: found.meaning.span } : one;
  });
}

const SHORT_YEAR = /^((?:up to|until|till|to|through) )?(\p{L}{3,9}) (\d\d)$/iu;

const END = /^(?:up to|up until|up till|until|till|through|before)\b/i;
const RUNNING = /^(?:over |in |for )?(?:the )?(?:last|past|previous|rolling|trailing|latest) \S+ /i;

/** 'this month up to 10 November', 'rolling 12 months up to the end of October'. */
function endedEarly(spans: LinkedSpan[]): LinkedSpan[] {
  const [first, second, ...more] = spans;
  if (!first || !second || more.length > 0 || second.link === 'versus') return spans;
  const [end, whole] = END.test(first.span.label)
    ? [first.span, second.span]
    : END.test(second.span.label)
      ? [second.span, first.span]
      : isMonthOf(first.span, second.span)
        ? [first.span, second.span]
        : isMonthOf(second.span, first.span)
          ? [second.span, first.span]
          : [];
  if (!end || !whole || END.test(whole.label)) return spans;
  const to = endIn(whole, end);
  const label = `${whole.label} ${end.label}`;
  if (RUNNING.test(whole.label) && whole.count > 1 && to < whole.to) {
    const { unit, count } = whole;
    const from = addUnits(unit, to, -count);
    return [{ link: first.link, span: { ...daysIn(from, to), unit, count, label } }];
  }
  const rest = wholeOf(whole);
  if (to <= rest.from || to > rest.to) return spans;
  return [{ link: first.link, span: { ...cutAt(rest, to), toDate: false, label, notes: whole.notes } }];
}

/** 'October YTD': up to its end. */
function isMonthOf(month: Span, whole: Span): boolean {
  const toDate = /^(?:ytd|year to date)$/i.test(whole.label);
  return toDate && /^(?:month|quarter)$/.test(month.unit) && month.count === 1;
}

/** 'last month up to the 15th' ends in that month. */
const BARE_DAY =
  /^(?:up to|up until|up till|until|till|through|before) (?:and including )?(?:the )?\d{1,2}(?:st|nd|rd|th)?$/i;

/** 'last year until 5 November' ends on that day of last year. */
function endIn(whole: Span, end: Span): string {
  if (whole.unit === 'month' && whole.count === 1 && BARE_DAY.test(end.label))
    return addDays(`${whole.from.slice(0, 7)}-${addDays(end.to, -1).slice(8)}`, 1);
  const years = Number(end.to.slice(0, 4)) - Number(whole.from.slice(0, 4));
  const inAnother = years > 0 && whole.unit === 'year' && whole.count === 1 && !/\d{4}/.test(end.label);
  if (!inAnother) return end.to;
  return addYears(end.to, -years);
}

/** 'the last two years, 2024 and 2025', 'the last three months: August, September, October'. */
function partsOfWhole(spans: LinkedSpan[]): LinkedSpan[] {
  const whole = spans.find(({ span }) => {
    const parts = spans.filter((one) => one.span !== span).map((one) => one.span);
    return parts.length > 1 && areJoined(parts, span);
  });
  if (!whole || spans.some(({ link }) => link === 'versus')) return spans;
  return spans.filter((one) => one !== whole).map((one, at) => ({ ...one, link: at === 0 ? 'none' : 'and' }));
}

function areJoined(parts: Span[], whole: Span): boolean {
  const sorted = [...parts].sort((a, b) => (a.from < b.from ? -1 : 1));
  return (
    sorted[0]?.from === whole.from &&
    sorted.at(-1)?.to === whole.to &&
    sorted.every((part, at) => at === 0 || part.from === sorted[at - 1]?.to)
  );
}

/** 'this year, January to October', 'last month, October': a comma before what says the same closer. */
function saidTwice(spans: LinkedSpan[]): LinkedSpan[] {
  const [first, second, ...more] = spans;
  if (!first || !second || more.length > 0 || second.link !== 'and' || !second.comma) return spans;
  const [a, b] = [first.span, second.span];
  const inside = (one: Span, other: Span): boolean => one.from >= other.from && one.to <= wholeOf(other).to;
  return inside(a, b) || inside(b, a) ? [first, { ...second, link: 'none' }] : spans;
}

/** The same part of several years, or single days: 'Black Friday 2023, 2024 and 2025', '1, 5 and 9 November'. */
export function severalTimes(spans: LinkedSpan[], context: TimeContext): Span[] | undefined {
  if (spans.length < 3) return undefined;
  const said = spans.map(({ span }) => span);
  const years = said.filter(isYear);
  const [event, ...events] = said.filter((span) => !isYear(span));
  if (!event) return undefined;
  if (events.length === 0) {
    const inYears = years.map((year) => ({ ...sameInYear(event, yearOf(year), context), yearless: false }));
    const all = event.yearless ? inYears : [event, ...inYears];
    return all.length > 2 ? sortedOnce(all) : undefined;
  }
  if (years.length > 0 || spans.slice(1).some(({ link }) => link === 'none')) return undefined;
  const sorted = sortedOnce(said);
  if (sorted.every((span, at) => at === 0 || span.from === sorted[at - 1]?.to)) return undefined;
  const alike = events.every(({ unit, count }) => unit === event.unit && count === event.count);
  return alike ? sorted : undefined;
}

function sortedOnce(spans: Span[]): Span[] {
  const byStart = new Map(spans.map((span) => [span.from, span]));
  return [...byStart.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

function isYear({ unit, count }: Span): boolean {
  return unit === 'year' && count === 1;
}

function yearOf({ from }: Span): number {
  return Number(from.slice(0, 4));
}
