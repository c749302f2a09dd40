import { type MetricQuery } from '../domain/metric-query.ts';
import { spanBefore } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { type ConditionRead, type Reading } from '../reading/reading.ts';
import { wayCompared } from '../vocabulary/change-words.ts';
import { lastComplete } from './plan-times.ts';
import { type PlanningNeeds } from './planned.ts';

/** 'which stores sold less than in September', 'categories that grew by more than 10 %': only those are shown. */
export function changedOf(reading: Reading, query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  const [metric] = query.metrics;
  if (isGrowingNow(reading, query)) {
    const main = lastComplete(needs);
    query.period = periodOf(main);
    query.comparison = { kind: 'previous-period', period: periodOf(spanBefore(main)) };
    query.grain = null;
    notes.push('no period was said: the last complete month against the one before');
  }
  if (!metric || !query.comparison || query.ranking || query.dimensions.length === 0) return;
  const direction = wayCompared(reading.text, needs.model.metrics.get(metric)?.more_is === 'bad');
  const asked = WHICH.test(reading.text) || reading.roles.has('list') || reading.roles.has('how-many');
  if (direction === null || !asked) return;
  const limit = reading.conditions.find((one) => one.of === null && one.dimension === null);
  reading.conditions = reading.conditions.filter((one) => one !== limit);
  query.having.push(direction === 'up' ? above(metric, limit) : below(metric, limit));
  query.calculations = query.calculations.filter(({ kind }) => kind !== 'growth');
}

/** 'which categories are growing': nothing says since when. */
function isGrowingNow(reading: Reading, query: MetricQuery): boolean {
  const asked = reading.roles.has('which') || reading.roles.has('list') || reading.roles.has('how-many');
  const bare = reading.periods.span === undefined && reading.grain === null && !reading.roles.has('trend');
  return (
    asked &&
    bare &&
    reading.roles.has('growth') &&
    query.comparison === null &&
    reading.ranking === null &&
    reading.subjectUnit === null &&
    query.dimensions.length > 0 &&
    wayCompared(reading.text) !== null
  );
}

function above(metric: string, limit: ConditionRead | undefined): MetricQuery['having'][number] {
  return {
    metric: columnOf(metric, limit),
    operator: limit?.operator === 'at-least' ? 'at-least' : 'more-than',
    values: [amountOf(limit)],
  };
}

function below(metric: string, limit: ConditionRead | undefined): MetricQuery['having'][number] {
  const amount = amountOf(limit);
  return {
    metric: columnOf(metric, limit),
    operator: limit?.operator === 'at-least' ? 'at-most' : 'less-than',
    values: [amount === '0' ? '0' : `-${amount}`],
  };
}

function columnOf(metric: string, limit: ConditionRead | undefined): string {
  return limit?.unit === 'percent' ? `${metric}_change_share` : `${metric}_change`;
}

function amountOf(limit: ConditionRead | undefined): string {
  const [value = '0'] = limit?.values ?? [];
  return limit?.unit === 'percent' ? String(Number((Number(value) / 100).toFixed(6))) : value;
}

const WHICH =
  /^\W*(?:the |all |our )?[a-z]+ (?:where|that|which|who|whose|with (?:a )?(?:falling|declining|shrinking|decreasing|dropping|growing|rising|increasing|lower|higher|less|more|better|worse))\b|\b(?:which|what|who|whose|any|list|show|all|how many|number of)\b|\b(?:that|who|which) (?:have |has |had |are |were |is |was )?(?:been )?(?:grew|grown|growing|fell|fallen|falling|rose|risen|dropped|declined|shrank|lost|gained|up|down|increased|decreased)\b/i;
