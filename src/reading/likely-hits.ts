import { fold } from '../vocabulary/understand-words.ts';
import type { ValueHit } from '../vocabulary/value-index.ts';
import type { FilterRead, Reading, UnderstandNeeds } from './reading.ts';
import { type Item, is, isStop } from './reading-items.ts';

/** Where a name is a value of several dimensions, what the rest of the question speaks of decides, and is told. */
const PREFERRED: [better: string, worse: string, unless: RegExp | null][] = [
  ['order_status', 'item_status', null],
  ['branch', 'branch_id', null],
  ['branch', 'branch_city', /\bcit(?:y|ies)\b/],
  ['channel', 'region', /\bregions?\b/],
  ['branch', 'city', null],
  ['branch_city', 'city', null],
  ['city', 'state', /\b(?:states?|provinces?)\b/],
  ['branch_city', 'region', /\bregions?\b/],
  ['country', 'branch_country', /\b(?:branch|store|shop)/],
  ['state', 'seller_state', /\b(?:seller|merchant|vendor)/],
  ['city', 'seller_city', /\b(?:seller|merchant|vendor)/],
  ['channel', 'branch_id', /\b(?:branch|number|code|id)\b/],
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
  const text = aroundName(reading.text.toLowerCase(), said.toLowerCase());
  if (!/\b(?:seller|merchant|vendor|supplier)/.test(text)) left = without(left, /^seller/);
  else if (!/\b(?:customer|buyer|client|shopper)/.test(text)) left = only(left, /^seller/);
  if (/\b(?:branch|store|shop|outlet)/.test(text))
    left = only(left, /^(?:branch|branch_city|branch_country|region)$/);
  else if (/\b(?:customer|buyer|client|shopper|people|who live|deliver|shipped to|shipping to)/.test(text))
    left = only(left, boughtThere(left, text, said) ? SHOPS : HOMES);
  else left = without(left, /^branch_(?:country|kind)$/);
  const exact = left.filter((hit) => hit.town || hit.value === said);
  if (exact.length > 0) left = exact;
  left = wholeNames(left, said);
  let told: string | null = null;
  for (const [better, worse, unless] of PREFERRED) {
    if (!left.some((hit) => hit.dimension === better) || !left.some((hit) => hit.dimension === worse))
      continue;
    const drop = unless?.test(text) ? better : worse;
    left = left.filter((hit) => hit.dimension !== drop);
    const kept = left[0];
    if (kept) told = howRead(kept, drop, said, needs);
  }
  left = widest(left, needs);
  const [kept] = left;
  if (told === null && kept?.town && hits.some(({ dimension }) => dimension === 'city'))
    told = howRead(kept, 'city', said, needs);
  const dimensions = new Set(left.map((hit) => hit.dimension));
  if (dimensions.size === 1) return { chosen: left, note: told };
  return { chosen: left, note: null };
}

/** A subcategory of one product that is called the same: both are the same things, and one of them will do. */
function widest(hits: ValueHit[], { values }: UnderstandNeeds): ValueHit[] {
  const [first, ...others] = hits;
  return first && others.length > 0 && others.every((hit) => values.kinship.same(first, hit))
    ? [first]
    : hits;
}

const HOMES = /^(?:city|state|country|customer_segment|customer_type)$/;
const SHOPS = /^(?:branch|branch_id|branch_city|city)$/;

/** 'customers in York' are those of the shop there, where there is one, unless their home is spoken of. */
function boughtThere(hits: ValueHit[], text: string, said: string): boolean {
  if (!hits.some(({ dimension, town }) => dimension === 'branch_city' || town === true)) return false;
  const home =
    /\b(?:liv(?:e|es|ed|ing)|based|address\w*|homes?|resid\w+|deliver\w*|ship\w*|sent|cit(?:y|ies)|towns?|postcodes?|come from|comes from)\b/;
  const place = said.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const from = new RegExp(
    `\\b(?:from|to) (?:the )?(?:city of )?${place}\\b|\\b${place}(?:['’]s)? (?:customer|buyer|client|shopper)`,
  );
  return !home.test(text) && !from.test(text);
}

/** 'sellers in SP ... customers in RJ': where both are spoken of, a place is of those named last before it. */
function aroundName(text: string, said: string): string {
  const both =
    /\b(?:sellers?|merchants?|vendors?)\b.*\b(?:customers?|buyers?)\b|\b(?:customers?|buyers?)\b.*\b(?:sellers?|merchants?|vendors?)\b/;
  const at = text.search(new RegExp(`\\b${said.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}\\b`));
  if (!both.test(text) || at < 0) return text;
  const last = text
    .slice(0, at)
    .match(/\b(?:sellers?|merchants?|vendors?|customers?|buyers?)\b/g)
    ?.at(-1);
  return last ?? text;
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

const PLACES = /^(?:branch|branch_city|city|region|state)$/;

/** Of places, one that is called so stands before one of whose name it is a part. */
function wholeNames(hits: ValueHit[], said: string): ValueHit[] {
  if (!hits.every((hit) => PLACES.test(hit.dimension))) return hits;
  const whole = hits.filter((hit) => hit.town || fold(hit.value) === fold(said));
  return whole.length > 0 ? whole : hits;
}

function howRead(kept: ValueHit, dropped: string, said: string, needs: UnderstandNeeds): string {
  if (kept.town && /city$/.test(dropped))
    return `'${said}' was read as the branch ${kept.value}, not as where customers live`;
  if (kept.dimension === 'branch_city' && dropped === 'city')
    return `'${kept.value}' was read as the branches there, not as where customers live`;
  return `'${kept.value}' was read as a ${label(needs, kept.dimension)}`;
}

/** Names joined by 'and', 'or' or 'against' are of one kind, where one kind fits them all. */
export function likeKinds(filters: FilterRead[], items: Item[]): void {
  const sorted = [...filters].sort((a, b) => a.at - b.at);
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && isJoined(items, sorted[to - 1]?.at ?? 0, sorted[to]?.at ?? 0)) to += 1;
    const group = sorted.slice(from, to);
    from = to;
    const [first, ...others] = group;
    if (!first || others.length === 0) continue;
    const common = [...new Set(first.hits.map((hit) => hit.dimension))].filter((dimension) =>
      others.every((one) => one.hits.some((hit) => hit.dimension === dimension)),
    );
    if (common.length === 0) continue;
    for (const one of group) one.hits = one.hits.filter((hit) => common.includes(hit.dimension));
  }
}

function isJoined(items: Item[], a: number, b: number): boolean {
  const between = items.slice(a + 1, b);
  const joint = between.some((one) => is(one, 'and', 'or', 'versus', 'than', 'not'));
  return between.every((one) => isStop(one) || is(one, 'and', 'or', 'versus', 'than', 'not')) && joint;
}

/** 'Germany against London': two names of different kinds cannot be set side by side. */
export function unlikeKinds(filters: FilterRead[], items: Item[]): [FilterRead, FilterRead] | null {
  const sorted = filters.filter((one) => !one.negated).sort((a, b) => a.at - b.at);
  for (let at = 1; at < sorted.length; at += 1) {
    const [one, other] = [sorted[at - 1], sorted[at]];
    if (!one || !other || one.hits[0]?.dimension === other.hits[0]?.dimension) continue;
    if (!isJoined(items, one.at, other.at)) continue;
    if (items.slice(one.at + 1, other.at).some((item) => is(item, 'versus', 'or', 'than')))
      return [one, other];
  }
  return null;
}
