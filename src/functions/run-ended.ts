import { z } from 'zod';
import { putAwayRun } from '../../etl/handlers/object-created.ts';
import { openParts } from './open-parts.ts';

const Event = z.object({ detail: z.object({ status: z.string(), input: z.string() }) });
const Input = z.object({ run: z.string() });

/** An execution ended: its files go to archive or quarantine. A run that is still open is left to the sweeper. */
export async function handler(event: unknown): Promise<{ run: string; outcome: string | null }> {
  const { status, input } = Event.parse(event).detail;
  const { run: id } = Input.parse(JSON.parse(input));
  const { pipeline, log } = await openParts();
  const run = await putAwayRun(id, pipeline);
  if (!run)
    log.warn({ run: id, status }, 'an execution ended and its run did not; the sweeper starts it again');
  return { run: id, outcome: run?.outcome ?? null };
}
