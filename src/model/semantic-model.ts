import { z } from 'zod';
import { Unit } from '../domain/result-table.ts';

/** What the company's data means. Read from sql-templates/model by `loadSemanticModel`. Names are keys. */
export type SemanticModel = {
  settings: ModelSettings;
  entities: ReadonlyMap<string, ModelEntity>;
  dimensions: ReadonlyMap<string, ModelDimension>;
  metrics: ReadonlyMap<string, ModelMetric>;
  segments: ReadonlyMap<string, ModelSegment>;
  events: readonly CalendarEvent[];
};

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name in lower case with underscores');
const Words = z.array(z.string().min(1)).default([]);
/** An expression in Redshift's dialect; every column is written `entity.column`. */
const Sql = z.string().min(1);

export const ModelSettings = z.strictObject({
  /** ISO 4217; the unit of every amount. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** 1 January to 12 December. */
  fiscal_year_start_month: z.number().int().min(1).max(12),
  /** ISO weekday on which a week starts; the date dimension knows Mondays. */
  week_start: z.literal('monday'),
});
export type ModelSettings = z.infer<typeof ModelSettings>;

export const ModelJoin = z.strictObject({
  to: Name,
  /** Pairs of columns: ours, theirs. */
  on: z.array(z.tuple([Name, Name])).min(1),
  /** Only many-to-one (and one-to-one) joins are made by the composer, so no join repeats a row of a fact. */
  cardinality: z.enum(['many-to-one', 'one-to-one', 'one-to-many']),
});
export type ModelJoin = z.infer<typeof ModelJoin>;

const ColumnKind = z.enum(['text', 'integer', 'decimal', 'date', 'timestamp', 'boolean']);

/** `order_id: text`, or `email: { type: text, personal: true }`. */
export const ModelColumn = z.preprocess(
  (written) => (typeof written === 'string' ? { type: written } : written),
  z.strictObject({ type: ColumnKind, personal: z.boolean().default(false) }),
);
export type ModelColumn = z.infer<typeof ModelColumn>;

/** A table, or a SELECT over tables when `sql` is given (then it becomes a named CTE). */
export const ModelEntity = z.strictObject({
  name: Name,
  label: z.string(),
  synonyms: Words,
  description: z.string(),
  sql: Sql.optional(),
  key: z.array(Name).min(1),
  columns: z.record(Name, ModelColumn),
  joins: z.array(ModelJoin).default([]),
});
export type ModelEntity = z.infer<typeof ModelEntity>;

export const DimensionValues = z.discriminatedUnion('kind', [
  /** The distinct values of a table's column. */
  z.strictObject({ kind: z.literal('column'), table: Name, column: Name }),
  z.strictObject({ kind: z.literal('listed'), values: z.array(z.string()).min(1) }),
  /** Not listed: numbers, days, personal data. */
  z.strictObject({ kind: z.literal('none') }),
]);
export type DimensionValues = z.infer<typeof DimensionValues>;

export const ModelDimension = z.strictObject({
  name: Name,
  label: z.string(),
  plural: z.string(),
  /** Other words for it, singular and plural, colloquial too. */
  synonyms: Words,
  description: z.string(),
  /** 'boolean' has the values 'yes' and 'no', as text. */
  /** A number is whole; a decimal is an exact amount. */
  type: z.enum(['text', 'number', 'decimal', 'boolean', 'date']),
  /** 'calendar': a part of the metric's own date (weekday, month of the year ...). */
  group: z.enum(['calendar', 'order', 'product', 'customer', 'branch', 'seller', 'money', 'stock']),
  /** Alternatives; the first whose columns the metric's entity reaches without repeating rows is taken. */
  sources: z.array(Sql).min(1),
  values: DimensionValues,
  /** Canonical value to other words for it: credit_card: [card, credit card]. */
  value_synonyms: z.record(z.string(), z.array(z.string())).default({}),
  /** How a value is called in a sentence: 'no' of weekend is 'weekdays'. Of '*', '{}' is the value: '{}:00'. */
  value_labels: z.record(z.string(), z.string()).default({}),
  /** Order of listed values is their natural order (weekdays, months). */
  ordered: z.boolean().default(false),
  personal: z.boolean().default(false),
});
export type ModelDimension = z.infer<typeof ModelDimension>;

