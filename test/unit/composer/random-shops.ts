import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { compileQuery } from '../../../src/composer/compose-query.ts';
import { type MetricQuery, metricQuery } from '../../../src/domain/metric-query.ts';
import type { Cell } from '../../../src/domain/result-table.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { putRetail, type Retail, someRetail } from './some-retail.ts';

export type Row = Record<string, Cell>;

export type RandomShops = {
  /** Their rows, for the plain loops. */
  retail(shop: number): Retail;
  /** What the composed SQL of this query gives, by column. */
  run(shop: number, part: Partial<MetricQuery> & { metrics: string[] }): Promise<Row[]>;
};

export const SEEDS = [11, 4711];

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));

/** For the top of a test file: one small shop for each seed, each in a warehouse of its own. */
export function randomShops(): RandomShops {
  const shops: { at: AWarehouse; retail: Retail }[] = [];
  beforeAll(async () => {
    for (const seed of SEEDS) {
      const at = await aWarehouse();
      const retail = someRetail(seed);
      await putRetail(at.warehouse, retail);
      shops.push({ at, retail });
    }
  });
  afterAll(async () => {
    for (const { at } of shops) await at.close();
  });
  const shopOf = (shop: number) => {
    const found = shops[shop];
    if (!found) throw new Error('no such shop');
    return found;
  };
  return {
    retail: (shop) => shopOf(shop).retail,
    async run(shop, part) {
      const outcome = compileQuery(metricQuery(part), model);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
      const { sql, params, columns } = outcome.compiled;
      const query = { sql, params, schema: 'retail', maxRows: 5_000, timeoutMs: 20_000 };
      const table = await shopOf(shop).at.warehouse.read(query);
      expect(table.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
      return table.rows.map((cells) =>
        Object.fromEntries(columns.map(({ name }, n) => [name, cells[n] ?? null])),
      );
    },
  };
}
