import { isSelector, narrowed } from './read-selectors.ts';
import type { FilterRead, Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is, isStop, valueOf } from './reading-items.ts';

export const OPPOSITES: Record<string, string> = {
  online: 'in_store',
  in_store: 'online',
  on_weekends: 'on_weekdays',
  on_weekdays: 'on_weekends',
  with_discount: 'at_full_price',
  at_full_price: 'with_discount',
  by_new_customers: 'by_returning_customers',
  by_returning_customers: 'by_new_customers',
  with_coupon: 'without_coupon',
  without_coupon: 'with_coupon',
};

// prettier-ignore

/** 'excluding web and phone', 'other than boots', 'not in Germany', 'neither A nor B'. */
export function readExclusions(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (!is(item, 'not') || item.used || isSubtraction(items, at)) return;
    if (isOfAnother(items, at)) {
      item.meaning = { kind: 'role', role: 'versus' };
      return;
    }
    const named = items[beside(items, at, -1)];
    if (
      /^(?:excluded|aside|left out)$/.test(item.tile.word) &&
      named?.meaning.kind === 'value' &&
      !named.used
    ) {
      reading.filters.push({ hits: named.meaning.hits, negated: true, at: at - 1, said: named.tile.text });
      named.used = true;
      item.used = true;
      return;
    }
    let found = false;
    for (let next = at + 1; next < items.length; next += 1) {
      const one = items[next];
      if (!one) break;
      if ((!found && one.tile.word === ',') || ENDING.test(one.tile.word)) break;
      if (!found && isThose(items, next)) {
        one.used = true;
        continue;
      }
      if (isStop(one) || is(one, 'and', 'or', 'not')) {
        if (is(one, 'not')) one.used = true;
        continue;
      }
      const value = one.meaning.kind === 'role' ? undefined : valueOf(one.tile);
      if (value && !(one.meaning.kind === 'dimension' && isSelector(items, next))) {
        if (found && (!joinedTo(items, next) || isAnotherMatter(items, next, reading))) break;
        one.used = true;
        found = true;
        const hits = narrowed(items, next, value.hits);
        reading.filters.push({ hits, negated: true, at: next, said: one.tile.text });
        leaveOutDays(one, reading);
      } else if (one.meaning.kind === 'segment') {
        if (found && (!joinedTo(items, next) || PLACED.test(one.tile.text))) break;
        const opposite = OPPOSITES[one.meaning.name];
        if (!opposite || !needs.model.segments.has(opposite)) break;
        one.used = true;
        found = true;
        const left = one.meaning.name === 'online' ? onlineAmongMore(needs) : [];
        if (left.length > 0)
          reading.filters.push({ hits: left, negated: true, at: next, said: one.tile.text });
        else reading.segments.push(opposite);
      } else if (one.meaning.kind === 'dimension' && isSelector(items, next)) one.used = true;
      else break;
    }
    if (found) item.used = true;
  });
}

/** Where goods are sold by phone too, what is not sold online is more than what the stores sell. */
function onlineAmongMore({ values }: UnderstandNeeds): FilterRead['hits'] {
  const channels = values.valuesOf('channel');
  const online = channels.filter((value) => ONLINE.test(value));
  if (channels.every((value) => ONLINE.test(value) || STORES.test(value)) || online.length !== 1) return [];
  return values.named(online[0] ?? '').filter(({ dimension }) => dimension === 'channel');
}

const ONLINE = /^(?:web|online|website|internet|e-?commerce|app)$/i;
const STORES = /^(?:store|pos|retail|shop)s?$/i;

