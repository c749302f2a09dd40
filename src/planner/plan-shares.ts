import { type MetricQuery } from '../domain/metric-query.ts';
import { isAdditive } from './metric-traits.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { capital, label, periodText } from './plan-words.ts';
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
  if (metric?.unit.kind === 'share') return null;
  const name = (metric?.label ?? 'revenue').toLowerCase();
  if (reading.conditions.some((condition) => condition.metric !== null || condition.dimension === null)) {
    return {
      kind: 'ask',
      text: 'I cannot put a share on those above a limit. Would one of these do?',
      questions: [
        { label: capital(name), question: `${name}${periodText(query) || ' of all time'}` },
        {
          label: `${capital(name)} by category`,
          question: `share of ${name} by category${periodText(query)}`,
        },
      ],
    };
  }
  const limit = reading.ranking?.limit ?? 0;
  const shareFirst =
    /\b(?:share|percent|percentage|proportion|fraction|how much) of\b.*\b(?:top|best|biggest|largest|bottom|worst)\b/i;
  if (limit > 1 && query.dimensions[0] && shareFirst.test(reading.text)) {
    const plural = needs.model.dimensions.get(query.dimensions[0])?.plural ?? query.dimensions[0];
    return {
      kind: 'ask',
      text: `I can show the share of each of those ${limit}; I do not add them up. Shall I?`,
      questions: [
        {
          label: `Top ${limit} ${plural} with their shares`,
          question: `top ${limit} ${plural} by ${name} with share of total${periodText(query)}`,
        },
        { label: `${capital(name)} in all`, question: `${name}${periodText(query) || ' of all time'}` },
      ],
    };
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
