import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import type { Reading } from '../reading/reading.ts';
import { filterText, label, periodText } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

export function unreachableOf(query: MetricQuery, needs: PlanningNeeds, reading: Reading): Planned | null {
  const own = query.filters.filter((filter) => isItsOwnKind(filter, query, needs.model));
  query.filters = query.filters.filter((filter) => !own.includes(filter));
  reading.filters = reading.filters.filter(
    ({ hits }) => !hits.some((hit) => own.some(({ dimension }) => dimension === hit.dimension)),
  );
  for (const metric of query.metrics) {
    const found = needs.model.metrics.get(metric);
    if (!found) continue;
    const bad =
      [...query.dimensions, ...narrowing(query, metric)].find(
        (name) => !needs.reach.dimension(metric, name),
      ) ?? query.segments.find((name) => !needs.reach.segment(metric, name));
    if (bad !== undefined) {
      const by =
        needs.model.dimensions.get(bad)?.label.toLowerCase() ??
        needs.model.segments.get(bad)?.label.toLowerCase() ??
        bad;
      const other = [...needs.model.metrics.values()]
        .filter(
          (one) =>
            ['revenue', 'orders', 'units', 'payments', 'refunds', 'expenses', 'returned_units'].includes(
              one.name,
            ) &&
            [...query.dimensions, ...query.filters.map((filter) => filter.dimension)].every((name) =>
              needs.reach.dimension(one.name, name),
            ),
        ) // prettier-ignore
        .slice(0, 3);
      const tail = `${query.dimensions.map((name) => ` by ${label(needs, name)}`).join('')}${filterText(query, needs)}${periodText(query)}`;
      return {
        kind: 'ask',
        text: `${found.label} cannot be told apart by ${by}. What would you like instead?`,
        questions: [
          {
            label: `${found.label} in all`,
            question: `${found.label.toLowerCase()}${periodText(query) || ' of all time'}`,
          },
          ...other.map((one) => ({
            label: `${one.label} by ${by}`.slice(0, 75),
            question: `${one.label.toLowerCase()}${tail}`,
          })),
        ],
      };
    }
    const fixed = query.filters.find((filter) => isFixedBy(found, filter.dimension, needs.model));
    if (fixed) {
      const by = label(needs, fixed.dimension);
      return {
        kind: 'cannot',
        text: `${found.label} is of one ${by} only, so I cannot narrow it to another. ${found.definition}`,
      };
    }
    if (
      found.kind === 'simple' &&
      found.measures.every((measure) => measure.time === null) &&
      (query.period || query.grain || query.comparison)
    ) {
      if (query.grain || query.comparison || query.period) {
        return {
          kind: 'ask',
          text: `${found.label} has no date: it is what is on file now.`,
          questions: [
            { label: `${found.label} now`, question: `${found.label.toLowerCase()}` },
            ...timed(found.name, needs, query),
          ],
        };
      }
    }
  }
  void reading;
  return null;
}

/** 'expenses of expense accounts': the figure is of those anyway. */
function isItsOwnKind(
  { dimension, operator, values }: Filter,
  query: MetricQuery,
  model: SemanticModel,
): boolean {
  const [only, ...more] = values;
  if (operator !== 'in' || only === undefined || more.length > 0) return false;
  return query.metrics.every((name) => {
    const metric = model.metrics.get(name);
    return (
      metric?.kind === 'simple' &&
      isFixedBy(metric, dimension, model) &&
      metric.measures.every(({ where }) => where.some((condition) => condition.endsWith(`_kind = '${only}'`)))
    );
  });
}

function narrowing(query: MetricQuery, metric: string): string[] {
  return query.filters.filter(({ of }) => of?.includes(metric) ?? true).map((filter) => filter.dimension);
}

/** Whether the metric's own meaning settles this dimension: revenue is of sale lines, so it has no 'free' ones. */
function isFixedBy(metric: ModelMetric, dimension: string, model: SemanticModel): boolean {
  if (metric.kind !== 'simple') return false;
  const sources = model.dimensions.get(dimension)?.sources ?? [];
  const columns = sources.filter((source) =>
    /^[a-z_]+\.(?:line_kind|document_kind|account_kind)$/.test(source),
  );
  return (
    columns.length > 0 &&
    metric.measures.every((measure) =>
      measure.where.some((condition) => columns.some((column) => condition.includes(column))),
    )
  );
}

function timed(
  name: string,
  needs: PlanningNeeds,
  query: MetricQuery,
): { label: string; question: string }[] {
  const other = {
    products_total: 'products_sold',
    customers_total: 'unique_customers',
    sellers_total: 'active_sellers',
    branches_total: 'revenue',
  }[name];
  const metric = needs.model.metrics.get(other ?? '');
  return metric
    ? [{ label: metric.label, question: `${metric.label.toLowerCase()}${periodText(query)}` }]
    : [];
}
