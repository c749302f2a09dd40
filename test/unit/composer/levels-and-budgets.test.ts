import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/composer/compose-query.ts';
import { type MetricQuery, metricQuery } from '../../../src/domain/metric-query.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { rows } from './some-retail.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
let at: AWarehouse;

beforeAll(async () => {
  at = await aWarehouse();
  const count = (branch: string, product: string, day: string, quantity: number) => [
    branch,
    product,
    day,
    quantity,
    'b',
  ];
  const entry = (
    id: string,
    day: string,
    account: string,
    kind: string,
    branch: string,
    debit: number,
    credit: number,
  ) => [
    id,
    id,
    day,
    account.slice(0, 1),
    account,
    kind,
    branch,
    debit,
    credit,
    debit - credit,
    0,
    'EUR',
    'b',
  ];
  const budget = (id: string, month: string, account: string, branch: string, amount: number) => [
    id,
    'budget',
    month,
    account,
    branch,
    'expense',
    amount,
    'EUR',
    'b',
  ];
  await at.warehouse.write({
    token: 'levels',
    steps: [
      rows(
        'branches',
        ['branch_id', 'name', 'batch_id'],
        [
          ['B1', 'North', 'b'],
          ['B2', 'South', 'b'],
        ],
      ),
      rows(
        'products',
        ['product_id', 'name', 'category', 'unit_cost', 'batch_id'],
        [
          ['p1', 'Boot', 'Boots', 2.5, 'b'],
          ['p2', 'Shoe', 'Shoes', null, 'b'],
        ],
      ),
      rows(
        'stock_counts',
        ['branch_id', 'product_id', 'counted_on', 'quantity', 'batch_id'],
        [
          count('B1', 'p1', '2025-01-10', 10),
          count('B1', 'p1', '2025-02-10', 4),
          count('B1', 'p1', '2025-03-10', 0),
          count('B2', 'p1', '2025-01-20', 7),
          count('B2', 'p2', '2025-02-05', 3),
        ],
      ),
      rows(
        'ledger_entries',
        [
          'entry_id',
          'journal_id',
          'entry_date',
          'account_code',
          'account_name',
          'account_kind',
          'branch_id',
          'debit',
          'credit',
          'amount',
          'tax_amount',
          'currency',
          'batch_id',
        ],
        [
          entry('e1', '2025-01-05', 'Rent', 'expense', 'B1', 100, 0),
          entry('e2', '2025-02-05', 'Rent', 'expense', 'B1', 110, 0),
          entry('e3', '2025-02-06', 'Power', 'expense', 'B2', 40, 0),
          entry('e4', '2025-02-07', 'Bank', 'asset', 'B1', 0, 150),
          entry('e5', '2025-02-08', 'Fees', 'income', 'B2', 0, 30),
        ],
      ),
      rows(
        'budgets',
        [
          'budget_id',
          'scenario',
          'month_start',
          'account_name',
          'branch_id',
          'measure',
          'amount',
          'currency',
          'batch_id',
        ],
        [
          budget('b1', '2025-02-01', 'Rent', 'B1', 100),
          budget('b2', '2025-02-01', 'Cleaning', 'B2', 25),
          budget('b3', '2025-03-01', 'Rent', 'B1', 100),
        ],
      ),
    ],
  });
});
afterAll(() => at.close());

async function run(
  part: Partial<MetricQuery> & { metrics: string[] },
): Promise<(string | number | null)[][]> {
  const outcome = compileQuery(metricQuery(part), model);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const { sql, params } = outcome.compiled;
  const table = await at.warehouse.read({ sql, params, schema: 'retail', maxRows: 100, timeoutMs: 20_000 });
  return table.rows.map((row) =>
    row.map((cell) =>
      typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell) ? Number(cell) : (cell as string | number | null),
    ),
  );
}

describe('levels', () => {
  it('are as at the end of the period: the last count of each product and branch', async () => {
    expect(
      await run({ metrics: ['stock_on_hand'], period: { from: '2025-02-01', to: '2025-03-01' } }),
    ).toEqual([[4 + 7 + 3]]);
    expect(await run({ metrics: ['stock_on_hand'] })).toEqual([[0 + 7 + 3]]);
    expect(await run({ metrics: ['stock_on_hand'], dimensions: ['branch'] })).toEqual([
      ['South', 10],
      ['North', 0],
    ]);
  });

  it('stand at each end of a month, also where nothing was counted in it', async () => {
    expect(
      await run({
        metrics: ['stock_on_hand'],
        grain: 'month',
        period: { from: '2025-01-01', to: '2025-05-01' },
      }),
    ).toEqual([
      ['2025-01-01', 17],
      ['2025-02-01', 14],
      ['2025-03-01', 10],
      ['2025-04-01', 10],
    ]);
  });

  it('add up entries from the beginning: a balance', async () => {
    expect(
      await run({
        metrics: ['ledger_balance'],
        grain: 'month',
        period: { from: '2025-01-01', to: '2025-04-01' },
      }),
    ).toEqual([
      ['2025-01-01', 100],
      ['2025-02-01', 70],
      ['2025-03-01', 70],
    ]);
    expect(
      await run({ metrics: ['ledger_movement'], period: { from: '2025-02-01', to: '2025-03-01' } }),
    ).toEqual([[-30]]);
  });

  it('are valued only where the cost is known, and count what is out of stock', async () => {
    expect(await run({ metrics: ['stock_value'] })).toEqual([[17.5]]);
    expect(await run({ metrics: ['stock_value'], dimensions: ['category'] })).toEqual([
      ['Boots', 17.5],
      ['Shoes', null],
    ]);
    expect(await run({ metrics: ['out_of_stock_products', 'stocked_products'] })).toEqual([[1, 2]]);
  });
});

describe('budgets', () => {
  const period = { from: '2025-02-01', to: '2025-03-01' };

  it('stand beside what was spent, also for accounts that only one of them has', async () => {
    const got = await run({
      metrics: ['expenses', 'expense_budget', 'expense_variance'],
      dimensions: ['account'],
      period,
    });
    expect(got).toEqual([
      ['Rent', 110, 100, 10],
      ['Power', 40, null, 40],
      ['Cleaning', 0, 25, -25],
    ]);
  });

  it('give variance and use in percent', async () => {
    expect(await run({ metrics: ['expense_variance_rate', 'budget_used', 'ledger_profit'], period })).toEqual(
      [[0.2, 1.2, -120]],
    );
  });

  it('are unknown, not zero, where there are none', async () => {
    expect(
      await run({
        metrics: ['expense_budget', 'expense_variance'],
        period: { from: '2025-06-01', to: '2025-07-01' },
      }),
    ).toEqual([[null, null]]);
  });
});
