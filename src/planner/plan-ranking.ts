import type { MetricQuery } from '../domain/metric-query.ts';
import { spanBefore } from '../periods/understand-calendar.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { isDuration } from '../reading/metric-traits.ts';
import type { Reading } from '../reading/reading.ts';
import { WHERE_IS_ASKED } from './plan-asked.ts';
import { JUDGING, rankedByChange, riseOrFall } from './plan-ranked-by-change.ts';
import { lastComplete } from './plan-times.ts';
import { completeOnly } from './plan-unfinished.ts';
import { capital, label, periodText } from './plan-words.ts';
import type { Planned, PlanningNeeds } from './planned.ts';

/** Best and worst: of what, by which figure, how many, in which direction, and inside of what. */
export function rankingOf(
  reading: Reading,
  query: MetricQuery,
  needs: PlanningNeeds,
  notes: string[],
): Planned | null {
  const { ranking } = reading;
  if (!ranking || query.acrossGrain) return null;
  if (reading.bothEnds && ranking.limit === null && (reading.subjectUnit || query.dimensions.length === 1)) {
    query.grain ??= reading.subjectUnit;
    notes.push('all are listed, from the best to the worst');
    return null;
  }
  if (isPart(reading, query)) return asMembers(reading, query, needs);
  const subject = reading.dimensions.find((one) => one.how === 'subject') ?? reading.dimensions[0];
  const byTime = reading.subjectUnit !== null || (query.grain !== null && query.dimensions.length === 0);
  if (!subject && !byTime) {
    const several = query.filters.find((filter) => filter.operator === 'in' && filter.values.length > 1);
    const usual = several?.dimension ?? usualSubject(reading, query, needs);
    if (usual === undefined) return whichOfWhat(reading, query, needs);
    if (!query.dimensions.includes(usual)) query.dimensions.push(usual);
    reading = {
      ...reading,
      dimensions: [...reading.dimensions, { name: usual, how: 'subject', plural: false }],
    };
    if (several) {
      query.ranking = null;
      return null;
    }
  }
  return ranked(reading, query, needs, notes);
}

function ranked(reading: Reading, query: MetricQuery, needs: PlanningNeeds, notes: string[]): Planned | null {
  const { ranking } = reading;
  if (!ranking) return null;
  const subject = subjectOf(reading);
  const changing = subject !== undefined && (reading.roles.has('growth') || reading.change !== null);
  if (changing && !query.comparison && query.period === null) {
    const main = lastComplete(needs);
    query.period = periodOf(main);
    query.comparison = { kind: 'previous-period', period: periodOf(spanBefore(main)) };
    query.calculations = query.calculations.filter((one) => one.kind !== 'growth');
    query.grain = null;
    notes.push('no period was said: the last complete month against the one before');
  }
  const inside = insideOf(reading, query, subject?.name);
  if (inside === null) return tooMany(query, needs);
  const plural = subject ? subject.plural : reading.subjectUnitPlural;
  const everyone = ranking.limit === null && EVERYONE.test(ranking.word);
  const usual = everyone ? 1000 : plural ? (inside === undefined ? 10 : 3) : 1;
  const limit = ranking.limit ?? usual;
  if (ranking.limit === null && plural && !everyone) notes.push(`the first ${limit}`);
  const by =
    reading.rankingMetric ??
    againstBudget(query, reading) ??
    bySales(reading, query, needs) ??
    query.metrics[0] ??
    '';
  if (changing && query.comparison) {
    const which = riseOrFall(reading.text);
    if (which) return which;
    query.ranking = rankedByChange(reading, by, limit, needs, notes);
    if (ranking.place !== undefined) query.ranking.from = ranking.place;
  } else {
    const direction = directionOf(reading, by, needs, notes);
    query.ranking = { by, direction, limit, withRest: reading.roles.has('rest') && inside === undefined };
    if (ranking.place !== undefined)
      query.ranking = { ...query.ranking, from: ranking.place, withRest: false };
    if (subject === undefined && direction === 'bottom') completeOnly(query, needs, notes);
  }
  const unbound = everyone && inside === undefined && query.ranking.direction === 'top';
  if (unbound && by === query.metrics[0] && query.comparison === null && subject !== undefined)
    query.ranking = null;
  else if (inside !== undefined) {
    query.ranking.within = inside;
    if (inside !== 'period_start' && subject) query.dimensions = [inside, subject.name];
  }
  if (!query.metrics.includes(by)) query.metrics.push(by);
  return null;
}

