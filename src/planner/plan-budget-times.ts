import { addDays } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { startOf } from '../periods/understand-calendar.ts';
import type { PlanningNeeds } from './planned.ts';

/**
 * What is held against a budget is held against as much of it as has been: in a year that runs on, up to today. What
 * is left of one is of the whole of it.
 */
export function budgetTimes(query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const { period, metrics } = query;
  if (metrics.includes('budget_left')) return wholeBudget(query, needs, notes);
  const held = metrics.some((name) => /_(?:variance(?:_rate)?|attainment)$|^budget_used$/.test(name));
  const both =
    metrics.some((name) => name.endsWith('_budget')) &&
    metrics.some((name) => /^(?:revenue|expenses)$/.test(name));
  if (!period || query.comparison || !(held || both)) return;
  const month = startOf('month', needs.time.today);
  // Costs are booked at the end of a month: beside those of the months that are over, the running one says nothing.
  const open =
    query.grain === 'month' && metrics.includes('expenses') && period.from < month && period.to > month;
  const end = open ? month : addDays(needs.time.today, 1);
  if (period.to <= end || period.from >= end) return;
  query.period = { ...period, to: end };
  notes.push(
    open
      ? 'only months that are over: costs are booked at their end'
      : 'what is not over yet is held against the budget so far',
  );
}

/** 'the budget left for rent': of this year, where no other time was said, and of all of it. */
function wholeBudget(query: MetricQuery, { time }: PlanningNeeds, notes: string[]): void {
  const { period } = query;
  const tomorrow = addDays(time.today, 1);
  if (!period) notes.push('no period was said, so the budget of this year was taken');
  if (period && period.to !== tomorrow) return;
  const units = ['year', 'quarter', 'month'] as const;
  const unit = period ? units.find((one) => startOf(one, time.today) === period.from) : 'year';
  if (unit === undefined) return;
  const from = startOf(unit, time.today);
  const next = startOf(unit, addDays(from, unit === 'year' ? 370 : unit === 'quarter' ? 100 : 35));
  query.period = { ...period, from, to: next };
}
