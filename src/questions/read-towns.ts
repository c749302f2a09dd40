import type { SemanticModel } from '../model/semantic-model.ts';
import type { Warehouse } from '../ports/warehouse.ts';

/** By the name of a branch, the town that has no other one: 'Leeds' is then the branch there. Web shops stand in no town. */
export async function readTowns(
  model: SemanticModel,
  warehouse: Warehouse,
): Promise<Record<string, string[]>> {
  const columns = model.entities.get('branches')?.columns ?? {};
  if (!['name', 'city', 'kind'].every((name) => name in columns)) return {};
  const found = await warehouse.read({
    sql: 'select name, city, kind from retail.branches where name is not null and city is not null order by 1',
    schema: 'retail',
    maxRows: 5_000,
    timeoutMs: 30_000,
  });
  const inTown = new Map<string, string[]>();
  for (const [name, city, kind] of found.rows) {
    if (WITHOUT_PLACE.test(String(kind ?? ''))) continue;
    inTown.set(String(city), [...(inTown.get(String(city)) ?? []), String(name)]);
  }
  const towns: Record<string, string[]> = {};
  for (const [city, [only = '', ...others]] of inTown) {
    if (others.length === 0 && only.toLowerCase() !== city.toLowerCase()) towns[only] = [city];
  }
  return towns;
}

const WITHOUT_PLACE = /^(?:web|online|internet|e-?commerce|market ?place|app|phone|mail)/i;
