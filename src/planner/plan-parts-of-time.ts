import type { MetricQuery } from '../domain/metric-query.ts';
import { partsOf } from '../periods/parts-of-span.ts';
import { sameInYear } from '../periods/same-time-in-year.ts';
import { longDay } from '../periods/time-spans.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import type { PlanningNeeds } from './planned.ts';

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

const EACH_OF_THEM = new RegExp(
  `\\b${WEEKDAY}s?\\b.*\\b(?:each|individually|separately|one by one|day by day)[?.! ]*$|\\b(?:each|every|per|by) ${WEEKDAY}\\b`,
  'i',
);

/** 'Fridays in October, each', 'which Saturdays had over 7,000': such days one by one, and none of the others. */
export function dayByDay(reading: Reading, query: MetricQuery, needs: PlanningNeeds): void {
  const days = reading.periods.weekdays.length;
  const judged = reading.conditions.some(({ dimension, of }) => !dimension && !of);
  const asked = ['which', 'how-many', 'list'].some((role) => reading.roles.has(role as Role));
  const each = EACH_OF_THEM.test(reading.text) || (judged && asked);
  if (days === 0 || days > 2 || !each || !needs.model.dimensions.has('calendar_day')) return;
  const shaped = ['average', 'combined', 'share', 'moving', 'running', 'maximum', 'minimum'];
  if (query.grain || query.dimensions.length > 0 || reading.ranking) return;
  if (shaped.some((role) => reading.roles.has(role as Role))) return;
  query.dimensions.push('calendar_day');
}

/** 'December revenue by year', 'Black Friday over the years': the same time of every year that the data has. */
export function inEveryYear(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): void {
  const { span, comparison } = reading.periods;
  const { today, dataFrom } = needs.time;
  if (query.grain !== 'year' || !span?.yearless || span.unit === 'year' || comparison || dataFrom === null)
    return;
  const last = Number(span.from.slice(0, 4));
  const first = Number(dataFrom.slice(0, 4));
  const years = Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => first + at);
  const times = years
    .map((year) => sameInYear(span, year, needs.time))
    .filter(({ from, to }) => from <= today && to > dataFrom);
  const whole = times.length > 1 ? partsOf(times) : undefined;
  if (!whole) return;
  const { parts } = whole;
  if ((times[0]?.from ?? dataFrom) < dataFrom)
    notes.push(`the data begins on ${longDay(dataFrom)}, within the first of them`);
  query.period = periodOf(whole.span);
  query.filters.push({ dimension: parts.dimension, operator: 'in', values: parts.values });
}

/** 'each weekend' is told week by week. */
export function weekendByWeekend(reading: Reading, query: MetricQuery): void {
  if (!/\b(?:each|every|per) weekend\b/i.test(reading.text) || query.grain) return;
  const on =
    query.segments.includes('on_weekends') || reading.dimensions.some(({ name }) => name === 'weekend');
  if (!on || reading.roles.has('average')) return;
  reading.dimensions = reading.dimensions.filter(({ name }) => name !== 'weekend');
  query.segments = [...new Set([...query.segments, 'on_weekends'])];
  query.grain = 'week';
}

/** 'Black Friday 2023, 2024 and 2025', 'the last 5 Saturdays': of a longer time only those parts, each by itself. */
export function onlyParts(reading: Reading, query: MetricQuery): void {
  const { parts } = reading.periods;
  if (!parts) return;
  query.filters.push({ dimension: parts.dimension, operator: 'in', values: parts.values });
  if (reading.roles.has('combined') || reading.roles.has('average') || query.grain) return;
  if (parts.by === 'year' || parts.by === 'month') query.grain = parts.by;
  else if (!query.dimensions.includes(parts.by)) query.dimensions.push(parts.by);
}
