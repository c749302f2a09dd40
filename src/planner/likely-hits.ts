import { type Reading, type UnderstandNeeds } from './reading.ts';
import { type Item } from './reading-items.ts';
import { type ValueHit } from './value-index.ts';

/** Where a name is a value of several dimensions, what the rest of the question speaks of decides, and is told. */
const PREFERRED: [better: string, worse: string, unless: RegExp | null][] = [
  ['order_status', 'item_status', null],
  ['branch', 'branch_id', null],
  ['branch', 'branch_city', /\bcit(?:y|ies)\b/],
  ['country', 'branch_country', /\b(?:branch|store|shop)/],
  ['state', 'seller_state', /\b(?:seller|merchant|vendor)/],
  ['city', 'seller_city', /\b(?:seller|merchant|vendor)/],
  ['channel', 'branch_kind', /\b(?:branch|store type)/],
  ['channel', 'branch', /\bbranch/],
  ['product', 'product_id', null],
  ['product', 'sku', null],
  ['product_id', 'sku', null],
  ['account', 'account_kind', null],
  ['account', 'category', /\bcategor/],
  ['category', 'department', /\bdepartment/],
  ['category', 'subcategory', /\bsub-?categor/],
  ['refund_method', 'payment_method', /^(?!.*\brefund)/],
  ['branch', 'channel', /\b(?:channel|online)/],
  ['country', 'branch_country', null],
  ['coupon', 'product', null],
  ['payment_method', 'channel', /\bchannel/],
  ['customer_type', 'order_status', /\bstatus/],
  ['order_status', 'line_kind', null],
  ['document_kind', 'line_kind', null],
  ['order_status', 'document_kind', null],
];

export function likelyHits(
  hits: ValueHit[],
  said: string,
  reading: Reading,
  items: Item[],
  needs: UnderstandNeeds,
): { chosen: ValueHit[]; note: string | null } {
  if (hits.length <= 1) return { chosen: hits, note: null };
  const named = hits.filter(
    (hit) =>
      reading.dimensions.some((one) => one.name === hit.dimension) ||
      items.some(
        (item) =>
          item.meaning.kind === 'value' &&
          item.meaning.hits.length === 1 &&
          item.meaning.hits[0]?.dimension === hit.dimension,
      ),
  ); // prettier-ignore
  let left = named.length > 0 ? named : hits;
  const reached = left.filter((hit) =>
    reading.metrics.every((metric) => needs.reach.dimension(metric, hit.dimension)),
  );
  if (reached.length > 0 && reading.metrics.length > 0) left = reached;
  const text = reading.text.toLowerCase();
  if (!/\b(?:seller|merchant|vendor|supplier)/.test(text)) left = without(left, /^seller/);
  if (/\b(?:branch|store|shop|outlet)/.test(text))
    left = only(left, /^(?:branch|branch_city|branch_country|region)$/);
  else if (/\b(?:customer|buyer|client|shopper|people|who live)/.test(text))
    left = only(left, /^(?:city|state|country|customer_segment|customer_type)$/);
  else left = without(left, /^branch_(?:country|kind)$/);
  const exact = left.filter((hit) => hit.value === said);
  if (exact.length > 0) left = exact;
  let told: string | null = null;
  for (const [better, worse, unless] of PREFERRED) {
    if (!left.some((hit) => hit.dimension === better) || !left.some((hit) => hit.dimension === worse))
      continue;
    const drop = unless?.test(text) ? better : worse;
    left = left.filter((hit) => hit.dimension !== drop);
    const kept = left[0];
    if (kept) told = `'${kept.value}' was read as a ${label(needs, kept.dimension)}`;
  }
  const dimensions = new Set(left.map((hit) => hit.dimension));
  if (dimensions.size === 1) return { chosen: left, note: told };
  return { chosen: left, note: null };
}

function only(hits: ValueHit[], dimensions: RegExp): ValueHit[] {
  const left = hits.filter((hit) => dimensions.test(hit.dimension));
  return left.length > 0 ? left : hits;
}

function without(hits: ValueHit[], dimensions: RegExp): ValueHit[] {
  const left = hits.filter((hit) => !dimensions.test(hit.dimension));
  return left.length > 0 ? left : hits;
}

function label(needs: UnderstandNeeds, dimension: string): string {
  return (needs.model.dimensions.get(dimension)?.label ?? dimension).toLowerCase();
}
