import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlanningNeeds } from './planned.ts';

/** What a share is of: one of the things that narrow the question; all others narrow the whole as well. */
export type Part = { kind: 'filter'; filter: Filter } | { kind: 'segment'; name: string; filter: Filter };

type Said = { part: Part; at: number; said: string };

/** 'what share of web revenue falls on weekends': what is said behind the verb is the part, what stands before it the whole. */
export function partOfShare(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Part | undefined {
  const said = [...saidFilters(reading, query), ...saidSegments(reading, query, needs)];
  const [only] = said;
  if (said.length <= 1) return only?.part;
  const text = reading.text.toLowerCase();
  const share = text.search(SHARE);
  const named = said.find((one) => isNamedPart(text, one));
  if (named) return named.part;
  const verb = share < 0 ? -1 : text.slice(share).search(VERB);
  const behind = verb < 0 ? [] : said.filter(({ at }) => at > share + verb);
  if (behind.length > 0 && behind.length < said.length) return behind[0]?.part;
  const before = said.filter(({ at }) => at < share);
  if (verb < 0 && before.length === 1) return before[0]?.part;
  return postponed(text, said)?.part;
}

/** 'share of web orders with a coupon', 'of web revenue from new customers': what stands before the noun is the whole. */
function postponed(text: string, said: Said[]): Said | undefined {
  const behind = said.filter(
    (one) =>
      !/ (?:revenue|sales|orders?|units?|turnover)$/i.test(one.said) &&
      !new RegExp(`\\b${literalOf(one)}(?:['’]s)? ${FIGURES}\\b`, 'u').test(text),
  );
  const marked = behind.filter(({ part }) => part.kind === 'segment' && /^(?:with|at)/.test(part.name));
  if (marked.length === 1) return marked[0];
  const from = behind.filter(
    (one) =>
      new RegExp(
        `\\b(?:from|by|via|through|placed by|made by|used by) (?:the |our )?${literalOf(one)}`,
        'u',
      ).test(text) || /^(?:from|by|via|through) /.test(one.said),
  );
  return behind.length < said.length && from.length === 1 ? from[0] : undefined;
}

function literalOf({ said }: Said): string {
  return said.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The one thing that is said to be the part: 'the share of web in revenue', 'web share', 'what percentage comes from the web'. */
export function namedPartOf(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Part | undefined {
  const said = [...saidFilters(reading, query), ...saidSegments(reading, query, needs)];
  const text = reading.text.toLowerCase();
  const [only] = said;
  const alone = said.length === 1 && query.dimensions.length === 0 ? only : undefined;
  const named = said.filter((one) => isNamedPart(text, one) || isCalledPart(text, one));
  return (named.length === 1 ? named[0] : alone)?.part;
}

/** 'online share by category', 'share of web by branch', 'what percentage of orders came from the web each month'. */
function isCalledPart(text: string, { said }: Said): boolean {
  const literal = said.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const share = '(?:share|percentage|percent|proportion|part|portion|%)';
  return (
    said !== '' &&
    !new RegExp(` ${FIGURES}$`).test(said.toLowerCase()) &&
    new RegExp(
      `${share} of (?:the |our |all )*${FIGURES} (?=(?:with|without|at) )${literal}|\\b${literal}(?:['’]s)? (?:${FIGURES} )?${share}(?! of ${literal})|${share} of (?:the |our |all )?${literal}(?: (?:by|per|in each|for each|each|vs|versus|this|last|in (?:19|20)\\d\\d)\\b|,|$)|${share} of [^,?]*\\b(?:is|are|was|were|comes? from|came from|made (?:by|in|from|via)|sold (?:by|in|via)|used?|with|through|via|goes to|went to) (?:a |an |the )?${literal}`,
      'u',
    ).test(text)
  );
}

const FIGURES = '(?:revenue|sales|orders?|units?|turnover|customers?)';

const SHARE = /\b(?:share|part|percentage|percent|pct|proportion|portion|fraction|slice|how much of|%)/;
const VERB =
  /\b(?:was|were|is|are|came|comes|come|falls?|fell|happen\w*|placed|paid|went|goes|go|sold|made|did|does|do|took|takes)\b/;

/** 'the share of boots in Leeds revenue', 'boots as a share of online revenue'. */
function isNamedPart(text: string, { said }: Said): boolean {
  const literal = said.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(
    `\\b(?:share|percentage|proportion|part|portion|fraction) (?:of|from|not from|outside(?: of)?|of non|of all but) (?:the )?["“]?${literal}["”]? (?:in|within|out of|among)\\b|${literal}(?:['’]s)? (?:\\p{L}+ )?as (?:an? )?(?:share|percentage|proportion|part|%|percent)\\b`,
    'u',
  ).test(text);
}

function saidFilters(reading: Reading, query: MetricQuery): Said[] {
  return query.filters
    .filter(
      ({ operator, dimension }) => /^(?:in|not-in)$/.test(operator) && !query.dimensions.includes(dimension),
    )
    .map((filter) => {
      const said = reading.filters.find(({ hits }) =>
        hits.some(({ dimension, value }) => dimension === filter.dimension && filter.values.includes(value)),
      )?.said;
      const at = reading.text.toLowerCase().lastIndexOf((said ?? filter.values[0] ?? '').toLowerCase());
      return { part: { kind: 'filter' as const, filter }, at, said: said ?? '' };
    });
}

function saidSegments(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Said[] {
  return query.segments.flatMap((name) => {
    const filter = valuesOf(name, needs);
    if (!filter || query.dimensions.includes(filter.dimension)) return [];
    const said = reading.said[name] ?? '';
    return [
      {
        part: { kind: 'segment' as const, name, filter },
        at: reading.text.toLowerCase().lastIndexOf(said),
        said,
      },
    ];
  });
}

/** A segment as values of the dimension that tells it apart from all else. */
function valuesOf(name: string, needs: PlanningNeeds): Filter | undefined {
  const [dimension = '', ...values] = VALUES[name] ?? [];
  if (!needs.model.dimensions.has(dimension)) return undefined;
  const there = dimension === 'channel' ? (needs.values?.valuesOf(dimension) ?? []) : values;
  const kept = there.filter((value) => values.includes(value.toLowerCase()));
  return kept.length === 0 ? undefined : { dimension, operator: 'in', values: kept };
}

const VALUES: Record<string, readonly [dimension: string, ...values: string[]]> = {
  online: ['channel', 'web', 'online', 'app', 'marketplace'],
  in_store: ['channel', 'store', 'pos', 'retail'],
  on_weekends: ['weekend', 'yes'],
  on_weekdays: ['weekend', 'no'],
  with_discount: ['discounted', 'yes'],
  at_full_price: ['discounted', 'no'],
  by_new_customers: ['customer_type', 'new'],
  by_returning_customers: ['customer_type', 'returning'],
  with_coupon: ['coupon_used', 'yes'],
  without_coupon: ['coupon_used', 'no'],
};
