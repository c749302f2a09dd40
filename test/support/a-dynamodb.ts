import { dynamodbRecords, type Records } from '../../src/adapters/dynamodb-records.ts';
import { ensureTables } from '../../src/adapters/dynamodb-tables.ts';
import { openLocalDynamodb } from '../../src/adapters/local-dynamodb.ts';

export type ADynamodb = {
  records: Records;
  client: Records['client'];
  /** The same tables through AWS's client over HTTP, where `client` calls the embedded DynamoDB in this process directly. */
  plainClient: Records['client'];
  endpoint: string;
  close(): Promise<void>;
};

/** The real record tables on an embedded DynamoDB in memory, ready in some 100 ms. */
export async function aDynamodb(tablePrefix = 'test-'): Promise<ADynamodb> {
  const local = await openLocalDynamodb({ folder: null });
  const records = dynamodbRecords({ ...local.connection, tablePrefix });
  const { runHere: _, ...plain } = local.connection;
  const plainRecords = dynamodbRecords({ ...plain, tablePrefix });
  await ensureTables(records);
  return {
    records,
    client: records.client,
    plainClient: plainRecords.client,
    endpoint: local.connection.endpoint ?? '',
    close: async () => {
      records.close();
      plainRecords.close();
      await local.close();
    },
  };
}
