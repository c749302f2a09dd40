/** A process of its own on a home's records: `own FOLDER` writes until killed, saying each write once it is acknowledged. */

import { dynamodbRecords } from '../../src/adapters/dynamodb-records.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { ensureTables } from '../../src/adapters/dynamodb-tables.ts';
import { openLocalDynamodb } from '../../src/adapters/local-dynamodb.ts';
import { aRun } from './a-run.ts';

const folder = process.argv[2] ?? '';
const local = await openLocalDynamodb({ folder });
const records = dynamodbRecords({ ...local.connection, tablePrefix: 'test-' });
await ensureTables(records);
const log = dynamodbRunLog(records);
for (let at = 1; ; at += 1) {
  await log.create(aRun({ id: `run-${at}` }));
  process.stdout.write(`${at}\n`);
}
