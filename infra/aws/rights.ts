import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RECORD_TABLES, type RecordTable, type RecordTableName } from '../../src/adapters/dynamodb-tables.ts';
import { acknowledgeObjects } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';

/** What a program may do, each with the reason in its name: the name becomes the statement's Sid. */
export type Right =
  | { why: string; tables: readonly RecordTableName[]; write?: boolean; scan?: boolean }
  | {
      why: string;
      bucket: 'ingestion' | 'landing';
      prefixes: readonly string[];
      read?: boolean;
      write?: boolean;
    }
  | { why: string; warehouse: 'load' | 'ask' }
  | { why: string; stream: 'write' | 'read' }
  | { why: string; secret: 'given' | 'maskSalt' }
  | { why: string; actions: readonly string[]; resources: readonly string[] };

const READ_ITEMS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE_ITEMS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/** Gives a role exactly these rights and the key that they need. */
export function allow(role: IRole, rights: readonly Right[], data: DataStack): void {
  for (const right of rights) {
    if ('bucket' in right) acknowledgeObjects(role, data.names, right.bucket, right.prefixes, right.why);
    for (const statement of statementsOf(right, data)) role.addToPrincipalPolicy(statement);
  }
  const onData = rights.filter((right) => !('actions' in right));
  if (onData.length === 0) return;
  const writes = onData.some((right) => 'tables' in right || 'stream' in right || 'write' in right);
  role.addToPrincipalPolicy(
    new PolicyStatement({
      sid: 'UsesTheKeyOfData',
      actions: ['kms:Decrypt', ...(writes ? ['kms:GenerateDataKey'] : [])],
      resources: [data.keys.data.keyArn],
    }),
  );
}

function statementsOf(right: Right, data: DataStack): PolicyStatement[] {
  const sid = right.why;
  if ('tables' in right) {
    const actions = [
      ...READ_ITEMS,
      ...(right.write ? WRITE_ITEMS : []),
      ...(right.scan ? ['dynamodb:Scan'] : []),
    ];
    const arns = right.tables.map((name) => data.tables[name].tableArn);
    const indexes = right.tables.flatMap((name) => indexArns(name, data));
    return [new PolicyStatement({ sid, actions, resources: [...arns, ...indexes] })];
  }
  if ('bucket' in right) {
    const bucket = data.buckets[right.bucket];
    const actions = [
      ...(right.read ? ['s3:GetObject'] : []),
      ...(right.write ? ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'] : []),
    ];
    return [
      new PolicyStatement({
        sid,
        actions,
        resources: right.prefixes.map((prefix) => data.names.objects(right.bucket, prefix)),
      }),
      new PolicyStatement({
        sid: `${sid}List`,
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': right.prefixes.map((prefix) => `${prefix}*`) } },
      }),
    ];
  }
  if ('warehouse' in right) return warehouseStatements(right, data);
  if ('stream' in right)
    return [
      new PolicyStatement({
        sid,
        actions:
          right.stream === 'write'
            ? ['kinesis:PutRecords', 'kinesis:PutRecord']
            : [
                'kinesis:GetRecords',
                'kinesis:GetShardIterator',
                'kinesis:DescribeStream',
                'kinesis:DescribeStreamSummary',
                'kinesis:ListShards',
              ],
        resources: [data.stream.streamArn],
      }),
    ];
  if ('secret' in right)
    return [
      new PolicyStatement({
        sid,
        actions: ['secretsmanager:GetSecretValue'],
        resources: [data.secrets[right.secret].secretArn],
      }),
    ];
  return [new PolicyStatement({ sid, actions: [...right.actions], resources: [...right.resources] })];
}

/** Every login that a program uses is named; asking alone has no login that may write. */
function warehouseStatements(
  right: Extract<Right, { warehouse: string }>,
  data: DataStack,
): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: right.why,
      actions: ['redshift-data:ExecuteStatement', 'redshift-data:BatchExecuteStatement'],
      resources: [data.warehouse.workgroupArn],
    }),
    new PolicyStatement({
      sid: `${right.why}Follow`,
      actions: [
        'redshift-data:DescribeStatement',
        'redshift-data:GetStatementResult',
        'redshift-data:CancelStatement',
      ],
      // These take no resource; the condition leaves them only the statements of the same identity.
      resources: ['*'],
      conditions: {
        // biome-ignore lint: a variable of IAM, not of ours
        StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' },
      },
    }),
    new PolicyStatement({
      sid: `${right.why}List`,
      // Which statements of a run are still under way, also those of a container that is gone; it takes no resource.
      actions: ['redshift-data:ListStatements'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: `${right.why}Login`,
      actions: ['secretsmanager:GetSecretValue'],
      resources:
        right.warehouse === 'load'
          ? [data.secrets.loader.secretArn]
          : [data.secrets.loader.secretArn, data.secrets.reader.secretArn],
    }),
  ];
}

function indexArns(name: RecordTableName, data: DataStack): string[] {
  const table = data.tables[name];
  const declared: RecordTable | undefined = RECORD_TABLES.find((each) => each.name === name);
  return (declared?.indexes ?? []).map((index) => `${table.tableArn}/index/${index.name}`);
}

/** What a function or container in our network needs besides: an address there. No resource can be named for these. */
export const NETWORK_RIGHT: Right = {
  why: 'HasAnAddressInTheNetwork',
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
};
