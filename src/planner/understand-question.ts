import { addDays } from '../domain/day.ts';
import type { Having } from '../domain/metric-query.ts';
import type { Grain } from '../domain/period.ts';
import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Span } from './understand-calendar.ts';
import type { Role } from './understand-function-words.ts';
import { type PeriodsRead, readPeriods, type TimeLink } from './understand-periods.ts';
import { type CompareOperator, type Meaning, type Tile, type TilingNeeds, tile } from './understand-tiles.ts';
import { longDay, type TimeMeaning } from './understand-time.ts';
import type { ValueHit } from './value-index.ts';

export type FilterRead = { hits: ValueHit[]; negated: boolean; at: number; said: string };
export type ConditionRead = {
  metric: string | null;
  dimension: string | null;
  operator: CompareOperator;
  values: string[];
  unit: 'percent' | 'money' | null;
}; // prettier-ignore

/** Everything that a question says, before it is decided what to do about it. */
export type Reading = {
  text: string;
  metrics: string[];
  /** In the order said. `subject` is what a ranking or 'which' is about. */
  dimensions: { name: string; how: 'by' | 'subject' | 'plain'; plural: boolean }[];
  filters: FilterRead[];
  texts: { dimension: string | null; text: string; negated: boolean }[];
  emptiness: { dimension: string; empty: boolean }[];
  segments: string[];
  periods: PeriodsRead;
  grain: Grain | null;
  /** 'which month', 'best day': a time unit as the subject. */
  subjectUnit: Grain | null;
  subjectUnitPlural: boolean;
  ranking: { direction: 'top' | 'bottom'; limit: number | null; word: string } | null;
  rankingMetric: string | null;
  conditions: ConditionRead[];
  change: Grain | null;
  window: number | null;
  roles: ReadonlySet<Role>;
  howMany: boolean;
  /** 'per order', 'per customer'. */
  per: { metric: string; dimension: string } | null;
  outside: { subject: string; said: string }[];
  /** Content words that nothing accounts for. */
  leftovers: { text: string; start: number; end: number }[];
  unknown: { text: string; start: number; end: number }[];
  vague: string[];
  notes: string[];
  /** Two readings of one word that change the answer: which word, which labels. */
  ambiguous: { said: string; start: number; end: number; hits: ValueHit[] } | null;
  contentTiles: number;
};

export type UnderstandNeeds = TilingNeeds & { model: SemanticModel; reach: Reach };

type Item = { tile: Tile; meaning: Meaning; used: boolean; start: number; end: number };

/** Reads a question whole: what each word does in it, and which words do nothing that is known. */
export function understandQuestion(text: string, needs: UnderstandNeeds): Reading {
  const { all, tiles, notes } = tile(text, needs);
  const items: Item[] = tiles.map((one) => ({
    tile: one,
    meaning: one.meanings[0] ?? { kind: 'unknown' },
    used: false,
    start: all[one.start]?.at ?? 0,
    end: all[one.start + one.length - 1]?.end ?? 0,
  }));
  const reading = emptyReading(text, notes);
  settleMeanings(items, needs);
  readWindow(items, reading);
  readTimes(items, reading, needs);
  readRankings(items, reading);
  readExclusions(items, reading, needs);
  readTexts(items, reading, text);
  readBreakdowns(items, reading);
  readSubjects(items, reading, needs);
  readConditions(items, reading, needs);
  readMetrics(items, reading, needs);
  readValues(items, reading, needs);
  readRoles(items, reading);
  readPerformance(items, reading);
  readSmallNouns(items, reading, needs);
  readLeftovers(items, reading);
  return reading;
}

function emptyReading(text: string, notes: string[]): Reading {
  return {
    text,
    metrics: [],
    dimensions: [],
    filters: [],
    texts: [],
    emptiness: [],
    segments: [],
    periods: {
      span: undefined,
      comparison: null,
      relative: null,
      grain: null,
      weekdays: [],
      unclear: null,
      problem: null,
      notes: [],
    },
    grain: null,
    subjectUnit: null,
    subjectUnitPlural: false,
    ranking: null,
    rankingMetric: null,
    conditions: [],
    change: null,
    window: null,
    roles: new Set(),
    howMany: false,
    per: null,
    outside: [],
    leftovers: [],
    unknown: [],
    vague: [],
    notes: [...notes],
    ambiguous: null,
    contentTiles: 0,
  }; // prettier-ignore
}

function is(item: Item | undefined, ...roles: Role[]): boolean {
  return item?.meaning.kind === 'role' && roles.includes(item.meaning.role);
}

function isStop(item: Item): boolean {
  return is(item, 'stop');
}

/** The nearest item before (or after) that is more than a small word. */
function beside(items: Item[], at: number, step: 1 | -1): number {
  let next = at + step;
  while (items[next] !== undefined && isStop(items[next] as Item)) next += step;
  return next;
}

function metricOf(one: Tile): string | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'metric');
  return found?.kind === 'metric' ? found.name : undefined;
}

function dimensionOf(one: Tile): string | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'dimension');
  return found?.kind === 'dimension' ? found.name : undefined;
}

function valueOf(one: Tile): Extract<Meaning, { kind: 'value' }> | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'value');
  return found?.kind === 'value' ? found : undefined;
}

const RANK_OF_NEXT = /^(?:most|highest|least|lowest|fewest|greatest|maximum|minimum)$/;

