import type { MetricQuery } from '../domain/metric-query.ts';
import { stem } from '../vocabulary/understand-words.ts';
import type { Mark } from './mark.ts';
import type { PlanningNeeds } from './planned.ts';

const BEST =
  '(?:busiest|quietest|best|worst|biggest|largest|smallest|top|bottom|highest|lowest|strongest|weakest|leading)';
const COUNT = '(?:\\d+|two|three|four|five|ten|twenty)';
const KINDS =
  '(?:products?|branch(?:es)?|shops?|stores?|categor(?:y|ies)|subcategor(?:y|ies)|brands?|departments?|countr(?:y|ies)|regions?|channels?|customers?|sellers?|accounts?|days?|weeks?|months?|quarters?)';

/** Of which things the plan has to tell: of the best day, of the worst branch, of products that did something. */
export const MARKS_OF_MEMBERS: readonly Mark[] = [
  // 'orders on the busiest day by hour': the day is looked for, and the hours are told of it.
  {
    words: new RegExp(
      `\\b(?:on|in|at|of|for|from) (?:each of |every one of )?(?:the|our) (?<said>${BEST}(?:[- ]selling)? (?:${COUNT} )?(?:\\p{L}+ )?${KINDS})\\b`,
      'iu',
    ),
    left: (query, said, needs) => isRanked(said.split(' ').at(-1) ?? '', query, needs),
  },
  // 'products whose margin fell': those, one by one or counted, and not the margin of all.
  {
    words: new RegExp(
      `^(?:(?:which|what|list|show|me|all|the|our|any|how|many|of|and|so) )*(?<said>(?:products|branches|shops|stores|categories|subcategories|brands|departments|countries|regions|customers|people|buyers|sellers|accounts)) (?:whose|with|that|which|who|where|not|without|first|last|priced|in the top)\\b`,
      'i',
    ),
    left: (query, said, needs) => isAbout(said, query, needs),
  },
  {
    words: /\bin (?:the |our )?(?:top|bottom) \d+\b[^?.!]*\b(?:not|both|also|still|already|again|neither)\b/i,
    left: () => false,
  },
  {
    words:
      /\b(?:who|that|which) (?:have |had |has )?also (?:bought|buy|ordered|order|shopped|shop|used|returned|sold|sell|paid)\b/i,
    left: ({ members }) => (members ?? []).length > 0,
  },
  {
    words:
      /\bfull price (?:and|or|vs\.?|versus|against|compared (?:to|with)) (?:at )?(?:an? )?(?:discount\w*|reduced|marked[- ]down|on sale|sale price)\b|\b(?:at (?:a )?discount|discounted|marked[- ]down) (?:and|or|vs\.?|versus|against) (?:at )?full[- ]price\b/i,
    left: ({ dimensions, filters, segments }) =>
      dimensions.includes('discounted') || (segments.length === 0 && filters.length === 0),
  },
];

/** What is put in order in the plan, or picked out of such an order. */
function isRanked(noun: string, query: MetricQuery, needs: PlanningNeeds): boolean {
  const { ranking, grain, dimensions, members, acrossGrain } = query;
  const name = thing(noun, needs);
  if (ranking === null && (members ?? []).every((one) => one.ranking === null))
    return acrossGrain !== null || !told(query);
  const picked = (members ?? []).filter((one) => one.ranking !== null).map(({ dimension }) => dimension);
  if (picked.length > 0) return picked.some((one) => kin(one) === kin(name));
  const parts = OF_TIMES[name];
  if (parts) return grain === name || dimensions.some((one) => parts.test(one));
  // Picked out of all, and not in each of something else.
  return grain === null && dimensions.length === 1 && dimensions.every((one) => kin(one) === kin(name));
}

const OF_TIMES: Record<string, RegExp> = {
  day: /^(?:weekday|calendar_day|day_of_month)$/,
  week: /^iso_week$/,
  month: /^month_of_year$/,
  quarter: /^quarter_of_year$/,
};

function told({ dimensions, grain }: MetricQuery): boolean {
  return dimensions.length > 0 || grain !== null;
}

function isAbout(noun: string, query: MetricQuery, needs: PlanningNeeds): boolean {
  const name = thing(noun, needs);
  const parts = [...query.dimensions, ...(query.members ?? []).map(({ dimension }) => dimension)];
  if (parts.some((one) => kin(one) === kin(name))) return true;
  const plural = needs.model.dimensions.get(name)?.plural.toLowerCase() ?? noun;
  return query.metrics.some((one) => {
    const unit = needs.model.metrics.get(one)?.unit;
    return unit?.kind === 'count' && unit.of === plural && !/out_of_stock|without/.test(one);
  });
}

const OTHER_NAMES: Record<string, string> = {
  shop: 'branch',
  store: 'branch',
  people: 'customer',
  buyer: 'customer',
};

function thing(noun: string, { model }: PlanningNeeds): string {
  const word = stem(noun.toLowerCase());
  const other = Object.entries(OTHER_NAMES).find(([name]) => stem(name) === word)?.[1];
  if (other) return other;
  const found = [...model.dimensions.values()].find(
    ({ plural, name }) => stem(plural.toLowerCase()) === word || stem(name) === word,
  );
  return found?.name ?? word;
}

/** A branch is also told by its town or number. */
function kin(name: string): string {
  return name.replace(/^seller_/, '').replace(/_(?:id|city|kind|name|number)$/, '');
}
