import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { spanOf } from '../periods/understand-periods.ts';
import type { PlannerScope } from './planner-scope.ts';
import { readWords } from './thread-corrections.ts';

const ABOUT =
  '(?:(?:what|how) about |how (?:was|were|is|are) (?:it|that|they) |(?:the )?same |for |in |of |on |with )*';
const BEFORE = new RegExp(
  `^${ABOUT}(?:the |that of the )?(?:previous|prior|preceding) (?<unit>day|week|month|quarter|year)$`,
  'i',
);
const NEXT = new RegExp(`^${ABOUT}the next (?<unit>day|week|month|quarter|year)$`, 'i');
const LAST_YEAR = new RegExp(`^${ABOUT}last year$`, 'i');
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const YEARLESS = new RegExp(
  `^(?:only |just |and )*${ABOUT}(?:the )?(?<part>q[1-4]|h[12]|${MONTH}|(?:first|1st|second|2nd|third|3rd|fourth|4th|last) (?:quarter|half)|black friday|cyber monday|christmas eve|boxing day|easter)(?: only)?$`,
  'i',
);

/** What a short turn says of time is seen from the thread's own time. */
export function inItsTime(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  if (!base.period) return undefined;
  const span = spanOf(base.period);
  const before = BEFORE.exec(said)?.groups?.unit?.toLowerCase();
  if (before !== undefined) return before === span.unit ? `the ${before} before` : undefined;
  const next = NEXT.exec(said)?.groups?.unit?.toLowerCase();
  if (next !== undefined) return next === span.unit ? `the following ${next}` : undefined;
  const short = span.unit !== 'year' && base.period.to <= scope.time.today;
  if (LAST_YEAR.test(said)) return short && base.comparison === null ? 'a year earlier' : undefined;
  const part = YEARLESS.exec(said)?.groups?.part;
  return part === undefined ? undefined : inItsYear(part, base.period, span.unit === 'year', scope);
}

/** 'and Q2?' after Q1 2025 is of 2025; 'and January?' after December 2025 is the one after it. */
function inItsYear(
  part: string,
  period: { from: string; to: string },
  wholeYear: boolean,
  scope: PlannerScope,
): string | undefined {
  const year = period.from.slice(0, 4);
  const inOneYear = year === addDays(period.to, -1).slice(0, 4);
  if (!inOneYear || year >= scope.time.today.slice(0, 4)) return undefined;
  const text = `in ${part} ${year}`;
  const found = readWords(text, scope).periods.span;
  if (!found || found.from.slice(0, 4) !== year) return undefined;
  return wholeYear || found.from >= period.to ? text : undefined;
}
