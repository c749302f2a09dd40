import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** 'revenue of delivered orders': the second noun narrows the first, it is not a second figure. */
export function restricts(items: Item[], at: number): boolean {
  const before = items[at - 1];
  if (before?.meaning.kind === 'value' || before?.meaning.kind === 'segment') {
    return /^(?:of|from|for|by|with|among|to|in|on|the|our)$/.test(items[at - 2]?.tile.word ?? '');
  }
  const had = items[beside(items, at, -1)];
  if (
    is(had, 'with') &&
    /^(?:with a|had|have|has|having|that had|that have|that has)$/.test(had?.tile.word ?? '')
  )
    return true;
  if (before?.tile.word === 'with' && isFigureToo(items, at)) return false;
  if (!before || !/(?:^| )(?:of|from|for|by|with|among|to|in|on|the|our|all)$/.test(before.tile.word))
    return false;
  const lead = leadOf(items, at);
  if (
    /^(?:the|our|all)$/.test(before.tile.word) &&
    !/^(?:of|from|for|by|with|among|to)$/.test(items[at - 2]?.tile.word ?? '')
  )
    return false;
  return (
    lead?.meaning.kind === 'metric' ||
    lead?.meaning.kind === 'value' ||
    lead?.meaning.kind === 'time' ||
    is(lead, 'with', 'sell', 'earn')
  );
}

/** The word before, where 'that' in 'revenue that came from new customers' points back to the figure. */
function leadOf(items: Item[], at: number): Item | undefined {
  const before = beside(items, at, -1);
  return items[before]?.tile.word === 'that' ? items[beside(items, before, -1)] : items[before];
}

/** 'revenue with order count': beside money, a count is a figure too; 'customers with orders' are those who have some. */
function isFigureToo(items: Item[], at: number): boolean {
  const meaning = items[at]?.meaning;
  const lead = items[beside(items, beside(items, at, -1), -1)]?.meaning;
  const empty =
    meaning?.kind === 'metric' && Object.keys(RESTRICTIONS[meaning.name] ?? { none: 1 }).length === 0;
  return empty && lead?.kind === 'metric' && !/customers|products|branches/.test(lead.name);
}

const RESTRICTIONS: Record<
  string,
  { segment?: string; dimension?: string; values?: string[]; moreThanOnce?: true }
> = {
  new_customers: { segment: 'by_new_customers' },
  returning_customers: { segment: 'by_returning_customers' },
  repeat_customers: { moreThanOnce: true },
  discounts: { segment: 'with_discount' },
  delivered_orders: { dimension: 'order_status', values: ['delivered'] },
  cancelled_orders: { dimension: 'order_status', values: ['canceled', 'cancelled'] },
  returned_orders: { dimension: 'order_status', values: ['returned'] },
  orders_on_time: { segment: 'delivered_on_time' },
  orders_late: { dimension: 'delivered_late', values: ['yes'] },
  unique_customers: {},
  orders: {},
  invoices: {},
  units: {},
  products_sold: {},
  payments: {},
  payment_count: {},
};

/** Narrows the question as the noun says; false when the model has no such narrowing. */
export function restrictTo(
  name: string,
  reading: Reading,
  needs: UnderstandNeeds,
  said: string,
  at: number,
): boolean {
  const narrowing = RESTRICTIONS[name];
  if (!narrowing) return false;
  if (narrowing.moreThanOnce) {
    const twice = {
      metric: 'orders',
      dimension: null,
      operator: 'more-than' as const,
      values: ['1'],
      unit: null,
    };
    reading.conditions.push({ ...twice, of: 'customer' });
  } else if (narrowing.segment) {
    if (!needs.model.segments.has(narrowing.segment)) return false;
    if (!reading.segments.includes(narrowing.segment)) reading.segments.push(narrowing.segment);
    reading.said[narrowing.segment] ??= said.toLowerCase();
  } else if (narrowing.dimension) {
    const { dimension, values = [] } = narrowing;
    const there = needs.values.valuesOf(dimension).filter((value) => values.includes(value.toLowerCase()));
    const [first] = there;
    if (first === undefined) return false;
    reading.filters.push({ hits: [{ dimension, value: first }], negated: false, at, said });
  }
  return true;
}

