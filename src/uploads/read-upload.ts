import { createHash } from 'node:crypto';
import { askAbout, SKIP, titleDay } from './ask-about.ts';
import { acrossOf } from './branches-across.ts';
import { datevHeader } from './datev.ts';
import type { UploadFeed } from './feeds.ts';
import { findTables } from './find-tables.ts';
import { layoutFingerprint } from './fingerprint.ts';
import { groupBy } from './group-by.ts';
import type { Mapped, SurveyedColumn } from './match-columns.ts';
import type { SpreadsheetFile } from './needs.ts';
import { normalizeHeader } from './normalize-header.ts';
import type { Conventions } from './read-column.ts';
import { columnLabel, type ReadTable, readTable } from './read-table.ts';
import { filledIn } from './sheet-rows.ts';
import { type TableKeys, withKeys } from './table-keys.ts';
import {
  type SurveyedTable,
  surveyTable,
  type Understanding,
  type UnderstoodColumn,
  understandColumns,
  understandTable,
} from './understand-table.ts';
import type { ReadOptions, SheetPreview, UploadPreview } from './upload-preview.ts';
import { cellName, columnName, type Sheet, type Workbook } from './workbook.ts';

/** All that was found of one table, for the preview and for what is made of it later. */
export type UploadTable = {
  keys: TableKeys;
  sheet: Sheet;
  table: SurveyedTable;
  columns: UnderstoodColumn[];
  understanding: Understanding;
  feed: UploadFeed | undefined;
  used: boolean;
  read: ReadTable;
};

export type ReadUpload = { preview: UploadPreview; tables: UploadTable[] };

/** A workbook as accountants' data: its tables, what they are, their rows, and what must be asked. */
export function readUpload(workbook: Workbook, file: SpreadsheetFile, options: ReadOptions): ReadUpload {
  const found = withKeys(
    workbook.sheets.flatMap((sheet) => {
      const datev = datevHeader(sheet);
      const tables = datev ? findTables({ ...sheet, rows: sheet.rows.part(1) }) : findTables(sheet);
      return tables.map((table) => ({
        sheet,
        datev,
        table: surveyTable(table, datev, contextOf(file, sheet), options.known),
      }));
    }),
  );
  const about = aboutFile(workbook, file);
  if (found.length === 0) {
    const reason = 'No cell of it holds anything, so there is nothing to load.';
    return {
      preview: { outcome: 'refused', reason, ...about, sheets: emptySheets(workbook), questions: [] },
      tables: [],
    };
  }
  if (found.every(({ table }) => table.body.length === 0)) {
    const reason = 'It names its columns, but no rows stand under them.';
    return {
      preview: { outcome: 'refused', reason, ...about, sheets: emptySheets(workbook), questions: [] },
      tables: [],
    };
  }
  const conventionsOf = fileConventions(
    found.map(({ table }) => table),
    workbook,
    options,
  );
  const tables = found.map(({ keys, sheet, datev, table }): UploadTable => {
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
  });
  chooseUsed(tables, options);
  const questions = askAbout(tables, options, file);
  const sheets = [...tables.map(previewOf), ...emptySheets(workbook)];
  const warnings = [...about.warnings, ...warningsOf(tables, workbook)];
  return {
    preview: {
      outcome: questions.length > 0 ? 'needs-detail' : 'read',
      ...about,
      sheets: inOrder(sheets, workbook),
      questions,
      warnings,
    },
    tables,
  };
}

/** What the names of the file and the sheet say. */
function contextOf({ name }: SpreadsheetFile, sheet: Sheet): string {
  return `${normalizeHeader(name.replace(/\.\w+$/, ''))} ${normalizeHeader(sheet.name)}`;
}

function aboutFile(workbook: Workbook, file: SpreadsheetFile): Pick<UploadPreview, 'file' | 'warnings'> {
  return {
    file: {
      name: file.name,
      kind: workbook.kind,
      sizeBytes: file.bytes.byteLength,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      ...(workbook.encoding ? { encoding: workbook.encoding } : {}),
      ...(workbook.delimiter ? { delimiter: workbook.delimiter } : {}),
    },
    warnings: [...workbook.warnings],
  };
}

