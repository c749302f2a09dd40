import { type Item, is } from './reading-items.ts';

/** 'what share falls on weekends' falls nowhere, and 'growth in %' is no share. */
export function settleShares(items: Item[]): void {
  const shares = items.filter((item) => is(item, 'share'));
  if (shares.length === 0) return;
  items.forEach((item, at) => {
    const on = /^(?:on|into|in|within|to|under)$/.test(items[at + 1]?.tile.word ?? '');
    if (is(item, 'growth') && /^(?:falls?|fell|fallen)$/.test(item.tile.word) && on)
      item.meaning = { kind: 'role', role: 'stop' };
  });
  const growing = items.some((item) => is(item, 'growth') || item.meaning.kind === 'change');
  for (const item of shares)
    if (growing && /^(?:in %|%|in percent|percent|percentage|pct)$/.test(item.tile.word))
      item.meaning = { kind: 'role', role: 'stop' };
}