/** Chooses among a tile's meanings by what stands around it. */
function settleMeanings(items: Item[], needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    const metric = metricOf(item.tile);
    const dimension = dimensionOf(item.tile);
    const value = valueOf(item.tile);
    const before = items[beside(items, at, -1)];
    const after = items[beside(items, at, 1)];
    if (item.meaning.kind === 'dimension' && item.meaning.name === 'payment_method') {
      const refunds = items.some((other) => /\brefund|reimburse|given back/.test(other.tile.word));
      const other = item.tile.meanings.some(
        (one) => one.kind === 'dimension' && one.name === 'refund_method',
      );
      if (refunds && (other || needs.model.dimensions.has('refund_method')))
        item.meaning = { kind: 'dimension', name: 'refund_method' };
    }
    if (metric !== undefined && value?.hits.some((hit) => hit.dimension === 'refund_reason')) {
      if (items.some((other) => other !== item && /\b(?:refund|return)/.test(other.tile.word)))
        item.meaning = value;
    }
    if (
      item.meaning.kind === 'dimension' &&
      /^weekdays?$/.test(item.tile.word) &&
      needs.model.segments.has('on_weekdays')
    ) {
      const other = items.some((one) => one !== item && /^weekends?$/.test(one.tile.word));
      if (other && !is(before, 'by', 'each')) item.meaning = { kind: 'segment', name: 'on_weekdays' };
    }
    if (metric !== undefined && dimension !== undefined) {
      const asDimension = standsForDimension(items, at, before, after);
      item.meaning = asDimension ? { kind: 'dimension', name: dimension } : { kind: 'metric', name: metric };
    } else if (dimension !== undefined && value && item.meaning.kind === 'dimension') {
      const plural = /s$/.test(item.tile.word);
      const asDimension =
        plural ||
        is(before, 'by', 'each', 'which', 'list', 'top', 'bottom', 'how-many') ||
        before?.meaning.kind === 'number'; // prettier-ignore
      if (!asDimension && value.hits.length > 0) item.meaning = value;
    } else if (metric !== undefined && value && item.meaning.kind === 'metric') {
      const introduced = is(before, 'not', 'only') || before?.meaning.kind === 'dimension';
      if (introduced && items.some((other) => other !== item && metricOf(other.tile))) item.meaning = value;
    }
    if (
      dimension !== undefined &&
      metric === undefined &&
      (item.meaning.kind === 'time' || item.meaning.kind === 'segment')
    ) {
      const plain = item.meaning.kind === 'time' && item.meaning.time.kind !== 'weekdays';
      const asked =
        is(before, 'by', 'each', 'which', 'list', 'top', 'bottom') || is(after, 'busy', 'top', 'bottom');
      if (!plain && asked) item.meaning = { kind: 'dimension', name: dimension };
    }
    if (item.meaning.kind === 'unit' && is(before, 'by', 'each'))
      item.meaning = { kind: 'grain', grain: item.meaning.grain };
    if (
      item.meaning.kind === 'metric' &&
      item.meaning.name === 'revenue' &&
      is(before, 'how-many') &&
      /^sales?$/.test(item.tile.word)
    ) {
      if (needs.model.metrics.has('orders')) item.meaning = { kind: 'metric', name: 'orders' };
    }
    if (
      is(item, 'which') &&
      item.tile.word === 'what' &&
      item.tile.meanings.some((one) => one.kind === 'role' && one.role === 'stop')
    ) {
      const next = after?.meaning;
      const noun =
        next?.kind === 'dimension' ||
        next?.kind === 'unit' ||
        (after && dimensionOf(after.tile) !== undefined);
      if (!noun && !is(after, 'top', 'bottom')) item.meaning = { kind: 'role', role: 'stop' };
    }
  });
}

function standsForDimension(
  items: Item[],
  at: number,
  before: Item | undefined,
  after: Item | undefined,
): boolean {
  const item = items[at];
  if (!item) return false;
  const own = dimensionOf(item.tile) ?? '';
  const besideValue = [before, after].some(
    (one) =>
      one?.meaning.kind === 'value' &&
      one.meaning.hits.some((hit) => hit.dimension === own || kin(hit.dimension, own)),
  );
  if (besideValue) return true;
  const code =
    (after?.meaning.kind === 'unknown' || after?.meaning.kind === 'number') && /\d/.test(after.tile.text);
  if (code && /^(?:customer|order_number)$/.test(own)) return true;
  const afterNext = after ? items[beside(items, items.indexOf(after), 1)] : undefined;
  const followedByCondition =
    after?.meaning.kind === 'condition' ||
    (is(after, 'with', 'who') && items.slice(at).some((one) => one.meaning.kind === 'condition'));
  const nounOfTop =
    is(before, 'top', 'bottom', 'expensive', 'cheap', 'popular') &&
    !RANK_OF_NEXT.test(before?.tile.word ?? '');
  if (is(before, 'by', 'each')) {
    const ranked = items.slice(0, at).some((one) => is(one, 'top', 'bottom', 'busy', 'popular'));
    const subjectNamed = items
      .slice(0, at)
      .some((one) => one.meaning.kind === 'dimension' || one.meaning.kind === 'unit');
    const metricNamed = items.slice(0, at).some((one) => one.meaning.kind === 'metric');
    return !(ranked && subjectNamed && !metricNamed && is(before, 'by'));
  }
  if (is(before, 'which', 'list') || nounOfTop)
    return (
      !is(before, 'which') ||
      before?.tile.word !== 'what' ||
      is(after, 'sell', 'earn', 'buy', 'spend', 'top', 'bottom', 'with') ||
      after?.meaning.kind === 'metric' ||
      after === undefined ||
      true
    ); // prettier-ignore
  if (before?.meaning.kind === 'number') {
    const beforeThat = items[beside(items, items.indexOf(before), -1)];
    if (is(beforeThat, 'top', 'bottom'))
      return !RANK_OF_NEXT.test(beforeThat?.tile.word ?? '') || followedByCondition;
  }
  if (is(before, 'how-many')) return followedByCondition && !/^(?:at-most)$/.test('');
  if (followedByCondition && !isConditionOn(items, at)) return true;
  if (
    is(after, 'by') &&
    afterNext &&
    metricOf(afterNext.tile) !== undefined &&
    dimensionOf(afterNext.tile) === undefined
  )
    return true;
  if (is(after, 'contains')) return true;
  if (before?.meaning.kind === 'condition') return false;
  const plainAfterOther = items.some(
    (one, index) => index !== at && one.meaning.kind === 'metric' && dimensionOf(one.tile) === undefined,
  );
  const listed = is(before, 'and', 'versus') || is(after, 'and', 'versus');
  const raw = items[at - 1]?.tile.word ?? '';
  return plainAfterOther && !listed && /(?:^| )(?:of|from|for|to|by|in|per|our|all|the|among)$/.test(raw);
}

