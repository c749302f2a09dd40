import { countedBy, countedIn } from './count-metrics.ts';
import { RANKING } from './read-rankings.ts';
import type { UnderstandNeeds } from './reading.ts';
import { beside, dimensionOf, type Item, is, metricOf, valueOf } from './reading-items.ts';
import { standsForDimension } from './stands-for-dimension.ts';

/** One word with its neighbours; what the tile could mean, whatever it is taken for so far. */
export type Spot = {
  item: Item;
  at: number;
  items: Item[];
  before: Item | undefined;
  after: Item | undefined;
  metric: string | undefined;
  dimension: string | undefined;
  value: ReturnType<typeof valueOf>;
  needs: UnderstandNeeds;
};

export function spotOf(items: Item[], at: number, needs: UnderstandNeeds): Spot {
  const item = items[at] as Item;
  return {
    item,
    at,
    items,
    before: items[beside(items, at, -1)],
    after: items[beside(items, at, 1)],
    metric: metricOf(item.tile),
    dimension: dimensionOf(item.tile),
    value: valueOf(item.tile),
    needs,
  };
}

/** In this order: a later one sees what an earlier one chose. */
export const BY_NEIGHBOURS: readonly ((spot: Spot) => void)[] = [
  settleRefundMethod,
  settleRefundReason,
  settleWeekdays,
  settleKind,
  settleAskedFor,
  settleListed,
  settleRankedSegment,
  settleSpend,
  settleCoupon,
  settleGrain,
  settleSales,
  settleWhat,
];

/** 'how was it given back': the way of a refund, not of a payment. */
function settleRefundMethod({ item, items, needs }: Spot): void {
  if (item.meaning.kind === 'dimension' && item.meaning.name === 'payment_method') {
    const refunds = items.some((other) => /\brefund|reimburse|given back/.test(other.tile.word));
    const other = item.tile.meanings.some((one) => one.kind === 'dimension' && one.name === 'refund_method');
    if (refunds && (other || needs.model.dimensions.has('refund_method')))
      item.meaning = { kind: 'dimension', name: 'refund_method' };
  }
}

/** 'refunds for late delivery': a figure's name that is a reason for refunds, too. */
function settleRefundReason({ item, items, metric, value }: Spot): void {
  if (metric !== undefined && value?.hits.some((hit) => hit.dimension === 'refund_reason')) {
    if (items.some((other) => other !== item && /\b(?:refund|return)/.test(other.tile.word)))
      item.meaning = value;
  }
}

/** 'weekdays against weekends': those days, and not each of them. */
function settleWeekdays({ item, items, before, needs }: Spot): void {
  if (
    item.meaning.kind === 'dimension' &&
    /^weekdays?$/.test(item.tile.word) &&
    needs.model.segments.has('on_weekdays')
  ) {
    const other = items.some((one) => one !== item && /^weekends?$/.test(one.tile.word));
    if (other && !is(before, 'by', 'each')) item.meaning = { kind: 'segment', name: 'on_weekdays' };
  }
}

/** A figure, what figures are told by, or a name: by what stands beside it. */
function settleKind({ item, at, items, before, after, metric, dimension, value }: Spot): void {
  if (metric !== undefined && dimension !== undefined) {
    const asDimension = standsForDimension(items, at, before, after);
    item.meaning = asDimension ? { kind: 'dimension', name: dimension } : { kind: 'metric', name: metric };
  } else if (dimension !== undefined && value && item.meaning.kind === 'dimension') {
    const plural = /s$/.test(item.tile.word);
    const asDimension =
      plural ||
      /^rank(?:ing|ed)?$/.test(after?.tile.word ?? '') ||
      is(before, 'by', 'each', 'which', 'list', 'top', 'bottom', 'how-many') ||
      before?.meaning.kind === 'number'; // prettier-ignore
    const named = dimension === 'branch' && (isPlace(items[at - 1]) || isPlace(items[at + 1]));
    if (!asDimension && !named && value.hits.length > 0) item.meaning = value;
  } else if (metric !== undefined && value && item.meaning.kind === 'metric') {
    const introduced = is(before, 'not', 'only') || before?.meaning.kind === 'dimension';
    if (
      introduced &&
      !/^sales?$/.test(item.tile.word) &&
      items.some((other) => other !== item && metricOf(other.tile))
    )
      item.meaning = value;
  }
}

/** 'by weekend', 'which Saturday': what is asked for, and not when. */
function settleAskedFor({ item, items, before, after, metric, dimension }: Spot): void {
  if (
    dimension !== undefined &&
    metric === undefined &&
    (item.meaning.kind === 'time' || item.meaning.kind === 'segment')
  ) {
    const plain = item.meaning.kind === 'time' && item.meaning.time.kind !== 'weekdays';
    const counted =
      before?.meaning.kind === 'number' &&
      is(items[beside(items, items.indexOf(before), -1)], 'top', 'bottom');
    const asked =
      counted ||
      is(before, 'by', 'each', 'which', 'list', 'top', 'bottom') ||
      is(after, 'busy', 'top', 'bottom');
    if (!plain && asked) item.meaning = { kind: 'dimension', name: dimension };
  }
}

