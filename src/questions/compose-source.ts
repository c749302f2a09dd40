import type { Grain, Period } from '../domain/period.ts';
import { type Draft, sameValue, selectText, unionAll } from './compose-draft.ts';
import { bindEdge, type Facts, type GroupBy, writeFacts } from './compose-facts.ts';
import { type Base, metricSql, orZero } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';

export type SourceOptions = {
  groupBy: GroupBy[];
  grain: Grain | null;
  purpose: 'totals' | 'overall' | 'rest' | 'all';
  filters: ComposePlan['filters'];
  segments: ComposePlan['segments'];
  exclude: { step: string; groupBy: GroupBy[] } | null;
};

/**
 * A step with one row per group: its columns are the groups, `period_start` when there is a grain, one column per
 * simple metric (or per metric, when `measured`), and the same with `_before` when there is a comparison.
 */
export type Source = {
  step: string;
  groups: string[];
  columns: string[];
  measured: boolean;
  /** No column of a row is null only because another table had no such group. */
  complete: boolean;
};

/** Facts of one or two periods, brought together by their groups, with empty times filled in. */
export function writeSource(plan: ComposePlan, options: SourceOptions, draft: Draft): Source {
  const { query } = plan;
  const now = writeSpan(plan, options, 'now', query.period, draft);
  if (!query.comparison) return options.grain ? fillTimes(now, draft) : now;
  const before = writeSpan(plan, options, 'before', query.comparison.period, draft);
  const mayBeNone = options.exclude !== null;
  return options.grain
    ? alignTimes(plan, now, before, mayBeNone, draft)
    : bringTogether(plan, now, before, mayBeNone, draft);
}

type Span = Source & { buckets: string | null; names: string[] };

function writeSpan(
  plan: ComposePlan,
  options: SourceOptions,
  span: 'now' | 'before',
  period: Period | null,
  draft: Draft,
): Span {
  const { query, bases } = plan;
  const inner = query.acrossGrain?.grain ?? options.grain;
  const levels = bases.some(({ measure }) => measure.as_of);
  let innerBuckets =
    inner && (period || levels) ? writeBuckets(plan, inner, span, period, null, draft) : null;
  const facts = writeFacts(plan, { ...options, grain: inner, span, period, buckets: innerBuckets }, draft);
  const names = options.groupBy.map(({ name }) => name);
  const keys = [...names, ...(inner ? ['period_start'] : [])];
  const combined = combine(facts, keys, span, options.exclude !== null, draft);
  const columns = bases.map(({ metric }) => metric);
  const complete = facts.length === 1 && facts[0]?.complete === true;
  if (inner && !innerBuckets) innerBuckets = writeBuckets(plan, inner, span, null, combined, draft);
  const unfilled: Span = {
    step: combined,
    groups: keys,
    names,
    columns,
    measured: false,
    complete,
    buckets: innerBuckets,
  };
  if (!query.acrossGrain) return unfilled;

  const across = writeAcross(
    plan,
    query.acrossGrain.aggregate === 'average' ? fillTimes(unfilled, draft) : unfilled,
    options.grain,
    names,
    span,
    draft,
  );
  const outerBuckets = options.grain
    ? writeBuckets(plan, options.grain, span, period, period ? null : across.step, draft)
    : null;
  return { ...across, names, buckets: outerBuckets };
}

/** 'Average per day': each metric per bucket first, then one figure over the buckets. */
function writeAcross(
  plan: ComposePlan,
  source: Source,
  outer: Grain | null,
  names: string[],
  span: 'now' | 'before',
  draft: Draft,
): Source {
  const aggregate = plan.query.acrossGrain?.aggregate ?? 'average';
  const groups = [
    ...names,
    ...(outer ? [`cast(date_trunc('${outer}', period_start) as date) as period_start`] : []),
  ];
  const columns = plan.metrics.map(({ name }) => {
    const value = orZero(plan.model, name, plan.bases, metricSql(plan.model, name, plan.bases));
    if (aggregate === 'average') {
      return `cast(round(avg(cast(${value} as double precision)), 6) as decimal(38, 6)) as ${name}`;
    }
    return `${aggregate === 'maximum' ? 'max' : 'min'}(${value}) as ${name}`;
  });
  const step = draft.addStep(
    `${aggregate}_per_${plan.query.acrossGrain?.grain ?? 'day'}${span === 'before' ? '_before' : ''}`,
    selectText({ columns: [...groups, ...columns], from: source.step, groupBy: groups.length }),
  );
  return {
    step,
    groups: [...names, ...(outer ? ['period_start'] : [])],
    columns: plan.metrics.map(({ name }) => name),
    measured: true,
    complete: true,
  };
}

