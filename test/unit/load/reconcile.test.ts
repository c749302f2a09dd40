import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readChecks } from '../../../etl/stages/check-rules.ts';
import { reconciliationState } from '../../../etl/stages/reconcile.ts';
import { AppError } from '../../../src/domain/app-error.ts';
import { type APipeline, aPipeline, type Files } from '../../support/a-pipeline.ts';
import { BRANCHES, CUSTOMERS, PRODUCTS } from '../../support/a-small-shop.ts';

// Whole loads: seconds on a machine that has other work to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let pipeline: APipeline;
beforeAll(async () => {
  pipeline = await aPipeline();
  await pipeline.load({ 'branches.csv': BRANCHES, 'customers.csv': CUSTOMERS, 'products.csv': PRODUCTS });
});
afterAll(() => pipeline.close());

/** check: [how many, off by] of the batch that these files make. */
async function findings(files: Files): Promise<Record<string, [string, string]>> {
  const run = await pipeline.load(files);
  expect(run.failure).toBeNull();
  const rows = await pipeline.rows(
    `select check_name, row_count, amount from ops.findings where batch_id = '${run.batch}'`,
  );
  expect(rows).toHaveLength(run.findings);
  return Object.fromEntries(rows.map(([check = '', count = '', amount = '']) => [check, [count, amount]]));
}

const ORDER_HEAD =
  'order_id,ordered_at,items_amount,tax_amount,shipping_amount,discount_amount,total_amount,stated_items';
const ITEM_HEAD = 'order_id,line_no,product_id,quantity,unit_price';