/** 'return rate of the best selling product': the best by what was sold, and not by that rate. */
function bySales({ ranking }: Reading, { metrics }: MetricQuery, needs: PlanningNeeds): string | undefined {
  const [metric = ''] = metrics;
  const rate = /^(?:share|days|ratio)$/.test(needs.model.metrics.get(metric)?.unit.kind ?? '');
  return rate && /sell(?:er|ing)/.test(ranking?.word ?? '') && needs.model.metrics.has('revenue')
    ? 'revenue'
    : undefined;
}

/** 'wages against budget by branch, worst first': they are held against it, and that is what is put in order. */
function againstBudget({ metrics }: MetricQuery, { conditions }: Reading): string | undefined {
  const judged = conditions.find(({ metric }) => metric?.endsWith('_variance'))?.metric;
  if (judged) return judged;
  const held = metrics.some((name) => /_budget$/.test(name));
  return held ? metrics.find((name) => /_variance$/.test(name)) : undefined;
}

/** What is ranked: in 'the three best products within each category' it is the many, inside of each one. */
function subjectOf({ dimensions }: Reading): Reading['dimensions'][number] | undefined {
  const named = dimensions.find((one) => one.how === 'subject');
  if (named || dimensions.length !== 2) return named ?? dimensions[0];
  const many = dimensions.filter((one) => one.plural);
  return many.length === 1 ? many[0] : dimensions[0];
}

/** 'rank the branches', 'highest first': all of them. */
const EVERYONE =
  /^(?:rank|ranking|ranked|ranking of|league table.*|.*(?: first|scending.*|ascending order|descending order)|.*(?:high|low|highest|lowest|best|worst|strongest|weakest|largest|biggest|smallest|most|least|fastest|slowest|top) to .*)$/;

/** 'the best product in each country': what the ranking is inside of; null where it is inside of several. */
function insideOf(
  reading: Reading,
  query: MetricQuery,
  subject: string | undefined,
): string | null | undefined {
  if (subject === undefined) return undefined;
  const others = query.dimensions.filter(
    (name) =>
      name !== subject &&
      !query.filters.some((filter) => filter.dimension === name && filter.values.length === 1),
  );
  const named = others.filter((name) => reading.dimensions.some((one) => one.name === name));
  if (named.length < others.length) {
    query.dimensions = query.dimensions.filter((name) => name === subject || named.includes(name));
  }
  const timed = query.grain !== null && reading.subjectUnit === null;
  if (isOfTheProduct(subject, named, reading)) return undefined;
  if (named.length + (timed ? 1 : 0) > 1) return null;
  return named[0] ?? (timed && query.comparison === null ? 'period_start' : undefined);
}

/** 'which category has the best seller' asks for a product and what it belongs to: in each product there is but one. */
function isOfTheProduct(subject: string, named: string[], reading: Reading): boolean {
  return (
    named.join() === 'product' &&
    /^(?:brand|category|subcategory|department)$/.test(subject) &&
    !/\b(?:each|every|per|by) (?:of the |single )?(?:product|item|article|sku|line)s?\b/i.test(reading.text)
  );
}

function tooMany(query: MetricQuery, needs: PlanningNeeds): Planned {
  const by = (needs.model.metrics.get(query.metrics[0] ?? '')?.label ?? 'revenue').toLowerCase();
  const [first = '', ...others] = query.dimensions.map((name) => ({
    one: label(needs, name),
    many: needs.model.dimensions.get(name)?.plural ?? name,
  }));
  const question = (one: string): string =>
    `top 3 ${typeof first === 'string' ? 'products' : first.many} by ${by} in each ${one}${periodText(query)}`;
  return {
    kind: 'ask',
    text: 'I can rank inside one thing at a time. Inside which?',
    questions: others.map(({ one }) => ({ label: capital(question(one)), question: question(one) })),
  };
}

/** 'revenue by month of the top 5 products', 'share of the ten best': the ranked are a part of the whole. */
export function isPart(reading: Reading, query: MetricQuery): boolean {
  const subject = reading.dimensions.find((one) => one.how === 'subject') ?? reading.dimensions[0];
  const limit = reading.ranking?.limit ?? null;
  if (subject === undefined || limit === null || reading.roles.has('growth') || reading.change !== null)
    return false;
  const broken = query.grain !== null || query.dimensions.some((name) => name !== subject.name);
  const listed = /\b(?:each|their|with|by (?!revenue|sales|orders|units))\b/i.test(reading.text);
  const whole = reading.roles.has('share') && !broken && !listed;
  if (whole && limit > 1 && SHARE_FIRST.test(reading.text)) return true;
  const combined = reading.roles.has('combined');
  if (combined && limit > 1 && DID_THE_TOP.test(reading.text)) return true;
  return OF_THE_TOP.test(reading.text) && (broken || whole || combined);
}

