import { countedBy } from './count-metrics.ts';
import { isStanding } from './metric-traits.ts';
import { RANKING } from './read-rankings.ts';
import { kin } from './read-selectors.ts';
import { type UnderstandNeeds } from './reading.ts';
import { beside, dimensionOf, type Item, is, metricOf, valueOf } from './reading-items.ts';
import { settleAccountNames, settleBills, settlePaidWith, settleVolume } from './settle-payments.ts';
import { settleShares } from './settle-shares.ts';

const RANK_OF_NEXT = /^(?:most|highest|least|lowest|fewest|greatest|maximum|minimum)$/;

/** Chooses among a tile's meanings by what stands around it. */
export function settleMeanings(items: Item[], needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    const metric = metricOf(item.tile);
    const dimension = dimensionOf(item.tile);
    const value = valueOf(item.tile);
    const before = items[beside(items, at, -1)];
    const after = items[beside(items, at, 1)];
    if (item.meaning.kind === 'dimension' && item.meaning.name === 'payment_method') {
      const refunds = items.some((other) => /\brefund|reimburse|given back/.test(other.tile.word));
      const other = item.tile.meanings.some(
        (one) => one.kind === 'dimension' && one.name === 'refund_method',
      );
      if (refunds && (other || needs.model.dimensions.has('refund_method')))
        item.meaning = { kind: 'dimension', name: 'refund_method' };
    }
    if (metric !== undefined && value?.hits.some((hit) => hit.dimension === 'refund_reason')) {
      if (items.some((other) => other !== item && /\b(?:refund|return)/.test(other.tile.word)))
        item.meaning = value;
    }
    if (
      item.meaning.kind === 'dimension' &&
      /^weekdays?$/.test(item.tile.word) &&
      needs.model.segments.has('on_weekdays')
    ) {
      const other = items.some((one) => one !== item && /^weekends?$/.test(one.tile.word));
      if (other && !is(before, 'by', 'each')) item.meaning = { kind: 'segment', name: 'on_weekdays' };
    }
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
    const listed = item.meaning.kind === 'metric' ? countedBy(item.meaning.name) : undefined;
    // 'which boots subcategory has sold best' lists them as well.
    const ofNamed = before?.meaning.kind === 'value' && is(after, 'top', 'bottom');
    const asked = ofNamed ? items[beside(items, at - 1, -1)] : before;
    if (listed !== undefined && needs.model.dimensions.has(listed) && is(asked, 'which', 'list'))
      item.meaning = { kind: 'dimension', name: listed };
    if (
      metric === 'highest_order_value' &&
      /\bsales?$/.test(item.tile.word) &&
      after?.meaning.kind === 'unit'
    )
      item.meaning = { kind: 'role', role: 'top' };
    if (
      listed !== undefined &&
      before?.meaning.kind === 'value' &&
      before.meaning.hits.some((hit) => hit.dimension === listed) &&
      / sold$/.test(item.tile.word)
    )
      item.meaning = { kind: 'role', role: 'sell' };
    const ranked = items.slice(0, at).some((one) => is(one, ...RANKING));
    const figure = RANKED_SEGMENTS[item.meaning.kind === 'segment' ? item.meaning.name : ''];
    if (figure && /^by /.test(item.tile.word) && ranked && needs.model.metrics.has(figure)) {
      const others = items.some((one) => one !== item && one.meaning.kind === 'metric');
      if (!others) item.meaning = { kind: 'metric', name: figure };
    }
    if (is(item, 'spend') && isBooked(items[at - 1]) && needs.model.metrics.has('expenses'))
      item.meaning = { kind: 'metric', name: 'expenses' };
    if (
      item.meaning.kind === 'dimension' &&
      item.meaning.name === 'coupon_used' &&
      is(before, 'which', 'list', ...RANKING)
    )
      item.meaning = { kind: 'dimension', name: 'coupon' };
    if (item.meaning.kind === 'unit' && is(before, 'by', 'each'))
      item.meaning = { kind: 'grain', grain: item.meaning.grain };
    if (
      item.meaning.kind === 'metric' &&
      item.meaning.name === 'revenue' &&
      is(before, 'how-many') &&
      /^sales?$/.test(item.tile.word)
    ) {
      if (needs.model.metrics.has('orders')) item.meaning = { kind: 'metric', name: 'orders' };
    }
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
  });
  settlePayments(items);
  settleBranches(items);
  settleShares(items);
  settleVerbs(items);
  settleAccountNames(items);
  settlePaidWith(items);
  settleBills(items);
  settleVolume(items);
  settleLeft(items);
  settleNow(items, needs);
}

