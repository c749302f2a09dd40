import type { MetricQuery } from '../domain/metric-query.ts';
import { lengthInDays } from '../domain/period.ts';
import type { Reading } from '../reading/reading.ts';
import { mayMatch } from '../vocabulary/may-match.ts';
import { stem } from '../vocabulary/understand-words.ts';
import type { Doubt } from './doubt.ts';
import type { Mark } from './mark.ts';
import { MARKS_OF_CONDITIONS } from './marks-of-conditions.ts';
import { MARKS_OF_MEMBERS } from './marks-of-members.ts';
import { MARKS_OF_MODIFIERS } from './marks-of-modifiers.ts';
import { MARKS_OF_PAIRS } from './marks-of-pairs.ts';
import { MARKS_OF_TURNS } from './marks-of-turns.ts';
import type { PlanningNeeds } from './planned.ts';

/**
 * The account of the small words: each that is said must have left its mark on the plan. One that has not was passed
 * over somewhere, and a plan that passes it over is asked about.
 */
export const DOUBTS_OF_MARKS: readonly Doubt[] = [
  {
    raised: (reading, query, needs) => passedOver(reading, query, needs) !== undefined,
    text: (reading, query, needs) =>
      `I am not sure what '${passedOver(reading, query, needs) ?? ''}' asks for here. Would this do?`,
    asksFigure: (reading, query, needs) => /^how many/.test(passedOver(reading, query, needs) ?? ''),
    instead: (query) => [query],
  },
];

const COUNTED_TOGETHER = /customers|orders|invoices|units|payment|revenue|products|branches|sellers/;

