import { z } from 'zod';
import { FILTER_OPERATORS } from '../domain/metric-query.ts';
import { GRAINS } from '../domain/period.ts';

const Day = z.string().describe('YYYY-MM-DD');
const Span = z.object({ from: Day, to: Day.describe('the day after the last, YYYY-MM-DD') });

const Condition = z.object({
  metric: z.string(),
  operator: z.enum(['at-least', 'more-than', 'at-most', 'less-than']),
  value: z.string(),
});

/**
 * What the language model may say: strict JSON, an object at the root, no optional fields (null instead), no records.
 * It is checked again, as untrusted input, before it becomes a Plan.
 */
export const ModelReply = z.object({
  decision: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('metrics'),
      metrics: z.array(z.string()),
      dimensions: z.array(z.string()),
      filters: z.array(
        z.object({ dimension: z.string(), operator: z.enum(FILTER_OPERATORS), values: z.array(z.string()) }),
      ),
      segments: z.array(z.string()),
      period: Span.nullable(),
      grain: z.enum(GRAINS).nullable(),
      comparison: z
        .object({ kind: z.enum(['previous-period', 'same-period-last-year', 'period']), period: Span })
        .nullable(),
      calculations: z.array(z.enum(['share-of-total', 'running-total', 'growth'])),
      ranking: z
        .object({
          by: z.string(),
          direction: z.enum(['top', 'bottom']),
          limit: z.number(),
          with_rest: z.boolean(),
          within: z
            .string()
            .nullable()
            .describe(
              "a dimension of the breakdown, or 'period_start': a ranking of its own in each of its values",
            ),
        })
        .nullable(),
      having: z.array(Condition),
      members: z
        .array(
          z.object({
            dimension: z.string(),
            having: z.array(Condition),
            ranking: z
              .object({ by: z.string(), direction: z.enum(['top', 'bottom']), limit: z.number() })
              .nullable(),
          }),
        )
        .describe('only what belongs to such members: orders above 500, customers of the top 10'),
      apart: z
        .object({ dimension: z.string(), values: z.array(z.string()) })
        .nullable()
        .describe('these values of a dimension of the breakdown alone, all others together'),
      across_grain: z
        .object({ grain: z.enum(GRAINS), aggregate: z.enum(['average', 'maximum', 'minimum']) })
        .nullable(),
    }),
    z.object({
      kind: z.literal('template'),
      template: z.string(),
      parameters: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
    }),
    z.object({ kind: z.literal('sql'), sql: z.string(), explanation: z.string() }),
    z.object({
      kind: z.literal('clarify'),
      text: z.string(),
      choices: z.array(z.object({ label: z.string(), question: z.string() })),
      unknown_words: z.array(z.string()),
    }),
    z.object({
      kind: z.literal('refuse'),
      text: z.string(),
      reason: z.enum(['off-topic', 'cannot-answer', 'not-permitted', 'would-write']),
    }),
  ]),
  /** Words of the question that the plan leaves out, if any. */
  left_out: z.array(z.string()),
});
export type ModelReply = z.infer<typeof ModelReply>;
