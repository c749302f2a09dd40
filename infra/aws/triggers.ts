import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Functions } from './functions.ts';
import { pascal } from './log-group.ts';
import type { FunctionName, Names } from './names.ts';
import type { Pipeline } from './pipeline.ts';

/** What calls which function by itself: files that come, runs that end, and the clock. */
export function addTriggers(
  scope: Construct,
  names: Names,
  parts: { data: DataStack; functions: Functions; pipeline: Pipeline; failedCalls: Queue },
): void {
  const { data, functions, pipeline, failedCalls } = parts;
  const target = (name: FunctionName) =>
    new FunctionTarget(functions[name], {
      deadLetterQueue: failedCalls,
      maxEventAge: Duration.hours(6),
      retryAttempts: 20,
    });
  new Rule(scope, 'FilesThatCome', {
    ruleName: `${names.prefix}-files`,
    description: 'A file was put into incoming/ of the ingestion bucket',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [data.buckets.ingestion.bucketName] },
        object: { key: [{ prefix: 'incoming/' }] },
      },
    },
    targets: [target('object-created')],
  });
  new Rule(scope, 'RunsThatEnd', {
    ruleName: `${names.prefix}-runs`,
    description: 'An execution of the pipeline ended, well or not',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [pipeline.machine.stateMachineArn],
        status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    },
    targets: [target('run-ended')],
  });
  every(scope, names, functions, failedCalls, 'events-window', ScheduleExpression.rate(Duration.minutes(5)));
  every(scope, names, functions, failedCalls, 'sweep', ScheduleExpression.rate(Duration.minutes(5)));
  every(
    scope,
    names,
    functions,
    failedCalls,
    'warehouse-diff',
    ScheduleExpression.cron({ hour: '4', minute: '30' }),
  );
  every(
    scope,
    names,
    functions,
    failedCalls,
    'events-check',
    ScheduleExpression.cron({ hour: '3', minute: '30' }),
  );
}

function every(
  scope: Construct,
  names: Names,
  functions: Functions,
  failedCalls: Queue,
  name: FunctionName,
  schedule: ScheduleExpression,
): void {
  const role = new Role(scope, `${pascal(name)}ClockRole`, {
    description: `The clock calls ${name}`,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
  });
  const logicalId = Stack.of(scope).getLogicalId(functions[name].node.defaultChild as CfnFunction);
  acknowledge(role, {
    [`IAM5[Resource::<${logicalId}.Arn>:*]`]: 'Every version of this one function, as CDK grants it.',
  });
  new Schedule(scope, `${pascal(name)}Clock`, {
    scheduleName: names.function(name),
    description: `Calls ${name}`,
    schedule,
    target: new LambdaInvoke(functions[name], {
      role,
      deadLetterQueue: failedCalls,
      retryAttempts: 3,
      maxEventAge: Duration.hours(1),
    }),
  });
}