const MARKS: readonly Mark[] = [
  ...MARKS_OF_MODIFIERS,
  ...MARKS_OF_CONDITIONS,
  ...MARKS_OF_TURNS,
  ...MARKS_OF_MEMBERS,
  ...MARKS_OF_PAIRS,
  // '5 people who bought the most boots' asks for people, and not for boots.
  {
    words:
      /^(?:(?:which|what|the|our|top|\d+|two|three|four|five|six|seven|eight|nine|ten|twenty) )*(?:customers|people|buyers|shoppers|clients) (?:(?:who|that|which) )?(?:have |had )?(?:bought|ordered|purchased|placed) (?:the )?most\b/i,
    left: (query) => query.ranking === null || query.dimensions.includes('customer'),
  },
  // One order of things cannot be by the most of one figure and the least of another.
  {
    words:
      /\b(?:most|highest|best|biggest|largest) [^?.!,]{3,40},? (?:but|yet)(?: also)?(?: the)? (?:least|lowest|worst|fewest|smallest)\b/i,
    left: () => false,
  },
  {
    words: /\b(?:each|every)\b(?! other)/i,
    left: (query) =>
      isDivided(query) || query.metrics.length > 1 || /_per_|average/.test(query.metrics.join()),
  },
  {
    words: /\b(?:only|solely|exclusively|nothing but)\b/i,
    left: (query) =>
      isNarrowed(query) ||
      query.ranking !== null ||
      query.period !== null ||
      /one_time/.test(query.metrics.join()),
  },
  {
    words: /\b(?:never|without|excluding|excl|except|other than|apart from|aside from|leaving out)\b/i,
    left: (query) => isNarrowed(query) || isDivided(query) || TAKES_OFF.test(query.metrics.join()),
  },
  {
    words:
      /\b(?:most|least|best|worst|highest|lowest|biggest|smallest|largest|fewest|strongest|weakest|busiest|quietest)\b/i,
    unless: /\bat (?:the )?(?:most|least|best|worst|highest|lowest)\b|\b(?:best|most) (?:of|part)\b/i,
    left: (query) =>
      query.ranking !== null ||
      isDivided(query) ||
      membersOf(query).some(({ ranking }) => ranking !== null) ||
      /highest|lowest|largest/.test(query.metrics.join()),
  },
  {
    words: /\b(?:vs|versus|against|compared (?:to|with)|difference between)\b/i,
    left: (query) => isHeldAgainst(query) || isDivided(query) || query.metrics.length > 1,
  },
  {
    words: /\b(?:vs\.?|versus)\b/i,
    left: (query) =>
      isHeldAgainst(query) || query.metrics.length > 1 || query.ranking === null || tellsApart(query),
  },
  {
    words: /\bhow (?:long|fast|quickly|soon|slow(?:ly)?)\b/i,
    left: (query, _said, { model }) =>
      query.metrics.some((name) => model.metrics.get(name)?.unit.kind === 'days') ||
      /days|hours|time|delay/.test(JSON.stringify([query.filters, query.having, query.metrics])),
  },
  {
    words:
      /\b(?:big|large|high|low|small|fast|steep|sharp|great|strong|bad|bigg|wor)(?:est|st)? (?:\w+ )?(?:drop|fall|rise|increase|decrease|decline|jump|swing|improvement)\b/i,
    left: (query) =>
      query.comparison !== null || hasCalculation(query, 'growth') || /_change/.test(JSON.stringify(query)),
  },
  {
    words: /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b/i,
    unless:
      /\b(?:black|cyber|good|easter|boxing|bank holiday|shrove|palm) (?:mon|fri|satur|sun)day\b|\bsince\b/i,
    left: (query) => ofWeekdays(query) || isShort(query),
  },
  { words: /\bweek-?ends?\b/i, left: (query) => ofWeekdays(query) || isShort(query) },
  ...grainMarks(),
  {
    words: /\b(?:average|avg|mean)\b(?! (?:it|they|that|we|i|you|by|the|to)\b)/i,
    left: (query) =>
      /average|_per_|rate|days|hours|time|median|share/.test(JSON.stringify(query)) ||
      hasCalculation(query, 'moving-average'),
  },
  {
    words: /\b(?:latest|most recent|newest|oldest)\b/i,
    left: (query) =>
      query.ranking !== null || query.period !== null || /stock|balance|opened/.test(query.metrics.join()),
  },
  {
    words: /\bfor the first time\b|\bfirst[- ]time\b/i,
    left: (query) => /new_customers|first/.test(JSON.stringify(query)) || isOfNewCustomers(query),
  },
  {
    words:
      /\b(?:sellers?|products?|items?|categor(?:y|ies)|brands?|cit(?:y|ies)|states?|countr(?:y|ies))\b.*\bfor the first time\b/i,
    unless: /\b(?:customers?|buyers?|shoppers?|people|who)\b/i,
    left: () => false,
  },
  {
    words: /\bboth\b/i,
    left: (query, _said, _needs, { otherTime }) =>
      !(
        query.ranking === null &&
        otherTime === null &&
        COUNTED_TOGETHER.test(query.metrics.join()) &&
        query.metrics.length === 1 &&
        query.comparison === null &&
        query.filters.some(({ dimension, values }) => OF_MANY.test(dimension) && values.length > 1)
      ),
  },
  {
    words:
      /\b(?:sales|revenue|turnover|orders) (?:we )?(?:lost|missed|lose)\b|\b(?:lost|missed) (?:sales|revenue|turnover|orders)\b/i,
    left: (query) =>
      query.comparison !== null ||
      query.metrics.some((name) => /cancel|refund|return|discount|write|variance/.test(name)),
  },
  {
    words:
      /\b(?:(?:still|yet|waiting|awaiting|due) )+(?:to be |for )?(?:shipp?(?:ed|ing|ment)|dispatch(?:ed)?|sent)\b|\bto be (?:shipped|dispatched)\b/i,
    left: (query) =>
      !query.filters.some(
        ({ dimension, operator, values }) =>
          dimension === 'order_status' &&
          operator === 'in' &&
          /^(?:shipped|sent|dispatched)$/i.test(values.join()),
      ),
  },
  {
    words: /\bwith (?:their|its)\b/i,
    left: (query) => query.ranking?.within === undefined,
  },
  {
    words: /\bhow many (?:(?:different|distinct|unique|new|active|of (?:our|the)|our) )*[a-z]+\b/i,
    left: (query, said, needs) => countsWhatIsSaid(query, said, needs),
  },
];

