import { addYears, type Day } from '../../src/domain/day.ts';
import { createCsvFile, pounds } from './sample-data-files.ts';
import { writeBudgets, writeLedger, writeStockCounts } from './sample-data-money.ts';
import { writeOrders } from './sample-data-orders.ts';
import { BRANCHES, createRange } from './sample-data-shop.ts';

export type SampleOptions = {
  seed: number;
  /** Made when it is not there; files in it are overwritten. */
  folder: string;
  /** The first day without data: give today, and yesterday has its sales. */
  until: Day;
  years?: number;
  /** Orders a day, in times of the usual number; benchmarks use more. */
  scale?: number;
};

export type Sample = { orders: number; items: number; from: Day; files: string[] };

/**
 * Writes the sample company's files, as a shop system would drop them, for the built-in orders set.
 * The same seed and days give the same bytes. What is hidden in it, for questions and alerts to find:
 * a week in which the web shop failed, a branch that collapses in the last two months, a running shoe
 * that comes back, stock that ran out, late deliveries in December, and a few totals that do not add up.
 */
export function generateSample(options: SampleOptions): Sample {
  const { folder, seed, until } = options;
  const span = { from: addYears(until, -(options.years ?? 3)), until };
  writeBranches(folder);
  writeProducts(folder, seed);
  const { sales, orders, items } = writeOrders({ folder, seed, span, scale: options.scale ?? 1 });
  writeBudgets({ folder, seed, span, sales });
  writeLedger({ folder, seed, span, sales });
  writeStockCounts({ folder, seed, span });
  return { orders, items, from: span.from, files: SAMPLE_FILES };
}

export const SAMPLE_FILES = [
  'branches.csv',
  'products.csv',
  'customers.csv',
  'orders.csv',
  'order_items.csv',
  'payments.csv',
  'refunds.csv',
  'budgets.csv',
  'ledger_entries.csv',
  'stock_counts.csv',
];

function writeBranches(folder: string): void {
  const file = createCsvFile(folder, 'branches.csv', [
    'branch_id',
    'name',
    'kind',
    'city',
    'region',
    'country',
    'opened_on',
  ]);
  for (const branch of BRANCHES)
    file.row([branch.id, branch.name, branch.kind, branch.city, branch.region, 'GB', branch.openedOn]);
  file.close();
}

function writeProducts(folder: string, seed: number): void {
  const file = createCsvFile(folder, 'products.csv', [
    'product_id',
    'sku',
    'name',
    'category',
    'subcategory',
    'department',
    'brand',
    'unit_cost',
    'list_price',
    'weight_g',
  ]);
  for (const product of createRange(seed))
    file.row([
      product.id,
      product.sku,
      product.name,
      product.category,
      product.subcategory,
      product.department,
      product.brand,
      pounds(product.costPence),
      pounds(product.pricePence),
      product.weightG,
    ]);
  file.close();
}
