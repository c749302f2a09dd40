import { PIPELINE_TASKS } from '../../etl/pipeline/pipeline-tasks.ts';
import type { Json } from '../../etl/pipeline/state-machine.ts';
import { openParts } from './open-parts.ts';
import { telling } from './telling.ts';

/** How a run went, told in Slack. */
export async function handler(input: unknown): Promise<Json> {
  const parts = await openParts();
  const { announcer } = telling(parts);
  return (await PIPELINE_TASKS['Announce']?.(input, { ...parts.pipeline, announcer })) ?? null;
}
