import type { SourceFile, Statement, ViewStep, WriteBatch } from '../../src/ports/warehouse.ts';
import type { TargetColumn } from '../feeds/tables.ts';
import type { TableRule } from './check-files.ts';
import { columnNames, type LoadTable, sqlType } from './load-tables.ts';
import { stagingTable } from './sql-steps.ts';
import type { StagedOutput, ValidatedFile } from './validated-file.ts';

/**
 * Of a table all of whose rows are lines that the engine reads from their files itself, the keys alone are staged: what checks
 * and merges compare. The other columns are read once more when they are written, which costs less than holding them all
 * until then, and no memory.
 */
export function areKeysEnough(table: LoadTable, files: readonly ValidatedFile[]): boolean {
  const outputs = outputsOf(table, files);
  // Whether a row of a closed month changes is seen in all its columns.
  return (
    outputs.length > 0 && outputs.every(({ output }) => output.source) && table.name !== 'ledger_entries'
  );
}

/** The view of all lines, and the scratch table of their keys, in which lines are known by file and number. */
export function keySteps(
  run: string,
  files: readonly ValidatedFile[],
  table: LoadTable,
  rule: TableRule | undefined,
): WriteBatch['steps'] {
  const staged = stagingTable(run, table.name);
  const columns = table.columns.filter(({ name }) => keyColumns(table, rule).has(name));
  const names = columns.map(({ name }) => name).join(', ');
  return [
    viewStep(run, files, table),
    {
      sql: `create table ${staged} (${columns.map((column) => `${column.name} ${sqlType(column)}`).join(', ')}, source_line bigint, file_no integer)`,
      scratch: staged,
    },
    {
      sql: `insert into ${staged} (${names}, source_line, file_no)
select ${names}, source_line, file_no from ${rowsView(run, table.name)}`,
    },
  ];
}

/** Staged rows with all their columns as `s`, for a FROM: those of the file whose keys are staged still. */
export function stagedRows(run: string, table: string, hasKeysAlone: boolean): string {
  const staged = stagingTable(run, table);
  return hasKeysAlone
    ? `${rowsView(run, table)} s join ${staged} l on l.source_line = s.source_line and l.file_no = s.file_no`
    : `${staged} s`;
}

/** The same while no line has been taken out, where nothing need be looked for. */
export function allRows(run: string, table: string): string {
  return `${rowsView(run, table)} s`;
}

/** A statement that is for a table of which every line is staged still, and what does the same for one where some are not. */
export function wholeOrNot(run: string, table: string, whole: Statement, other: Statement): Statement[] {
  const lookFor = (sign: string) => `select 1 as found from ${stagingTable(run, 'totals')} t
where t.table_name = '${table}' and t.row_count ${sign} (select count(*) from ${stagingTable(run, table)})`;
  return [
    { ...whole, onlyIf: lookFor('=') },
    { ...other, onlyIf: lookFor('<>') },
  ];
}

function rowsView(run: string, table: string): string {
  return stagingTable(run, `${table}_rows`);
}

/** Those by which rows are compared with each other, with their parents, and with days. */
function keyColumns(table: LoadTable, rule: TableRule | undefined): ReadonlySet<string> {
  const references = (rule?.references ?? [])
    .filter(({ onMissing }) => onMissing !== 'allow')
    .flatMap(({ columns }) => columns);
  return new Set([...table.key, ...references, ...(table.name === 'order_items' ? ['order_date'] : [])]);
}

function viewStep(run: string, files: readonly ValidatedFile[], table: LoadTable): ViewStep {
  return {
    view: rowsView(run, table.name),
    columns: [...columnNames(table), 'source_line', 'file_no'],
    sources: outputsOf(table, files).map(({ output, index }) => sourceOf(table, output, index)),
  };
}

function sourceOf(
  table: LoadTable,
  { object, columns, source }: StagedOutput,
  file: number,
): { source: SourceFile; select: string } {
  const { select, ...about } = source as NonNullable<StagedOutput['source']>;
  const values = table.columns.map((column) =>
    columns.includes(column.name) ? column.name : `cast(null as ${ENGINE_TYPES[column.type]})`,
  );
  return {
    source: { object, ...about },
    select: `select ${values.join(', ')}, source_line, ${file} from (${select}) filled (${columns.join(', ')})`,
  };
}

/** In the embedded engine's own dialect, as the SELECTs are. */
const ENGINE_TYPES: Readonly<Record<TargetColumn['type'], string>> = {
  text: 'varchar',
  integer: 'integer',
  decimal: 'decimal(18, 4)',
  day: 'date',
  timestamp: 'timestamp',
};

function outputsOf(table: LoadTable, files: readonly ValidatedFile[]) {
  return files.flatMap((file, index) =>
    file.outputs.filter((output) => output.table === table.name).map((output) => ({ output, index })),
  );
}
