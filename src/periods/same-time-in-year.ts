import { tokens } from '../vocabulary/understand-words.ts';
import type { RelativeTime, TimeContext } from './time-meaning.ts';
import { type Span, spanYearBefore } from './understand-calendar.ts';
import { readTime } from './understand-time.ts';

/** `comma`: only a comma stands before it. */
export type LinkedSpan = { span: Span; link: 'none' | 'versus' | 'and'; comma?: boolean };

/**
 * One named time in several years: 'Valentine's Day revenue 2026 vs 2025' has three times, and 'Q4 last year vs Q4 the
 * year before' a second one whose year hangs on the first one's.
 */
export function inNamedYears(
  spans: LinkedSpan[],
  relative: RelativeTime | null,
  context: TimeContext,
): { spans: LinkedSpan[]; relative: RelativeTime | null } {
  const [first, second] = spans;
  const yearsBack =
    relative?.kind === 'year-before' || (relative?.kind === 'before' && relative.unit === 'year');
  const two = spans.length === 2 && second?.link !== 'and';
  // 'last year's Cyber Monday against the year before's' is of one day.
  const ofYear = first && isYear(first.span) && second?.link === 'none';
  if (two && first && !ofYear && second?.span.yearless && yearsBack && second.span.unit !== 'year') {
    const span = sameInYear(second.span, yearOf(first.span) - 1, context);
    return { spans: [first, { span, link: 'versus' }], relative: null };
  }
  if (spans.length === 2) {
    if (first?.link === 'versus') return { spans, relative };
    const [event, year] = first?.span.yearless ? [first, second] : [second, first];
    const apart = event && year && second?.link === 'none' && event.span.yearless && isYear(year.span);
    if (!apart || event.span.unit === 'year') return { spans, relative };
    const main = inYear(event.span, year.span, context);
    if (!yearsBack) return { spans: [{ span: main, link: event.link }], relative };
    const before = sameInYear(event.span, yearOf(year.span) - 1, context);
    return {
      spans: [
        { span: main, link: event.link },
        { span: before, link: 'versus' },
      ],
      relative: null,
    };
  }
  const events = spans.filter(({ span }) => span.yearless && span.unit !== 'year');
  const years = spans.filter(({ span }) => isYear(span));
  const [event, next] = events;
  const [one, other] = years;
  // 'Q1 vs Q2 revenue 2025': the year is said of both.
  if (
    spans.length === 3 &&
    event &&
    next &&
    one &&
    spans.at(-1)?.link === 'none' &&
    isYear(spans.at(-1)?.span ?? event.span)
  ) {
    const moved = [event, next].map(({ span, link }) => ({ span: inYear(span, one.span, context), link }));
    return { spans: moved, relative };
  }
  if (spans.length !== 3 || events.length !== 1 || !event || !one || !other) return { spans, relative };
  return {
    spans: [
      { span: inYear(event.span, one.span, context), link: 'none' },
      { span: inYear(event.span, other.span, context), link: other.link },
    ],
    relative,
  };
}

/** Of movable feasts and weeks too: 'Black Friday' is read again with the year. */
export function sameInYear(span: Span, year: number, context: TimeContext): Span {
  const bare = span.label.replace(/^the /i, '').replace(/,? (?:of |in )?(?:last|this) year$/i, '');
  const named = YEAR.test(bare) ? bare.replace(YEAR, String(year)) : `${bare} ${year}`;
  const all = tokens(named);
  const found = bare === '' ? undefined : readTime(all, 0, context);
  if (found?.length === all.length && found.meaning.kind === 'span') return found.meaning.span;
  return { ...span, ...spanYearBefore(span, yearOf(span) - year), yearless: false };
}

/** The same days a year earlier; a feast that moves is looked up. */
export function oneYearEarlier(span: Span, context: TimeContext | null): Span {
  // 'since 1 September' goes on until today, and a year earlier until a year ago.
  if (context === null || span.unit !== 'day' || span.label === '' || span.toDate)
    return spanYearBefore(span);
  return { ...sameInYear(span, yearOf(span) - 1, context), yearless: false };
}

/** 'Black Friday weekend 2024 vs 2025', 'October 2025 vs 2024': a bare year after a shorter time is that time in it. */
export function sameEvent(first: Span, second: Span, context: TimeContext): Span {
  const bare = isYear(second) && /^(?:\d{4}|(?:this|last|the previous) year)$/.test(second.label.trim());
  if (!bare || first.unit === 'year' || first.count > 31 || yearOf(first) === yearOf(second)) return second;
  return sameInYear(first, yearOf(second), context);
}

function inYear(event: Span, year: Span, context: TimeContext): Span {
  return { ...sameInYear(event, yearOf(year), context), yearless: false };
}

function isYear({ unit, count }: Span): boolean {
  return unit === 'year' && count === 1;
}

function yearOf({ from }: Span): number {
  return Number(from.slice(0, 4));
}

const YEAR = /\b(?:19|20)\d{2}\b/;
