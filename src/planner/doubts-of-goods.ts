import type { MetricQuery } from '../domain/metric-query.ts';
import { GENERAL } from '../reading/read-small-nouns.ts';
import type { FilterRead, Reading } from '../reading/reading.ts';
import type { Doubt } from './doubt.ts';
import type { PlanningNeeds } from './planned.ts';

/** Nouns that name one kind of goods and are said of all of them. */
export const DOUBTS_OF_GOODS: readonly Doubt[] = [
  {
    raised: ({ text }, query) =>
      PART_SENT_BACK.test(text) && !query.metrics.some((name) => /^(?:return|refund)/.test(name)),
    text: () => 'I can tell which part of what was sold in a time was returned. Would that do?',
    instead: (query) => [
      { ...query, metrics: ['return_rate'], calculations: [], dimensions: [], members: [], comparison: null },
    ],
  },
  {
    raised: (reading, query) => seasonOf(reading, query) !== undefined,
    text: (reading, query) => {
      const { said = '', hits } = seasonOf(reading, query) ?? { hits: [] };
      return `Only '${hits[0]?.value ?? ''}', or what was sold in the ${said}? For the season, name its months.`;
    },
    instead: (query) => [query],
  },
  {
    raised: (reading, query, needs) => generalOf(reading, query, needs) !== undefined,
    text: (reading, query, needs) => {
      const general = generalOf(reading, query, needs);
      return `Only what is in the category ${general?.hits[0]?.value ?? ''}, or all kinds?`;
    },
    instead: (query, reading, needs) => {
      const value = generalOf(reading, query, needs)?.hits[0]?.value ?? '';
      return [
        query,
        {
          ...query,
          filters: query.filters.filter(
            ({ dimension, values }) => dimension !== 'category' || !values.includes(value),
          ),
        },
      ];
    },
  },
];

/** 'winter sales', where a kind of goods has the season in its name. */
function seasonOf({ filters }: Reading, query: MetricQuery): FilterRead | undefined {
  return filters.find(
    ({ hits: [hit], said }) =>
      hit !== undefined &&
      /^(?:the )?(?:winter|summer|spring|autumn)$/i.test(said.trim()) &&
      hit.value.toLowerCase() !== said.trim().toLowerCase() &&
      query.filters.some(
        ({ dimension, values }) => dimension === hit.dimension && values.includes(hit.value),
      ),
  );
}

/** 'what share of the boots that were bought in April came back'. */
const PART_SENT_BACK =
  /\b(?:share|percentage|percent|proportion|part|%) of [^?.!]{2,60}\b(?:bought|sold|ordered)\b[^?.!]{0,40}\b(?:came back|come back|sent back|brought back|returned)\b/i;

/** 'women shoes', 'how many shoes did we sell', where other categories have shoes too. */
function generalOf(
  { filters, text }: Reading,
  query: MetricQuery,
  { values }: PlanningNeeds,
): FilterRead | undefined {
  return filters.find(({ hits: [hit], negated, said }) => {
    if (negated || hit?.dimension !== 'category' || !GENERAL.test(said)) return false;
    if (!query.filters.some((one) => one.dimension === 'category' && one.values.includes(hit.value)))
      return false;
    const noun = said.toLowerCase();
    const others = (values?.valuesOf('subcategory') ?? []).filter(
      (kind) =>
        kind.toLowerCase().endsWith(` ${noun}`) &&
        values?.kinship.together(hit, { dimension: 'subcategory', value: kind }) === false,
    );
    if (others.length === 0) return false;
    const before = filters.some(
      (one) =>
        /^(?:brand|department|refund_reason)$/.test(one.hits[0]?.dimension ?? '') &&
        text.toLowerCase().includes(`${one.said.toLowerCase()} ${noun}`),
    );
    return before || new RegExp(`\\bhow many (?:pairs? of )?${noun}\\b`, 'i').test(text);
  });
}
