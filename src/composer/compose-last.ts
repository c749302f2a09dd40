import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { ModelDimension } from '../model/semantic-model.ts';
import { courseColumns } from './compose-course.ts';
import { type Draft, sameValue, selectText } from './compose-draft.ts';
import { metricSelects, writeMeasured } from './compose-measured.ts';
import { isZeroWhenNone } from './compose-metrics.ts';
import { havingSql, rankingOrder } from './compose-order.ts';
import { type ComposePlan, columnAgainstBefore } from './compose-plan.ts';
import { passedOver } from './compose-ranked.ts';
import { writeSource } from './compose-source.ts';
import type { Source, SourceOptions } from './compose-span.ts';

/** What the share is of: the same question without the breakdown, and without filters on what is broken down. */
export function writeTotals(plan: ComposePlan, options: SourceOptions, draft: Draft): Source {
  const { query } = plan;
  const whole = wholeOf(query);
  if (whole) {
    const filters = plan.filters.filter(({ filter }) => !whole.includes(filter.dimension));
    const segments = plan.segments.filter(({ name }) => !whole.includes(name));
    const all = writeSource(plan, { ...options, purpose: 'all', filters, segments }, draft);
    return writeMeasured(plan, all, 'totals', draft);
  }
  const brokenDown = query.dimensions.length > 0 || query.grain !== null;
  const ofMembers = !brokenDown && plan.members.length > 0;
  const filters = ofMembers
    ? plan.filters
    : brokenDown
      ? plan.filters.filter(
          ({ filter }) => !(query.dimensions.includes(filter.dimension) && takesPart(filter)),
        )
      : wholeOfJudged(plan);
  const total = writeSource(
    plan,
    {
      groupBy: [],
      purpose: 'all',
      grain: query.dimensions.length > 0 ? options.grain : null,
      filters,
      segments: brokenDown || ofMembers || filters.length > 0 ? plan.segments : [],
      exclude: null,
      ofMembers: brokenDown,
    },
    draft,
  );
  return writeMeasured(plan, total, 'totals', draft);
}

export function wholeOf(query: MetricQuery): string[] | undefined {
  return query.calculations.find((one) => one.kind === 'share-of-total')?.whole;
}

/** 'The share of orders to Spain that came within 3 days' is of all that came there: those whose days are known. */
function wholeOfJudged(plan: ComposePlan): ComposePlan['filters'] {
  const known = plan.filters
    .filter(({ filter }) => filter.operator === 'is-not-empty')
    .map(({ filter }) => filter.dimension)
    .filter((name) => plan.filters.filter(({ filter }) => filter.dimension === name).length > 1);
  if (known.length === 0) return [];
  return plan.filters.filter(
    ({ filter }) => !known.includes(filter.dimension) || filter.operator === 'is-not-empty',
  );
}

function takesPart({ operator }: Filter): boolean {
  return ['in', 'contains', 'starts-with'].includes(operator);
}

/** The last SELECT: what was asked for, what becomes of it over time and against before, in a settled order. */
export function writeLast(
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
  const groups = [...time, ...names, ...(query.ranking?.withRest ? ['row_kind'] : [])];
  const columns: { sql: string; name: string }[] = groups.map((name) => ({ sql: name, name }));
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
    orderBy: inOrder(plan, options, values, collapsed),
    ...(ranking ? { limit: ranking.limit, ...passedOver(ranking) } : {}),
  });
}

/** Columns that the last step needs for its conditions and order, beyond those it gives out. */
function missing(values: Source, columns: { name: string }[], extra: string[]): string[] {
  const given = new Set(columns.map(({ name }) => name));
  return [...extra, ...values.columns].filter((name) => !given.has(name));
}

function joinTotals(values: Source, totals: Source): string {
  const own = totals.groups.filter((name) => name !== 'period_start' && name !== 'period_start_before');
  if (own.length > 0) {
    const keys = totals.groups.includes('period_start') ? [...own, 'period_start'] : own;
    const same = keys.map((name) => sameValue(`${totals.step}.${name}`, `${values.step}.${name}`));
    return `left join ${totals.step} on ${same.join(' and ')}`;
  }
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
function inOrder(plan: ComposePlan, options: SourceOptions, values: Source, collapsed: boolean): string[] {
  const { query, dimensions } = plan;
  const names = options.groupBy.map(({ name }) => name);
  const lead = `${query.metrics[0] ?? ''}${wholeOf(query) ? '_share' : ''}`;
  const first = `${lead} desc nulls last`;
  const natural = dimensions.map((dimension) => naturalOrder(dimension));
  const rowKind = query.ranking?.withRest ? ['row_kind'] : [];
  if (values.groups.length === 0 && names.length === 0) return [];
  if (query.ranking && collapsed) {
    const within = query.ranking.within === undefined ? [] : [query.ranking.within];
    const time = options.grain && within[0] !== 'period_start' ? ['period_start'] : [];
    return [...within, ...time, ...rowKind, 'place'];
  }
  if (query.ranking) return [rankingOrder(plan), ...names];
  if (options.grain) return ['period_start', ...(names.length > 0 ? [first, ...natural] : [])];
  const leading = dimensions[0];
  return leading && (leading.ordered || leading.type !== 'text') ? natural : [first, ...natural];
}

function naturalOrder(dimension: ModelDimension): string {
  if (
    !dimension.ordered ||
    dimension.values.kind !== 'listed' ||
    dimension.type === 'number' ||
    dimension.type === 'decimal'
  )
    return dimension.name;
  const places = dimension.values.values.map((value, n) => `when '${value}' then ${n + 1}`);
  return `case ${dimension.name} ${places.join(' ')} end`;
}
