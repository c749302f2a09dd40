import type { Grain, Period } from '../domain/period.ts';
import type { ModelDimension, ModelMeasure } from '../model/semantic-model.ts';
import { type Draft, selectText } from './compose-draft.ts';
import { filterSql } from './compose-filters.ts';
import { joinsFor, reachableSource } from './compose-joins.ts';
import { type Base, narrows } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';

/** Something to group by: a dimension, or the bucket of time when times themselves are ranked. */
export type GroupBy = { name: string; sqlFor(measure: ModelMeasure): string };

export type FactOptions = {
  groupBy: GroupBy[];
  grain: Grain | null;
  span: 'now' | 'before';
  /** Last word of the steps' names. */
  purpose: 'totals' | 'overall' | 'rest' | 'all' | 'members';
  period: Period | null;
  filters: ComposePlan['filters'];
  segments: ComposePlan['segments'];
  /** Step with the buckets and their ends; needed by levels (stock, balances) over time. */
  buckets: string | null;
  /** Leave out the groups of this step. */
  exclude: { step: string; groupBy: GroupBy[] } | null;
  /** Steps with the members that count, one row each. */
  members: { step: string; dimension: ModelDimension; without: boolean }[];
};

export type Facts = { step: string; bases: Base[]; complete: boolean };

/**
 * One step per fact table: its metrics, grouped. A fact is only joined to what repeats none of its rows, and facts
 * never meet before each is summed up.
 */
export function writeFacts(plan: ComposePlan, options: FactOptions, draft: Draft): Facts[] {
  return factGroups(plan.bases, options.filters).flatMap((bases) => {
    const [first] = bases;
    if (!first) return [];
    return first.measure.per
      ? [writeTwoStepFact(plan, first, options, draft)]
      : [writeFact(plan, first.measure, bases, options, draft)];
  });
}

/** The bucket of time that a row falls in. Weeks start on Monday. */
export function bucketSql(measure: ModelMeasure, grain: Grain): string {
  const date = `${measure.entity}.${measure.time ?? ''}`;
  return grain === 'day' ? date : `cast(date_trunc('${grain}', ${date}) as date)`;
}

function factGroups(bases: readonly Base[], filters: ComposePlan['filters']): Base[][] {
  const groups = new Map<string, Base[]>();
  for (const base of bases) {
    const { entity, time, as_of, per } = base.measure;
    const own = filters.map(({ filter }) => narrows(filter, base));
    const key = JSON.stringify([entity, time, as_of, per ? base.metric : null, own]);
    groups.set(key, [...(groups.get(key) ?? []), base]);
  }
  return [...groups.values()];
}

function writeFact(
  plan: ComposePlan,
  measure: ModelMeasure,
  bases: Base[],
  options: FactOptions,
  draft: Draft,
): Facts {
  const { groups, joins, where } = groupedRows(plan, measure, bases, options, draft);
  const common = measure.where.filter((condition) =>
    bases.every((base) => base.measure.where.includes(condition)),
  );
  const own = bases.map((base) => base.measure.where.filter((condition) => !common.includes(condition)));
  const anyOf = [...new Set(own.map((conditions) => conditions.join(' and ')))];
  const either = anyOf.includes('') ? [] : [`(${anyOf.join(' or ')})`];
  const step = draft.addStep(
    stepName(measure, options),
    selectText({
      columns: [
        ...groups,
        ...bases.map((base, n) => `${aggregateSql(base.measure, own[n] ?? [])} as ${base.metric}`),
      ],
      from: measure.entity,
      joins,
      where: [...common, ...either, ...where],
      groupBy: groups.length,
      having: options.exclude ? ['count(*) > 0'] : [],
    }),
  );
  return { step, bases, complete: anyOf.length <= 1 };
}

