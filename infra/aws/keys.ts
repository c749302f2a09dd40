import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Names } from './names.ts';

export type Keys = { data: Key; logs: Key };

/** Two keys: whoever may read logs and alarms cannot read data with the same right. Both rotate every year. */
export function addKeys(scope: Construct, names: Names): Keys {
  const data = key(
    scope,
    'DataKey',
    `${names.prefix}-data`,
    'Buckets, tables, warehouse, stream and secrets',
  );
  const logs = key(scope, 'LogsKey', `${names.prefix}-logs`, 'Logs, notices and queues of failures');
  logs.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroupsOfPlumbline',
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
        },
      },
    }),
  );
  // Alarms, rules and budgets put messages into an encrypted topic and into queues.
  for (const service of ['cloudwatch', 'events', 'budgets', 'sns']) {
    logs.addToResourcePolicy(
      new PolicyStatement({
        sid: `NoticesBy${service}`,
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
  return { data, logs };
}

function key(scope: Construct, id: string, alias: string, description: string): Key {
  return new Key(scope, id, {
    alias,
    description,
    enableKeyRotation: true,
    // A key that is gone takes the data with it.
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
