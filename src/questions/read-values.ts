import type { ModelDimension, SemanticModel } from '../model/semantic-model.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { ValuesOfDimension } from '../vocabulary/value-index.ts';
import { readTowns } from './read-towns.ts';

const MOST_VALUES = 60_000;

/** The values that each dimension has now, for recognising them in questions; read again after every load. */
export async function readValues(model: SemanticModel, warehouse: Warehouse): Promise<ValuesOfDimension[]> {
  const lists = await Promise.all(
    [...model.dimensions.values()].map((dimension) => valuesOf(dimension, warehouse)),
  );
  const towns = await readTowns(model, warehouse);
  return lists.flat().map((one) => (one.dimension === 'branch' ? { ...one, towns } : one));
}

async function valuesOf(dimension: ModelDimension, warehouse: Warehouse): Promise<ValuesOfDimension[]> {
  const { name, values: kept, value_synonyms: synonyms } = dimension;
  if (kept.kind === 'listed') return [{ dimension: name, values: kept.values, synonyms }];
  if (kept.kind !== 'column' || dimension.personal) return [];
  const found = await warehouse.read({
    sql: `select distinct ${kept.column} as value from retail.${kept.table} where ${kept.column} is not null order by 1`,
    schema: 'retail',
    maxRows: MOST_VALUES,
    timeoutMs: 30_000,
  });
  return [{ dimension: name, values: found.rows.map(([value]) => String(value)), synonyms }];
}
