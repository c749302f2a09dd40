import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { addAlarms } from './alarms.ts';
import { addBudget } from './budget.ts';
import { addDashboard } from './dashboard.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import { addEventConsumer } from './event-consumer.ts';
import { addEventsDoor } from './events-door.ts';
import { addFailureQueues } from './failure-queues.ts';
import { addFunctions } from './functions.ts';
import { addGlueJob } from './glue-job.ts';
import type { Names } from './names.ts';
import { addFactsTopic, addNoticesTopic, tellsFacts } from './notices-topic.ts';
import { addPipeline, stateMachineArn } from './pipeline.ts';
import { addPrograms } from './programs.ts';
import { allow } from './rights.ts';
import { addTriggers } from './triggers.ts';

/** What can be thrown away and made again at any time: programs, rules, alarms. */
export function addAppStack(app: App, names: Names, data: DataStack, deployment: Deployment): Stack {
  const stack = new Stack(app, 'App', {
    stackName: `${names.prefix}-app`,
    description: 'Plumbline: the bot, the pipelines and what watches them',
  });
  const machineArn = stateMachineArn(stack, names);
  const queues = addFailureQueues(stack, names, data.keys);
  const functions = addFunctions(stack, names, {
    data,
    deployment,
    stateMachineArn: machineArn,
    failedCalls: queues.calls,
  });
  const pipeline = addPipeline(stack, names, { data, functions, deployment });
  for (const name of ['object-created', 'sweep'] as const) {
    const { role } = functions[name];
    if (role)
      allow(role, [{ why: 'StartsRuns', actions: ['states:StartExecution'], resources: [machineArn] }], data);
  }
  addFactsTopic(stack, names, data.keys, deployment);
  for (const name of ['announce', 'sweep'] as const) {
    const { role } = functions[name];
    if (role) allow(role, tellsFacts(names, data.keys), data);
  }
  const programs = addPrograms(stack, names, { data, deployment, pipeline });
  const door = addEventsDoor(stack, names, { data, functions, deployment });
  addEventConsumer(stack, { data, functions, setAside: queues.records });
  addTriggers(stack, names, { data, functions, pipeline, failedCalls: queues.calls });
  const topic = addNoticesTopic(stack, names, data.keys, deployment);
  if (deployment.glue) addGlueJob(stack, names, { data, topic });
  const alarms = addAlarms(stack, names, { data, functions, pipeline, programs, door, queues, topic });
  addDashboard(stack, names, { data, functions, pipeline, door, alarms });
  addBudget(stack, names, deployment, topic);
  new CfnOutput(stack, 'EventsUrl', {
    value: `${door.api.url}events`,
    description: 'Where events are sent to',
  });
  new CfnOutput(stack, 'ClusterName', { value: programs.cluster.clusterName });
  new CfnOutput(stack, 'MigrationTask', { value: programs.migrate.taskDefinitionArn });
  return stack;
}
