import type { MetricQuery } from '../domain/metric-query.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { ModelDimension, ModelMeasure, SemanticModel } from '../model/semantic-model.ts';
import {
  type CompiledColumn,
  dimensionColumn,
  metricColumns,
  rowKindColumn,
  timeColumns,
} from './compose-columns.ts';
import { type Draft, newDraft } from './compose-draft.ts';
import { bucketSql, type GroupBy } from './compose-facts.ts';
import { reachableSource } from './compose-joins.ts';
import { writeLast, writeTotals } from './compose-last.ts';
import { additivityOf, canBeShared } from './compose-metrics.ts';
import { type ComposePlan, type ComposeProblem, planQuery, rankingIsOfBuckets } from './compose-plan.ts';
import { writeRanked } from './compose-ranked.ts';
import { writeSource } from './compose-source.ts';
import type { SourceOptions } from './compose-span.ts';

export type CompiledQuery = {
  sql: string;
  params: Record<string, ParameterValue>;
  columns: CompiledColumn[];
  /** Tables read, unqualified. */
  tables: string[];
  /** Sentences that belong to the answer: what an alternative reading means, what is left out of a ranking. */
  notes: string[];
  /** For each metric, whether its groups, and its buckets of time, add up to the whole. */
  additive: Record<string, ModelMeasure['additive']>;
};

export type ComposeOutcome =
  | { ok: true; compiled: CompiledQuery }
  | { ok: false; problems: ComposeProblem[] };

/**
 * A question to the semantic model as one SELECT in Redshift's dialect, always the same for the same query.
 * Every fact is summed up by itself and then joined by group, so no join repeats a row.
 */
export function compileQuery(query: MetricQuery, model: SemanticModel): ComposeOutcome {
  const planned = planQuery(query, model);
  if (!planned.ok) return planned;
  const { plan } = planned;
  const draft = newDraft(tableNames(model));
  const byBucket = rankingIsOfBuckets(query);
  const groupBy =
    byBucket && query.grain
      ? [bucketGroup(query.grain)]
      : plan.dimensions.map((one) => group(model, one, query.apart, draft));
  const options: SourceOptions = {
    groupBy,
    grain: byBucket ? null : query.grain,
    purpose: 'totals',
    filters: plan.filters,
    segments: plan.segments,
    exclude: null,
    ofMembers: true,
  };
  let source = writeSource(plan, options, draft);
  const collapse =
    query.ranking !== null &&
    (query.ranking.withRest || query.ranking.within !== undefined || (query.grain !== null && !byBucket));
  if (collapse) source = writeRanked(plan, options, source, draft);
  const totals = query.calculations.some(({ kind }) => kind === 'share-of-total')
    ? writeTotals(plan, options, draft)
    : null;
  const last = writeLast(plan, options, source, totals, collapse, draft);
  const { sql, params, tables } = draft.finish(last);
  return {
    ok: true,
    compiled: {
      sql,
      params,
      columns: resultColumns(plan, byBucket),
      tables,
      notes: plan.notes,
      additive: Object.fromEntries(
        query.metrics.map((name) => [name, additivityOf(model, name, plan.bases)]),
      ),
    },
  };
}

/** Steps must not hide tables; an entity that is a SELECT becomes a step of its own name. */
export function tableNames(model: SemanticModel): string[] {
  return [...model.entities.values()].filter(({ sql }) => !sql).map(({ name }) => name);
}

function group(
  model: SemanticModel,
  dimension: ModelDimension,
  apart: MetricQuery['apart'],
  draft: Draft,
): GroupBy {
  const sqlFor = (measure: ModelMeasure): string =>
    reachableSource(model, measure, dimension.sources) ?? dimension.sources[0] ?? '';
  if (apart?.dimension !== dimension.name) return { name: dimension.name, sqlFor };
  const values = apart.values.map((value, n) => `lower(${draft.bind(`apart_${n + 1}`, value)})`);
  return {
    name: dimension.name,
    sqlFor: (measure) => {
      const sql = sqlFor(measure);
      return `case when lower(${sql}) in (${values.join(', ')}) then ${sql} else '${ALL_OTHERS}' end`;
    },
  };
}

/** What all values are called that were not asked for by name. */
const ALL_OTHERS = 'all others';

function bucketGroup(grain: NonNullable<MetricQuery['grain']>): GroupBy {
  return { name: 'period_start', sqlFor: (measure) => bucketSql(measure, grain) };
}

function resultColumns(plan: ComposePlan, byBucket: boolean): CompiledColumn[] {
  const { query, model } = plan;
  return [
    ...timeColumns(query, byBucket),
    ...plan.dimensions.map(dimensionColumn),
    ...(query.ranking?.withRest ? [rowKindColumn()] : []),
    ...query.metrics.flatMap((name) => metricColumns(plan, name, canBeShared(model, name, plan.bases))),
  ];
}
