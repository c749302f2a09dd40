import { type Filter, type Members, type MetricQuery, metricQuery } from '../domain/metric-query.ts';
import type {
  ModelDimension,
  ModelMeasure,
  ModelMetric,
  ModelSegment,
  SemanticModel,
} from '../model/semantic-model.ts';
import { filterProblem } from './compose-filters.ts';
import { reachableSource } from './compose-joins.ts';
import {
  additivityOf,
  addsOverTime,
  type Base,
  canBeShared,
  isZeroWhenNone,
  narrows,
  simpleMetricsOf,
} from './compose-metrics.ts';

export type ComposeProblem = {
  code:
    | 'unknown-metric'
    | 'unknown-dimension'
    | 'unknown-segment'
    | 'unreachable'
    | 'no-time'
    | 'bad-filter'
    | 'bad-ranking'
    | 'bad-calculation'
    | 'bad-combination';
  /** A sentence for people. */
  message: string;
  metric?: string;
  dimension?: string;
  segment?: string;
  /** For 'unreachable': metrics that can be had by that dimension. */
  alternatives?: string[];
};

/** A query with every name looked up, every metric taken apart, and an alternative chosen for each part. */
export type ComposePlan = {
  model: SemanticModel;
  query: MetricQuery;
  metrics: ModelMetric[];
  dimensions: ModelDimension[];
  filters: { filter: Filter; dimension: ModelDimension }[];
  segments: ModelSegment[];
  bases: Base[];
  members: MembersPlan[];
  notes: string[];
};

/** What finds out the members: their own query, and what they are members of. */
export type MembersPlan = { plan: ComposePlan; dimension: ModelDimension; condition: Members };

/** Column names that a ranking may go by: a metric, or what a comparison makes of it. */
const RANKED_BY = /^(.*?)(_before|_change|_change_share)?$/;

export function planQuery(
  query: MetricQuery,
  model: SemanticModel,
): { ok: true; plan: ComposePlan } | { ok: false; problems: ComposeProblem[] } {
  const problems: ComposeProblem[] = [];
  const judged = query.having.map(({ metric }) => metricOfColumn(model, metric) ?? metric);
  const wanted = [...new Set([...query.metrics, ...judged])];
  const rankedBy = query.ranking ? metricOfColumn(model, query.ranking.by) : undefined;
  if (rankedBy && !wanted.includes(rankedBy)) wanted.push(rankedBy);
  const metrics = lookUp(wanted, model.metrics, (name) =>
    problems.push({ code: 'unknown-metric', message: `There is no metric '${name}'.`, metric: name }),
  );
  const unknownDimension = (name: string) =>
    problems.push({
      code: 'unknown-dimension',
      message: `There is no dimension '${name}'.`,
      dimension: name,
    });
  const dimensions = lookUp([...new Set(query.dimensions)], model.dimensions, unknownDimension);
  const segments = lookUp([...new Set(query.segments)], model.segments, (name) =>
    problems.push({ code: 'unknown-segment', message: `There is no segment '${name}'.`, segment: name }),
  );
  const filters: ComposePlan['filters'] = [];
  for (const filter of query.filters) {
    const dimension = model.dimensions.get(filter.dimension);
    if (!dimension) {
      unknownDimension(filter.dimension);
      continue;
    }
    const wrong = filterProblem(filter, dimension);
    if (wrong) problems.push({ code: 'bad-filter', message: capital(wrong), dimension: dimension.name });
    filters.push({ filter, dimension });
  }
  if (query.ranking && !rankedBy) {
    problems.push({
      code: 'bad-ranking',
      message: `There is nothing called '${query.ranking.by}' to rank by.`,
    });
  }
  if (problems.length > 0) return { ok: false, problems };

  const members: MembersPlan[] = [];
  for (const condition of query.members ?? []) {
    const dimension = model.dimensions.get(condition.dimension);
    const planned = planQuery(membersQuery(query, condition), model);
    if (!planned.ok) problems.push(...planned.problems);
    else if (dimension) members.push({ plan: planned.plan, dimension, condition });
  }
  if (problems.length > 0) return { ok: false, problems };
  const neededBy = (metric: string) => [
    ...dimensions,
    ...filters
      .filter(({ filter }) => narrows(filter, { partOf: [metric] }))
      .map(({ dimension }) => dimension),
    ...members.map(({ dimension }) => dimension),
  ];
  const bases: Base[] = [];
  const notes: string[] = [];
  for (const metric of metrics) {
    const needed = neededBy(metric.name);
    for (const name of simpleMetricsOf(model, [metric.name])) {
      const there = bases.find((base) => base.metric === name);
      if (there) {
        if (query.filters.some((one) => narrows(one, there) !== narrows(one, { partOf: [metric.name] })))
          problems.push(narrowedTwice(metric));
        there.partOf.push(metric.name);
        continue;
      }
      const measure = chooseMeasure(model, name, needed, segments);
      if (!measure) problems.push(unreachable(model, metric, name, needed, segments));
      else {
        bases.push({ metric: name, measure, partOf: [metric.name] });
        if (measure.note) notes.push(`${model.metrics.get(name)?.label ?? name}: ${measure.note}.`);
        const needsTime = query.period || query.grain || query.comparison || query.acrossGrain;
        if (needsTime && !measure.time) problems.push(noTime(metric));
      }
    }
  }
  const plan: ComposePlan = { model, query, metrics, dimensions, filters, segments, bases, members, notes };
  if (problems.length === 0) problems.push(...shapeProblems(plan));
  if (problems.length > 0) return { ok: false, problems };
  addNotes(plan);
  return { ok: true, plan };
}

