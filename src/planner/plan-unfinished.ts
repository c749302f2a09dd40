import { addDays, type Day } from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { addUnits, startOf } from '../periods/understand-calendar.ts';
import type { PlanningNeeds } from './planned.ts';

/** The lowest of several times is looked for among those that are over: an unfinished one would always win. */
export function completeOnly(query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const { grain } = query;
  const { today, dataFrom, dataTo } = needs.time;
  if (grain === null || grain === 'day' || dataFrom === null) return;
  const known = dataTo !== null && dataTo < today ? addDays(dataTo, 1) : today;
  const from = query.period?.from ?? dataFrom;
  const to = query.period?.to ?? addDays(dataTo ?? today, 1);
  const end = to > known || startOf(grain, to) !== to ? startOf(grain, earlier(to, known)) : to;
  const begun = from < dataFrom ? dataFrom : from;
  const start = startOf(grain, begun) === begun ? begun : addUnits(grain, startOf(grain, begun), 1);
  if (start >= end || (end === to && start === from)) return;
  query.period = { from: start, to: end, ...(query.period?.label ? { label: query.period.label } : {}) };
  notes.push(`only ${grain}s that are over, and whole in the data, are compared`);
}

/** An average per day, week or month leaves out the one that is not over. */
export function wholeOnly(query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const { grain, period } = query;
  const { today, dataTo } = needs.time;
  if (grain === null || !period) return;
  const known = dataTo !== null && dataTo < today ? addDays(dataTo, 1) : today;
  if (period.to <= known) return;
  const end = grain === 'day' ? known : startOf(grain, known);
  if (end <= period.from) return;
  query.period = { ...period, to: end };
  notes.push(`only ${grain}s that are over`);
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}
