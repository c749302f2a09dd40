import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';
import type { RecordTables } from './record-tables.ts';

/**
 * Every night, kept for 35 days, and each month's first for a year, in a vault of its own. Tables can besides be put
 * back to any second of the last 35 days. The warehouse keeps recovery points of its last 24 hours by itself.
 */
export function addBackup(
  scope: Construct,
  names: Names,
  parts: { keys: Keys; tables: RecordTables; namespaceArn: string },
): BackupPlan {
  const vault = new BackupVault(scope, 'Vault', {
    backupVaultName: `${names.prefix}-vault`,
    encryptionKey: parts.keys.data,
    blockRecoveryPointDeletion: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const plan = new BackupPlan(scope, 'BackupPlan', {
    backupPlanName: names.prefix,
    backupVault: vault,
    backupPlanRules: [
      new BackupPlanRule({
        ruleName: 'nightly',
        scheduleExpression: Schedule.cron({ hour: '2', minute: '0' }),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(6),
        deleteAfter: Duration.days(35),
      }),
      new BackupPlanRule({
        ruleName: 'monthly',
        scheduleExpression: Schedule.cron({ day: '1', hour: '3', minute: '0' }),
        deleteAfter: Duration.days(365),
      }),
    ],
  });
  const role = new Role(scope, 'BackupRole', {
    description: 'AWS Backup takes and restores copies with it',
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup'),
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForRestores'),
    ],
  });
  acknowledge(role, {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]':
      'The policy that AWS keeps for its own backup service; ours would fall behind it.',
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores]':
      'The same, for restoring.',
  });
  plan.addSelection('Data', {
    role,
    resources: [
      ...Object.values(parts.tables).map((table) => BackupResource.fromDynamoDbTable(table)),
      BackupResource.fromArn(parts.namespaceArn),
    ],
  });
  return plan;
}
