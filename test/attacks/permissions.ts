import { randomUUID } from 'node:crypto';
import type { Rights } from '../../src/domain/rights.ts';
import { guardCatalogue } from '../../src/guard/vet-catalogue.ts';
import { createGuard } from '../../src/guard/vet-sql.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { readCatalogue } from '../../src/warehouse/catalogue.ts';
import { ensurePolicyViews, policySchema } from '../../src/warehouse/policy-views.ts';
import { aWarehouseOfSnapshots } from '../support/a-warehouse.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { type Relation, randomQuery } from './random-queries.ts';
import { newTally, type Tally } from './tally.ts';

const BASES: Relation[] = [
  {
    name: 'orders',
    columns: ['order_id', 'customer_id', 'branch_id', 'total_amount', 'order_date', 'channel'],
  },
  { name: 'customers', columns: ['customer_id', 'country', 'segment', 'email', 'name'] },
  { name: 'order_items', columns: ['order_id', 'line_no', 'product_id', 'branch_id', 'net_amount'] },
  { name: 'products', columns: ['product_id', 'category', 'brand'] },
  { name: 'branches', columns: ['branch_id', 'name', 'region'] },
];

/**
 * Random rights, random queries, guard and policy views together, in two warehouses that differ only in rows and
 * columns outside those rights. The same query must get the same answer in both.
 */
export async function attackPermissions(options: {
  queries: number;
  policies: number;
  seed: number;
}): Promise<Tally> {
  const random = randomFrom(options.seed);
  const tally = newTally('Permissions, random rights and queries');
  const guard = createGuard({ catalogue: guardCatalogue(await readCatalogue()) });
  for (let n = 0; n < options.policies; n += 1) {
    const rights = randomRights(random, n);
    const pair = [await aWarehouseOfSnapshots(), await aWarehouseOfSnapshots()] as const;
    try {
      await fill(pair[0].warehouse, rights, 'one');
      await fill(pair[1].warehouse, rights, 'another');
      const perPolicy = Math.ceil(options.queries / options.policies);
      for (let q = 0; q < perPolicy; q += 1) {
        await tryOne(
          randomQuery(random, { bases: BASES, schema: 'retail' }),
          rights,
          [pair[0].warehouse, pair[1].warehouse],
          guard,
          tally,
        );
      }
    } finally {
      await pair[0].close();
      await pair[1].close();
    }
  }
  return tally;
}

async function tryOne(
  sql: string,
  rights: Rights,
  pair: [Warehouse, Warehouse],
  guard: ReturnType<typeof createGuard>,
  tally: Tally,
): Promise<void> {
  tally.tried += 1;
  const started = performance.now();
  const verdict = guard.vet(sql, { rights });
  tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
  if (verdict.verdict === 'refused') {
    tally.stopped += 1;
    return;
  }
  const answers = await Promise.all(
    pair.map((warehouse) =>
      warehouse.read({ sql, schema: policySchema(rights), maxRows: 5_000, timeoutMs: 20_000 }).then(
        (table) =>
          table.rows
            .map((row) => JSON.stringify(row))
            .sort()
            .join('\n'),
        () => undefined,
      ),
    ),
  );
  if (answers[0] === undefined && answers[1] === undefined) tally.failed += 1;
  else if (answers.some((answer) => answer?.includes('CANARY')))
    tally.effects.push({ kind: rights.id, sql, what: 'a canary was shown' });
  else if (answers[0] !== answers[1])
    tally.effects.push({ kind: rights.id, sql, what: 'the answer depends on what may not be read' });
  else tally.harmless += 1;
}

const TABLES = BASES.map((base) => base.name);

function randomRights(random: Random, number: number): Rights {
  return {
    id: `random_${number}`,
    roles: ['manager'],
    tables: random.chance(0.5) ? 'all' : TABLES.filter(() => random.chance(0.75)),
    metrics: 'all',
    personalData: 'none',
    rowFilters: random.chance(0.8) ? { branch_id: random.chance(0.5) ? ['B1'] : ['B1', 'B2'] } : {},
    mayDraftSql: true,
    mayUpload: false,
    mayOperate: false,
  };
}

/** Rows inside the rights are the same for every seed; rows outside, personal columns and unreadable tables are not. */
async function fill(warehouse: Warehouse, rights: Rights, seed: string): Promise<void> {
  const length = seed.length;
  const branches = ['B1', 'B2', 'B3', 'B4'];
  const allowed = new Set(rights.rowFilters['branch_id'] ?? branches);
  const readable = (table: string) => rights.tables === 'all' || rights.tables.includes(table);
  const sql: string[] = [];
  const insert = (table: string, columns: string, rows: string[]) => {
    if (rows.length > 0)
      sql.push(
        `insert into retail.${table} (${columns}, batch_id) values ${rows.map((row) => `(${row}, 'b')`).join(', ')}`,
      );
  };
  const other = (table: string, isInside: boolean) => (isInside && readable(table) ? 'same' : seed);
  insert(
    'branches',
    'branch_id, name, region',
    branches.map((id) => `'${id}', 'n-${mark(other('branches', allowed.has(id)))}', 'north'`),
  );
  insert(
    'products',
    'product_id, category, brand',
    [1, 2, 3].map((n) => `'P${n}', 'cat-${mark(other('products', true))}', 'brand'`),
  );
  const orders: string[] = [];
  const items: string[] = [];
  const customers: string[] = [];
  for (let n = 0; n < 24; n += 1) {
    const branch = branches[n % 4] as string;
    const isInside = allowed.has(branch);
    const count = isInside ? 1 : length;
    for (let copy = 0; copy < (isInside ? 1 : Math.min(count, 2 + (seed.length % 3))); copy += 1) {
      const id = `${n}-${copy}`;
      orders.push(
        `'O${id}', 'sale', 'C${id}', '${branch}', 'web-${mark(other('orders', isInside))}', 'EUR', timestamp '2025-01-01 10:00:00', date '2025-01-0${(n % 8) + 1}', ${other('orders', isInside).length * 10}`,
      );
      items.push(
        `'O${id}', 1, 'sale', 'P${(n % 3) + 1}', '${branch}', date '2025-01-01', 1, 5, 5, 0, ${other('order_items', isInside && readable('order_items')).length}, 0, 0, 0`,
      );
      customers.push(
        `'C${id}', 'C${id}', 'CANARY-${seed}', 'CANARY-${seed}-${n}', 'land-${mark(other('customers', isInside))}', 'seg'`,
      );
    }
  }
  insert(
    'orders',
    'order_id, document_kind, customer_id, branch_id, channel, currency, ordered_at, order_date, total_amount',
    orders,
  );
  insert(
    'order_items',
    'order_id, line_no, line_kind, product_id, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity',
    items,
  );
  insert('customers', 'customer_id, person_id, name, email, country, segment', customers);
  await warehouse.write({ token: randomUUID(), steps: sql.map((text) => ({ sql: text })) });
  await ensurePolicyViews({ warehouse }, [rights]);
}

function mark(which: string): string {
  return which === 'same' ? 'same' : `CANARY-${which}`;
}
