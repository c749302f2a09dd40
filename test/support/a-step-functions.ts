import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type Json, ordersPipeline, runStateMachine } from '../../etl/pipeline/state-machine.ts';
import { serving } from './serving.ts';

export type Execution = {
  name: string;
  input: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  ended: Promise<void>;
};

export type AStepFunctions = {
  endpoint: string;
  executions: Execution[];
  /** Signs of life that workers gave. */
  beats: number;
  close(): Promise<void>;
};

type Waiting = { token: string; arn: string; input: unknown; settle(outcome: Settled): void; taken: boolean };
type Settled = { output: Json } | { error: string; cause: string };

/**
 * A server that speaks as much of Step Functions' protocol as we use, and runs the real definition: `functions` are
 * called as Lambda would call them, tasks of `activities` (by name) wait for a worker. It gives out secrets too.
 */
export async function aStepFunctions(options: {
  functions: Record<string, (input: unknown) => Promise<unknown>>;
  activities: Record<string, string>;
  secrets?: Record<string, string>;
  onEnd?(execution: Execution): Promise<void>;
}): Promise<AStepFunctions> {
  const waiting = new Map<string, Waiting>();
  const state: AStepFunctions = { endpoint: '', executions: [], beats: 0, close: async () => undefined };

  const operations: Record<string, (body: Record<string, string>) => Promise<object>> = {
    async StartExecution({ name = '', input = '' }) {
      const known = state.executions.find((each) => each.name === name);
      if (known && (known.status !== 'RUNNING' || known.input !== input))
        throw fault('ExecutionAlreadyExists');
      if (!known) start(name, input);
      return { executionArn: `arn:execution:${name}`, startDate: Date.now() / 1_000 };
    },
    async GetActivityTask({ activityArn = '' }) {
      for (let look = 0; look < 20; look += 1) {
        const task = [...waiting.values()].find(({ arn, taken }) => arn === activityArn && !taken);
        if (task) {
          task.taken = true;
          return { taskToken: task.token, input: JSON.stringify(task.input) };
        }
        await pause(10);
      }
      return {};
    },
    async SendTaskHeartbeat({ taskToken = '' }) {
      taskOf(taskToken);
      state.beats += 1;
      return {};
    },
    async SendTaskSuccess({ taskToken = '', output = 'null' }) {
      taskOf(taskToken).settle({ output: JSON.parse(output) as Json });
      return {};
    },
    async SendTaskFailure({ taskToken = '', error = '', cause = '' }) {
      taskOf(taskToken).settle({ error, cause });
      return {};
    },
    async GetSecretValue({ SecretId = '' }) {
      const SecretString = options.secrets?.[SecretId];
      if (SecretString === undefined) throw fault('ResourceNotFoundException');
      return { SecretString, Name: SecretId };
    },
  };

  function taskOf(token: string): Waiting {
    const task = waiting.get(token);
    if (!task) throw fault('TaskTimedOut');
    return task;
  }

  function start(name: string, input: string): void {
    const execution: Execution = { name, input, status: 'RUNNING', ended: Promise.resolve() };
    state.executions.push(execution);
    execution.ended = runStateMachine(ordersPipeline(), JSON.parse(input) as { run: string }, {
      tasks: {
        ...Object.fromEntries(
          Object.entries(options.functions).map(([task, work]) => [task, asLambda(work)]),
        ),
        ...Object.fromEntries(
          Object.entries(options.activities).map(([task, arn]) => [task, asActivity(arn)]),
        ),
      },
      pause: (ms) => pause(ms / 100),
    })
      .catch(() => 'failed' as const)
      .then(async (outcome) => {
        execution.status = outcome === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
        await options.onEnd?.(execution);
      });
  }

  function asActivity(arn: string) {
    return async (input: unknown): Promise<Json> => {
      const token = randomUUID();
      const settled = await new Promise<Settled>((settle) =>
        waiting.set(token, { token, arn, input, settle, taken: false }),
      );
      waiting.delete(token);
      if ('output' in settled) return settled.output;
      throw Object.assign(new Error(settled.cause), { name: settled.error });
    };
  }

  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    json(request)
      .then((body) => operations[operation]?.(body as Record<string, string>))
      .then((reply) => response.end(JSON.stringify(reply)))
      .catch((thrown: Error) => {
        response.writeHead(400).end(JSON.stringify({ __type: thrown.name, message: thrown.message }));
      });
  });
  const { origin, close } = await serving(server);
  return Object.assign(state, { endpoint: origin, close });
}

/** In and out as JSON; what it throws comes wrapped, as Lambda wraps it. */
function asLambda(work: (input: unknown) => Promise<unknown>) {
  return async (input: unknown): Promise<Json> => {
    try {
      return JSON.parse(JSON.stringify((await work(JSON.parse(JSON.stringify(input)))) ?? null)) as Json;
    } catch (thrown) {
      const { name, message } = thrown as Error;
      const cause = JSON.stringify({ errorType: name, errorMessage: message, trace: [] });
      throw Object.assign(new Error(cause), { name });
    }
  };
}

function fault(name: string): Error {
  return Object.assign(new Error(name), { name });
}
