import type { ParameterValue } from '../domain/plan.ts';
import type { ResultColumn } from '../domain/result-table.ts';
import type { ModelMeasure } from './semantic-model.ts';

/** One SELECT, ready for the guard: composed from the model, or a reviewed template filled in. */
export type ComposedQuery = {
  sql: string;
  params: Record<string, ParameterValue>;
  columns: ResultColumn[];
  tables: string[];
  /** What a reader of the answer must know: what an alternative reading means, what is left out of a ranking. */
  notes?: string[];
  /** For each metric of a composed query, whether its groups, and its buckets of time, add up to the whole. */
  additive?: Record<string, ModelMeasure['additive']>;
};

/** A reviewed query with its parameters filled in. */
export type FillTemplate = (
  name: string,
  parameters: Record<string, ParameterValue>,
) => (ComposedQuery & { title: string; sentence: string | null; answer: string[] }) | undefined;
