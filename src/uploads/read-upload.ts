import { createHash } from 'node:crypto';
import { askAbout, SKIP } from './ask-about.ts';
import { type DatevHeader, datevHeader } from './datev.ts';
import type { UploadFeed } from './feeds.ts';
import { fileConventions } from './file-conventions.ts';
import { findTables } from './find-tables.ts';
import { layoutFingerprint } from './fingerprint.ts';
import type { Mapped, SurveyedColumn } from './match-columns.ts';
import type { SpreadsheetFile } from './needs.ts';
import { normalizeHeader } from './normalize-header.ts';
import { previewSheets } from './preview-sheets.ts';
import type { Conventions } from './read-column.ts';
import { readTable } from './read-table.ts';
import { type TableKeys, withKeys } from './table-keys.ts';
import { type SurveyedTable, surveyTable, understandColumns, understandTable } from './understand-table.ts';
import type { ReadOptions, UploadPreview } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';
import { uploadWarnings } from './upload-warnings.ts';
import { columnName, type Sheet, type Workbook } from './workbook.ts';

export type ReadUpload = { preview: UploadPreview; tables: UploadTable[] };

/** A workbook as accountants' data: its tables, what they are, their rows, and what must be asked. */
export function readUpload(workbook: Workbook, file: SpreadsheetFile, options: ReadOptions): ReadUpload {
  const found = findAll(workbook, file, options);
  if (found.length === 0)
    return refused('No cell of it holds anything, so there is nothing to load.', workbook, file);
  if (found.every(({ table }) => table.body.length === 0))
    return refused('It names its columns, but no rows stand under them.', workbook, file);
  const surveyed = found.map(({ table }) => table);
  const conventionsOf = fileConventions(surveyed, workbook, options);
  const tables = found.map((one) => understood(one, conventionsOf, file, options));
  chooseUsed(tables, options);
  const questions = askAbout(tables, options, file);
  return {
    preview: {
      outcome: questions.length > 0 ? 'needs-detail' : 'read',
      file: aboutFile(workbook, file),
      sheets: previewSheets(tables, workbook),
      questions,
      warnings: uploadWarnings(tables, workbook),
    },
    tables,
  };
}

type FoundTable = { keys: TableKeys; sheet: Sheet; datev: DatevHeader | undefined; table: SurveyedTable };

function findAll(workbook: Workbook, file: SpreadsheetFile, { known }: ReadOptions): FoundTable[] {
  return withKeys(
    workbook.sheets.flatMap((sheet) => {
      const datev = datevHeader(sheet);
      const tables = datev ? findTables({ ...sheet, rows: sheet.rows.part(1) }) : findTables(sheet);
      return tables.map((table) => ({
        sheet,
        datev,
        table: surveyTable(table, datev, contextOf(file, sheet), known),
      }));
    }),
  );
}

function refused(reason: string, workbook: Workbook, file: SpreadsheetFile): ReadUpload {
  const preview: UploadPreview = {
    outcome: 'refused',
    reason,
    file: aboutFile(workbook, file),
    sheets: previewSheets([], workbook),
    questions: [],
    warnings: [...workbook.warnings],
  };
  return { preview, tables: [] };
}

/** What it is, what its columns mean, and its rows; whether it is used is found out when all are known. */
function understood(
  { keys, sheet, datev, table }: FoundTable,
  conventionsOf: (column: SurveyedColumn) => Conventions,
  file: SpreadsheetFile,
  options: ReadOptions,
): UploadTable {
  const { key } = keys;
  const said = options.answers?.[`feed:${key}`];
  const forced =
    (said === SKIP ? undefined : said) ??
    options.answers?.['feed'] ??
    options.feed ??
    (datev ? 'ledger_entries' : undefined);
  const understanding = understandTable(table, contextOf(file, sheet), forced);
  const feed = understanding.sure ? understanding.best?.feed : undefined;
  const mapped = answered(
    feed || (understanding.best?.score ?? 0) >= 0.45 ? (understanding.best?.mapped ?? []) : [],
    table,
    key,
    feed,
    options,
  );
  const columns = understandColumns(table, mapped, conventionsOf);
  const read = readTable(table, columns, feed, sheet.merges, datev);
  return { keys, sheet, table, columns, understanding, feed, used: false, read };
}

/** What the names of the file and the sheet say. */
function contextOf({ name }: SpreadsheetFile, sheet: Sheet): string {
  return `${normalizeHeader(name.replace(/\.\w+$/, ''))} ${normalizeHeader(sheet.name)}`;
}

function aboutFile(workbook: Workbook, file: SpreadsheetFile): UploadPreview['file'] {
  return {
    name: file.name,
    kind: workbook.kind,
    sizeBytes: file.bytes.byteLength,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    ...(workbook.encoding ? { encoding: workbook.encoding } : {}),
    ...(workbook.delimiter ? { delimiter: workbook.delimiter } : {}),
  };
}

/** The mapping, with what a person said of it. */
function answered(
  mapped: Mapped[],
  table: SurveyedTable,
  key: string,
  feed: UploadFeed | undefined,
  { answers }: ReadOptions,
): Mapped[] {
  const prefix = `column:${key}:`;
  let result = mapped;
  for (const [id, value] of Object.entries(answers ?? {})) {
    if (!id.startsWith(prefix)) continue;
    const to = id.slice(prefix.length);
    const column = table.surveyed.find((other) => columnName(other.column) === value);
    const [concept] = feed?.columns.find(({ name }) => name === to)?.from ?? [];
    result = result.filter((other) => other.to !== to && other.column.column !== column?.column);
    if (column && concept) result = [...result, { column, to, concept, confidence: 1 }];
  }
  return result;
}

/** Tables whose feed is known or was told; where none is, the largest that can be seen. */
function chooseUsed(tables: UploadTable[], { answers }: ReadOptions): void {
  const said = (table: UploadTable) => answers?.[`feed:${table.keys.key}`];
  const visible = tables.filter((table) => !table.sheet.hidden && said(table) !== SKIP);
  const known = visible.filter(({ feed, read }) => feed && read.rowsRead > 0);
  const best = Math.max(0, ...known.map(({ understanding }) => understanding.best?.score ?? 0));
  for (const table of known)
    if (said(table) !== undefined || (table.understanding.best?.score ?? 0) >= best - 0.25) table.used = true;
  if (known.length > 0) return;
  const [largest] = visible.toSorted((a, b) => weight(b) - weight(a));
  if (!largest) return;
  const print = layoutFingerprint(largest.table.columns.map(({ header }) => header));
  for (const table of visible)
    if (
      table === largest ||
      (largest.table.headerRows.length > 0 &&
        layoutFingerprint(table.table.columns.map(({ header }) => header)) === print)
    )
      table.used = true;
}

function weight({ table, read, understanding }: UploadTable): number {
  return (
    (read.rowsRead + 1) *
    Math.min(8, table.columns.length) *
    (table.headerRows.length > 0 ? 3 : 1) *
    (0.5 + (understanding.best?.score ?? 0))
  );
}