/** Each fact has at most one row per group, so the highest of the values is the value. */
function combine(
  facts: Facts[],
  keys: string[],
  span: 'now' | 'before',
  mayBeNone: boolean,
  draft: Draft,
): string {
  const only = facts[0];
  if (facts.length === 1 && only) return only.step;
  const all = facts.flatMap(({ bases }) => bases);
  const parts = facts.map(({ step, bases }) =>
    selectText({
      columns: [
        ...keys,
        ...all.map((base) => (bases.includes(base) ? base.metric : `${typedNull(base)} as ${base.metric}`)),
      ],
      from: step,
    }),
  );
  return draft.addStep(
    span === 'before' ? 'together_before' : 'together',
    selectText({
      columns: [...keys, ...all.map(({ metric }) => `max(${metric}) as ${metric}`)],
      from: unionAll(parts, 'facts'),
      groupBy: keys.length,
      having: mayBeNone ? ['count(*) > 0'] : [],
    }),
  );
}

function typedNull({ measure }: Base): string {
  const counts = measure.per ? measure.per.then === 'count' : measure.aggregate.startsWith('count');
  return counts ? 'cast(null as bigint)' : 'cast(null as decimal(38, 4))';
}

const BUCKET_COLUMN = {
  day: 'date_day',
  week: 'week_start',
  month: 'month_start',
  quarter: 'quarter_start',
  year: 'year_start',
} as const;

/**
 * All buckets of the period from the calendar; numbered where two periods meet, and with the day after their last
 * day in the period where levels are taken.
 */
function writeBuckets(
  plan: ComposePlan,
  grain: Grain,
  span: 'now' | 'before',
  period: Period | null,
  observed: string | null,
  draft: Draft,
): string {
  draft.readTable('dates');
  const column = `dates.${BUCKET_COLUMN[grain]}`;
  return draft.addStep(
    `${grain}s${span === 'before' ? '_before' : ''}`,
    selectText({
      columns: [
        `${column} as period_start`,
        ...(plan.bases.some(({ measure }) => measure.as_of)
          ? [`cast(dateadd('day', 1, max(dates.date_day)) as date) as period_end`]
          : []),
        ...(plan.query.comparison ? [`row_number() over (order by ${column}) as bucket_no`] : []),
      ],
      from: 'dates',
      where: bucketRange(plan, column, span, period, observed, draft),
      groupBy: 1,
    }),
  );
}

function bucketRange(
  plan: ComposePlan,
  column: string,
  span: 'now' | 'before',
  period: Period | null,
  observed: string | null,
  draft: Draft,
): string[] {
  if (period) {
    return [
      `dates.date_day >= ${bindEdge(span, 'from', period, draft)}`,
      `dates.date_day < ${bindEdge(span, 'to', period, draft)}`,
    ];
  }
  if (observed) {
    return [
      `${column} >= (select min(period_start) from ${observed})`,
      `${column} <= (select max(period_start) from ${observed})`,
    ];
  }
  const first = (plan.bases.find(({ measure }) => measure.as_of) ?? plan.bases[0])?.measure;
  const date = `${first?.entity ?? ''}.${first?.time ?? ''}`;
  return [
    `dates.date_day >= (select min(${date}) from ${first?.entity ?? ''})`,
    `dates.date_day <= (select max(${date}) from ${first?.entity ?? ''})`,
  ];
}

/** Every group at every time, so that an empty day is a row and not a gap. */
function fillTimes(span: Span, draft: Draft): Source {
  if (!span.buckets) return span;
  const { step, names, buckets, columns } = span;
  const onTime = `${step}.period_start = ${buckets}.period_start`;
  const filled = draft.addStep(
    `filled_${buckets}`,
    selectText({
      columns: [
        ...names.map((name) => `seen.${name}`),
        `${buckets}.period_start`,
        ...columns.map((column) => `${step}.${column}`),
      ],
      from: buckets,
      joins: [
        ...seenGroups(step, names),
        `left join ${step} on ${[onTime, ...names.map((name) => sameValue(`${step}.${name}`, `seen.${name}`))].join(' and ')}`,
      ],
    }),
  );
  return {
    step: filled,
    groups: [...names, 'period_start'],
    columns,
    measured: span.measured,
    complete: false,
  };
}

