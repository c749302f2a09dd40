import { buffer } from 'node:stream/consumers';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import {
  openRedshiftWarehouse,
  type RedshiftWarehouseOptions,
} from '../../src/adapters/redshift-warehouse.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { migrateWarehouse, readMigrations } from '../../src/warehouse/migrate.ts';
import { type RedshiftDataServer, startRedshiftDataServer } from './redshift-data-server.ts';

const READER_SECRET = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:reader';

/** The Redshift adapter with the real SDK against the local Data API server, migrated unless told otherwise. */
export async function aRedshift(options: { migrate?: boolean } = {}): Promise<{
  warehouse: Warehouse;
  server: RedshiftDataServer;
  objects: ObjectStore;
  /** Another process's view of the same Redshift. */
  another: (more?: Partial<RedshiftWarehouseOptions>) => Warehouse;
  close: () => Promise<void>;
}> {
  const objects = memoryObjectStore();
  const server = await startRedshiftDataServer({
    readObject: async (ref) => buffer((await objects.get(ref)).body),
    readerSecretArn: READER_SECRET,
  });
  const opened: Warehouse[] = [];
  const another = (more: Partial<RedshiftWarehouseOptions> = {}) => {
    const warehouse = openRedshiftWarehouse({
      client: new RedshiftDataClient({
        endpoint: server.endpoint,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      }),
      workgroupName: 'plumbline',
      database: 'plumbline',
      readerSecretArn: READER_SECRET,
      copyRoleArn: 'arn:aws:iam::111111111111:role/copy',
      slices: 2,
      objects,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100)),
      random: () => 0.5,
      ...more,
    });
    opened.push(warehouse);
    return warehouse;
  };
  const warehouse = another();
  if (options.migrate !== false) await migrateWarehouse({ warehouse, migrations: await readMigrations() });
  return {
    warehouse,
    server,
    objects,
    another,
    async close() {
      for (const each of opened) await each.close();
      await server.close();
    },
  };
}
