import type { ReadQuery, Statement } from '../../src/ports/warehouse.ts';
import type { Reference } from '../feeds/feed.ts';
import type { CheckInput, TableRule } from './check-files.ts';
import { closedMonthSteps } from './closed-months.ts';
import { columnNames, type LoadTable, loadTable } from './load-tables.ts';
import { daysTable } from './merge-sql.ts';
import { anyDiffers, fillStep, sameKey, sqlSteps, stagingTable } from './sql-steps.ts';

const CHECKS = 'checks/set-checks.sql';
const READ_TIMEOUT_MS = 120_000;

/** All set-level checks, parents first, so that a row whose parent was refused is refused too. */
export function checkSteps(input: CheckInput, tables: LoadTable[]): Statement[] {
  const { run, redriven, asOf = null, ownRuns = [] } = input;
  const steps: Statement[] = [{ sql: `create table ${daysTable(run)} (day date)` }];
  for (const table of tables) {
    const rule = input.rules.find((each) => each.table === table.name);
    const slots = tableSlots(run, table);
    if (redriven !== null) {
      steps.push({ sql: fillStep(sqlSteps(CHECKS), 'only-waiting', slots), params: { redriven } });
    }
    if (asOf !== null)
      steps.push({
        sql: fillStep(sqlSteps(CHECKS), rule?.wholeParents ? 'newer-parents' : 'newer', slots),
        params: { as_of: asOf, own_runs: ownRuns.join(' ') || '-' },
      });
    steps.push(...duplicateSteps(rule, slots));
    for (const reference of rule?.references ?? []) {
      if (reference.onMissing !== 'allow') steps.push(referenceStep(run, tables, table, reference));
    }
    if (table.name === 'order_items') steps.push(noDayStep(run, tables, slots));
    if (table.name === 'ledger_entries') steps.push(...closedMonthSteps(run, input.closed ?? []));
    steps.push({ sql: fillStep(sqlSteps(CHECKS), 'take-out', slots) });
  }
  const slots = runSlots(run);
  steps.push({ sql: fillStep(sqlSteps(CHECKS), 'tell-refused', slots), params: { run } });
  const rejected = fillStep(sqlSteps(CHECKS), 'tell-rejected', slots);
  if (input.files.some((file) => file.refusedObject)) steps.push({ sql: rejected, params: { run } });
  return steps;
}

/** Per file with any: number, refused lines, waiting lines. */
export function countsQuery(run: string): ReadQuery {
  return readQuery(fillStep(sqlSteps(CHECKS), 'counts', runSlots(run)), 10_000);
}

/** Per file: number, lines that are staged and were not refused. */
export function keptQuery(run: string, tables: string[]): ReadQuery {
  const staged = tables
    .map((table) => `select file_no, source_line from ${stagingTable(run, table)}`)
    .join(' union ');
  return readQuery(fillStep(sqlSteps(CHECKS), 'kept', { ...runSlots(run), all_staged: staged }), 10_000);
}

/** Per file with any: number, lines that were refused for nothing but a newer version. */
export function newerQuery(run: string): ReadQuery {
  return readQuery(fillStep(sqlSteps(CHECKS), 'newer-lines', runSlots(run)), 10_000);
}

export function tallyQuery(run: string): ReadQuery {
  return readQuery(fillStep(sqlSteps(CHECKS), 'tally', runSlots(run)), 50);
}

function duplicateSteps(rule: TableRule | undefined, slots: Record<string, string>): Statement[] {
  if (rule === undefined || rule.duplicates === 'refuse') {
    return [{ sql: fillStep(sqlSteps(CHECKS), 'duplicates', slots) }];
  }
  const direction = rule.duplicates === 'first' ? 'asc' : 'desc';
  return [{ sql: fillStep(sqlSteps(CHECKS), 'keep-one', { ...slots, direction }) }];
}

function referenceStep(run: string, tables: LoadTable[], table: LoadTable, reference: Reference): Statement {
  const parent = loadTable(reference.table);
  const pairs = reference.columns.map((column, index) => [column, parent.key[index] ?? column] as const);
  const sameAs = (alias: string) =>
    pairs.map(([mine, theirs]) => `${alias}.${theirs} = s.${mine}`).join(' and ');
  const sql = fillStep(sqlSteps(CHECKS), 'reference', {
    ...tableSlots(run, table),
    column: reference.columns.join(', '),
    value_text: textOf('s', reference.columns),
    waits: reference.onMissing === 'wait' ? '1' : '0',
    parent: parent.name,
    parent_key: parent.key[0] ?? '',
    same_parent_w: sameAs('w'),
    all_stated: reference.columns.map((column) => `s.${column} is not null`).join(' and '),
    ...stagedParent(run, tables, parent, sameAs('p')),
  });
  const reason = `No row of ${parent.name} has this ${reference.columns.join(', ')}, neither in these files nor in the warehouse.`;
  return { sql, params: { reason } };
}

function noDayStep(run: string, tables: LoadTable[], slots: Record<string, string>): Statement {
  const orders = loadTable('orders');
  const sql = fillStep(sqlSteps(CHECKS), 'no-day', {
    ...slots,
    ...stagedParent(run, tables, orders, 'p.order_id = s.order_id'),
  });
  return {
    sql,
    params: { reason: 'The order is not known yet and the row has no day of its own; it waits.' },
  };
}

/** The parent's rows of the same set count as known, when the set has any. */
function stagedParent(
  run: string,
  tables: LoadTable[],
  parent: LoadTable,
  same: string,
): Record<string, string> {
  if (!tables.some((table) => table.name === parent.name)) {
    return { staged_parent_join: '', staged_parent_absent: '' };
  }
  return {
    staged_parent_join: `left join ${stagingTable(run, parent.name)} p on ${same}`,
    staged_parent_absent: `and p.${parent.key[0] ?? ''} is null`,
  };
}

function tableSlots(run: string, table: LoadTable): Record<string, string> {
  const staged = stagingTable(run, table.name);
  const rest = columnNames(table).filter((column) => !table.key.includes(column));
  return {
    ...runSlots(run),
    table: table.name,
    staged,
    keys: table.key.join(', '),
    parent: table.key[0] ?? '',
    s_keys: table.key.map((column) => `s.${column}`).join(', '),
    key_name: table.key.join(', '),
    key_text: textOf('n', table.key),
    key_text_s: textOf('s', table.key),
    same_key_st: sameKey('s', 't', table.key),
    same_key_sr: sameKey('s', 'r', table.key),
    same_key_dn: sameKey('d', 'n', table.key),
    same_key_staged_c: sameKey(staged, 'c', table.key),
    differs_dn: anyDiffers('d', 'n', rest),
  };
}

function runSlots(run: string): Record<string, string> {
  return {
    refused: stagingTable(run, 'refused'),
    rejected: stagingTable(run, 'rejected'),
    files: stagingTable(run, 'files'),
  };
}

function textOf(alias: string, columns: readonly string[]): string {
  return columns.map((column) => `cast(${alias}.${column} as varchar(200))`).join(" || ' ' || ");
}

function readQuery(sql: string, maxRows: number): ReadQuery {
  return { sql, schema: 'retail', maxRows, timeoutMs: READ_TIMEOUT_MS };
}
