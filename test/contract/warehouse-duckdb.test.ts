import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import { aWarehouse, aWarehouseOfSnapshots } from '../support/a-warehouse.ts';
import { warehouseContract } from './warehouse-contract.ts';

for (const [name, open] of [
  ['The embedded DuckDB', aWarehouseOfSnapshots],
  ['The open DuckDB of the tests', aWarehouse],
] as const)
  warehouseContract(name, async () => {
    const objects = memoryObjectStore();
    const { warehouse, close } = await open({ objects });
    return {
      warehouse,
      putObject: async (ref, bytes) => void (await objects.put(ref, bytes)),
      close,
    };
  });
