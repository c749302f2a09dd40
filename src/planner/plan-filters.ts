import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { Role } from '../vocabulary/understand-function-words.ts';
import { label } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';
import { sayPeriod } from './say-query.ts';

/** 'Frost Lace and Ridge Runner': two lines of products are asked for one at a time, since no product is of both. */
function severalFamilies(reading: Reading, query: MetricQuery): Planned | null {
  const families = reading.filters.filter(({ hits, negated }) => !negated && hits[0]?.family === true);
  if (families.length < 2) return null;
  const { span } = reading.periods;
  const metric = (query.metrics[0] ?? 'revenue').replaceAll('_', ' ');
  return {
    kind: 'ask',
    text: 'Those are two lines of products. Which one?',
    questions: families.map(({ hits: [hit] }) => ({
      label: hit?.value ?? '',
      question: `${metric} of "${hit?.value ?? ''}"${span ? ` ${sayPeriod(span)}` : ' of all time'}`,
    })),
  };
}

/** 'marketing spend against revenue': an account narrows what is booked, and nothing else can be narrowed to it. */
function ofSomeOnly(query: MetricQuery, needs: PlanningNeeds): void {
  for (const filter of query.filters) {
    const of = query.metrics.filter((name) => needs.reach.dimension(name, filter.dimension));
    if (/^account/.test(filter.dimension) && of.length > 0 && of.length < query.metrics.length)
      filter.of = of;
  }
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function filtersOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const families = severalFamilies(reading, query);
  if (families) return families;
  const groups = new Map<string, Filter>();
  for (const { hits, negated } of reading.filters) {
    const [hit] = hits;
    if (!hit) continue;
    if (hit.family) {
      query.filters.push({
        dimension: hit.dimension,
        operator: negated ? 'not-contains' : 'starts-with',
        values: [hit.value],
      });
      notes.push(`all ${label(needs, hit.dimension)}s whose name begins with '${hit.value}'`);
      continue;
    }
    const key = `${hit.dimension} ${negated}`;
    const there = groups.get(key);
    const values = hits.filter((one) => one.dimension === hit.dimension).map((one) => one.value);
    if (there) for (const value of values) if (!there.values.includes(value)) there.values.push(value);
    if (!there)
      groups.set(key, { dimension: hit.dimension, operator: negated ? 'not-in' : 'in', values: [...values] });
  }
  for (const filter of groups.values()) stillToShip(filter, reading, needs, notes);
  query.filters = [...groups.values(), ...query.filters];
  for (const text of reading.texts) {
    const dimension = text.dimension ?? (needs.model.dimensions.has('product') ? 'product' : null);
    if (!dimension)
      return { kind: 'ask', text: `In which name should I look for '${text.text}'?`, questions: [] };
    query.filters.push({
      dimension,
      operator: text.negated ? 'not-contains' : 'contains',
      values: [text.text],
    });
  }
  for (const { dimension, empty } of reading.emptiness) {
    query.filters.push({ dimension, operator: empty ? 'is-empty' : 'is-not-empty', values: [] });
  }
  ofSomeOnly(query, needs);
  query.segments = reading.segments;
  const days = reading.periods.weekdays;
  if (days.length === 7 && needs.model.dimensions.has('weekend')) query.dimensions.push('weekend');
  else if (days.length > 1 && sideBySide(reading) && needs.model.dimensions.has('weekday')) {
    query.filters.push(ofWeekdays(days));
    query.dimensions.push('weekday');
  } else if (days.length > 0) {
    const segment =
      days.join() === '6,7' ? 'on_weekends' : days.join() === '1,2,3,4,5' ? 'on_weekdays' : null;
    if (segment && needs.model.segments.has(segment))
      query.segments = [...new Set([...query.segments, segment])];
    else if (needs.model.dimensions.has('weekday')) {
      query.filters.push(ofWeekdays(days));
    } else return { kind: 'cannot', text: 'I cannot split by the day of the week here.' };
  }
  const said = query.segments;
  for (const name of said) {
    const dimension = SEGMENT_DIMENSIONS[name] ?? '';
    const beside = query.filters.find((filter) => filter.dimension === dimension && filter.operator === 'in');
    if (!beside || !(reading.roles.has('and') || reading.roles.has('or') || reading.roles.has('versus')))
      continue;
    query.filters = query.filters.filter((filter) => filter !== beside);
    query.segments = query.segments.filter((one) => SEGMENT_DIMENSIONS[one] !== dimension);
    if (!query.dimensions.includes(dimension)) query.dimensions.push(dimension);
    notes.push('shown side by side');
  }
  if (query.segments.length > 1 && contradictory(query.segments)) {
    const dimension = SEGMENT_DIMENSIONS[query.segments[0] ?? ''];
    if (dimension && needs.model.dimensions.has(dimension)) {
      query.segments = query.segments.filter((name) => SEGMENT_DIMENSIONS[name] !== dimension);
      query.dimensions.push(dimension);
      notes.push('shown side by side');
    }
  }
  return null;
}

