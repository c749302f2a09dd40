import { z } from 'zod';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import { RefusalTally } from '../../src/domain/run.ts';

/** Typed rows for one table of the warehouse, judged row by row and ready for COPY. */
export const StagedOutput = z.object({
  /** A table of the `retail` schema, without the schema. */
  table: z.string(),
  /** UTF-8 CSV: header line, comma, quotes doubled, LF; empty and unquoted is NULL. With `source`, the landed file. */
  object: ObjectRef,
  /** Gzip, each with the header line: all the rows are in these, of which `object` is the first. */
  parts: z.array(ObjectRef).optional(),
  /** In the file's order: the table's columns that this feed fills, then `source_line`. */
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Instead of staged CSV: the landed file itself, and what the engine makes of its lines. */
  source: z
    .object({
      delimiter: z.string(),
      cells: z.number().int(),
      gzip: z.boolean(),
      types: z.array(z.string()).optional(),
      select: z.string(),
    })
    .optional(),
});
export type StagedOutput = z.infer<typeof StagedOutput>;

/** What the validate stage says about one landed file. Keys and references are judged later, over the whole set. */
export const ValidatedFile = z.object({
  /** The name that the sender gave. */
  file: z.string(),
  feed: z.string(),
  /** The raw landed file. */
  object: ObjectRef,
  sizeBytes: z.number().int(),
  sha256: z.string(),
  /** Empty for a part whose rows are staged together with an earlier part of the same feed. */
  outputs: z.array(StagedOutput),
  /** read = accepted + refused + waiting, in rows of the source file. */
  counts: z.object({
    read: z.number().int(),
    accepted: z.number().int(),
    refused: z.number().int(),
    waiting: z.number().int(),
  }),
  /** CSV: file,line,column,value,reason,raw; one line per reason. Null when nothing was refused. */
  refusedObject: ObjectRef.nullable(),
  /** Where it is in compressed parts: all of them, the first of which is `refusedObject`. */
  refusedParts: z.array(ObjectRef).optional(),
  refusals: z.array(RefusalTally),
  /** Sums over the staged rows, as '<table>.<column>' to an exact decimal. */
  controlTotals: z.record(z.string(), z.string()),
  /** Whole sentences that do not stop the load, told with the run: bytes replaced, an encoding that was guessed. */
  warnings: z.array(z.string()),
  /** Columns of the file that the feed does not use. */
  unused: z.array(z.string()).default([]),
});
export type ValidatedFile = z.infer<typeof ValidatedFile>;
