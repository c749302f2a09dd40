import { addDays, addYears, type Day, daysBetween } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { type Grain, lengthInDays, type Period } from '../domain/period.ts';
import { relativeSpan } from '../periods/relative-span.ts';
import { longDay } from '../periods/time-spans.ts';
import {
  addUnits,
  type Span,
  spanBefore,
  spanYearBefore,
  startOf,
  unitsFrom,
} from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { isStanding } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import type { PlanningNeeds } from './planned.ts';

type Times = { span: Span | null; period: Period | null; comparison: MetricQuery['comparison'] };

export function timesOf(reading: Reading, needs: PlanningNeeds, notes: string[]): Times {
  const { periods } = reading;
  let span = periods.span ?? null;
  let comparison = periods.comparison;
  if (span && !comparison && isPlanned(reading)) span = laterThisYear(span, reading.text, needs);
  const alone = periods.relative?.kind === 'before' ? periods.relative.alone : undefined;
  const lastYears = SAME_UNIT_LAST_YEAR.exec(reading.text)?.[1]?.toLowerCase();
  const held = ['versus', 'compare', 'than', 'growth'].some((role) => reading.roles.has(role as Role));
  if (lastYears && periods.relative?.kind === 'year-before' && !span && !comparison && !held)
    span = unitsFrom(lastYears as Span['unit'], addYears(needs.time.today, -1));
  else if (alone && !span && !comparison) span = alone;
  else if (periods.relative && !span) {
    const unit = periods.relative.kind === 'year-before' ? 'year' : (periods.relative.unit ?? 'month');
    span = soFar(unit, needs);
    notes.push(`no period was said, so this ${unit} so far was taken`);
    comparison = {
      kind: periods.relative.kind === 'year-before' ? 'same-period-last-year' : 'previous-period',
      span: relativeSpan(span, periods.relative, needs.time),
    }; // prettier-ignore
  }
  const lately =
    NOWADAYS.test(reading.text) &&
    !reading.metrics.some((name) => isStanding(name, needs.model)) &&
    // What is in a state currently may have been ordered long ago.
    !reading.filters.some(({ hits }) => hits.some(({ dimension }) => dimension === 'order_status'));
  if (lately) reading.soFar ??= 'month';
  if (!span && reading.soFar !== null && periods.span === undefined) {
    span = soFar(reading.soFar, needs);
    notes.push(`no period was said: this ${reading.soFar} so far`);
  }
  const changing = reading.change !== null || reading.roles.has('growth');
  const since = changing && !comparison ? SINCE_LAST.exec(span?.label ?? '')?.[1] : undefined;
  if (since !== undefined) {
    const unit = since as Span['unit'];
    span = soFar(unit, needs);
    comparison = {
      kind: unit === 'year' ? 'same-period-last-year' : 'previous-period',
      span: spanBefore(span),
    };
    notes.push(`this ${unit} so far is held against as much of the last one`);
  }
  const bucketed = reading.grain !== null || reading.roles.has('trend') || reading.subjectUnit !== null;
  if (reading.change !== null && !comparison) {
    const unit = reading.change;
    if (unit === 'year') {
      span ??= soFar('year', needs);
      comparison = { kind: 'same-period-last-year', span: spanYearBefore(span) };
    } else if (span && span.unit === unit && span.count === 1) {
      comparison = { kind: 'previous-period', span: spanBefore(span) };
    }
  } else if (
    changing &&
    !comparison &&
    span &&
    !bucketed &&
    !reading.roles.has('why') &&
    // 'how has it changed since January': month by month, for nothing is as long.
    !(/^since\b/i.test(span.label) && daysBetween(span.from, span.to) > 62)
  ) {
    comparison = { kind: 'previous-period', span: spanBefore(span) };
    notes.push('held against the period before');
  }
  if (span && comparison && changing && !reading.roles.has('why')) {
    const alike = alikeSoFar(span, comparison.span, needs);
    if (alike) {
      ({ span } = alike);
      comparison = { ...comparison, span: alike.other };
      notes.push(
        `what is not over yet is held against the same days: up to ${longDay(addDays(span.to, -1))}`,
      );
    }
  }
  const steps =
    changing && span && !reading.roles.has('why') && !bucketed
      ? fromOneToNext(span, reading.text)
      : undefined;
  if (steps && (!comparison || periods.comparison === null)) {
    span = steps.next;
    comparison = { kind: 'previous-period', span: steps.one };
  }
  if (span && comparison && isStepwise(span, comparison.span, reading)) comparison = null;
  const same = span && comparison && span.from === comparison.span.from && span.to === comparison.span.to;
  // 'payments in August vs revenue in August' sets figures side by side, and no times.
  const renamed = /\b(?:last|previous|prior)\b/i.test(comparison?.span.label ?? '');
  if (same && reading.metrics.length > 1 && !renamed) comparison = null;
  else if (span && same) {
    comparison = { kind: 'same-period-last-year', span: spanYearBefore(span) };
    notes.push('held against the same time a year before');
  }
  const { dataFrom } = needs.time;
  if (comparison && dataFrom !== null && comparison.span.from < dataFrom && comparison.span.to > dataFrom)
    notes.push(`the data begins on ${longDay(dataFrom)}, within what is held against`);
  return {
    span,
    period: span ? periodOf(span) : null,
    comparison: comparison ? { kind: comparison.kind, period: periodOf(comparison.span) } : null,
  };
}