/** 'northern branches, revenue': beside another figure the branches are what it is told by, unless they are counted. */
function settleBranches(items: Item[]): void {
  const others = items.some(({ meaning }) => meaning.kind === 'metric' && meaning.name !== 'branches_total');
  items.forEach((item, at) => {
    if (!others || item.meaning.kind !== 'metric' || item.meaning.name !== 'branches_total') return;
    const dimension = dimensionOf(item.tile);
    const judged = items.slice(at).some(({ meaning }) => meaning.kind === 'condition');
    if (dimension === undefined || (!judged && is(items[beside(items, at, -1)], 'how-many'))) return;
    item.meaning = { kind: 'dimension', name: dimension };
  });
}

const PAID = /\b(?:pay|pays|paid|paying|payments?|paid for)$/;

/** 'paid by invoice': what it was paid with, where there is such a way of paying. */
function settlePayments(items: Item[]): void {
  items.forEach((item, at) => {
    const value = valueOf(item.tile);
    const way = value?.hits.filter((hit) => hit.dimension === 'payment_method') ?? [];
    if (item.meaning.kind === 'value' || way.length === 0) return;
    const link = items[at - 1];
    const paid = items.slice(Math.max(0, at - 3), at).some((one) => PAID.test(one.tile.word));
    if (!link || !paid || !/^(?:by|with|via|using|on|through|in)$/.test(link.tile.word)) return;
    item.meaning = { kind: 'value', hits: way };
    link.meaning = { kind: 'role', role: 'stop' };
  });
}

/** 'top 3 cities by new customers' puts them in order by how many; 'top 3 products bought by new customers' narrows. */
const RANKED_SEGMENTS: Record<string, string> = {
  by_new_customers: 'new_customers',
  by_returning_customers: 'returning_customers',
};

/** 'how much stock do we have left'. */
function settleLeft(items: Item[]): void {
  const stock = items.some(({ meaning }) => meaning.kind === 'metric' && /^stock/.test(meaning.name));
  for (const item of items)
    if (stock && /^(?:left|remaining|in hand|over)$/.test(item.tile.word) && item.meaning.kind === 'unknown')
      item.meaning = { kind: 'role', role: 'stop' };
}

/** 'in stock right now': of what has no course over the day, now is when the data ends. */
function settleNow(items: Item[], needs: UnderstandNeeds): void {
  const now = items.find(
    ({ meaning, tile }) => meaning.kind === 'time' && /^(?:right )?now$/.test(tile.word),
  );
  if (!now) return;
  const standing = items.some(
    ({ meaning }) =>
      meaning.kind === 'metric' && (meaning.name === 'orders_late' || isStanding(meaning.name, needs.model)),
  );
  const status = items.some(
    ({ meaning }) =>
      meaning.kind === 'value' && meaning.hits.every(({ dimension }) => dimension === 'order_status'),
  );
  if (standing || status) now.meaning = { kind: 'role', role: 'stop' };
}

