import { type App, type CfnElement, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  BuildEnvironmentVariableType,
  BuildSpec,
  ComputeType,
  type IBuildImage,
  LinuxArmBuildImage,
  LinuxBuildImage,
  PipelineProject,
} from 'aws-cdk-lib/aws-codebuild';
import { Artifact, Pipeline, PipelineType, Result } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildAction,
  CodeStarConnectionsSourceAction,
  ManualApprovalAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import { mayDeliver, mayReview } from './delivery-rights.ts';
import type { Deployment } from './deployment.ts';
import type { Names } from './names.ts';

type Source = { repository: string; connectionArn: string };

/**
 * The same delivery by AWS CodePipeline, for those who do not use GitHub Actions: source through a connection (no key of
 * ours), check and synth, what would change, an approval by a person, deploy with migration and smoke test. When that
 * stage fails it is rolled back to the commit that was deployed before. The steps are those of `deliver.sh`.
 */
export function addPipelineStack(
  app: App,
  names: Names,
  data: DataStack,
  deployment: Deployment,
  { repository, connectionArn }: Source,
): Stack {
  const stack = new Stack(app, 'Pipeline', {
    stackName: `${names.prefix}-pipeline`,
    description: 'Plumbline: delivery by CodePipeline',
  });
  const key = new Key(stack, 'ArtifactKey', {
    description: 'Source and builds on their way',
    enableKeyRotation: true,
  });
  const bucket = artifactBucket(stack, key);
  const project = (id: string, options: ProjectOptions) => addProject(stack, id, names, key, options);
  const check = project('Check', {
    image: LinuxBuildImage.STANDARD_7_0,
    why: 'Checks, and shows what would change',
    command: 'check',
    privileged: false,
  });
  mayReview(stack, check.role);
  const deliver = project('Deliver', {
    image: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0,
    why: 'Delivers a commit',
    command: 'deploy',
    privileged: true,
  });
  mayDeliver(stack, deliver.role, names, data);
  acknowledge(deliver.project, { CB3: 'It builds the image, for which Docker needs the right.' });
  const [owner = '', repo = ''] = repository.split('/');
  const source = new Artifact('Source');
  const commit = new CodeStarConnectionsSourceAction({
    actionName: 'Source',
    connectionArn,
    owner,
    repo,
    branch: deployment.branch,
    output: source,
    variablesNamespace: 'source',
    // Delivering is somebody's decision, not that of each push.
    triggerOnPush: false,
  });
  const variables = {
    STAGE: { value: names.stage },
    TAG: { value: commit.variables.commitId, type: BuildEnvironmentVariableType.PLAINTEXT },
  };
  const build = (name: string, of: ReturnType<typeof project>) =>
    new CodeBuildAction({
      actionName: name,
      project: of.project,
      input: source,
      environmentVariables: variables,
    });
  const pipeline = new Pipeline(stack, 'Delivery', {
    pipelineName: names.prefix,
    pipelineType: PipelineType.V2,
    artifactBucket: bucket,
    restartExecutionOnUpdate: false,
    stages: [
      { stageName: 'Source', actions: [commit] },
      { stageName: 'CheckAndDifference', actions: [build('Check', check)] },
      {
        stageName: 'Approve',
        actions: [
          new ManualApprovalAction({
            actionName: 'ReadTheDifference',
            additionalInformation: 'The log of the stage before ends with what would change.',
          }),
        ],
      },
      {
        stageName: 'Deliver',
        actions: [build('Deliver', deliver)],
        onFailure: { result: Result.ROLLBACK },
      },
    ],
  });
  const logs = [check, deliver].map(({ project: of }) =>
    stack.getLogicalId(of.node.defaultChild as CfnElement),
  );
  const artifacts = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
  acknowledge(stack, pipelineWildcards(artifacts, logs));
  pipeline.node.addDependency(bucket);
  return stack;
}

type ProjectOptions = { image: IBuildImage; why: string; command: string; privileged: boolean };

function addProject(
  stack: Stack,
  id: string,
  names: Names,
  key: Key,
  { image, why, command, privileged }: ProjectOptions,
): { project: PipelineProject; role: Role } {
  const role = new Role(stack, `${id}Role`, {
    description: why,
    assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
  });
  const project = new PipelineProject(stack, id, {
    projectName: `${names.prefix}-${command}`,
    description: why,
    role,
    encryptionKey: key,
    timeout: Duration.minutes(90),
    grantReportGroupPermissions: false,
    environment: { buildImage: image, computeType: ComputeType.MEDIUM, privileged },
    buildSpec: BuildSpec.fromObject({
      version: '0.2',
      phases: {
        install: { 'runtime-versions': { nodejs: '22' } },
        build: { commands: [`infra/aws/deliver.sh ${command}`] },
      },
    }),
  });
  return { project, role };
}

function artifactBucket(stack: Stack, key: Key): Bucket {
  const bucket = new Bucket(stack, 'Artifacts', {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      { id: 'a-month', expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(7) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, { S1: 'Copies of what lies in Git; who fetched them is in CloudTrail.' });
  return bucket;
}

/** What CDK gives for artifacts and logs, by names that are known when it runs. */
function pipelineWildcards(artifacts: string, projects: readonly string[]): Record<string, string> {
  const each = 'Artifacts of this pipeline, each under a name of its own.';
  const log = (project: string) =>
    `IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/codebuild/<${project}>:*]`;
  return {
    ...Object.fromEntries(
      ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map((action) => [
        `IAM5[Action::s3:${action}*]`,
        each,
      ]),
    ),
    [`IAM5[Resource::<${artifacts}.Arn>/*]`]: each,
    'IAM5[Action::kms:ReEncrypt*]': 'The key of the artifacts alone.',
    'IAM5[Action::kms:GenerateDataKey*]': 'The key of the artifacts alone.',
    ...Object.fromEntries(
      projects.map((project) => [log(project), 'Streams of the one log of each project.']),
    ),
  };
}
