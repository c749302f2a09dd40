import type { MetricQuery } from '../domain/metric-query.ts';
import { spanBefore } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import type { ConditionRead, Reading } from '../reading/reading.ts';
import { wayCompared } from '../vocabulary/change-words.ts';
import { lastComplete } from './plan-times.ts';
import type { PlanningNeeds } from './planned.ts';

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
  query.having.push(...judged(direction, metric, limit));
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

/** 'grew by at least 10 %'; 'fell by less than 10 %' fell, though by no more than that. */
function judged(
  direction: 'up' | 'down',
  metric: string,
  limit: ConditionRead | undefined,
): MetricQuery['having'] {
  const name = columnOf(metric, limit);
  const [least = '0', most] = amountsOf(limit);
  const bounds: [operator: ConditionRead['operator'], amount: string][] =
    limit?.operator === 'between'
      ? [
          ['at-least', least],
          ['at-most', most ?? least],
        ]
      : limit?.operator === 'less-than' || limit?.operator === 'at-most'
        ? [
            ['more-than', '0'],
            [limit.operator, least],
          ]
        : [[limit?.operator ?? 'more-than', least]];
  return bounds.map(([operator, amount]) =>
    direction === 'up'
      ? { metric: name, operator, values: [amount] }
      : { metric: name, operator: TURNED[operator], values: [amount === '0' ? '0' : `-${amount}`] },
  );
}

const TURNED: Record<ConditionRead['operator'], ConditionRead['operator']> = {
  'at-least': 'at-most',
  'at-most': 'at-least',
  'more-than': 'less-than',
  'less-than': 'more-than',
  between: 'between',
};

function columnOf(metric: string, limit: ConditionRead | undefined): string {
  return limit?.unit === 'percent' ? `${metric}_change_share` : `${metric}_change`;
}

function amountsOf(limit: ConditionRead | undefined): string[] {
  return (limit?.values ?? []).map((value) =>
    limit?.unit === 'percent' ? String(Number((Number(value) / 100).toFixed(6))) : value,
  );
}

const WHICH =
  /^\W*(?:the |all |our )?[a-z]+ (?:where|that|which|who|whose|with (?:\p{L}+ ){1,3}(?:up|down|rising|falling|growing|shrinking|increasing|decreasing)\b|with (?:a )?(?:falling|declining|shrinking|decreasing|dropping|growing|rising|increasing|lower|higher|less|more|better|worse))\b|\b(?:which|what(?!(?:['’]s| is| was| were| are) (?:the |our )?(?:[\p{L}-]+ ){0,4}?(?:growth|increase|change|rise|drop|fall|decline|decrease)\b)|who|whose|any|list|show|all|how many|number of)\b|\b(?:that|who|which) (?:have |has |had |are |were |is |was )?(?:been )?(?:grew|grown|growing|fell|fallen|falling|rose|risen|dropped|declined|shrank|lost|gained|up|down|increased|decreased)\b/iu;
