import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

type Event = { figure: string; status: RegExp; said: RegExp; note: string };

const DELIVERY: Event = {
  figure: 'deliveries_made',
  status: /^delivered$/i,
  said: /\b(?:deliver\w*|arriv\w+|reached|parcels|packages)\b/i,
  note: 'counted by the day of delivery',
};
const SHIPMENT: Event = {
  figure: 'shipments_made',
  status: /^(?:shipped|dispatched|sent)$/i,
  said: /\b(?:ship\w*|dispatch\w*|sent)\b/i,
  note: 'counted by the day of shipment',
};

/** Words by which the state that orders are in now is meant, or those placed in that time. */
const NOT_THE_EVENT =
  /\b(?:status|statuses|state|still|not|never|currently|now|yet|but|placed|ordered|completed|successful\w*|unavailable)\b/i;

/** 'how many orders from October are delivered'. */
const OF_THAT_TIME = /\borders? (?:from|of) [^,?]{2,25} (?:are|were|have|has|is|was|got)\b/i;

/** 'orders delivered in October', 'shipped last week': in a period, what happened in it is counted, whenever it was ordered. */
export function byDayOfEvent(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): void {
  const [metric, ...others] = query.metrics;
  if (query.period === null || others.length > 0 || query.calculations.length > 0) return;
  if (query.having.length > 0 || NOT_THE_EVENT.test(reading.text) || OF_THAT_TIME.test(reading.text)) return;
  const event = metric === 'delivered_orders' ? DELIVERY : metric === 'orders' ? eventOf(query) : undefined;
  if (!event?.said.test(reading.text) || !needs.model.metrics.has(event.figure)) return;
  const filters = metric === 'orders' ? query.filters.filter((one) => !isOf(event, one)) : query.filters;
  const names = [...query.dimensions, ...filters.map(({ dimension }) => dimension)];
  if (!names.every((name) => needs.reach.dimension(event.figure, name))) return;
  if (!query.segments.every((name) => needs.reach.segment(event.figure, name))) return;
  query.metrics = [event.figure];
  query.filters = filters;
  if (metric === 'orders')
    reading.filters = reading.filters.filter(({ hits }) => hits[0]?.dimension !== 'order_status');
  const { ranking } = query;
  if (ranking !== null && ranking.by === metric) query.ranking = { ...ranking, by: event.figure };
  notes.push(event.note);
}

function eventOf(query: MetricQuery): Event | undefined {
  return [DELIVERY, SHIPMENT].find((event) => query.filters.some((one) => isOf(event, one)));
}

function isOf({ status }: Event, { dimension, operator, values }: MetricQuery['filters'][number]): boolean {
  return (
    dimension === 'order_status' && operator === 'in' && values.length === 1 && status.test(values[0] ?? '')
  );
}