const SHARE_FIRST =
  /\b(?:share|percent|percentage|proportion|fraction|how much) (?:of|do|does|did)\b.*\b(?:top|best|biggest|largest|bottom|worst|leading)\b/i;

/** 'how much did the top 20 customers make together'. */
const DID_THE_TOP =
  /\b(?:did|do|does|have|has) (?:the |our )?(?:\d+ )?(?:top|best|biggest|largest|leading)\b/i;

const OF_THE_TOP =
  /\b(?:of|from|by|with|for|on|come from|comes from|came from) (?:the |our |my |its )?(?:\d+ |ten |five |three )?(?:top|best|biggest|largest|bottom|worst|leading|strongest)\b/i;

function asMembers(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned | null {
  const { ranking } = reading;
  const subject = reading.dimensions.find((one) => one.how === 'subject') ?? reading.dimensions[0];
  if (!ranking || !subject) return null;
  const by = reading.rankingMetric ?? query.metrics[0] ?? 'revenue';
  if (!query.metrics.every((name) => needs.reach.dimension(name, subject.name))) return null;
  query.dimensions = query.dimensions.filter((name) => name !== subject.name);
  const { direction } = ranking;
  const limit = ranking.limit ?? 10;
  query.members = [
    ...(query.members ?? []),
    { dimension: subject.name, having: [], ranking: { by, direction, limit } },
  ];
  return null;
}

/** 'what sold best' is about products, 'the biggest expense' about accounts. */
function usualSubject(reading: Reading, query: MetricQuery, needs: PlanningNeeds): string | undefined {
  const metric = query.metrics[0] ?? '';
  if (WHERE_IS_ASKED.test(reading.text)) return usualPlace(reading, query, needs);
  const goods =
    reading.roles.has('sell') ||
    reading.roles.has('buy') ||
    reading.roles.has('popular') ||
    reading.roles.has('expensive') ||
    reading.roles.has('cheap') ||
    /\bsell(?:er|ing)/.test(reading.ranking?.word ?? '');
  const things = goods || /^(?:units|returned_units)$/.test(metric);
  const name = /^(?:expenses|expense_)/.test(metric) ? 'account' : things ? 'product' : undefined;
  if (name === undefined || !needs.model.dimensions.has(name)) return undefined;
  return needs.reach.dimension(metric, name) ? name : undefined;
}

/** 'where do we sell the most boots': at which branch; of customers, where they live. */
function usualPlace(reading: Reading, query: MetricQuery, needs: PlanningNeeds): string | undefined {
  const people = /\b(?:live|customers?|people|buyers?|come from)\b/i.test(reading.text);
  const places = people ? ['city', 'state', 'country'] : ['branch', 'city', 'state', 'country'];
  return places.find(
    (name) =>
      query.metrics.every((metric) => needs.reach.dimension(metric, name)) &&
      (needs.values?.valuesOf(name).length ?? 0) > 1,
  );
}

function whichOfWhat(reading: Reading, query: MetricQuery, needs: PlanningNeeds): Planned {
  const name = query.metrics[0] ?? 'revenue';
  const figure = (needs.model.metrics.get(name)?.label ?? name).toLowerCase();
  const word = reading.ranking?.direction === 'bottom' ? 'lowest' : 'highest';
  const things = ['product', 'category', 'branch', 'country', 'account']
    .filter((one) => needs.model.dimensions.has(one) && needs.reach.dimension(name, one))
    .slice(0, 3);
  const question = (one: string): string => `which ${one} had the ${word} ${figure}${periodText(query)}`;
  return {
    kind: 'ask',
    text: `The ${word} ${figure} of what?`,
    questions: [...things.map((one) => label(needs, one)), 'month', 'day'].map((one) => ({
      label: capital(question(one)),
      question: question(one),
    })),
  };
}

export function directionOf(
  reading: Reading,
  by: string,
  needs: PlanningNeeds,
  notes: string[],
): 'top' | 'bottom' {
  const { word = '', direction = 'top' } = reading.ranking ?? {};
  const metric = needs.model.metrics.get(by);
  if (word === 'slow' || word === 'fast') {
    const highest = (word === 'slow') === (metric !== undefined && isDuration(metric));
    notes.push(
      `'${word}est' was read as the ${highest ? 'highest' : 'lowest'} ${(metric?.label ?? by).toLowerCase()}`,
    );
    return highest ? 'top' : 'bottom';
  }
  if (metric?.more_is !== 'bad' || !JUDGING.test(word)) return direction;
  const turned = direction === 'top' ? 'bottom' : 'top';
  notes.push(
    `'${word}' was read as the ${turned === 'top' ? 'highest' : 'lowest'} ${metric.label.toLowerCase()}`,
  );
  return turned;
}
