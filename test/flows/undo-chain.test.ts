import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkFiles, type TableRule } from '../../etl/stages/check-files.ts';
import { loadBatch } from '../../etl/stages/load-batch.ts';
import { cleanAfterUndo, undoBatch } from '../../etl/stages/undo-batch.ts';
import type { ValidatedFile } from '../../etl/stages/validated-file.ts';
import { memoryObjectStore } from '../../src/adapters/memory-object-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type AMemoryWarehouse, aMemoryWarehouse } from '../support/a-memory-warehouse.ts';

type Row = Record<string, string>;
type Load = { customers: Row[]; orders: Row[]; items: Row[]; whole: boolean };
type Step = { load: Load } | { undo: number };

const objects = memoryObjectStore();
const clock: Clock = {
  now: () => new Date('2026-01-05T00:00:00Z'),
  today: () => '2026-01-05',
  timeZone: 'UTC',
};
const TABLES = {
  customers: ['customer_id', 'person_id'],
  orders: ['order_id', 'document_kind', 'customer_id', 'currency', 'ordered_at', 'order_date'],
  order_items: [
    'order_id',
    'line_no',
    'line_kind',
    'product_id',
    'order_date',
    'quantity',
    'unit_price',
    'gross_amount',
    'discount_amount',
    'net_amount',
    'tax_amount',
    'shipping_amount',
    'returned_quantity',
  ],
};
/** Of a line whose order is not there, what it took from an order before is not said to be known. */
const SEEN: Record<string, string> = {
  customers: 'select customer_id, person_id from retail.customers order by 1',
  orders: 'select order_id, customer_id, person_id, order_date from retail.orders order by 1',
  lines: 'select order_id, line_no, net_amount from retail.order_items order by 1, 2',
  placed: `select i.order_id, i.line_no, i.order_date, i.customer_id, i.person_id
    from retail.order_items i join retail.orders o on o.order_id = i.order_id order by 1, 2`,
};

let mixed: AMemoryWarehouse;
let alone: AMemoryWarehouse;
beforeAll(async () => {
  mixed = await aMemoryWarehouse(objects);
  alone = await aMemoryWarehouse(objects);
});
afterAll(async () => {
  await mixed.close();
  await alone.close();
});

const ORDER: Row = {
  order_id: 'O1',
  customer_id: 'C1',
  document_kind: 'sale',
  currency: 'EUR',
  ordered_at: '2026-01-01 10:00:00',
  order_date: '2026-01-01',
};
const ITEM: Row = {
  order_id: 'O1',
  line_no: '1',
  line_kind: 'sale',
  product_id: '',
  order_date: '2026-01-01',
  quantity: '1',
  unit_price: '10.00',
  gross_amount: '10.00',
  discount_amount: '0',
  net_amount: '10.00',
  tax_amount: '0',
  shipping_amount: '0',
  returned_quantity: '0',
};
const NOTHING: Load = { customers: [], orders: [], items: [], whole: false };
/** A row that a second load brought again stays when the first is undone. */
const AGAIN: Step[] = [
  { load: { ...NOTHING, items: [ITEM] } },
  { load: { ...NOTHING, items: [ITEM] } },
  { undo: 0 },
];
/** A line takes the person of an order whose customer comes with the line. */
const LATE_PERSON: Step[] = [
  { load: { ...NOTHING, orders: [ORDER] } },
  { load: { ...NOTHING, items: [ITEM] } },
  { load: { ...NOTHING, customers: [{ customer_id: 'C1', person_id: 'P1' }], items: [ITEM] } },
  { undo: 1 },
];

/** More cases: UNDO_RUNS=200 UNDO_SEED=7. */
const RUNS = Number(process.env['UNDO_RUNS'] ?? 6);

test('after any loads and undos the facts are what the loads that were not undone would have made alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep(), { minLength: 2, maxLength: 5 }), async (steps) => {
      const kept = loadsThatStay(steps);
      await mixed.clear();
      await alone.clear();
      await play(steps, mixed);
      await play(
        kept.map((load) => ({ load })),
        alone,
      );
      expect(await seen(mixed)).toEqual(await seen(alone));
    }),
    { numRuns: RUNS, seed: Number(process.env['UNDO_SEED'] ?? 1), examples: [[AGAIN], [LATE_PERSON]] },
  );
}, 600_000);

function aStep(): fc.Arbitrary<Step> {
  return fc.oneof(
    { weight: 3, arbitrary: aLoad().map((load) => ({ load })) },
    { weight: 2, arbitrary: fc.nat(4).map((undo) => ({ undo })) },
  );
}