function standsForDimension(
  items: Item[],
  at: number,
  before: Item | undefined,
  after: Item | undefined,
): boolean {
  const item = items[at];
  if (!item) return false;
  const own = dimensionOf(item.tile) ?? '';
  const besideValue = [before, after].some(
    (one) =>
      one?.meaning.kind === 'value' &&
      one.meaning.hits.some((hit) => hit.dimension === own || kin(hit.dimension, own)),
  );
  if (besideValue || is(before, 'empty', 'known')) return true;
  // 'branches above £10,000': they are counted in no money.
  const inMoney = after?.meaning.kind === 'condition' && after.meaning.unit === 'money';
  if (inMoney && /^(?:branch|seller|category|subcategory|brand)$/.test(own)) return true;
  if (/^(?:delivery_time|shipping_time|refund_delay)$/.test(own) && after?.meaning.kind === 'condition')
    return true;
  if (own === 'unit_price') {
    const lead = items[at - 1]?.tile.word ?? '';
    return (
      is(before, 'by', 'each') ||
      (after?.meaning.kind === 'condition' && /^(?:at|at a|with|with a|a|for|priced at)$/.test(lead))
    );
  }
  const code =
    (after?.meaning.kind === 'unknown' || after?.meaning.kind === 'number') && /\d/.test(after.tile.text);
  if (code && /^(?:customer|order_number)$/.test(own)) return true;
  const afterNext = after ? items[beside(items, items.indexOf(after), 1)] : undefined;
  const followedByCondition =
    after?.meaning.kind === 'condition' ||
    (is(after, 'with', 'who') && items.slice(at).some((one) => one.meaning.kind === 'condition'));
  // 'the 10 best online customers', 'our biggest trade customers': a trait may stand in between.
  const lead = own === 'customer' ? behindTraits(items, at) : before;
  const nounOfTop =
    is(lead, 'top', 'bottom', 'expensive', 'cheap', 'popular') && !RANK_OF_NEXT.test(lead?.tile.word ?? '');
  if (lead !== before && lead?.meaning.kind === 'number') {
    const rank = items[beside(items, items.indexOf(lead), -1)];
    if (is(rank, 'which', 'top', 'bottom')) return true;
  }
  if (is(before, 'every') || /^rank(?:ing|ed)?$/.test(after?.tile.word ?? '')) return true;
  if (is(before, 'by') && / of$/.test(before?.tile.word ?? '')) return false;
  if (is(before, 'by', 'each')) {
    const ranked = items.slice(0, at).some((one) => is(one, ...RANKING));
    const subjectNamed = items
      .slice(0, at)
      .some(
        ({ meaning }) => meaning.kind === 'dimension' || meaning.kind === 'unit' || meaning.kind === 'time',
      );
    const metricNamed = items.slice(0, at).some((one) => one.meaning.kind === 'metric');
    const ranks = /^(?:order_number|customer|product)$/.test(own);
    return !(ranks && ranked && subjectNamed && !metricNamed && is(before, 'by'));
  }
  if (is(before, 'which', 'list') || nounOfTop)
    return (
      !is(before, 'which') ||
      before?.tile.word !== 'what' ||
      is(after, 'sell', 'earn', 'buy', 'spend', 'top', 'bottom', 'with') ||
      after?.meaning.kind === 'metric' ||
      after === undefined ||
      true
    ); // prettier-ignore
  if (before?.meaning.kind === 'number') {
    const beforeThat = items[beside(items, items.indexOf(before), -1)];
    if (is(beforeThat, 'which') || (is(beforeThat, 'top', 'bottom') && own !== 'order_number')) return true;
    if (is(beforeThat, 'top', 'bottom'))
      return !RANK_OF_NEXT.test(beforeThat?.tile.word ?? '') || followedByCondition;
  }
  if (is(before, 'how-many')) return followedByCondition || areCountedByChange(items, at);
  if (followedByCondition && !isConditionOn(items, at)) return true;
  if (
    is(after, 'by') &&
    afterNext &&
    metricOf(afterNext.tile) !== undefined &&
    dimensionOf(afterNext.tile) === undefined
  )
    return true;
  if (is(after, 'contains')) return true;
  if (before?.meaning.kind === 'condition') return false;
  if (isListed(items, items.indexOf(before as Item))) return true;
  const plainAfterOther = items.some(
    (one, index) =>
      index !== at &&
      one.meaning.kind === 'metric' &&
      dimensionOf(one.tile) === undefined &&
      !is(items[beside(items, index, -1)], 'with'),
  );
  const listed = is(before, 'and', 'versus') || is(after, 'and', 'versus');
  const raw = items[at - 1]?.tile.word ?? '';
  return plainAfterOther && !listed && /(?:^| )(?:of|from|for|to|by|in|per|our|all|the|among)$/.test(raw);
}

