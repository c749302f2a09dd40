import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import { countOf } from '../reading/count-metrics.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import { impliedOfPlace } from './imply-revenue.ts';

/** 'how many gift cards did we sell': what is paid with is not what is sold. */
export function isOnlyPaidBy(reading: Reading): boolean {
  return (
    reading.filters.length === 1 &&
    reading.filters.every(({ hits }) => hits.every((hit) => hit.dimension === 'payment_method'))
  );
}

/** What is counted when one asks for the most common of these. */
export const USED: Record<string, string> = {
  payment_method: 'payment_count',
  installments: 'payment_count',
  refund_reason: 'refund_count',
  refund_method: 'refund_count',
  channel: 'orders',
  coupon: 'orders',
  country: 'orders',
  state: 'orders',
  city: 'orders',
  branch: 'orders',
  region: 'orders',
  order_status: 'orders',
  hour_of_day: 'orders',
  weekday: 'orders',
  order_size: 'orders',
}; // prettier-ignore

/** 'are we ahead of last year' is about the business as a whole. */
export const AHEAD = /\bare we (?:\w+ )?(?:ahead|behind|up|down|doing better|doing worse)\b/i;

export const PRODUCT_LIKE = /^(?:product|product_id|sku|category|subcategory|department|brand)$/;

/** By what is paid with, payments are meant before all else. */
function candidatesFor(reading: Reading): string[] {
  const paid = reading.dimensions.some((one) => /^(?:payment_method|installments)$/.test(one.name));
  // What earns the most is not what takes the most.
  if (/\bprofitable$/.test(reading.ranking?.word ?? '')) return ['gross_margin'];
  return paid ? ['payments', ...CANDIDATES] : CANDIDATES;
}

const CANDIDATES = ['revenue', 'orders', 'payments', 'refunds', 'expenses', 'stock_on_hand'];

