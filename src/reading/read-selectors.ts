import type { ValueHit } from '../vocabulary/value-index.ts';
import { beside, dimensionOf, type Item, is, valueOf } from './reading-items.ts';

/** 'country Germany', 'the Berlin branch': the dimension only says which kind of value is meant. */
export function isSelector(items: Item[], at: number): boolean {
  const meaning = items[at]?.meaning;
  const dimension = meaning?.kind === 'dimension' ? meaning.name : undefined;
  if (dimension === undefined) return false;
  if (is(items[beside(items, at, -1)], 'by', 'each', 'which', 'list', 'top', 'bottom')) return false;
  const number = beside(items, at, -1);
  if (items[number]?.meaning.kind === 'number' && is(items[beside(items, number, -1)], 'top', 'bottom'))
    return false;
  if (isOfPlace(items, at, dimension)) return true;
  return [1, -1].some((step) => {
    const near = items[beside(items, at, step as 1 | -1)];
    const value = near ? valueOf(near.tile) : undefined;
    return (
      near?.meaning.kind === 'value' &&
      value?.hits.some((hit) => hit.dimension === dimension || kin(hit.dimension, dimension))
    );
  });
}

/** 'revenue of sellers from SP', 'among buyers in Bahia': they are those of that place, and not told one by one. */
function isOfPlace(items: Item[], at: number, dimension: string): boolean {
  const places = PLACES_OF[dimension];
  const before = items[at - 1]?.tile.word ?? '';
  const link = items[at + 1]?.tile.word ?? '';
  if (
    !places ||
    !/\b(?:of|from|by|among|amongst|for|to|with)$/.test(before) ||
    !/^(?:in|from|of|at|based in)$/.test(link)
  )
    return false;
  const near = items[beside(items, at, 1)];
  const value = near ? valueOf(near.tile) : undefined;
  return near?.meaning.kind === 'value' && value?.hits.some((hit) => places.test(hit.dimension)) === true;
}

const PLACES_OF: Record<string, RegExp> = {
  seller: /^(?:seller_(?:city|state|country)|city|state|country)$/,
  customer: /^(?:city|state|country)$/,
};

const KIN: Record<string, string[]> = {
  product: ['product_id', 'sku'],
  branch: ['branch_id', 'branch_city'],
  account: ['account_code'],
  seller: ['seller_id'],
  order_status: ['item_status'],
  state: ['seller_state'],
  city: ['seller_city', 'branch_city'],
  country: ['branch_country'],
};

// prettier-ignore

export function kin(of: string, dimension: string): boolean {
  return KIN[dimension]?.includes(of) === true;
}

/** Hits of the dimension that stands beside the value, if one does. */
export function narrowed(items: Item[], at: number, hits: ValueHit[]): ValueHit[] {
  for (const step of [-1, 1] as const) {
    const near = items[beside(items, at, step)];
    const dimension = near ? dimensionOf(near.tile) : undefined;
    if (!near || dimension === undefined || near.meaning.kind !== 'dimension') continue;
    const same = hits.filter((hit) => hit.dimension === dimension);
    const related = same.length > 0 ? same : hits.filter((hit) => kin(hit.dimension, dimension));
    if (related.length > 0 && isSelector(items, items.indexOf(near))) {
      near.used = true;
      return related;
    }
  }
  return hits;
}