/** 'for new customers vs returning customers': the second noun narrows as the first does. */
export function continuesRestriction(items: Item[], at: number, restricted: number[]): boolean {
  const joint = beside(items, at, -1);
  return is(items[joint], 'and', 'or', 'versus', 'than') && restricted.includes(beside(items, joint, -1));
}

const LINKING = /^(?:were|was|are|is|been|being|got|get|that|which|have been|has been|had been)$/;
const BASES =
  /^(?:orders|delivered_orders|invoices|orders_with_lines|units|products_sold|lines|unique_customers)$/;
const NARROWER: [participle: RegExp, ofOrders: string, ofUnits: string][] = [
  [/^(?:cancell?ed|voided|called off)$/, 'cancelled_orders', ''],
  [/^(?:returned|sent back|brought back)$/, 'returned_orders', 'returned_units'],
  [/^(?:refunded|reimbursed)$/, 'refunded_orders', 'refunded_units'],
  [/^(?:delivered|completed)$/, 'delivered_orders', ''],
  [/^paid$/, 'paid_orders', ''],
  [/^(?:still |yet )?not (?:yet )?delivered|^undelivered$/, 'undelivered_orders', ''],
  [/\b(?:late|missed)\b/, 'orders_late', ''],
  [/\bon time\b/, 'orders_on_time', ''],
];

/** 'how many invoices were cancelled': the participle says which of them are counted. */
export function narrowedBy(items: Item[], at: number, reading: Reading): string | undefined {
  const word = items[at]?.tile.word ?? '';
  const base = reading.metrics.at(-1) ?? '';
  const rule = NARROWER.find(([participle]) => participle.test(word));
  const of = items[beside(items, at, -1)];
  // 'online orders returned': the segment's own noun is what was returned.
  if (rule && of?.meaning.kind === 'segment' && /\borders$/.test(of.tile.word)) return rule[1];
  if (!rule || !BASES.test(base)) return undefined;
  const before = items[baseBefore(items, at)];
  if (before?.meaning.kind !== 'metric' || before.meaning.name !== base) return undefined;
  const between = items.slice(items.indexOf(before) + 1, at);
  const linked =
    /^(?:arrived|came|delivered|missed|not|still) /.test(word) ||
    between.some((one) => LINKING.test(one.tile.word));
  if (!linked) return undefined;
  const name = /^(?:units|products_sold|lines)$/.test(base) ? rule[2] : rule[1];
  return name === '' ? undefined : name;
}

/** 'orders in York last month were cancelled': where and when may stand between, and 'and how many were'. */
function baseBefore(items: Item[], at: number): number {
  let next = beside(items, at, -1);
  while (
    /^(?:value|time)$/.test(items[next]?.meaning.kind ?? '') ||
    (is(items[next], 'how-many') && isAskedBeside(items, at)) ||
    (is(items[next], 'and') && is(items[beside(items, next, 1)], 'how-many'))
  )
    next = beside(items, next, -1);
  return next;
}

/** 'and how many were returned': told beside what they are of. */
export function isAskedBeside(items: Item[], at: number): boolean {
  const counted = beside(items, at, -1);
  return is(items[counted], 'how-many') && is(items[beside(items, counted, -1)], 'and');
}

/** 'how many orders had a refund': of those that had one, the model counts some by themselves. */
const HAVING_ONE: Record<string, string> = {
  refunds: 'refunded_orders',
  refund_count: 'refunded_orders',
  refunded_orders: 'refunded_orders',
  returned_units: 'returned_orders',
  returned_orders: 'returned_orders',
};

export function havingOne(items: Item[], at: number, reading: Reading): string | undefined {
  const { meaning } = items[at] ?? {};
  const name = meaning?.kind === 'metric' ? HAVING_ONE[meaning.name] : undefined;
  return name !== undefined && reading.metrics.at(-1) === 'orders' && restricts(items, at) ? name : undefined;
}