function seenGroups(step: string, names: string[]): string[] {
  if (names.length === 0) return [];
  return [`cross join (select distinct ${names.join(', ')} from ${step}) as seen`];
}

/** Two periods side by side, by group. */
function bringTogether(plan: ComposePlan, now: Span, before: Span, mayBeNone: boolean, draft: Draft): Source {
  const step = writeBoth(
    plan,
    now,
    before,
    now.names,
    (span) => ({ from: span.step, joins: [], keys: span.names }),
    mayBeNone,
    draft,
  );
  return {
    step,
    groups: now.names,
    columns: [...now.columns, ...now.columns.map((column) => `${column}_before`)],
    measured: now.measured,
    complete: false,
  };
}

/** Two periods side by side, by group and by the position of the bucket: the first day with the first day. */
function alignTimes(plan: ComposePlan, now: Span, before: Span, mayBeNone: boolean, draft: Draft): Source {
  const { names } = now;
  const both = writeBoth(
    plan,
    now,
    before,
    [...names, 'bucket_no'],
    (span) => ({
      from: span.step,
      joins: [
        `inner join ${span.buckets ?? ''} on ${span.buckets ?? ''}.period_start = ${span.step}.period_start`,
      ],
      keys: [...names.map((name) => `${span.step}.${name}`), `${span.buckets ?? ''}.bucket_no`],
    }),
    mayBeNone,
    draft,
  );
  const columns = [...now.columns, ...now.columns.map((column) => `${column}_before`)];
  const [buckets, bucketsBefore] = [now.buckets ?? '', before.buckets ?? ''];
  const same = names.map((name) => sameValue(`${both}.${name}`, `seen.${name}`));
  const step = draft.addStep(
    'aligned',
    selectText({
      columns: [
        ...names.map((name) => `seen.${name}`),
        `${buckets}.period_start`,
        `${bucketsBefore}.period_start as period_start_before`,
        ...columns.map((column) => `${both}.${column}`),
      ],
      from: buckets,
      joins: [
        `left join ${bucketsBefore} on ${bucketsBefore}.bucket_no = ${buckets}.bucket_no`,
        ...seenGroups(both, names),
        `left join ${both} on ${[`${both}.bucket_no = ${buckets}.bucket_no`, ...same].join(' and ')}`,
      ],
    }),
  );
  return {
    step,
    groups: [...names, 'period_start', 'period_start_before'],
    columns,
    measured: now.measured,
    complete: false,
  };
}

function writeBoth(
  plan: ComposePlan,
  now: Span,
  before: Span,
  keys: string[],
  rowsOf: (span: Span) => { from: string; joins: string[]; keys: string[] },
  mayBeNone: boolean,
  draft: Draft,
): string {
  const nulls = new Map(
    now.columns.map((column) => {
      const base = now.measured ? undefined : plan.bases.find(({ metric }) => metric === column);
      return [column, base ? typedNull(base) : 'cast(null as decimal(38, 6))'];
    }),
  );
  const part = (span: Span, isNow: boolean) => {
    const rows = rowsOf(span);
    const value = (column: string) => `${span.step}.${column}`;
    const none = (column: string) => nulls.get(column) ?? 'null';
    return selectText({
      columns: [
        ...rows.keys,
        ...now.columns.map((column) => `${isNow ? value(column) : none(column)} as ${column}`),
        ...now.columns.map((column) => `${isNow ? none(column) : value(column)} as ${column}_before`),
      ],
      from: rows.from,
      joins: rows.joins,
    });
  };
  const columns = [...now.columns, ...now.columns.map((column) => `${column}_before`)];
  return draft.addStep(
    'both_periods',
    selectText({
      columns: [...keys, ...columns.map((column) => `max(${column}) as ${column}`)],
      from: unionAll([part(now, true), part(before, false)], 'periods'),
      groupBy: keys.length,
      having: mayBeNone ? ['count(*) > 0'] : [],
    }),
  );
}
