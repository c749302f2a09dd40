import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardCatalogue } from '../../../src/guard/vet-catalogue.ts';
import { createGuard } from '../../../src/guard/vet-sql.ts';
import { fillTemplate, loadTemplates } from '../../../src/model/template.ts';
import { readCatalogue } from '../../../src/warehouse/catalogue.ts';
import { type AWarehouse, aWarehouse } from '../../support/a-warehouse.ts';
import { fillSmallShop } from './small-shop.ts';

const templates = loadTemplates(new URL('../../../sql-templates/questions/', import.meta.url).pathname);
const names = [...templates.keys()];
const FIRST_QUARTER = {
  from: '2025-01-01',
  to: '2025-04-01',
  until: '2025-03-31',
  invoice: 'O1',
  order: 'o1',
  what: 'sales',
  customer: 'c1',
  category: 'boots',
  product: 'sandal',
};

let empty: AWarehouse;
let shop: AWarehouse;
beforeAll(async () => {
  empty = await aWarehouse();
  shop = await aWarehouse();
  await fillSmallShop(shop.warehouse);
});
afterAll(async () => {
  await empty.close();
  await shop.close();
});

async function run(from: AWarehouse, name: string, parameters: Record<string, string | number> = {}) {
  const filled = fillTemplate(templates, name, { ...FIRST_QUARTER, ...parameters });
  if (!filled) throw new Error(`no template ${name}`);
  const table = await from.warehouse.read({ ...filled, schema: 'retail', maxRows: 1000, timeoutMs: 10_000 });
  return { filled, table };
}

/** The rows with decimals as short as they can be. */
async function rows(name: string, parameters: Record<string, string | number> = {}) {
  const { table } = await run(shop, name, parameters);
  return table.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell) ? Number(cell) : cell)),
  );
}

describe('every vetted question', () => {
  it.each(names)('%s passes the guard and reads the tables that it names', async (name) => {
    const guard = createGuard({ catalogue: guardCatalogue(await readCatalogue()) });
    const filled = fillTemplate(templates, name, FIRST_QUARTER);
    const verdict = guard.vet(filled?.sql ?? '', { params: filled?.params ?? {} });
    expect(verdict).toMatchObject({ verdict: 'accepted', tables: [...(filled?.tables ?? [])].sort() });
  });

  it.each(names)('%s runs on an empty warehouse and has the columns that it names', async (name) => {
    const { filled, table } = await run(empty, name);
    expect(table.columns.map(({ name: column, type }) => ({ name: column, type }))).toEqual(
      filled.columns.map(({ name: column, type }) => ({ name: column, type })),
    );
    expect(table.rows).toEqual([]);
  });
});

