import { AppError } from '../domain/app-error.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Metrics } from './emf-metrics.ts';

/** Counts what is asked of the warehouse, how long it takes, and what fails through no fault of the question. */
export function meteredWarehouse(warehouse: Warehouse, metrics: Metrics): Warehouse {
  const metered = async <T>(work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code !== 'warehouse.cancelled')
        metrics.put({ WarehouseErrors: 1 });
      throw thrown;
    } finally {
      metrics.put({ WarehouseMillis: Math.round(performance.now() - startedAt) });
    }
  };
  return {
    ...warehouse,
    read: (query) => metered(() => warehouse.read(query)),
    write: (batch) => metered(() => warehouse.write(batch)),
  };
}
