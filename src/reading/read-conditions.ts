import type { Having } from '../domain/metric-query.ts';
import { countOf } from './count-metrics.ts';
import type { ConditionRead, Reading, UnderstandNeeds } from './reading.ts';
import { beside, dimensionOf, type Item, is, isStop, metricOf } from './reading-items.ts';

/** Numbers with a comparison: on the noun that follows, or on what stands before. */
export function readConditions(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'condition' || item.used) return;
    const { operator, values, unit, times } = item.meaning;
    item.used = true;
    const base = { metric: null, dimension: null, operator, values, unit, of: null };
    if (times) {
      const of = memberBefore(items, at) === 'product' ? 'product' : 'customer';
      reading.conditions.push({ ...base, metric: 'orders', of });
      return;
    }
    const found =
      onNounAfter(items, at, base, reading, needs) ?? onWhatIsBefore(items, at, base, reading, needs);
    reading.conditions.push(found ?? base);
  });
}

/** 'more than 20 countries', 'over 100 orders', 'more than one item'. */
function onNounAfter(
  items: Item[],
  at: number,
  base: ConditionRead,
  reading: Reading,
  needs: UnderstandNeeds,
): ConditionRead | undefined {
  const after = items[beside(items, at, 1)];
  if (!after || base.unit === 'money') return undefined;
  // 'products by return rate, at least 50 sold'.
  if (is(after, 'sell') && after.tile.word === 'sold' && base.unit === null && reading.ranking) {
    after.used = true;
    return { ...base, metric: 'units' };
  }
  if (after.used && after.meaning.kind !== 'dimension') return undefined;
  const of = memberBefore(items, at);
  // 'products with a return rate over 20% (at least 50 sold)'.
  const rated = reading.metrics.length > 0 || items.some(({ meaning }) => meaning.kind === 'metric');
  if (base.unit === null && rated && after.tile.word === 'sold' && needs.model.metrics.has('units')) {
    after.used = true;
    return { ...base, metric: 'units', of };
  }
  const metric = metricOf(after.tile);
  const dimension = dimensionOf(after.tile);
  const { type } = needs.model.dimensions.get(dimension ?? '') ?? {};
  if (after.meaning.kind === 'dimension' && (type === 'number' || type === 'decimal')) {
    after.used = true;
    reading.dimensions = reading.dimensions.filter((one) => one.name !== dimension);
    if (of === 'order_number') countOrders(items, at, reading);
    return { ...base, dimension: after.meaning.name };
  }
  if (of === 'order_number' && after.meaning.kind === 'unit' && after.meaning.grain === 'day') {
    const taken = Object.entries(DAYS_TAKEN).find(([, said]) => said.test(reading.text))?.[0];
    if (taken === undefined || !needs.model.metrics.has(taken)) return undefined;
    after.used = true;
    countOrders(items, at, reading);
    return { ...base, metric: taken, of };
  }
  if (
    of === 'order_number' &&
    /^(?:items?|lines?|products?|articles?|line items?|order items?)$/.test(after.tile.word) &&
    needs.model.dimensions.has('order_size')
  ) {
    after.used = true;
    reading.notes.push('items were counted as lines of the order');
    countOrders(items, at, reading);
    return { ...base, dimension: 'order_size' };
  }
  const counted =
    metric !== undefined && (after.meaning.kind === 'metric' || dimension === undefined)
      ? metric
      : dimension !== undefined
        ? (metric ?? countOf(dimension, needs.model))
        : undefined;
  if (counted === undefined || !needs.model.metrics.has(counted)) return undefined;
  if (after.meaning.kind !== 'metric' && after.meaning.kind !== 'dimension') return undefined;
  after.used = true;
  const times = base.unit === null ? TIMES_OF[counted] : undefined;
  if (times !== undefined && needs.model.metrics.has(times)) {
    if (of === null && !reading.metrics.includes(times)) reading.metrics.push(times);
    return { ...base, metric: times, of };
  }
  const said = counted === 'units' ? (onHandAfter(items, after) ?? returnedBefore(items, at)) : undefined;
  if (said !== undefined) return { ...base, metric: said, of };
  reading.dimensions = reading.dimensions.filter((one) => one.name !== dimension);
  if (of === null && !reading.metrics.includes(counted)) reading.metrics.push(counted);
  return { ...base, metric: counted, of };
}

/** 'more than one refund' counts them. */
const TIMES_OF: Record<string, string> = { refunds: 'refund_count', payments: 'payment_count' };

