import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

/** 'what share of web orders came back': of those orders, and not their share of all that came back. */
export function rateOfFate(reading: Reading, query: MetricQuery, { model, reach }: PlanningNeeds): boolean {
  const [metric = '', ...more] = query.metrics;
  const found = RATES[metric];
  if (!found || more.length > 0 || !found.of.test(reading.text)) return false;
  const by = [...query.dimensions, ...query.filters.map(({ dimension }) => dimension)];
  if (!model.metrics.has(found.rate) || !by.every((name) => reach.dimension(found.rate, name))) return false;
  query.metrics = [found.rate];
  if (query.ranking?.by === metric) query.ranking = { ...query.ranking, by: found.rate };
  return true;
}

const SHARE = '(?:share|percentage|percent|pct|proportion|fraction|part|%) of';
const NOT_YET =
  '(?:(?!(?:late|returned|refunded|cancell?ed|delayed|overdue|undelivered|open|revenue|sales|returns|refunds)\\b)[^\\s?.!]+ ){0,4}?';
const ORDERS = 'orders|deliveries|parcels|packages|shipments';
const GOODS = 'units|items|pieces|pairs|goods|products|stuff|things|what (?:\\w+ ){0,3}(?:sold|sell)';
const fate = (things: string, event: string): RegExp =>
  new RegExp(
    `${SHARE} ${NOT_YET}(?:${things})\\b(?! (?:${event})\\b(?! (?:in|last|this|by|per)\\b)).*\\b(?:${event})`,
    'i',
  );

const BACK = 'returned|(?:sent|came|come|brought|given|went|go) back';

/** What becomes of orders and goods, and the figure of how many of them it becomes of. */
const RATES: Record<string, { rate: string; of: RegExp }> = {
  returned_units: { rate: 'return_rate', of: fate(GOODS, BACK) },
  returning_customers: { rate: 'return_rate', of: fate(GOODS, BACK) },
  returned_orders: { rate: 'returned_order_share', of: fate(ORDERS, BACK) },
  orders_late: { rate: 'late_share', of: fate(ORDERS, 'late|overdue|delayed') },
  orders_on_time: { rate: 'on_time_share', of: fate(ORDERS, 'on time|punctual\\w*') },
  cancelled_orders: { rate: 'cancellation_rate', of: fate(ORDERS, 'cancel\\w*|called off') },
  refunded_orders: { rate: 'refunded_order_share', of: fate(ORDERS, 'refunded|a refund|money back') },
};
