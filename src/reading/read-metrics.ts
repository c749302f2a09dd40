import { type ValueHit } from '../vocabulary/value-index.ts';
import { isDuration } from './metric-traits.ts';
import { addDimension } from './read-breakdowns.ts';
import { RANKING } from './read-rankings.ts';
import { type Reading, type UnderstandNeeds } from './reading.ts';
import { beside, type Item, is, metricOf, valueOf } from './reading-items.ts';

/** 'which product is returned the most': the phrase for the figure begins with what is ranked. */
function namesSubject(items: Item[], at: number, reading: Reading, counted: string | undefined): boolean {
  const item = items[at];
  const listed = is(items[beside(items, at, -1)], 'which', 'list') && counted === 'products';
  if (
    (!reading.ranking && !listed) ||
    reading.dimensions.length > 0 ||
    reading.subjectUnit ||
    !/^(?:product|item|article)s? /.test(item?.tile.word ?? '')
  )
    return false;
  return (
    is(items[beside(items, at, -1)], 'which', 'list', ...RANKING) ||
    items[beside(items, at, -1)]?.meaning.kind === 'number'
  );
}

/** 'revenue of delivered orders': the second noun narrows the first, it is not a second figure. */
function restricts(items: Item[], at: number): boolean {
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
function restrictTo(
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

export function readMetrics(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const restricted: number[] = [];
  items.forEach((item, at) => {
    if (item.meaning.kind === 'segment' && !item.used) {
      item.used = true;
      const judge = reading.ranking ? JUDGED_BY[item.tile.word] : undefined;
      if (judge !== undefined && needs.model.metrics.has(judge) && reading.metrics.length === 0) {
        reading.metrics.push(judge);
        return;
      }
      const figure = FIGURES_OF_SEGMENTS.find(([said]) => said.test(item.tile.word))?.[1];
      const others = items.some(({ meaning }) => meaning.kind === 'metric');
      if (figure !== undefined && !others && needs.model.metrics.has(figure)) reading.metrics.push(figure);
      if (!reading.segments.includes(item.meaning.name)) reading.segments.push(item.meaning.name);
      reading.said[item.meaning.name] ??= item.tile.text.toLowerCase();
    }
    if (item.meaning.kind !== 'metric' || item.used) return;
    const { name } = item.meaning;
    if (
      (restricts(items, at) || continuesRestriction(items, at, restricted)) &&
      reading.metrics.length > 0 &&
      restrictTo(name, reading, needs, item.tile.text, at)
    ) {
      restricted.push(at);
      item.used = true;
      return;
    }
    if (isBookedName(items, at, reading)) return;
    const narrower = narrowedBy(items, at, reading) ?? havingOne(items, at, reading);
    if (narrower !== undefined && needs.model.metrics.has(narrower)) {
      const kept = isAskedBeside(items, at) ? reading.metrics : reading.metrics.slice(0, -1);
      reading.metrics = [...kept.filter((one) => one !== narrower), narrower];
      item.used = true;
      return;
    }
    if (isUnitOfOther(item, items, needs) || isVerbOfOther(item, items)) {
      item.used = true;
      return;
    }
    const touching = items[at - 1];
    if (namesSubject(items, at, reading, unitOf(name, needs))) {
      addDimension(reading, 'product', 'subject', /s\b/.test(item.tile.word.split(' ')[0] ?? ''));
      item.used = true;
      if (name === 'products_sold') return;
    }
    if (
      touching?.meaning.kind === 'metric' &&
      /orders$/.test(touching.meaning.name) &&
      takesTime(name, needs)
    )
      reading.metrics = reading.metrics.filter((one) => one !== metricOf(touching.tile));
    else if (
      touching?.meaning.kind === 'metric' &&
      reading.metrics.includes(touching.meaning.name) &&
      !name.endsWith('_variance')
    ) {
      item.used =
        item.tile.word === 'paid' ||
        (isMoney(touching.meaning.name, needs) && SAYS_MONEY.test(item.tile.word));
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
    reading.said[name] ??= item.tile.word;
    againstBudget(name, item, items, reading);
    if (!reading.metrics.includes(name)) reading.metrics.push(name);
  });
}

/** 'how much shipping did we pay', 'rent paid this year': what was paid is the figure or the account. */
function isVerbOfOther(item: Item, items: Item[]): boolean {
  if (!/^(?:(?:customers|people|we|they) )?(?:pay|paid|paying)$/.test(item.tile.word)) return false;
  return items.some(
    (other) =>
      other !== item &&
      (other.meaning.kind === 'metric' ||
        (other.meaning.kind === 'value' && other.meaning.hits.every((hit) => hit.dimension === 'account'))),
  );
}

/** 'how many units of boots are in stock': what is counted in units is another figure. */
function isUnitOfOther(item: Item, items: Item[], needs: UnderstandNeeds): boolean {
  if (!/^(?:units?|pieces?|pairs?|items?)$/.test(item.tile.word)) return false;
  return items.some((other) => {
    if (other === item || other.meaning.kind !== 'metric' || other.meaning.name === 'units') return false;
    const unit = needs.model.metrics.get(other.meaning.name)?.unit;
    return unit?.kind === 'count' && unit.of === 'units';
  });
}

/** 'online orders on Cyber Monday': the noun within the name is the figure, when there is no other. */
const FIGURES_OF_SEGMENTS: [said: RegExp, metric: string][] = [
  [/\b(?:orders|redemptions|redeemed|usage|use|(?:use|usage) of coupons)$/, 'orders'],
  [/\bsales$/, 'revenue'],
];

/** 'top cities by new customers': in order of how many there are. */
const JUDGED_BY: Record<string, string> = {
  'by new customer': 'new_customers',
  'by new customers': 'new_customers',
  'by returning customers': 'returning_customers',
};

/** 'number of credit card payments': what stands between counts for nothing here. */
function isCounted(items: Item[], at: number): boolean {
  for (let before = beside(items, at, -1); before >= 0; before = beside(items, before, -1)) {
    const item = items[before];
    if (is(item, 'how-many')) return true;
    if (item?.meaning.kind !== 'value' && item?.meaning.kind !== 'segment') return false;
  }
  return false;
}

/** 'for new customers vs returning customers': the second noun narrows as the first does. */
function continuesRestriction(items: Item[], at: number, restricted: number[]): boolean {
  const joint = beside(items, at, -1);
  return is(items[joint], 'and', 'or', 'versus', 'than') && restricted.includes(beside(items, joint, -1));
}

const SAYS_MONEY = /^(?:revenues?|sales|amounts?|income|turnover|takings|money|value|total)$/;

/** 'how long did orders take to ship': of orders, how long it took is asked. */
function takesTime(name: string, needs: UnderstandNeeds): boolean {
  const metric = needs.model.metrics.get(name);
  return metric !== undefined && isDuration(metric);
}

function unitOf(name: string, needs: UnderstandNeeds): string | undefined {
  const unit = needs.model.metrics.get(name)?.unit;
  return unit?.kind === 'count' ? unit.of : undefined;
}

function isMoney(name: string, needs: UnderstandNeeds): boolean {
  return needs.model.metrics.get(name)?.unit.kind === 'money';
}

/** Words for figures that a town or a brand may be called too: 'sellers who had sales'. */
const PLAIN_FIGURE =
  /^(?:sales?|revenues?|orders?|units?|items?|customers?|payments?|refunds?|returns?|costs?|margin|profit|income|turnover|expenses|budget)$/;

/** 'city sales', 'account sales'. */
function isNamedByKind(items: Item[], at: number, hits: { dimension: string }[]): boolean {
  const before = items[beside(items, at, -1)]?.meaning;
  return before?.kind === 'dimension' && hits.some((hit) => hit.dimension === before.name);
}

/** 'revenue from postage' where a product has that name: the name narrows, it is no second figure. */
function isBookedName(items: Item[], at: number, reading: Reading): boolean {
  const item = items[at];
  const value = item ? valueOf(item.tile) : undefined;
  if (!item || !value || reading.metrics.length === 0 || !restricts(items, at)) return false;
  if (PLAIN_FIGURE.test(item.tile.word) && !isNamedByKind(items, at, value.hits)) return false;
  if (reading.metrics.some((name) => /^expense/.test(name)) && value.hits.every(isOfExpenses)) {
    item.used = true;
    return true;
  }
  item.meaning = value;
  return true;
}

/** 'over budget on costs': costs are what is over it. */
function isOfExpenses({ dimension, value }: ValueHit): boolean {
  return dimension === 'account_kind' && /^expenses?$/i.test(value);
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
function narrowedBy(items: Item[], at: number, reading: Reading): string | undefined {
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
function isAskedBeside(items: Item[], at: number): boolean {
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

function havingOne(items: Item[], at: number, reading: Reading): string | undefined {
  const { meaning } = items[at] ?? {};
  const name = meaning?.kind === 'metric' ? HAVING_ONE[meaning.name] : undefined;
  return name !== undefined && reading.metrics.at(-1) === 'orders' && restricts(items, at) ? name : undefined;
}

/** 'which branches are over budget': those whose expenses are above it. */
function againstBudget(name: string, item: Item, items: Item[], reading: Reading): void {
  if (name === 'revenue_budget') targetMissed(items, reading);
  if (name === 'expense_budget') overTheirs(items, reading);
  if (name !== 'expense_variance' && name !== 'revenue_variance') return;
  const { word } = item.tile;
  const over = /\b(?:over budget|overspen\w+|above budget|ahead of budget)\b/.test(word);
  const under =
    /\b(?:under budget|below budget|within budget|underspen\w+|behind budget|short of budget)\b/.test(word);
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many')) || areThose(items, item);
  if ((!over && !under) || !asked || reading.dimensions.length === 0 || EITHER_SIDE.test(reading.text))
    return;
  const operator = over ? 'more-than' : word.includes('within') ? 'at-most' : 'less-than';
  reading.soFar ??= 'year';
  reading.conditions.push({ metric: name, dimension: null, operator, values: ['0'], unit: null, of: null });
}

/** 'over or under budget' picks out neither. */
const EITHER_SIDE =
  /\b(?:over|above|ahead(?: of)?)(?: budget)? ?(?:or|and|\/|&) ?(?:under|below|behind)\b|\b(?:under|below|behind)(?: budget)? ?(?:or|and|\/|&) ?(?:over|above|ahead)\b/i;

/** 'shops over budget in May', 'stores that are ahead of budget': those that are, and no others. */
function areThose(items: Item[], item: Item): boolean {
  const at = beside(items, items.indexOf(item), -1);
  const noun = items[at];
  return (
    noun?.meaning.kind === 'dimension' &&
    /s$/.test(noun.tile.word) &&
    !is(items[beside(items, at, -1)], 'by', 'each')
  );
}

/** 'which branches missed their sales target': those whose revenue is below it. */
function targetMissed(items: Item[], reading: Reading): void {
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many'));
  if (!asked || reading.dimensions.length === 0) return;
  const missed = /\b(?:missed|below|under|behind|short of)\b/i.test(reading.text);
  const reached = /\b(?:hit|beat|met|exceeded|reached|above|over|ahead of)\b/i.test(reading.text);
  if (missed === reached) return;
  reading.conditions.push({
    metric: 'revenue_variance',
    dimension: null,
    operator: missed ? 'less-than' : 'at-least',
    values: ['0'],
    unit: null,
    of: null,
  });
}

/** 'which branches were over their energy budget': the name of an account stands between. */
function overTheirs(items: Item[], reading: Reading): void {
  const asked = items.some((one) => is(one, 'which', 'list', 'who', 'how-many'));
  const [, side = ''] = OVER_THEIRS.exec(reading.text) ?? [];
  if (!asked || reading.dimensions.length === 0 || side === '') return;
  const operator = /^(?:over|above|exceeded|overspent)/i.test(side)
    ? 'more-than'
    : /^within/i.test(side)
      ? 'at-most'
      : 'less-than';
  reading.soFar ??= 'year';
  const metric = 'expense_variance';
  reading.metrics.push('expenses');
  reading.conditions.push({ metric, dimension: null, operator, values: ['0'], unit: null, of: null });
}

const OVER_THEIRS =
  /\b(over|above|exceeded|overspent|under|below|within|underspent)(?: on)? (?:their|its|the|our) (?:[\p{L}&]+ ){0,3}budgets?\b/iu;