/** 'how many sellers' is no number of orders, and no money. */
function countsWhatIsSaid(query: MetricQuery, said: string, { model }: PlanningNeeds): boolean {
  const noun = stem(said.split(' ').at(-1) ?? '');
  const things = [...model.dimensions.values()];
  const thing = things.find(({ plural }) => stem(plural.toLowerCase()) === noun);
  const units = query.metrics.map((name) => model.metrics.get(name)?.unit);
  if (isDivided(query) || membersOf(query).length > 0) return true;
  if (units.every((unit) => unit?.kind === 'money')) return false;
  if (!thing) return true;
  const others = things.filter((one) => one !== thing).map(({ plural }) => plural.toLowerCase());
  return units.some((unit) => unit?.kind !== 'count' || !others.includes(unit.of ?? ''));
}

/** Of which one order or customer can have several at once. */
const OF_MANY = /^(?:payment_method|product|category|subcategory|brand|department|seller)$/;

const TAKES_OFF =
  /net_|undelivered|unsold|without|anonymous|unpaid|out_of_stock|not_|gross|inactive|lost|zero|missing/;

function grainMarks(): Mark[] {
  const units: [RegExp, string][] = [
    [/\b(?:daily|day by day|(?:per|by|each|every) day)\b/i, 'day'],
    [/\b(?:weekly|week by week|(?:per|by|each|every) week)\b/i, 'week'],
    [/\b(?:monthly|month by month|(?:per|by|each|every) month)\b/i, 'month'],
    [/\b(?:quarterly|(?:per|by|each|every) quarter)\b/i, 'quarter'],
    [/\b(?:yearly|annually|(?:per|by|each|every) year)\b/i, 'year'],
    [/\b(?:hourly|(?:per|by|each|every) hour)\b/i, 'hour'],
  ];
  return units.map(([words, unit]) => ({
    words,
    // What was shipped or approved is counted 'by day of shipment'.
    left: (query) =>
      query.comparison !== null ||
      query.metrics.some((name) => name.endsWith('_made')) ||
      JSON.stringify({ ...query, period: null }).includes(unit) ||
      (query.grain !== null && query.ranking === null),
  }));
}

function passedOver(reading: Reading, query: MetricQuery, needs: PlanningNeeds): string | undefined {
  for (const { words, unless, left } of MARKS) {
    const found = mayMatch(words, reading.text) ? words.exec(reading.text) : null;
    const said = found?.groups?.['said'] ?? found?.[0];
    if (said === undefined || reading.text.includes('"') || unless?.test(reading.text)) continue;
    if (!left(query, said, needs, reading)) return said;
  }
  return undefined;
}

function membersOf({ members }: MetricQuery): NonNullable<MetricQuery['members']> {
  return members ?? [];
}

function isDivided(query: MetricQuery): boolean {
  return (
    query.dimensions.length > 0 ||
    query.grain !== null ||
    query.apart !== undefined ||
    query.acrossGrain !== null
  );
}

function isNarrowed(query: MetricQuery): boolean {
  const parts = [query.filters, query.segments, query.having, membersOf(query)];
  return parts.some((part) => part.length > 0);
}

function isHeldAgainst(query: MetricQuery): boolean {
  return (
    query.comparison !== null ||
    query.having.length > 0 ||
    query.apart !== undefined ||
    /budget|variance|attainment/.test(query.metrics.join()) ||
    query.calculations.some(({ kind }) => kind === 'ratio')
  );
}

/** Of a comparison of named ones each is told by itself. */
function tellsApart(query: MetricQuery): boolean {
  return query.filters.every(
    ({ dimension, operator, values }) =>
      operator !== 'in' || values.length < 2 || query.dimensions.includes(dimension),
  );
}

function ofWeekdays(query: MetricQuery): boolean {
  return /week(?:day|end)|calendar_day/.test(
    JSON.stringify([query.filters, query.segments, query.dimensions]),
  );
}

function isShort({ period, comparison }: MetricQuery): boolean {
  return [period, comparison?.period].some((one) => one && lengthInDays(one) < 9);
}

function isOfNewCustomers({ filters, dimensions }: MetricQuery): boolean {
  return [...filters.map(({ dimension }) => dimension), ...dimensions].includes('customer_type');
}

function hasCalculation(query: MetricQuery, kind: MetricQuery['calculations'][number]['kind']): boolean {
  return query.calculations.some((one) => one.kind === kind);
}