/** 'orders over 100': the number is about this very word. */
function isConditionOn(items: Item[], at: number): boolean {
  const next = items[at + 1];
  return next?.meaning.kind === 'condition';
}

function readWindow(items: Item[], reading: Reading): void {
  const moving = items.findIndex((item) => is(item, 'moving'));
  if (moving < 0) return;
  for (let at = 0; at < items.length; at += 1) {
    const number = items[at];
    const unit = items[at + 1];
    const dashed = isStop(unit ?? (number as Item)) && unit?.tile.word === '-' ? items[at + 2] : unit;
    if (number?.meaning.kind !== 'number' || dashed?.meaning.kind !== 'unit') continue;
    reading.window = Number(number.meaning.value);
    reading.grain = dashed.meaning.grain;
    number.used = true;
    dashed.used = true;
    return;
  }
}

function readTimes(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const comparing = items.some((item) => is(item, 'compare', 'versus'));
  const changing = items.some((item) => is(item, 'growth'));
  const times: { meaning: TimeMeaning; link: TimeLink }[] = [];
  let last = -1;
  items.forEach((item, at) => {
    if (item.meaning.kind === 'change') {
      reading.change = item.meaning.over;
      item.used = true;
    }
    if (item.meaning.kind !== 'time') return;
    item.used = true;
    const around = items[at - 1];
    const { time } = item.meaning;
    if (
      around &&
      /^(?:around|about|near|close to|roughly)$/.test(around.tile.word) &&
      time.kind === 'span' &&
      time.span
    ) {
      times.push({
        meaning: aroundTime(`${around.tile.text} ${item.tile.text}`, item.tile.text, time.span),
        link: 'none',
      });
      return;
    }
    const before = beside(items, at, -1);
    let link: TimeLink = 'none';
    if (is(items[before], 'versus', 'than')) link = 'versus';
    else if (is(items[before], 'and', 'or') && last >= 0 && between(items, last, before)) link = 'and';
    else if (is(items[before], 'follow') && last >= 0) link = 'and';
    const linked = items[before];
    if (link !== 'none' && linked) linked.used = true;
    if (
      is(items[before], 'compare') &&
      last < 0 &&
      item.meaning.time.kind === 'span' &&
      isOnlyTime(items, at)
    ) {
      link = 'versus';
    }
    times.push({ meaning: item.meaning.time, link });
    last = at;
  });
  reading.periods = readPeriods(
    times,
    { comparing: comparing && times.length > 1 && !hasValuePair(items), changing },
    needs.time,
  );
  reading.notes.push(...reading.periods.notes);
  if (times.length > 0)
    for (const item of items)
      if (is(item, 'compare', 'more', 'less') && times.some(({ link }) => link === 'versus'))
        item.used = true; // prettier-ignore
}

/** 'around Christmas': which days those are is asked. */
function aroundTime(said: string, name: string, span: Span): Extract<TimeMeaning, { kind: 'unclear' }> {
  const days = (from: string, to: string): { label: string; phrase: string } => ({
    label: `${longDay(from)} to ${longDay(to)}`,
    phrase: `from ${from} to ${to}`,
  });
  const last = addDays(span.to, -1);
  return {
    kind: 'unclear',
    said,
    options: [
      { label: name, phrase: span.from === last ? `on ${last}` : `from ${span.from} to ${last}` },
      days(addDays(span.from, -3), addDays(last, 3)),
      days(addDays(span.from, -7), addDays(last, 7)),
    ],
  };
}

function between(items: Item[], last: number, before: number): boolean {
  return items.slice(last + 1, before).every((item) => isStop(item));
}

function isOnlyTime(items: Item[], at: number): boolean {
  return items.every((item, index) => index === at || item.meaning.kind !== 'time');
}

/** 'compare boots and sandals in March and April' is about the boots. */
function hasValuePair(items: Item[]): boolean {
  return items.some((item, at) => {
    const next = items[beside(items, at, 1)];
    if (item.meaning.kind !== 'value' || !is(next, 'and', 'versus', 'than')) return false;
    const other = items[beside(items, items.indexOf(next as Item), 1)];
    return other?.meaning.kind === 'value';
  });
}