/** How a column's dates and decimals are written: by its own proof, else by that of the whole file, else as usual. */
function fileConventions(
  tables: SurveyedTable[],
  workbook: Workbook,
  { answers }: ReadOptions,
): (column: SurveyedColumn) => Conventions {
  const surveys = tables.flatMap(({ surveyed }) => surveyed.map(({ survey }) => survey));
  const sum = (pick: (survey: SurveyedColumn['survey']) => number) =>
    surveys.reduce((total, survey) => total + pick(survey), 0);
  const comma = sum(({ signs }) => signs[',']);
  const dot = sum(({ signs }) => signs['.']);
  const dmy = sum(({ orders }) => orders.dmy);
  const mdy = sum(({ orders }) => orders.mdy);
  const fileSign = comma > dot || (comma === dot && workbook.delimiter === ';') ? ',' : '.';
  const fileOrder = mdy > dmy ? 'mdy' : 'dmy';
  return ({ survey: { signs, orders } }) => ({
    decimalSign:
      (answers?.['decimal-sign'] as ',' | '.' | undefined) ??
      (signs[','] === signs['.'] ? fileSign : signs[','] > signs['.'] ? ',' : '.'),
    dateOrder:
      (answers?.['date-order'] as 'dmy' | 'mdy' | undefined) ??
      (orders.dmy === orders.mdy ? fileOrder : orders.mdy > orders.dmy ? 'mdy' : 'dmy'),
  });
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

function previewOf({
  keys,
  sheet,
  table,
  columns,
  understanding,
  feed,
  used,
  read,
}: UploadTable): SheetPreview {
  const sideways = acrossOf(table);
  const across = new Set(feed && feed.name === sideways?.feed ? sideways.columns : []);
  const last = table.body.row(table.body.length - 1)?.index ?? table.headerRows.at(-1) ?? 0;
  const top = table.headerRows[0] ?? table.body.row(0)?.index ?? 0;
  return {
    name: sheet.name,
    key: keys.key,
    used,
    feed: feed?.name ?? null,
    feedConfidence: Math.round((understanding.best?.score ?? 0) * 100) / 100,
    range: `${cellName(table.left, top)}:${cellName(table.right, last)}`,
    headerRow: table.headerRows[0] === undefined ? null : table.headerRows[0] + 1,
    firstDataRow: read.firstDataRow,
    columns: columns.map((column) => ({
      header: column.header,
      mapsTo: column.mapped?.to ?? (across.has(column.column) ? 'amount' : null),
      type: column.type,
      confidence: Math.round((column.mapped?.confidence ?? 0) * 100) / 100,
      column: columnName(column.column),
    })),
    rowsRead: read.rowsRead,
    rowsRefused: read.rowsRefused,
    refused: read.refused,
    totals: read.totals,
    leftOut: read.leftOut.slice(0, 500),
    controlTotals: read.controlTotals.slice(0, 500),
    period: periodOf(columns, read) ?? titlePeriod(feed, table.titles),
    firstRows: Array.from(read.rows(0, 5), ({ values }) => columns.map(({ column }) => values[column] ?? '')),
    fingerprint: layoutFingerprint(table.columns.map(({ header }) => header)),
  };
}

function periodOf(columns: UnderstoodColumn[], read: ReadTable): { from: string; to: string } | null {
  const dated = columns.find(
    ({ mapped, type }) =>
      mapped &&
      /^(entry_date|invoice_date|month|counted_on)$/.test(mapped.to) &&
      (type === 'date' || type === 'month'),
  );
  const column = dated ?? columns.find(({ mapped }) => mapped?.to === 'entry_date');
  if (!column) return null;
  let [from, to] = ['', ''];
  for (const value of read.distinct(column.column)) {
    const day = value.slice(0, 10);
    if (day === '') continue;
    if (from === '' || day < from) from = day;
    if (day > to) to = day;
  }
  return from === '' ? null : { from, to };
}

function titlePeriod(feed: UploadFeed | undefined, titles: string[]): { from: string; to: string } | null {
  const day = feed?.name === 'trial_balance' || feed?.name === 'stock_counts' ? titleDay(titles) : undefined;
  const [only] = day?.days ?? [];
  return day?.sure && only ? { from: only, to: only } : null;
}

function emptySheets(workbook: Workbook): SheetPreview[] {
  return workbook.sheets
    .filter(({ rows }) => [...rows.grid.columns.keys()].every((column) => filledIn(rows, column) === 0))
    .map(({ name }) => ({
      name,
      key: name,
      used: false,
      feed: null,
      feedConfidence: 0,
      range: '',
      headerRow: null,
      firstDataRow: null,
      columns: [],
      rowsRead: 0,
      rowsRefused: 0,
      refused: [],
      totals: {},
      leftOut: [],
      controlTotals: [],
      period: null,
      firstRows: [],
      fingerprint: '',
    }));
}

function inOrder(sheets: SheetPreview[], workbook: Workbook): SheetPreview[] {
  const order = new Map(workbook.sheets.map(({ name }, at) => [name, at]));
  return sheets.toSorted((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

function warningsOf(tables: UploadTable[], workbook: Workbook): string[] {
  const warnings: string[] = [];
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) warnings.push(`The sheet '${sheet.name}' is hidden. It is not used.`);
    const rows = sheet.rows.grid.hidden.size;
    if (rows > 0 && !sheet.hidden)
      warnings.push(
        `'${sheet.name}' has ${rows} hidden ${rows === 1 ? 'row' : 'rows'}. They are read like the others.`,
      );
    const columns = sheet.hiddenColumns.filter((column) => filledIn(sheet.rows, column) > 0);
    if (columns.length > 0)
      warnings.push(
        `'${sheet.name}' has hidden columns (${columns.slice(0, 10).map(columnName).join(', ')}). They are read like the others.`,
      );
  }
  for (const { sheet, feed, used, read, columns, table } of tables) {
    if (!used) {
      if (!sheet.hidden && table.body.length > 0)
        warnings.push(
          `'${sheet.name}', ${cellName(table.left, table.headerRows[0] ?? table.body.row(0)?.index ?? 0)}: this table is not used.`,
        );
      continue;
    }
    warnings.push(...differences(sheet.name, read));
    const left = groupBy(read.leftOut, ({ kind }) => kind);
    for (const [kind, rows] of left)
      warnings.push(
        `'${sheet.name}': ${rows.length} ${rows.length === 1 ? 'row was' : 'rows were'} left out as ${kind} (row ${rows
          .slice(0, 5)
          .map(({ row }) => row)
          .join(', ')}${rows.length > 5 ? ' ...' : ''}).`,
      );
    if (read.groupColumns.length > 0)
      warnings.push(
        `'${sheet.name}': headings above groups of rows were taken as values of the rows below them.`,
      );
    const balances = feed?.name === 'ledger_entries' || feed?.name === 'trial_balance';
    const unbalanced = balances ? imbalance(columns, read) : undefined;
    if (unbalanced) warnings.push(`'${sheet.name}': debits and credits differ by ${unbalanced}.`);
  }
  return warnings;
}

function differences(name: string, read: ReadTable): string[] {
  return read.controlTotals
    .filter(({ agrees }) => !agrees)
    .slice(0, 10)
    .map(
      ({ cell, says, rowsComeTo, column }) =>
        `'${name}' ${cell} says that '${column}' comes to ${says}, but the rows come to ${rowsComeTo}.`,
    );
}

function imbalance(columns: UnderstoodColumn[], read: ReadTable): string | undefined {
  const total = (to: string) => {
    const column = columns.find(({ mapped }) => mapped?.to === to);
    return column ? Number(read.totals[columnLabel(column)] ?? Number.NaN) : Number.NaN;
  };
  const difference = Math.abs(total('debit')) - Math.abs(total('credit'));
  return Number.isNaN(difference) || Math.abs(difference) < 0.005 || read.rowsRefused > 0
    ? undefined
    : difference.toFixed(2);
}
