import { PIPELINE_TASKS } from '../../etl/pipeline/pipeline-tasks.ts';
import type { Json } from '../../etl/pipeline/state-machine.ts';
import { AppError } from '../domain/app-error.ts';
import { openParts } from './open-parts.ts';

/** A step of the state machine as a function. What it throws has the error's code as its name, which retriers match. */
export function pipelineStep(name: string): (input: unknown) => Promise<Json> {
  return async (input) => {
    const step = PIPELINE_TASKS[name];
    if (!step) throw new AppError('internal', { detail: `There is no step ${name}.` });
    const { pipeline, stores } = await openParts();
    try {
      return await step(input, pipeline);
    } finally {
      await stores.tracer.flush();
    }
  };
}