function readRankings(items: Item[], reading: Reading): void {
  items.forEach((item, at) => {
    if (is(item, 'growth') && item.tile.word.endsWith(' most') && !reading.ranking) {
      reading.ranking = { direction: 'top', limit: numberOfWhich(items), word: item.tile.word };
      return;
    }
    if (!is(item, 'top', 'bottom', 'busy', 'popular', 'expensive', 'cheap')) return;
    if (item.meaning.kind !== 'role') return;
    item.used = true;
    const direction = item.meaning.role === 'bottom' || item.meaning.role === 'cheap' ? 'bottom' : 'top';
    const limit = numberBeside(items, at);
    const word =
      item.meaning.role === 'top' || item.meaning.role === 'bottom' ? item.tile.word : item.meaning.role;
    if (!reading.ranking) reading.ranking = { direction, limit, word };
    else if (limit !== null) reading.ranking = { ...reading.ranking, limit };
    else if (direction === 'bottom') reading.ranking = { ...reading.ranking, direction };
  });
}

/** 'which 3 brands lost the most'. */
function numberOfWhich(items: Item[]): number | null {
  const at = items.findIndex((item) => is(item, 'which'));
  const next = at < 0 ? undefined : items[beside(items, at, 1)];
  if (next?.meaning.kind !== 'number') return null;
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

const OPPOSITES: Record<string, string> = {
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
}; // prettier-ignore

/** 'excluding web and phone', 'other than boots', 'not in Germany', 'neither A nor B'. */
function readExclusions(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (!is(item, 'not') || item.used) return;
    let found = false;
    for (let next = at + 1; next < items.length; next += 1) {
      const one = items[next];
      if (!one) break;
      if (isStop(one) || is(one, 'and', 'or', 'not')) {
        if (is(one, 'not')) one.used = true;
        continue;
      }
      const value = valueOf(one.tile);
      if (value && !(one.meaning.kind === 'dimension' && isSelector(items, next))) {
        if (found && !joinedTo(items, next)) break;
        one.used = true;
        found = true;
        const hits = narrowed(items, next, value.hits);
        reading.filters.push({ hits, negated: true, at: next, said: one.tile.text });
      } else if (one.meaning.kind === 'segment') {
        const opposite = OPPOSITES[one.meaning.name];
        if (!opposite || !needs.model.segments.has(opposite)) break;
        one.used = true;
        found = true;
        reading.segments.push(opposite);
      } else if (one.meaning.kind === 'dimension' && isSelector(items, next)) one.used = true;
      else break;
    }
    if (found) item.used = true;
  });
}

function joinedTo(items: Item[], at: number): boolean {
  const before = items[beside(items, at, -1)];
  return (
    is(before, 'and', 'or', 'not') || before?.meaning.kind === 'value' || before?.meaning.kind === 'dimension'
  );
}

/** 'country Germany', 'the Berlin branch': the dimension only says which kind of value is meant. */
function isSelector(items: Item[], at: number): boolean {
  const meaning = items[at]?.meaning;
  const dimension = meaning?.kind === 'dimension' ? meaning.name : undefined;
  if (dimension === undefined) return false;
  if (is(items[beside(items, at, -1)], 'by', 'each', 'which', 'list', 'top', 'bottom')) return false;
  return [1, -1].some((step) => {
    const near = items[beside(items, at, step as 1 | -1)];
    const value = near ? valueOf(near.tile) : undefined;
    return (
      near?.meaning.kind === 'value' &&
      value?.hits.some((hit) => hit.dimension === dimension || kin(hit.dimension, dimension))
    );
  });
}

const KIN: Record<string, string[]> = {
  product: ['product_id', 'sku'],
  branch: ['branch_id', 'branch_city'],
  account: ['account_code'],
  seller: ['seller_id'],
  order_status: ['item_status'],
  state: ['seller_state'],
  city: ['seller_city', 'branch_city'],
  country: ['branch_country'],
}; // prettier-ignore

function kin(of: string, dimension: string): boolean {
  return KIN[dimension]?.includes(of) === true;
}

/** Hits of the dimension that stands beside the value, if one does. */
function narrowed(items: Item[], at: number, hits: ValueHit[]): ValueHit[] {
  for (const step of [-1, 1] as const) {
    const near = items[beside(items, at, step)];
    const dimension = near ? dimensionOf(near.tile) : undefined;
    if (!near || dimension === undefined || near.meaning.kind !== 'dimension') continue;
    const same = hits.filter((hit) => hit.dimension === dimension);
    const related = same.length > 0 ? same : hits.filter((hit) => kin(hit.dimension, dimension));
    if (related.length > 0 && isSelector(items, items.indexOf(near))) {
      near.used = true;
      return related;
    }
  }
  return hits;
}

