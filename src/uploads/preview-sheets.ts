import { titleDay } from './ask-about.ts';
import { acrossOf } from './branches-across.ts';
import type { UploadFeed } from './feeds.ts';
import { layoutFingerprint } from './fingerprint.ts';
import type { ReadTable } from './read-table.ts';
import { filledIn } from './sheet-rows.ts';
import type { UnderstoodColumn } from './understand-table.ts';
import type { SheetPreview } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';
import { cellName, columnName, type Workbook } from './workbook.ts';

/** All sheets in the workbook's order, those that hold nothing too. */
export function previewSheets(tables: readonly UploadTable[], workbook: Workbook): SheetPreview[] {
  const order = new Map(workbook.sheets.map(({ name }, at) => [name, at]));
  return [...tables.map(previewOf), ...emptySheets(workbook)].toSorted(
    (a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0),
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