function aLoad(): fc.Arbitrary<Load> {
  const day = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03');
  const unique = (rows: Row[], key: (row: Row) => string) => [
    ...new Map(rows.map((row) => [key(row), row])).values(),
  ];
  const customers = fc.array(
    fc.record({ customer_id: fc.constantFrom('C1', 'C2'), person_id: fc.constantFrom('P1', 'P2') }),
    { maxLength: 2 },
  );
  const orders = fc.array(
    fc.record({ order_id: fc.constantFrom('O1', 'O2'), customer_id: fc.constantFrom('C1', 'C2'), day }),
    { maxLength: 2 },
  );
  const items = fc.array(
    fc.record({
      order_id: fc.constantFrom('O1', 'O2'),
      line_no: fc.constantFrom('1', '2'),
      price: fc.constantFrom('10.00', '20.00'),
      day,
    }),
    { maxLength: 4 },
  );
  return fc.record({
    customers: customers.map((rows) => unique(rows, (row) => row['customer_id'] ?? '')),
    orders: orders.map((rows) =>
      unique(rows, (row) => row['order_id'] ?? '').map(({ day, ...row }) => ({
        ...row,
        document_kind: 'sale',
        currency: 'EUR',
        ordered_at: `${day} 10:00:00`,
        order_date: day ?? '',
      })),
    ),
    items: items.map((rows) =>
      unique(rows, (row) => `${row['order_id']} ${row['line_no']}`).map(({ day, price = '', ...row }) => ({
        ...row,
        line_kind: 'sale',
        product_id: '',
        order_date: day ?? '',
        quantity: '1',
        unit_price: price,
        gross_amount: price,
        discount_amount: '0',
        net_amount: price,
        tax_amount: '0',
        shipping_amount: '0',
        returned_quantity: '0',
      })),
    ),
    whole: fc.boolean(),
  });
}

/** `undo: n` takes back the n-th load that still stands, counted from the first. */
function loadsThatStay(steps: Step[]): Load[] {
  const standing: Load[] = [];
  for (const step of steps) {
    if ('load' in step) standing.push(step.load);
    else standing.splice(step.undo, 1);
  }
  return standing;
}

let runs = 0;

async function play(steps: Step[], warehouse: AMemoryWarehouse): Promise<void> {
  const standing: string[] = [];
  for (const step of steps) {
    if ('load' in step) standing.push(await loadOne(step.load, warehouse));
    else {
      const [batch] = standing.splice(step.undo, 1);
      if (batch === undefined) continue;
      await undoBatch({ batch }, { warehouse, clock });
      await cleanAfterUndo({ batch }, { warehouse, clock });
    }
  }
}

async function loadOne(load: Load, warehouse: AMemoryWarehouse): Promise<string> {
  const run = `run-${++runs}`;
  const batch = `bat-${runs}`;
  const file: ValidatedFile = {
    file: `${run}.csv`,
    feed: 'test',
    object: { bucket: 'landing', key: `${run}.csv` },
    sizeBytes: 1,
    sha256: '',
    outputs: [
      await stagedOutput(run, 'customers', load.customers),
      await stagedOutput(run, 'orders', load.orders),
      await stagedOutput(run, 'order_items', load.items),
    ],
    counts: { read: 1, accepted: 1, refused: 0, waiting: 0 },
    refusedObject: null,
    refusals: [],
    controlTotals: {},
    warnings: [],
    unused: [],
  };
  const rules: TableRule[] = [
    { table: 'order_items', duplicates: 'refuse', references: [], wholeParents: load.whole },
  ];
  const checked = await checkFiles(
    { run, files: [file], rules, tolerance: {}, redriven: null },
    { warehouse },
  );
  expect(checked.rows.refused).toBe(0);
  const plan = { run, batch, batchNumber: runs, feed: 'test', loadedAt: '2026-01-05T00:00:00.000Z' };
  await loadBatch(
    { ...plan, tables: checked.tables, rules, rows: checked.rows, redriven: null },
    { warehouse },
  );
  return batch;
}

async function stagedOutput(
  run: string,
  table: keyof typeof TABLES,
  rows: Row[],
): Promise<ValidatedFile['outputs'][number]> {
  const columns = [...TABLES[table], 'source_line'];
  const lines = rows.map((row, index) =>
    columns.map((column) => (column === 'source_line' ? index + 2 : (row[column] ?? ''))).join(','),
  );
  const object = { bucket: 'landing', key: `${run}/${table}.csv` };
  await objects.put(object, `${[columns.join(','), ...lines].join('\n')}\n`);
  return { table, object, columns, rows: rows.length };
}

async function seen(warehouse: AMemoryWarehouse): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(SEEN)) {
    const table = await warehouse.read({ sql, schema: 'retail', maxRows: 1000, timeoutMs: 30_000 });
    found[name] = table.rows;
  }
  return found;
}