export function impliedMetric(
  reading: Reading,
  model: SemanticModel,
  reach: Reach,
): { metric: string; note: string | null } | undefined {
  const { roles } = reading;
  const pick = (metric: string, note: string | null): { metric: string; note: string | null } | undefined =>
    model.metrics.has(metric) ? { metric, note } : undefined;
  const productFilter = reading.filters.some((filter) =>
    filter.hits.some((hit) => PRODUCT_LIKE.test(hit.dimension)),
  );
  const productSubject = reading.dimensions.some(
    (one) => one.how === 'subject' && PRODUCT_LIKE.test(one.name),
  );
  const subject = reading.dimensions.find((one) => one.how === 'subject');
  const customers =
    reading.dimensions.some((one) => /^customer/.test(one.name)) ||
    reading.filters.some((filter) =>
      filter.hits.some((hit) => /^customer|^country$|^city$|^state$/.test(hit.dimension)),
    ) ||
    roles.has('who');
  if (roles.has('busy')) return pick('orders', "'busiest' was read as the most orders");
  if (roles.has('quiet')) return pick('orders', "'quietest' was read as the fewest orders");
  if (roles.has('expensive') || roles.has('cheap'))
    return pick('average_selling_price', 'by average selling price');
  const used = reading.dimensions.find((one) => USED[one.name] !== undefined);
  const ranked = reading.ranking !== null && /\bused?\b/i.test(reading.text);
  if ((roles.has('popular') || ranked) && used) {
    return pick(
      USED[used.name] ?? 'orders',
      `'${reading.ranking?.word ?? 'popular'}' was read as the most often`,
    );
  }
  if (roles.has('popular') || /popular|least sold/.test(reading.ranking?.word ?? ''))
    return pick('units', "'popular' was read as units sold");
  const judged =
    subject !== undefined &&
    ['growth', 'versus', 'than'].some(
      (role) =>
        roles.has(role as Role) && !(role === 'versus' && reading.distinct && reading.periods.comparison),
    );
  const reasons = reading.dimensions.some(({ name }) => /^refund_(?:reason|method)$/.test(name));
  if (reasons && !reading.ranking && !roles.has('spend') && !roles.has('how-much') && !roles.has('list'))
    return pick('refund_count', 'by the number of refunds');
  // 'products that sold over 100 units' have said by what they are measured.
  const [condition, another] = reading.conditions;
  const sold = roles.has('sell') || /\b(?:that|which) sold\b/i.test(reading.text);
  if (condition?.metric && !another && sold && reading.dimensions.length === 1)
    return pick(condition.metric, null);
  if (reading.conditions.length > 0 && /\b(?:that|which) sold\b/i.test(reading.text))
    return pick('revenue', 'measured by revenue');
  const forReason = reading.filters.some(({ hits }) =>
    hits.every((hit) => hit.dimension === 'refund_reason'),
  );
  if (forReason && !roles.has('spend') && !roles.has('how-much') && !roles.has('sell'))
    return pick('refund_count', 'by the number of refunds');
  if (roles.has('how-many') && !judged) {
    const moving = roles.has('sell') || roles.has('buy');
    const use = usedBy(reading);
    if (use !== undefined && !subject) return pick(use, null);
    if (productFilter && (moving || !subject) && !(reading.distinct && subject))
      return pick('units', 'counted in units');
    if (subject && reading.conditions.length === 0) {
      if (moving && subject.name === 'product' && !reading.ranking && !reading.distinct) {
        reading.dimensions = reading.dimensions.filter((one) => one !== subject);
        return pick('units', 'counted in units');
      }
      const onFile = /\b(?:range|catalog|catalogue|assortment|portfolio|on file|do we have|are there)\b/i;
      const count =
        subject.name === 'product' && onFile.test(reading.text)
          ? 'products_total'
          : countOf(subject.name, model);
      if (count && (!reading.ranking || (reading.distinct && reading.dimensions.length > 1))) {
        reading.dimensions = reading.dimensions.filter((one) => one !== subject);
        return pick(count, null);
      }
      if (!reading.ranking) {
        return pick('orders', 'each one is listed; the number of rows is the count');
      }
    }
    if (roles.has('buy') && !subject) return pick('orders', null);
    if (reading.filters.some((filter) => filter.hits.some((hit) => hit.dimension === 'order_status')))
      return pick('orders', null);
    if (roles.has('sell') && !isOnlyPaidBy(reading)) return pick('units', 'counted in units');
  }
  if (roles.has('spend')) {
    const elsewhere = reading.dimensions.some((one) => !reach.dimension('expenses', one.name));
    return customers || elsewhere
      ? pick('revenue', 'what customers spent was read as revenue')
      : pick('expenses', null);
  }
  if (roles.has('sell') && /\b(?:sell|sold|selling) (?:the )?most of\b/i.test(reading.text))
    return pick('units', 'measured by units sold');
  if (roles.has('sell') && isOnlyPaidBy(reading)) return undefined;
  if (productFilter && areSold(reading)) return pick('units', 'counted in units');
  if (roles.has('sell') || roles.has('earn') || roles.has('buy')) {
    return pick(
      'revenue',
      roles.has('buy')
        ? 'what was bought was read as revenue'
        : roles.has('earn')
          ? 'read as revenue'
          : 'measured by revenue',
    ); // prettier-ignore
  }
  const methods = reading.filters.some(({ hits }) => hits.every((hit) => hit.dimension === 'payment_method'));
  if (methods && (roles.has('how-much') || /\b(?:money|totals?|amounts?|sum)\b/i.test(reading.text)))
    return pick('payments', null);
  if (reading.ranking && subject?.name === 'refund_reason' && (roles.has('worth') || roles.has('spend')))
    return pick('refunds', null);
  if (
    reading.dimensions.length === 1 &&
    reading.dimensions[0]?.name === 'refund_reason' &&
    !reading.ranking &&
    !roles.has('share') &&
    !roles.has('list') &&
    !roles.has('which')
  )
    return pick('refund_count', 'by the number of refunds');
  if (reading.ranking && subject?.name === 'refund_reason')
    return pick('refund_count', 'by the number of refunds');
  if (reading.ranking && (subject || reading.subjectUnit || reading.dimensions.length > 0)) {
    const reached = candidatesFor(reading).find(
      (name) => model.metrics.has(name) && reading.dimensions.every((one) => reach.dimension(name, one.name)),
    );
    if (reached)
      return pick(
        reached,
        `'${reading.ranking.word}' was read as by ${(model.metrics.get(reached)?.label ?? reached).toLowerCase()}`,
      );
  }
  const pair = reading.filters.filter((filter) => !filter.negated).length > 1;
  if (pair && reading.periods.span && (roles.has('compare') || roles.has('than')))
    return pick('revenue', 'measured by revenue');
  const things = reading.filters.length + reading.segments.length;
  if (roles.has('versus') && reading.filters.length > 1) return pick('revenue', 'measured by revenue');
  if (roles.has('share') && things > 1) return pick('revenue', 'measured by revenue');
  if (
    (roles.has('compare') || roles.has('versus') || roles.has('growth')) &&
    reading.periods.comparison &&
    (productFilter || subject || AHEAD.test(reading.text))
  )
    return pick('revenue', 'measured by revenue');
  const broken = reading.dimensions.length > 0;
  if (
    broken &&
    ((roles.has('growth') && reading.periods.comparison) || (roles.has('share') && !roles.has('again')))
  )
    return pick('revenue', 'measured by revenue');
  if (roles.has('growth') && reading.change !== null && reading.periods.span !== undefined && things === 0)
    return pick('revenue', 'measured by revenue');
  if (roles.has('growth') && subject && (reading.periods.span !== undefined || reading.change !== null))
    return pick('revenue', 'measured by revenue');
  if (reading.conditions.some((condition) => condition.metric !== null)) {
    return pick(reading.conditions.find((condition) => condition.metric !== null)?.metric ?? '', null);
  }
  if (
    (roles.has('list') || roles.has('which') || productSubject) &&
    reading.dimensions.length > 0 &&
    !roles.has('by')
  ) {
    const reached = candidatesFor(reading).find(
      (name) => model.metrics.has(name) && reading.dimensions.every((one) => reach.dimension(name, one.name)),
    );
    if (reached)
      return pick(reached, `those that have ${(model.metrics.get(reached)?.label ?? reached).toLowerCase()}`);
  }
  return impliedOfPlace(reading, model, reach);
}

/** 'boots sold per month': things that are sold are counted; 'boots sold for' and 'sold best' ask for what they brought. */
function areSold({ filters, text, roles, ranking }: Reading): boolean {
  if (ranking || roles.has('how-much') || roles.has('worth')) return false;
  return filters.some(({ said, negated }) => {
    const at = negated ? -1 : text.toLowerCase().lastIndexOf(said.toLowerCase());
    return (
      at >= 0 &&
      /^ (?:we |were |was |have |been |got )*sold\b(?! for| best| most| off| out)/i.test(
        text.slice(at + said.length),
      )
    );
  });
}

/** 'how many times was WALK15 used': of a code or a way of paying that is named, its uses are counted. */
function usedBy({ filters, text }: Reading): string | undefined {
  if (!/\b(?:uses?|used|using|redeemed|redemptions|applied|times|often)\b/i.test(text)) return undefined;
  const named = new Set(
    filters.flatMap(({ hits, negated }) => (negated ? [] : hits.map((hit) => hit.dimension))),
  );
  return named.has('coupon') ? 'orders' : named.has('payment_method') ? 'payment_count' : undefined;
}
