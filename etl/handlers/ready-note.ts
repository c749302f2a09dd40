import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

/** What the `_ready` of a folder may say of its set, as JSON; most say nothing. */
export const ReadyNote = z.object({
  /** The run's id, so that two tellings of one set are one run. */
  run: z
    .string()
    .regex(/^run-ex-[0-9a-f]{24}$/)
    .optional(),
  set: z.string().optional(),
  startedBy: z.string().max(100).optional(),
  /** The feed of each file. */
  files: z.record(z.string(), z.string()).optional(),
  /** Of several rows with one key, the one in the last file holds. */
  newestWins: z.boolean().optional(),
  /** The same bytes may come again: what they restore was changed in between. */
  again: z.boolean().optional(),
  notes: z.array(z.string().max(500)).max(50).optional(),
});
export type ReadyNote = z.infer<typeof ReadyNote>;

const MOST_BYTES = 4_000_000;

/** Whatever is no such note is a `_ready` that says nothing. */
export async function readReadyNote(body: Readable, sizeBytes: number): Promise<ReadyNote> {
  if (sizeBytes > MOST_BYTES) {
    body.destroy();
    return {};
  }
  const text = (await buffer(body)).toString('utf8').trim();
  if (!text.startsWith('{')) return {};
  try {
    const parsed = ReadyNote.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
