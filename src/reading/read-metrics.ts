import type { ValueHit } from '../vocabulary/value-index.ts';
import { isDuration } from './metric-traits.ts';
import {
  continuesRestriction,
  havingOne,
  isAskedBeside,
  narrowedBy,
  restricts,
  restrictTo,
} from './narrow-metrics.ts';
import { againstBudget } from './read-against-budget.ts';
import { addDimension } from './read-breakdowns.ts';
import { RANKING, takeLimit } from './read-rankings.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is, metricOf, valueOf } from './reading-items.ts';

/** The figures that are named, and what their nouns narrow where they are none. */
export function readMetrics(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const restricted: number[] = [];
  items.forEach((item, at) => {
    if (item.used) return;
    if (item.meaning.kind === 'segment') takeSegment(item, item.meaning.name, items, reading, needs);
    else if (item.meaning.kind === 'metric')
      takeMetric(items, at, item.meaning.name, restricted, reading, needs);
  });
}

/** 'trade customers', 'online orders': what narrows the question, with the figure that its noun may stand for. */
function takeSegment(
  item: Item,
  name: string,
  items: Item[],
  reading: Reading,
  needs: UnderstandNeeds,
): void {
  item.used = true;
  const judge = reading.ranking ? JUDGED_BY[item.tile.word] : undefined;
  if (judge !== undefined && needs.model.metrics.has(judge) && reading.metrics.length === 0) {
    reading.metrics.push(judge);
    return;
  }
  const figure = FIGURES_OF_SEGMENTS.find(([said]) => said.test(item.tile.word))?.[1];
  const others = items.some(({ meaning }) => meaning.kind === 'metric');
  if (figure !== undefined && !others && needs.model.metrics.has(figure)) reading.metrics.push(figure);
  if (!reading.segments.includes(name)) reading.segments.push(name);
  reading.said[name] ??= item.tile.text.toLowerCase();
}

/** 'online orders on Cyber Monday': the noun within the name is the figure, when there is no other. */
const FIGURES_OF_SEGMENTS: [said: RegExp, metric: string][] = [
  [/\b(?:orders|redemptions|redeemed|usage|use|(?:use|usage) of coupons)$/, 'orders'],
  [/\bsales$/, 'revenue'],
];

/** 'top cities by new customers': in order of how many there are. */
const JUDGED_BY: Record<string, string> = {
  'by new customer': 'new_customers',
  'by new customers': 'new_customers',
  'by returning customers': 'returning_customers',
};

function takeMetric(
  items: Item[],
  at: number,
  name: string,
  restricted: number[],
  reading: Reading,
  needs: UnderstandNeeds,
): void {
  const item = items[at];
  if (!item) return;
  if (
    (restricts(items, at) || continuesRestriction(items, at, restricted)) &&
    reading.metrics.length > 0 &&
    restrictTo(name, reading, needs, item.tile.text, at)
  ) {
    restricted.push(at);
    item.used = true;
    return;
  }
  if (isBookedName(items, at, reading)) return;
  const narrower = narrowedBy(items, at, reading) ?? havingOne(items, at, reading);
  if (narrower !== undefined && needs.model.metrics.has(narrower)) {
    const kept = isAskedBeside(items, at) ? reading.metrics : reading.metrics.slice(0, -1);
    reading.metrics = [...kept.filter((one) => one !== narrower), narrower];
    item.used = true;
    return;
  }
  if (isUnitOfOther(item, items, needs) || isVerbOfOther(item, items)) {
    item.used = true;
    return;
  }
  const touching = items[at - 1];
  if (namesSubject(items, at, reading, unitOf(name, needs))) {
    takeLimit(items[beside(items, at, -1)], reading);
    addDimension(reading, 'product', 'subject', /s\b/.test(item.tile.word.split(' ')[0] ?? ''));
    item.used = true;
    if (name === 'products_sold') return;
  }
  if (touching?.meaning.kind === 'metric' && /orders$/.test(touching.meaning.name) && takesTime(name, needs))
    reading.metrics = reading.metrics.filter((one) => one !== metricOf(touching.tile));
  else if (
    touching?.meaning.kind === 'metric' &&
    reading.metrics.includes(touching.meaning.name) &&
    !name.endsWith('_variance')
  ) {
    item.used =
      item.tile.word === 'paid' || (isMoney(touching.meaning.name, needs) && SAYS_MONEY.test(item.tile.word));
    return;
  }
  item.used = true;
  if (name === 'branches_total') onlyStores(item, at, reading, needs);
  if (isCounted(items, at)) reading.howMany = true;
  reading.said[name] ??= item.tile.word;
  againstBudget(name, item, items, reading);
  if (!reading.metrics.includes(name)) reading.metrics.push(name);
}

