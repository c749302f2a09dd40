import { z } from 'zod';
import { RowCounts } from './run.ts';

/** One load that happened wholly or not at all, and can be undone wholly. */
export const LoadBatch = z.object({
  id: z.string(),
  /** Order of loading: a later load has a higher number. */
  number: z.number().int(),
  run: z.string(),
  feed: z.string(),
  loadedAt: z.string(),
  undoneAt: z.string().nullable(),
  rows: RowCounts,
  /** Days whose facts changed. */
  touchedDays: z.array(z.string()),
});
export type LoadBatch = z.infer<typeof LoadBatch>;

/** Something that does not add up, found after a load. */
export const Finding = z.object({
  id: z.string(),
  check: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  batch: z.string().nullable(),
  run: z.string().nullable(),
  sentence: z.string(),
  count: z.number().int(),
  /** Exact decimal text when the finding has an amount. */
  amount: z.string().nullable(),
  examples: z.array(z.string()),
  /** The query that shows the rows. */
  sql: z.string(),
  foundAt: z.string(),
});
export type Finding = z.infer<typeof Finding>;
