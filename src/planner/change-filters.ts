import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { mayBeBoth } from './plan-impossible.ts';
import type { PlannerScope } from './planner-scope.ts';

/** What the new words narrow to takes the place of what they contradict: 'and in the stores?' after 'online'. */
export function changeFilters(
  reading: Reading,
  query: MetricQuery,
  fresh: MetricQuery,
  scope: PlannerScope,
): void {
  if (reading.roles.has('clear')) {
    query.filters = [];
    query.segments = [];
    query.having = [];
  }
  for (const asked of fresh.filters) {
    const filter = asLastNamed(asked, query, reading, scope);
    const positive = filter.operator === 'in';
    const beside =
      positive &&
      /^(?:and )?(?:compare(?:d)? (?:it |that |this )?(?:with|to)|versus|vs|against)\b/i.test(reading.text);
    const adds = beside || /\b(?:as well|too|also|include|including|add)\b/i.test(reading.text);
    const there = query.filters.find(
      (one) => one.dimension === filter.dimension && one.operator === filter.operator,
    );
    if (there && (adds || !positive)) {
      there.values = [...new Set([...there.values, ...filter.values])];
      if (beside && !query.dimensions.includes(filter.dimension)) query.dimensions.push(filter.dimension);
      continue;
    }
    const stays = (one: Filter): boolean =>
      one.dimension !== filter.dimension && (!positive || mayBeBoth(one, filter, scope));
    query.filters = query.filters.filter(stays);
    query.filters.push(filter);
    const only = positive && filter.values.length === 1;
    if (
      only &&
      query.dimensions.includes(filter.dimension) &&
      !fresh.dimensions.includes(filter.dimension) &&
      (query.dimensions.length > 1 || query.ranking !== null || query.grain !== null)
    ) {
      query.dimensions = query.dimensions.filter((name) => name !== filter.dimension);
      if (query.dimensions.length === 0) query.ranking = null;
    }
  }
  const told = [...fresh.segments.map(kindOf), ...fresh.filters.map(({ dimension }) => dimension)];
  const others = query.segments.filter(
    (name) => fresh.segments.includes(name) || !told.includes(kindOf(name)),
  );
  query.segments = [...new Set([...others, ...fresh.segments])];
  const kinds = fresh.segments.map(kindOf);
  query.filters = query.filters.filter(
    (one) =>
      fresh.filters.some(({ dimension }) => dimension === one.dimension) || !kinds.includes(one.dimension),
  );
}

/** 'and Paraná?' after 'in Bahia': what may be a town or a state is what the last name was. */
function asLastNamed(filter: Filter, query: MetricQuery, reading: Reading, scope: PlannerScope): Filter {
  const said = reading.filters.find(({ hits }) =>
    hits.some(({ value }) => filter.values.includes(value)),
  )?.said;
  const [one, ...more] = filter.values;
  if (said === undefined || one === undefined || more.length > 0 || filter.operator !== 'in') return filter;
  if (query.filters.some(({ dimension }) => dimension === filter.dimension)) return filter;
  if (reading.dimensions.some(({ name }) => name === filter.dimension)) return filter;
  const there = new Set(
    query.filters.filter(({ operator }) => operator === 'in').map(({ dimension }) => dimension),
  );
  const same = scope.values.named(said).find(({ dimension }) => there.has(dimension));
  return same ? { ...filter, dimension: same.dimension, values: [same.value] } : filter;
}

/** What a segment is one side of: 'online' of the channel, 'on weekdays' of the week. */
function kindOf(segment: string): string {
  return SEGMENT_DIMENSIONS[segment] ?? segment;
}
