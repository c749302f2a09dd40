import { factTablesOf } from '../model/data-facts.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { ValuesTogether } from '../vocabulary/value-kinship.ts';

const MOST_ROWS = 60_000;

/** Of the tables that name things (products, branches), which values go together; read again after every load. */
export async function readKinships(model: SemanticModel, warehouse: Warehouse): Promise<ValuesTogether[]> {
  const facts = factTablesOf(model);
  const naming = [...columnsOf(model)].filter(
    ([table, dimensions]) => facts[table] === null && dimensions.length > 1,
  );
  const read = await Promise.all(naming.map(([table, dimensions]) => rowsOf(table, dimensions, warehouse)));
  return read.flat();
}

type Named = { dimension: string; column: string };

/** By table, the dimensions whose values are its columns, but for numbers that only count its rows. */
function columnsOf(model: SemanticModel): Map<string, Named[]> {
  const byTable = new Map<string, Named[]>();
  for (const { name, values, personal } of model.dimensions.values()) {
    if (values.kind !== 'column' || personal) continue;
    if (model.entities.get(values.table)?.key.includes(values.column)) continue;
    const there = byTable.get(values.table) ?? [];
    byTable.set(values.table, [...there, { dimension: name, column: values.column }]);
  }
  return byTable;
}

async function rowsOf(table: string, named: Named[], warehouse: Warehouse): Promise<ValuesTogether[]> {
  const columns = named.map(({ column }) => column).join(', ');
  const found = await warehouse.read({
    sql: `select distinct ${columns} from retail.${table}`,
    schema: 'retail',
    maxRows: MOST_ROWS,
    timeoutMs: 30_000,
  });
  // Known in part, it would say of what was left out that it is nothing.
  if (found.rows.length >= MOST_ROWS) return [];
  const rows = found.rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
  return [{ dimensions: named.map(({ dimension }) => dimension), rows }];
}