/** The figures that the members are judged by, per member, with the question's own filters and period. */
function membersQuery(query: MetricQuery, { dimension, having, ranking, period }: Members): MetricQuery {
  const metrics = [...new Set([...having.map(({ metric }) => metric), ...(ranking ? [ranking.by] : [])])];
  return metricQuery({
    metrics,
    dimensions: [dimension],
    filters: query.filters,
    segments: query.segments,
    period: period ?? query.period,
    having,
    ranking: ranking ? { ...ranking, withRest: false } : null,
  });
}

/** The metric behind a result column; undefined when no metric makes such a column. */
export function metricOfColumn(model: SemanticModel, column: string): string | undefined {
  if (model.metrics.has(column)) return column;
  const metric = RANKED_BY.exec(column)?.[1];
  return metric && model.metrics.has(metric) ? metric : undefined;
}

/** Which metrics can be broken down (or filtered) by these dimensions, all together. */
export function metricsReaching(model: SemanticModel, dimensions: readonly ModelDimension[]): string[] {
  return [...model.metrics.keys()].filter((name) =>
    simpleMetricsOf(model, [name]).every((part) => chooseMeasure(model, part, dimensions, []) !== undefined),
  );
}

function lookUp<T>(
  names: readonly string[],
  all: ReadonlyMap<string, T>,
  missing: (name: string) => void,
): T[] {
  return names.flatMap((name) => {
    const found = all.get(name);
    if (found === undefined) missing(name);
    return found === undefined ? [] : [found];
  });
}

function chooseMeasure(
  model: SemanticModel,
  metric: string,
  dimensions: readonly ModelDimension[],
  segments: readonly ModelSegment[],
): ModelMeasure | undefined {
  const found = model.metrics.get(metric);
  if (found?.kind !== 'simple') return undefined;
  return found.measures.find((measure) =>
    [...dimensions, ...segments].every(
      ({ sources }) => reachableSource(model, measure, sources) !== undefined,
    ),
  );
}

function unreachable(
  model: SemanticModel,
  metric: ModelMetric,
  part: string,
  dimensions: readonly ModelDimension[],
  segments: readonly ModelSegment[],
): ComposeProblem {
  const culprit =
    dimensions.find((dimension) => !chooseMeasure(model, part, [dimension], [])) ?? dimensions.at(-1);
  const segment = segments.find((one) => !chooseMeasure(model, part, [], [one]));
  if (segment && (!culprit || chooseMeasure(model, part, dimensions, []))) {
    return {
      code: 'unreachable',
      message: `${metric.label} cannot be limited to '${segment.label}'.`,
      metric: metric.name,
      segment: segment.name,
    };
  }
  return {
    code: 'unreachable',
    message: `${metric.label} cannot be had by ${culprit?.label.toLowerCase() ?? 'that'}.`,
    metric: metric.name,
    ...(culprit ? { dimension: culprit.name, alternatives: metricsReaching(model, [culprit]) } : {}),
  };
}

function narrowedTwice(metric: ModelMetric): ComposeProblem {
  return {
    code: 'bad-combination',
    message: `${metric.label} shares a part with another figure that is narrowed in another way.`,
    metric: metric.name,
  };
}

function noTime(metric: ModelMetric): ComposeProblem {
  return {
    code: 'no-time',
    message: `${metric.label} has no dates: it can only be had as it is now.`,
    metric: metric.name,
  };
}