/** 'how many stores': branches of other kinds are not among them. */
function onlyStores(item: Item, at: number, reading: Reading, needs: UnderstandNeeds): void {
  if (!/\b(?:store|shop)s?\b/.test(item.tile.word) || /\bbranch|outlet/.test(item.tile.word)) return;
  const store = needs.values.valuesOf('branch_kind').find((value) => value.toLowerCase() === 'store');
  if (
    store !== undefined &&
    !reading.filters.some((filter) => filter.hits.some((hit) => hit.dimension === 'branch_kind'))
  ) {
    reading.filters.push({
      hits: [{ dimension: 'branch_kind', value: store }],
      negated: false,
      at,
      said: item.tile.text,
    });
  }
}

/** 'which product is returned the most': the phrase for the figure begins with what is ranked. */
function namesSubject(items: Item[], at: number, reading: Reading, counted: string | undefined): boolean {
  const item = items[at];
  const listed = is(items[beside(items, at, -1)], 'which', 'list') && counted === 'products';
  if (
    (!reading.ranking && !listed) ||
    reading.dimensions.length > 0 ||
    reading.subjectUnit ||
    !/^(?:product|item|article)s? /.test(item?.tile.word ?? '')
  )
    return false;
  return (
    is(items[beside(items, at, -1)], 'which', 'list', ...RANKING) ||
    items[beside(items, at, -1)]?.meaning.kind === 'number'
  );
}

/** 'how much shipping did we pay', 'rent paid this year': what was paid is the figure or the account. */
function isVerbOfOther(item: Item, items: Item[]): boolean {
  if (!/^(?:(?:customers|people|we|they) )?(?:pay|paid|paying)$/.test(item.tile.word)) return false;
  return items.some(
    (other) =>
      other !== item &&
      (other.meaning.kind === 'metric' ||
        (other.meaning.kind === 'value' && other.meaning.hits.every((hit) => hit.dimension === 'account'))),
  );
}

/** 'how many units of boots are in stock': what is counted in units is another figure. */
function isUnitOfOther(item: Item, items: Item[], needs: UnderstandNeeds): boolean {
  if (!/^(?:units?|pieces?|pairs?|items?)$/.test(item.tile.word)) return false;
  return items.some((other) => {
    if (other === item || other.meaning.kind !== 'metric' || other.meaning.name === 'units') return false;
    const unit = needs.model.metrics.get(other.meaning.name)?.unit;
    return unit?.kind === 'count' && unit.of === 'units';
  });
}

/** 'number of credit card payments': what stands between counts for nothing here. */
function isCounted(items: Item[], at: number): boolean {
  for (let before = beside(items, at, -1); before >= 0; before = beside(items, before, -1)) {
    const item = items[before];
    if (is(item, 'how-many')) return true;
    if (item?.meaning.kind !== 'value' && item?.meaning.kind !== 'segment') return false;
  }
  return false;
}

const SAYS_MONEY = /^(?:revenues?|sales|amounts?|income|turnover|takings|money|value|total)$/;

/** 'how long did orders take to ship': of orders, how long it took is asked. */
function takesTime(name: string, needs: UnderstandNeeds): boolean {
  const metric = needs.model.metrics.get(name);
  return metric !== undefined && isDuration(metric);
}

function unitOf(name: string, needs: UnderstandNeeds): string | undefined {
  const unit = needs.model.metrics.get(name)?.unit;
  return unit?.kind === 'count' ? unit.of : undefined;
}

function isMoney(name: string, needs: UnderstandNeeds): boolean {
  return needs.model.metrics.get(name)?.unit.kind === 'money';
}

/** Words for figures that a town or a brand may be called too: 'sellers who had sales'. */
const PLAIN_FIGURE =
  /^(?:sales?|revenues?|orders?|units?|items?|customers?|payments?|refunds?|returns?|costs?|margin|profit|income|turnover|expenses|budget)$/;

/** 'city sales', 'account sales'. */
function isNamedByKind(items: Item[], at: number, hits: { dimension: string }[]): boolean {
  const before = items[beside(items, at, -1)]?.meaning;
  return before?.kind === 'dimension' && hits.some((hit) => hit.dimension === before.name);
}

/** 'revenue from postage' where a product has that name: the name narrows, it is no second figure. */
function isBookedName(items: Item[], at: number, reading: Reading): boolean {
  const item = items[at];
  const value = item ? valueOf(item.tile) : undefined;
  if (!item || !value || reading.metrics.length === 0 || !restricts(items, at)) return false;
  if (PLAIN_FIGURE.test(item.tile.word) && !isNamedByKind(items, at, value.hits)) return false;
  if (reading.metrics.some((name) => /^expense/.test(name)) && value.hits.every(isOfExpenses)) {
    item.used = true;
    return true;
  }
  item.meaning = value;
  return true;
}

/** 'over budget on costs': costs are what is over it. */
function isOfExpenses({ dimension, value }: ValueHit): boolean {
  return dimension === 'account_kind' && /^expenses?$/i.test(value);
}
