import { addDimension } from './read-breakdowns.ts';
import { RANKING, takeLimit } from './read-rankings.ts';
import { isSelector } from './read-selectors.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, dimensionOf, type Item, is, isStop } from './reading-items.ts';

/** 'customer 17850': a dimension without a list of values takes the code that follows it. */
function readCode(items: Item[], at: number, reading: Reading, needs: UnderstandNeeds): boolean {
  const dimension = items[at]?.meaning;
  if (dimension?.kind !== 'dimension' || needs.model.dimensions.get(dimension.name)?.values.kind !== 'none')
    return false;
  if (!/^(?:customer|order_number)$/.test(dimension.name)) return false;
  const next = items[beside(items, at, 1)];
  const code = next?.meaning.kind === 'unknown' || next?.meaning.kind === 'number';
  if (!next || next.used || !code || !/^[\w-]*\d[\w-]*$/.test(next.tile.text)) return false;
  next.used = true;
  reading.filters.push({
    hits: [{ dimension: dimension.name, value: next.tile.text }],
    negated: false,
    at: at + 1,
    said: next.tile.text,
  });
  return true;
}

/** 'discounted', 'delivered late' narrow; only 'by ...' or 'late or on time' break down. */
function readYesNo(item: Item, at: number, items: Item[], reading: Reading, needs: UnderstandNeeds): boolean {
  if (item.meaning.kind !== 'dimension' || needs.model.dimensions.get(item.meaning.name)?.type !== 'boolean')
    return false;
  const before = items[beside(items, at, -1)];
  if (
    is(before, 'by', 'each', 'which', 'share', 'list', 'not') ||
    /\b(?:or|versus|vs|against|not|without)\b|ness$/.test(item.tile.word)
  )
    return false;
  const value = /\bon time\b|\bfull price\b/.test(item.tile.word) ? 'no' : 'yes';
  reading.filters.push({
    hits: [{ dimension: item.meaning.name, value }],
    negated: false,
    at,
    said: item.tile.text,
  });
  return true;
}

/** 'what did customers in Leeds spend' asks for what they spent, and not for who they are. */
const DOING = /\bwhat (?:do|did|does|have|has) (?:our |the )?(?:customers|clients|buyers|shoppers|people)\b/i;

/** 'which branch', 'top 5 products', 'best month', 'list the categories'; then dimensions that stand alone. */
export function readSubjects(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.used) return;
    const before = items[beside(items, at, -1)];
    const beforeThat = before ? items[beside(items, items.indexOf(before), -1)] : undefined;
    if (item.meaning.kind === 'dimension' && item.meaning.name === 'customer' && !reading.ranking)
      if (DOING.test(reading.text) && before?.tile.word === 'what') {
        item.used = true;
        return;
      }
    const asked =
      is(before, 'which', 'list', ...RANKING, 'first', 'last') ||
      (before?.meaning.kind === 'number' && is(beforeThat, 'top', 'bottom', 'which'));
    if (item.meaning.kind === 'unit') {
      const limited = items.slice(at + 1).find((one) => !isStop(one) && one.meaning.kind !== 'time');
      const narrowed = is(limited, 'with', 'where') || limited?.meaning.kind === 'condition';
      if (asked || reading.ranking || narrowed || is(before, 'how-many')) {
        reading.subjectUnit = item.meaning.grain;
        reading.subjectUnitPlural = item.tile.word.endsWith('s');
        item.used = true;
      }
      return;
    }
    if (item.meaning.kind !== 'dimension') return;
    takeLimit(before, reading);
    if (
      isSelector(items, at) ||
      readCode(items, at, reading, needs) ||
      readYesNo(item, at, items, reading, needs)
    ) {
      item.used = true;
      return;
    }
    item.used = true;
    if (
      item.tile.word.endsWith('s') &&
      /\ball$/.test(items[at - 1]?.tile.word ?? '') &&
      !asked &&
      !reading.ranking &&
      !is(before, 'by', 'each') &&
      !/\b(?:individually|separately|each|respectively)\b/i.test(reading.text)
    ) {
      reading.notes.push(`all ${item.tile.text} together`);
      return;
    }
    const generic =
      /^(?:order_number|product|customer)$/.test(item.meaning.name) &&
      /^(?:of|from|for|to|by|our|all|the)$/.test(items[at - 1]?.tile.word ?? '');
    const lacking = is(before, 'not') && before?.tile.word === 'without' && before.used === false;
    const emptiness = is(before, 'empty', 'known') || lacking;
    if (emptiness && before && item.meaning.name === 'order_number' && reading.dimensions.length > 0) {
      // Whoever has none stands in no row: there is nothing to list them from.
      reading.leftovers.push({
        text: `${before.tile.text} ${item.tile.text}`,
        start: before.start,
        end: item.end,
      });
      before.used = true;
      return;
    }
    if (emptiness && before) {
      reading.emptiness.push({ dimension: item.meaning.name, empty: is(before, 'empty') || lacking });
      before.used = true;
      return;
    }
    const subject = asked || is(before, 'how-many') || !reading.metrics.length;
    addDimension(
      reading,
      item.meaning.name,
      asked || is(before, 'how-many') ? 'subject' : generic ? 'plain' : subject ? 'plain' : 'by',
      item.tile.word.endsWith('s'),
    );
  });
  if (
    items.some((item) => is(item, 'who')) &&
    reading.dimensions.length === 0 &&
    needs.model.dimensions.has('customer')
  ) {
    const who = items.find((item) => is(item, 'who'));
    const metricNoun = items.some(
      (item) => item.meaning.kind === 'metric' && dimensionOf(item.tile) === 'customer',
    );
    if (who && !metricNoun) {
      who.used = true;
      const selling = items.some((item) => is(item, 'sell'));
      const seller = ['seller', 'branch'].find((name) => needs.values.valuesOf(name).length > 0);
      addDimension(reading, (selling ? seller : undefined) ?? 'customer', 'subject');
    }
  }
}
