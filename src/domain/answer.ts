import { z } from 'zod';
import { Choice, ParameterValue, Provenance } from './plan.ts';
import { ResultTable } from './result-table.ts';

/** A drawing by rules from the result's shape; never code. Column names refer to the table. */
export const ChartSpec = z.object({
  kind: z.enum(['line', 'bar', 'stacked-bar', 'area', 'pie']),
  title: z.string(),
  x: z.string(),
  y: z.array(z.string()).min(1),
  /** Column whose values become series. */
  series: z.string().nullable(),
  unitLabel: z.string(),
  source: z.string(),
});
export type ChartSpec = z.infer<typeof ChartSpec>;

/** What Plumbline took the question to mean, in people's words and exact dates. */
export const Understood = z.object({
  /** One line: 'Revenue, shoes only, 3 Nov 2025 to 9 Nov 2025, against the week before'. */
  line: z.string(),
  metrics: z.array(z.string()),
  filters: z.array(z.string()),
  period: z.string().nullable(),
  comparedWith: z.string().nullable(),
  notes: z.array(z.string()),
});
export type Understood = z.infer<typeof Understood>;

/** How complete and how sure the data behind an answer is. */
export const DataState = z.object({
  /** The last day wholly loaded; null when nothing is. */
  completeThrough: z.string().nullable(),
  batches: z.array(z.string()),
  reconciled: z.enum(['reconciled', 'off', 'unknown']),
  /** Exact decimal text when `off`. */
  offBy: z.string().nullable(),
  /** Sentences that a reader must see: a feed is late, the last run failed ... */
  warnings: z.array(z.string()),
});
export type DataState = z.infer<typeof DataState>;

export const Answered = z.object({
  kind: z.literal('answered'),
  provenance: Provenance,
  /** The sentence that answers, then what it means. */
  text: z.string(),
  understood: Understood,
  table: ResultTable,
  chart: ChartSpec.nullable(),
  followUps: z.array(z.string()),
  dataState: DataState,
  sql: z.string().nullable(),
  params: z.record(z.string(), ParameterValue),
  receiptId: z.string(),
});

export const NeedsDetail = z.object({
  kind: z.literal('needs-detail'),
  text: z.string(),
  choices: z.array(Choice),
  unknownWords: z.array(z.string()),
});

export const RefusalReason = z.enum([
  'off-topic',
  'cannot-answer',
  'not-permitted',
  'would-write',
  'unsafe',
  'limit-reached',
  'too-costly',
]);

export const Refused = z.object({ kind: z.literal('refused'), text: z.string(), reason: RefusalReason });

/** The four kinds of empty. */
export const EmptyReason = z.enum(['no-such-rows', 'not-permitted', 'not-loaded-yet', 'unknown-value']);

export const Empty = z.object({
  kind: z.literal('empty'),
  text: z.string(),
  reason: EmptyReason,
  choices: z.array(Choice),
  understood: Understood.nullable(),
  receiptId: z.string().nullable(),
});

export const Answer = z.discriminatedUnion('kind', [Answered, NeedsDetail, Refused, Empty]);
export type Answer = z.infer<typeof Answer>;
export type Answered = z.infer<typeof Answered>;
