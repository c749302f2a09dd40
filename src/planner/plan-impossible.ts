import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import { label } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayQuery } from './say-query.ts';

/** Two names of which no product (or branch) has both: an answer would be empty whatever was sold, so one is asked for. */
export function noneOfBoth(query: MetricQuery, needs: PlanningNeeds): Planned | null {
  const named = query.filters.filter(({ operator }) => operator === 'in' || operator === 'starts-with');
  for (const [index, one] of named.entries()) {
    const other = named.slice(0, index).find((earlier) => !mayBeBoth(earlier, one, needs));
    if (!other) continue;
    const [first, second] = [other, one].map((filter) => said(filter, needs));
    return {
      kind: 'ask',
      text: `${noThing(one, needs)} is both ${first} and ${second}. Which one?`,
      questions: [other, one].map((kept) => {
        const filters = query.filters.filter(
          (filter) => filter === kept || (filter !== one && filter !== other),
        );
        return { label: kept.values.join(' or '), question: sayQuery({ ...query, filters }, needs.model) };
      }),
    };
  }
  return null;
}

/** Whether something of the earlier kinds can be of these too, as far as is known. */
export function mayBeBoth(one: Filter, other: Filter, { values }: Pick<PlanningNeeds, 'values'>): boolean {
  if (!values || one.dimension === other.dimension) return true;
  return hitsOf(one).some((hit) => hitsOf(other).some((also) => values.kinship.together(hit, also)));
}

function hitsOf({
  dimension,
  operator,
  values,
}: Filter): Parameters<NonNullable<PlanningNeeds['values']>['kinship']['together']>[0][] {
  return values.map((value) => ({
    dimension,
    value,
    ...(operator === 'starts-with' ? { family: true as const } : {}),
  }));
}

function noThing({ dimension }: Filter, { model }: PlanningNeeds): string {
  const group = model.dimensions.get(dimension)?.group;
  return group === 'product' || group === 'branch' ? `No ${group}` : 'Nothing';
}

function said({ dimension, values }: Filter, needs: PlanningNeeds): string {
  return `${values.join(' or ')} (${label(needs, dimension)})`;
}
