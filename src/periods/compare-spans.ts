import { addYears } from '../domain/day.ts';
import type { Comparison } from '../domain/metric-query.ts';
import type { TimeContext } from './time-meaning.ts';
import {
  addUnits,
  type Span,
  spanBefore,
  spanYearBefore,
  startOf,
  unitsFrom,
} from './understand-calendar.ts';

export type Compared = { kind: Comparison['kind']; span: Span };

/** 'this year against last year': an unfinished period is held against the same days, and this is said. */
export function comparisonOf(main: Span, other: Span, context: TimeContext, notes: string[]): Compared {
  const today = context.today;
  const before = spanBefore(main);
  const wholeBefore = { ...before, to: addUnits(main.unit, before.from, main.count) };
  const otherYear =
    other.unit === 'year' &&
    other.count === 1 &&
    main.unit !== 'year' &&
    main.to <= addYears(startOf('year', main.from), 1); // prettier-ignore
  if (otherYear && !(other.from <= main.from && main.to <= other.to)) {
    const years = Number(main.from.slice(0, 4)) - Number(other.from.slice(0, 4));
    if (years === 1) return { kind: 'same-period-last-year', span: spanYearBefore(main) };
    if (years > 0) return { kind: 'period', span: spanYearBefore(main, years) };
  }
  if (main.toDate && other.unit === main.unit && !other.toDate) {
    const steps = stepsBack(main, other);
    if (steps !== undefined && steps > 0 && main.to > today) {
      let same = main;
      for (let step = 0; step < steps; step += 1) same = spanBefore(same);
      notes.push('an unfinished period is held against the same days of the other one');
      const kind = steps > 1 ? 'period' : main.unit === 'year' ? 'same-period-last-year' : 'previous-period';
      return { kind, span: { ...same, label: other.label } };
    }
  }
  const yearBefore = spanYearBefore(main);
  if (other.from === yearBefore.from && other.to === yearBefore.to && main.unit !== 'year')
    return { kind: 'same-period-last-year', span: other };
  if (other.from === yearBefore.from && other.to === yearBefore.to && main.toDate)
    return { kind: 'same-period-last-year', span: other };
  if (other.from === wholeBefore.from && other.to === wholeBefore.to)
    return { kind: 'previous-period', span: other };
  return { kind: 'period', span: other };
}

function stepsBack(main: Span, other: Span): number | undefined {
  for (let step = 0; step <= 60; step += 1) {
    if (addUnits(main.unit, main.from, -step * main.count) === other.from) return step;
  }
  return undefined;
}

/** Only 'against last month' was said: this month so far is held against it. */
export function againstOnly(
  other: Span,
  context: TimeContext,
): { span: Span; comparison: Compared | null; notes: string[] } {
  const whole = unitsFrom(other.unit, context.today);
  const span: Span = {
    ...whole,
    to: whole.to > context.today ? addUnits('day', context.today, 1) : whole.to,
    toDate: other.unit !== 'day',
    label: `this ${other.unit}`,
  }; // prettier-ignore
  const notes = [`no other period was said, so this ${other.unit} so far was taken`];
  return { span, comparison: comparisonOf(span, other, context, notes), notes };
}
