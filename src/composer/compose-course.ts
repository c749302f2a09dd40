import { safeDivide } from './compose-draft.ts';
import { additivityOf, addsOverTime, canBeShared, metricType } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';

export type CourseColumn = { metric: string; name: string; sql: string };

/** Shares of a total, and what a metric does over time, as window expressions over one step. */
export function courseColumns(
  plan: ComposePlan,
  step: string,
  groups: string[],
  totals: string | null,
): CourseColumn[] {
  const { query, model, bases } = plan;
  const by = groups.length > 0 ? `partition by ${partition(plan, step, groups)} ` : '';
  const overTime = `${by}order by ${step}.period_start`;
  const columns: CourseColumn[] = [];
  for (const metric of query.metrics) {
    const value = `${step}.${metric}`;
    for (const calculation of query.calculations) {
      switch (calculation.kind) {
        case 'share-of-total':
          if (totals && canBeShared(model, metric, bases)) {
            columns.push({ metric, name: `${metric}_share`, sql: safeDivide(value, `${totals}.${metric}`) });
            if (query.comparison) {
              const [now, before] = [
                safeDivide(value, `${totals}.${metric}`),
                safeDivide(`${value}_before`, `${totals}.${metric}_before`),
              ];
              columns.push(
                { metric, name: `${metric}_share_before`, sql: before },
                { metric, name: `${metric}_share_change`, sql: `${now} - ${before}` },
              );
            }
          }
          break;
        case 'ratio':
          if (metric === calculation.of)
            columns.push({
              metric,
              name: ratioName(calculation),
              sql: safeDivide(value, `${step}.${calculation.to}`),
            });
          break;
        case 'running-total':
          if (addsOverTime(additivityOf(model, metric, bases))) {
            const sum = `sum(${value}) over (${overTime} rows between unbounded preceding and current row)`;
            const sql = metricType(model, metric) === 'integer' ? `cast(${sum} as bigint)` : sum;
            columns.push({ metric, name: `${metric}_running_total`, sql });
          }
          break;
        case 'growth': {
          const last = `lag(${value}) over (${overTime})`;
          const sql = `cast(round(cast(${value} - ${last} as double precision) / nullif(abs(${last}), 0), 6) as decimal(38, 6))`;
          columns.push({ metric, name: `${metric}_growth`, sql });
          break;
        }
        case 'moving-average': {
          const rows = `rows between ${calculation.window - 1} preceding and current row`;
          const mean = `avg(cast(${value} as double precision)) over (${overTime} ${rows})`;
          const sql = `cast(round(${mean}, 6) as decimal(38, 6))`;
          columns.push({ metric, name: `${metric}_moving_average`, sql });
          break;
        }
      }
    }
  }
  return columns;
}

/** Its column of the result. */
export function ratioName({ of, to }: { of: string; to: string }): string {
  return `${of}_to_${to}`;
}

/** The row of the rest has its own course. */
function partition(plan: ComposePlan, step: string, groups: string[]): string {
  const names = plan.query.ranking?.withRest ? [...groups, 'row_kind'] : groups;
  return names.map((name) => `${step}.${name}`).join(', ');
}
