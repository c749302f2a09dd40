import { resolve } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import { FUNCTION_RIGHTS } from './function-rights.ts';
import { logGroup, pascal } from './log-group.ts';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName, type Names } from './names.ts';
import { programSettings, secretSettings } from './program-settings.ts';
import { allow, NETWORK_RIGHT } from './rights.ts';

export type Functions = Record<FunctionName, LambdaFunction>;

/** What differs from a minute and 512 MB. */
const SIZES: Partial<Record<FunctionName, { minutes?: number; megabytes?: number; atOnce?: number }>> = {
  reconcile: { minutes: 15, megabytes: 1024 },
  'refresh-kpis': { minutes: 15, megabytes: 1024 },
  'record-failure': { minutes: 5 },
  end: { minutes: 5 },
  'run-ended': { minutes: 15 },
  'events-http': { minutes: 0.5 },
  'events-kinesis': { minutes: 2, megabytes: 1024 },
  // Two at once would make the same file twice.
  'events-window': { minutes: 15, megabytes: 1024, atOnce: 1 },
  // An id of each event of a day is held in memory.
  'events-check': { minutes: 15, megabytes: 2048, atOnce: 1 },
  sweep: { minutes: 15, atOnce: 1 },
  'warehouse-diff': { minutes: 5 },
};

export function addFunctions(
  scope: Construct,
  names: Names,
  parts: { data: DataStack; deployment: Deployment; stateMachineArn: string; failedCalls: Queue },
): Functions {
  const code = Code.fromAsset(resolve(import.meta.dirname, parts.deployment.lambdaFolder));
  const made = FUNCTION_NAMES.map((name): [FunctionName, LambdaFunction] => [
    name,
    addFunction(scope, name, names, { ...parts, code }),
  ]);
  return Object.fromEntries(made) as Functions;
}

function addFunction(
  scope: Construct,
  name: FunctionName,
  names: Names,
  parts: { data: DataStack; deployment: Deployment; stateMachineArn: string; failedCalls: Queue; code: Code },
): LambdaFunction {
  const { data, deployment } = parts;
  const { minutes = 1, megabytes = 512, atOnce } = SIZES[name] ?? {};
  const log = logGroup(scope, name, names, data.keys, deployment);
  const role = new Role(scope, `${pascal(name)}Role`, {
    description: FUNCTIONS[name],
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  allow(role, [...FUNCTION_RIGHTS[name], NETWORK_RIGHT], data);
  log.grantWrite(role);
  const made = new LambdaFunction(scope, pascal(name), {
    functionName: names.function(name),
    description: FUNCTIONS[name],
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: parts.code,
    handler: `${name}.handler`,
    timeout: Duration.minutes(minutes),
    memorySize: megabytes,
    role,
    vpc: data.network.vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [data.network.programs],
    environment: {
      ...settingsOf(name, names, parts),
      NODE_OPTIONS: '--enable-source-maps',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    environmentEncryption: data.keys.data,
    logGroup: log,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(parts.failedCalls),
    ...(atOnce ? { reservedConcurrentExecutions: atOnce } : {}),
  });
  acknowledgeRole(role);
  return made;
}

/** A function fetches those secrets when it starts for which it has a right. Lambda sets AWS_REGION by itself. */
function settingsOf(
  name: FunctionName,
  names: Names,
  parts: { data: DataStack; deployment: Deployment; stateMachineArn: string },
): Record<string, string> {
  const { AWS_REGION: _region, ...settings } = programSettings(
    names,
    parts.data,
    parts.deployment,
    parts.stateMachineArn,
  );
  const rights = FUNCTION_RIGHTS[name];
  const secrets = Object.entries(secretSettings(parts.data)).filter(([, { field }]) =>
    rights.some((right) => 'secret' in right && right.secret === (field ? 'given' : 'maskSalt')),
  );
  const wanted = secrets.map(([setting, { secretArn, field }]) => [setting, `${secretArn}#${field ?? ''}`]);
  return { ...settings, PLUMBLINE_SECRETS: JSON.stringify(Object.fromEntries(wanted)) };
}

/** Findings on every role of a program, with the reason. */
export function acknowledgeRole(role: Role): void {
  acknowledge(role, {
    'IAM5[Resource::*]':
      'Network interfaces, traces and following a statement take no resource; following is limited to the own identity.',
    'IAM5[Action::kms:GenerateDataKey*]': 'Written by CDK for one key.',
    'IAM5[Action::kms:ReEncrypt*]': 'Written by CDK for one key.',
  });
}
