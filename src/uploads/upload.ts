import { z } from 'zod';
import { ObjectRef } from '../domain/object-ref.ts';
import { RowCounts } from '../domain/run.ts';

export const UploadState = z.enum([
  /** Shown to its person, who has not pressed Load. */
  'waiting',
  /** Somebody pressed Load; the pipeline has not told its end. */
  'loading',
  'loaded',
  'failed',
  'cancelled',
  'expired',
  /** Its batch was taken back, or went out when a corrected file came. */
  'undone',
]);
export type UploadState = z.infer<typeof UploadState>;

const Period = z.object({ from: z.string(), to: z.string() });

export const UploadTotals = z.object({
  feed: z.string(),
  rows: z.number().int(),
  sums: z.record(z.string(), z.string()),
});
export type UploadTotals = z.infer<typeof UploadTotals>;

/** A spreadsheet that somebody shared, from its preview to its end. Kept in the record store. */
export const Upload = z.object({
  id: z.string(),
  version: z.number().int(),
  state: UploadState,
  person: z.string(),
  personName: z.string(),
  channel: z.string(),
  thread: z.string(),
  /** The message with the preview, once posted. */
  card: z.string().nullable(),
  file: z.object({ name: z.string(), sha256: z.string(), sizeBytes: z.number().int(), object: ObjectRef }),
  /** Answers to what was asked, and corrections of the mapping. */
  answers: z.record(z.string(), z.string()),
  /** Layout of the tables that are used. */
  layout: z.string(),
  /** Kinds of rows, once nothing is asked any more. */
  feeds: z.array(z.string()),
  period: Period.nullable(),
  /** What was put into the bucket: must be found in the warehouse again. */
  totals: z.array(UploadTotals),
  leftOut: z.number().int(),
  createdAt: z.string(),
  expiresAt: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  /** The upload that this one takes the place of. */
  replaces: z.object({ upload: z.string(), batch: z.string(), file: z.string() }).nullable(),
  /** The file that took its place, or is about to. */
  replacedBy: z.string().nullable().default(null),
  run: z.string().nullable(),
  /** Runs of loads that were taken back before it was loaded again. */
  pastRuns: z.array(z.string()).default([]),
  batch: z.string().nullable(),
  rows: RowCounts.nullable(),
  endedAt: z.string().nullable(),
});
export type Upload = z.infer<typeof Upload>;
