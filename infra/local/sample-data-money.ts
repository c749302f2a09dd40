import { addDays, addMonths, type Day, isoWeekday, startOfMonth } from '../../src/domain/day.ts';
import { LEDGER_LINE_COLUMNS } from '../../src/domain/ledger-columns.ts';
import { createCsvFile, pounds } from './sample-data-files.ts';
import type { MonthOfSales, SampleSpan } from './sample-data-orders.ts';
import { createRandom } from './sample-data-random.ts';
import { BRANCHES, type Branch, createRange } from './sample-data-shop.ts';

/** The feed of the sample has one currency. */
const COLUMNS = LEDGER_LINE_COLUMNS.filter((column) => column !== 'currency');

type Account = { code: string; name: string; kind: 'asset' | 'liability' | 'income' | 'expense' };

const BANK: Account = { code: '1200', name: 'Bank', kind: 'asset' };
const STOCK: Account = { code: '1400', name: 'Stock', kind: 'asset' };
const TAX: Account = { code: '2200', name: 'Value added tax', kind: 'liability' };
const SALES: Account = { code: '4000', name: 'Sales', kind: 'income' };
const SHIPPING: Account = { code: '4100', name: 'Shipping charged', kind: 'income' };
const GOODS: Account = { code: '5000', name: 'Cost of goods sold', kind: 'expense' };
const RENT: Account = { code: '6100', name: 'Rent', kind: 'expense' };
const WAGES: Account = { code: '6200', name: 'Wages', kind: 'expense' };
const ENERGY: Account = { code: '6300', name: 'Energy', kind: 'expense' };
const MARKETING: Account = { code: '6400', name: 'Marketing', kind: 'expense' };
const EXPENSES = [RENT, WAGES, ENERGY, MARKETING];
const COUNTERPARTIES: Record<string, string> = {
  [RENT.code]: 'Highstreet Lettings (example)',
  [WAGES.code]: 'Payroll',
  [ENERGY.code]: 'Brightgrid Energy (example)',
  [MARKETING.code]: 'Poster & Pixel (example)',
};
const STOCK_WEEKS = 8;

type Options = { folder: string; seed: number; span: SampleSpan; sales: readonly MonthOfSales[] };

/** Writes the ledger: for each branch and whole month its sales, goods and expenses, each journal balanced. */
export function writeLedger({ folder, seed, span, sales }: Options): void {
  const random = createRandom(seed ^ 0x1ed9e4);
  const file = createCsvFile(folder, 'ledger_entries.csv', COLUMNS);
  const bySales = new Map(sales.map((one) => [`${one.branch} ${one.month}`, one]));
  let journals = 0;
  const journal = (
    day: Day,
    branch: Branch,
    counterparty: string,
    text: string,
    lines: [account: Account, debit: number, credit: number, taxCode?: string, tax?: number][],
  ) => {
    journals += 1;
    const id = `J${String(journals).padStart(6, '0')}`;
    lines
      .filter(([, debit, credit]) => debit !== 0 || credit !== 0)
      .forEach(([account, debit, credit, taxCode = '', tax = 0], i) => {
        file.row([
          `${id}-${i + 1}`,
          id,
          day,
          account.code,
          account.name,
          account.kind,
          branch.id,
          counterparty,
          `${account.kind === 'expense' ? 'ER' : 'MS'}-${id.slice(1)}`,
          text,
          pounds(debit),
          pounds(credit),
          taxCode,
          pounds(tax),
        ]);
      });
  };
  for (const month of wholeMonths(span)) {
    const last = addDays(addMonths(month, 1), -1);
    const named = month.slice(0, 7);
    for (const branch of BRANCHES) {
      const sold = bySales.get(`${branch.id} ${named}`);
      if (sold) {
        journal(last, branch, 'Customers', `Sales of ${named}`, [
          [BANK, sold.net + sold.tax + sold.shipping, 0],
          [SALES, 0, sold.net, 'S20', sold.tax],
          [SHIPPING, 0, sold.shipping],
          [TAX, 0, sold.tax],
        ]);
        journal(last, branch, 'Own stock', `Goods sold in ${named}`, [
          [GOODS, sold.cost, 0],
          [STOCK, 0, sold.cost],
        ]);
      }
      for (const account of EXPENSES) {
        const planned = plannedExpense(branch, account, month);
        const paid = account === RENT ? planned : Math.round(planned * (0.9 + random.next() * 0.22));
        journal(
          addDays(month, random.between(2, 24)),
          branch,
          COUNTERPARTIES[account.code] ?? '',
          `${account.name} ${named}`,
          [
            [account, paid, 0],
            [BANK, 0, paid],
          ],
        );
      }
    }
  }
  file.close();
}