/** 'products containing heart', 'called "red bag"'. */
function readTexts(items: Item[], reading: Reading, text: string): void {
  items.forEach((item, at) => {
    if (!is(item, 'contains') || item.used) return;
    const next = items[beside(items, at, 1)];
    if (!next || next.meaning.kind === 'time') return;
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
function readBreakdowns(items: Item[], reading: Reading): void {
  items.forEach((item, at) => {
    if (item.meaning.kind === 'grain' && !item.used) {
      item.used = true;
      reading.grain ??= item.meaning.grain;
      return;
    }
    if (!is(item, 'by', 'each', 'every') || item.used) return;
    for (let next = at + 1; next < items.length; next += 1) {
      const one = items[next];
      if (!one) break;
      if (isStop(one) || is(one, 'and', 'each', 'by', 'every', 'or', 'share')) continue;
      if (one.meaning.kind === 'value') {
        item.used = true;
        break;
      }
      const counted = metricOf(one.tile);
      const thing = dimensionOf(one.tile);
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
      if (one.meaning.kind === 'dimension' && !one.used) {
        addDimension(reading, one.meaning.name, 'by');
        one.used = true;
        item.used = true;
      } else if (one.meaning.kind === 'grain' || one.meaning.kind === 'unit') {
        reading.grain ??= one.meaning.grain;
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

/** 'products by revenue' names the measure of a list. */
function isSortBy(items: Item[], at: number): boolean {
  return items[beside(items, at, -1)]?.meaning.kind === 'dimension';
}

function addDimension(reading: Reading, name: string, how: 'by' | 'subject' | 'plain', plural = false): void {
  const there = reading.dimensions.find((one) => one.name === name);
  if (!there) reading.dimensions.push({ name, how, plural });
  else if (there.how === 'plain') there.how = how;
}

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

/** 'which branch', 'top 5 products', 'best month', 'list the categories'; then dimensions that stand alone. */
function readSubjects(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.used) return;
    const before = items[beside(items, at, -1)];
    const beforeThat = before ? items[beside(items, items.indexOf(before), -1)] : undefined;
    const asked =
      is(
        before,
        'which',
        'list',
        'top',
        'bottom',
        'busy',
        'popular',
        'expensive',
        'cheap',
        'first',
        'last',
      ) ||
      (before?.meaning.kind === 'number' && is(beforeThat, 'top', 'bottom'));
    if (item.meaning.kind === 'unit') {
      const limited = items[beside(items, at, 1)];
      const narrowed = is(limited, 'with', 'where') || limited?.meaning.kind === 'condition';
      if (asked || reading.ranking || narrowed || is(before, 'how-many')) {
        reading.subjectUnit = item.meaning.grain;
        reading.subjectUnitPlural = item.tile.word.endsWith('s');
        item.used = true;
      }
      return;
    }
    if (item.meaning.kind !== 'dimension') return;
    if (before?.meaning.kind === 'number' && !before.used && is(beforeThat, 'which') && reading.ranking) {
      before.used = true;
      reading.ranking = { ...reading.ranking, limit: Number(before.meaning.value) };
    }
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
      !is(before, 'by', 'each')
    ) {
      reading.notes.push(`all ${item.tile.text} together`);
      return;
    }
    const generic =
      /^(?:order_number|product|customer)$/.test(item.meaning.name) &&
      /^(?:of|from|for|to|by|our|all|the)$/.test(items[at - 1]?.tile.word ?? '');
    const lacking = is(before, 'not') && before?.tile.word === 'without' && before.used === false;
    const emptiness = is(before, 'empty', 'known') || lacking;
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
      addDimension(reading, 'customer', 'subject');
    }
  }
}

/** Numbers with a comparison: on the metric beside them, before or after. */
function readConditions(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'condition' || item.used) return;
    const { operator, values, unit } = item.meaning;
    const afterAt = beside(items, at, 1);
    const beforeAt = beside(items, at, -1);
    const after = items[afterAt];
    const before = items[beforeAt];
    const target = unit === 'money' ? [before, after] : [after, before];
    const fits = (one: Item | undefined): boolean => {
      if (!one) return false;
      if (one.meaning.kind === 'metric') return true;
      if (one.meaning.kind === 'dimension')
        return needs.model.dimensions.get(one.meaning.name)?.type === 'number';
      return false;
    };
    const on = target.find(fits) ?? (is(before, 'with') ? items[beside(items, beforeAt, -1)] : undefined);
    item.used = true;
    if (on && fits(on) && on.meaning.kind === 'metric') {
      on.used = on.used || on === after;
      if (on === after && !reading.metrics.includes(on.meaning.name)) reading.metrics.push(on.meaning.name);
      reading.conditions.push({ metric: on.meaning.name, dimension: null, operator, values, unit });
    } else if (on && fits(on) && on.meaning.kind === 'dimension') {
      on.used = true;
      reading.dimensions = reading.dimensions.filter(
        (one) => one.name !== (on.meaning as { name: string }).name || one.how !== 'plain',
      );
      reading.conditions.push({ metric: null, dimension: on.meaning.name, operator, values, unit });
    } else reading.conditions.push({ metric: null, dimension: null, operator, values, unit });
  });
}

/** 'which product is returned the most': the phrase for the figure begins with what is ranked. */
function namesSubject(items: Item[], at: number, reading: Reading): boolean {
  const item = items[at];
  if (
    !reading.ranking ||
    reading.dimensions.length > 0 ||
    reading.subjectUnit ||
    !/^(?:product|item|article)s? /.test(item?.tile.word ?? '')
  )
    return false;
  return (
    is(items[beside(items, at, -1)], 'which', 'top', 'bottom', 'list') ||
    items[beside(items, at, -1)]?.meaning.kind === 'number'
  );
}

/** 'revenue of delivered orders': the second noun narrows the first, it is not a second figure. */
function restricts(items: Item[], at: number): boolean {
  const before = items[at - 1];
  if (before?.meaning.kind === 'value' || before?.meaning.kind === 'segment') {
    return /^(?:of|from|for|by|with|among|to|in|on|the|our)$/.test(items[at - 2]?.tile.word ?? '');
  }
  if (!before || !/^(?:of|from|for|by|with|among|to|in|on|the|our|all)$/.test(before.tile.word)) return false;
  const lead = items[beside(items, at, -1)];
  if (
    /^(?:the|our|all)$/.test(before.tile.word) &&
    !/^(?:of|from|for|by|with|among|to)$/.test(items[at - 2]?.tile.word ?? '')
  )
    return false;
  return (
    lead?.meaning.kind === 'metric' || lead?.meaning.kind === 'value' || is(lead, 'with', 'sell', 'earn')
  );
}

const RESTRICTIONS: Record<string, { segment?: string; dimension?: string; values?: string[] }> = {
  new_customers: { segment: 'by_new_customers' },
  returning_customers: { segment: 'by_returning_customers' },
  repeat_customers: { segment: 'by_returning_customers' },
  discounts: { segment: 'with_discount' },
  delivered_orders: { dimension: 'order_status', values: ['delivered'] },
  cancelled_orders: { dimension: 'order_status', values: ['canceled', 'cancelled'] },
  returned_orders: { dimension: 'order_status', values: ['returned'] },
  orders_on_time: { segment: 'delivered_on_time' },
  unique_customers: {},
  orders: {},
  units: {},
  products_sold: {},
  payments: {},
  payment_count: {},
};

/** Narrows the question as the noun says; false when the model has no such narrowing. */
function restrictTo(
  name: string,
  reading: Reading,
  needs: UnderstandNeeds,
  said: string,
  at: number,
): boolean {
  const narrowing = RESTRICTIONS[name];
  if (!narrowing) return false;
  if (narrowing.segment) {
    if (!needs.model.segments.has(narrowing.segment)) return false;
    if (!reading.segments.includes(narrowing.segment)) reading.segments.push(narrowing.segment);
  } else if (narrowing.dimension) {
    const { dimension, values = [] } = narrowing;
    const there = needs.values.valuesOf(dimension).filter((value) => values.includes(value.toLowerCase()));
    const [first] = there;
    if (first === undefined) return false;
    reading.filters.push({ hits: [{ dimension, value: first }], negated: false, at, said });
  }
  return true;
}

function readMetrics(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind === 'segment') {
      item.used = true;
      if (!reading.segments.includes(item.meaning.name)) reading.segments.push(item.meaning.name);
    }
    if (item.meaning.kind !== 'metric' || item.used) return;
    const { name } = item.meaning;
    if (restricts(items, at) && reading.metrics.length > 0) {
      item.used = restrictTo(name, reading, needs, item.tile.text, at);
      return;
    }
    const touching = items[at - 1];
    if (namesSubject(items, at, reading)) {
      addDimension(reading, 'product', 'subject', /s\b/.test(item.tile.word.split(' ')[0] ?? ''));
      item.used = true;
      if (name === 'products_sold') return;
    }
    if (touching?.meaning.kind === 'metric' && reading.metrics.includes(touching.meaning.name)) {
      item.used = item.tile.word === 'paid';
      return;
    }
    item.used = true;
    if (
      name === 'branches_total' &&
      /\b(?:store|shop)s?\b/.test(item.tile.word) &&
      !/\bbranch|outlet/.test(item.tile.word)
    ) {
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
    if (isCounted(items, at)) reading.howMany = true;
    if (!reading.metrics.includes(name)) reading.metrics.push(name);
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

function readValues(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'value' || item.used) return;
    item.used = true;
    const only = items[beside(items, at, -1)];
    const after = items[beside(items, at, 1)];
    for (const one of [only, after]) if (one && is(one, 'only')) one.used = true;
    reading.filters.push({
      hits: narrowed(items, at, item.meaning.hits),
      negated: false,
      at,
      said: item.tile.text,
    });
  });
  for (const filter of reading.filters) {
    const hits = likelyHits(filter.hits, filter.said, reading, items, needs);
    filter.hits = hits.chosen;
    if (hits.note) reading.notes.push(hits.note);
    const item = items[filter.at];
    if (
      hits.chosen.length > 1 &&
      item &&
      !reading.ambiguous &&
      new Set(hits.chosen.map((hit) => hit.dimension)).size > 1
    ) {
      reading.ambiguous = { said: filter.said, start: item.start, end: item.end, hits: hits.chosen };
    }
  }
}