/** 'took more than 30 days to be delivered': how long it was for each order. */
const DAYS_TAKEN: Record<string, RegExp> = {
  delivery_days: /\b(?:deliver\w*|arriv\w*|reach\w*)\b/i,
  shipping_days: /\b(?:ship\w*|dispatch\w*|hand\w* over)\b/i,
};

/** 'less than twenty units on hand': units of the stock. */
function onHandAfter(items: Item[], units: Item): string | undefined {
  const next = items[beside(items, items.indexOf(units), 1)];
  if (next?.meaning.kind !== 'metric' || next.meaning.name !== 'stock_on_hand') return undefined;
  next.used = true;
  return next.meaning.name;
}

/** 'who returned more than 3 items': items are what was returned. */
function returnedBefore(items: Item[], at: number): string | undefined {
  const found = items.slice(0, at).findLast(({ meaning }) => meaning.kind === 'metric')?.meaning;
  return found?.kind === 'metric' && /^(?:(?:returned|refunded)_units|stock_on_hand)$/.test(found.name)
    ? found.name
    : undefined;
}

/** 'orders over 500', 'customers who spent more than 1,000', 'a return rate above 5 %'. */
function onWhatIsBefore(
  items: Item[],
  at: number,
  base: ConditionRead,
  reading: Reading,
  needs: UnderstandNeeds,
): ConditionRead | undefined {
  const noun = nounBefore(items, at);
  const before = items[noun];
  if (before && isOrderNoun(before) && needs.model.dimensions.has('order_number')) {
    const listed = is(items[beside(items, noun, -1)], 'which', 'list');
    if (mayBeHours(base)) return undefined;
    if (base.unit !== 'percent' && !hasSubject(items, noun, reading) && !areCounted(items, noun, base)) {
      if (!listed) countOrders(items, at, reading);
      return { ...base, metric: 'revenue', of: listed ? null : 'order_number' };
    }
  }
  if (isPriced(before, items.slice(noun + 1, at), base, needs)) return { ...base, dimension: 'unit_price' };
  const spending = lastVerb(items, at);
  const of = memberBefore(items, at);
  if (of === 'seller' && items.slice(0, at).some((item) => is(item, 'sell', 'earn')))
    return { ...base, metric: 'revenue', of };
  if (of === 'customer' && spending) {
    return { ...base, metric: 'revenue', of: 'customer' };
  }
  const single = before?.meaning.kind === 'metric' ? SINGLE[before.meaning.name] : undefined;
  const amount = base.unit === 'money' || countsSingles(items, noun) ? single : undefined;
  if (before && amount !== undefined && base.unit !== 'percent' && needs.model.dimensions.has(amount)) {
    return { ...base, dimension: amount };
  }
  if (before?.meaning.kind === 'metric') {
    return { ...base, metric: before.meaning.name, of: of === 'order_number' ? null : of };
  }
  const number = before?.meaning.kind === 'dimension' ? before.meaning.name : undefined;
  const type = needs.model.dimensions.get(number ?? '')?.type;
  if (before && number !== undefined && (type === 'number' || type === 'decimal')) {
    before.used = true;
    reading.dimensions = reading.dimensions.filter((one) => one.name !== number || one.how !== 'plain');
    if (memberBefore(items, noun) === 'order_number' && !isListedOrder(items, noun))
      countOrders(items, noun, reading);
    return { ...base, dimension: number };
  }
  const after = items[beside(items, at, 1)];
  if (after && !after.used && after.meaning.kind === 'metric') {
    after.used = true;
    if (!reading.metrics.includes(after.meaning.name)) reading.metrics.push(after.meaning.name);
    return { ...base, metric: after.meaning.name };
  }
  return undefined;
}

/** 'orders between 9 and 12' may be of the morning as well as of so many pounds. */
function mayBeHours({ operator, values, unit }: ConditionRead): boolean {
  return (
    operator === 'between' &&
    unit === null &&
    values.every((value) => /^\d{1,2}$/.test(value) && Number(value) <= 24)
  );
}

/** 'products over £100': what one costs, and not what all of it came to. */
function isPriced(
  noun: Item | undefined,
  between: Item[],
  base: ConditionRead,
  needs: UnderstandNeeds,
): boolean {
  if (!noun || base.unit !== 'money' || !needs.model.dimensions.has('unit_price')) return false;
  const goods =
    dimensionOf(noun.tile) === 'product' || /^(?:units|products_sold)$/.test(metricOf(noun.tile) ?? '');
  return goods && between.every((item) => isStop(item) && !/^(?:made|took|had)$/.test(item.tile.word));
}

/** 'which orders took longer than a week' are wanted one by one. */
function isListedOrder(items: Item[], at: number): boolean {
  const noun = items.findLastIndex((item, index) => index < at && isOrderNoun(item));
  return is(items[beside(items, noun, -1)], 'which', 'list');
}

