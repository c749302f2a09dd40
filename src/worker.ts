import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { PIPELINE_TASKS } from '../etl/pipeline/pipeline-tasks.ts';
import type { StepFunctionsTasks, WaitingTask } from './adapters/step-functions-tasks.ts';
import type { Logger } from './log.ts';

export type WorkerNeeds = {
  tasks: StepFunctionsTasks;
  pipeline: PipelineNeeds;
  log: Logger;
  /** Between signs of life; below the `HeartbeatSeconds` of the state machine. */
  beatMs: number;
  /** While at work, the container is not to be taken away. */
  protect?(isAtWork: boolean): Promise<void>;
};

/** Several files of one run are judged at once; sets are checked and loaded one at a time. */
const AT_ONCE: Record<string, number> = { Receive: 2, Validate: 2, Check: 1, Load: 1 };
const AFTER_FAULT_MS = 5_000;

/** Takes up tasks of these activities until it is stopped; then ends what it has begun. */
export function startWorker(
  activityArns: Record<string, string>,
  needs: WorkerNeeds,
): { stop(): Promise<void> } {
  const state = { stopped: false, atWork: 0 };
  const loops = Object.entries(activityArns).flatMap(([name, arn]) =>
    Array.from({ length: AT_ONCE[name] ?? 1 }, (_, index) => takeUp(name, arn, index, state, needs)),
  );
  return {
    async stop() {
      state.stopped = true;
      await Promise.race([Promise.all(loops), whenIdle(state)]);
    },
  };
}

async function takeUp(
  name: string,
  arn: string,
  index: number,
  state: { stopped: boolean; atWork: number },
  needs: WorkerNeeds,
): Promise<void> {
  while (!state.stopped) {
    try {
      const task = await needs.tasks.next(arn, `${hostname()}-${index}`);
      if (!task) continue;
      state.atWork += 1;
      if (state.atWork === 1) await needs.protect?.(true);
      try {
        await work(name, task, needs);
      } finally {
        state.atWork -= 1;
        if (state.atWork === 0) await needs.protect?.(false);
      }
    } catch (thrown) {
      if (state.stopped) return;
      needs.log.error({ err: thrown, task: name }, 'a task could not be taken up or its end not told');
      await pause(AFTER_FAULT_MS);
    }
  }
}

/** One task, with signs of life while it lasts. Its failure is told by name, as the state machine's retriers know it. */
async function work(name: string, { token, input }: WaitingTask, needs: WorkerNeeds): Promise<void> {
  const beating = setInterval(() => {
    needs.tasks
      .beat(token)
      .catch((thrown: unknown) => needs.log.warn({ err: thrown, task: name }, 'no sign of life was taken'));
  }, needs.beatMs);
  try {
    const output = await PIPELINE_TASKS[name]?.(input, needs.pipeline);
    await needs.tasks.succeed(token, output ?? null);
  } catch (thrown) {
    const { name: error, message: cause } = thrown instanceof Error ? thrown : new Error(String(thrown));
    await needs.tasks.fail(token, { error, cause });
  } finally {
    clearInterval(beating);
  }
}

async function whenIdle(state: { atWork: number }): Promise<void> {
  while (state.atWork > 0) await pause(50);
}
