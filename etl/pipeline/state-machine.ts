import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Runs an Amazon States Language definition in this process: the parts of the language that ours uses (Task, Choice on
 * booleans, Map, Pass, Succeed, Fail, Retry, Catch, result paths of one name), and nothing else: what it does not know
 * it refuses when it reads the definition. In the cloud the same file runs on Step Functions.
 */

const ResultPath = z
  .string()
  .regex(/^\$\.\w+$/)
  .nullable()
  .optional();
const Retrier = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  BackoffRate: z.number(),
  MaxAttempts: z.number().int(),
  MaxDelaySeconds: z.number(),
  JitterStrategy: z.literal('FULL'),
});
const Catcher = z.strictObject({
  ErrorEquals: z.tuple([z.literal('States.ALL')]),
  ResultPath,
  Next: z.string(),
});
const Comment = z.string().optional();
const Task = z.strictObject({
  Comment,
  Type: z.literal('Task'),
  Resource: z.string().regex(/^\$\{\w+\}$/),
  /** Held by Step Functions; here the parts below a task have their own. */
  TimeoutSeconds: z.number(),
  /** Of workers in containers; here the task is this very process. */
  HeartbeatSeconds: z.number().optional(),
  ResultPath,
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
  Next: z.string().optional(),
  End: z.literal(true).optional(),
});
const Choice = z.strictObject({
  Comment,
  Type: z.literal('Choice'),
  Choices: z.array(z.strictObject({ Variable: z.string(), BooleanEquals: z.boolean(), Next: z.string() })),
  Default: z.string(),
});
const MapEach = z.strictObject({
  Comment,
  Type: z.literal('Map'),
  ItemsPath: z.string(),
  ItemSelector: z.record(z.string().endsWith('.$'), z.string()),
  MaxConcurrency: z.number().int(),
  ItemProcessor: z.strictObject({ StartAt: z.string(), States: z.record(z.string(), Task) }),
  ResultPath: z.null(),
  Catch: z.array(Catcher).optional(),
  Next: z.string(),
});
const Pass = z.strictObject({
  Comment,
  Type: z.literal('Pass'),
  Result: z.unknown(),
  ResultPath,
  Next: z.string(),
});
const Succeed = z.strictObject({ Comment, Type: z.literal('Succeed') });
const Fail = z.strictObject({
  Comment,
  Type: z.literal('Fail'),
  ErrorPath: z.string(),
  CausePath: z.string(),
});
const State = z.discriminatedUnion('Type', [Task, Choice, MapEach, Pass, Succeed, Fail]);
type State = z.infer<typeof State>;
type Task = z.infer<typeof Task>;
const StateMachine = z.strictObject({ Comment, StartAt: z.string(), States: z.record(z.string(), State) });
export type StateMachine = z.infer<typeof StateMachine>;

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };
/** Throws errors whose `name` the definition's retriers may know. */
export type TaskFunction = (input: JsonObject) => Promise<Json>;

export type StateMachineNeeds = {
  /** By the resource's name: `Load` for '${LoadTask}'. */
  tasks: Readonly<Record<string, TaskFunction>>;
  pause(ms: number): Promise<void>;
};

let orders: StateMachine | undefined;

/** The definition that Step Functions gets too. */
export function ordersPipeline(): StateMachine {
  orders ??= StateMachine.parse(
    JSON.parse(readFileSync(new URL('../../infra/orders-pipeline.asl.json', import.meta.url), 'utf8')),
  );
  return orders;
}

/** Runs to the end. A task's error that nothing catches is thrown as it is. */
export async function runStateMachine(
  machine: StateMachine,
  input: JsonObject,
  needs: StateMachineNeeds,
): Promise<'succeeded' | 'failed'> {
  let data = input;
  for (let name = machine.StartAt; ; ) {
    const state = machine.States[name];
    if (!state) throw new Error(`There is no state '${name}'.`);
    switch (state.Type) {
      case 'Succeed':
        return 'succeeded';
      case 'Fail':
        return 'failed';
      case 'Choice':
        name =
          state.Choices.find(({ Variable, BooleanEquals }) => at(Variable, data) === BooleanEquals)?.Next ??
          state.Default;
        break;
      case 'Pass':
        data = put(state.ResultPath, data, state.Result as Json);
        name = state.Next;
        break;
      case 'Task':
      case 'Map':
        try {
          if (state.Type === 'Map') await mapEach(state, data, needs);
          else data = put(state.ResultPath, data, await runTask(state, data, needs));
          if (!state.Next) return 'succeeded';
          name = state.Next;
        } catch (thrown) {
          const catcher = state.Catch?.[0];
          if (!catcher) throw thrown;
          const { name: Error, message: Cause } = thrown as Error;
          data = put(catcher.ResultPath, data, { Error, Cause });
          name = catcher.Next;
        }
        break;
    }
  }
}

async function runTask(task: Task, input: JsonObject, needs: StateMachineNeeds): Promise<Json> {
  const resource = task.Resource.slice(2, -1).replace(/Task$/, '');
  const work = needs.tasks[resource];
  if (!work) throw new Error(`There is no task '${resource}'.`);
  const attempts = new Map<z.infer<typeof Retrier>, number>();
  for (;;) {
    try {
      return await work(input);
    } catch (thrown) {
      const retrier = task.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes((thrown as Error).name));
      const attempt = (retrier && attempts.get(retrier)) ?? 0;
      if (!retrier || attempt >= retrier.MaxAttempts) throw thrown;
      attempts.set(retrier, attempt + 1);
      const seconds = Math.min(
        retrier.IntervalSeconds * retrier.BackoffRate ** attempt,
        retrier.MaxDelaySeconds,
      );
      await needs.pause(Math.random() * seconds * 1000);
    }
  }
}

/** Several at once; after a failure no further one is begun, and those under way are waited for. */
async function mapEach(
  state: z.infer<typeof MapEach>,
  data: JsonObject,
  needs: StateMachineNeeds,
): Promise<void> {
  const task = state.ItemProcessor.States[state.ItemProcessor.StartAt];
  if (!task?.End) throw new Error('Only one task is known within a map.');
  const left = [...(at(state.ItemsPath, data) as Json[])];
  let failure: { thrown: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined && !failure; item = left.shift()) {
      const input = Object.fromEntries(
        Object.entries(state.ItemSelector).map(([name, path]) => [
          name.slice(0, -2),
          path === '$$.Map.Item.Value' ? (item as Json) : at(path, data),
        ]),
      );
      await runTask(task, input, needs).catch((thrown: unknown) => {
        failure ??= { thrown };
      });
    }
  };
  await Promise.all(Array.from({ length: state.MaxConcurrency }, lane));
  if (failure) throw failure.thrown;
}

function at(path: string, data: JsonObject): Json {
  let value: Json | undefined = data;
  for (const name of path.split('.').slice(1)) value = (value as JsonObject | undefined)?.[name];
  if (value === undefined) throw new Error(`There is nothing at ${path}.`);
  return value;
}

/** `null` keeps the input as it was; left out, the result takes its place. */
function put(path: string | null | undefined, data: JsonObject, result: Json): JsonObject {
  if (path === null) return data;
  if (path === undefined) return result as JsonObject;
  return { ...data, [path.slice(2)]: result };
}
