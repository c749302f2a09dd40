import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import { label } from './plan-words.ts';
import type { PlanningNeeds } from './planned.ts';

/** The figure that is meant by a word where the named one cannot be told apart: revenue by payment method is what was paid. */
const EXCHANGES: [dimension: RegExp, Record<string, string>][] = [
  [
    /^(?:payment_method|installments)$/,
    {
      revenue: 'payments',
      orders: 'paid_orders',
      units: 'payment_count',
      average_order_value: 'average_payment',
    },
  ],
  [
    /^refund_(?:reason|method)$/,
    {
      returned_units: 'refunded_units',
      returned_orders: 'refunded_orders',
      units: 'refund_count',
      orders: 'refund_count',
      payments: 'refunds',
      payment_count: 'refund_count',
    },
  ],
  [
    /^(?:account|account_kind|account_code|counterparty)$/,
    { cost: 'expenses', revenue: 'income', payments: 'expenses', invoices: 'expenses' },
  ],
];

// prettier-ignore

/** Of what is counted by whole documents, the amount on their lines can be told apart by what was on them. */
const ON_LINES: Record<string, string> = {
  cancelled_orders: 'cancellations_amount',
  returned_orders: 'returned_units',
};

export function exchange(reading: Reading, query: MetricQuery, needs: PlanningNeeds, notes: string[]): void {
  exchangeMethods(query, needs);
  const names = [...query.dimensions, ...query.filters.map((filter) => filter.dimension)];
  const onAccount = query.filters.some((filter) => /^account/.test(filter.dimension));
  for (const [dimension, instead] of EXCHANGES) {
    const by = names.find((name) => dimension.test(name));
    if (by === undefined) continue;
    query.metrics = query.metrics.map((metric) => {
      const other = onAccount && metric === 'revenue' ? undefined : instead[metric];
      if (other === undefined || needs.reach.dimension(metric, by) || !needs.model.metrics.has(other))
        return metric;
      if (!names.every((name) => needs.reach.dimension(other, name))) return metric;
      const labels = [metric, other].map((name) =>
        (needs.model.metrics.get(name)?.label ?? name).toLowerCase(),
      );
      notes.push(`by ${label(needs, by)}, ${labels[0]} was read as ${labels[1]}`);
      if (query.ranking?.by === metric) query.ranking.by = other;
      return other;
    });
    query.metrics = [...new Set(query.metrics)];
  }
  query.metrics = query.metrics.map((metric) => {
    const other = ON_LINES[metric];
    const there = other !== undefined && needs.model.metrics.has(other);
    const apart = there && names.every((name) => needs.reach.dimension(other, name));
    if (!apart || names.every((name) => needs.reach.dimension(metric, name))) return metric;
    notes.push(
      `${needs.model.metrics.get(metric)?.label ?? metric} are read as ${(needs.model.metrics.get(other)?.label ?? other).toLowerCase()}, which can be told apart so`,
    );
    if (query.ranking?.by === metric) query.ranking.by = other;
    return other;
  });
  void reading;
}

/** 'refunded in cash': the way of refunding, not that of paying, where it is called the same. */
function exchangeMethods(query: MetricQuery, needs: PlanningNeeds): void {
  const ways = needs.values?.valuesOf('refund_method').map((way) => way.toLowerCase()) ?? [];
  const ofRefunds = query.metrics.every((name) => needs.reach.dimension(name, 'refund_method'));
  const ofPayments = query.metrics.every((name) => needs.reach.dimension(name, 'payment_method'));
  if (!ofRefunds || ofPayments) return;
  for (const filter of query.filters) {
    const same = filter.values.every((value) => ways.includes(value.toLowerCase()));
    if (filter.dimension === 'payment_method' && same) filter.dimension = 'refund_method';
  }
}