function behindTraits(items: Item[], at: number): Item | undefined {
  let next = beside(items, at, -1);
  while (items[next]?.meaning.kind === 'value' || items[next]?.meaning.kind === 'segment')
    next = beside(items, next, -1);
  return items[next];
}

/** 'by method and branch': what is joined to something that things are broken down by. */
function isListed(items: Item[], joint: number): boolean {
  if (!is(items[joint], 'and')) return false;
  const one = beside(items, joint, -1);
  return items[one]?.meaning.kind === 'dimension' && is(items[beside(items, one, -1)], 'by', 'each');
}

/** 'how many branches are down on last year': each is judged by a figure of its own. */
function areCountedByChange(items: Item[], at: number): boolean {
  const after = items.slice(at + 1);
  const own = dimensionOf(items[at]?.tile as Item['tile']);
  if (own === 'order_number' || own === 'customer') return false;
  return (
    after.some((one) => is(one, 'growth', 'versus', 'than') || one.meaning.kind === 'change') &&
    !after.some((one) => is(one, 'sell', 'buy', 'by', 'each'))
  );
}

/** 'orders over 100': the number is about this very word. */
function isConditionOn(items: Item[], at: number): boolean {
  const next = items[at + 1];
  return next?.meaning.kind === 'condition';
}

const PEOPLE = /^(?:people|customers|shoppers|buyers|clients|they|we)$/;

/** 'when do people order', 'what do customers buy': somebody has to do it, and 'order' is what they do. */
function settleVerbs(items: Item[]): void {
  const counted = items.some((item) => is(item, 'how-many'));
  items.forEach((item, at) => {
    const next = doneBy(items, at);
    if (!next || !PEOPLE.test(item.tile.word)) return;
    if (next.tile.word === 'order' && !is(items[at - 1], 'by', 'each'))
      next.meaning = items.slice(0, at).some(isTimely)
        ? { kind: 'metric', name: 'orders' }
        : { kind: 'role', role: 'buy' };
    const timed = items.slice(0, at).some(isTimely);
    if (next.tile.word === 'shop')
      next.meaning = timed ? { kind: 'metric', name: 'orders' } : { kind: 'role', role: 'buy' };
    const asked = items.slice(0, at).some((one) => /\b(?:what|which|when|how|where)\b/.test(one.tile.word));
    const does =
      is(next, 'buy') ||
      /^(?:order|shop)$/.test(next.tile.word) ||
      /^(?:return|want|send back)$/.test(next.tile.word) ||
      (next.meaning.kind === 'metric' && /^(?:spend|pay|buy) /.test(next.tile.word));
    const subject = is(items[at - 1], 'which', 'list');
    if (asked && !counted && does && !subject && item.meaning.kind !== 'role')
      item.meaning = { kind: 'role', role: 'stop' };
  });
}

/** 'marketing spend': the name of an account says that it is about what was booked. */
function isBooked(item: Item | undefined): boolean {
  return item?.meaning.kind === 'value' && item.meaning.hits.every((hit) => hit.dimension === 'account');
}

/** What people do: 'do people shop', 'did customers from Ireland buy'. */
function doneBy(items: Item[], at: number): Item | undefined {
  const touching = items[at + 1];
  if (!touching || !/^(?:from|in|of)$/.test(touching.tile.word)) return touching;
  return items.slice(at + 2).find(({ meaning }) => meaning.kind !== 'value');
}

/** 'the Leeds shop': the noun says what kind of place is meant. */
function isPlace(item: Item | undefined): boolean {
  return (
    item?.meaning.kind === 'value' &&
    item.meaning.hits.some((hit) => /^(?:branch|branch_city|city|region)$/.test(hit.dimension))
  );
}

/** 'at what hour', 'on which weekday', 'when'. */
function isTimely({ meaning, tile }: Item): boolean {
  if (meaning.kind === 'dimension') return /^(?:hour_of_day|weekday)$/.test(meaning.name);
  return meaning.kind === 'unit' || tile.word === 'when';
}
