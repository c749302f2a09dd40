import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_NAMES, namesOf } from '../../../infra/aws/names.ts';
import { DEFINITION_FILE } from '../../../infra/aws/pipeline.ts';
import { plumblineApp } from '../../../infra/aws/plumbline-app.ts';
import { createCommand, RECORD_TABLES } from '../../../src/adapters/dynamodb-tables.ts';
import { readConfig } from '../../../src/config.ts';
import { Settings } from '../../../src/settings.ts';

type Resource = { Type: string; Properties?: Record<string, unknown>; DeletionPolicy?: string };
type Statement = {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
};

describe('the deployment to AWS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cdk-'));
  let data: Template;
  let app: Template;
  let delivery: Template;
  let codePipeline: Template;
  let report: { pluginReports: { violations: unknown[] }[] };

  beforeAll(() => {
    mkdirSync(join(folder, 'bundles'));
    writeFileSync(join(folder, 'bundles', 'sweep.mjs'), 'export const handler = 0;\n');
    const deployment = plumblineApp(
      {
        lambdaFolder: join(folder, 'bundles'),
        stage: 'test',
        repository: 'acme/plumbline',
        connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/any',
        glue: true,
        settings: '{"OPENAI_MODEL":"gpt-test"}',
      },
      join(folder, 'out'),
    );
    data = Template.fromStack(stack(deployment, 'Data'));
    app = Template.fromStack(stack(deployment, 'App'));
    delivery = Template.fromStack(stack(deployment, 'Delivery'));
    codePipeline = Template.fromStack(stack(deployment, 'Pipeline'));
    report = JSON.parse(readFileSync(join(folder, 'out', 'validation-report.json'), 'utf8')) as typeof report;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const all = (type: string): [string, Resource][] =>
    [data, app].flatMap((each) => Object.entries(each.findResources(type)) as [string, Resource][]);
  const properties = (type: string) => all(type).map(([, each]) => each.Properties ?? {});
  const statements = (): { of: string; statement: Statement }[] =>
    [...all('AWS::IAM::Policy'), ...all('AWS::IAM::Role')].flatMap(([of, { Properties }]) => {
      const documents = [
        Properties?.['PolicyDocument'],
        ...((Properties?.['Policies'] as { PolicyDocument: unknown }[] | undefined) ?? []).map(
          (p) => p.PolicyDocument,
        ),
      ] as ({ Statement: Statement[] } | undefined)[];
      return documents.flatMap((document) =>
        (document?.Statement ?? []).map((statement) => ({ of, statement })),
      );
    });

  it('has nothing that cdk-nag finds wrong and nobody has given a reason for', () => {
    expect(report.pluginReports.flatMap((each) => each.violations)).toEqual([]);
  });

  it('lets one environment of one repository deliver, with no key that lasts', () => {
    const roles = Object.values(delivery.findResources('AWS::IAM::Role')) as Resource[];
    const subjects = roles.map(
      ({ Properties }) => /repo:[\w/:-]+/.exec(JSON.stringify(Properties?.['AssumeRolePolicyDocument']))?.[0],
    );
    expect(subjects.filter(Boolean).sort(byText)).toEqual([
      'repo:acme/plumbline:environment:production',
      'repo:acme/plumbline:environment:review',
    ]);
    delivery.resourceCountIs('AWS::IAM::AccessKey', 0);
    delivery.resourceCountIs('AWS::IAM::User', 0);
  });

  it('delivers by CodePipeline too: checked, shown, approved by a person, and rolled back when it fails', () => {
    const [pipeline] = Object.values(codePipeline.findResources('AWS::CodePipeline::Pipeline')) as Resource[];
    type Stage = { Name: string; Actions: { ActionTypeId: { Provider: string } }[]; OnFailure?: unknown };
    const stages = pipeline?.Properties?.['Stages'] as Stage[];
    expect(stages.map(({ Name, Actions }) => [Name, Actions[0]?.ActionTypeId.Provider])).toEqual([
      ['Source', 'CodeStarSourceConnection'],
      ['CheckAndDifference', 'CodeBuild'],
      ['Approve', 'Manual'],
      ['Deliver', 'CodeBuild'],
    ]);
    expect(stages.at(-1)?.OnFailure).toEqual({ Result: 'ROLLBACK' });
    codePipeline.resourceCountIs('AWS::IAM::AccessKey', 0);
    codePipeline.resourceCountIs('AWS::IAM::User', 0);
    const said = JSON.stringify(codePipeline.toJSON());
    const script = readFileSync(new URL('../../../infra/aws/deliver.sh', import.meta.url), 'utf8');
    const workflow = readFileSync(new URL('../../../.github/workflows/deliver.yml', import.meta.url), 'utf8');
    for (const step of ['check', 'deploy']) {
      expect(said).toContain(`infra/aws/deliver.sh ${step}`);
      expect(script).toMatch(new RegExp(`^${step}\\(\\) \\{`, 'm'));
    }
    expect(workflow).toContain('infra/aws/deliver.sh deploy');
  });

  it('declares the job for very large files, which can only put files where files come in', () => {
    const [job] = properties('AWS::Glue::Job');
    expect(job).toMatchObject({ Name: 'plumbline-test-big-files', SecurityConfiguration: expect.anything() });
    const rights = statements().filter(({ of }) => of.startsWith('GlueRole'));
    const writes = rights.filter(({ statement }) => [statement.Action].flat().includes('s3:PutObject'));
    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes[0]?.statement.Resource)).toMatch(/incoming\/\*/);
    expect(JSON.stringify(rights)).not.toMatch(/redshift-data|dynamodb:|landing/);
  });

  it('would be told by cdk-nag of a bucket without encryption in transit', () => {
    const careless = new App({ outdir: join(folder, 'careless') });
    new Bucket(new Stack(careless, 'Careless'), 'Open');
    Validations.of(careless).addPlugins(new AwsSolutionsChecks(careless));
    expect(() => careless.synth()).toThrow(/AwsSolutions-S10/);
  });

  it('has no bucket that the public, or anyone without TLS, can read', () => {
    const buckets = properties('AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const bucket of buckets)
      expect(bucket['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    const policies = properties('AWS::S3::BucketPolicy').map((policy) => JSON.stringify(policy));
    expect(policies).toHaveLength(3);
    for (const policy of policies) {
      expect(policy).toContain('"aws:SecureTransport":"false"');
      expect(policy).not.toMatch(/"Effect":"Allow","Principal":(\{"AWS":)?"\*"/);
    }
  });

  it('keeps landing from being removed for 35 days, and every version of what is replaced', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 35, Mode: 'GOVERNANCE' } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('gives no right on everything, but where the API takes no resource', () => {
    const takesNoResource =
      /^(redshift-data:(DescribeStatement|GetStatementResult|CancelStatement|ListStatements)|ec2:(Create|Describe|Delete)(NetworkInterfaces?|Subnets)|ec2:(Una|A)ssignPrivateIpAddresses|xray:Put(TraceSegments|TelemetryRecords)|xray:GetSampling(Rules|Targets)|ec2:Describe(VpcEndpoints|RouteTables|SecurityGroups)|cloudwatch:PutMetricData|ecr:GetAuthorizationToken|logs:(\w*LogDeliver(y|ies)\w*|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)|redshift-serverless:(Create|Update|Delete)UsageLimit)$/;
    const wide = statements().flatMap(({ of, statement }) => {
      const resources = [statement.Resource].flat();
      const actions = [statement.Action].flat();
      if (actions.some((action) => action === '*' || /:\*$/.test(action)))
        return [`${of}: ${actions.join()}`];
      if (!resources.includes('*')) return [];
      return actions.filter((action) => !takesNoResource.test(action)).map((action) => `${of}: ${action}`);
    });
    expect(wide).toEqual([]);
  });

  it('names each right that a program has after what it is for', () => {
    const ours = statements().filter(
      ({ of }) =>
        /^(Receive|Reconcile|Refresh|End|Record|Announce|ObjectCreated|RunEnded|Sweep|Events|Warehouse|Bot|Workers|Migrate)\w*Role(?!.*Clock)\w*Policy/.test(
          of,
        ) && !/Clock|Execution/.test(of),
    );
    expect(ours.length).toBeGreaterThan(60);
    const unnamed = ours
      .filter(({ statement }) => !statement.Sid)
      .map(({ of, statement }) => `${of}: ${[statement.Action].flat().join()}`);
    // Traces, logs and the queue of failures are given by CDK, by the property that asks for them.
    expect(
      unnamed.filter(
        (each) => !/xray:|logs:CreateLogStream|sqs:SendMessage|kms:|kinesis:|secretsmanager:/.test(each),
      ),
    ).toEqual([]);
  });

  it('lets questions into the warehouse with a login that only reads, and gives it to the bot and to what an operator runs', () => {
    const withReader = statements().filter(({ statement }) =>
      JSON.stringify(statement).includes('ReaderLogin'),
    );
    expect(
      [...new Set(withReader.map(({ of }) => of.replace(/RoleDefaultPolicy.*/, '')))].sort(byText),
    ).toEqual(['Bot', 'Care', 'Migrate']);
  });

  it('encrypts everything that keeps anything with keys of its own', () => {
    for (const [type, where] of [
      ['AWS::DynamoDB::Table', 'SSESpecification'],
      ['AWS::Kinesis::Stream', 'StreamEncryption'],
      ['AWS::SecretsManager::Secret', 'KmsKeyId'],
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::SQS::Queue', 'KmsMasterKeyId'],
      ['AWS::SNS::Topic', 'KmsMasterKeyId'],
      ['AWS::RedshiftServerless::Namespace', 'KmsKeyId'],
      ['AWS::Backup::BackupVault', 'EncryptionKeyArn'],
      ['AWS::ECR::Repository', 'EncryptionConfiguration'],
    ] as const) {
      const found = properties(type);
      expect(found.length, type).toBeGreaterThan(0);
      for (const each of found) expect(each[where], `${type} ${where}`).toBeDefined();
    }
    for (const key of properties('AWS::KMS::Key')) expect(key['EnableKeyRotation']).toBe(true);
    const functions = properties('AWS::Lambda::Function').filter((each) => each['FunctionName']);
    for (const each of functions) expect(each['KmsKeyArn']).toBeDefined();
    const plain = properties('AWS::S3::Bucket').filter(
      (bucket) => !JSON.stringify(bucket['BucketEncryption']).includes('aws:kms'),
    );
    expect(plain.map((bucket) => JSON.stringify(bucket['BucketName']))).toEqual([
      expect.stringContaining('access-logs'),
    ]);
  });

  it('keeps data when a stack goes, and can go back to any second of it', () => {
    for (const table of properties('AWS::DynamoDB::Table')) {
      expect(table['DeletionProtectionEnabled']).toBe(true);
      expect(table['PointInTimeRecoverySpecification']).toEqual({ PointInTimeRecoveryEnabled: true });
    }
    const kept = [
      'AWS::S3::Bucket',
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
      'AWS::Kinesis::Stream',
      'AWS::RedshiftServerless::Namespace',
      'AWS::ECR::Repository',
      'AWS::Backup::BackupVault',
    ];
    for (const type of kept)
      for (const [id, each] of all(type)) expect(each.DeletionPolicy, `${type} ${id}`).toBe('Retain');
  });

  it('has every table that one machine makes, with the same keys, indexes and end of time', () => {
    const names = namesOf('test');
    const deployed = properties('AWS::DynamoDB::Table');
    expect(deployed).toHaveLength(RECORD_TABLES.length);
    for (const table of RECORD_TABLES) {
      const own = createCommand(names.table(table.name), table).input;
      const found = deployed.find((each) => each['TableName'] === own.TableName);
      expect(found, table.name).toMatchObject({
        KeySchema: own.KeySchema,
        BillingMode: own.BillingMode,
        ...(own.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: own.GlobalSecondaryIndexes } : {}),
        ...('ttlAttribute' in table
          ? { TimeToLiveSpecification: { AttributeName: table.ttlAttribute, Enabled: true } }
          : {}),
      });
    }
  });

  it('runs the one definition of the pipeline, and gives each of its tasks somebody to do it', () => {
    const [machine] = properties('AWS::StepFunctions::StateMachine');
    const text = readFileSync(DEFINITION_FILE, 'utf8');
    expect(JSON.parse(machine?.['DefinitionString'] as string)).toEqual(JSON.parse(text));
    const wanted = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
    expect(Object.keys(machine?.['DefinitionSubstitutions'] as object).sort(byText)).toEqual(
      [...new Set(wanted)].sort(byText),
    );
  });

  it('consumes the stream so that one bad record holds up nobody for long and is not lost', () => {
    app.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 86_400,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('keeps every log for a time that it says', () => {
    const groups = properties('AWS::Logs::LogGroup');
    for (const group of groups) expect(group['RetentionInDays']).toBe(90);
    const functions = properties('AWS::Lambda::Function');
    for (const each of functions)
      expect(each['LoggingConfig'], JSON.stringify(each['FunctionName'])).toHaveProperty('LogGroup');
  });

  it('has an alarm for each way to fail, all told to somebody, each with a page of the handbook', () => {
    // Those without a name of ours are the scaling's own.
    const alarms = properties('AWS::CloudWatch::Alarm').filter((alarm) => alarm['AlarmName']);
    const names = alarms.map((alarm) => String(alarm['AlarmName']).replace('plumbline-test-', ''));
    for (const wanted of [
      'run-failed',
      'run-stuck',
      'no-worker-load',
      'worker-silent-load',
      'events-late',
      'events-set-aside',
      'calls-failed',
      'events-door-fails',
      'bot-down',
      'workers-down',
      'warehouse-differs',
      'events-differ',
      'warehouse-cost',
      'backup-failed',
      'answers-fail',
    ])
      expect(names).toContain(wanted);
    for (const name of FUNCTION_NAMES) expect(names).toContain(`function-errors-${name}`);
    for (const alarm of alarms) expect(alarm['AlarmActions']).toHaveLength(1);
    const handbook = readFileSync(new URL('../../../infra/aws/runbooks.md', import.meta.url), 'utf8');
    const headings = [...handbook.matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) =>
      heading.split(', '),
    );
    const without = names.filter(
      (name) => !headings.some((heading) => new RegExp(`^${heading.replace('*', '[a-z_-]+')}$`).test(name)),
    );
    expect(without).toEqual([]);
  });

  it('has an encrypted topic for the facts of runs, into which those that tell them may publish', () => {
    const topics = properties('AWS::SNS::Topic').filter(
      (topic) => topic['TopicName'] === 'plumbline-test-facts',
    );
    expect(topics).toHaveLength(1);
    expect(topics[0]?.['KmsMasterKeyId']).toBeDefined();
    const publishers = properties('AWS::IAM::Policy').filter((policy) =>
      JSON.stringify(policy['PolicyDocument']).includes('"TellsThoseOutsideSlack"'),
    );
    expect(publishers).toHaveLength(3);
  });

  it('gives the program every setting that it reads in the cloud, under the names that it reads', () => {
    const containers = properties('AWS::ECS::TaskDefinition').flatMap(
      (task) => task['ContainerDefinitions'] as Container[],
    );
    const bot = containers.find(({ Name }) => Name === 'bot');
    const given = new Set([...(bot?.Environment ?? []), ...(bot?.Secrets ?? [])].map(({ Name }) => Name));
    expect([...given].filter((name) => !(name in Settings.shape))).toEqual([]);
    // What is not there by itself can be chosen.
    expect(bot?.Environment).toContainEqual({ Name: 'OPENAI_MODEL', Value: 'gpt-test' });
    const values = Object.fromEntries(
      [...(bot?.Environment ?? [])].map(({ Name, Value }) => [
        Name,
        typeof Value === 'string' ? Value : `${joinedStart(Value)}name-known-when-deployed`,
      ]),
    );
    const secrets = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      PLUMBLINE_MASK_SALT: 'x'.repeat(48),
    };
    expect(readConfig({ ...values, ...secrets }).mode).toBe('cloud');
  });

  it('runs programs as nobody, on a file system that cannot be written, with no port open', () => {
    const containers = properties('AWS::ECS::TaskDefinition').flatMap(
      (task) => task['ContainerDefinitions'] as Container[],
    );
    expect(containers.map(({ Name }) => Name).sort(byText)).toEqual(['bot', 'care', 'migrate', 'workers']);
    for (const container of containers) {
      expect(container).toMatchObject({ ReadonlyRootFilesystem: true, User: '1000' });
      expect(container.PortMappings ?? []).toEqual([]);
    }
    for (const group of properties('AWS::EC2::SecurityGroup')) {
      const open = ((group['SecurityGroupIngress'] ?? []) as { CidrIp?: string }[]).filter(
        ({ CidrIp }) => CidrIp === '0.0.0.0/0',
      );
      expect(open).toEqual([]);
    }
    const [workgroup] = properties('AWS::RedshiftServerless::Workgroup');
    expect(workgroup).toMatchObject({ PubliclyAccessible: false, EnhancedVpcRouting: true });
  });
});

/** `arn:` of a value that the template joins from parts; nothing of others. */
function joinedStart(value: unknown): string {
  return JSON.stringify(value).includes('["arn:"') ? 'arn:' : '';
}

type Container = {
  Name: string;
  Environment?: { Name: string; Value: unknown }[];
  Secrets?: { Name: string }[];
  PortMappings?: unknown[];
};

function stack(app: App, id: string): Stack {
  const found = app.node.findChild(id);
  if (!(found instanceof Stack)) throw new Error(`${id} is no stack.`);
  return found;
}

function byText(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : 1;
}
