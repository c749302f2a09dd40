import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { CfnConnection, CfnJob, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Names } from './names.ts';
import { allow, NETWORK_RIGHT } from './rights.ts';

const SCRIPT = fileURLToPath(new URL('../../etl/glue/big_files.py', import.meta.url));

/** The job for extracts and files beyond one machine. It puts files where all files come in, and can do nothing else. */
export function addGlueJob(
  scope: Construct,
  names: Names,
  { data, topic }: { data: DataStack; topic: Topic },
): void {
  const name = `${names.prefix}-big-files`;
  const script = new Asset(scope, 'GlueScript', { path: SCRIPT });
  const role = new Role(scope, 'GlueRole', {
    description: 'What the job for very large files may do',
    assumedBy: new ServicePrincipal('glue.amazonaws.com'),
  });
  script.grantRead(role);
  allow(
    role,
    [
      {
        why: 'PutsFilesWhereFilesComeIn',
        bucket: 'ingestion',
        prefixes: ['glue/', 'incoming/'],
        read: true,
        write: true,
      },
      {
        why: 'ReadsTheLoginsOfSources',
        actions: ['secretsmanager:GetSecretValue'],
        resources: [secretsOf(scope, names)],
      },
      NETWORK_RIGHT,
      {
        why: 'LooksAtTheNetworkAsGlueDoes',
        actions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups'],
        resources: ['*'],
      },
      {
        why: 'UsesItsConnection',
        actions: ['glue:GetConnection'],
        resources: ['catalog', 'connection'].map((resource) =>
          Stack.of(scope).formatArn({
            service: 'glue',
            resource,
            ...(resource === 'connection' ? { resourceName: name } : {}),
          }),
        ),
      },
      {
        why: 'WritesItsLog',
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:AssociateKmsKey'],
        resources: [
          Stack.of(scope)
            .formatArn({ service: 'logs', resource: 'log-group', resourceName: 'aws-glue/*' })
            .replace('log-group/aws-glue', 'log-group:/aws-glue'),
        ],
      },
    ],
    data,
  );
  const group = new SecurityGroup(scope, 'GlueGroup', {
    vpc: data.network.vpc,
    description: 'Machines of the Glue job, which speak to each other',
  });
  // Spark's own machines; Glue wants all ports among them.
  group.addIngressRule(group, Port.allTcp(), 'the machines of the job among themselves');
  const [subnet] = data.network.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets;
  const connection = new CfnConnection(scope, 'GlueConnection', {
    catalogId: Stack.of(scope).account,
    connectionInput: {
      name,
      connectionType: 'NETWORK',
      physicalConnectionRequirements: {
        ...(subnet ? { subnetId: subnet.subnetId, availabilityZone: subnet.availabilityZone } : {}),
        securityGroupIdList: [group.securityGroupId],
      },
    },
  });
  const security = new CfnSecurityConfiguration(scope, 'GlueSecurity', {
    name,
    encryptionConfiguration: {
      cloudWatchEncryption: {
        cloudWatchEncryptionMode: 'SSE-KMS',
        kmsKeyArn: data.keys.logs.keyArn,
      },
      jobBookmarksEncryption: { jobBookmarksEncryptionMode: 'CSE-KMS', kmsKeyArn: data.keys.data.keyArn },
      s3Encryptions: [{ s3EncryptionMode: 'SSE-KMS', kmsKeyArn: data.keys.data.keyArn }],
    },
  });
  const job = new CfnJob(scope, 'GlueJob', {
    name,
    role: role.roleArn,
    glueVersion: '5.0',
    workerType: 'G.1X',
    numberOfWorkers: 5,
    timeout: 480,
    maxRetries: 0,
    executionProperty: { maxConcurrentRuns: 2 },
    securityConfiguration: security.ref,
    connections: { connections: [connection.ref] },
    command: { name: 'glueetl', pythonVersion: '3', scriptLocation: script.s3ObjectUrl },
    defaultArguments: {
      '--ingestion_bucket': data.buckets.ingestion.bucketName,
      '--enable-metrics': 'true',
      '--enable-continuous-cloudwatch-log': 'true',
      '--TempDir': `s3://${data.buckets.ingestion.bucketName}/glue/temporary/`,
    },
  });
  new Rule(scope, 'GlueFailed', {
    description: 'The job for very large files failed',
    eventPattern: {
      source: ['aws.glue'],
      detailType: ['Glue Job State Change'],
      detail: { jobName: [job.ref], state: ['FAILED', 'TIMEOUT', 'ERROR'] },
    },
    targets: [new SnsTopic(topic)],
  });
  acknowledgeGlue(role, names);
}

function secretsOf(scope: Construct, names: Names): string {
  return Stack.of(scope)
    .formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${names.secret('extract')}/*`,
    })
    .replace(':secret/', ':secret:');
}

function acknowledgeGlue(role: Role, names: Names): void {
  role.addToPolicy(
    new PolicyStatement({
      sid: 'TellsHowItGoes',
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': 'Glue' } },
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'MarksItsAddresses',
      actions: ['ec2:CreateTags'],
      resources: [
        Stack.of(role).formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' }),
      ],
      conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] } },
    }),
  );
  acknowledge(role, {
    'IAM5[Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:network-interface/*]':
      'Addresses get their names when the job starts; only the mark of Glue may be set.',
    'IAM5[Resource::*]': 'Addresses in the network and metrics take no resource.',
    [`IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${names.secret('extract')}/*]`]:
      'One secret for each source, which an operator adds.',
    'IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws-glue/*]':
      'Glue names its log groups.',
    'IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]':
      'CDK gives the bucket of its assets, in which the script lies.',
    'IAM5[Action::s3:GetObject*]': 'The one script of the job.',
    'IAM5[Action::s3:GetBucket*]': 'The one script of the job.',
    'IAM5[Action::s3:List*]': 'The one script of the job.',
  });
}
