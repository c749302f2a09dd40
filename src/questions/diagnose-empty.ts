import type { z } from 'zod';
import type { EmptyReason } from '../domain/answer.ts';
import type { Period } from '../domain/period.ts';
import { dayInWords } from '../domain/period.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { DataFacts } from '../model/data-facts.ts';

/** True when the result says nothing: no rows, or nothing but nulls and zeros in the columns that were computed. */
export function saysNothing(table: ResultTable, measures: string[]): boolean {
  if (table.rows.length === 0) return true;
  const indexes = table.columns.flatMap((column, index) => (measures.includes(column.name) ? [index] : []));
  if (indexes.length === 0) return false;
  return table.rows.every((row) =>
    indexes.every((index) => row[index] === null || /^-?0*(\.0*)?$/.test(String(row[index]))),
  );
}

export type EmptyContext = {
  tables: string[];
  period: Period | null;
  rights: Rights;
  facts: DataFacts;
  understoodLine: string;
};

/** Which of the four kinds of empty it is, by looking; unknown values are found before a query is made. */
export function diagnoseEmpty(context: EmptyContext): { reason: z.infer<typeof EmptyReason>; text: string } {
  const { tables, period, rights, facts } = context;
  const unloaded = tables.filter((table) => facts.rows[table] === 0);
  if (unloaded.length > 0) {
    return {
      reason: 'not-loaded-yet',
      text: `Nothing has been loaded yet for ${listed(unloaded)}, so there is nothing to count.`,
    };
  }
  const spans = tables.flatMap((table) => facts.days[table] ?? []);
  const last = spans
    .map((span) => span.last)
    .sort()
    .at(-1);
  if (period && last && period.from > last) {
    return {
      reason: 'not-loaded-yet',
      text: `This is not loaded yet: the data goes through ${dayInWords(last)}.`,
    };
  }
  const filtered = Object.entries(rights.rowFilters);
  if (filtered.length > 0) {
    const names = filtered
      .map(([column, values]) => `${column.replace(/_id$/, '')} ${values.join(', ')}`)
      .join('; ');
    return {
      reason: 'not-permitted',
      text: `You see only ${names}, and in that there is nothing for: ${context.understoodLine}. Others may see more.`,
    };
  }
  const first = spans.map((span) => span.first).sort()[0];
  if (period && first && period.to <= first) {
    return {
      reason: 'no-such-rows',
      text: `There is nothing for that period: the data starts on ${dayInWords(first)}.`,
    };
  }
  return {
    reason: 'no-such-rows',
    text: `No rows match: ${context.understoodLine}. The data for that period is loaded, so the answer is really none.`,
  };
}

function listed(tables: string[]): string {
  return tables.map((table) => table.replaceAll('_', ' ')).join(' and ');
}
