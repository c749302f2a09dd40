import type { Statement } from '../../src/ports/warehouse.ts';
import { columnNames, type LoadTable, sqlType } from './load-tables.ts';
import { anyDiffers, fillStep, sameKey, sqlSteps, stagingTable } from './sql-steps.ts';

const MERGE = 'loads/merge.sql';

export type MergeOptions = {
  run: string;
  batch: string;
  /** The staged rows of an order are all its rows: lines that are no longer there are taken out. */
  wholeParents: boolean;
};

/** The statements that merge one staged table; `changedTable` then holds what is new or different. */
export function mergeStatements(table: LoadTable, options: MergeOptions): Statement[] {
  const slots = mergeSlots(table, options.run);
  const step = (name: string, extra: Record<string, string> = {}): Statement => {
    const sql = fillStep(sqlSteps(MERGE), name, { ...slots, ...extra });
    return sql.includes(':batch') ? { sql, params: { batch: options.batch } } : { sql };
  };
  const steps = [step('changed'), step('confirm')];
  if (options.wholeParents) steps.push(step('confirm-gone'), step('keep-gone'), step('remove-gone'));
  steps.push(step('keep-replaced'), step('remove-replaced'), step('insert'));
  for (const day of table.days) steps.push(step('days', { day }));
  return steps;
}

export function changedTable(run: string, table: string): string {
  return stagingTable(run, `${table}_changed`);
}

export function daysTable(run: string): string {
  return stagingTable(run, 'days');
}

function mergeSlots(table: LoadTable, run: string): Record<string, string> {
  const columns = columnNames(table);
  const [firstKey = ''] = table.key;
  const rest = columns.filter((column) => !table.key.includes(column));
  const here = `retail.${table.name}`;
  const keysOf = (alias: string) => table.key.map((column) => `${alias}.${column}`).join(', ');
  return {
    table: table.name,
    staged: stagingTable(run, table.name),
    changed: changedTable(run, table.name),
    days: daysTable(run),
    derived: table.columns
      .map((column) => {
        const expression = table.derived[column.name];
        return expression
          ? `cast(${expression} as ${sqlType(column)}) as ${column.name}`
          : `s.${column.name}`;
      })
      .join(', '),
    joins: table.joins,
    columns: columns.join(', '),
    t_columns: columns.map((column) => `t.${column}`).join(', '),
    first_key: firstKey,
    parent: firstKey,
    keys: table.key.join(', '),
    t_keys: keysOf('t'),
    h_keys: keysOf('h'),
    gone_keys: keysOf('t'),
    same_key_nt: sameKey('n', 't', table.key),
    same_key_tc: sameKey('t', 'c', table.key),
    same_key_ts: sameKey('t', 's', table.key),
    same_key_th: sameKey('t', 'h', table.key),
    same_key_sh: sameKey('s', 'h', table.key),
    same_key_nh: sameKey('n', 'h', table.key),
    same_key_table_c: sameKey(here, 'c', table.key),
    differs_nt: anyDiffers('n', 't', rest),
  };
}
