import { z } from 'zod';
import { ObjectRef } from './object-ref.ts';

/** The feed of a run whose files are of none: it tells nothing of any feed. */
export const NO_FEED = 'unknown';

export const STAGES = [
  'receive',
  'validate',
  'check',
  'load',
  'reconcile',
  'refresh-kpis',
  'announce',
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

export const RunOutcome = z.enum(['running', 'loaded', 'partly-refused', 'failed', 'duplicate']);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** read = loaded + refused + waiting, always. */
export const RowCounts = z.object({
  read: z.number().int(),
  loaded: z.number().int(),
  refused: z.number().int(),
  waiting: z.number().int(),
});
export type RowCounts = z.infer<typeof RowCounts>;

export const RunFile = z.object({
  name: z.string(),
  feed: z.string(),
  object: ObjectRef,
  sizeBytes: z.number().int(),
  sha256: z.string(),
  rows: RowCounts,
});
export type RunFile = z.infer<typeof RunFile>;

/** Why rows were refused, commonest first. */
export const RefusalTally = z.object({ reason: z.string(), count: z.number().int(), example: z.string() });
export type RefusalTally = z.infer<typeof RefusalTally>;

/** One set of files on its way into the warehouse. Kept in the run log; a killed run is resumed from here. */
export const Run = z.object({
  id: z.string(),
  /** Feed, or the set's name when several feeds come together. */
  feed: z.string(),
  /** SHA-256 over the files' hashes: the same files again are a duplicate. */
  contentHash: z.string(),
  outcome: RunOutcome,
  stage: Stage,
  /** Goes up by one with each save; guards against two writers. */
  version: z.number().int(),
  startedAt: z.string(),
  updatedAt: z.string(),
  endedAt: z.string().nullable(),
  files: z.array(RunFile),
  rows: RowCounts,
  refusals: z.array(RefusalTally),
  batch: z.string().nullable(),
  findings: z.number().int(),
  touchedDays: z.array(z.string()),
  /** What each finished stage gave to the next, as JSON; a resumed run starts after the last of them. */
  outputs: z.record(z.string(), z.unknown()),
  failure: z
    .object({ stage: Stage, code: z.string(), sentence: z.string(), where: z.string().nullable() })
    .nullable(),
  startedBy: z.string(),
  /** Where people are told: 'channel:ts' of the notice, once posted. */
  notice: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  replyTo: z.object({ channel: z.string(), thread: z.string() }).nullable(),
  announced: z.boolean(),
  /** What is to be told of the files besides how they went: what was left out, what has changed in their source. */
  notes: z.array(z.string()).optional(),
  /** Of a duplicate: rows that the same files brought were replaced by newer ones since. */
  superseded: z.boolean().optional(),
  /** When its batch was undone; these files are then no longer a duplicate. */
  undoneAt: z.string().nullable().optional(),
  /** The spreadsheet from Slack that its files were made of. */
  upload: z.string().optional(),
});
export type Run = z.infer<typeof Run>;
