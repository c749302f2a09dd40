import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { ParameterValue } from '../domain/plan.ts';
import {
  type CompiledColumn,
  dimensionColumn,
  metricColumns,
  rowKindColumn,
  timeColumns,
} from './compose-columns.ts';
import { courseColumns } from './compose-course.ts';
import { type Draft, newDraft, selectText } from './compose-draft.ts';
import { bucketSql, type GroupBy } from './compose-facts.ts';
import { reachableSource } from './compose-joins.ts';
import { canBeShared, isZeroWhenNone, metricSql, orZero } from './compose-metrics.ts';
import {
  type ComposePlan,
  type ComposeProblem,
  columnAgainstBefore,
  planQuery,
  rankingIsOfBuckets,
  rankingSql,
} from './compose-plan.ts';
import { type Source, type SourceOptions, writeSource } from './compose-source.ts';
import type { ModelDimension, SemanticModel } from './semantic-model.ts';

export type CompiledQuery = {
  sql: string;
  params: Record<string, ParameterValue>;
  columns: CompiledColumn[];
  /** Tables read, unqualified. */
  tables: string[];
  /** Sentences that belong to the answer: what an alternative reading means, what is left out of a ranking. */
  notes: string[];
};

export type ComposeOutcome =
  | { ok: true; compiled: CompiledQuery }
  | { ok: false; problems: ComposeProblem[] };

/**
 * A question to the semantic model as one SELECT in Redshift's dialect, always the same for the same query.
 * Every fact is summed up by itself and then joined by group, so no join repeats a row.
 */
export function compileQuery(query: MetricQuery, model: SemanticModel): ComposeOutcome {
  const planned = planQuery(query, model);
  if (!planned.ok) return planned;
  const { plan } = planned;
  const draft = newDraft(tableNames(model));
  const byBucket = rankingIsOfBuckets(query);
  const groupBy =
    byBucket && query.grain ? [bucketGroup(query.grain)] : plan.dimensions.map((one) => group(model, one));
  const options: SourceOptions = {
    groupBy,
    grain: byBucket ? null : query.grain,
    purpose: 'totals',
    filters: plan.filters,
    segments: plan.segments,
    exclude: null,
  };
  let source = writeSource(plan, options, draft);
  const collapse = query.ranking !== null && (query.ranking.withRest || (query.grain !== null && !byBucket));
  if (collapse) source = writeRanked(plan, options, source, draft);
  const totals = query.calculations.some(({ kind }) => kind === 'share-of-total')
    ? writeTotals(plan, options, draft)
    : null;
  const last = writeLast(plan, options, source, totals, collapse, draft);
  const { sql, params, tables } = draft.finish(last);
  return {
    ok: true,
    compiled: { sql, params, columns: resultColumns(plan, byBucket), tables, notes: plan.notes },
  };
}

/** Steps must not hide tables; an entity that is a SELECT becomes a step of its own name. */
export function tableNames(model: SemanticModel): string[] {
  return [...model.entities.values()].filter(({ sql }) => !sql).map(({ name }) => name);
}

function group(model: SemanticModel, dimension: ModelDimension): GroupBy {
  return {
    name: dimension.name,
    sqlFor: (measure) => reachableSource(model, measure, dimension.sources) ?? dimension.sources[0] ?? '',
  };
}

function bucketGroup(grain: NonNullable<MetricQuery['grain']>): GroupBy {
  return { name: 'period_start', sqlFor: (measure) => bucketSql(measure, grain) };
}

/** The source cut down to the ranked groups, and one row (per time) of all that is not among them. */
function writeRanked(plan: ComposePlan, options: SourceOptions, source: Source, draft: Draft): Source {
  const { ranking } = plan.query;
  if (!ranking) return source;
  const names = options.groupBy.map(({ name }) => name);
  const overall = options.grain
    ? writeSource(plan, { ...options, grain: null, purpose: 'overall' }, draft)
    : source;
  const values = writeMeasured(plan, overall, 'to_rank', draft);
  const order = [`${rankingOrder(plan)}`, ...names];
  const top = draft.addStep(
    `${ranking.direction}_groups`,
    selectText({
      columns: [...names, `row_number() over (order by ${order.join(', ')}) as place`],
      from: values.step,
      where: [...names.map((name) => `${name} is not null`), ...havingSql(plan)],
      orderBy: ['place'],
      limit: ranking.limit,
    }),
  );
  const kept = selectText({
    columns: [
      ...source.groups.map((name) => `${source.step}.${name}`),
      `'item' as row_kind`,
      `${top}.place`,
      ...source.columns.map((column) => `${source.step}.${column}`),
    ],
    from: source.step,
    joins: [
      `inner join ${top} on ${names.map((name) => `${top}.${name} = ${source.step}.${name}`).join(' and ')}`,
    ],
  });
  const parts = [kept];
  if (ranking.withRest) {
    const rest = writeSource(
      plan,
      { ...options, purpose: 'rest', groupBy: [], exclude: { step: top, groupBy: options.groupBy } },
      draft,
    );
    parts.push(
      selectText({
        columns: [
          ...source.groups.map((name) =>
            rest.groups.includes(name) ? name : `cast(null as ${groupType(plan, name)}) as ${name}`,
          ),
          `'rest' as row_kind`,
          'cast(null as bigint) as place',
          ...rest.columns,
        ],
        from: rest.step,
      }),
    );
  }
  const step = draft.addStep(ranking.withRest ? 'ranked_and_rest' : 'ranked', parts.join('\nunion all\n'));
  return { ...source, step };
}

