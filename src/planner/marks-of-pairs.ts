import type { Mark } from './mark.ts';

const NOTHING_LEFT = (): boolean => false;

/** Two things said in one breath of which a plan may have heeded one: highest and lowest, the most of both, in order of another. */
export const MARKS_OF_PAIRS: readonly Mark[] = [
  {
    words: /^(?:and )?what did (?:we|they|\p{L}+) (?:sell|buy|order|return) (?:more|less|fewer) of\b/iu,
    left: ({ dimensions }) => dimensions.length > 0,
  },
  {
    words: /\b(?:had|has|have|with|made|took) (?<said>(?:exactly )?the same \p{L}+ as)\b/iu,
    left: ({ having }) => having.length > 0,
  },
  {
    words:
      /\b(?:which|what) \p{L}+ (?:did )?(?:sold|sell|bought|buy|ordered|order|had|have|took) (?<said>neither|no|none of|nothing but)\b/iu,
    left: ({ filters }) => !filters.some(({ operator }) => operator === 'not-in'),
  },
  {
    words:
      /\b(?:highest|best|most|maximum|max|top|biggest|largest) (?:and|or|&) (?:the )?(?:lowest|worst|least|minimum|min|bottom|smallest|fewest)\b|\b(?:lowest|worst|minimum|smallest) (?:and|or|&) (?:the )?(?:highest|best|maximum|largest|biggest)\b/i,
    left: ({ acrossGrain, ranking }) =>
      (acrossGrain === null || acrossGrain.aggregate === 'average') &&
      (ranking === null || ranking.limit > 1),
  },
  {
    words: /\bmost\b[^?.!]{3,40}\b(?:but|and|yet|while)\b[^?.!]{0,30}\b(?:the )?most\b/i,
    left: ({ ranking }) => ranking === null || ranking.limit > 1,
  },
  {
    words: /\border of (?:the )?(?:number of )?orders\b/i,
    left: ({ dimensions }) => !dimensions.includes('order_number'),
  },
  {
    words:
      /\bonly the (?:best|top|worst|biggest|smallest) (?<said>\p{L}+) (?:of|in|for|per) (?:each|every)\b/iu,
    left: ({ ranking }, said, { model }) =>
      ranking?.within === undefined || model.dimensions.get(ranking.within)?.name !== said.toLowerCase(),
  },
  {
    words: /\band (?:for |of |in )?(?:all|everything|everyone|the (?:whole|total|company|group))[?.! ]*$/i,
    left: ({ apart, dimensions, filters }) =>
      apart !== undefined || filters.length === 0 || dimensions.length === 0,
  },
  {
    words:
      /\b(?:orders?|baskets?|invoices?)\b[^?.!]* by (?:the |their )?(?:number|count) of (?:items|units|products|pieces)\b|\b(?:customers|people|buyers|shoppers)\b[^?.!]* by (?:the |their )?(?:number|count) of orders\b/i,
    left: ({ ranking, dimensions, members }) =>
      ranking !== null ||
      (members ?? []).length > 0 ||
      dimensions.some((name) => /size|^customer$/.test(name)),
  },
  { words: /\blate\b[^?.!,]{0,20}\bbut\b[^?.!]{0,20}\bon time\b/i, left: NOTHING_LEFT },
  {
    words: /\bbefore (?:any |the )?(?:refunds|returns|discounts|tax|taxes|vat|costs?|expenses|wages|rent)\b/i,
    left: ({ comparison }) => comparison === null,
  },
  { words: /\bon top of\b/i, left: ({ ranking }) => ranking === null },
  {
    words:
      /\b(?:returning|repeat|existing) (?:customers|buyers|shoppers)\b[^?.!]*\bfirst (?:order|purchase|visit)\b/i,
    left: ({ metrics }) => /returning|repeat/.test(metrics.join()),
  },
  // 'orders with two or more boots': two pairs, and not two pounds.
  {
    words:
      /\b(?:two|three|four|five|six|\d) or (?:more|fewer|less)\b|\b(?:at least|more than|over|at most|fewer than) (?:one|two|three|four|five|six|\d)\b/i,
    unless: /[£$€]|\b(?:pounds?|euros?|dollars?|quid|percent)\b|%/i,
    left: ({ members, having }) =>
      ![...having, ...(members ?? []).flatMap((one) => one.having)].some(
        ({ metric, values }) => metric === 'revenue' && Number(values[0]) < 10,
      ),
  },
  {
    words: /\bor (?:without|with no)\b/i,
    left: ({ segments, filters }) =>
      !segments.some((name) => name.startsWith('without_')) ||
      filters.every(({ operator }) => operator !== 'in'),
  },
];