describe('vetted questions over a small shop give what was summed by hand', () => {
  const cases: [name: string, expected: unknown[][], parameters?: Record<string, string | number>][] = [
    [
      'refunds-trend',
      [
        ['2025-01-01', 0, 0, 150, null],
        ['2025-02-01', 1, 50, 260, 0.1923],
        ['2025-03-01', 1, 40, 80, 0.5],
      ],
    ],
    [
      'data-freshness',
      [
        ['orders', '2025-01-10', '2025-03-12', 5],
        ['payments', '2025-01-10', '2025-03-03', 5],
        ['refunds', '2025-02-15', '2025-03-20', 2],
        ['ledger entries', '2025-01-31', '2025-02-01', 4],
        ['stock counts', '2025-02-01', '2025-03-01', 4],
      ],
    ],
    ['first-and-last-order', [['2025-01-10', '2025-03-12', 5]]],
    [
      'first-and-last-sale',
      [['2025-02-20', '2025-02-20', 1, 1]],
      { product: 'all', category: 'Boots', branch: 'North' },
    ],
    ['customer-first-and-last-order', [['2025-01-10', '2025-02-05', 2]], { customer: 'c1' }],
    ['unsold-products', [['Lace', 'C', 'Care', null, 1]]],
    ['order-totals-off', [['O3', '2025-02-20', 'North', 160, 0, 0, 0, 165, 5]]],
    ['order-items-off', [['O4', '2025-03-03', 101, 100, 1]]],
    ['orders-without-items', [['O5', '2025-03-12', 'created', 'B1', null, null, 1]]],
    [
      'customer-cohorts',
      [
        ['2025-01-01', 0, 1, 1, 1],
        ['2025-01-01', 1, 1, 1, 1],
        ['2025-02-01', 0, 1, 1, 1],
        ['2025-02-01', 1, 1, 1, 1],
        ['2025-03-01', 0, 1, 1, 1],
      ],
    ],
    [
      'repeat-rate',
      [
        ['1', 1, 0.3333, 80, 0.1633],
        ['2', 2, 0.6667, 410, 0.8367],
      ],
    ],
    [
      'rfm-segments',
      [
        ['Lost', 1, 26, 2, 250, 0.5102],
        ['Cooling', 1, 11, 1, 160, 0.3265],
        ['Loyal', 1, 0, 1, 80, 0.1633],
      ],
    ],
    ['basket-pairs', [['Boot', 'Sandal', 2, 0.6667, 0.89]]],
    ['bought-with-category', [['Sandal', 'Sandals', 2, 0.6667, 3]], { category: 'boots' }],
    ['bought-with-product', [['Boot', 'Boots', 2, 0.6667, 3]], { product: 'sandal' }],
    ['abc-products', [['A', 2, 1, 490, 1]]],
    [
      'slow-movers',
      [
        ['Sandal', 'Sandals', 4, '2025-03-03', 10, 100],
        ['Lace', 'Care', 0, null, 5, 5],
        ['Boot', 'Boots', 3, '2025-02-20', 0, 0],
      ],
    ],
    ['slow-movers', [['Lace', 'Care', 0, null, 5, 5]], { most_units: 0 }],
    [
      'new-and-returning',
      [
        ['2025-01-01', 1, 0, 150, 0, 0],
        ['2025-02-01', 1, 1, 160, 100, 0.3846],
        ['2025-03-01', 1, 0, 80, 0, 0],
      ],
    ],
    [
      'late-orders',
      [
        ['O3', '2025-02-20', 'North', '2025-02-25 00:00:00', null, 'overdue', 34, 2],
        ['O2', '2025-02-05', 'Centre', '2025-02-09 00:00:00', '2025-02-11 10:15:00', 'late', 2, 2],
      ],
    ],
    [
      'delivery-time-by-region',
      [
        ['MD', 2, 5, 5, 5.8, 1, 0.5],
        ['Italy', 1, 2, 2, 2, 0, 0],
      ],
    ],
    [
      'tax-due',
      [
        ['2025-01-01', 100, 0, 100, 1],
        ['2025-02-01', 0, 40, -40, 1],
      ],
    ],
    [
      'open-approvals',
      [['2025-02-01', 'expense', 50, 'Rent', 'Centre', null, 'Rent', 'Aisha', '2025-02-02', 'r2']],
    ],
    [
      'records-by-person',
      [
        ['Aisha', 2, 100, 0, 2, 0, 0],
        ['Dana', 0, 0, 1, 1, 0, 0],
        ['Mara', 0, 0, 0, 0, 1, 1],
      ],
    ],
    ['declined-records', [['2025-02-06', 'expense', 50, 'Rent', 'Rent', 'Dana', 'Mara', null, 'r4']]],
    [
      'money-records',
      [
        ['2025-02-07', 'reversal', 50, 'Rent', 'Centre', 'Not ours', 'Dana', 'in the books', null, 'r5'],
        ['2025-02-01', 'expense', 50, 'Rent', 'Centre', 'Rent', 'Dana', 'declined', 'Mara', 'r4'],
        ['2025-02-01', 'income', 50, 'Rent', 'company', 'Rent', 'Aisha', 'in the books', 'Mara', 'r3'],
        ['2025-02-01', 'expense', 50, 'Rent', 'Centre', 'Rent', 'Aisha', 'waiting for approval', null, 'r2'],
        ['2025-02-01', 'expense', 50, 'Rent', 'Centre', 'Rent', 'Aisha', 'reversed', null, 'r1'],
      ],
    ],
    [
      'ledger-against-budget',
      [
        ['4000', 'Sales', 'Centre', 500, 450, 50, 0.1111],
        ['6000', 'Rent', 'Centre', 200, 180, 20, 0.1111],
      ],
    ],
    [
      'trial-balance',
      [
        ['1000', 'Bank', 'asset', 500, 200, 300],
        ['4000', 'Sales', 'income', 0, 500, -500],
        ['6000', 'Rent', 'expense', 200, 0, 200],
      ],
    ],
    [
      'trial-balance',
      [
        ['1000', 'Bank', 'asset', 500, 0, 500],
        ['4000', 'Sales', 'income', 0, 500, -500],
      ],
      { until: '2025-01-31' },
    ],
    [
      'lapsed-customers',
      [
        ['P1', '2025-02-05', 2, 250, 2],
        ['P2', '2025-02-20', 1, 160, 2],
      ],
      { from: '2025-03-01' },
    ],
    ['price-changes', [['Boot', 'Boots', '2025-01-01', 100, '2025-02-01', 110, 10, 0.1]]],
    [
      'weekday-and-hour',
      [
        ['Monday', 9, 1, 0.2, 80],
        ['Wednesday', 10, 1, 0.2, 100],
        ['Wednesday', 14, 1, 0.2, 0],
        ['Thursday', 9, 1, 0.2, 160],
        ['Friday', 9, 1, 0.2, 150],
      ],
    ],
    ['top-customers', [['P1', 'Spain', 2, 250, 0.5102, '2025-02-05']], { top: 1 }],
    [
      'payment-mix',
      [
        ['card', 3, 3, 360, 0.72, 1],
        ['boleto', 1, 1, 80, 0.16, 2],
        ['voucher', 1, 1, 60, 0.12, 1],
      ],
    ],
    ['stock-outs', [['Centre', 'Boot', 'Boots', '2025-03-01', 0, 2, 200]]],
    [
      'discount-effect',
      [
        ['none', 4, 4, 0, 310, 0.6327, 0.6774],
        ['up to 10 %', 1, 1, 10, 100, 0.2041, 0.6],
        ['10 to 20 %', 1, 2, 20, 80, 0.1633, 0.75],
      ],
    ],
    [
      'second-purchase',
      [
        ['8 to 30 days', 2, 0.6667],
        ['no second order yet', 1, 0.3333],
      ],
    ],
    [
      'invoice-lines',
      [
        ['O1', '2025-01-10', 1, 'Boot', 'sale', 1, 100, 100],
        ['O1', '2025-01-10', 2, 'Sandal', 'sale', 1, 50, 50],
      ],
    ],
    [
      'branch-list',
      [
        ['Centre', null, null, null, null, null, 'B1', null, 2],
        ['North', null, null, null, null, null, 'B2', null, 2],
      ],
      { from: '1900-01-01', to: '3000-01-01' },
    ],
    [
      'branches-without',
      [['Centre', null, 'no sales', null, 'Centre']],
      { product: 'all', category: 'all', from: '2025-03-01' },
    ],
    [
      'order-details',
      [
        [
          'O1',
          '2025-01-10',
          'delivered',
          155,
          150,
          5,
          0,
          0,
          2,
          2,
          'Centre',
          null,
          null,
          'c1',
          'card',
          155,
          null,
          '2025-01-15',
          '2025-01-14',
          'on time',
          50,
          1,
          null,
        ],
      ],
    ], // prettier-ignore
    [
      'customer-invoices',
      [
        ['O2', '2025-02-05', 'sale', 'delivered', 1, 100],
        ['O1', '2025-01-10', 'sale', 'delivered', 2, 150],
      ],
    ],
    [
      'uploads',
      [
        [
          expect.stringMatching(/^2025-03-02 10/),
          'Ann',
          'feb2.xlsx',
          'expenses',
          '2025-02-01',
          '2025-02-28',
          3,
          0,
          'in, instead of feb.xlsx',
          'b2',
        ],
        [
          expect.stringMatching(/^2025-03-01 09/),
          'Ann',
          'feb.xlsx',
          'expenses',
          '2025-02-01',
          '2025-02-28',
          3,
          1,
          'taken back',
          'b1',
        ],
      ],
    ],
    [
      'upload-changes',
      [[expect.stringMatching(/^2025-03-02 10/), 'feb2.xlsx', 'expenses', 'Travel', 2, 2, 90, 95.5, 5.5]],
    ],
  ];

  it.each(cases)('%s', async (name, expected, parameters) => {
    expect(await rows(name, parameters)).toEqual(expected);
  });

  it('checks each template at least once', () => {
    expect(names.filter((name) => !cases.some(([checked]) => checked === name))).toEqual([]);
  });

  it('leaves out what is outside the period', async () => {
    expect(await rows('payment-mix', { from: '2025-03-01' })).toEqual([['boleto', 1, 1, 80, 1, 2]]);
  });
});
