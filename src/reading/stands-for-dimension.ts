import { RANKING } from './read-rankings.ts';
import { kin } from './read-selectors.ts';
import { beside, dimensionOf, type Item, is, metricOf } from './reading-items.ts';

const RANK_OF_NEXT = /^(?:most|highest|least|lowest|fewest|greatest|maximum|minimum)$/;

/** Whether a word that names a figure and what figures are told by ('customers', 'orders') is the latter here. */
export function standsForDimension(
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
    // 'brands by orders: top four' puts them in order by how many, too.
    const rankedLater =
      items.slice(at + 1).some((one) => is(one, ...RANKING)) &&
      !items.some((one) => one !== item && one.meaning.kind === 'metric');
    return !(ranks && (ranked || rankedLater) && subjectNamed && !metricNamed && is(before, 'by'));
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
