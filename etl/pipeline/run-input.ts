import { z } from 'zod';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import { UploadOrigin } from '../stages/upload-origin.ts';

/** What a run was asked to do; kept with it, so that it can be resumed and run again. */
export const RunInput = z.object({
  files: z
    .array(
      z.union([
        z.object({ name: z.string(), path: z.string(), feed: z.string().optional() }),
        /** `etag`: the version that is meant, where an event named it. */
        z.object({
          name: z.string(),
          object: ObjectRef,
          etag: z.string().optional(),
          feed: z.string().optional(),
        }),
      ]),
    )
    .min(1),
  set: z.string().nullable(),
  feed: z.string().nullable(),
  /** Where the feeds of this run are declared, when not where the pipeline's are: who resumes it must read the same. */
  feedsFile: z.string().nullable().optional(),
  startedBy: z.string(),
  replyTo: z.object({ channel: z.string(), thread: z.string() }).nullable(),
  /** Load the files though they were loaded before. */
  again: z.boolean(),
  /** A run whose refused and waiting rows alone are tried again. */
  redriven: z.string().nullable(),
  /** The number of the newest batch that these files may replace; null or left out: any. */
  asOf: z.number().int().nullable().optional(),
  /** Runs over the same files that this one follows, newest last. */
  ownRuns: z.array(z.string()).optional(),
  /** Of several rows with one key, the one in the last file holds, whatever the feeds say. */
  newestWins: z.boolean().optional(),
  /** What whoever sent the files has to say of them; told with the run. */
  notes: z.array(z.string()).optional(),
  upload: UploadOrigin.nullable().optional(),
  /** The window of events that the file holds. */
  eventWindow: z.string().optional(),
});
export type RunInput = z.infer<typeof RunInput>;
