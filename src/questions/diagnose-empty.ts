import type { z } from 'zod';
import { capitalise } from '../composer/describe-query.ts';
import type { EmptyReason } from '../domain/answer.ts';
import type { Period } from '../domain/period.ts';
import { dayInWords } from '../domain/period.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { DataFacts } from '../model/data-facts.ts';
import type { Behind } from './look-behind.ts';

/** True when some figure is 0, and not only unknown. */
export function hasZero(table: ResultTable, measures: string[]): boolean {
  const indexes = table.columns.flatMap((column, index) => (measures.includes(column.name) ? [index] : []));
  return table.rows.some((row) => indexes.some((index) => row[index] !== null && row[index] !== undefined));
}

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
  /** 'what you may see (...)'; null when that is everything. */
  limit: string | null;
  facts: DataFacts;
  understoodLine: string;
  /** What was found behind the figures; left out where no one looked. */
  behind?: Behind;
};

type Diagnosis = { reason: z.infer<typeof EmptyReason>; text: string };

/** Which of the four kinds of empty it is, by looking; unknown values are found before a query is made. */
export function diagnoseEmpty(context: EmptyContext): Diagnosis {
  const { tables, period, limit, facts, behind, understoodLine } = context;
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
  if (limit !== null) {
    return {
      reason: 'not-permitted',
      text: `In ${limit} there is nothing for: ${understoodLine}. Others may see more.`,
    };
  }
  const first = spans.map((span) => span.first).sort()[0];
  if (period && first && period.to <= first) {
    return {
      reason: 'no-such-rows',
      text: `There is nothing for that period: the data starts on ${dayInWords(first)}.`,
    };
  }
  return lookedBehind(behind, understoodLine) ?? really(understoodLine);
}

function lookedBehind(behind: Behind | undefined, asked: string): Diagnosis | null {
  if (typeof behind === 'object' && 'never' in behind) {
    const is = behind.many ? 'are' : 'is';
    return {
      reason: 'not-loaded-yet',
      text:
        behind.never === 'unknown'
          ? `${capitalise(behind.of)} ${is} not recorded in any of the data that is loaded, so I cannot answer that: ${asked}.`
          : `${capitalise(behind.of)} ${is} 0 or blank in every row that is loaded, whatever the time: probably not recorded. So I cannot say that there was none: ${asked}.`,
    };
  }
  if (behind === 'not-in-period')
    return {
      reason: 'no-such-rows',
      text: `Nothing is recorded in that period for: ${asked}. At other times it is, so either there was none or that period is missing from the data.`,
    };
  if (typeof behind === 'object' && !behind.ever)
    return {
      reason: 'no-such-rows',
      text: behind.pair
        ? `Nothing, at any time, is both '${behind.pair[0]}' and '${behind.pair[1]}': ${asked}. Did you mean only one of them?`
        : `There are no such rows, at any time: ${asked}. The data is loaded, so the answer is really none.`,
    };
  return null;
}

function really(asked: string): Diagnosis {
  return {
    reason: 'no-such-rows',
    text: `No rows match: ${asked}. The data for that period is loaded, so the answer is really none.`,
  };
}

/** Where a table's own name says nothing to people. */
const NAMES: Record<string, string> = { ledger_steps: 'money records' };

function listed(tables: string[]): string {
  return tables.map((table) => NAMES[table] ?? table.replaceAll('_', ' ')).join(' and ');
}
