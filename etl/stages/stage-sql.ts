import type { CopyStep, SourceStep, Statement, WriteBatch } from '../../src/ports/warehouse.ts';
import { totalsSteps } from './control-totals.ts';
import { type LoadTable, sqlType } from './load-tables.ts';
import { mergeTables } from './merge-sql.ts';
import { stagingTable } from './sql-steps.ts';
import type { StagedOutput, ValidatedFile } from './validated-file.ts';

/** The steps that bring the validated files of a run into its own staging tables. */
export function stageSteps(
  run: string,
  files: ValidatedFile[],
  tables: LoadTable[],
  { asScratch = false } = {},
): WriteBatch['steps'] {
  return [
    ...fileSteps(run, files),
    ...tables.flatMap((table) => tableSteps(run, files, table, asScratch)),
    ...rejectedSteps(run, files),
    ...totalsSteps(run, tables),
  ];
}

/** Every staging table that a run may have made. */
export function stagingTables(run: string, tables: Iterable<string>): string[] {
  const whats = ['files', 'rejected', 'refused', 'days', 'totals', 'merged'].map((what) =>
    stagingTable(run, what),
  );
  return [
    ...whats,
    ...[...tables].flatMap((table) => [stagingTable(run, table), ...Object.values(mergeTables(run, table))]),
  ];
}

/** Those that a run's load needs and no read does: they may be scratch. */
export function stagedTables(run: string, tables: readonly string[]): string[] {
  return tables.map((table) => stagingTable(run, table));
}

function fileSteps(run: string, files: ValidatedFile[]): Statement[] {
  const table = stagingTable(run, 'files');
  const rows = files.map((_, index) => `(${index}, :name${index}, :feed${index})`);
  const params: Record<string, string> = {};
  files.forEach((file, index) => {
    params[`name${index}`] = file.file.slice(0, 400);
    params[`feed${index}`] = file.feed;
  });
  return [
    { sql: `create table ${table} (file_no integer not null, file_name varchar(400), feed varchar(80))` },
    { sql: `insert into ${table} (file_no, file_name, feed) values ${rows.join(', ')}`, params },
    {
      sql: `create table ${stagingTable(run, 'refused')} (table_name varchar(64), file_no integer, source_line bigint, column_name varchar(200), value varchar(1000), reason varchar(400), waits integer)`,
    },
  ];
}

/** Nullable on purpose: what is required is judged with a reason, not by an engine's error. */
function tableSteps(
  run: string,
  files: ValidatedFile[],
  table: LoadTable,
  asScratch: boolean,
): WriteBatch['steps'] {
  const name = stagingTable(run, table.name);
  const columns = table.columns.map((column) => `${column.name} ${sqlType(column)}`);
  const outputs = files.flatMap((file, index) =>
    file.outputs.filter((output) => output.table === table.name).map((output) => ({ output, index })),
  );
  const first = outputs[0]?.index ?? 0;
  const steps: WriteBatch['steps'] = [
    {
      sql: `create table ${name} (${columns.join(', ')}, source_line bigint, file_no integer default ${first})`,
      ...(asScratch ? { scratch: name } : {}),
    },
  ];
  const byFile = new Map<number, (CopyStep | SourceStep)[]>();
  for (const { output, index } of outputs) {
    byFile.set(index, [...(byFile.get(index) ?? []), stageStep(name, output)]);
  }
  // The rows of the first file take the column's default; it is set for the others before the next come in.
  const later = [...byFile].filter(([index]) => index !== first);
  for (const [index, copies] of later) {
    steps.push(...copies, { sql: `update ${name} set file_no = ${-1 - index} where file_no = ${first}` });
  }
  if (later.length > 0) steps.push({ sql: `update ${name} set file_no = -1 - file_no where file_no < 0` });
  return [...steps, ...(byFile.get(first) ?? [])];
}

function stageStep(table: string, { object, parts, columns, source }: StagedOutput): CopyStep | SourceStep {
  if (!source) return { copyInto: table, columns, objects: parts ?? [object] };
  const { select, ...file } = source;
  return { insertInto: table, columns, source: { object, ...file }, select };
}

/** What the validate stage refused, row by row. */
function rejectedSteps(run: string, files: ValidatedFile[]): (Statement | CopyStep)[] {
  const rejected = stagingTable(run, 'rejected');
  const objects = files.flatMap(
    (file) => file.refusedParts ?? (file.refusedObject ? [file.refusedObject] : []),
  );
  const copies: CopyStep[] =
    objects.length === 0
      ? []
      : [
          {
            copyInto: rejected,
            columns: ['file_name', 'line_no', 'column_name', 'value', 'reason', 'raw'],
            objects,
          },
        ];
  return [
    {
      sql: `create table ${rejected} (file_name varchar(1000), line_no bigint, column_name varchar(1000), value varchar(65535), reason varchar(4000), raw varchar(65535))`,
    },
    ...copies,
  ];
}
