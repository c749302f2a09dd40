import { AppError, hasCode } from '../../src/domain/app-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { emptyLateFills, lateArrivalSteps } from './late-arrivals.ts';
import { readDays, warehouseTime } from './load-batch.ts';
import { columnNames, LOAD_TABLES, type LoadTable, loadTable } from './load-tables.ts';
import { daysTable } from './merge-sql.ts';
import { fillStep, sameKey, sqlSteps, stagingTable } from './sql-steps.ts';

export type UndoOutput = {
  batch: string;
  run: string;
  feed: string;
  /** Rows of the batch that were taken out, and replaced rows that came back, over all tables. */
  removed: number;
  restored: number;
  touchedDays: string[];
};

export type UndoNeeds = { warehouse: Warehouse; clock: Clock };

const UNDO = 'loads/undo.sql';
/** Children first, so that a child's order makes the order's customer count too. */
const DERIVED_FROM = [
  { child: 'order_items', parent: 'order_id', parents: 'orders' },
  { child: 'refunds', parent: 'order_id', parents: 'orders' },
  { child: 'payments', parent: 'order_id', parents: 'orders' },
  { child: 'orders', parent: 'customer_id', parents: 'customers' },
] as const;
/** Rows that later batches brought again pass to those. */
const HEIR_STEPS = [
  'unconfirm',
  'heirs',
  'inherit-row',
  'inherit-replaced-row',
  'inherit-replacing',
  'inherit-confirmations',
  'forget-confirmations',
  'forget-heirs',
];
const UNDO_STEPS = ['relink', 'forget-own', 'relink-returned', 'remove', 'restore', 'forget-restored'];

/**
 * Takes a batch out of the warehouse in one transaction and puts back what it had replaced.
 * Errors: batch.not-found, batch.already-undone.
 */
export async function undoBatch({ batch }: { batch: string }, needs: UndoNeeds): Promise<UndoOutput> {
  const { warehouse } = needs;
  const { undoneAt, ...loaded } = await findBatch(batch, warehouse);
  if (undoneAt !== null) throw new AppError('batch.already-undone', { detail: `It was at ${undoneAt}.` });
  const counts = await countRows(batch, warehouse);
  const run = undoRun(batch);
  await warehouse.write({ token: run, steps: undoSteps(batch, run, counts, needs.clock.now()) });
  const touchedDays = await readDays(warehouse, run);
  return {
    ...loaded,
    batch,
    removed: sumOf(counts, 'removed'),
    restored: sumOf(counts, 'restored'),
    touchedDays,
  };
}

/** The name under which an undo keeps its tables. */
export function undoRun(batch: string): string {
  return `undo-${batch}`;
}

/** The statements of an undo, for a transaction that does more; none when the batch is out already. */
export async function undoStatements(batch: string, { warehouse, clock }: UndoNeeds): Promise<Statement[]> {
  const { undoneAt } = await findBatch(batch, warehouse);
  if (undoneAt !== null) return [];
  return undoSteps(batch, undoRun(batch), await countRows(batch, warehouse), clock.now());
}

/** What an undo touched that was written but not finished; the batch's own days when its tables are gone already. */
export async function readUndo(
  { batch, touchedDays }: { batch: string; touchedDays: string[] },
  { warehouse }: UndoNeeds,
): Promise<UndoOutput> {
  const { run, feed } = await findBatch(batch, warehouse);
  const days = await readDays(warehouse, undoRun(batch)).catch((thrown: unknown) => {
    if (hasCode(thrown, 'warehouse.bad-statement')) return touchedDays;
    throw thrown;
  });
  return { batch, run, feed, removed: 0, restored: 0, touchedDays: days };
}

/** The staging tables of an undo go when its KPIs are done. */
export async function cleanAfterUndo({ batch }: { batch: string }, needs: UndoNeeds): Promise<void> {
  const run = undoRun(batch);
  const tables = LOAD_TABLES.map((table) => changedTable(run, table.name));
  await needs.warehouse.write({
    token: `${run}-clean`,
    steps: [daysTable(run), ...tables].map((table) => ({ sql: `drop table if exists ${table}` })),
  });
}

type TableCounts = { table: LoadTable; removed: number; restored: number; confirmed: number };

function undoSteps(batch: string, run: string, counts: TableCounts[], now: Date): Statement[] {
  const touched = counts.filter(({ removed, restored, confirmed }) => removed + restored + confirmed > 0);
  return [
    { sql: `create table ${daysTable(run)} (day date)` },
    ...touched.flatMap(({ table }) => tableSteps(table, batch, run)),
    ...derivedAgain(
      touched.map(({ table }) => table),
      batch,
      run,
    ),
    { sql: 'delete from ops.findings where batch_id = :batch', params: { batch } },
    {
      sql: 'update retail.uploads set undone_at = cast(:now as timestamp) where batch_id = :batch',
      params: { batch, now: warehouseTime(now.toISOString()) },
    },
    {
      sql: 'update ops.load_batches set undone_at = cast(:now as timestamp) where batch_id = :batch',
      params: { batch, now: warehouseTime(now.toISOString()) },
    },
  ];
}

