import { type Draft, selectText } from './compose-draft.ts';
import { metricSql, orZero } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';
import type { Source } from './compose-span.ts';

/** Metrics out of their parts; left out when the columns are the metrics already. */
export function writeMeasured(
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

/** Each metric's column and how it is made of the source's columns. */
export function metricSelects(plan: ComposePlan, source: Source): { sql: string; column: string }[] {
  const { model, bases, query } = plan;
  const grouped = source.groups.length > 0;
  return (query.comparison ? ['', '_before'] : ['']).flatMap((suffix) =>
    plan.metrics.map(({ name }) => {
      const column = `${name}${suffix}`;
      if (source.measured) return { sql: column, column };
      const sql = metricSql(model, name, bases, { suffix, amongGroups: grouped });
      return { sql: grouped && !source.complete ? orZero(model, name, bases, sql) : sql, column };
    }),
  );
}
