import { addDays, addYears, type Day, daysBetween } from '../domain/day.ts';
import { compare, type Decimal, decimal, divide, subtract, sum, tryDecimal } from '../domain/decimal.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { inWords, type Period } from '../domain/period.ts';
import type { ResultTable, Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { Question } from '../questions/answer-question.ts';
import { carryOutPlan } from '../questions/carry-out-plan.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import type { Rule, RuleMeasure } from './rule.ts';

export type Measured = {
  kind: 'measured';
  day: Day;
  holds: boolean;
  label: string;
  filters: string[];
  unit: Unit;
  window: Period;
  /** Exact. */
  value: Decimal;
  base: { value: Decimal; period: string } | null;
  /** As a share, in points or as an amount; null when the rule holds the figure itself. */
  change: Decimal | null;
  /** The figure day by day, for the picture. */
  course: ResultTable | null;
};

export type RuleReading =
  | Measured
  /** Nothing can be said of this day: not loaded, or nothing to hold it against. */
  | { kind: 'unknown'; why: string }
  | { kind: 'forbidden'; why: string };

const WEEKDAYS = 8;
const COURSE_DAYS = 20;

/** What a rule finds on a day, read with these rights. Errors: those of the warehouse. */
export async function measureRule(
  rule: Pick<Rule, 'query' | 'measure' | 'owner' | 'words'>,
  day: Day,
  rights: Rights,
  needs: QuestionNeeds,
): Promise<RuleReading> {
  const { measure } = rule;
  const window = windowOf(day, measure.days);
  const read = (query: MetricQuery) => readFigure(query, rule, rights, needs);
  const now = await read({ ...rule.query, period: window });
  if (now.kind !== 'figure') return now;
  if (!now.value) return { kind: 'unknown', why: `There is no value for ${inWords(window)}.` };
  const base = await baseOf(rule, day, read);
  if (base && 'kind' in base) return base;
  const change = base ? changeFrom(now.value, base.value, measure.change) : null;
  if (base && change === null) return { kind: 'unknown', why: `There is nothing to hold it against.` };
  return {
    kind: 'measured',
    day,
    holds: doesHold(change ?? now.value, measure),
    label: now.label,
    filters: now.filters,
    unit: now.unit,
    window,
    value: now.value,
    base: base && { value: base.value, period: base.period },
    change,
    course: await courseOf(rule, day, rights, needs),
  };
}

export function windowOf(day: Day, days: number): Period {
  return { from: addDays(day, 1 - days), to: addDays(day, 1) };
}

function doesHold(value: Decimal, { threshold, direction, inclusive }: RuleMeasure): boolean {
  const order = compare(value, decimal(threshold));
  if (order === 0) return inclusive;
  return direction === 'above' ? order > 0 : order < 0;
}

function changeFrom(now: Decimal, base: Decimal, change: RuleMeasure['change']): Decimal | null {
  return change === 'share' ? (divide(subtract(now, base), base, 6) ?? null) : subtract(now, base);
}

type Figure = {
  kind: 'figure';
  value: Decimal | null;
  label: string;
  filters: string[];
  unit: Unit;
  table: ResultTable;
};
type Read = (query: MetricQuery) => Promise<Figure | Exclude<RuleReading, Measured>>;

async function baseOf(
  rule: Pick<Rule, 'query' | 'measure'>,
  day: Day,
  read: Read,
): Promise<{ value: Decimal; period: string } | Exclude<RuleReading, Measured> | null> {
  const { days, against } = rule.measure;
  if (against === 'nothing') return null;
  if (against === 'same-weekday') return sameWeekdays(rule, day, read);
  const last = against === 'window-before' ? addDays(day, -days) : addYears(day, -1);
  const period = windowOf(last, days);
  const before = await read({ ...rule.query, period });
  if (before.kind !== 'figure') return before;
  return before.value
    ? { value: before.value, period: inWords(period) }
    : { kind: 'unknown', why: `There is no value for ${inWords(period)}.` };
}

/** The average of the same weekday in the eight weeks before. */
async function sameWeekdays(
  rule: Pick<Rule, 'query'>,
  day: Day,
  read: Read,
): Promise<{ value: Decimal; period: string } | Exclude<RuleReading, Measured>> {
  const period = { from: addDays(day, -7 * WEEKDAYS), to: day };
  const daily = await read({ ...rule.query, period, grain: 'day' });
  if (daily.kind !== 'figure') return daily;
  const at = daily.table.columns.findIndex((column) => column.type === 'date');
  const valueAt = daily.table.columns.findIndex((column) => column.name === rule.query.metrics[0]);
  const values = daily.table.rows
    .filter((row) => daysBetween(String(row[at]).slice(0, 10), day) % 7 === 0)
    .flatMap((row) => tryDecimal(String(row[valueAt] ?? '')) ?? []);
  const mean = values.length >= WEEKDAYS / 2 ? divide(sum(values), decimal(values.length), 6) : undefined;
  return mean
    ? { value: mean, period: `the average of the same weekday in ${values.length} weeks` }
    : { kind: 'unknown', why: 'There are too few weeks to hold it against.' };
}

async function readFigure(
  query: MetricQuery,
  rule: Pick<Rule, 'owner' | 'words'>,
  rights: Rights,
  needs: QuestionNeeds,
): Promise<Figure | Exclude<RuleReading, Measured>> {
  const outcome = await carryOutPlan({ kind: 'metrics', query }, [], asked(rule, rights, needs), needs);
  if (outcome.kind === 'ask-first') return { kind: 'unknown', why: outcome.text };
  if (outcome.kind === 'refused')
    return outcome.reason === 'not-permitted' || outcome.reason === 'unsafe'
      ? { kind: 'forbidden', why: outcome.text }
      : { kind: 'unknown', why: outcome.text };
  if (outcome.kind === 'empty' && outcome.reason === 'not-loaded-yet')
    return { kind: 'unknown', why: outcome.text };
  const [metric = ''] = query.metrics;
  const at = outcome.table.columns.findIndex((column) => column.name === metric);
  const column = outcome.table.columns[at];
  const unit = column?.unit ?? { kind: 'none' as const };
  const value = tryDecimal(String(outcome.table.rows[0]?.[at] ?? ''));
  return {
    kind: 'figure',
    // No rows are no sales; but a rate of nothing is not a rate.
    value: value ?? (unit.kind === 'share' || unit.kind === 'ratio' ? null : decimal(0)),
    label: column?.label ?? metric.replaceAll('_', ' '),
    filters: outcome.understood.filters,
    unit,
    table: outcome.table,
  };
}

async function courseOf(
  rule: Pick<Rule, 'query' | 'owner' | 'words'>,
  day: Day,
  rights: Rights,
  needs: QuestionNeeds,
): Promise<ResultTable | null> {
  const query: MetricQuery = { ...rule.query, period: windowOf(day, COURSE_DAYS), grain: 'day' };
  const daily = await readFigure(query, rule, rights, needs);
  return daily.kind === 'figure' && daily.table.rows.length > 1 ? daily.table : null;
}

function asked(rule: Pick<Rule, 'owner' | 'words'>, rights: Rights, needs: QuestionNeeds): Question {
  return {
    text: rule.words,
    asker: rule.owner,
    rights,
    door: 'rule',
    channel: null,
    thread: 'rule',
    today: needs.clock.today(),
    planner: 'offline',
    costAgreed: true,
  };
}
