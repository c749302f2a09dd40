import type { ProbeScope } from '../composer/compose-probe.ts';
import { describeFilter, metricLabel } from '../composer/describe-query.ts';
import type { Filter, MetricQuery } from '../domain/metric-query.ts';
import type { AskedNow } from './asked-now.ts';
import { isPlural } from './explain-words.ts';
import type { QuestionNeeds } from './needs.ts';
import { readVetted } from './read-vetted.ts';

/** Of more conditions than these no pair is looked for. */
const MOST_FILTERS = 4;

/** What a figure of zero, or none, rests on. */
export type Behind =
  /** There are values, and they come to zero together. */
  | 'values'
  /** Nothing of what the figure is made of is recorded anywhere; `of` names it. */
  | { never: 'unknown' | 'zero'; of: string; many: boolean }
  /** Recorded elsewhere, but not in this period, whatever the filters. */
  | 'not-in-period'
  /** Recorded in this period, but not for these filters; `ever` when it is at other times. */
  | { filteredOut: true; ever: boolean; pair: [string, string] | null }
  | 'cannot-tell';

/**
 * Looks at the rows behind a result that says nothing, and is not even zero unless `isZero`: never recorded, not in that
 * time, or not for that choice.
 */
export async function lookBehind(
  query: MetricQuery,
  isZero: boolean,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Behind> {
  const count = (scope: ProbeScope) => countBehind(query, scope, question, needs);
  const same = await count('same');
  if (!same) return 'cannot-tell';
  if (isZero && same.every(({ counting }) => counting > 0)) return 'values';
  const ever = await count('everything');
  const missing = ever?.find(({ counting }) => counting === 0);
  if (missing)
    return {
      never: missing.known === 0 ? 'unknown' : 'zero',
      of: metricLabel(missing.part, needs.model),
      many: isPlural(missing.part, needs.model),
    };
  // A rate of 0 % of something, or a difference of nothing, is a figure.
  if (isZero && same.some(({ counting }) => counting > 0)) return 'values';
  const narrowed = query.filters.length + query.segments.length > 0;
  if (query.period) {
    const inPeriod = narrowed ? await count('period') : same;
    if (inPeriod?.some(({ counting }) => counting === 0)) return 'not-in-period';
  }
  const chosen = narrowed ? await count('filters') : ever;
  const isThere = chosen?.every(({ counting }) => counting > 0) ?? true;
  return {
    filteredOut: true,
    ever: isThere,
    pair: isThere ? null : await neverTogether(query, question, needs),
  };
}

/** Two conditions of the question that nothing meets both of. */
async function neverTogether(
  query: MetricQuery,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<[string, string] | null> {
  const filters = query.filters.slice(0, MOST_FILTERS);
  const [first, second] = filters;
  const say = (filter: Filter): string => describeFilter(filter, needs.model);
  if (filters.length === 2 && first && second) return [say(first), say(second)];
  for (const [index, one] of filters.entries())
    for (const other of filters.slice(index + 1)) {
      const both = { ...query, filters: [one, other], segments: [] };
      const counts = await countBehind(both, 'filters', question, needs);
      if (counts?.some(({ counting }) => counting === 0)) return [say(one), say(other)];
    }
  return null;
}

type Count = { part: string; known: number; counting: number };

async function countBehind(
  query: MetricQuery,
  scope: ProbeScope,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Count[] | null> {
  const probe = needs.composeProbe(query, scope);
  if (!probe) return null;
  const read = await readVetted(probe, question, needs);
  if ('kind' in read) return null;
  const [row = []] = read.rows;
  const cell = (name: string): number =>
    Number(row[read.columns.findIndex((column) => column.name === name)] ?? 0);
  return probe.parts.map((part) => ({
    part,
    known: cell(`${part}_known`),
    counting: cell(`${part}_counting`),
  }));
}
