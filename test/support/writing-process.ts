import { openDuckdbWarehouse } from '../../src/adapters/duckdb-warehouse.ts';
import { noObjects } from './no-objects.ts';

/** Writes pairs of rows without end, to be killed in the middle. Argument: the warehouse's folder. */
const warehouse = await openDuckdbWarehouse({ folder: process.argv[2] ?? '', objects: noObjects });
process.send?.('writing');
for (let i = 0; ; i++) {
  const row = (side: string) => ({
    sql: 'insert into retail.branches (branch_id, name, batch_id) values (:id, :id, :batch)',
    params: { id: `${process.pid}-${i}-${side}`, batch: `${process.pid}-${i}` },
  });
  await warehouse.write({ token: `${process.pid}-${i}`, steps: [row('a'), row('b')] });
}
