import type { MetricQuery } from '../domain/metric-query.ts';
import type { SemanticModel } from '../model/semantic-model.ts';

/** A figure that is of one kind by its own meaning, narrowed to the other kind: that kind's figure is meant. */
const CONTRARY: { metric: string; dimension: string; segment: string; values: RegExp; instead: string }[] = [
  {
    metric: 'new_customers',
    dimension: 'customer_type',
    segment: 'by_returning_customers',
    values: /^returning$/,
    instead: 'returning_customers',
  },
  {
    metric: 'returning_customers',
    dimension: 'customer_type',
    segment: 'by_new_customers',
    values: /^new$/,
    instead: 'new_customers',
  },
  {
    metric: 'orders_late',
    dimension: 'delivered_late',
    segment: 'delivered_on_time',
    values: /^no$/,
    instead: 'orders_on_time',
  },
  {
    metric: 'orders_on_time',
    dimension: 'delivered_late',
    segment: '',
    values: /^yes$/,
    instead: 'orders_late',
  },
];

/** 'new customers ... and returning ones?': no new customer returns, so there would be none. */
export function mendContrary(query: MetricQuery, model: SemanticModel): void {
  for (const { metric, dimension, segment, values, instead } of CONTRARY) {
    if (!query.metrics.includes(metric) || !model.metrics.has(instead)) continue;
    const filter = query.filters.find(
      (one) =>
        one.dimension === dimension &&
        one.operator === 'in' &&
        one.values.every((value) => values.test(value)),
    );
    const narrowed = query.segments.includes(segment);
    if (!filter && !narrowed) continue;
    query.metrics = query.metrics.map((name) => (name === metric ? instead : name));
    if (query.ranking?.by === metric) query.ranking.by = instead;
    query.filters = query.filters.filter((one) => one !== filter);
    query.segments = query.segments.filter((name) => name !== segment);
  }
  stillToCome(query, model);
}

/** 'orders still not delivered' are those on their way, and not those bought over the counter. */
function stillToCome(query: MetricQuery, model: SemanticModel): void {
  const filter = query.filters.find(
    (one) =>
      one.dimension === 'order_status' &&
      one.operator === 'not-in' &&
      one.values.every((value) => /^delivered$/i.test(value)),
  );
  if (!filter || query.metrics.join() !== 'orders' || !model.metrics.has('undelivered_orders')) return;
  query.metrics = ['undelivered_orders'];
  query.filters = query.filters.filter((one) => one !== filter);
}