/** 'which products sold best': they are listed, not counted. */
function settleListed({ item, at, items, before, after, metric, needs }: Spot): void {
  const listed = item.meaning.kind === 'metric' ? countedBy(item.meaning.name) : undefined;
  // 'which boots subcategory has sold best' lists them as well.
  const ofNamed = before?.meaning.kind === 'value' && is(after, 'top', 'bottom');
  const asked = ofNamed ? items[beside(items, at - 1, -1)] : before;
  if (listed !== undefined && needs.model.dimensions.has(listed) && is(asked, 'which', 'list'))
    item.meaning = { kind: 'dimension', name: listed };
  const counted = item.meaning.kind === 'metric' ? countedIn(item.meaning.name) : undefined;
  const asker = before?.meaning.kind === 'number' ? items[beside(items, items.indexOf(before), -1)] : before;
  const sold = / s(?:old|ells?|elling)$/.test(item.tile.word);
  // 'which 3 products sold the most in each branch', 'what in each category sold best'.
  if (counted !== undefined && sold && is(after, ...RANKING) && is(asker, 'which', 'list', 'each', 'by'))
    item.meaning = { kind: 'dimension', name: counted };
  // 'products that sold over 100 units': which ones, where nobody asks how many.
  const those = /^\p{L}+ (?:that|which) s(?:old|ell|hifted)$/u.test(item.tile.word);
  const alone = before === undefined || item.meaning.kind !== 'metric' || is(before, 'list', 'and');
  if (counted !== undefined && those && alone && after?.meaning.kind === 'condition')
    item.meaning = { kind: 'dimension', name: counted };
  if (metric === 'highest_order_value' && /\bsales?$/.test(item.tile.word) && after?.meaning.kind === 'unit')
    item.meaning = { kind: 'role', role: 'top' };
  if (
    listed !== undefined &&
    before?.meaning.kind === 'value' &&
    before.meaning.hits.some((hit) => hit.dimension === listed) &&
    / sold$/.test(item.tile.word)
  )
    item.meaning = { kind: 'role', role: 'sell' };
}

/** 'top 3 cities by new customers': ranked by how many there are. */
function settleRankedSegment({ item, at, items, needs }: Spot): void {
  const ranked = items.slice(0, at).some((one) => is(one, ...RANKING));
  const figure = RANKED_SEGMENTS[item.meaning.kind === 'segment' ? item.meaning.name : ''];
  if (figure && /^by /.test(item.tile.word) && ranked && needs.model.metrics.has(figure)) {
    const others = items.some((one) => one !== item && one.meaning.kind === 'metric');
    if (!others) item.meaning = { kind: 'metric', name: figure };
  }
}

/** 'top 3 cities by new customers' puts them in order by how many; 'top 3 products bought by new customers' narrows. */
const RANKED_SEGMENTS: Record<string, string> = {
  by_new_customers: 'new_customers',
  by_returning_customers: 'returning_customers',
};

/** 'marketing spend' is what was booked. */
function settleSpend({ item, at, items, needs }: Spot): void {
  if (is(item, 'spend') && isBooked(items[at - 1]) && needs.model.metrics.has('expenses'))
    item.meaning = { kind: 'metric', name: 'expenses' };
}

/** 'which coupons': their codes, not whether there was one. */
function settleCoupon({ item, before }: Spot): void {
  if (
    item.meaning.kind === 'dimension' &&
    item.meaning.name === 'coupon_used' &&
    is(before, 'which', 'list', ...RANKING)
  )
    item.meaning = { kind: 'dimension', name: 'coupon' };
}

/** 'by month'. */
function settleGrain({ item, before }: Spot): void {
  if (item.meaning.kind === 'unit' && is(before, 'by', 'each'))
    item.meaning = { kind: 'grain', grain: item.meaning.grain };
}

/** 'how many sales' are counted. */
function settleSales({ item, before, needs }: Spot): void {
  if (
    item.meaning.kind === 'metric' &&
    item.meaning.name === 'revenue' &&
    is(before, 'how-many') &&
    /^sales?$/.test(item.tile.word)
  ) {
    if (needs.model.metrics.has('orders')) item.meaning = { kind: 'metric', name: 'orders' };
  }
}

/** 'what did we sell': 'what' asks for one of them only before a noun. */
function settleWhat({ item, after }: Spot): void {
  if (
    is(item, 'which') &&
    item.tile.word === 'what' &&
    item.tile.meanings.some((one) => one.kind === 'role' && one.role === 'stop')
  ) {
    const next = after?.meaning;
    const noun =
      next?.kind === 'dimension' ||
      next?.kind === 'unit' ||
      (next?.kind === 'metric' && countedBy(next.name) !== undefined) ||
      (after && dimensionOf(after.tile) !== undefined);
    if (!noun && !is(after, 'top', 'bottom')) item.meaning = { kind: 'role', role: 'stop' };
  }
}

/** 'marketing spend': the name of an account says that it is about what was booked. */
function isBooked(item: Item | undefined): boolean {
  return item?.meaning.kind === 'value' && item.meaning.hits.every((hit) => hit.dimension === 'account');
}

/** 'the Leeds shop': the noun says what kind of place is meant. */
function isPlace(item: Item | undefined): boolean {
  return (
    item?.meaning.kind === 'value' &&
    item.meaning.hits.some((hit) => /^(?:branch|branch_city|city|region)$/.test(hit.dimension))
  );
}