/** Tables that rows which came before take values from. */
const GIVING: ReadonlySet<string> = new Set(['customers', 'products']);

function tableSteps(table: LoadTable, batch: string, run: string): Statement[] {
  const here = `history.${table.name}`;
  const slots = {
    table: table.name,
    columns: columnNames(table).join(', '),
    keys: table.key.join(', '),
    gave: GIVING.has(table.name)
      ? ` union select ${table.key.join(', ')} from ${here} where batch_id = :batch`
      : '',
    changed: changedTable(run, table.name),
    days: daysTable(run),
    heirs: stagingTable(run, `${table.name}_heirs`),
    c_keys: table.key.map((column) => `c.${column}`).join(', '),
    same_key_here_h: sameKey(`retail.${table.name}`, 'h', table.key),
    same_key_history_h: sameKey(here, 'h', table.key),
    same_key_confirmed_h: sameKey(`${here}_confirmed`, 'h', table.key),
    same_key_history_x: sameKey(here, 'x', table.key),
    same_key_history_t: sameKey(here, 't', table.key),
  };
  const step = (name: string, extra: Record<string, string> = {}): Statement => {
    const sql = fillStep(sqlSteps(UNDO), name, { ...slots, ...extra });
    return sql.includes(':batch') ? { sql, params: { batch } } : { sql };
  };
  return [
    ...HEIR_STEPS.map((name) => step(name)),
    step('changed'),
    ...table.days.map((day) => step('days', { day })),
    ...UNDO_STEPS.map((name) => step(name)),
  ];
}

/** What came back was derived from parents as they were then: those count as changed too. */
function derivedAgain(touched: LoadTable[], batch: string, run: string): Statement[] {
  const changed = new Set(touched.map((table) => table.name));
  const steps: Statement[] = [];
  for (const { child, parent, parents } of DERIVED_FROM) {
    if (!changed.has(child)) continue;
    const table = loadTable(child);
    const slots = {
      table: child,
      parent,
      parents,
      changed: changedTable(run, child),
      changed_parents: changedTable(run, parents),
      same_key_tc: sameKey('t', 'c', table.key),
    };
    const sql = (name: string) => ({ sql: fillStep(sqlSteps(UNDO), name, slots) });
    if (!changed.has(parents)) steps.push(sql('no-parents'));
    steps.push(sql('parents'));
    changed.add(parents);
  }
  const late = { changed: [...changed], keysOf: (table: string) => changedTable(run, table) };
  return [...steps, ...emptyLateFills(late), ...lateArrivalSteps({ run, by: batch, ...late })];
}

function changedTable(run: string, table: string): string {
  return stagingTable(run, `${table}_changed`);
}

async function findBatch(
  batch: string,
  warehouse: Warehouse,
): Promise<{ run: string; feed: string; undoneAt: string | null }> {
  const found = await warehouse.read({
    sql: 'select run_id, feed, undone_at from ops.load_batches where batch_id = :batch',
    params: { batch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  const [row] = found.rows;
  if (!row) throw new AppError('batch.not-found', { detail: `No load has the number '${batch}'.` });
  const [run, feed, undoneAt] = row;
  return {
    run: String(run),
    feed: String(feed),
    undoneAt: undoneAt === null || undoneAt === undefined ? null : String(undoneAt),
  };
}

async function countRows(batch: string, warehouse: Warehouse): Promise<TableCounts[]> {
  const selects = LOAD_TABLES.map(
    (table) =>
      `select '${table.name}' as table_name, (select count(*) from retail.${table.name} where batch_id = :batch) + (select count(*) from history.${table.name} where batch_id = :batch) - (select count(*) from (select distinct ${table.key.join(', ')} from history.${table.name}_confirmed where batch_id = :batch) inherited) as removed, (select count(*) from history.${table.name} where replaced_by = :batch) as restored, (select count(*) from history.${table.name}_confirmed where batch_id = :batch or confirmed_by = :batch) as confirmed`,
  );
  const counted = await warehouse.read({
    sql: selects.join(' union all '),
    params: { batch },
    schema: 'retail',
    maxRows: LOAD_TABLES.length,
    timeoutMs: 120_000,
  });
  return LOAD_TABLES.map((table) => {
    const row = counted.rows.find(([name]) => name === table.name);
    return {
      table,
      removed: Number(row?.[1] ?? 0),
      restored: Number(row?.[2] ?? 0),
      confirmed: Number(row?.[3] ?? 0),
    };
  });
}

function sumOf(counts: TableCounts[], what: 'removed' | 'restored'): number {
  return counts.reduce((total, count) => total + count[what], 0);
}