describe('reconciliation', () => {
  it('finds nothing where all adds up', async () => {
    expect(
      await findings({
        'orders.csv': `${ORDER_HEAD}\nr1,2026-01-01 10:00:00,20.00,4.00,3.00,2.00,25.00,2\n`,
        'order_items.csv': `${ITEM_HEAD}\nr1,1,p1,1,10\nr1,2,p2,1,10\n`,
        'payments.csv': 'payment_id,order_id,method,amount\npay-r1,r1,card,25.00\n',
        'refunds.csv': 'refund_id,order_id,refunded_at,amount\nref-r1,r1,2026-01-02 10:00:00,25.00\n',
      }),
    ).toEqual({});
  });

  it('finds totals, item sums, payments, refunds and counts that are off, to the cent', async () => {
    expect(
      await findings({
        'orders.csv': `${ORDER_HEAD}
r2,2026-01-03 10:00:00,20.00,4.00,3.00,2.00,25.01,2
r3,2026-01-03 11:00:00,19.99,,,,19.99,2
r4,2026-01-03 12:00:00,10.00,,,,10.00,1
r5,2026-01-06 12:00:00,,,,,,
`,
        'order_items.csv': `${ITEM_HEAD}
r2,1,p1,1,10
r2,2,p2,1,10
r3,1,p1,2,10
r4,1,p1,1,10
r4,2,p1,1,0
r4,3,p1,1,0
`,
        'payments.csv': 'payment_id,order_id,method,amount\npay-r4,r4,card,9.00\n',
        'refunds.csv': 'refund_id,order_id,refunded_at,amount\nref-r4,r4,2026-01-07 10:00:00,9.50\n',
      }),
    ).toEqual({
      'order-total': ['1', '0.0100'],
      'items-amount': ['1', '0.0100'],
      'payments-against-total': ['1', '1.0000'],
      'refunds-above-paid': ['1', '0.5000'],
      'orders-without-items': ['1', 'null'],
      'stated-items': ['1', 'null'],
      'day-gaps': ['3', 'null'],
    });
  });

  it('asks the rules one by one where all at once are too much for the warehouse', async () => {
    const { warehouse } = pipeline.needs;
    const asked: number[] = [];
    const run = await pipeline.load(
      {
        'orders.csv': `${ORDER_HEAD}\nw1,2026-01-04 10:00:00,20.00,,,,20.01,\nw2,2026-01-04 11:00:00,5.00,,,,5.00,\n`,
      },
      {},
      {
        ...pipeline.needs,
        warehouse: {
          ...warehouse,
          async read(query) {
            const rules = readChecks().filter(({ name }) => query.sql.includes(`'${name}'`)).length;
            if (rules > 0) asked.push(rules);
            if (rules > 1) throw new AppError('warehouse.too-large');
            return warehouse.read(query);
          },
        },
      },
    );
    expect(run).toMatchObject({ outcome: 'loaded', failure: null });
    const [together = 0, ...alone] = asked;
    expect(together).toBeGreaterThan(1);
    expect(alone).toEqual(Array.from({ length: together }, () => 1));
    expect(
      await pipeline.rows(
        `select row_count, amount from ops.findings where batch_id = '${run.batch}' and check_name = 'order-total'`,
      ),
    ).toEqual([['1', '0.0100']]);
  });

  it.each<[what: string, change: (staged: string) => string, said: string]>([
    [
      'another amount',
      (staged) => staged.replaceAll('20.00', '20.01'),
      'orders, items_amount: 50 were read and 50.01 staged',
    ],
    [
      'a row less',
      (staged) => staged.replace(/^.*\bd2\b.*\n/m, ''),
      'orders, rows: 2 were read and 1 staged',
    ],
  ])('loads nothing when what is staged is not what was read: %s', async (_what, change, said) => {
    const run = await pipeline.load(
      {
        'orders.csv': `${ORDER_HEAD}\nd1,2026-01-01 10:00:00,20.00,0,0,0,20.00,\nd2,2026-01-01 11:00:00,30.00,0,0,0,30.00,\n`,
      },
      {},
      {
        ...pipeline.needs,
        async failpoint(name) {
          if (name !== 'before-check') return;
          for await (const { ref } of pipeline.objects.list('landing', 'orders/')) {
            if (!ref.key.endsWith('1-orders.csv')) continue;
            const staged = await text((await pipeline.objects.get(ref)).body);
            await pipeline.objects.put(ref, change(staged));
          }
        },
      },
    );
    expect(run).toMatchObject({ outcome: 'failed', batch: null, failure: { code: 'rows.differ' } });
    expect(run.failure?.sentence).toContain(said);
  });

  it('finds rows that did not arrive, and KPIs that do not say what the facts say', async () => {
    const { needs } = pipeline;
    const run = await pipeline.load(
      {
        'orders.csv': `${ORDER_HEAD}\nk1,2026-01-01 10:00:00,20.00,0,0,0,20.00,\n`,
        'order_items.csv': `${ITEM_HEAD}\nk1,1,p1,1,10\nk1,2,p1,1,10\n`,
      },
      {},
      {
        ...needs,
        kpis: { ...needs.kpis, daily: async () => [] },
        async failpoint(name) {
          if (name === 'before-reconcile')
            await needs.warehouse.write({
              token: 'a-thief',
              steps: [{ sql: "delete from retail.order_items where order_id = 'k1' and line_no = 2" }],
            });
        },
      },
    );
    const found = await pipeline.rows(
      `select check_name, amount, examples from ops.findings where batch_id = '${run.batch}' and severity = 'error' order by 1`,
    );
    expect(run.findings).toBeGreaterThanOrEqual(2);
    expect(found.map(([check]) => check)).toEqual(['control-totals', 'kpis-differ']);
    expect(found[0]?.[2]).toContain('order_items: 2 rows to load, 1 in the warehouse');
    expect(found[0]?.[2]).toContain('order_items.gross_amount: 20 to load, 10 in the warehouse');
    expect(found[1]?.[2]).toContain('2026-01-01: nothing; should be');
  });

  it('says of a batch whether it is off, and by how much', () => {
    expect(reconciliationState([])).toEqual({ reconciled: 'reconciled', offBy: null });
    expect(reconciliationState([{ severity: 'info', amount: '5' }])).toEqual({
      reconciled: 'reconciled',
      offBy: null,
    });
    expect(
      reconciliationState([
        { severity: 'warning', amount: '0.01' },
        { severity: 'error', amount: '1.5' },
        { severity: 'warning', amount: null },
      ]),
    ).toEqual({ reconciled: 'off', offBy: '1.51' });
  });

  it('has a query for each check that shows the rows', async () => {
    const shown = await pipeline.rows(
      "select query from ops.findings where check_name = 'refunds-above-paid'",
    );
    expect(await pipeline.rows(String(shown[0]?.[0]))).toEqual([['r4', '0.5000']]);
    expect(readChecks().length).toBeGreaterThanOrEqual(8);
  });
});
