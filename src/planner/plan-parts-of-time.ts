import { type MetricQuery } from '../domain/metric-query.ts';
import { type Reading } from '../reading/reading.ts';
import { type Role } from '../vocabulary/understand-function-words.ts';
import { type PlanningNeeds } from './planned.ts';

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

/** 'Black Friday 2023, 2024 and 2025', 'the last 5 Saturdays': of a longer time only those parts, each by itself. */
export function onlyParts(reading: Reading, query: MetricQuery): void {
  const { parts } = reading.periods;
  if (!parts) return;
  query.filters.push({ dimension: parts.dimension, operator: 'in', values: parts.values });
  if (reading.roles.has('combined') || reading.roles.has('average') || query.grain) return;
  if (parts.by === 'year' || parts.by === 'month') query.grain = parts.by;
  else if (!query.dimensions.includes(parts.by)) query.dimensions.push(parts.by);
}