function shapeProblems(plan: ComposePlan): ComposeProblem[] {
  const { query, model, bases } = plan;
  const problems: ComposeProblem[] = [];
  const say = (code: ComposeProblem['code'], message: string) => problems.push({ code, message });
  const labels = (names: string[]) => names.map((name) => model.metrics.get(name)?.label ?? name).join(', ');
  const byBucket = rankingIsOfBuckets(query);

  const ofChange = query.having.some(({ metric }) => !model.metrics.has(metric));
  if (ofChange && !query.comparison) say('bad-combination', 'A condition on a change needs a comparison.');
  if (query.comparison && !query.period) say('bad-combination', 'A comparison needs a period.');
  if (query.ranking) {
    if (query.dimensions.length === 0 && !query.grain) {
      say('bad-ranking', 'A ranking needs something to rank: a dimension or a unit of time.');
    }
    if (query.ranking.by !== metricOfColumn(model, query.ranking.by) && !query.comparison) {
      say('bad-ranking', `Ranking by '${query.ranking.by}' needs a comparison.`);
    }
    const { within } = query.ranking;
    const known = within === undefined || query.dimensions.includes(within);
    if (!known && !(within === 'period_start' && query.grain)) {
      say('bad-ranking', `A ranking within '${within}' needs it in the breakdown.`);
    }
    if (within !== undefined && query.ranking.withRest) {
      say('bad-combination', 'A ranking within each group has no rest.');
    }
    if (byBucket && query.comparison) {
      say('bad-combination', 'Times cannot be ranked and compared with another period at once.');
    }
    if (byBucket && query.calculations.some(({ kind }) => kind !== 'share-of-total' && kind !== 'ratio')) {
      say('bad-combination', 'Times cannot be ranked and have a course over time at once.');
    }
    if (query.apart && query.ranking) say('bad-combination', 'All others together cannot be ranked.');
    if (byBucket && query.acrossGrain) say('bad-combination', 'Ranked times cannot be averaged as well.');
    if (byBucket && bases.some(({ measure }) => measure.as_of)) {
      say('bad-combination', 'Levels such as stock and balances cannot rank times.');
    }
  }
  if (query.acrossGrain && query.grain && GRAIN_ORDER[query.acrossGrain.grain] >= GRAIN_ORDER[query.grain]) {
    say('bad-combination', `An average per ${query.acrossGrain.grain} cannot be shown by ${query.grain}.`);
  }
  if (query.apart && !query.dimensions.includes(query.apart.dimension)) {
    say('bad-combination', `'${query.apart.dimension}' is not in the breakdown.`);
  }
  for (const one of query.calculations) {
    if (one.kind === 'ratio' && ![one.of, one.to].every((name) => query.metrics.includes(name)))
      say('bad-calculation', `A share of ${one.to} needs both figures.`);
  }
  for (const { kind } of query.calculations) {
    if (kind !== 'share-of-total' && kind !== 'ratio' && !query.grain) {
      say('bad-calculation', `A ${kind.replaceAll('-', ' ')} needs a unit of time: by day, week, month ...`);
    }
    if (kind === 'share-of-total' && !query.metrics.some((name) => canBeShared(model, name, bases))) {
      say('bad-calculation', `${labels(query.metrics)}: a share of the total has no meaning for it.`);
    }
    if (kind === 'running-total') {
      const summed = query.metrics.filter((name) => addsOverTime(additivityOf(model, name, bases)));
      if (summed.length === 0 || query.acrossGrain) {
        say('bad-calculation', `${labels(query.metrics)} cannot be added up over time.`);
      }
    }
  }
  return problems;
}

const GRAIN_ORDER = { day: 0, week: 1, month: 2, quarter: 3, year: 4 } as const;

/** 'The best three months': the buckets themselves are ranked. */
export function rankingIsOfBuckets(query: MetricQuery): boolean {
  return query.ranking !== null && query.grain !== null && query.dimensions.length === 0;
}

function addNotes(plan: ComposePlan): void {
  const { query, bases, notes } = plan;
  if (query.ranking && query.dimensions.length > 0) {
    const labels = plan.dimensions.map(({ label }) => label.toLowerCase()).join(' or ');
    notes.push(`What has no ${labels} is not ranked.`);
  }
  const monthly = bases.some(({ measure }) => measure.time === 'month_start');
  const { period } = query;
  if (monthly && period && (!period.from.endsWith('-01') || !period.to.endsWith('-01'))) {
    notes.push('Budgets are per month; one counts in the period that holds the first day of its month.');
  }
  if (bases.some(({ measure }) => measure.as_of)) {
    notes.push('Levels such as stock and balances are as at the end of the period.');
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The ORDER BY expression of a ranking, over columns `<metric>` and `<metric>_before`. */
export function rankingSql(plan: ComposePlan, column: string): string {
  const { model, bases } = plan;
  if (model.metrics.has(column)) return column;
  const match = RANKED_BY.exec(column);
  const metric = match?.[1] ?? column;
  return columnAgainstBefore(metric, match?.[2] ?? '', isZeroWhenNone(model, metric, bases));
}

/** `_before`, `_change` or `_change_share` of a metric as SQL. */
export function columnAgainstBefore(metric: string, kind: string, zeroWhenNone: boolean): string {
  const before = `${metric}_before`;
  if (kind === '_before') return before;
  const change = zeroWhenNone ? `coalesce(${metric}, 0) - coalesce(${before}, 0)` : `${metric} - ${before}`;
  if (kind === '_change') return change;
  return `cast(round(cast(${change} as double precision) / nullif(abs(${before}), 0), 6) as decimal(38, 6))`;
}
