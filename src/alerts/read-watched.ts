import { readFileSync } from 'node:fs';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { Cell } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Cells, numberOf, type WatchedData } from './sales-cells.ts';

export type WatchedNeeds = {
  warehouse: Warehouse;
  ensureRights(rights: Rights): Promise<void>;
};

/** History that is read, the day judged included: 112 days of baseline and a window of 56, and some to spare. */
export const HISTORY_DAYS = 175;
const A_YEAR = 364;
const LEAST_LINES_A_DAY = 0.4;
const STOCK_DAYS = 28;
const STOCK_LEAST_LINES = 7;
const MAX_ROWS = 400_000;
const FOLDER = new URL('../../sql-templates/digests/', import.meta.url);

/** What the statistics look at, as far as these rights go. Errors: those of the warehouse. */
export async function readWatched(last: Day, rights: Rights, needs: WatchedNeeds): Promise<WatchedData> {
  await needs.ensureRights(rights);
  const from = addDays(last, 1 - HISTORY_DAYS);
  const to = addDays(last, 1);
  const rows = async (file: string, params: Record<string, ParameterValue>): Promise<Cell[][]> => {
    const table = await needs.warehouse.read({
      sql: readFileSync(new URL(`${file}.sql`, FOLDER), 'utf8'),
      params,
      schema: `policy_${rights.id}`,
      maxRows: MAX_ROWS,
      timeoutMs: 120_000,
    });
    return table.rows;
  };
  const branchNames = new Map<string, string>();
  const cells = async (start: Day, end: Day): Promise<Cells> => ({
    sales: (await rows('sales-cells', { from: start, to: end })).map(
      ([day, branch, name, category, revenue, cost, costed, units, lines]) => {
        branchNames.set(String(branch), String(name));
        return {
          day: daysBetween(start, String(day).slice(0, 10)),
          branch: String(branch),
          category: String(category),
          revenue: numberOf(revenue),
          cost: numberOf(cost),
          costed: numberOf(costed),
          units: numberOf(units),
          lines: numberOf(lines),
        };
      },
    ),
    orders: (await rows('order-cells', { from: start, to: end })).map(([day, branch, orders]) => ({
      day: daysBetween(start, String(day).slice(0, 10)),
      branch: String(branch),
      orders: numberOf(orders),
    })),
  });
  const now = await cells(from, to);
  const yearBefore = await cells(addDays(from, -A_YEAR), addDays(to, -A_YEAR));
  const returns = (await rows('return-cells', { from, to })).map(
    ([day, branch, category, product, units]) => ({
      day: daysBetween(from, String(day).slice(0, 10)),
      branch: String(branch),
      category: String(category),
      product: String(product ?? ''),
      units: numberOf(units),
    }),
  );
  const products = (
    await rows('product-cells', { from, to, least_lines: Math.round(HISTORY_DAYS * LEAST_LINES_A_DAY) })
  ).map(([day, product, category, revenue, units, lines]) => ({
    day: daysBetween(from, String(day).slice(0, 10)),
    product: String(product),
    category: String(category),
    revenue: numberOf(revenue),
    units: numberOf(units),
    lines: numberOf(lines),
  }));
  const stock = (
    await rows('stock-signs', { from: addDays(to, -STOCK_DAYS), to, least_lines: STOCK_LEAST_LINES })
  ).map(([product, name, category, lines, revenue, countedOn]) => ({
    product: String(product),
    name: String(name ?? product),
    category: String(category ?? 'uncategorised'),
    lines: numberOf(lines),
    revenue: numberOf(revenue),
    countedOn: String(countedOn).slice(0, 10),
  }));
  return { from, last, now, yearBefore, returns, products, stock, branchNames };
}
