import { type App, Stack } from 'aws-cdk-lib';
import { type AppSecrets, addAppSecrets } from './app-secrets.ts';
import { addBackup } from './backup.ts';
import { addBuckets, type DataBuckets } from './buckets.ts';
import type { Deployment } from './deployment.ts';
import { addEventStream } from './event-stream.ts';
import { addRepository } from './images.ts';
import { addKeys, type Keys } from './keys.ts';
import type { Names } from './names.ts';
import { addNetwork, type Network } from './network.ts';
import { addRecordTables, type RecordTables } from './record-tables.ts';
import { addWarehouse, type WarehouseParts } from './warehouse.ts';

export type DataStack = {
  stack: Stack;
  names: Names;
  keys: Keys;
  network: Network;
  buckets: DataBuckets;
  tables: RecordTables;
  stream: ReturnType<typeof addEventStream>;
  secrets: AppSecrets;
  warehouse: WarehouseParts;
  images: ReturnType<typeof addRepository>;
};

/**
 * What would be missed if it went: data, keys, secrets, images, and the network that the warehouse lies in. Everything
 * in it is kept when the stack goes. It changes rarely, and the other stack can be thrown away and made again.
 */
export function addDataStack(app: App, names: Names, deployment: Deployment): DataStack {
  const stack = new Stack(app, 'Data', {
    stackName: `${names.prefix}-data`,
    description: 'Plumbline: data, keys and network',
    terminationProtection: true,
  });
  const keys = addKeys(stack, names);
  const network = addNetwork(stack, names, keys, deployment);
  const buckets = addBuckets(stack, names, keys);
  const tables = addRecordTables(stack, names, keys);
  const stream = addEventStream(stack, names, keys);
  const secrets = addAppSecrets(stack, names, keys);
  const warehouse = addWarehouse(stack, names, { keys, network, buckets, secrets, deployment });
  addBackup(stack, names, { keys, tables, namespaceArn: warehouse.namespaceArn });
  const images = addRepository(stack, names, keys);
  return { stack, names, keys, network, buckets, tables, stream, secrets, warehouse, images };
}
