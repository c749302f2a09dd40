import { type Day, startOfMonth, startOfWeek } from '../../../src/domain/day.ts';
import type { Line, Order, Refund, Retail } from './some-retail.ts';

export type ReckonQuery = {
  metric:
    | 'revenue'
    | 'orders'
    | 'units'
    | 'unique_customers'
    | 'new_customers'
    | 'refunds'
    | 'return_rate'
    | 'repeat_customers'
    | 'average_order_value';
  by: 'category' | 'branch' | 'channel' | 'product' | null;
  grain: 'day' | 'week' | 'month' | null;
  from: Day;
  to: Day;
  /** Only these values of `by`, or all but these. */
  only?: string[];
  without?: string[];
};

const NONE = '(none)';

export function reckon(retail: Retail, query: ReckonQuery): Map<string, number | null> {
  const orderOf = new Map(retail.orders.map((order) => [order.id, order]));
  const categoryOf = new Map(retail.products.map((product) => [product.id, product.category]));
  const firstDay = new Map<string, Day>();
  for (const { kind, person, day } of retail.orders) {
    if (kind !== 'sale' || person === null) continue;
    const known = firstDay.get(person);
    if (known === undefined || day < known) firstDay.set(person, day);
  }
  const lineKey = (line: Line, order: Order) =>
    query.by === 'category'
      ? (categoryOf.get(line.product ?? '') ?? null)
      : query.by === 'product'
        ? productName(line.product)
        : orderKey(order);
  const productName = (id: string | null) => (id === null ? null : categoryOf.has(id) ? `Name of ${id}` : id);
  const orderKey = (order: Order) =>
    query.by === 'branch'
      ? order.branch === null
        ? null
        : `Branch ${order.branch}`
      : query.by === 'channel'
        ? order.channel
        : null;

  const groups = new Map<
    string,
    {
      net: number;
      units: number;
      returned: number;
      orders: Set<string>;
      people: Map<string, number>;
      fresh: Set<string>;
      refunds: number;
      lineOrders: Set<string>;
    }
  >();
  const groupFor = (value: string | null, day: Day) => {
    if (day < query.from || day >= query.to) return undefined;
    if (
      query.only &&
      (value === null || !query.only.some((one) => one.toLowerCase() === value.toLowerCase()))
    )
      return undefined;
    if (
      query.without &&
      value !== null &&
      query.without.some((one) => one.toLowerCase() === value.toLowerCase())
    )
      return undefined;
    const key = [
      ...(query.grain ? [bucket(day, query.grain)] : []),
      ...(query.by ? [value ?? NONE] : []),
    ].join('|');
    const found = groups.get(key) ?? {
      net: 0,
      units: 0,
      returned: 0,
      orders: new Set(),
      people: new Map(),
      fresh: new Set(),
      refunds: 0,
      lineOrders: new Set(),
    };
    groups.set(key, found);
    return found;
  };
  const overLines = query.by === 'category' || query.by === 'product';
  const countPerson = (group: ReturnType<typeof groupFor>, order: Order) => {
    if (!group || order.person === null) return;
    group.people.set(order.person, (group.people.get(order.person) ?? 0) + 1);
    if (firstDay.get(order.person) === order.day) group.fresh.add(order.person);
  };
  for (const line of retail.lines) {
    const order = orderOf.get(line.order);
    if (!order || line.kind !== 'sale') continue;
    const wanted =
      ['revenue', 'units', 'return_rate', 'average_order_value'].includes(query.metric) || overLines;
    if (!wanted) continue;
    const group = groupFor(lineKey(line, order), order.day);
    if (!group) continue;
    group.net += line.net;
    group.units += line.quantity;
    group.returned += line.returned;
    group.lineOrders.add(order.id);
    if (overLines) {
      group.orders.add(order.id);
      countPerson(group, order);
    }
  }
  if (
    !overLines &&
    ['orders', 'unique_customers', 'new_customers', 'repeat_customers'].includes(query.metric)
  ) {
    for (const order of retail.orders) {
      if (order.kind !== 'sale') continue;
      const group = groupFor(orderKey(order), order.day);
      group?.orders.add(order.id);
      countPerson(group, order);
    }
  }
  if (query.metric === 'refunds') {
    for (const refund of retail.refunds) groupForRefund(refund);
  }
  function groupForRefund(refund: Refund): void {
    const order = orderOf.get(refund.order);
    const value =
      query.by === 'category'
        ? (categoryOf.get(refund.product ?? '') ?? null)
        : query.by === 'product'
          ? productName(refund.product)
          : query.by === 'branch'
            ? refund.branch === null
              ? null
              : `Branch ${refund.branch}`
            : query.by === 'channel'
              ? (order?.channel ?? null)
              : null;
    const group = groupFor(value, refund.day);
    if (group) group.refunds += refund.cents;
  }

  return new Map(
    [...groups].map(([key, g]) => {
      const values: Record<ReckonQuery['metric'], number | null> = {
        revenue: g.net,
        orders: g.orders.size,
        units: g.units,
        unique_customers: g.people.size,
        new_customers: g.fresh.size,
        refunds: g.refunds,
        return_rate: g.units === 0 ? null : g.returned / g.units,
        repeat_customers: [...g.people.values()].filter((orders) => orders >= 2).length,
        average_order_value: g.lineOrders.size === 0 ? null : g.net / 100 / g.lineOrders.size,
      };
      return [key, values[query.metric]];
    }),
  );
}

function bucket(day: Day, grain: 'day' | 'week' | 'month'): Day {
  return grain === 'day' ? day : grain === 'week' ? startOfWeek(day) : startOfMonth(day);
}
