import { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  subtract,
  toShortText,
  ZERO,
} from '../../src/domain/decimal.ts';
import type { Cell } from '../../src/domain/result-table.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import type { LoadTable } from './load-tables.ts';
import { stagingTable } from './sql-steps.ts';
import type { ValidatedFile } from './validated-file.ts';

/** Rows, and exact sums of the columns that hold decimals, in the table's order. */
const Totals = z.object({ rows: z.string(), sums: z.array(z.string()) });
type Totals = z.infer<typeof Totals>;

const TIMEOUT_MS = 300_000;

/** Writes down what came into the staging tables, before anything is taken out of them. */
export function totalsSteps(run: string, tables: readonly LoadTable[]): Statement[] {
  const totals = stagingTable(run, 'totals');
  return [
    { sql: `create table ${totals} (table_name varchar(64), row_count bigint, sums varchar(4000))` },
    ...tables.map((table) => ({
      sql: `insert into ${totals} (table_name, row_count, sums)
select '${table.name}', count(*), ${sumsText(sumColumns(table))} from ${stagingTable(run, table.name)}`,
    })),
  ];
}

/** Errors: rows.differ when a staging table does not hold what was judged good in the files, to the last digit. */
export async function compareStaged(
  run: string,
  files: readonly ValidatedFile[],
  tables: readonly LoadTable[],
  warehouse: Warehouse,
): Promise<void> {
  const found = await warehouse.read({
    sql: `select table_name, cast(row_count as varchar(20)), sums from ${stagingTable(run, 'totals')}`,
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: TIMEOUT_MS,
  });
  const staged = new Map(found.rows.map(([name, rows, sums]) => [String(name), totalsOf(rows, sums)]));
  for (const table of tables) {
    const is = staged.get(table.name);
    const outputs = files.flatMap((file) => file.outputs.filter((output) => output.table === table.name));
    const rows = outputs.reduce((sum, output) => sum + output.rows, 0);
    if (Number(is?.rows ?? 0) !== rows) differs(table.name, 'rows', String(rows), is?.rows ?? '0');
    for (const [i, column] of sumColumns(table).entries()) {
      const name = `${table.name}.${column}`;
      const stated = files.flatMap(({ controlTotals }) => controlTotals[name] ?? []);
      if (stated.length === 0) continue;
      const was = stated.reduce((sum, one) => add(sum, decimal(one)), ZERO);
      const now = decimal(is?.sums[i] ?? '0');
      if (compare(was, now) !== 0) differs(table.name, column, toShortText(was), toShortText(now));
    }
  }
}

function differs(table: string, what: string, read: string, staged: string): never {
  throw new AppError('rows.differ', {
    detail: `${table}, ${what}: ${read} were read and ${staged} staged.`,
    context: { table, what },
  });
}

/** Writes down what a merge has taken in, when it is done. */
export function mergedSteps(run: string, tables: readonly LoadTable[]): Statement[] {
  const merged = stagingTable(run, 'merged');
  return [
    { sql: `create table ${merged} (table_name varchar(64), row_count bigint, sums varchar(4000))` },
    ...tables.map((table) => ({
      sql: `insert into ${merged} (table_name, row_count, sums)
select '${table.name}', count(*), ${sumsText(ownColumns(table))} from ${stagingTable(run, table.name)}`,
    })),
  ];
}

/** Tables of which the warehouse does not hold what a batch staged for it: as (example, amount). */
export async function compareLoaded(
  input: { run: string; batch: string; tables: readonly LoadTable[] },
  warehouse: Warehouse,
): Promise<{ example: string; amount: Decimal }[]> {
  if (input.tables.length === 0) return [];
  const sql = input.tables.map(
    (
      table,
    ) => `select '${table.name}' as table_name, s.row_count as staged, s.sums as staged_sums, t.row_count as loaded, t.sums as loaded_sums, h.row_count as since, h.sums as since_sums
from (select row_count, sums from ${stagingTable(input.run, 'merged')} where table_name = '${table.name}') s
cross join (select count(*) as row_count, ${sumsText(ownColumns(table))} as sums from retail.${table.name} where batch_id = :batch) t
cross join (select count(*) as row_count, ${sumsText(ownColumns(table))} as sums from history.${table.name} where batch_id = :batch) h`,
  );
  const found = await warehouse.read({
    sql: sql.join('\nunion all\n'),
    params: { batch: input.batch },
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: TIMEOUT_MS,
  });
  return found.rows.flatMap((row) => {
    const [name, ...rest] = row;
    const table = input.tables.find((one) => one.name === name);
    return table ? differencesOf(table, rest) : [];
  });
}

function differencesOf(table: LoadTable, cells: Cell[]): { example: string; amount: Decimal }[] {
  const [staged, loaded, since] = [0, 2, 4].map((at) => totalsOf(cells[at], cells[at + 1])) as [
    Totals,
    Totals,
    Totals,
  ];
  const missing = Number(staged.rows) - Number(loaded.rows) - Number(since.rows);
  const rows =
    missing === 0
      ? []
      : [
          {
            example: `${table.name}: ${staged.rows} rows to load, ${Number(loaded.rows) + Number(since.rows)} in the warehouse`,
            amount: ZERO,
          },
        ];
  const sums = ownColumns(table).flatMap((column, i) => {
    const was = decimal(staged.sums[i] ?? '0');
    const is = add(decimal(loaded.sums[i] ?? '0'), decimal(since.sums[i] ?? '0'));
    const amount = subtract(was, is);
    return compare(amount, ZERO) === 0
      ? []
      : [
          {
            example: `${table.name}.${column}: ${toShortText(was)} to load, ${toShortText(is)} in the warehouse`,
            amount,
          },
        ];
  });
  return [...rows, ...sums];
}

function sumColumns(table: LoadTable): string[] {
  return table.columns.filter(({ type }) => type === 'decimal').map(({ name }) => name);
}

/** Those that a merge takes as they are staged. */
function ownColumns(table: LoadTable): string[] {
  return sumColumns(table).filter((column) => table.derived[column] === undefined);
}

function sumsText(columns: readonly string[]): string {
  if (columns.length === 0) return `cast('' as varchar(4000))`;
  const sums = columns.map((column) => `cast(coalesce(sum(${column}), 0) as varchar(60))`);
  return sums.join(` || '|' || `);
}

function totalsOf(rows: Cell | undefined, sums: Cell | undefined): Totals {
  return { rows: String(rows ?? 0), sums: String(sums ?? '').split('|') };
}
