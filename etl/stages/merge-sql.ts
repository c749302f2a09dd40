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

/** The statements that merge one staged table, which then holds only what was new or different. */
export function mergeStatements(table: LoadTable, options: MergeOptions): Statement[] {
  const slots = mergeSlots(table, options.run);
  const step = (name: string, extra: Record<string, string> = {}): Statement => {
    const sql = fillStep(sqlSteps(MERGE), name, { ...slots, ...extra });
    return sql.includes(':batch') ? { sql, params: { batch: options.batch } } : { sql };
  };
  // What is of rows that were there before need not be done where there are none.
  const ofKnown = (name: string): Statement => ({
    ...step(name),
    onlyIf: `select 1 as found from ${slots['known']} limit 1`,
  });
  const steps = [step('known'), ofKnown('same'), ofKnown('confirm')];
  if (options.wholeParents) steps.push(step('confirm-gone'), step('keep-gone'), step('remove-gone'));
  steps.push(...['leave-same', 'only-replaced', 'keep-replaced', 'remove-replaced'].map(ofKnown));
  steps.push(step('insert'));
  for (const day of table.days) steps.push(step('days', { day }));
  return steps;
}

/** What a merge works with beside the staged table: keys that were there before, and those of rows that are the same. */
export function mergeTables(run: string, table: string): { known: string; same: string } {
  return { known: stagingTable(run, `${table}_known`), same: stagingTable(run, `${table}_same`) };
}

export function daysTable(run: string): string {
  return stagingTable(run, 'days');
}

function mergeSlots(table: LoadTable, run: string): Record<string, string> {
  const columns = columnNames(table);
  const [firstKey = ''] = table.key;
  const rest = columns.filter((column) => !table.key.includes(column));
  const here = `retail.${table.name}`;
  const staged = stagingTable(run, table.name);
  const { known, same } = mergeTables(run, table.name);
  const keysOf = (alias: string) => table.key.map((column) => `${alias}.${column}`).join(', ');
  return {
    table: table.name,
    staged,
    known,
    same,
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
    n_keys: keysOf('n'),
    h_keys: keysOf('h'),
    gone_keys: keysOf('t'),
    same_key_nt: sameKey('n', 't', table.key),
    same_key_tk: sameKey('t', 'k', table.key),
    same_key_tm: sameKey('t', 'm', table.key),
    same_key_sk: sameKey('s', 'k', table.key),
    same_key_staged_m: sameKey(staged, 'm', table.key),
    same_key_known_m: sameKey(known, 'm', table.key),
    same_key_ts: sameKey('t', 's', table.key),
    same_key_th: sameKey('t', 'h', table.key),
    same_key_sh: sameKey('s', 'h', table.key),
    same_key_nh: sameKey('n', 'h', table.key),
    same_key_table_c: sameKey(here, 'c', table.key),
    same_key_table_k: sameKey(here, 'k', table.key),
    differs_nt: anyDiffers('n', 't', rest),
  };
}