/** 'excluding the orders paid in cash', 'without the ones marked delivered': the noun before what they are is no figure. */
function isThose(items: Item[], at: number): boolean {
  const item = items[at];
  const [before, next] = [items[beside(items, at, -1)], items[beside(items, at, 1)]];
  const noun = item?.meaning.kind === 'metric' && /^(?:orders|orders paid|paid orders)$/.test(item.tile.word);
  const past = PASSIVE.test(item?.tile.word ?? '');
  const joint = is(item, 'with') && PASSIVE.test(before?.tile.word ?? '');
  const follows = next?.meaning.kind === 'value' || PASSIVE.test(next?.tile.word ?? '');
  return joint || ((noun || past) && (follows || (past && is(next, 'with'))));
}

const PASSIVE = /^(?:paid|paid (?:in|with|by|for)|marked|marked as|flagged|labell?ed|tagged)$/;

/** 'excluding Sundays': the days that are left out are not those that count. */
function leaveOutDays({ meaning }: Item, { periods }: Reading): void {
  if (meaning.kind !== 'time' || meaning.time.kind !== 'weekdays') return;
  const { days } = meaning.time;
  periods.weekdays = periods.weekdays.filter((day) => !days.includes(day));
}

/** 'without web? damaged refunds': what is left out ends with its sentence. */
const ENDING = /^[?!;]$/;

/** 'outside Scotland, October': after a comma, only another name of the same kind is left out as well. */
function isAnotherMatter(items: Item[], at: number, reading: Reading): boolean {
  if (items[beside(items, at, -1)]?.tile.word !== ',' || isOfList(items, at)) return false;
  const kinds = new Set(reading.filters.at(-1)?.hits.map(({ dimension }) => dimension));
  const item = items[at];
  return (
    item?.meaning.kind === 'time' ||
    !(item && valueOf(item.tile)?.hits.some((hit) => kinds.has(hit.dimension)))
  );
}

/** 'excluding web, Leeds and York: ...': a list of names that 'and' or a colon closes is left out as a whole. */
function isOfList(items: Item[], at: number): boolean {
  let joined = false;
  for (let next = beside(items, at, -1) + 1; next < items.length; next += 1) {
    const item = items[next];
    if (!item || PLACING.test(item.tile.word)) return false;
    if (item.tile.word === ',') joined = false;
    else if (is(item, 'and', 'or')) joined = true;
    else if (item.tile.word === ':') return true;
    else if (isStop(item)) continue;
    else if (item.meaning.kind === 'time' || !valueOf(item.tile)) return false;
    else if (joined) return true;
  }
  return false;
}

/** 'revenue minus wages' takes one figure from another, which is no way of leaving wages out. */
function isSubtraction(items: Item[], at: number): boolean {
  const value = items[beside(items, at, 1)];
  const account = value && valueOf(value.tile)?.hits.every(({ dimension }) => dimension === 'account');
  const sales = items
    .slice(0, at)
    .some(({ meaning }) => meaning.kind === 'metric' && !/^(?:expense|ledger|cost)/.test(meaning.name));
  return items[at]?.tile.word === 'minus' && account === true && sales;
}

const PLACED = /^(?:in|for|from|at|on|of|within|via|through) /i;
/** 'Leeds's orders minus York's': one of a kind from another is what they differ by. */
function isOfAnother(items: Item[], at: number): boolean {
  if (items[at]?.tile.word !== 'minus') return false;
  const kindsOf = (item: Item | undefined): string[] =>
    item?.meaning.kind === 'value' ? item.meaning.hits.map(({ dimension }) => dimension) : [];
  const taken = kindsOf(items[beside(items, at, 1)]);
  return items.slice(0, at).some((item) => kindsOf(item).some((kind) => taken.includes(kind)));
}

const PLACING = /^(?:in|for|from|at|on|of|within)$/;

function joinedTo(items: Item[], at: number): boolean {
  const last = beside(items, at, -1);
  const before = items[last];
  if (is(before, 'and', 'or', 'not')) return true;
  // 'not from the UK in web orders': behind 'in' another matter begins.
  if (items.slice(last + 1, at).some(({ tile }) => PLACING.test(tile.word))) return false;
  return before?.meaning.kind === 'value' || before?.meaning.kind === 'dimension';
}