/** First a value per order, person ...; then one figure over those values. */
function writeTwoStepFact(plan: ComposePlan, base: Base, options: FactOptions, draft: Draft): Facts {
  const { measure, metric } = base;
  const { groups, joins, where } = groupedRows(plan, measure, [base], options, draft);
  const names = groups.map((column) => column.split(' as ').at(-1) ?? column);
  const by = measure.per?.by ?? '';
  const values = draft.addStep(
    `${metric}_values_${options.purpose}${spanSuffix(options)}`,
    selectText({
      columns: [...groups, `${by} as counted_per`, `${aggregateSql(measure, [])} as amount`],
      from: measure.entity,
      joins,
      where: [...measure.where, ...where, `${by} is not null`],
      groupBy: groups.length + 1,
    }),
  );
  const least = measure.per?.at_least;
  const step = draft.addStep(
    `${metric}_${options.purpose}${spanSuffix(options)}`,
    selectText({
      columns: [...names, `${overValues(measure)} as ${metric}`],
      from: values,
      where: least === undefined ? [] : [`amount >= ${least}`],
      groupBy: names.length,
      having: options.exclude ? ['count(*) > 0'] : [],
    }),
  );
  return { step, bases: [base], complete: false };
}

function overValues(measure: ModelMeasure): string {
  switch (measure.per?.take) {
    case 'median':
      return 'cast(round(median(cast(amount as double precision)), 6) as decimal(38, 6))';
    case 'maximum':
      return 'max(amount)';
    case 'minimum':
      return 'min(amount)';
    case 'count':
    case undefined:
      return 'count(*)';
  }
}

/** What all aggregates over one table share: group columns, joins and conditions. */
function groupedRows(
  plan: ComposePlan,
  measure: ModelMeasure,
  bases: Base[],
  options: FactOptions,
  draft: Draft,
) {
  const { model } = plan;
  const source = (sources: readonly string[]) => reachableSource(model, measure, sources) ?? sources[0] ?? '';
  const dimensionSql = options.groupBy.map((group) => group.sqlFor(measure));
  const excludedSql = (options.exclude?.groupBy ?? []).map((group) => group.sqlFor(measure));
  const [first] = bases;
  const filters = options.filters.filter(({ filter }) => first === undefined || narrows(filter, first));
  const filterSources = filters.map(({ dimension }) => source(dimension.sources));
  const segmentSources = options.segments.map(({ sources }) => source(sources));
  const memberSources = options.members.map(({ dimension }) => source(dimension.sources));
  const joins = joinsFor(
    model,
    measure,
    [
      ...bases.flatMap((base) => [base.measure.sql ?? '', ...base.measure.where, base.measure.per?.by ?? '']),
      ...dimensionSql,
      ...excludedSql,
      ...filterSources,
      ...segmentSources,
      ...memberSources,
    ],
    draft,
  );
  options.members.forEach(({ step, dimension, without }, n) => {
    const on = `${step} on ${step}.${dimension.name} = ${memberSources[n] ?? ''}`;
    joins.push(`${without ? 'left' : 'inner'} join ${on}`);
  });
  const groups = options.groupBy.map((group, n) => named(dimensionSql[n] ?? '', group.name));
  const where: string[] = [];
  if (measure.as_of) addLevelRows(measure, options, draft, groups, joins, where);
  else addPeriodRows(measure, options, draft, groups, where);
  filters.forEach(({ filter, dimension }, n) => {
    where.push(filterSql(filter, dimension, filterSources[n] ?? '', draft));
  });
  options.members.forEach(({ step, dimension, without }, n) => {
    if (without) where.push(`${memberSources[n] ?? ''} is not null`, `${step}.${dimension.name} is null`);
  });
  where.push(...segmentSources.map((sql) => (sql.includes(' or ') ? `(${sql})` : sql)));
  if (options.exclude) {
    const { step, groupBy } = options.exclude;
    const on = groupBy.map((group, n) => `${step}.${group.name} = ${excludedSql[n] ?? ''}`);
    joins.push(`left join ${step} on ${on.join(' and ')}`);
    where.push(`${step}.place is null`);
  }
  return { groups, joins, where };
}