function groupType(plan: ComposePlan, name: string): string {
  const type = plan.dimensions.find((dimension) => dimension.name === name)?.type;
  if (type === 'number') return 'integer';
  return type === 'text' || type === 'boolean' ? 'varchar' : 'date';
}

function rankingOrder(plan: ComposePlan): string {
  const { ranking } = plan.query;
  return `${rankingSql(plan, ranking?.by ?? '')} ${ranking?.direction === 'bottom' ? 'asc' : 'desc'} nulls last`;
}

/** What the share is of: the same question without the breakdown, and without filters on what is broken down. */
function writeTotals(plan: ComposePlan, options: SourceOptions, draft: Draft): Source {
  const { query } = plan;
  const brokenDown = query.dimensions.length > 0 || query.grain !== null;
  const narrows = (filter: Filter) => ['in', 'contains', 'starts-with'].includes(filter.operator);
  const filters = brokenDown
    ? plan.filters.filter(({ filter }) => !(query.dimensions.includes(filter.dimension) && narrows(filter)))
    : [];
  const total = writeSource(
    plan,
    {
      groupBy: [],
      purpose: 'all',
      grain: query.dimensions.length > 0 ? options.grain : null,
      filters,
      segments: brokenDown ? plan.segments : [],
      exclude: null,
    },
    draft,
  );
  return writeMeasured(plan, total, 'totals', draft);
}

/** Metrics out of their parts; left out when the columns are the metrics already. */
function writeMeasured(
  plan: ComposePlan,
  source: Source,
  name: string,
  draft: Draft,
  extra: string[] = [],
): Source {
  const metrics = metricSelects(plan, source);
  if (metrics.every(({ sql, column }) => sql === column)) {
    return { ...source, measured: true, columns: metrics.map(({ column }) => column) };
  }
  const step = draft.addStep(
    name,
    selectText({
      columns: [
        ...source.groups,
        ...extra,
        ...metrics.map(({ sql, column }) => (sql === column ? column : `${sql} as ${column}`)),
      ],
      from: source.step,
    }),
  );
  return { ...source, step, measured: true, complete: true, columns: metrics.map(({ column }) => column) };
}

function metricSelects(plan: ComposePlan, source: Source): { sql: string; column: string }[] {
  const { model, bases, query } = plan;
  const grouped = source.groups.length > 0;
  return (query.comparison ? ['', '_before'] : ['']).flatMap((suffix) =>
    plan.metrics.map(({ name }) => {
      const column = `${name}${suffix}`;
      if (source.measured) return { sql: column, column };
      const sql = metricSql(model, name, bases, suffix);
      return { sql: grouped && !source.complete ? orZero(model, name, bases, sql) : sql, column };
    }),
  );
}

function havingSql(plan: ComposePlan): string[] {
  return plan.query.having.map(({ metric, operator, values }) => {
    const [low = '0', high = low] = values;
    const sign = {
      'at-least': '>=',
      'more-than': '>',
      'at-most': '<=',
      'less-than': '<',
      between: 'between',
    }[operator];
    return operator === 'between' ? `${metric} between ${low} and ${high}` : `${metric} ${sign} ${low}`;
  });
}

