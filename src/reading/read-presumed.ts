import type { Reading } from './reading.ts';
import { beside, dimensionOf, type Item, metricOf } from './reading-items.ts';

const ARTICLE = /(?:^| )(?:the|our|both|these|those|all)$/;

/** 'the two shops', 'our three Scottish branches': how many they are is known to whoever asks, and changes nothing. */
export function readPresumed(items: Item[], reading: Reading): void {
  if (reading.ranking) return;
  items.forEach((item, at) => {
    if (item.used || item.meaning.kind !== 'number' || item.meaning.unit || item.meaning.ordinal) return;
    if (!(Number(item.meaning.value) <= 20) || !ARTICLE.test(items[at - 1]?.tile.word ?? '')) return;
    let next = beside(items, at, 1);
    while (items[next]?.meaning.kind === 'value') next = beside(items, next, 1);
    const noun = items[next];
    const plural = noun !== undefined && /s$/.test(noun.tile.word);
    if (!plural || (dimensionOf(noun.tile) === undefined && metricOf(noun.tile) === undefined)) return;
    item.used = true;
  });
}