function addPeriodRows(
  measure: ModelMeasure,
  options: FactOptions,
  draft: Draft,
  groups: string[],
  where: string[],
): void {
  if (options.grain) groups.push(named(bucketSql(measure, options.grain), 'period_start'));
  if (!options.period) return;
  const date = `${measure.entity}.${measure.time ?? ''}`;
  where.push(
    `${date} >= ${bindEdge(options.span, 'from', options.period, draft)}`,
    `${date} < ${bindEdge(options.span, 'to', options.period, draft)}`,
  );
}

/** Levels have no beginning: all rows up to the end count, or the last row per key does. */
function addLevelRows(
  measure: ModelMeasure,
  options: FactOptions,
  draft: Draft,
  groups: string[],
  joins: string[],
  where: string[],
): void {
  const { entity } = measure;
  const date = `${entity}.${measure.time ?? ''}`;
  const end = options.grain
    ? `${options.buckets ?? ''}.period_end`
    : options.period
      ? bindEdge(options.span, 'to', options.period, draft)
      : null;
  if (options.grain && options.buckets) {
    groups.push(`${options.buckets}.period_start as period_start`);
    joins.push(`inner join ${options.buckets} on ${date} < ${end ?? ''}`);
  } else if (end) where.push(`${date} < ${end}`);
  if (measure.as_of?.kind !== 'latest') return;
  const next = writeNextCounts(measure, measure.as_of.per, draft);
  const keys = [...measure.as_of.per, measure.time ?? ''];
  joins.push(`inner join ${next} on ${keys.map((key) => `${next}.${key} = ${entity}.${key}`).join(' and ')}`);
  where.push(
    end ? `(${next}.replaced_on is null or ${next}.replaced_on >= ${end})` : `${next}.replaced_on is null`,
  );
}

/** For each count the day of the next one of the same key, which replaces it. */
function writeNextCounts(measure: ModelMeasure, per: string[], draft: Draft): string {
  const name = `${measure.entity}_in_order`;
  if (draft.hasStep(name)) return name;
  const keys = per.map((key) => `${measure.entity}.${key}`);
  const date = `${measure.entity}.${measure.time ?? ''}`;
  return draft.addStep(
    name,
    selectText({
      columns: [
        ...keys,
        date,
        `lead(${date}) over (partition by ${keys.join(', ')} order by ${date}) as replaced_on`,
      ],
      from: measure.entity,
    }),
  );
}

export function bindEdge(span: 'now' | 'before', edge: 'from' | 'to', period: Period, draft: Draft): string {
  return `cast(${draft.bind(`${span === 'now' ? 'period' : 'before'}_${edge}`, period[edge])} as date)`;
}

function aggregateSql(measure: ModelMeasure, conditions: readonly string[]): string {
  const when = conditions.join(' and ');
  const value = when === '' ? (measure.sql ?? '1') : `case when ${when} then ${measure.sql ?? '1'} end`;
  switch (measure.aggregate) {
    case 'count':
      return measure.sql || when !== '' ? `count(${value})` : 'count(*)';
    case 'count_distinct':
      return `count(distinct ${value})`;
    case 'sum':
      return `sum(${value})`;
    case 'average':
      return `cast(round(avg(cast(${value} as double precision)), 6) as decimal(38, 6))`;
    case 'maximum':
      return `max(${value})`;
    case 'minimum':
      return `min(${value})`;
  }
}

function stepName(measure: ModelMeasure, options: FactOptions): string {
  return `${measure.entity}_${measure.as_of ? `level_${options.purpose}` : options.purpose}${spanSuffix(options)}`;
}

function spanSuffix(options: FactOptions): string {
  return options.span === 'before' ? '_before' : '';
}

function named(sql: string, name: string): string {
  return `${sql} as ${name}`;
}
