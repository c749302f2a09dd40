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
        z.object({
          dimension: z.string(),
          operator: z.enum(FILTER_OPERATORS),
          values: z.array(z.string()),
          of: z
            .array(z.string())
            .nullable()
            .describe('of several metrics, those that it narrows; null: all of them'),
        }),
      ),
      segments: z.array(z.string()),
      period: Span.nullable(),
      grain: z.enum(GRAINS).nullable(),
      comparison: z
        .object({ kind: z.enum(['previous-period', 'same-period-last-year', 'period']), period: Span })
        .nullable(),
      calculations: z.array(z.enum(['share-of-total', 'running-total', 'growth'])),
      ratio: z
        .object({ of: z.string(), to: z.string() })
        .nullable()
        .describe('one of the metrics as a share of another'),
      moving_average: z.number().nullable().describe('how many units of the grain a moving average takes in'),
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
      having: z
        .array(Condition)
        .describe(
          'conditions on a metric; with a comparison also on its change: <metric>_change, or <metric>_change_share, where 0.1 is 10 %',
        ),
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

export type MetricsDecision = Extract<ModelReply['decision'], { kind: 'metrics' }>;

/** What a server that does not hold its model to the schema may leave out: nothing there means none of it. */
export const NOTHING_MORE: Omit<MetricsDecision, 'kind' | 'metrics'> = {
  dimensions: [],
  filters: [],
  segments: [],
  period: null,
  grain: null,
  comparison: null,
  calculations: [],
  ratio: null,
  moving_average: null,
  ranking: null,
  having: [],
  members: [],
  apart: null,
  across_grain: null,
};

/** Reads a reply; what it leaves out of a metrics plan is none, anything else that is missing or odd is a problem in words. */
export function readModelReply(
  text: string,
): { ok: true; reply: ModelReply } | { ok: false; problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: ['The reply is not JSON.'] };
  }
  const parsed = ModelReply.safeParse(withNone(value));
  if (parsed.success) return { ok: true, reply: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.slice(0, 8).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  };
}

function withNone(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.decision) || value.decision.kind !== 'metrics') return value;
  const filters = Array.isArray(value.decision.filters)
    ? value.decision.filters.map((filter) => (isObject(filter) ? { of: null, ...filter } : filter))
    : [];
  return { left_out: [], ...value, decision: { ...NOTHING_MORE, ...value.decision, filters } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
