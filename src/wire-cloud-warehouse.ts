import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { openRedshiftWarehouse } from './adapters/redshift-warehouse.ts';
import type { Config } from './config.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { Warehouse } from './ports/warehouse.ts';

/** Long polls take up to 30 s, so the HTTP time-out is above that; the adapter does the retrying. */
export function openCloudWarehouse(
  warehouse: Extract<Config['warehouse'], { kind: 'redshift' }>,
  objects: ObjectStore,
): Warehouse {
  const client = new RedshiftDataClient({
    region: warehouse.region,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 40_000 }),
    ...(warehouse.endpoint ? { endpoint: warehouse.endpoint } : {}),
  });
  return openRedshiftWarehouse({
    client,
    workgroupName: warehouse.workgroup,
    database: warehouse.database,
    copyRoleArn: warehouse.copyRoleArn,
    region: warehouse.region,
    slices: warehouse.slices,
    objects,
    ...(warehouse.secretArn ? { secretArn: warehouse.secretArn } : {}),
    ...(warehouse.readerSecretArn ? { readerSecretArn: warehouse.readerSecretArn } : {}),
  });
}
