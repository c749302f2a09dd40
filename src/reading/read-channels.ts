import { addDimension } from './read-breakdowns.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** 'by store and online', 'shops vs web': beside the other way of selling, the shops are one way, not a list of them. */
export function readChannels(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  if (!needs.model.dimensions.has('channel')) return;
  items.forEach((joint, at) => {
    if (!is(joint, 'and', 'or', 'versus', 'than')) return;
    const pair = [items[beside(items, at, -1)], items[beside(items, at, 1)]];
    const shop = pair.find((item) => item?.meaning.kind !== 'segment' && SHOPS.test(item?.tile.word ?? ''));
    const online = pair.find(isOnline);
    if (!shop || !online || shop.used || online.used) return;
    for (const item of [shop, online, joint, ...othersBeside(items, at)]) item.used = true;
    const lead = items[beside(items, items.indexOf(shop), -1)];
    if (is(lead, 'by', 'each') && lead) lead.used = true;
    addDimension(reading, 'channel', 'by');
  });
}

/** 'web, store and phone': a third way of selling is listed with the two. */
function othersBeside(items: Item[], at: number): Item[] {
  return items.filter(
    ({ meaning }, place) =>
      Math.abs(place - at) <= 7 &&
      meaning.kind === 'value' &&
      meaning.hits.every(({ dimension }) => dimension === 'channel') &&
      [items[beside(items, place, -1)], items[beside(items, place, 1)]].some((joint) =>
        is(joint, 'and', 'or'),
      ),
  );
}

function isOnline(item: Item | undefined): boolean {
  if (item?.meaning.kind === 'segment') return item.meaning.name === 'online';
  return (
    item?.meaning.kind === 'value' &&
    /^(?:web|online|web shop)$/.test(item.tile.word) &&
    item.meaning.hits.some(({ dimension }) => dimension === 'channel')
  );
}

const SHOPS = /^(?:store|stores|shop|shops|branch|branches)$/;
