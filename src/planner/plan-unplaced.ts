import type { MetricQuery } from '../domain/metric-query.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Reading } from '../reading/reading.ts';
import { SEGMENT_DIMENSIONS } from './plan-filters.ts';
import { KINDS_OF_SEGMENTS } from './plan-kinds-of-branches.ts';

/** What was read and then found no place in the plan: a name, a second figure, a way to break down, a number. */
export function unplaced(reading: Reading, query: MetricQuery, model: SemanticModel): string | null {
  const filter = reading.filters.find(
    ({ hits }) => hits.length > 0 && !hits.some((hit) => isPlaced(hit, query)),
  );
  if (filter) return `'${filter.said}'`;
  const segment = reading.segments.find((name) => !hasSegment(name, query));
  if (segment !== undefined) return `'${(model.segments.get(segment)?.label ?? segment).toLowerCase()}'`;
  if (reading.metrics.length > 1) {
    const metric = reading.metrics.find((name) => !isMeasured(name, query, model) && !becameMoney(reading));
    if (metric !== undefined) return (model.metrics.get(metric)?.label ?? metric).toLowerCase();
  }
  const by = reading.dimensions.find(
    ({ name, how }) =>
      how === 'by' &&
      (!isBroken(name, reading, query) || (isOnlyJudged(name, query) && reading.per === null)),
  );
  if (by) return `'by ${(model.dimensions.get(by.name)?.label ?? by.name).toLowerCase()}'`;
  const subject = reading.dimensions.find(
    ({ name, how }) => how === 'subject' && !isBroken(name, reading, query) && !isCounted(name, query, model),
  );
  if (subject) return `'${(model.dimensions.get(subject.name)?.plural ?? subject.name).toLowerCase()}'`;
  const number = reading.conditions
    .flatMap(({ values }) => values)
    .find((value) => !isNumberIn(value, query));
  if (number !== undefined) return `'${number}'`;
  const limit = reading.ranking?.limit ?? null;
  if (limit !== null && !limitsOf(query).includes(limit)) return `'${limit}'`;
  return null;
}

function isOnlyJudged(name: string, query: MetricQuery): boolean {
  return (
    !query.dimensions.includes(name) && (query.members ?? []).some(({ dimension }) => dimension === name)
  );
}

/** Each by itself, or judged whole as members are. */
function isBroken(name: string, reading: Reading, query: MetricQuery): boolean {
  if (query.dimensions.includes(name) || (query.members ?? []).some(({ dimension }) => dimension === name))
    return true;
  const kin = name.replace(/^seller_/, '');
  if (name === 'channel' && query.dimensions.includes('branch_kind')) return true;
  return (
    reading.per?.dimension === name || query.dimensions.some((one) => one.replace(/^seller_/, '') === kin)
  );
}

/** 'which sellers' is also told by how many there are, or by a figure of each. */
function isCounted(name: string, query: MetricQuery, model: SemanticModel): boolean {
  const plural = name === 'order_number' ? 'orders' : model.dimensions.get(name)?.plural.toLowerCase();
  return query.metrics.some((one) => {
    const unit = model.metrics.get(one)?.unit;
    return unit?.kind === 'count' && unit.of === plural;
  });
}

/** Percentages and times are turned into other numbers on the way. */
function isNumberIn(
  value: string,
  { metrics, filters, having, members, ranking, period }: MetricQuery,
): boolean {
  const kept = [
    ...[...filters, ...having].flatMap((one) => one.values),
    ...(members ?? []).flatMap((one) => [
      ...one.having.flatMap(({ values }) => values),
      String(one.ranking?.limit),
    ]),
    String(ranking?.limit),
    ...(period ? [period.from, period.to] : []),
  ];
  const number = Number(value);
  if (number < 3 && metrics.some((name) => /^(?:repeat|one_time)_/.test(name))) return true;
  const same = [number, number / 100, -number, -number / 100, number + 1, number - 1].map(String);
  return kept.some((one) => same.includes(String(Number(one))) || one.includes(value));
}

function isPlaced({ dimension, value }: { dimension: string; value: string }, query: MetricQuery): boolean {
  const kept = query.filters.some((filter) => filter.values.includes(value));
  return kept || query.dimensions.includes(dimension) || query.apart?.values.includes(value) === true;
}

function hasSegment(name: string, query: MetricQuery): boolean {
  const dimension = SEGMENT_DIMENSIONS[name];
  if (query.calculations.some((one) => one.kind === 'share-of-total' && one.whole?.includes(dimension ?? '')))
    return true;
  const kinds = KINDS_OF_SEGMENTS[name];
  const ofBranches =
    kinds !== undefined &&
    query.filters.some(
      (one) => one.dimension === 'branch_kind' && one.values.some((value) => kinds.test(value)),
    );
  return (
    ofBranches ||
    query.segments.includes(name) ||
    (dimension !== undefined && query.dimensions.includes(dimension))
  );
}

/** 'what did returns cost us': a number of things is told as what it is worth. */
function becameMoney(reading: Reading): boolean {
  return reading.roles.has('worth') || reading.roles.has('spend');
}

/** Shown, ranked or judged by, or a part of what is: a rate stands for both of its figures. */
function isMeasured(name: string, query: MetricQuery, model: SemanticModel): boolean {
  const used = [
    ...query.metrics,
    ...query.having.map(({ metric }) => metric),
    ...(query.members ?? []).flatMap(({ having, ranking }) => [
      ...having.map(({ metric }) => metric),
      ...(ranking ? [ranking.by] : []),
    ]),
  ];
  if (used.includes(name) || (name === 'expense_budget' && used.includes('revenue_budget'))) return true;
  const madeOf = used.map((one) => model.metrics.get(one));
  return madeOf.some((metric) => metric !== undefined && metric.kind !== 'simple');
}

function limitsOf({ ranking, members }: MetricQuery): number[] {
  return [ranking?.limit ?? 0, ...(members ?? []).map((one) => one.ranking?.limit ?? 0)];
}