/** 'growth of each month over the month before': every step has its own partner, and the whole time has none. */
function isStepwise(span: Span, other: Span, { grain, roles }: Reading): boolean {
  if (!grain || !roles.has('growth') || span.to <= addUnits(grain, span.from, 1)) return false;
  return other.from === addUnits(grain, span.from, -1) && other.to === addUnits(grain, span.to, -1);
}

/** 'growth from September to October' is that of October over September. */
function fromOneToNext(span: Span, text: string): { one: Span; next: Span } | undefined {
  if (!/\bto\b|->|→/.test(text)) return undefined;
  for (const unit of ['month', 'quarter', 'year'] as const) {
    const middle = addUnits(unit, span.from, 1);
    if (startOf(unit, span.from) !== span.from || addUnits(unit, span.from, 2) !== span.to) continue;
    const whole = { unit, count: 1, toDate: false, label: '', notes: [] };
    return { one: { ...whole, from: span.from, to: middle }, next: { ...whole, from: middle, to: span.to } };
  }
  return undefined;
}

function isPlanned({ metrics }: Reading): boolean {
  return (
    metrics.length > 0 &&
    metrics.every((name) => /^(?:expense_budget|revenue_budget|revenue_forecast)$/.test(name))
  );
}

/** 'the budget for December' in November is that of the December to come, for a plan is made ahead. */
function laterThisYear(span: Span, text: string, { time }: PlanningNeeds): Span {
  const bare =
    span.unit === 'month' && span.count === 1 && !/\d{4}|\b(?:last|previous|past|ago|year)\b/i.test(text);
  const [from, to] = [addYears(span.from, 1), addYears(span.to, 1)];
  return bare && from > time.today && from.slice(0, 4) === time.today.slice(0, 4)
    ? { ...span, from, to }
    : span;
}

/** 'our best product at the moment' is not that of all time. */
const NOWADAYS = /\b(?:at the moment|at present|currently|these days|nowadays|just now|lately)\b/i;

/** 'revenue in the same month last year', held against nothing. */
const SAME_UNIT_LAST_YEAR =
  /\bsame (month|week|quarter) (?:of |in )?(?:the )?(?:last|previous|prior) year\b/i;

/** 'which branch has grown the most since last year'. */
const SINCE_LAST = /^since last (year|quarter|month|week)$/i;

function soFar(unit: Span['unit'], needs: PlanningNeeds): Span {
  const from = startOf(unit, needs.time.today);
  return {
    from,
    to: addDays(needs.time.today, 1),
    unit,
    count: 1,
    toDate: unit !== 'day',
    label: `this ${unit} so far`,
    notes: [],
  };
}

export function lastComplete(needs: PlanningNeeds): Span {
  const to = startOf('month', needs.time.today);
  const from = startOf('month', addDays(to, -1));
  return { from, to, unit: 'month', count: 1, toDate: false, label: 'last month', notes: [] };
}

/** Day for up to five weeks, week up to a season, else month. */
export function autoGrain(period: Period | null, needs: PlanningNeeds): Grain {
  const { dataFrom, dataTo } = needs.time;
  const days = period
    ? lengthInDays(period)
    : dataFrom && dataTo
      ? lengthInDays({ from: dataFrom, to: addDays(dataTo, 1) })
      : 400;
  return days <= 36 ? 'day' : days <= 95 ? 'week' : 'month';
}

/** Growth of a period that is not over: up to the last whole day, against as much of the other one. */
function alikeSoFar(span: Span, other: Span, needs: PlanningNeeds): { span: Span; other: Span } | undefined {
  const { today, dataTo } = needs.time;
  const known = dataTo !== null && dataTo < today ? addDays(dataTo, 1) : today;
  if (span.to <= addDays(today, 1) || span.from >= known || other.unit !== span.unit) return undefined;
  let end = other.from;
  const steps = daysBetween(span.from, known);
  end =
    span.unit === 'year' && span.count === 1 ? yearsEarlier(known, span, other) : addDays(other.from, steps);
  if (end <= other.from || end > other.to) return undefined;
  return { span: { ...span, to: known, toDate: true }, other: { ...other, to: end, toDate: true } };
}

function yearsEarlier(day: Day, span: Span, other: Span): Day {
  return addYears(day, Number(other.from.slice(0, 4)) - Number(span.from.slice(0, 4)));
}

/** 'the month with the biggest rise': growth is told of every month, and the largest rise and fall with it. */
export function stepsAreListed(query: MetricQuery, notes: string[]): void {
  const grows = query.calculations.some(({ kind }) => kind === 'growth');
  if (!grows || !query.grain || !query.ranking || query.dimensions.length > 0) return;
  query.ranking = null;
  notes.push(`each ${query.grain} is held against the one before, in percent`);
}
