import type { Tracer } from '../ports/tracer.ts';
import type { Warehouse } from '../ports/warehouse.ts';

const LONGEST_SQL = 2_000;

/** Each statement is a step of the question or run that sends it: its text without values, and how many rows came. */
export function tracedWarehouse(warehouse: Warehouse, tracer: Tracer): Warehouse {
  return {
    ...warehouse,
    read: (query) =>
      tracer.step(
        'warehouse read',
        {
          'db.system.name': 'redshift',
          'db.namespace': query.schema,
          'db.query.text': query.sql.slice(0, LONGEST_SQL),
        },
        async (note) => {
          const table = await warehouse.read(query);
          note({ 'db.response.returned_rows': table.rows.length });
          return table;
        },
      ),
    write: (batch) =>
      tracer.step(
        'warehouse write',
        { 'db.system.name': 'redshift', 'db.operation.batch.size': batch.steps.length },
        () => warehouse.write(batch),
      ),
  };
}