/** Where a name is a value of several dimensions, what the rest of the question speaks of decides, and is told. */
const PREFERRED: [better: string, worse: string, unless: RegExp | null][] = [
  ['order_status', 'item_status', null],
  ['branch', 'branch_id', null],
  ['branch', 'branch_city', /\bcit(?:y|ies)\b/],
  ['country', 'branch_country', /\b(?:branch|store|shop)/],
  ['state', 'seller_state', /\b(?:seller|merchant|vendor)/],
  ['city', 'seller_city', /\b(?:seller|merchant|vendor)/],
  ['channel', 'branch_kind', /\b(?:branch|store type)/],
  ['channel', 'branch', /\bbranch/],
  ['product', 'product_id', null],
  ['product', 'sku', null],
  ['product_id', 'sku', null],
  ['account', 'account_kind', null],
  ['account', 'category', /\bcategor/],
  ['category', 'department', /\bdepartment/],
  ['category', 'subcategory', /\bsub-?categor/],
  ['refund_method', 'payment_method', /^(?!.*\brefund)/],
  ['branch', 'channel', /\b(?:channel|online)/],
  ['country', 'branch_country', null],
  ['coupon', 'product', null],
  ['payment_method', 'channel', /\bchannel/],
  ['customer_type', 'order_status', /\bstatus/],
  ['order_status', 'line_kind', null],
  ['document_kind', 'line_kind', null],
  ['order_status', 'document_kind', null],
];

