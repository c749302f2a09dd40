import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnNamespace, CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeObjects } from './acknowledge.ts';
import type { AppSecrets } from './app-secrets.ts';
import type { DataBuckets } from './buckets.ts';
import type { Deployment } from './deployment.ts';
import type { Keys } from './keys.ts';
import { logGroup } from './log-group.ts';
import type { Names } from './names.ts';
import type { Network } from './network.ts';

export type WarehouseParts = {
  workgroupArn: string;
  namespaceArn: string;
  copyRole: Role;
};

/** No query may take longer, whoever sends it. The program's own limits are below these. */
const LONGEST_QUERY_SECONDS = 3_600;

const BASIC_EXECUTION =
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';

/** Redshift Serverless: private, encrypted, asked through the Data API, with a price limit. */
export function addWarehouse(
  scope: Construct,
  names: Names,
  parts: { keys: Keys; network: Network; buckets: DataBuckets; secrets: AppSecrets; deployment: Deployment },
): WarehouseParts {
  const { keys, network, buckets, secrets, deployment } = parts;
  const copyRole = addCopyRole(scope, names, keys, buckets);
  const namespace = new CfnNamespace(scope, 'Namespace', {
    namespaceName: names.namespace,
    dbName: names.database,
    adminUsername: 'plumbline_owner',
    // A reference that CloudFormation resolves: the password is in no template.
    adminUserPassword: secrets.owner.secretValueFromJson('password').unsafeUnwrap(),
    kmsKeyId: keys.data.keyArn,
    iamRoles: [copyRole.roleArn],
    defaultIamRoleArn: copyRole.roleArn,
    logExports: ['connectionlog', 'userlog'],
    finalSnapshotName: `${names.prefix}-last`,
    finalSnapshotRetentionPeriod: 90,
  });
  namespace.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const workgroup = new CfnWorkgroup(scope, 'Workgroup', {
    workgroupName: names.workgroup,
    namespaceName: namespace.namespaceName,
    baseCapacity: deployment.warehouseBaseRpu,
    maxCapacity: deployment.warehouseMaxRpu,
    enhancedVpcRouting: true,
    publiclyAccessible: false,
    subnetIds: network.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    securityGroupIds: [network.warehouse.securityGroupId],
    configParameters: [
      { parameterKey: 'require_ssl', parameterValue: 'true' },
      { parameterKey: 'use_fips_ssl', parameterValue: 'false' },
      { parameterKey: 'max_query_execution_time', parameterValue: String(LONGEST_QUERY_SECONDS) },
      { parameterKey: 'enable_user_activity_logging', parameterValue: 'true' },
    ],
  });
  workgroup.addResourceDependency(namespace);
  addPriceLimit(scope, names, workgroup, parts);
  return {
    workgroupArn: workgroup.attrWorkgroupWorkgroupArn,
    namespaceArn: namespace.attrNamespaceNamespaceArn,
    copyRole,
  };
}

/** What COPY reads with: landing alone, and only to read. */
function addCopyRole(scope: Construct, names: Names, keys: Keys, buckets: DataBuckets): Role {
  const role = new Role(scope, 'CopyRole', {
    description: 'Redshift reads judged files and manifests in the landing bucket with it',
    assumedBy: new ServicePrincipal('redshift-serverless.amazonaws.com'),
  });
  role.assumeRolePolicy?.addStatements(
    new PolicyStatement({
      principals: [new ServicePrincipal('redshift.amazonaws.com')],
      actions: ['sts:AssumeRole'],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'ReadsWhatWasJudged',
      actions: ['s3:GetObject'],
      resources: [names.objects('landing', '')],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'FindsWhatWasJudged',
      actions: ['s3:ListBucket', 's3:GetBucketLocation'],
      resources: [buckets.landing.bucketArn],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'ReadsEncryptedFiles',
      actions: ['kms:Decrypt'],
      resources: [keys.data.keyArn],
    }),
  );
  acknowledgeObjects(role, names, 'landing', [''], 'Judged rows are under the name of their set of feeds');
  return role;
}

/** CloudFormation has no resource for usage limits, so they are made by the API. */
function addPriceLimit(
  scope: Construct,
  names: Names,
  workgroup: CfnWorkgroup,
  { keys, deployment }: { keys: Keys; deployment: Deployment },
): void {
  const service = 'redshift-serverless';
  const wanted = { amount: deployment.warehouseRpuHoursPerDay, breachAction: 'deactivate' };
  const usageLimitId = new PhysicalResourceIdReference();
  const limit = new AwsCustomResource(scope, 'PriceLimit', {
    installLatestAwsSdk: false,
    logGroup: logGroup(scope, 'price-limit', names, keys, deployment),
    resourceType: 'Custom::WarehousePriceLimit',
    onCreate: {
      service,
      action: 'CreateUsageLimit',
      parameters: {
        ...wanted,
        resourceArn: workgroup.attrWorkgroupWorkgroupArn,
        usageType: 'serverless-compute',
        period: 'daily',
      },
      physicalResourceId: PhysicalResourceId.fromResponse('usageLimit.usageLimitId'),
    },
    onUpdate: { service, action: 'UpdateUsageLimit', parameters: { ...wanted, usageLimitId } },
    onDelete: { service, action: 'DeleteUsageLimit', parameters: { usageLimitId } },
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({
        sid: 'LimitsWhatTheWarehouseCosts',
        actions: [
          'redshift-serverless:CreateUsageLimit',
          'redshift-serverless:UpdateUsageLimit',
          'redshift-serverless:DeleteUsageLimit',
        ],
        // These actions take no resource.
        resources: ['*'],
      }),
    ]),
  });
  limit.node.addDependency(workgroup);
  acknowledge(limit, { 'IAM5[Resource::*]': 'Actions on usage limits take no resource.' });
  const provider = Stack.of(scope).node.tryFindChild(
    `AWS${AwsCustomResource.PROVIDER_FUNCTION_UUID.replaceAll('-', '')}`,
  );
  if (provider)
    acknowledge(provider, {
      [BASIC_EXECUTION]: 'CDK gives its own function for calls of the API the right to log, and no other.',
      L1: 'CDK chooses the runtime of its own function.',
    });
}
