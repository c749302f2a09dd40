import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { aWarehouse } from '../support/a-warehouse.ts';
import { warehouseContract } from './warehouse-contract.ts';

warehouseContract('The embedded DuckDB', async () => {
  const objects = memoryObjectStore();
  const { warehouse, close } = await aWarehouse({ objects });
  return {
    warehouse,
    putObject: async (ref, bytes) => void (await objects.put(ref, bytes)),
    close,
  };
});
