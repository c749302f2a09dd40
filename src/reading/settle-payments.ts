import { beside, type Item, is, metricOf, valueOf } from './reading-items.ts';

const PAID = /\b(?:pay|pays|paid|paying|payments?|paid for)$/;

/** 'paid by invoice': what it was paid with, where there is such a way of paying. */
export function settlePayments(items: Item[]): void {
  items.forEach((item, at) => {
    const value = valueOf(item.tile);
    const way = value?.hits.filter((hit) => hit.dimension === 'payment_method') ?? [];
    if (item.meaning.kind === 'value' || way.length === 0) return;
    const link = items[at - 1];
    const paid = items.slice(Math.max(0, at - 3), at).some((one) => PAID.test(one.tile.word));
    if (!link || !paid || !/^(?:by|with|via|using|on|through|in)$/.test(link.tile.word)) return;
    item.meaning = { kind: 'value', hits: way };
    link.meaning = { kind: 'role', role: 'stop' };
  });
}

/** 'paid by invoice', 'payments with vouchers': what is paid with, where the word names a figure as well. */
export function settlePaidWith(items: Item[]): void {
  const paid = items.some(
    ({ meaning, tile }) =>
      (meaning.kind === 'metric' && /^payment/.test(meaning.name)) ||
      /^(?:pay|paid|paying|settled|received)$/.test(tile.word),
  );
  if (!paid) return;
  items.forEach((item, at) => {
    const value = valueOf(item.tile);
    if (
      item.meaning.kind !== 'metric' ||
      !value?.hits.some(({ dimension }) => dimension === 'payment_method')
    )
      return;
    const link = items[at - 1];
    if (!/(?:^| )(?:by|with|via|through|using|on|in|per)$/.test(link?.tile.word ?? '')) return;
    item.meaning = {
      kind: 'value',
      hits: value.hits.filter(({ dimension }) => dimension === 'payment_method'),
    };
    if (link && is(link, 'by')) link.meaning = { kind: 'role', role: 'stop' };
  });
}

/** 'the wages bill', 'our energy bills': behind the name of an account, a bill is what was booked on it. */
export function settleBills(items: Item[]): void {
  items.forEach((item, at) => {
    if (!/^bills?$/.test(item.tile.word)) return;
    const before = items[beside(items, at, -1)]?.meaning;
    if (before?.kind !== 'value' || !before.hits.every(({ dimension }) => dimension === 'account')) return;
    item.meaning = metricOf(item.tile) === 'expenses' ? item.meaning : { kind: 'role', role: 'stop' };
  });
}

/** 'monthly PayPal volume': of what is paid with, the amounts; 'boots volume', 'volumes by category': of goods, the units. */
export function settleVolume(items: Item[]): void {
  items.forEach((item, at) => {
    if (!/^volumes?$/.test(item.tile.word) || item.meaning.kind !== 'unknown') return;
    const before = items[beside(items, at, -1)]?.meaning;
    if (before?.kind === 'value' && before.hits.some(({ dimension }) => dimension === 'payment_method'))
      item.meaning = { kind: 'metric', name: 'payments' };
    else if (!items.some(({ meaning }) => meaning.kind === 'metric') && items.some(isOfGoods))
      item.meaning = { kind: 'metric', name: 'units' };
  });
}

/** 'the stock account balance': a figure's word before 'account' is that account's name. */
export function settleAccountNames(items: Item[]): void {
  items.forEach((item, at) => {
    const value = valueOf(item.tile);
    const accounts = value?.hits.filter(({ dimension }) => dimension === 'account') ?? [];
    if (item.meaning.kind !== 'metric' || accounts.length === 0) return;
    if (/^(?:ledger )?account\b/.test(items[at + 1]?.tile.word ?? ''))
      item.meaning = { kind: 'value', hits: accounts };
  });
}

const GOODS = /^(?:category|subcategory|department|brand|product)$/;

function isOfGoods({ meaning }: Item): boolean {
  if (meaning.kind === 'dimension') return GOODS.test(meaning.name);
  return meaning.kind === 'value' && meaning.hits.every(({ dimension }) => GOODS.test(dimension));
}
