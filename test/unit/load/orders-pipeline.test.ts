import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { PIPELINE_TASKS } from '../../../etl/pipeline/pipeline-tasks.ts';
import {
  type Json,
  ordersPipeline,
  runStateMachine,
  type TaskFunction,
} from '../../../etl/pipeline/state-machine.ts';
import { AppError, ERROR_CODES } from '../../../src/domain/app-error.ts';

const text = readFileSync(new URL('../../../infra/orders-pipeline.asl.json', import.meta.url), 'utf8');
const definition = JSON.parse(text);

function failing(name: string): TaskFunction {
  return async () => {
    throw Object.assign(new Error('why'), { name });
  };
}

/** Fails as often as told, then succeeds. */
function failingTimes(times: number, name: string): TaskFunction {
  let left = times;
  return async () => {
    if (left-- > 0) throw Object.assign(new Error('busy'), { name });
    return { duplicate: false };
  };
}

const WELL = [
  'Receive',
  'Validate 0',
  'Validate 1',
  'Check',
  'Load',
  'Reconcile',
  'RefreshKpis',
  'End',
  'Announce',
];
const upTo = (last: string): string[] => WELL.slice(0, WELL.indexOf(last) + 1);
const FAILURE = ['RecordFailure', 'Announce'];

/** Each branch: what the tasks do otherwise than well, and which tasks are then called, in order. */
const BRANCHES: {
  what: string;
  tasks: () => Record<string, TaskFunction>;
  calls: string[];
  ends: 'succeeded' | 'failed';
}[] = [
  { what: 'all goes well', tasks: () => ({}), calls: WELL, ends: 'succeeded' },
  {
    what: 'the files were loaded before',
    tasks: () => ({ Receive: async () => ({ duplicate: true, units: [0, 1] }) }),
    calls: ['Receive', 'End', 'Announce'],
    ends: 'succeeded',
  },
  {
    what: 'another run loads the same files first',
    tasks: () => ({ Load: async () => ({ duplicate: true }) }),
    calls: [...upTo('Load'), 'End', 'Announce'],
    ends: 'succeeded',
  },
  {
    what: 'too many rows are refused',
    tasks: () => ({ Check: async () => ({ mayLoad: false }) }),
    calls: [...upTo('Check'), ...FAILURE],
    ends: 'failed',
  },
  ...['Receive', 'Check', 'Load', 'Reconcile', 'RefreshKpis', 'End'].map((name) => ({
    what: `${name} fails`,
    tasks: () => ({ [name]: failing('file.vanished') }),
    calls: [...upTo(name), ...FAILURE],
    ends: 'failed' as const,
  })),
  {
    what: 'a file cannot be judged',
    tasks: () => ({ Validate: failing('file.missing-column') }),
    calls: ['Receive', 'Validate 0', 'Validate 1', ...FAILURE],
    ends: 'failed',
  },
  {
    what: 'the warehouse is locked twice',
    tasks: () => ({ Load: failingTimes(2, 'warehouse.locked') }),
    calls: [...upTo('Check'), 'Load', 'Load', ...WELL.slice(WELL.indexOf('Load'))],
    ends: 'succeeded',
  },
  {
    what: 'the record store stays away',
    tasks: () => ({ Check: failing('records.unavailable') }),
    calls: [...upTo('Check'), 'Check', 'Check', 'Check', ...FAILURE],
    ends: 'failed',
  },
];

type Walk = { calls: string[]; ends: 'succeeded' | 'failed'; failure: Json };

function recording(other: Record<string, TaskFunction>): { walk: Walk; tasks: Record<string, TaskFunction> } {
  const walk: Walk = { calls: [], ends: 'succeeded', failure: null };
  const well: Record<string, TaskFunction> = {
    Receive: async () => ({ duplicate: false, units: [0, 1] }),
    Check: async () => ({ mayLoad: true }),
    Load: async () => ({ duplicate: false }),
  };
  const tasks = Object.fromEntries(
    Object.keys(PIPELINE_TASKS).map((name) => [
      name,
      async (input: Parameters<TaskFunction>[0]) => {
        expect(input).toMatchObject({ run: 'run-1' });
        walk.calls.push(name === 'Validate' ? `Validate ${Number(input['unit'])}` : name);
        if (name === 'RecordFailure') walk.failure = input['error'] ?? null;
        return (other[name] ?? well[name] ?? (async () => null))(input);
      },
    ]),
  );
  return { walk, tasks };
}

async function here(other: Record<string, TaskFunction>): Promise<Walk> {
  const { walk, tasks } = recording(other);
  walk.ends = await runStateMachine(
    ordersPipeline(),
    { run: 'run-1' },
    { tasks, pause: async () => undefined },
  );
  return walk;
}

/** The same walk through an interpreter that others wrote. */
async function elsewhere(other: Record<string, TaskFunction>): Promise<Walk> {
  // Node 20 lacks what this package needs.
  Object.assign(Promise, { withResolvers });
  const { StateMachine } = await import('aws-local-stepfunctions');
  const { walk, tasks } = recording(other);
  const handlers: Record<string, TaskFunction> = {};
  const pauses: Record<string, number> = {};
  const states = { ...definition.States, ...definition.States.ValidateEach.ItemProcessor.States };
  for (const [state, { Resource }] of Object.entries<{ Resource?: string }>(states)) {
    const task = Resource && tasks[Resource.slice(2, -'Task}'.length)];
    if (task) handlers[state] = task;
    pauses[state] = 0;
  }
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const overrides = { taskResourceLocalHandlers: handlers as never, retryIntervalOverrides: pauses };
  walk.ends = await machine.run({ run: 'run-1' }, { overrides }).result.then(
    () => 'succeeded' as const,
    () => 'failed' as const,
  );
  return walk;
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('the orders pipeline as a state machine', () => {
  it('is valid Amazon States Language', () => {
    const deployed = text.replace(/\$\{(\w+)\}/g, 'arn:aws:lambda:eu-west-1:123456789012:function:$1');
    const { isValid, errorsText } = validate(JSON.parse(deployed), { checkArn: true, checkPaths: true });
    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  for (const { what, tasks, calls, ends } of BRANCHES)
    it(`goes its way when ${what}, here as elsewhere`, async () => {
      const walk = await here(tasks());
      expect(walk).toMatchObject({ calls, ends });
      expect(walk.failure === null).toBe(!calls.includes('RecordFailure'));
      expect(await elsewhere(tasks())).toEqual(walk);
    });

  it('goes to every state', async () => {
    const reached = new Set(BRANCHES.flatMap(({ calls }) => calls.map((call) => call.split(' ')[0] ?? '')));
    expect([...reached].sort()).toEqual(Object.keys(PIPELINE_TASKS).sort());
  });

  it('tries again what may go away by itself, and nothing else', () => {
    const told = new Set(
      [...text.matchAll(/"ErrorEquals": \[([^\]]*)\]/g)].flatMap(
        ([, list = '']) => list.match(/[\w.-]+/g) ?? [],
      ),
    );
    // A worker that is heard of no more is the world's fault too.
    expect(told.delete('States.HeartbeatTimeout')).toBe(true);
    told.delete('States.ALL');
    const retryable = ERROR_CODES.filter(
      (code) => new AppError(code).retryable && /^(warehouse|objects|records)\./.test(code),
    );
    expect([...told].sort()).toEqual([...retryable].sort());
  });
});
