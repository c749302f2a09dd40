import { Duration, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  Secret as ContainerSecret,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import { BOT_RIGHTS, CARE_RIGHTS, WORKER_RIGHTS } from './function-rights.ts';
import { acknowledgeRole } from './functions.ts';
import { logGroup, pascal } from './log-group.ts';
import type { Names } from './names.ts';
import { tellsFacts } from './notices-topic.ts';
import type { Pipeline } from './pipeline.ts';
import { programSettings } from './program-settings.ts';
import { allow, type Right } from './rights.ts';

export type Programs = {
  cluster: Cluster;
  bot: FargateService;
  workers: FargateService;
  migrate: FargateTaskDefinition;
};

type Parts = { data: DataStack; deployment: Deployment; pipeline: Pipeline };

/** Where health is asked, inside the container alone. */
const HEALTH_PORT = 8080;

/** What runs all the time, from one image: the bot, and the workers of the state machine's long steps. */
export function addPrograms(scope: Construct, names: Names, parts: Parts): Programs {
  const { data, pipeline } = parts;
  const cluster = new Cluster(scope, 'Cluster', {
    clusterName: names.prefix,
    vpc: data.network.vpc,
    containerInsightsV2: ContainerInsights.ENABLED,
  });
  const starts: Right = {
    why: 'StartsRunsAgain',
    actions: ['states:StartExecution'],
    resources: [pipeline.machine.stateMachineArn],
  };
  const worksOff: Right = {
    why: 'TakesUpTasksAndSaysHowTheyEnded',
    actions: [
      'states:GetActivityTask',
      'states:SendTaskSuccess',
      'states:SendTaskFailure',
      'states:SendTaskHeartbeat',
    ],
    resources: Object.values(pipeline.activities).map((activity) => activity.activityArn),
  };
  const staysWhileAtWork: Right = {
    why: 'IsNotTakenAwayWhileAtWork',
    actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
    resources: [
      Stack.of(scope).formatArn({ service: 'ecs', resource: 'task', resourceName: `${names.prefix}/*` }),
    ],
  };
  const bot = addService(scope, 'bot', names, parts, cluster, {
    command: ['node', 'dist/src/cli.js', 'start', '--no-sample'],
    rights: [...BOT_RIGHTS, ...tellsFacts(names, parts.data.keys), starts],
    secrets: true,
    cpu: 512,
    memory: 2048,
    environment: {},
    // Two bots at once for a moment, while one takes over: what is told is told once (claims in the records).
    stopTimeout: Duration.seconds(60),
  });
  const workers = addService(scope, 'workers', names, parts, cluster, {
    command: ['node', 'dist/src/cli.js', 'worker'],
    rights: [...WORKER_RIGHTS, worksOff, staysWhileAtWork],
    secrets: false,
    cpu: 1024,
    memory: 4096,
    environment: {
      PIPELINE_ACTIVITY_ARNS: JSON.stringify(
        Object.fromEntries(
          Object.entries(pipeline.activities).map(([task, activity]) => [task, activity.activityArn]),
        ),
      ),
    },
    stopTimeout: Duration.seconds(120),
  });
  scaleWorkers(workers, pipeline);
  addCare(scope, names, parts);
  return { cluster, bot, workers, migrate: addMigration(scope, names, parts) };
}

type ServiceOptions = {
  command: string[];
  rights: readonly Right[];
  secrets: boolean;
  cpu: number;
  memory: number;
  environment: Record<string, string>;
  stopTimeout: Duration;
};

function addService(
  scope: Construct,
  name: string,
  names: Names,
  parts: Parts,
  cluster: Cluster,
  options: ServiceOptions,
): FargateService {
  const { data } = parts;
  const task = addTask(scope, name, names, parts, options);
  return new FargateService(scope, pascal(name), {
    serviceName: `${names.prefix}-${name}`,
    cluster,
    taskDefinition: task,
    desiredCount: 1,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [data.network.programs],
    enableExecuteCommand: false,
  });
}

function addTask(
  scope: Construct,
  name: string,
  names: Names,
  parts: Parts,
  options: ServiceOptions & { healthCheck?: boolean },
): FargateTaskDefinition {
  const { data, deployment, pipeline } = parts;
  const taskRole = new Role(scope, `${pascal(name)}Role`, {
    description: `What the ${name} may do`,
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
  allow(taskRole, options.rights, data);
  acknowledgeRole(taskRole);
  acknowledge(taskRole, {
    [`IAM5[Resource::arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task/${names.prefix}/*]`]:
      'Tasks get their names when they start; these are those of one cluster.',
  });
  const task = new FargateTaskDefinition(scope, `${pascal(name)}Task`, {
    family: `${names.prefix}-${name}`,
    cpu: options.cpu,
    memoryLimitMiB: options.memory,
    runtimePlatform: {
      cpuArchitecture: CpuArchitecture.ARM64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
    taskRole,
    // The root of the file system cannot be written; this can, and goes with the task.
    volumes: [{ name: 'scratch' }],
  });
  // By name of the secret alone: a secret of another stack would want this role in the policy of its key.
  const given = Secret.fromSecretCompleteArn(scope, `${pascal(name)}Given`, data.secrets.given.secretArn);
  const maskSalt = Secret.fromSecretCompleteArn(
    scope,
    `${pascal(name)}Salt`,
    data.secrets.maskSalt.secretArn,
  );
  const container = task.addContainer(name, {
    image: ContainerImage.fromEcrRepository(data.images, deployment.imageTag),
    command: options.command,
    readonlyRootFilesystem: true,
    user: '1000',
    environment: {
      ...programSettings(names, data, deployment, pipeline.machine.stateMachineArn),
      HEALTH_PORT: String(HEALTH_PORT),
      ...options.environment,
    },
    secrets: options.secrets
      ? {
          SLACK_BOT_TOKEN: ContainerSecret.fromSecretsManager(given, 'SLACK_BOT_TOKEN'),
          SLACK_APP_TOKEN: ContainerSecret.fromSecretsManager(given, 'SLACK_APP_TOKEN'),
          OPENAI_API_KEY: ContainerSecret.fromSecretsManager(given, 'OPENAI_API_KEY'),
          PLUMBLINE_MASK_SALT: ContainerSecret.fromSecretsManager(maskSalt),
        }
      : {},
    logging: LogDrivers.awsLogs({
      streamPrefix: name,
      logGroup: logGroup(scope, name, names, data.keys, deployment),
    }),
    ...(options.healthCheck === false
      ? {}
      : {
          healthCheck: {
            command: ['CMD', 'node', 'dist/src/cli.js', 'health'],
            interval: Duration.seconds(30),
            timeout: Duration.seconds(5),
            retries: 3,
            startPeriod: Duration.minutes(2),
          },
        }),
    stopTimeout: options.stopTimeout,
  });
  container.addMountPoints({ sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false });
  acknowledge(task, {
    ECS2: 'Settings that are no secrets; secrets come from Secrets Manager.',
  });
  const execution = task.obtainExecutionRole();
  execution.addToPrincipalPolicy(
    new PolicyStatement({
      sid: 'OpensTheSecretsItHandsOver',
      actions: ['kms:Decrypt'],
      resources: [data.keys.data.keyArn],
    }),
  );
  acknowledge(execution, {
    'IAM5[Resource::*]': 'ecr:GetAuthorizationToken takes no resource.',
  });
  return task;
}

/** One task, run by the delivery before the programs are changed: brings the warehouse to what Git says, as its owner. */
function addMigration(scope: Construct, names: Names, parts: Parts): FargateTaskDefinition {
  const { data } = parts;
  return addTask(scope, 'migrate', names, parts, {
    command: ['node', 'dist/src/cli.js', 'warehouse', 'migrate'],
    rights: [
      {
        why: 'ActsAsTheOwnerOfTheSchema',
        actions: ['secretsmanager:GetSecretValue'],
        resources: [
          data.secrets.owner.secretArn,
          data.secrets.loader.secretArn,
          data.secrets.reader.secretArn,
        ],
      },
      { why: 'ChangesTheSchema', warehouse: 'load' },
      { why: 'MasksAsTheBotDoes', secret: 'maskSalt' },
    ],
    secrets: true,
    cpu: 512,
    memory: 1024,
    environment: { REDSHIFT_OWNER_SECRET_ARN: data.secrets.owner.secretArn },
    stopTimeout: Duration.seconds(60),
    healthCheck: false,
  });
}

/**
 * What an operator runs by hand in the network of the deployment: `doctor` when nothing else is said, `forget`, `rebuild`,
 * `kpis --check` (run-task.js gives the words). Nobody runs it by itself.
 */
function addCare(scope: Construct, names: Names, parts: Parts): FargateTaskDefinition {
  return addTask(scope, 'care', names, parts, {
    command: ['node', 'dist/src/cli.js', 'doctor'],
    rights: CARE_RIGHTS,
    secrets: true,
    cpu: 1024,
    memory: 4096,
    environment: {},
    stopTimeout: Duration.seconds(120),
    healthCheck: false,
  });
}

/** More workers while tasks wait to be taken up; a worker that is at work is protected and not taken away. */
function scaleWorkers(workers: FargateService, pipeline: Pipeline): void {
  const scaling = workers.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 4 });
  scaling.scaleOnMetric('ByWaitingTasks', {
    metric: pipeline.activities.Validate.metricScheduleTime({
      statistic: 'max',
      period: Duration.minutes(1),
    }),
    scalingSteps: [
      { upper: 5_000, change: -1 },
      { lower: 30_000, change: 1 },
      { lower: 300_000, change: 2 },
    ],
    cooldown: Duration.minutes(5),
  });
}
