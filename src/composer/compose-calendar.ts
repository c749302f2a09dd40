import type { Grain } from '../domain/period.ts';
import { columnsOf } from '../model/check-semantic-model.ts';
import type { Draft } from './compose-draft.ts';
import { filterSql } from './compose-filters.ts';
import type { ComposePlan } from './compose-plan.ts';

/** The expression over the calendar alone, where a dimension or a segment has one. */
function calendarSource(sources: readonly string[]): string | undefined {
  return sources.find((sql) => columnsOf(sql).every(({ entity }) => entity === 'dates'));
}

/** 'On average per Saturday': days of other kinds are no days without anything, they do not count at all. */
export function daysThatCount(plan: ComposePlan, grain: Grain, draft: Draft): string[] {
  if (grain !== 'day' || plan.query.acrossGrain === null) return [];
  const filters = plan.filters.flatMap(({ filter, dimension }) => {
    const sql = calendarSource(dimension.sources);
    return sql === undefined ? [] : [filterSql(filter, dimension, sql, draft)];
  });
  const segments = plan.segments.flatMap(({ sources }) => calendarSource(sources) ?? []);
  return [...filters, ...segments];
}

/** Of the groups those that are parts of the calendar themselves: a Monday has no place among the Tuesdays. */
export function calendarGroups(plan: ComposePlan, names: readonly string[]): { name: string; sql: string }[] {
  if (plan.query.acrossGrain?.grain !== 'day') return [];
  return plan.dimensions.flatMap(({ name, sources }) => {
    const sql = names.includes(name) ? calendarSource(sources) : undefined;
    return sql === undefined ? [] : [{ name, sql }];
  });
}