/** How a simple metric is computed from one entity's rows. */
export const ModelMeasure = z.strictObject({
  entity: Name,
  aggregate: z.enum(['sum', 'count', 'count_distinct', 'average', 'maximum', 'minimum']),
  /** Left out for a count of rows. */
  sql: Sql.optional(),
  /** All must hold. */
  where: z.array(Sql).default([]),
  /** The entity's date column; null when the metric has no time (how many products there are). */
  time: Name.nullable(),
  /** Whether groups, and times, add up to the total: people who are new are so once, yet may be in several groups. */
  additive: z.enum(['all', 'not-over-time', 'over-time', 'none']),
  /** What no rows mean; cost that nobody knows is not zero. */
  when_none: z.enum(['zero', 'unknown']).optional(),
  /**
   * Value as at the end of the period: 'cumulative' sums all rows before it; 'latest' takes, per key,
   * the last row before it.
   */
  as_of: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cumulative') }),
      z.strictObject({ kind: z.literal('latest'), per: z.array(Name).min(1) }),
    ])
    .optional(),
  /**
   * Two steps: first `aggregate` per value of `by` ('orders per person'), then `take` of those values;
   * `at_least` keeps only the values that reach it.
   */
  per: z
    .strictObject({
      by: Sql,
      take: z.enum(['count', 'median', 'maximum', 'minimum']),
      at_least: z.number().int().optional(),
    })
    .optional(),
  /** Said in the answer when this alternative is taken: 'orders that contain such an item'. */
  note: z.string().optional(),
});
export type ModelMeasure = z.infer<typeof ModelMeasure>;

const MetricCommon = {
  name: Name,
  label: z.string(),
  /** Other words for it, singular and plural, colloquial too. */
  synonyms: Words,
  /** One sentence; the answer to 'what does it mean?'. */
  definition: z.string(),
  unit: Unit,
  format: z.strictObject({ decimals: z.number().int().min(0).max(6) }),
  owner: z.string(),
  /** 'good' when more is better, for words and colours. */
  more_is: z.enum(['good', 'bad', 'neutral']).default('neutral'),
};

export const ModelMetric = z.discriminatedUnion('kind', [
  z.strictObject({ ...MetricCommon, kind: z.literal('simple'), measures: z.array(ModelMeasure).min(1) }),
  /** numerator / denominator, null when the denominator is zero; both are metrics. */
  z.strictObject({ ...MetricCommon, kind: z.literal('ratio'), numerator: Name, denominator: Name }),
  /** Sum of metrics with signs: net = revenue - refunds. */
  z.strictObject({
    ...MetricCommon,
    kind: z.literal('derived'),
    plus: z.array(Name).min(1),
    minus: z.array(Name).default([]),
  }),
]);
export type ModelMetric = z.infer<typeof ModelMetric>;

/** A named filter. */
export const ModelSegment = z.strictObject({
  name: Name,
  label: z.string(),
  synonyms: Words,
  definition: z.string(),
  /** Rests on a column that a source may not have: where all rows are in it, or none, nothing can be told. */
  may_be_missing: z.boolean().default(false),
  /** Alternatives as in a dimension's sources; each is a condition. */
  sources: z.array(Sql).min(1),
});
export type ModelSegment = z.infer<typeof ModelSegment>;

/** A day or a stretch of days that people name. `days` long, from the rule's day plus `offset_days`. */
export const CalendarEvent = z.strictObject({
  name: Name,
  label: z.string(),
  synonyms: Words,
  rule: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('fixed'),
      month: z.number().int().min(1).max(12),
      day: z.number().int().min(1).max(31),
    }),
    /** weekday 1 Monday to 7 Sunday; nth -1 is the last of the month. */
    z.strictObject({
      kind: z.literal('nth-weekday'),
      month: z.number().int().min(1).max(12),
      weekday: z.number().int().min(1).max(7),
      nth: z.union([z.literal(-1), z.number().int().min(1).max(5)]),
    }),
    /** Easter Sunday of the western churches. */
    z.strictObject({ kind: z.literal('easter') }),
  ]),
  offset_days: z.number().int().default(0),
  days: z.number().int().min(1).default(1),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** One file of sql-templates/model; every part may be in any file. */
export const ModelFile = z.strictObject({
  settings: ModelSettings.optional(),
  entities: z.array(ModelEntity).default([]),
  dimensions: z.array(ModelDimension).default([]),
  metrics: z.array(ModelMetric).default([]),
  segments: z.array(ModelSegment).default([]),
  events: z.array(CalendarEvent).default([]),
});
export type ModelFile = z.infer<typeof ModelFile>;