function ofWeekdays(days: number[]): Filter {
  return { dimension: 'weekday', operator: 'in', values: days.map((day) => WEEKDAYS[day - 1] ?? '') };
}

const TWO_DAYS =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b.*\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b/i;

/** 'Saturdays vs Sundays' are two figures. */
function sideBySide({ roles, text }: Reading): boolean {
  if (!TWO_DAYS.test(text)) return false;
  return roles.has('versus') || roles.has('compare') || roles.has('than');
}

export const SEGMENT_DIMENSIONS: Record<string, string> = {
  online: 'channel',
  in_store: 'channel',
  on_weekends: 'weekend',
  on_weekdays: 'weekend',
  with_discount: 'discounted',
  at_full_price: 'discounted',
  by_new_customers: 'customer_type',
  by_returning_customers: 'customer_type',
  with_coupon: 'coupon_used',
  without_coupon: 'coupon_used',
  delivered_on_time: 'delivered_late',
};

// prettier-ignore

function contradictory(segments: string[]): boolean {
  const dimensions = segments.map((name) => SEGMENT_DIMENSIONS[name]).filter((name) => name !== undefined);
  return new Set(dimensions).size < dimensions.length;
}

export function dimensionsOf(reading: Reading, query: MetricQuery): void {
  for (const { name, how } of reading.dimensions) {
    if (
      how === 'plain' &&
      /^(?:order_number|product|customer)$/.test(name) &&
      reading.metrics.length > 0 &&
      !reading.ranking &&
      reading.conditions.length === 0
    )
      continue; // prettier-ignore
    if (!query.dimensions.includes(name)) query.dimensions.push(name);
  }
  const choosing = ['more', 'less', 'top', 'bottom', 'which'].some((role) => reading.roles.has(role as Role));
  if (reading.roles.has('combined') || (reading.roles.has('or') && !choosing)) return;
  const several = query.filters.find((filter) => filter.operator === 'in' && filter.values.length > 1);
  const saidApart =
    reading.filters.filter((filter) => !filter.negated && filter.hits[0]?.dimension === several?.dimension)
      .length > 1;
  if (several && saidApart && !query.dimensions.includes(several.dimension) && !reading.roles.has('share')) {
    query.dimensions.push(several.dimension);
  }
}

const TO_SHIP =
  /\b(?:not|never|nt|yet to)\b(?: \p{L}+){0,3} (?:ship|shipped|sent|dispatched)\b|\bunshipped\b/iu;
const SHIPPED_SINCE = /^(?:delivered|returned|completed|cancell?ed|unavailable)$/i;

/** 'not yet shipped' is not what was delivered since, nor what never will be. */
function stillToShip(filter: Filter, reading: Reading, needs: PlanningNeeds, notes: string[]): void {
  const shipped = filter.values.length === 1 && /^(?:shipped|sent|dispatched)$/i.test(filter.values[0] ?? '');
  if (filter.dimension !== 'order_status' || filter.operator !== 'not-in' || !shipped) return;
  if (!TO_SHIP.test(reading.text)) return;
  const since = (needs.values?.valuesOf('order_status') ?? []).filter((value) => SHIPPED_SINCE.test(value));
  filter.values = [...filter.values, ...since];
  if (since.length > 0) notes.push(`what is ${since.join(' or ')} is no longer to be shipped`);
}
