import { isStanding } from './metric-traits.ts';
import type { UnderstandNeeds } from './reading.ts';
import { beside, dimensionOf, type Item, is } from './reading-items.ts';
import { BY_NEIGHBOURS, spotOf } from './settle-by-neighbours.ts';
import {
  settleAccountNames,
  settleBills,
  settlePaidWith,
  settlePayments,
  settleVolume,
} from './settle-payments.ts';
import { settleShares } from './settle-shares.ts';
import { settleVerbs } from './settle-verbs.ts';

/** Chooses among a tile's meanings by what stands around it. */
export function settleMeanings(items: Item[], needs: UnderstandNeeds): void {
  for (const at of items.keys()) {
    const spot = spotOf(items, at, needs);
    for (const settle of BY_NEIGHBOURS) settle(spot);
  }
  settlePayments(items);
  settleBranches(items);
  settleShares(items);
  settleVerbs(items);
  settleAccountNames(items);
  settlePaidWith(items);
  settleBills(items);
  settleVolume(items);
  settleLeft(items);
  settleNow(items, needs);
}

/** 'northern branches, revenue': beside another figure the branches are what it is told by, unless they are counted. */
function settleBranches(items: Item[]): void {
  const others = items.some(({ meaning }) => meaning.kind === 'metric' && meaning.name !== 'branches_total');
  items.forEach((item, at) => {
    if (!others || item.meaning.kind !== 'metric' || item.meaning.name !== 'branches_total') return;
    const dimension = dimensionOf(item.tile);
    const judged = items.slice(at).some(({ meaning }) => meaning.kind === 'condition');
    if (dimension === undefined || (!judged && is(items[beside(items, at, -1)], 'how-many'))) return;
    item.meaning = { kind: 'dimension', name: dimension };
  });
}

/** 'how much stock do we have left'. */
function settleLeft(items: Item[]): void {
  const stock = items.some(({ meaning }) => meaning.kind === 'metric' && /^stock/.test(meaning.name));
  for (const item of items)
    if (stock && /^(?:left|remaining|in hand|over)$/.test(item.tile.word) && item.meaning.kind === 'unknown')
      item.meaning = { kind: 'role', role: 'stop' };
}

/** 'in stock right now': of what has no course over the day, now is when the data ends. */
function settleNow(items: Item[], needs: UnderstandNeeds): void {
  const now = items.find(
    ({ meaning, tile }) => meaning.kind === 'time' && /^(?:right )?now$/.test(tile.word),
  );
  if (!now) return;
  const standing = items.some(
    ({ meaning }) =>
      meaning.kind === 'metric' && (meaning.name === 'orders_late' || isStanding(meaning.name, needs.model)),
  );
  const status = items.some(
    ({ meaning }) =>
      meaning.kind === 'value' && meaning.hits.every(({ dimension }) => dimension === 'order_status'),
  );
  if (standing || status) now.meaning = { kind: 'role', role: 'stop' };
}
