import type { Grain } from '../domain/period.ts';
import type { Reading } from './reading.ts';
import { beside, dimensionOf, type Item, is, isStop, metricOf } from './reading-items.ts';

/** 'products containing heart', 'called "red bag"'. */
export function readTexts(items: Item[], reading: Reading, text: string): void {
  items.forEach((item, at) => {
    if (!is(item, 'contains') || item.used) return;
    const next = items[beside(items, at, 1)];
    if (!next || (next.meaning.kind === 'time' && !next.tile.text.startsWith('"'))) return;
    const before = items[beside(items, at, -1)];
    const dimension = before?.meaning.kind === 'dimension' ? before.meaning.name : null;
    let end = items.indexOf(next);
    if (next.tile.length !== 1 || !next.tile.text.startsWith('"')) {
      while (
        items[end + 1] &&
        (items[end + 1]?.meaning.kind === 'unknown' || items[end + 1]?.meaning.kind === 'value') &&
        !items[end + 1]?.used
      )
        end += 1;
    }
    const last = items[end];
    if (!last) return;
    const said = text.slice(next.start, last.end).replace(/^["'“”]|["'“”]$/g, '');
    for (let index = items.indexOf(next); index <= end; index += 1) (items[index] as Item).used = true;
    item.used = true;
    if (before && dimension !== null)
      before.used = before.used || !is(items[beside(items, at - 1, -1)], 'by', 'which', 'top');
    const named =
      dimension === 'customer' && /^(?:named|called)$/.test(item.tile.word) ? 'customer_name' : dimension;
    reading.texts.push({ dimension: named, text: said, negated: is(before, 'not') });
  });
}

/** 'by country and category', 'per month', 'for each branch'. */
export function readBreakdowns(items: Item[], reading: Reading): void {
  items.forEach((item, at) => {
    if (item.meaning.kind === 'grain' && !item.used) {
      if (isOuterGrain(item.meaning.grain, items, reading)) {
        item.used = true;
        return;
      }
      // A second one ('daily orders by month') has no place of its own, so it is asked about.
      item.used = reading.grain === null || reading.grain === item.meaning.grain;
      reading.grain ??= item.meaning.grain;
      return;
    }
    if (!is(item, 'by', 'each', 'every') || item.used) return;
    for (let next = at + 1; next < items.length; next += 1) {
      const one = items[next];
      if (!one) break;
      if (isStop(one) || is(one, 'and', 'each', 'by', 'every', 'or', 'share')) continue;
      if (is(one, 'how-many') && reading.ranking) continue;
      const weekdays = one.meaning.kind === 'time' && one.meaning.time.kind === 'weekdays';
      if (one.meaning.kind === 'value' || weekdays) {
        item.used = true;
        break;
      }
      const counted = metricOf(one.tile);
      const thing = dimensionOf(one.tile);
      // 'stock per branch, units': behind the comma stands in what it is told.
      if (item.used && counted !== undefined && thing === undefined && items[next - 1]?.tile.word === ',')
        break;
      if (
        item.tile.word === 'by' &&
        PEOPLE.test(one.tile.word) &&
        DONE_BY.test(items[at - 1]?.tile.word ?? '')
      ) {
        one.used = true;
        item.used = true;
        break;
      }
      if (
        item.tile.word === 'per' &&
        counted !== undefined &&
        thing !== undefined &&
        /^(?:order_number|customer)$/.test(thing)
      ) {
        reading.per = { metric: counted, dimension: thing };
        one.used = true;
        item.used = true;
        break;
      }
      if (item.tile.word === 'per' && /^(?:item|unit|piece|pair)$/.test(one.tile.word)) {
        reading.per = { metric: 'units', dimension: 'product' };
        one.used = true;
        item.used = true;
        break;
      }
      if (item.tile.word === 'per' && counted !== undefined && thing === undefined && PER.test(counted)) {
        reading.per = { metric: counted, dimension: null };
        one.used = true;
        item.used = true;
        break;
      }
      if (one.meaning.kind === 'dimension' && !one.used) {
        addDimension(reading, one.meaning.name, 'by');
        one.used = true;
        item.used = true;
      } else if (one.meaning.kind === 'grain' || one.meaning.kind === 'unit') {
        reading.grain ??= one.meaning.grain;
        one.used = true;
        item.used = true;
      } else if (is(one, 'growth') && reading.ranking) {
        one.used = true;
        item.used = true;
        continue;
      } else if (is(one, 'spend') && (reading.ranking || items.some((other) => is(other, 'list')))) {
        one.used = true;
        item.used = true;
      } else if (one.meaning.kind === 'metric' && reading.ranking) {
        reading.rankingMetric ??= one.meaning.name;
        if (!reading.metrics.includes(one.meaning.name)) reading.metrics.push(one.meaning.name);
        one.used = true;
        item.used = true;
      } else if (
        one.meaning.kind === 'metric' &&
        dimensionOf(one.tile) === undefined &&
        isSortBy(items, at)
      ) {
        reading.metrics.push(one.meaning.name);
        one.used = true;
        item.used = true;
      } else break;
      if (!is(items[beside(items, next, 1)], 'and', 'by', 'each')) break;
    }
  });
}

/** 'average daily sales by month': the longer one is what the averages are told by. */
function isOuterGrain(grain: Grain, items: Item[], reading: Reading): boolean {
  const inner = reading.grain;
  const known = reading.periods.grain ?? grain;
  if (inner === null || inner === grain || known !== grain) return false;
  if (!items.some((one) => is(one, 'average'))) return false;
  const [short, long] = [GRAINS.indexOf(inner), GRAINS.indexOf(grain)];
  if (short >= long) return false;
  reading.periods = { ...reading.periods, grain };
  return true;
}

const GRAINS: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

/** 'products by revenue' names the measure of a list. */
function isSortBy(items: Item[], at: number): boolean {
  return items[beside(items, at, -1)]?.meaning.kind === 'dimension';
}

export function addDimension(
  reading: Reading,
  name: string,
  how: 'by' | 'subject' | 'plain',
  plural = false,
): void {
  const there = reading.dimensions.find((one) => one.name === name);
  if (!there) reading.dimensions.push({ name, how, plural });
  else if (there.how === 'plain') there.how = how;
}

/** What an amount may fall to, one by one. */
const PER =
  /^(?:new|returning|repeat|unique)_customers$|^(?:orders|invoices|units|refund_count|payment_count|delivered_orders|returned_units)$/;

/** 'paid by customers' says who did it, not how to break it down. */
const PEOPLE = /^(?:customers|people|clients|buyers|shoppers|consumers|our customers)$/;
const DONE_BY = /^(?:paid|bought|ordered|placed|spent|purchased|made|used|returned|sent back|cancell?ed)$/;
