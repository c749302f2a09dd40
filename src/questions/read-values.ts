import type { SemanticModel } from '../model/semantic-model.ts';
import type { ValuesOfDimension } from '../planner/value-index.ts';
import type { Warehouse } from '../ports/warehouse.ts';

const MOST_VALUES = 60_000;

/** The values that each dimension has now, for recognising them in questions; read again after every load. */
export async function readValues(model: SemanticModel, warehouse: Warehouse): Promise<ValuesOfDimension[]> {
  const lists: ValuesOfDimension[] = [];
  for (const dimension of model.dimensions.values()) {
    const synonyms = dimension.value_synonyms;
    if (dimension.values.kind === 'listed')
      lists.push({ dimension: dimension.name, values: dimension.values.values, synonyms });
    if (dimension.values.kind !== 'column' || dimension.personal) continue;
    const { table, column } = dimension.values;
    const found = await warehouse.read({
      sql: `select distinct ${column} as value from retail.${table} where ${column} is not null order by 1`,
      schema: 'retail',
      maxRows: MOST_VALUES,
      timeoutMs: 30_000,
    });
    lists.push({ dimension: dimension.name, values: found.rows.map(([value]) => String(value)), synonyms });
  }
  return lists;
}
