import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** Nouns that say only what the shop sells. */
export const GOODS =
  /^(?:shoes?|footwear|clothing|clothes|garments?|goods|products?|items?|articles?|things?|stuff|wear|collection|line|merchandise|ware|wares|section|categor(?:y|ies)|models?|styles?|business|trade)$/;

const TRADE = /^(?:business|trade|trading|custom)$/;

const UNIT_NOUNS: [said: RegExp, units: readonly string[]][] = [
  [/^(?:days?|hours?|minutes?)$/, ['days', 'ratio', 'hours']],
  [/^[£$€]$/, ['money']],
  [
    /^(?:pounds?|euros?|dollars?|reais|real|gbp|eur|usd|brl|sterling|pence|cents?|quid|bucks?|currency)$/,
    ['money'],
  ],
  [/^(?:percent|percentage|%)$/, ['share']],
];

// prettier-ignore

/** 'running shoes', 'in days', 'in pounds': nouns that repeat what is known already. */
export function readSmallNouns(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    const before = items[beside(items, at, -1)];
    const unknown = item.meaning.kind === 'unknown' || item.meaning.kind === 'outside';
    const part = item.meaning.kind === 'value' && item.meaning.part === true;
    const spare = unknown || part || is(item, 'vague') || (item.meaning.kind === 'dimension' && !item.used);
    if (spare && /^goods$/.test(item.tile.word) && before?.meaning.kind === 'value')
      item.meaning = { kind: 'role', role: 'stop' };
    if (unknown && GOODS.test(item.tile.word) && before?.meaning.kind === 'value') {
      const goods = before.meaning.hits.some((hit) =>
        /^(?:category|subcategory|department|brand|product)$/.test(hit.dimension),
      );
      if (goods) item.meaning = { kind: 'role', role: 'stop' };
    }
    // 'Dutch business last quarter', 'the UK trade': what was sold there, where no other figure is named.
    if (unknown && TRADE.test(item.tile.word) && /^(?:value|segment)$/.test(before?.meaning.kind ?? '')) {
      if (reading.metrics.length === 0 && item.meaning.kind === 'unknown') {
        reading.metrics.push('revenue');
        reading.notes.push(`'${item.tile.text}' was read as revenue`);
      }
      item.meaning = { kind: 'role', role: 'stop' };
    }
    if (repeatsKind(item, before) || namesNoKind(item, before, needs)) {
      item.meaning = { kind: 'role', role: 'stop' };
      reading.filters = reading.filters.filter((filter) => filter.at !== at);
    }
    const units = UNIT_NOUNS.find(([said]) => said.test(item.tile.word))?.[1];
    if (!units || (item.used && item.meaning.kind !== 'value')) return;
    const unit = needs.model.metrics.get(reading.metrics[0] ?? '')?.unit.kind;
    const afterIn =
      /^(?:in|of)$/.test(items[at - 1]?.tile.word ?? '') ||
      before?.meaning.kind === 'condition' ||
      (before?.meaning.kind === 'metric' && before === items[at - 1]);
    if (unit === undefined || (!afterIn && !/^[£$€]$/.test(item.tile.word))) return;
    if (!units.includes(unit) && !(before?.meaning.kind === 'condition' && units[0] === 'money')) return;
    item.meaning = { kind: 'role', role: 'stop' };
    reading.filters = reading.filters.filter(
      (filter) => filter.at !== at || !/^(?:currency)$/.test(filter.hits[0]?.dimension ?? ''),
    );
  });
}

/** 'running shoes' where both are categories: the general noun repeats what the first said; 'boots and shoes' are two. */
function repeatsKind(item: Item, before: Item | undefined): boolean {
  if (item.meaning.kind !== 'value' || !isNounOf(item, before)) return false;
  return item.meaning.hits.some((hit) => before.meaning.hits.some((one) => one.dimension === hit.dimension));
}

/** 'trail shoes', where Trail lies in another category than Shoes: the general noun says only what Trail is. */
function namesNoKind(item: Item, before: Item | undefined, { values }: UnderstandNeeds): boolean {
  if (item.meaning.kind !== 'value' || !isNounOf(item, before)) return false;
  return item.meaning.hits.every((hit) =>
    before.meaning.hits.every(
      (one) => !values.kinship.together(one, hit) && values.kinship.beside(one, hit.dimension).length === 1,
    ),
  );
}

/** Nouns that a shop may have as one kind of goods, and that people say of all of them. */
export const GENERAL =
  /^(?:shoes?|bags?|toys?|clothes|clothing|footwear|accessories|jewelry|furniture|goods|wear)$/;

type Named = Item & { meaning: Extract<Item['meaning'], { kind: 'value' }> };

/** A general noun right behind a name: 'trail shoes'. */
function isNounOf(item: Item, before: Item | undefined): before is Named {
  return (
    GENERAL.test(item.tile.word) &&
    before?.meaning.kind === 'value' &&
    item.tile.start === before.tile.start + before.tile.length
  );
}
