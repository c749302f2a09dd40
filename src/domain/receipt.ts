import { z } from 'zod';
import { DataState, Understood } from './answer.ts';
import { ParameterValue, Plan, Provenance } from './plan.ts';

/** All that is needed to check an answer, and to run it again. */
export const Receipt = z.object({
  id: z.string(),
  question: z.string(),
  asker: z.string(),
  thread: z.string().nullable(),
  channel: z.string().nullable(),
  askedAt: z.string(),
  /** The day that counted as today. */
  today: z.string(),
  provenance: Provenance,
  plan: Plan,
  planner: z.enum(['offline', 'openai']),
  understood: Understood,
  sql: z.string().nullable(),
  params: z.record(z.string(), ParameterValue),
  rightsId: z.string(),
  rowCount: z.number().int(),
  tookMs: z.number(),
  dataState: DataState,
  /** SHA-256 over columns and rows: a rerun with the same data has the same. */
  resultHash: z.string(),
  /** The quoted figures, so that a restatement can say 'was, is'. */
  headline: z.array(z.object({ label: z.string(), value: z.string() })),
  tokens: z.object({ input: z.number(), output: z.number(), cached: z.number() }),
  costUsd: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;
