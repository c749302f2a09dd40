import { type MetricQuery } from '../domain/metric-query.ts';
import { isAdditive } from './metric-traits.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { isPart } from './plan-ranking.ts';
import { label, periodText } from './plan-words.ts';
import { type Planned, type PlanningNeeds } from './planned.ts';
import { type Reading } from './reading.ts';

export function shareOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (!reading.roles.has('share')) return null;
  const metric = needs.model.metrics.get(query.metrics[0] ?? '');
  if (query.metrics.some((one) => needs.model.metrics.get(one)?.unit.kind === 'share')) return null;
  const name = (metric?.label ?? 'revenue').toLowerCase();
  if (isPartOfAll(reading, query)) {
    query.calculations.push({ kind: 'share-of-total' });
    return null;
  }
  const inside = query.filters.filter(
    (filter) =>
      (filter.operator === 'in' || filter.operator === 'not-in') &&
      !query.dimensions.includes(filter.dimension),
  );
  const segment = query.segments
    .map((name) => SEGMENT_DIMENSIONS[name])
    .find((name) => name !== undefined && needs.model.dimensions.has(name));
  if (query.dimensions.length === 0 && inside[0]) {
    query.dimensions.push(inside[0].dimension);
    notes.push(`the share is of all ${needs.model.dimensions.get(inside[0].dimension)?.plural ?? 'values'}`);
  } else if (query.dimensions.length === 0 && segment) {
    query.dimensions.push(segment);
    query.segments = query.segments.filter((name) => SEGMENT_DIMENSIONS[name] !== segment);
  } else if (query.dimensions.length === 0 && query.grain === null) {
    return {
      kind: 'ask',
      text: `The share of what in all ${name}?`,
      questions: ['category', 'country', 'branch', 'product']
        .filter((one) => needs.model.dimensions.has(one) && metric && needs.reach.dimension(metric.name, one))
        .map((one) => ({
          label: `By ${label(needs, one)}`,
          question: `share of ${name} by ${label(needs, one)}${periodText(query)}`,
        })),
    };
  }
  if (metric && !isAdditive(metric, needs.model)) {
    return { kind: 'cannot', text: `${metric.label} does not add up to a whole, so it has no shares.` };
  }
  query.calculations.push({ kind: 'share-of-total' });
  return null;
}

/** 'share of orders over 500', '... without a customer', 'of the ten best products': one share of the whole. */
function isPartOfAll(reading: Reading, query: MetricQuery): boolean {
  if (query.grain !== null) return false;
  const conditions = reading.conditions.filter((one) => one.of !== null || one.dimension !== null);
  const judged = conditions.length > 0 && conditions.length === reading.conditions.length;
  const known = query.filters.some(({ operator }) => operator === 'is-empty' || operator === 'is-not-empty');
  const single =
    query.dimensions.length === 0 && query.filters.every(({ operator }) => operator.includes('empty'));
  return isPart(reading, query) || (single && (judged || known));
}
