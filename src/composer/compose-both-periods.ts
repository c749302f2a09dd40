import { seenGroups } from './compose-buckets.ts';
import { type Draft, sameValue, selectText, unionAll } from './compose-draft.ts';
import type { ComposePlan } from './compose-plan.ts';
import { type Source, type Span, typedNull } from './compose-span.ts';

/** Two periods side by side, by group. */
export function bringTogether(
  plan: ComposePlan,
  now: Span,
  before: Span,
  mayBeNone: boolean,
  draft: Draft,
): Source {
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
export function alignTimes(
  plan: ComposePlan,
  now: Span,
  before: Span,
  mayBeNone: boolean,
  draft: Draft,
): Source {
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
    return selectText({
      columns: [
        ...rows.keys,
        ...now.columns.map(
          (column) => `${isNow ? value(column) : (nulls.get(column) ?? 'null')} as ${column}`,
        ),
        ...now.columns.map(
          (column) => `${isNow ? (nulls.get(column) ?? 'null') : value(column)} as ${column}_before`,
        ),
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
