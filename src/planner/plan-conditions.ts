import { type Having, type MetricQuery } from '../domain/metric-query.ts';
import { capital, periodText, words } from './plan-words.ts';
import { type Planned, type PlanningNeeds } from './planned.ts';
import { havingOf } from './read-conditions.ts';
import { type Reading } from './reading.ts';

export function conditionsOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  if (
    isRepeat(reading) &&
    needs.model.metrics.has('repeat_customers') &&
    query.dimensions.every((name) => name === 'customer')
  ) {
    query.metrics = ['repeat_customers'];
    query.dimensions = [];
    return null;
  }
  for (const condition of reading.conditions) {
    if (condition.dimension) {
      query.filters.push({
        dimension: condition.dimension,
        operator: condition.operator,
        values: condition.values,
      });
      continue;
    }
    const name = condition.metric ?? (query.metrics.length === 1 ? query.metrics[0] : undefined);
    const metric = needs.model.metrics.get(name ?? '');
    const grouped = query.dimensions.length > 0 || query.grain !== null;
    if (!metric || !grouped || (condition.unit === 'money' && metric.unit.kind !== 'money')) {
      const said = condition.values.join(' and ');
      return {
        kind: 'ask',
        text: `What should be ${condition.operator.replace('-', ' ')} ${said}?`,
        questions: [
          ...(reading.metrics.includes('orders') ? ['order_number'] : []),
          'category',
          'product',
          'customer',
        ]
          .filter((one) => needs.model.dimensions.has(one))
          .map((one) => ({
            label: `${capital(needs.model.dimensions.get(one)?.plural ?? one)} with revenue ${words(condition.operator)} ${said}`,
            question: `which ${needs.model.dimensions.get(one)?.plural ?? one} have revenue ${words(condition.operator)} ${said}${periodText(query)}`,
          })), // prettier-ignore
      };
    }
    query.having.push(havingOf(condition, metric.name, metric.unit.kind === 'share') satisfies Having);
    if (!query.metrics.includes(metric.name)) query.metrics.push(metric.name);
    if (reading.roles.has('how-many')) notes.push('each one is listed; the number of rows is the count');
  }
  return null;
}

/** 'How many customers bought more than once?' is a metric of its own. */
function isRepeat(reading: Reading): boolean {
  const [condition] = reading.conditions;
  if (reading.conditions.length !== 1 || !condition || !reading.roles.has('how-many')) return false;
  const customers =
    reading.metrics.includes('unique_customers') || reading.dimensions.some((one) => one.name === 'customer');
  const orders =
    condition.metric === 'orders' ||
    (reading.roles.has('buy') && (condition.metric === null || condition.metric === 'unique_customers'));
  const twice =
    (condition.operator === 'more-than' && condition.values[0] === '1') ||
    (condition.operator === 'at-least' && condition.values[0] === '2');
  return customers && orders && twice;
}