function writeLast(
  plan: ComposePlan,
  options: SourceOptions,
  source: Source,
  totals: Source | null,
  collapsed: boolean,
  draft: Draft,
): string {
  const { query, model, bases } = plan;
  const extra = collapsed ? ['row_kind', 'place'] : [];
  const rankedHere = query.ranking !== null && !collapsed;
  const having = query.ranking && collapsed ? [] : havingSql(plan);
  const plain = having.length === 0 && !rankedHere && !query.comparison && query.calculations.length === 0;
  let values = plain ? source : writeMeasured(plan, source, 'measured', draft, extra);
  const selects = new Map(metricSelects(plan, values).map(({ sql, column }) => [column, sql]));
  const names = options.groupBy.map(({ name }) => name).filter((name) => name !== 'period_start');
  const time = values.groups.filter((name) => name.startsWith('period_start'));
  const course = courseColumns(plan, values.step, names, totals?.step ?? null);
  const columns: { sql: string; name: string }[] = [
    ...[...time, ...names, ...(query.ranking?.withRest ? ['row_kind'] : [])].map((name) => ({
      sql: name,
      name,
    })),
  ];
  for (const metric of query.metrics) {
    columns.push({ sql: selects.get(metric) ?? metric, name: metric });
    if (query.comparison) {
      const zero = values.groups.length === 0 && isZeroWhenNone(model, metric, bases);
      columns.push({ sql: `${metric}_before`, name: `${metric}_before` });
      for (const kind of ['_change', '_change_share']) {
        columns.push({ sql: columnAgainstBefore(metric, kind, zero), name: `${metric}${kind}` });
      }
    }
    columns.push(...course.filter((one) => one.metric === metric));
  }
  const joins = totals ? [joinTotals(values, totals)] : [];
  if (joins.length > 0) {
    for (const column of columns) {
      if (values.groups.includes(column.sql) || values.columns.includes(column.sql)) {
        column.sql = `${values.step}.${column.sql}`;
      } else if (query.comparison && !course.some((one) => one.name === column.name)) {
        column.sql = qualify(column.sql, values);
      }
    }
  }
  const needsStep = having.length > 0 && course.length > 0;
  if (needsStep || joins.length > 0) {
    const step = draft.addStep(
      'calculated',
      selectText({
        columns: [
          ...columns.map(({ sql, name }) => (bare(sql) === name ? sql : `${sql} as ${name}`)),
          ...missing(values, columns, extra).map((name) => `${values.step}.${name}`),
        ],
        from: values.step,
        joins,
      }),
    );
    values = { ...values, step };
    for (const column of columns) column.sql = column.name;
  }
  const ranking = rankedHere ? query.ranking : null;
  return selectText({
    columns: columns.map(({ sql, name }) => (sql === name ? name : `${sql} as ${name}`)),
    from: values.step,
    where: [...(ranking ? options.groupBy.map(({ name }) => `${name} is not null`) : []), ...having],
    orderBy: order(plan, options, values, collapsed),
    ...(ranking ? { limit: ranking.limit } : {}),
  });
}

/** Columns that the last step needs for its conditions and order, beyond those it gives out. */
function missing(values: Source, columns: { name: string }[], extra: string[]): string[] {
  const given = new Set(columns.map(({ name }) => name));
  return [...extra, ...values.columns].filter((name) => !given.has(name));
}

function joinTotals(values: Source, totals: Source): string {
  return totals.groups.includes('period_start')
    ? `left join ${totals.step} on ${totals.step}.period_start = ${values.step}.period_start`
    : `cross join ${totals.step}`;
}

function qualify(sql: string, values: Source): string {
  return sql.replace(/\b[a-z][a-z0-9_]*\b/g, (word) =>
    values.columns.includes(word) ? `${values.step}.${word}` : word,
  );
}

function bare(sql: string): string {
  return /^[a-z_][a-z0-9_]*\.([a-z_][a-z0-9_]*)$/.exec(sql)?.[1] ?? sql;
}

/** By time; else by rank; else days and numbers in their order; else the largest first. Never by chance. */
function order(plan: ComposePlan, options: SourceOptions, values: Source, collapsed: boolean): string[] {
  const { query, dimensions } = plan;
  const names = options.groupBy.map(({ name }) => name);
  const first = `${query.metrics[0] ?? ''} desc nulls last`;
  const natural = dimensions.map((dimension) => naturalOrder(dimension));
  const rowKind = query.ranking?.withRest ? ['row_kind'] : [];
  if (values.groups.length === 0 && names.length === 0) return [];
  if (query.ranking && collapsed) {
    return [...(options.grain ? ['period_start'] : []), ...rowKind, 'place'];
  }
  if (query.ranking) return [rankingOrder(plan), ...names];
  if (options.grain) return ['period_start', ...(names.length > 0 ? [first, ...natural] : [])];
  const leading = dimensions[0];
  return leading && (leading.ordered || leading.type !== 'text') ? natural : [first, ...natural];
}

function naturalOrder(dimension: ModelDimension): string {
  if (!dimension.ordered || dimension.values.kind !== 'listed' || dimension.type === 'number')
    return dimension.name;
  const places = dimension.values.values.map((value, n) => `when '${value}' then ${n + 1}`);
  return `case ${dimension.name} ${places.join(' ')} end`;
}

function resultColumns(plan: ComposePlan, byBucket: boolean): CompiledColumn[] {
  const { query, model } = plan;
  return [
    ...timeColumns(query, byBucket),
    ...plan.dimensions.map(dimensionColumn),
    ...(query.ranking?.withRest ? [rowKindColumn()] : []),
    ...query.metrics.flatMap((name) => metricColumns(plan, name, canBeShared(model, name, plan.bases))),
  ];
}
