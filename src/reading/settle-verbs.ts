import { type Item, is } from './reading-items.ts';

const PEOPLE = /^(?:people|customers|shoppers|buyers|clients|they|we)$/;

/** 'when do people order', 'what do customers buy': somebody has to do it, and 'order' is what they do. */
export function settleVerbs(items: Item[]): void {
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

/** What people do: 'do people shop', 'did customers from Ireland buy'. */
function doneBy(items: Item[], at: number): Item | undefined {
  const touching = items[at + 1];
  if (!touching || !/^(?:from|in|of)$/.test(touching.tile.word)) return touching;
  return items.slice(at + 2).find(({ meaning }) => meaning.kind !== 'value');
}

/** 'at what hour', 'on which weekday', 'when'. */
function isTimely({ meaning, tile }: Item): boolean {
  if (meaning.kind === 'dimension') return /^(?:hour_of_day|weekday)$/.test(meaning.name);
  return meaning.kind === 'unit' || tile.word === 'when';
}
