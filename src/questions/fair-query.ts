import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
} from '../domain/day.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import { dayInWords, type Grain, lengthInDays, type Period } from '../domain/period.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { bucketName } from './bucket-name.ts';

export type DataSpan = { first: Day | null; last: Day | null };

/**
 * Days that are not loaded are no zeros: a course ends with the data, and the bucket that is still filling is no
 * candidate for the lowest. What was changed is said in notes.
 */
export function fairQuery(
  query: MetricQuery,
  { first, last }: DataSpan,
): { query: MetricQuery; notes: string[] } {
  const { grain, period, comparison } = query;
  if (query.acrossGrain && period && !comparison && first !== null && last !== null)
    return withinData(query, period, first, last);
  if (!grain || comparison || last === null) return { query, notes: [] };
  const end = addDays(last, 1);
  const filling = startOf(last, grain);
  const isFilling = nextBucket(filling, grain) > end && (!period || period.to > end);
  const lowest = query.ranking?.direction === 'bottom' && query.dimensions.length === 0;
  const from = period?.from ?? first;
  if (lowest && isFilling && from !== null && from < filling) {
    const note = `${bucketName(filling, grain)} is not complete (the data goes through ${dayInWords(last)}), so it was left out.`;
    return { query: { ...query, period: { ...period, from, to: filling } }, notes: [note] };
  }
  if (!period || period.to <= end || period.from >= end) return { query, notes: [] };
  return { query: { ...query, period: { ...period, to: end } }, notes: [] };
}

/** An average over days is of the days that the data knows. */
function withinData(
  query: MetricQuery,
  period: Period,
  first: Day,
  last: Day,
): { query: MetricQuery; notes: string[] } {
  const from = period.from < first && period.to > first ? first : period.from;
  const end = addDays(last, 1);
  const to = period.to > end && period.from < end ? end : period.to;
  if (from === period.from && to === period.to) return { query, notes: [] };
  const which = from === period.from ? `ends on ${dayInWords(last)}` : `begins on ${dayInWords(from)}`;
  return {
    query: { ...query, period: { ...period, from, to } },
    notes: [`The data ${which}, so other days are no part of this.`],
  };
}

/** Where a course is held against another, its days to come stand in the rows: they are not known, and no zeros. */
export function withoutFuture(table: ResultTable, query: MetricQuery, last: Day | null): ResultTable {
  const time = table.columns.findIndex(({ name }) => name === 'period_start');
  if (!query.comparison || !query.grain || time < 0 || last === null) return table;
  const unknown = table.columns.map(({ name }) =>
    query.metrics.some(
      (metric) => name === metric || (name.startsWith(`${metric}_`) && name !== `${metric}_before`),
    ),
  );
  return {
    ...table,
    rows: table.rows.map((row) =>
      String(row[time]).slice(0, 10) > last ? row.map((cell, index) => (unknown[index] ? null : cell)) : row,
    ),
  };
}

/** The bucket that has begun but whose days are not all loaded; null when all of them are. */
export function fillingBucket(query: MetricQuery, last: Day | null): string | null {
  const { grain, period } = query;
  if (!grain || grain === 'day' || last === null) return null;
  const start = startOf(last, grain);
  const end = addDays(last, 1);
  if (nextBucket(start, grain) <= end) return null;
  return !period || (period.to > end && period.from <= last) ? bucketName(start, grain) : null;
}

/**
 * The same two periods, both cut to the days that are loaded of the first, when that one is not complete by more
 * than a day and the other is; null when they can be held against each other as they are.
 */
export function likeForLike(query: MetricQuery, { last }: DataSpan): MetricQuery | null {
  const { period, comparison } = query;
  if (!period || !comparison || query.grain || query.dimensions.length > 0 || last === null) return null;
  const end = addDays(last, 1);
  const missing = daysBetween(end, period.to);
  if (missing < 2 || end <= period.from || comparison.period.to > end) return null;
  const other = sameStretch(period, comparison.period, end);
  if (other.to >= comparison.period.to) return null;
  return {
    ...query,
    period: { from: period.from, to: end },
    comparison: { kind: 'period', period: other },
  };
}

/** By the calendar where the two are months or years apart, else as many days. */
function sameStretch(period: Period, other: Period, end: Day): { from: Day; to: Day } {
  for (let months = 1; months <= 120; months += 1)
    if (addMonths(period.from, -months) === other.from)
      return { from: other.from, to: addDays(addMonths(addDays(end, -1), -months), 1) };
  return { from: other.from, to: addDays(other.from, lengthInDays({ from: period.from, to: end })) };
}

function startOf(day: Day, grain: Grain): Day {
  const starts: Record<Grain, (day: Day) => Day> = {
    day: (same) => same,
    week: (same) => startOfWeek(same),
    month: startOfMonth,
    quarter: startOfQuarter,
    year: startOfYear,
  };
  return starts[grain](day);
}

function nextBucket(start: Day, grain: Grain): Day {
  if (grain === 'day') return addDays(start, 1);
  if (grain === 'week') return addDays(start, 7);
  return addMonths(start, grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12);
}
