import { z } from 'zod';
import { objectCreated } from '../../etl/handlers/object-created.ts';
import { openParts } from './open-parts.ts';

/** What EventBridge tells of an object that was put into a bucket. Unlike in S3's own notices, the key is as it is. */
const Event = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      size: z.number().default(0),
      etag: z.string(),
      sequencer: z.string().default(''),
    }),
  }),
});

/** A file came: it becomes a run, which the state machine drives. */
export async function handler(event: unknown): Promise<{ run: string | null }> {
  const { bucket, object } = Event.parse(event).detail;
  const { pipeline } = await openParts();
  const run = await objectCreated(
    {
      ref: { bucket: bucket.name, key: object.key },
      sizeBytes: object.size,
      etag: object.etag,
      sequencer: object.sequencer,
    },
    pipeline,
  );
  return { run: run?.id ?? null };
}