/** 'refunds over 100', counted or added up: each one by itself is above it. */
const SINGLE: Record<string, string> = {
  refunds: 'refund_amount',
  refund_count: 'refund_amount',
  payments: 'payment_amount',
  payment_count: 'payment_amount',
  expenses: 'ledger_amount',
  ledger_lines: 'ledger_amount',
};

/** Nothing else is named that the condition could be on: no branches with refunds over 100, no months. */
function countsSingles(items: Item[], noun: number): boolean {
  return !items
    .slice(0, noun)
    .some(
      (item) =>
        item.meaning.kind === 'dimension' || item.meaning.kind === 'unit' || is(item, 'with', 'where'),
    );
}

const VERBS = ['with', 'spend', 'buy', 'sell', 'earn', 'worth', 'where', 'who'] as const;

/** The noun that a condition follows: small words and 'with', 'worth', 'spent' may stand between. */
function nounBefore(items: Item[], at: number): number {
  let next = at - 1;
  while (
    items[next] &&
    (isStop(items[next] as Item) || is(items[next], ...VERBS) || items[next]?.meaning.kind === 'time')
  )
    next -= 1;
  return next;
}

function lastVerb(items: Item[], at: number): boolean {
  for (let next = at - 1; next >= 0; next -= 1) {
    const item = items[next] as Item;
    if (is(item, 'spend', 'buy')) return true;
    if (!isStop(item) && item.meaning.kind !== 'time' && item.meaning.kind !== 'value') return false;
  }
  return false;
}

function isOrderNoun(item: Item): boolean {
  const metric = metricOf(item.tile);
  const averaged = metric === 'average_order_value' && /\borders$/.test(item.tile.word);
  return (
    dimensionOf(item.tile) === 'order_number' || metric === 'orders' || metric === 'invoices' || averaged
  );
}

/** 'which branches had orders over 500' is about the branches. */
function hasSubject(items: Item[], noun: number, reading: Reading): boolean {
  return reading.dimensions.some((one) => one.how !== 'plain' && one.name !== 'order_number') &&
    items.slice(0, noun).some((one) => is(one, 'which', 'list', 'with'))
    ? true
    : false;
}

/** 'branches with orders over 500', 'branches whose orders came to more than 500': with no money said, how many each has. */
function areCounted(items: Item[], noun: number, { unit }: ConditionRead): boolean {
  const with_ = beside(items, noun, -1);
  const subject = dimensionOf((items[beside(items, with_, -1)] ?? (items[noun] as Item)).tile);
  return (
    unit === null &&
    is(items[with_], 'with', 'where') &&
    subject !== undefined &&
    !/^(?:order_number|customer|seller)$/.test(subject)
  );
}

/** Whose condition it is: the nearest orders, customers or products before it. */
function memberBefore(items: Item[], at: number): string | null {
  for (let next = at - 1; next >= 0; next -= 1) {
    const item = items[next] as Item;
    if (item.meaning.kind !== 'metric' && item.meaning.kind !== 'dimension') continue;
    if (isOrderNoun(item)) return 'order_number';
    const dimension = dimensionOf(item.tile);
    if (
      dimension === 'customer' ||
      /^(?:unique|new|returning|repeat)_customers$/.test(metricOf(item.tile) ?? '')
    )
      return 'customer';
    if (dimension === 'product' || metricOf(item.tile) === 'products_sold') return 'product';
    if (dimension === 'seller' || metricOf(item.tile) === 'active_sellers') return 'seller';
    return null;
  }
  return null;
}

/** The orders before the condition are what is counted, when no other figure is named. */
function countOrders(items: Item[], at: number, reading: Reading): void {
  reading.dimensions = reading.dimensions.filter((one) => one.name !== 'order_number');
  const noun = items.slice(0, at).findLast(isOrderNoun);
  if (!noun) return;
  noun.used = true;
  const others = items.some(
    (item) =>
      item !== noun && item.meaning.kind === 'metric' && !isOrderNoun(item) && items.indexOf(item) < at,
  );
  const name = metricOf(noun.tile) ?? 'orders';
  if (!others && !reading.metrics.includes(name)) reading.metrics.push(name);
}

/** A condition that is about the aggregated metric. */
export function havingOf(condition: ConditionRead, metric: string, share: boolean): Having {
  const values = condition.values.map((value) =>
    share && (condition.unit === 'percent' || Number(value) > 1) ? percent(value) : value,
  );
  return { metric, operator: condition.operator, values };
}

function percent(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}
