import type { Rights } from '../domain/rights.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { Warehouse } from '../ports/warehouse.ts';

/** A row filter as people would say it: what it is on, and the names of what is let through. */
export type NamedLimit = { what: string; names: string[] };

/** Branch numbers and the like by their names, where the warehouse knows them; else as the policy writes them. */
export async function nameLimits(
  rights: Rights,
  model: SemanticModel,
  warehouse: Warehouse,
): Promise<NamedLimit[]> {
  return Promise.all(
    Object.entries(rights.rowFilters).map(async ([column, values]) => {
      const what = column.replace(/_id$/, '').replaceAll('_', ' ');
      const named = model.dimensions.get(column.replace(/_id$/, ''))?.values;
      const entity = named?.kind === 'column' ? model.entities.get(named.table) : undefined;
      if (named?.kind !== 'column' || entity?.key.join() !== column || values.length === 0)
        return { what, names: values };
      const params = Object.fromEntries(values.map((value, index) => [`v${index}`, value]));
      const { rows } = await warehouse.read({
        sql: `select ${column}, ${named.column} from retail.${named.table} where ${column} in (${values.map((_, index) => `:v${index}`).join(', ')})`,
        params,
        schema: 'retail',
        maxRows: 1_000,
        timeoutMs: 10_000,
      });
      const names = new Map(rows.map(([key, name]) => [String(key), name === null ? '' : String(name)]));
      return { what, names: values.map((value) => names.get(value) || value) };
    }),
  );
}