/** Writes budgets of revenue and expenses for each branch and month, through the end of the year. */
export function writeBudgets({ folder, seed, span, sales }: Options): void {
  const random = createRandom(seed ^ 0xb0d9e7);
  const file = createCsvFile(folder, 'budgets.csv', [
    'scenario',
    'month',
    'account_code',
    'account_name',
    'branch_id',
    'measure',
    'amount',
  ]);
  const sold = new Map(sales.map((one) => [`${one.branch} ${one.month}`, one.net]));
  const end = `${addDays(span.until, -1).slice(0, 4)}-12-01`;
  for (let month = startOfMonth(span.from); month <= end; month = addMonths(month, 1)) {
    for (const branch of BRANCHES) {
      // Last year plus four per cent, where there is a last year; in round hundreds.
      const before = sold.get(`${branch.id} ${addMonths(month, -12).slice(0, 7)}`);
      const base = before ?? branch.daily * 30 * 8_000 * (0.85 + random.next() * 0.2);
      file.row([
        'budget',
        month,
        SALES.code,
        SALES.name,
        branch.id,
        'revenue',
        pounds(Math.round((base * 1.04) / 10_000) * 10_000),
      ]);
      for (const account of EXPENSES)
        file.row([
          'budget',
          month,
          account.code,
          account.name,
          branch.id,
          'expense',
          pounds(plannedExpense(branch, account, month)),
        ]);
    }
  }
  file.close();
}

/** Writes counts of each Monday of the last weeks; some sizes have run out. */
export function writeStockCounts({ folder, seed, span }: Omit<Options, 'sales'>): void {
  const random = createRandom(seed ^ 0x570c);
  const products = createRange(seed);
  const file = createCsvFile(folder, 'stock_counts.csv', [
    'branch_id',
    'product_id',
    'counted_on',
    'quantity',
  ]);
  const lastDay = addDays(span.until, -1);
  const lastMonday = addDays(lastDay, -(isoWeekday(lastDay) - 1));
  for (const branch of BRANCHES) {
    for (const product of products) {
      let quantity = random.between(0, branch.kind === 'web' ? 60 : 12);
      const runsOut = random.chance(0.03);
      for (let week = STOCK_WEEKS - 1; week >= 0; week -= 1) {
        quantity = Math.max(0, quantity - random.between(0, 3));
        if (runsOut && week < 3) quantity = 0;
        else if (quantity < 2 && random.chance(0.7)) quantity += random.between(4, 12);
        file.row([branch.id, product.id, addDays(lastMonday, -7 * week), quantity]);
      }
    }
  }
  file.close();
}

/** In pence; wages and marketing follow the branch's size, energy the season. */
function plannedExpense(branch: Branch, account: Account, month: Day): number {
  const inflation = 1 + (Number(month.slice(0, 4)) % 10) * 0.01;
  const winter = ['11', '12', '01', '02'].includes(month.slice(5, 7));
  const whole =
    account === RENT
      ? 90_000 + branch.daily * 42_000
      : account === WAGES
        ? 240_000 + branch.daily * 75_000 * inflation
        : account === ENERGY
          ? (22_000 + branch.daily * 4_000) * (winter ? 1.6 : 1)
          : branch.kind === 'web'
            ? 620_000
            : 9_000 + branch.daily * 5_000;
  return Math.round(whole / 500) * 500;
}

function wholeMonths(span: SampleSpan): Day[] {
  const months: Day[] = [];
  const first = span.from.endsWith('-01') ? span.from : addMonths(startOfMonth(span.from), 1);
  for (let month = first; addMonths(month, 1) <= span.until; month = addMonths(month, 1)) months.push(month);
  return months;
}
