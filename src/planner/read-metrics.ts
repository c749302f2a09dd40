import { addDimension } from './read-breakdowns.ts';
import { type Reading, type UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** 'which product is returned the most': the phrase for the figure begins with what is ranked. */
function namesSubject(items: Item[], at: number, reading: Reading): boolean {
  const item = items[at];
  if (
    !reading.ranking ||
    reading.dimensions.length > 0 ||
    reading.subjectUnit ||
    !/^(?:product|item|article)s? /.test(item?.tile.word ?? '')
  )
    return false;
  return (
    is(items[beside(items, at, -1)], 'which', 'top', 'bottom', 'list') ||
    items[beside(items, at, -1)]?.meaning.kind === 'number'
  );
}

/** 'revenue of delivered orders': the second noun narrows the first, it is not a second figure. */
function restricts(items: Item[], at: number): boolean {
  const before = items[at - 1];
  if (before?.meaning.kind === 'value' || before?.meaning.kind === 'segment') {
    return /^(?:of|from|for|by|with|among|to|in|on|the|our)$/.test(items[at - 2]?.tile.word ?? '');
  }
  if (!before || !/^(?:of|from|for|by|with|among|to|in|on|the|our|all)$/.test(before.tile.word)) return false;
  const lead = items[beside(items, at, -1)];
  if (
    /^(?:the|our|all)$/.test(before.tile.word) &&
    !/^(?:of|from|for|by|with|among|to)$/.test(items[at - 2]?.tile.word ?? '')
  )
    return false;
  return (
    lead?.meaning.kind === 'metric' || lead?.meaning.kind === 'value' || is(lead, 'with', 'sell', 'earn')
  );
}

const RESTRICTIONS: Record<string, { segment?: string; dimension?: string; values?: string[] }> = {
  new_customers: { segment: 'by_new_customers' },
  returning_customers: { segment: 'by_returning_customers' },
  repeat_customers: { segment: 'by_returning_customers' },
  discounts: { segment: 'with_discount' },
  delivered_orders: { dimension: 'order_status', values: ['delivered'] },
  cancelled_orders: { dimension: 'order_status', values: ['canceled', 'cancelled'] },
  returned_orders: { dimension: 'order_status', values: ['returned'] },
  orders_on_time: { segment: 'delivered_on_time' },
  unique_customers: {},
  orders: {},
  units: {},
  products_sold: {},
  payments: {},
  payment_count: {},
};

/** Narrows the question as the noun says; false when the model has no such narrowing. */
function restrictTo(
  name: string,
  reading: Reading,
  needs: UnderstandNeeds,
  said: string,
  at: number,
): boolean {
  const narrowing = RESTRICTIONS[name];
  if (!narrowing) return false;
  if (narrowing.segment) {
    if (!needs.model.segments.has(narrowing.segment)) return false;
    if (!reading.segments.includes(narrowing.segment)) reading.segments.push(narrowing.segment);
  } else if (narrowing.dimension) {
    const { dimension, values = [] } = narrowing;
    const there = needs.values.valuesOf(dimension).filter((value) => values.includes(value.toLowerCase()));
    const [first] = there;
    if (first === undefined) return false;
    reading.filters.push({ hits: [{ dimension, value: first }], negated: false, at, said });
  }
  return true;
}

export function readMetrics(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind === 'segment') {
      item.used = true;
      if (!reading.segments.includes(item.meaning.name)) reading.segments.push(item.meaning.name);
    }
    if (item.meaning.kind !== 'metric' || item.used) return;
    const { name } = item.meaning;
    if (restricts(items, at) && reading.metrics.length > 0) {
      item.used = restrictTo(name, reading, needs, item.tile.text, at);
      return;
    }
    const touching = items[at - 1];
    if (namesSubject(items, at, reading)) {
      addDimension(reading, 'product', 'subject', /s\b/.test(item.tile.word.split(' ')[0] ?? ''));
      item.used = true;
      if (name === 'products_sold') return;
    }
    if (touching?.meaning.kind === 'metric' && reading.metrics.includes(touching.meaning.name)) {
      item.used = item.tile.word === 'paid';
      return;
    }
    item.used = true;
    if (
      name === 'branches_total' &&
      /\b(?:store|shop)s?\b/.test(item.tile.word) &&
      !/\bbranch|outlet/.test(item.tile.word)
    ) {
      const store = needs.values.valuesOf('branch_kind').find((value) => value.toLowerCase() === 'store');
      if (
        store !== undefined &&
        !reading.filters.some((filter) => filter.hits.some((hit) => hit.dimension === 'branch_kind'))
      ) {
        reading.filters.push({
          hits: [{ dimension: 'branch_kind', value: store }],
          negated: false,
          at,
          said: item.tile.text,
        });
      }
    }
    if (isCounted(items, at)) reading.howMany = true;
    if (!reading.metrics.includes(name)) reading.metrics.push(name);
  });
}

/** 'number of credit card payments': what stands between counts for nothing here. */
function isCounted(items: Item[], at: number): boolean {
  for (let before = beside(items, at, -1); before >= 0; before = beside(items, before, -1)) {
    const item = items[before];
    if (is(item, 'how-many')) return true;
    if (item?.meaning.kind !== 'value' && item?.meaning.kind !== 'segment') return false;
  }
  return false;
}
