import { likeKinds, likelyHits, unlikeKinds } from './likely-hits.ts';
import { narrowed } from './read-selectors.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

export function readValues(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'value' || item.used) return;
    item.used = true;
    const only = items[beside(items, at, -1)];
    const after = items[beside(items, at, 1)];
    for (const one of [only, after]) if (one && is(one, 'only')) one.used = true;
    reading.filters.push({
      hits: narrowed(items, at, item.meaning.hits),
      negated: false,
      at,
      said: item.tile.text,
    });
  });
  likeKinds(reading.filters, items);
  for (const filter of reading.filters) {
    const hits = likelyHits(filter.hits, filter.said, reading, items, needs);
    filter.hits = hits.chosen;
    if (hits.note) reading.notes.push(hits.note);
    const item = items[filter.at];
    if (
      hits.chosen.length > 1 &&
      item &&
      !reading.ambiguous &&
      new Set(hits.chosen.map((hit) => hit.dimension)).size > 1
    ) {
      reading.ambiguous = { said: filter.said, start: item.start, end: item.end, hits: hits.chosen };
    }
  }
  if (!reading.ambiguous) reading.unlike = unlikeKinds(reading.filters, items);
}
