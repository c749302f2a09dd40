import { placeOf } from '../domain/ordinal.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import type { Reading } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** Words that put things in order. */
export const RANKING = [
  'top',
  'bottom',
  'busy',
  'quiet',
  'popular',
  'expensive',
  'cheap',
  'slow',
  'fast',
] as const satisfies readonly Role[];

export function readRankings(items: Item[], reading: Reading): void {
  items.forEach((item, at) => {
    if (is(item, 'growth') && /\bmost\b/.test(item.tile.word) && !reading.ranking) {
      reading.ranking = { direction: 'top', limit: numberOfWhich(items), word: item.tile.word };
      return;
    }
    if (!is(item, ...RANKING)) return;
    if (item.meaning.kind !== 'role') return;
    item.used = true;
    const direction = /^(?:bottom|cheap|quiet|fast)$/.test(item.meaning.role) ? 'bottom' : 'top';
    const limit = numberBeside(items, at) ?? (reading.ranking ? null : numberOfWhich(items));
    const word =
      item.meaning.role === 'top' || item.meaning.role === 'bottom' ? item.tile.word : item.meaning.role;
    const ofGrowth = [word, reading.ranking?.word].includes('fast') && items.some((one) => is(one, 'growth'));
    if (
      reading.ranking &&
      reading.ranking.direction !== direction &&
      limit === null &&
      !ofGrowth &&
      isJoined(items, at)
    )
      reading.bothEnds = true;
    const place = placeBefore(items, at);
    if (!reading.ranking)
      reading.ranking = place === null ? { direction, limit, word } : { direction, limit: 1, word, place };
    else if (limit !== null) reading.ranking = { ...reading.ranking, ...wayOf(item, reading.ranking), limit };
    else if (direction === 'bottom') reading.ranking = { ...reading.ranking, direction };
  });
  if (reading.ranking?.limit === null) limitSaidApart(items, reading);
}

/** 'ranked by revenue, first ten only', 'the first 5 cities by orders, biggest first', 'five of them'. */
function limitSaidApart(items: Item[], reading: Reading): void {
  items.forEach((item, at) => {
    if (!isLimit(item) || reading.ranking?.limit !== null) return;
    const before = items[at - 1];
    const next = items[at + 1];
    const counted = is(before, 'first') && (next === undefined || next.meaning.kind !== 'unit');
    const ofThem = next?.tile.word === 'of' && is(items[at + 2], 'again') && items.length === at + 3;
    if (!counted && !ofThem) return;
    if (before && counted) before.meaning = { kind: 'role', role: 'stop' };
    takeLimit(item, reading);
  });
}

/** 'which 3 brands', 'the 5 products with the highest revenue'. */
export function takeLimit(item: Item | undefined, reading: Reading): void {
  if (!item || !isLimit(item) || !reading.ranking || item.meaning.kind !== 'number') return;
  item.used = true;
  reading.ranking = { ...reading.ranking, limit: Number(item.meaning.value) };
}

function isLimit({ meaning, used }: Item): boolean {
  return (
    meaning.kind === 'number' &&
    !used &&
    !meaning.unit &&
    !meaning.ordinal &&
    /^[1-9]\d{0,2}$/.test(meaning.value)
  );
}

/** 'a ranking of the stores, bottom 5': the one says that they are put in order, the other from which end. */
function wayOf(item: Item, first: NonNullable<Reading['ranking']>): Partial<typeof first> {
  return is(item, 'bottom') && /^(?:rank|league table)/.test(first.word)
    ? { direction: 'bottom', word: item.tile.word }
    : {};
}

/** 'the best and the worst month': both are asked for. */
function isJoined(items: Item[], at: number): boolean {
  const joint = items[beside(items, at, -1)];
  const again = is(joint, 'which') && is(items[beside(items, items.indexOf(joint as Item), -1)], 'and');
  return (
    is(joint, 'and', 'or', 'versus') ||
    again ||
    (is(joint, 'follow') && /^and\b/.test(joint?.tile.word ?? ''))
  );
}

/** 'the second highest', '3rd best'. */
function placeBefore(items: Item[], at: number): number | null {
  const item = items[at - 1];
  const ordinal = item?.tile.meanings.find((one) => one.kind === 'number');
  const place =
    ordinal?.kind === 'number' && ordinal.ordinal ? Number(ordinal.value) : placeOf(item?.tile.word ?? '');
  if (!item || item.used || place === undefined || !Number.isInteger(place) || place < 2 || place > 100)
    return null;
  item.used = true;
  return place;
}

/** 'which 3 brands lost the most'. */
function numberOfWhich(items: Item[]): number | null {
  const at = items.findIndex((item) => is(item, 'which'));
  const next = at < 0 ? undefined : items[beside(items, at, 1)];
  if (next?.meaning.kind !== 'number' || next.used || next.meaning.unit || next.meaning.ordinal) return null;
  next.used = true;
  return Number(next.meaning.value);
}

function numberBeside(items: Item[], at: number): number | null {
  for (const step of [1, -1] as const) {
    let near = at + step;
    const dash = items[near];
    const glued = dash?.tile.word === '-' && dash.start === items[at]?.end;
    while (step === 1 && (items[near]?.tile.word === 'the' || (glued && items[near]?.tile.word === '-')))
      near += 1;
    const item = items[near];
    const number = item?.tile.meanings.find((one) => one.kind === 'number');
    if (!item || item.used || number?.kind !== 'number' || number.unit || number.ordinal) continue;
    item.meaning = number;
    const limit = Number(number.value);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) continue;
    item.used = true;
    return limit;
  }
  return null;
}
