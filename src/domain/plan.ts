import { z } from 'zod';
import { MetricQuery } from './metric-query.ts';
import { Period } from './period.ts';

export const Provenance = z.enum(['vetted', 'composed', 'live', 'drafted']);
export type Provenance = z.infer<typeof Provenance>;

export const ParameterValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** What will be done to answer a question; every planner's output, model-made or not, is checked against this. */
export const Plan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('metrics'), query: MetricQuery }),
  z.object({
    kind: z.literal('template'),
    template: z.string().max(80),
    parameters: z.record(z.string(), ParameterValue),
    period: Period.nullable(),
  }),
  /** Read from the record store in milliseconds. */
  z.object({
    kind: z.literal('live'),
    read: z.discriminatedUnion('what', [
      z.object({
        what: z.literal('daily-kpis'),
        from: z.string(),
        to: z.string(),
        kpis: z.array(z.string()),
      }),
      z.object({
        what: z.literal('category-kpis'),
        categories: z.array(z.string()),
        from: z.string(),
        to: z.string(),
        kpis: z.array(z.string()),
      }),
      z.object({ what: z.literal('invoice'), invoice: z.string() }),
      z.object({ what: z.literal('customer-invoices'), customer: z.string() }),
    ]),
  }),
  /** Why did a metric change between two periods: a decomposition. */
  z.object({
    kind: z.literal('why'),
    metric: z.string(),
    query: MetricQuery,
    before: Period,
    dimensions: z.array(z.string()),
  }),
  z.object({ kind: z.literal('drafted'), sql: z.string().max(20_000), explanation: z.string().max(400) }),
  z.object({ kind: z.literal('definition'), of: z.string(), beside: z.string().optional() }),
  z.object({ kind: z.literal('catalogue') }),
]);
export type Plan = z.infer<typeof Plan>;

/** A button or a line of a select: `question` is the whole question that a click asks instead. */
export const Choice = z.object({ label: z.string().max(75), question: z.string().max(600) });
export type Choice = z.infer<typeof Choice>;

/** What a planner says about a question. */
export type PlannerReply =
  | {
      kind: 'plan';
      plan: Plan /** 0 to 1 */;
      confidence: number;
      planner: 'offline' | 'openai';
      notes: string[];
    }
  /** One short question back. `asksFigure`: which figure is meant is all that is open. */
  | { kind: 'clarify'; text: string; choices: Choice[]; unknownWords: string[]; asksFigure?: boolean }
  | { kind: 'refuse'; text: string; reason: 'off-topic' | 'cannot-answer' | 'not-permitted' | 'would-write' }
  /** A value that no row has. */
  | { kind: 'unknown-value'; dimension: string; value: string; didYouMean: Choice[]; text: string };
