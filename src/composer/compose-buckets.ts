import type { Grain, Period } from '../domain/period.ts';
import { daysThatCount } from './compose-calendar.ts';
import { type Draft, sameValue, selectText } from './compose-draft.ts';
import { bindEdge } from './compose-facts.ts';
import type { ComposePlan } from './compose-plan.ts';
import type { Source, Span } from './compose-span.ts';

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
export function writeBuckets(
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
      where: [
        ...bucketRange(plan, column, span, period, observed, draft),
        ...daysThatCount(plan, grain, draft),
      ],
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
export function fillTimes(span: Span, draft: Draft, calendar: { name: string; sql: string }[] = []): Source {
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
        ...(calendar.length > 0
          ? [
              `inner join dates on dates.date_day = ${buckets}.period_start and ${calendar.map(({ name, sql }) => sameValue(`seen.${name}`, sql)).join(' and ')}`,
            ]
          : []),
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

/** The groups that there are, to be had at every time. */
export function seenGroups(step: string, names: string[]): string[] {
  if (names.length === 0) return [];
  return [`cross join (select distinct ${names.join(', ')} from ${step}) as seen`];
}
