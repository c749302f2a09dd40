import type { Grain, Period } from '../domain/period.ts';
import { alignTimes, bringTogether } from './compose-both-periods.ts';
import { fillTimes, writeBuckets } from './compose-buckets.ts';
import { calendarGroups } from './compose-calendar.ts';
import { type Draft, selectText, unionAll } from './compose-draft.ts';
import { type FactOptions, type Facts, type GroupBy, writeFacts } from './compose-facts.ts';
import { reachableSource } from './compose-joins.ts';
import { writeMeasured } from './compose-measured.ts';
import { metricSql, orZero } from './compose-metrics.ts';
import { havingSql, rankingOrder } from './compose-order.ts';
import type { ComposePlan } from './compose-plan.ts';
import { type Source, type SourceOptions, type Span, typedNull } from './compose-span.ts';

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
  const members = options.ofMembers ? writeMembers(plan, period, draft) : [];
  const facts = writeFacts(
    plan,
    { ...options, grain: inner, span, period, buckets: innerBuckets, members },
    draft,
  );
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
    query.acrossGrain.aggregate === 'average'
      ? fillTimes(unfilled, draft, calendarGroups(plan, names))
      : unfilled,
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

/** One row per member that meets the condition, in that period. */
function writeMembers(plan: ComposePlan, period: Period | null, draft: Draft): FactOptions['members'] {
  return plan.members.map((one) => {
    const { dimension, condition } = one;
    const inner = { ...one.plan, query: { ...one.plan.query, period: condition.period ?? period } };
    const groupBy: GroupBy[] = [
      {
        name: dimension.name,
        sqlFor: (measure) =>
          reachableSource(plan.model, measure, dimension.sources) ?? dimension.sources[0] ?? '',
      },
    ];
    const { filters, segments } = inner;
    const options: SourceOptions = {
      groupBy,
      grain: null,
      purpose: 'members',
      filters,
      segments,
      exclude: null,
      ofMembers: false,
    };
    const values = writeMeasured(inner, writeSource(inner, options, draft), `each_${dimension.name}`, draft);
    const step = draft.addStep(
      `${dimension.name}_members`,
      selectText({
        columns: [dimension.name],
        from: values.step,
        where: [`${dimension.name} is not null`, ...havingSql(inner)],
        ...(condition.ranking
          ? { orderBy: [rankingOrder(inner), dimension.name], limit: condition.ranking.limit }
          : {}),
      }),
    );
    return { step, dimension, without: condition.without === true };
  });
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
