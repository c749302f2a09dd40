import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rerun, undo } from '../../etl/pipeline/run-care.ts';
import { refusedRowsCsv } from '../../src/runs/refused-rows.ts';
import { type APipeline, aPipeline } from '../support/a-pipeline.ts';
import { BRANCHES, CUSTOMERS, ITEMS, ORDERS, PRODUCTS, SHOP } from '../support/a-small-shop.ts';

// Whole loads: seconds on a machine that has other work to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const REVENUE = 'select order_date, sum(net_amount) from retail.order_items group by 1 order by 1';
const EVERYTHING = `select 'batches', count(*) from ops.load_batches
union all select 'orders', count(*) from retail.orders
union all select 'items', count(*) from retail.order_items
union all select 'products', count(*) from retail.products
union all select 'history', (select count(*) from history.orders) + (select count(*) from history.order_items)
order by 1`;
const STAGED = "select table_name from information_schema.tables where table_schema = 'staging'";

let pipeline: APipeline;

async function stagedObjects(): Promise<string[]> {
  const keys: string[] = [];
  for await (const info of pipeline.objects.list('landing', '')) keys.push(info.ref.key);
  return keys.filter((key) => !/^(?:landing|journal)\//.test(key));
}

describe('a set of files', () => {
  beforeAll(async () => {
    pipeline = await aPipeline();
  });
  afterAll(() => pipeline.close());

  it('is loaded whole, counted, reconciled, and told once', async () => {
    const run = await pipeline.load(SHOP);
    expect(run).toMatchObject({
      outcome: 'loaded',
      feed: 'orders',
      rows: { read: 15, loaded: 15, refused: 0, waiting: 0 },
      touchedDays: ['2026-02-01', '2026-02-02'],
      failure: null,
      announced: true,
    });
    expect(run.files.map(({ name, rows }) => [name, rows.loaded])).toEqual([
      ['branches.csv', 2],
      ['customers.csv', 2],
      ['order_items.csv', 5],
      ['orders.csv', 3],
      ['products.csv', 3],
    ]);
    expect(await pipeline.rows(REVENUE)).toEqual([
      ['2026-02-01', '176.5000'],
      ['2026-02-02', '60.3300'],
    ]);
    expect(pipeline.notices.map(({ headline }) => headline)).toEqual(['Loaded orders: 15 rows']);
    expect(await pipeline.rows(STAGED)).toEqual([]);
    expect(await stagedObjects()).toEqual([]);
  });

  it('gives KPIs by category, branch and day', async () => {
    expect(await pipeline.needs.kpis.byCategory('Clogs', '2026-01-01', '2027-01-01')).toEqual([
      {
        category: 'Clogs',
        orderDate: '2026-02-01',
        dailyRevenue: '76.5',
        avgOrderValue: '38.25',
        avgReturnRate: '0.333333',
      },
    ]);
    expect(await pipeline.needs.kpis.daily('2026-02-01', '2026-02-03')).toMatchObject([
      { totalOrders: 2, totalRevenue: '176.5', totalItemsSold: 4, returnRate: '0.25', uniqueCustomers: 2 },
      { totalOrders: 1, totalRevenue: '60.33', returnRate: '0', uniqueCustomers: 1 },
    ]);
    expect(await pipeline.needs.kpis.byBranch('b1', '2026-02-01', '2026-02-03')).toMatchObject([
      { totalOrders: 1, totalRevenue: '125.5' },
      { totalOrders: 1, totalRevenue: '60.33' },
    ]);
  });

  it('that comes again is a duplicate and changes nothing; run again on purpose it writes no KPI', async () => {
    const before = await pipeline.rows(EVERYTHING);
    const again = await pipeline.load(SHOP);
    expect(again).toMatchObject({ outcome: 'duplicate', batch: null, rows: { read: 0, loaded: 0 } });
    expect(await pipeline.rows(EVERYTHING)).toEqual(before);
    const forced = await rerun(again.id, 'test', pipeline.needs);
    expect(forced).toMatchObject({ outcome: 'loaded', rows: { read: 15, loaded: 15 }, touchedDays: [] });
    expect(forced.outputs['refresh-kpis']).toMatchObject({ written: 0 });
    expect(await pipeline.rows(REVENUE)).toEqual([
      ['2026-02-01', '176.5000'],
      ['2026-02-02', '60.3300'],
    ]);
    await undo(forced.batch ?? '', pipeline.needs);
    expect((await pipeline.rows(EVERYTHING)).slice(1)).toEqual(before.slice(1));
  });

  it('with one corrected day writes the keys of that day alone, and can be taken back', async () => {
    const corrected = ITEMS.replace('o3,2,p3,1,10.33', 'o3,2,p3,1,11.33');
    const run = await pipeline.load({ 'order_items.csv': corrected });
    expect(run).toMatchObject({ outcome: 'loaded', touchedDays: ['2026-02-02'] });
    // Care of that day, the day, and the branch of that day.
    expect(run.outputs['refresh-kpis']).toMatchObject({ written: 3, unchanged: 1, removed: 0 });
    expect((await pipeline.rows(REVENUE))[1]).toEqual(['2026-02-02', '61.3300']);
    const undone = await undo(run.batch ?? '', pipeline.needs);
    expect(undone).toMatchObject({ removed: 1, restored: 1, touchedDays: ['2026-02-02'] });
    expect((await pipeline.rows(REVENUE))[1]).toEqual(['2026-02-02', '60.3300']);
    expect(await pipeline.needs.kpis.byCategory('Care', '2026-02-02', '2026-02-03')).toMatchObject([
      { dailyRevenue: '10.33' },
    ]);
    expect(await pipeline.needs.runLog.find(run.id)).toMatchObject({ outputs: { undo: 'done' } });
    await expect(undo(run.batch ?? '', pipeline.needs)).rejects.toMatchObject({
      code: 'batch.already-undone',
    });
  });

  it('may be loaded again once it was undone', async () => {
    const files = { 'products.csv': 'product_id,name,category\np9,Sole,Care\n' };
    const first = await pipeline.load(files);
    expect((await pipeline.load(files)).outcome).toBe('duplicate');
    await undo(first.batch ?? '', pipeline.needs);
    expect((await pipeline.load(files)).outcome).toBe('loaded');
  });
});

describe('what may not be loaded', () => {
  let before: string[][];

  beforeAll(async () => {
    pipeline = await aPipeline({ lockWaitMs: 50 });
    await pipeline.load({ 'products.csv': PRODUCTS, 'branches.csv': BRANCHES, 'customers.csv': CUSTOMERS });
    before = await pipeline.rows(EVERYTHING);
  });
  beforeEach(() => {
    pipeline.notices.length = 0;
  });
  afterAll(() => pipeline.close());

  const cases: {
    what: string;
    files: Record<string, string | Buffer>;
    code: string;
    says: RegExp;
    stage?: string;
  }[] = [
    {
      what: 'a missing column',
      files: { 'orders.csv': ORDERS, 'order_items.csv': ITEMS.replaceAll('quantity', 'menge') },
      code: 'file.missing-column',
      says: /order_items\.csv.*quantity/s,
      stage: 'validate',
    },
    {
      what: 'a cell of the wrong type',
      files: { 'orders.csv': ORDERS, 'order_items.csv': ITEMS.replace('100.00', 'ten') },
      code: 'rows.refused',
      says: /1 of 8 rows were refused.*order_items\.csv, line 2.*ten/s,
      stage: 'check',
    },
    {
      what: 'a product that nobody knows',
      files: { 'orders.csv': ORDERS, 'order_items.csv': ITEMS.replace('p3', 'p77') },
      code: 'rows.refused',
      says: /No row of products.*order_items\.csv, line 6.*p77/s,
      stage: 'check',
    },
    {
      what: 'a key that comes twice with other values',
      files: { 'orders.csv': `${ORDERS}o1,2026-02-03 10:00:00,b1,c1,,\n`, 'order_items.csv': ITEMS },
      code: 'rows.refused',
      says: /same key.*orders\.csv, line (2|5)/s,
      stage: 'check',
    },
    {
      what: 'an empty file',
      files: { 'orders.csv': '', 'order_items.csv': ITEMS },
      code: 'file.empty',
      says: /orders\.csv/,
      stage: 'receive',
    },
    {
      what: 'a file that is no table',
      files: { 'orders.csv': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 0]) },
      code: 'file.not-text',
      says: /orders\.csv/,
      stage: 'receive',
    },
    {
      what: 'a line that does not end',
      files: { 'orders.csv': `${ORDERS}${'x'.repeat(5_000_000)}`, 'order_items.csv': ITEMS },
      code: 'file.line-too-long',
      says: /orders\.csv.*line 5/is,
      stage: 'validate',
    },
  ];
  for (const { what, files, code, says, stage } of cases)
    it(`is a set with ${what}: the run says so and where, and nothing is loaded`, async () => {
      const run = await pipeline.load(files);
      expect(run.failure).toMatchObject({ code, ...(stage ? { stage } : {}) });
      expect(run.failure?.sentence).toMatch(says);
      expect(run).toMatchObject({ outcome: 'failed', batch: null, announced: true });
      expect(run.rows.loaded).toBe(0);
      expect(run.rows.read).toBe(run.rows.refused + run.rows.waiting);
      for (const { rows } of run.files) expect(rows.read).toBe(rows.loaded + rows.refused + rows.waiting);
      expect(pipeline.notices.map((notice) => notice.headline)).toEqual([
        expect.stringMatching(new RegExp(`^(orders|orders\\.csv.*) was not loaded: it failed at ${stage}$`)),
      ]);
      expect(await pipeline.rows(EVERYTHING)).toEqual(before);
      expect(await pipeline.rows(STAGED)).toEqual([]);
      expect(await stagedObjects()).toEqual([]);
      const refused = await refusedRowsCsv(run.id, pipeline.needs.warehouse);
      if (run.rows.refused > 0) expect(refused?.name).toBe(`refused-${run.id}.csv`);
      else expect(refused).toBeNull();
    });

  it('is a file that was gone before it was read', async () => {
    const object = { bucket: 'ingestion', key: 'gone.csv' };
    const run = await pipeline.load({}, { files: [{ name: 'orders.csv', object }] });
    expect(run.failure).toMatchObject({ code: 'file.vanished', stage: 'receive' });
    expect(run.failure?.sentence).toMatch(/gone before it could be read.*orders\.csv/);
    expect(await pipeline.rows(EVERYTHING)).toEqual(before);
  });

  it('lists each refused row with file, line, column, value and reason', async () => {
    const run = await pipeline.load({
      'orders.csv': ORDERS,
      'order_items.csv': ITEMS.replace('p3', 'p77').replace('100.00', 'ten'),
    });
    const refused = await refusedRowsCsv(run.id, pipeline.needs.warehouse);
    const lines = new TextDecoder().decode(refused?.csv).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^order_items\.csv,2,unit_price,ten,.+,"o1,1,p1,1,ten,0"$/);
    expect(lines[2]).toMatch(/^order_items\.csv,6,product_id,p77,.*No row of products/);
  });

  it('waits for a warehouse that another process writes, then fails and may be run again', async () => {
    const { lockForWriting } = await import('../../src/adapters/duckdb-writer-lock.ts');
    const release = await lockForWriting(pipeline.folder, 1000);
    const run = await pipeline.load({ 'orders.csv': ORDERS, 'order_items.csv': ITEMS });
    await release();
    expect(run.failure).toMatchObject({ code: 'warehouse.locked', stage: 'check' });
    expect(run.failure?.sentence).toMatch(/written by another process.*Process \d+/s);
    expect(await pipeline.rows(EVERYTHING)).toEqual(before);
    expect((await rerun(run.id, 'test', pipeline.needs)).outcome).toBe('loaded');
  });
});
