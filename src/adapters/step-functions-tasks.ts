import {
  GetActivityTaskCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { type StepFunctionsOptions, stepFunctionsClient } from './step-functions-runs.ts';

export type WaitingTask = { token: string; input: unknown };

/** Tasks of the state machine that wait for a worker. */
export type StepFunctionsTasks = {
  /** Waits up to a minute; null when there was none. */
  next(activityArn: string, worker: string): Promise<WaitingTask | null>;
  /** False: the task is no longer wanted, since it ran out of time or its run was stopped. */
  beat(token: string): Promise<boolean>;
  succeed(token: string, output: unknown): Promise<void>;
  fail(token: string, failure: { error: string; cause: string }): Promise<void>;
  close(): void;
};

const MOST_CAUSE = 30_000;

export function stepFunctionsTasks(options: StepFunctionsOptions): StepFunctionsTasks {
  const client = stepFunctionsClient(options);
  return {
    async next(activityArn, workerName) {
      const { taskToken, input } = await client.send(new GetActivityTaskCommand({ activityArn, workerName }));
      return taskToken ? { token: taskToken, input: JSON.parse(input ?? 'null') as unknown } : null;
    },
    async beat(taskToken) {
      try {
        await client.send(new SendTaskHeartbeatCommand({ taskToken }));
        return true;
      } catch (thrown) {
        if (isGone(thrown)) return false;
        throw thrown;
      }
    },
    async succeed(taskToken, output) {
      const reply = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output ?? null) });
      await client.send(reply).catch(unlessGone);
    },
    async fail(taskToken, { error, cause }) {
      const reply = new SendTaskFailureCommand({
        taskToken,
        error: error.slice(0, 256),
        cause: cause.slice(0, MOST_CAUSE),
      });
      await client.send(reply).catch(unlessGone);
    },
    close: () => client.destroy(),
  };
}

/** Somebody else has it by now, and finds what was done: every step may be done again. */
function unlessGone(thrown: unknown): void {
  if (!isGone(thrown)) throw thrown;
}

function isGone(thrown: unknown): boolean {
  return (
    thrown instanceof Error && ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].includes(thrown.name)
  );
}
