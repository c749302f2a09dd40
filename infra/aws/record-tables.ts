import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { RECORD_TABLES, type RecordTable, type RecordTableName } from '../../src/adapters/dynamodb-tables.ts';
import type { Keys } from './keys.ts';
import { pascal } from './log-group.ts';
import type { Names } from './names.ts';

export type RecordTables = Record<RecordTableName, Table>;

/** The tables of the program, from its own list: what one machine makes for itself is what is deployed. */
export function addRecordTables(scope: Construct, names: Names, keys: Keys): RecordTables {
  const tables = RECORD_TABLES.map((table): [RecordTableName, Table] => [
    table.name,
    addTable(scope, names.table(table.name), table, keys),
  ]);
  return Object.fromEntries(tables) as RecordTables;
}

function addTable(scope: Construct, tableName: string, table: RecordTable, keys: Keys): Table {
  const made = new Table(scope, `${pascal(table.name)}Table`, {
    tableName,
    ...keysOf(table),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: keys.data,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(table.ttlAttribute ? { timeToLiveAttribute: table.ttlAttribute } : {}),
  });
  for (const index of table.indexes ?? []) {
    made.addGlobalSecondaryIndex({
      indexName: index.name,
      ...keysOf(index),
      ...(index.nonKeyAttributes.length > 0
        ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: index.nonKeyAttributes }
        : { projectionType: ProjectionType.KEYS_ONLY }),
    });
  }
  return made;
}

function keysOf(keys: { partitionKey: string; sortKey?: string }): {
  partitionKey: Attribute;
  sortKey?: Attribute;
} {
  return {
    partitionKey: { name: keys.partitionKey, type: AttributeType.STRING },
    ...(keys.sortKey ? { sortKey: { name: keys.sortKey, type: AttributeType.STRING } } : {}),
  };
}
