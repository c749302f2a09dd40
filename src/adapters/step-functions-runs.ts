import { SFNClient, type SFNClientConfig, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AppError } from '../domain/app-error.ts';

export type StepFunctionsOptions = {
  region: string;
  endpoint?: string | undefined;
  credentials?: SFNClientConfig['credentials'];
};

const MOST_EXECUTIONS = 50;

export function stepFunctionsClient(options: StepFunctionsOptions): SFNClient {
  return new SFNClient({
    region: options.region,
    maxAttempts: 5,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
}

/**
 * Starts executions of the pipeline, named after their runs: the same name and input while it is under way is the same
 * execution, so that starting a run twice is starting it once. One that has ended gets the next number.
 */
export function stepFunctionsRuns(options: StepFunctionsOptions & { stateMachineArn: string }): {
  start(run: string): Promise<void>;
} {
  const client = stepFunctionsClient(options);
  return {
    async start(run) {
      for (let number = 1; number <= MOST_EXECUTIONS; number += 1) {
        if (await startAs(number === 1 ? run : `${run}-${number}`, run, options.stateMachineArn, client))
          return;
      }
      throw new AppError('run.in-progress', {
        detail: `It was started ${MOST_EXECUTIONS} times; look at its executions in Step Functions.`,
      });
    },
  };
}

/** False: an execution of this name has ended. */
async function startAs(
  name: string,
  run: string,
  stateMachineArn: string,
  client: SFNClient,
): Promise<boolean> {
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ run }) }));
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ExecutionAlreadyExists') return false;
    // The sweeper starts a run that was recorded and not begun.
    throw new AppError('pipeline.unavailable', { cause: thrown });
  }
}
