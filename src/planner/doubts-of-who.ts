import type { Doubt } from './doubt.ts';

/** 'who did best last month': nothing says whether people, shops or sellers are meant. */
const WHO_DID_BEST =
  /^(?:so |and |now )?who(?:['’]s| is| are| was| were| did| does| do| has| have| had)?(?: (?:the|our|doing|done|been|performed|performing|it))* (?:(?:\d+|two|three|four|five) )?(?:best|worst|better|worse|strongest|weakest)\b/i;

/** What says it: who buys, who sells, or a noun. */
const SAYS_WHO =
  /\b(?:customers?|clients?|buyers?|shoppers?|people|persons?|sellers?|merchants?|vendors?|branch(?:es)?|shops?|stores?|buy|buys|buying|bought|spend|spends|spent|spender|order|orders|ordered|ordering|purchased?|sell|sells|selling|sold|paid|pays?|brands?|suppliers?)\b/i;

const WHO = ['branch', 'customer', 'seller'];

export const DOUBTS_OF_WHO: readonly Doubt[] = [
  {
    raised: ({ text }, query) =>
      WHO_DID_BEST.test(text) && !SAYS_WHO.test(text) && query.dimensions.some((name) => WHO.includes(name)),
    text: () => 'Who do you mean?',
    instead: (query, _reading, { values }) =>
      WHO.filter((name) => name === 'customer' || (values?.valuesOf(name).length ?? 0) > 0).map((name) => ({
        ...query,
        dimensions: [name],
      })),
  },
];