function likelyHits(
  hits: ValueHit[],
  said: string,
  reading: Reading,
  items: Item[],
  needs: UnderstandNeeds,
): { chosen: ValueHit[]; note: string | null } {
  if (hits.length <= 1) return { chosen: hits, note: null };
  const named = hits.filter(
    (hit) =>
      reading.dimensions.some((one) => one.name === hit.dimension) ||
      items.some(
        (item) =>
          item.meaning.kind === 'value' &&
          item.meaning.hits.length === 1 &&
          item.meaning.hits[0]?.dimension === hit.dimension,
      ),
  ); // prettier-ignore
  let left = named.length > 0 ? named : hits;
  const reached = left.filter((hit) =>
    reading.metrics.every((metric) => needs.reach.dimension(metric, hit.dimension)),
  );
  if (reached.length > 0 && reading.metrics.length > 0) left = reached;
  const text = reading.text.toLowerCase();
  if (!/\b(?:seller|merchant|vendor|supplier)/.test(text)) left = without(left, /^seller/);
  if (/\b(?:branch|store|shop|outlet)/.test(text))
    left = only(left, /^(?:branch|branch_city|branch_country|region)$/);
  else if (/\b(?:customer|buyer|client|shopper|people|who live)/.test(text))
    left = only(left, /^(?:city|state|country|customer_segment|customer_type)$/);
  else left = without(left, /^branch_(?:country|kind)$/);
  const exact = left.filter((hit) => hit.value === said);
  if (exact.length > 0) left = exact;
  let told: string | null = null;
  for (const [better, worse, unless] of PREFERRED) {
    if (!left.some((hit) => hit.dimension === better) || !left.some((hit) => hit.dimension === worse))
      continue;
    const drop = unless?.test(text) ? better : worse;
    left = left.filter((hit) => hit.dimension !== drop);
    const kept = left[0];
    if (kept) told = `'${kept.value}' was read as a ${label(needs, kept.dimension)}`;
  }
  const dimensions = new Set(left.map((hit) => hit.dimension));
  if (dimensions.size === 1) return { chosen: left, note: told };
  return { chosen: left, note: null };
}

function only(hits: ValueHit[], dimensions: RegExp): ValueHit[] {
  const left = hits.filter((hit) => dimensions.test(hit.dimension));
  return left.length > 0 ? left : hits;
}

function without(hits: ValueHit[], dimensions: RegExp): ValueHit[] {
  const left = hits.filter((hit) => !dimensions.test(hit.dimension));
  return left.length > 0 ? left : hits;
}

function label(needs: UnderstandNeeds, dimension: string): string {
  return (needs.model.dimensions.get(dimension)?.label ?? dimension).toLowerCase();
}

/** Roles that change nothing when nothing came of them. */
const HARMLESS: ReadonlySet<Role> = new Set<Role>([
  'and',
  'which',
  'how-many',
  'how-much',
  'list',
  'each',
  'with',
  'who',
  'combined',
  'chart',
  'again',
  'sell',
  'earn',
  'buy',
  'spend',
  'share',
  'worth',
  'growth',
  'running',
  'moving',
  'average',
  'maximum',
  'minimum',
  'trend',
  'compare',
  'why',
  'rest',
  'follow',
  'instead',
  'clear',
  'only',
]); // prettier-ignore

function readRoles(items: Item[], reading: Reading): void {
  const roles = new Set<Role>();
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'role') return;
    const { role } = item.meaning;
    if (role !== 'stop') roles.add(role);
    if (HARMLESS.has(role))
      item.used = item.tile.word !== 'together' || reading.filters.length + reading.metrics.length > 1;
    if (role === 'or' && isBetweenUsed(items, at)) item.used = true;
    if (item.tile.word === 'plus') item.used = isBetweenUsed(items, at);
    if (
      role === 'by' &&
      reading.dimensions.length + (reading.grain ? 1 : 0) > 0 &&
      items[beside(items, at, 1)]?.used
    )
      item.used = true;
    if (
      role === 'versus' &&
      isBetweenUsed(items, at) &&
      reading.filters.filter((one) => !one.negated).length > 1
    )
      item.used = true;
    if (role === 'versus' && reading.metrics.length > 1 && isBetweenUsed(items, at)) item.used = true;
    if (role === 'versus' && reading.periods.comparison) item.used = true;
    if (role === 'versus' && (reading.segments.length > 1 || reading.periods.weekdays.length > 1))
      item.used = true;
    if (role === 'not' && !item.used && /^(?:without|not)$/.test(item.tile.word)) {
      const [only] = reading.segments;
      const opposite = OPPOSITES[only ?? ''];
      const joined = is(items[beside(items, at, -1)], 'versus', 'and', 'or');
      if (joined && opposite && reading.segments.length === 1) {
        reading.segments.push(opposite);
        item.used = true;
        for (const one of items) if (is(one, 'versus', 'and', 'or')) one.used = true;
      }
    }
    if (
      (role === 'than' || role === 'more' || role === 'less') &&
      (roles.has('than') || items.some((one) => is(one, 'than', 'or')))
    ) {
      if (reading.filters.length > 1 || reading.periods.comparison || reading.metrics.length > 1)
        item.used = true;
    }
    if ((role === 'more' || role === 'less') && is(items[beside(items, at, -1)], 'growth')) item.used = true;
    if (
      /^(?:up|down|higher|lower)$/.test(item.tile.word) &&
      !item.used &&
      !items.some((one) => is(one, 'than'))
    ) {
      item.used = true;
      roles.add('growth');
    }
    if (role === 'where' && reading.conditions.length > 0) item.used = true;
    if (
      role === 'when' &&
      !reading.subjectUnit &&
      reading.ranking &&
      reading.dimensions.length === 0 &&
      !reading.grain
    ) {
      reading.subjectUnit = 'day';
      reading.notes.push('the day; ask for the week or month to have that instead');
    }
    if (role === 'when' && reading.subjectUnit) item.used = true;
    if (role === 'every') item.used = item.used || reading.dimensions.length > 0;
  });
  reading.roles = roles;
}

