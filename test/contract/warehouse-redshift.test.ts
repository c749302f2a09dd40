import { aRedshift } from '../support/a-redshift.ts';
import { warehouseContract } from './warehouse-contract.ts';

warehouseContract('Redshift over the Data API', async () => {
  const { warehouse, objects, close } = await aRedshift();
  return {
    warehouse,
    putObject: async (ref, bytes) => void (await objects.put(ref, bytes)),
    close,
  };
});
