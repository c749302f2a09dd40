import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Arn, ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Activity, DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import type { Functions } from './functions.ts';
import { logGroup } from './log-group.ts';
import { type Names, TASK_FUNCTIONS, WORKER_TASKS, type WorkerTask } from './names.ts';

export type Pipeline = { machine: StateMachine; activities: Record<WorkerTask, Activity> };

/** The definition that one machine runs too. */
export const DEFINITION_FILE = fileURLToPath(new URL('../orders-pipeline.asl.json', import.meta.url));

/** Known before it is made, since its functions are told it and it is told its functions. */
export function stateMachineArn(scope: Construct, names: Names): string {
  return Arn.format(
    {
      service: 'states',
      resource: 'stateMachine',
      resourceName: names.stateMachine,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    },
    Stack.of(scope),
  );
}

/**
 * The state machine from the one ASL file. What takes seconds is a function; what may take hours is an activity: workers
 * in containers ask for such tasks, and say with the task's token how they ended.
 */
export function addPipeline(
  scope: Construct,
  names: Names,
  parts: { data: DataStack; functions: Functions; deployment: Deployment },
): Pipeline {
  const { data, functions, deployment } = parts;
  const activities = Object.fromEntries(
    WORKER_TASKS.map((task) => [
      task,
      new Activity(scope, `${task}Activity`, { activityName: names.activity(task) }),
    ]),
  ) as Record<WorkerTask, Activity>;
  const machine = new StateMachine(scope, 'OrdersPipeline', {
    stateMachineName: names.stateMachine,
    definitionBody: DefinitionBody.fromString(readFileSync(DEFINITION_FILE, 'utf8')),
    definitionSubstitutions: {
      ...Object.fromEntries(
        Object.entries(TASK_FUNCTIONS).map(([task, name]) => [`${task}Task`, functions[name].functionArn]),
      ),
      ...Object.fromEntries(WORKER_TASKS.map((task) => [`${task}Task`, activities[task].activityArn])),
    },
    timeout: Duration.hours(24),
    tracingEnabled: true,
    logs: {
      destination: logGroup(scope, 'orders-pipeline', names, data.keys, deployment),
      level: LogLevel.ALL,
      // The input is a run's number; what the stages give each other is in the run's record.
      includeExecutionData: true,
    },
  });
  machine.addToRolePolicy(
    new PolicyStatement({
      sid: 'CallsTheStepsThatTakeSeconds',
      actions: ['lambda:InvokeFunction'],
      resources: Object.values(TASK_FUNCTIONS).map((name) => functions[name].functionArn),
    }),
  );
  acknowledge(machine.role, {
    'IAM5[Resource::*]':
      'Delivering logs and traces takes no resource (documented by Step Functions and X-Ray).',
  });
  return { machine, activities };
}