function isBetweenUsed(items: Item[], at: number): boolean {
  return items[beside(items, at, -1)] !== undefined && items[beside(items, at, 1)]?.used === true;
}

function readLeftovers(items: Item[], reading: Reading): void {
  for (const item of items) {
    const place = { text: item.tile.text, start: item.start, end: item.end };
    if (!isStop(item)) reading.contentTiles += 1;
    if (item.meaning.kind === 'outside')
      reading.outside.push({ subject: item.meaning.subject, said: item.tile.text });
    else if (item.meaning.kind === 'unknown') {
      if (!item.used) reading.unknown.push(place);
    } else if (is(item, 'vague')) reading.vague.push(item.tile.text);
    else if (!item.used && !isStop(item)) reading.leftovers.push(place);
  }
}

const PERFORMANCE =
  /\bhow (?:did|do|does|is|are|was|were|has|have|had|well did|well do|well is|well are)\b.*\b(?:do|doing|done|did|fare|fared|faring|compare|compared|perform|performs|performed|performing|going|go)\b|\bperform(?:ance|s|ed|ing)?\b/i;

/** 'how did sneakers do last week', 'performance of X': no figure is named, what was sold is meant. */
function readPerformance(items: Item[], reading: Reading): void {
  if (reading.metrics.length > 0 || reading.ranking || !PERFORMANCE.test(reading.text)) return;
  if ([...reading.roles].some((role) => MEASURING.has(role))) return;
  const subject = reading.filters.length + reading.segments.length + reading.dimensions.length > 0;
  if (!subject && !reading.periods.span) return;
  reading.metrics.push(...(subject ? ['revenue'] : ['revenue', 'orders', 'average_order_value']));
  reading.notes.push(
    subject
      ? 'how it did was read as its revenue'
      : 'how it went was read as revenue, orders and their average',
  );
  for (const item of items) {
    if (item.meaning.kind !== 'role') continue;
    const { role } = item.meaning;
    if (role === 'vague' && /^(?:perform|doing)/.test(item.tile.word))
      item.meaning = { kind: 'role', role: 'stop' };
    if (role === 'compare' || role === 'earn') item.used = true;
  }
}

const MEASURING: ReadonlySet<Role> = new Set<Role>([
  'sell',
  'earn',
  'buy',
  'spend',
  'how-many',
  'how-much',
  'why',
]);

/** Nouns that say only what the shop sells. */
const GOODS =
  /^(?:shoes?|footwear|clothing|clothes|garments?|goods|products?|items?|articles?|things?|stuff|wear|collection|line|merchandise|ware|wares|section|categor(?:y|ies)|models?|styles?)$/;
const UNIT_NOUNS: [said: RegExp, units: readonly string[]][] = [
  [/^(?:days?|hours?|minutes?)$/, ['days', 'ratio', 'hours']],
  [
    /^(?:pounds?|euros?|dollars?|reais|real|gbp|eur|usd|brl|sterling|pence|cents?|quid|bucks?|currency)$/,
    ['money'],
  ],
  [/^(?:percent|percentage|%)$/, ['share']],
]; // prettier-ignore

/** 'running shoes', 'in days', 'in pounds': nouns that repeat what is known already. */
function readSmallNouns(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    const before = items[beside(items, at, -1)];
    const unknown = item.meaning.kind === 'unknown' || item.meaning.kind === 'outside';
    const part = item.meaning.kind === 'value' && item.meaning.part === true;
    const spare = unknown || part || (item.meaning.kind === 'dimension' && !item.used);
    if (spare && /^goods$/.test(item.tile.word) && before?.meaning.kind === 'value')
      item.meaning = { kind: 'role', role: 'stop' };
    if (unknown && GOODS.test(item.tile.word) && before?.meaning.kind === 'value') {
      const goods = before.meaning.hits.some((hit) =>
        /^(?:category|subcategory|department|brand|product)$/.test(hit.dimension),
      );
      if (goods) item.meaning = { kind: 'role', role: 'stop' };
    }
    const units = UNIT_NOUNS.find(([said]) => said.test(item.tile.word))?.[1];
    if (!units || (item.used && item.meaning.kind !== 'value')) return;
    const unit = needs.model.metrics.get(reading.metrics[0] ?? '')?.unit.kind;
    const afterIn =
      /^(?:in|of)$/.test(items[at - 1]?.tile.word ?? '') || before?.meaning.kind === 'condition';
    if (unit === undefined || !afterIn) return;
    if (!units.includes(unit) && !(before?.meaning.kind === 'condition' && units[0] === 'money')) return;
    item.meaning = { kind: 'role', role: 'stop' };
    reading.filters = reading.filters.filter(
      (filter) => filter.at !== at || !/^(?:currency)$/.test(filter.hits[0]?.dimension ?? ''),
    );
  });
}

/** A condition that is about the aggregated metric. */
export function havingOf(condition: ConditionRead, metric: string, share: boolean): Having {
  const values = condition.values.map((value) =>
    share && (condition.unit === 'percent' || Number(value) > 1) ? percent(value) : value,
  );
  return { metric, operator: condition.operator, values };
}

function percent(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}
