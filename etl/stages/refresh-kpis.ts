import { addDays, type Day, daysBetween } from '../../src/domain/day.ts';
import { type Decimal, decimal, divide, toShortText, ZERO } from '../../src/domain/decimal.ts';
import type { Cell } from '../../src/domain/result-table.ts';
import type {
  BranchKpi,
  CategoryKpi,
  DailyKpi,
  KpiStore,
  KpiWriteCounts,
} from '../../src/ports/kpi-store.ts';
import type { RunLog } from '../../src/ports/run-log.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { sqlFile } from './sql-steps.ts';

export type RefreshInput = { days: Day[] };
export type RefreshNeeds = {
  warehouse: Warehouse;
  kpis: KpiStore;
  runLog: Pick<RunLog, 'nextBatchNumber'>;
};

/** Days that lie this near are read with one query; what was not asked for is dropped. */
const NEAR_DAYS = 14;
const MAX_DAYS_A_QUERY = 400;
const MAX_ROWS = 400_000;
const RATE_SCALE = 6;
const MONEY_SCALE = 4;

/**
 * Computes the KPIs of these days from all facts and writes what differs. Called again, it writes nothing.
 * The number is taken after the change that made this necessary and before the facts are read: of two refreshes at the
 * same time the one with the higher number has seen both changes, so it may win whichever writes last.
 */
export async function refreshKpis(
  input: RefreshInput,
  needs: RefreshNeeds,
  onDaily: (daily: DailyKpi[]) => void = () => undefined,
): Promise<KpiWriteCounts> {
  const total: KpiWriteCounts = { written: 0, unchanged: 0, stale: 0, removed: 0 };
  if (input.days.length === 0) return total;
  const batchNumber = await needs.runLog.nextBatchNumber();
  for (const range of rangesOf(input.days)) {
    const kpis = await computeKpis(range, needs.warehouse);
    onDaily(kpis.daily);
    const counts = await needs.kpis.refresh({ batchNumber, ...kpis });
    total.written += counts.written;
    total.unchanged += counts.unchanged;
    total.stale += counts.stale;
    total.removed += counts.removed;
  }
  return total;
}

export type DayRange = { from: Day; to: Day; days: Day[] };

/** The KPIs of the range's days as the facts have them now; rates have six decimals, averages four. */
export async function computeKpis({ from, to, days }: DayRange, warehouse: Warehouse) {
  const wanted = new Set(days);
  const rows = async (file: string): Promise<Cell[][]> => {
    const table = await warehouse.read({
      sql: sqlFile(`kpis/${file}.sql`),
      params: { from, to },
      schema: 'retail',
      maxRows: MAX_ROWS,
      timeoutMs: 600_000,
    });
    return table.rows.filter(([day]) => wanted.has(String(day)));
  };
  const [category, daily, branch] = [await rows('category'), await rows('daily'), await rows('branch')];
  return {
    days,
    category: category.map(categoryKpi),
    daily: daily.map(dailyKpi),
    branch: branch.map(branchKpi),
  };
}

/** Half-open ranges that cover the days with few queries. */
export function rangesOf(days: Day[]): DayRange[] {
  const ranges: DayRange[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last && daysBetween(last.to, day) <= NEAR_DAYS && last.days.length < MAX_DAYS_A_QUERY) {
      last.days.push(day);
      last.to = addDays(day, 1);
    } else ranges.push({ from: day, to: addDays(day, 1), days: [day] });
  }
  return ranges;
}

function categoryKpi(row: Cell[]): CategoryKpi {
  const [orderDate, category, revenue, orders, quantity, returned] = row;
  return {
    category: String(category),
    orderDate: String(orderDate),
    dailyRevenue: toShortText(exact(revenue)),
    avgOrderValue: ratio(exact(revenue), exact(orders), MONEY_SCALE),
    avgReturnRate: ratio(exact(returned), exact(quantity), RATE_SCALE),
  };
}

function dailyKpi(row: Cell[]): DailyKpi {
  const [orderDate, orders, customers, revenue, quantity, returned] = row;
  return {
    orderDate: String(orderDate),
    totalOrders: Number(orders),
    totalRevenue: toShortText(exact(revenue)),
    totalItemsSold: Number(quantity),
    returnRate: ratio(exact(returned), exact(quantity), RATE_SCALE),
    uniqueCustomers: Number(customers),
  };
}

function branchKpi(row: Cell[]): BranchKpi {
  const [orderDate, branch, orders, revenue, quantity, returned] = row;
  return {
    branch: String(branch),
    orderDate: String(orderDate),
    totalOrders: Number(orders),
    totalRevenue: toShortText(exact(revenue)),
    totalItemsSold: Number(quantity),
    returnRate: ratio(exact(returned), exact(quantity), RATE_SCALE),
  };
}

function exact(cell: Cell | undefined): Decimal {
  return cell === null || cell === undefined ? ZERO : decimal(String(cell));
}

/** Nothing sold is a rate of 0, not an error. */
function ratio(part: Decimal, whole: Decimal, scale: number): string {
  return toShortText(divide(part, whole, scale) ?? ZERO);
}
