import { z } from 'zod';
import { Grain, Period } from './period.ts';

export const FILTER_OPERATORS = [
  'in',
  'not-in',
  'at-least',
  'more-than',
  'at-most',
  'less-than',
  'between',
  'contains',
  'not-contains',
  'starts-with',
  'is-empty',
  'is-not-empty',
] as const;

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A condition on a dimension's value, before aggregation. `between` has two values, both inside. */
export const Filter = z.object({
  dimension: Name,
  operator: z.enum(FILTER_OPERATORS),
  values: z.array(z.string().max(400)).max(200),
  /** Of several metrics, those that it narrows; all of them when left out. */
  of: z.array(Name).optional(),
});
export type Filter = z.infer<typeof Filter>;

/** A condition on an aggregated metric ('categories with at least 100 orders'). */
export const Having = z.object({
  metric: Name,
  operator: z.enum(['at-least', 'more-than', 'at-most', 'less-than', 'between']),
  values: z
    .array(z.string().regex(/^-?\d+(\.\d+)?$/))
    .min(1)
    .max(2),
});
export type Having = z.infer<typeof Having>;

/** What the period is held against. */
export const Comparison = z.object({
  kind: z.enum(['previous-period', 'same-period-last-year', 'period']),
  period: Period,
});
export type Comparison = z.infer<typeof Comparison>;

export const Calculation = z.discriminatedUnion('kind', [
  /** `whole`: the dimensions and segments by which the part is narrowed and its whole is not: web in each category. */
  z.object({ kind: z.literal('share-of-total'), whole: z.array(Name).max(4).optional() }),
  /** One of the metrics as a share of another. */
  z.object({ kind: z.literal('ratio'), of: Name, to: Name }),
  z.object({ kind: z.literal('running-total') }),
  z.object({ kind: z.literal('growth') }),
  z.object({ kind: z.literal('moving-average'), window: z.number().int().min(2).max(365) }),
]);
export type Calculation = z.infer<typeof Calculation>;

export const Ranking = z.object({
  by: Name,
  direction: z.enum(['top', 'bottom']),
  limit: z.number().int().min(1).max(1000),
  /** The first place that is kept: 2 with a limit of 1 is the runner-up. The first one when left out. */
  from: z.number().int().min(2).max(1000).optional(),
  /** One more row that sums all that is not in the ranking. */
  withRest: z.boolean(),
  /** A ranking of its own in each value of this dimension ('period_start': in each unit of time). */
  within: Name.optional(),
});
export type Ranking = z.infer<typeof Ranking>;

/** Only what belongs to those members: orders above 500, customers who spent over 1,000, the ten best products. */
export const Members = z.object({
  dimension: Name,
  having: z.array(Having).max(4),
  ranking: Ranking.pick({ by: true, direction: true, limit: true }).nullable(),
  /** Found out in this period instead of the question's own: those of 2025 who bought in 2026 too. */
  period: Period.optional(),
  /** All but those: those of 2025 who did not buy in 2026. */
  without: z.boolean().optional(),
});
export type Members = z.infer<typeof Members>;

/** A question to the semantic model, all names resolved, all dates exact. Compiles to one SELECT. */
export const MetricQuery = z.object({
  metrics: z.array(Name).min(1).max(8),
  dimensions: z.array(Name).max(4),
  filters: z.array(Filter).max(20),
  segments: z.array(Name).max(8),
  /** null is all time. */
  period: Period.nullable(),
  /** Breaks the result down by time; empty buckets are filled. */
  grain: Grain.nullable(),
  comparison: Comparison.nullable(),
  calculations: z.array(Calculation).max(4),
  ranking: Ranking.nullable(),
  having: z.array(Having).max(6),
  /** 'average revenue per day': the metric by this grain, then one aggregate over those rows. */
  acrossGrain: z.object({ grain: Grain, aggregate: z.enum(['average', 'maximum', 'minimum']) }).nullable(),
  /** Conditions on whole members, each found out in the same period and with the same filters. */
  members: z.array(Members).max(3).optional(),
  /** These values of a dimension of the breakdown stand alone, all others together. */
  apart: z.object({ dimension: Name, values: z.array(z.string().max(400)).min(1).max(50) }).optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

/** The plainest query for these metrics: all time, no breakdown. */
export function metricQuery(part: Partial<MetricQuery> & { metrics: string[] }): MetricQuery {
  return {
    dimensions: [],
    filters: [],
    segments: [],
    period: null,
    grain: null,
    comparison: null,
    calculations: [],
    ranking: null,
    having: [],
    acrossGrain: null,
    ...part,
  };
}
