import { dayInWords, lastDay, type Period } from '../domain/period.ts';
import { completeThrough, type DataFacts } from '../model/data-facts.ts';
import type { AskedNow } from './asked-now.ts';
import type { Locale } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';

/** Amounts are shown in the currency of the orders. */
export function localeOf(facts: DataFacts, needs: Pick<QuestionNeeds, 'locale'>): Locale {
  return { ...needs.locale, currency: facts.currencies[0] ?? needs.locale.currency };
}

export function rightsNotes({ limit }: Pick<AskedNow, 'limit'>): string[] {
  return limit === null ? [] : [`Only ${limit} is counted.`];
}

/** The first sentence carries that it is of a part only. */
export function withLimit(sentences: string[], { limit }: Pick<AskedNow, 'limit'>): string[] {
  const [first, ...rest] = sentences;
  return limit === null || first === undefined ? sentences : [`Of ${limit}: ${first}`, ...rest];
}

/** 'not over yet' and 'data ends before the period does'; of a course, which bucket is still filling. */
export function incompleteWarnings(
  period: Period | null,
  tables: string[],
  facts: DataFacts,
  filling: string | null = null,
): string[] {
  const through = completeThrough(tables, facts);
  if (filling && through)
    return [`The data goes through ${dayInWords(through)}, so ${filling} is not complete.`];
  if (!period) return [];
  if (!through || through >= lastDay(period) || through < period.from) return [];
  return [`The data goes through ${dayInWords(through)}, so this period is not complete.`];
}

/** The first day of the tables that an answer read; null when they have no days. */
export function firstLoadedDay(tables: string[], facts: DataFacts): string | null {
  return tables.flatMap((table) => facts.days[table]?.first ?? []).sort()[0] ?? null;
}

/** The last day of the tables that an answer read; null when they have no days. Plans reach into the future. */
export function lastLoadedDay(tables: string[], facts: DataFacts): string | null {
  const recorded = tables.filter((table) => table !== 'budgets');
  return (
    (recorded.length > 0 ? recorded : tables)
      .flatMap((table) => facts.days[table]?.last ?? [])
      .sort()
      .at(-1) ?? null
  );
}
