import { type ClassifiedRow, classifyRows, type RowColumns } from './classify-rows.ts';
import { type DatevHeader, datevDay } from './datev.ts';
import { exactSum } from './exact-sum.ts';
import type { UploadFeed } from './feeds.ts';
import { groupBy } from './group-by.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type CellReading, readCell } from './read-column.ts';
import type { SurveyedTable, UnderstoodColumn } from './understand-table.ts';
import type { LeftOut, RefusedCell, SheetPreview } from './upload-preview.ts';
import { type Cell, type CellRange, cellName, columnName, isBlank, type SheetRow } from './workbook.ts';

/** A row that may be loaded, by the column's number; blank cells are left out. */
export type ReadRow = { index: number; values: Map<number, string>; sides: Map<number, 'debit' | 'credit'> };

export type ReadTable = {
  rows: ReadRow[];
  rowsRead: number;
  rowsRefused: number;
  refused: RefusedCell[];
  refusedRows: number[];
  totals: Record<string, string>;
  leftOut: LeftOut[];
  controlTotals: SheetPreview['controlTotals'];
  firstDataRow: number | null;
  /** Columns whose heading stands above groups of rows. */
  groupColumns: number[];
};

const MAX_LISTED = 1_000;
const NOT_ADDED = new Set(['balance', 'unit_price', 'unit_cost', 'exchange_rate', 'tax_rate']);

/** Reads every row of a table with what was understood of its columns. */
export function readTable(
  table: SurveyedTable,
  columns: UnderstoodColumn[],
  feed: UploadFeed | undefined,
  merges: CellRange[],
  datev: DatevHeader | undefined,
): ReadTable {
  const read = cellReader(columns, datev);
  const classified = classifyRows(table.body, rowColumns(columns, read));
  const above = mergedDown(merges, table.body);
  const groups = new Set(classified.flatMap(({ group }) => [...(group?.keys() ?? [])]));
  const needed = columns.filter((column) => isNeeded(column, feed, groups));
  const missingIn = missingValues(columns, feed);
  const sums = new Map(columns.filter(isSummed).map((column) => [column.column, exactSum()]));
  const result: ReadTable = {
    rows: [],
    rowsRead: 0,
    rowsRefused: 0,
    refused: [],
    refusedRows: [],
    totals: {},
    leftOut: [],
    controlTotals: [],
    firstDataRow: null,
    groupColumns: [...groups],
  };
  for (const { row, kind, control, group } of classified) {
    if (kind !== 'data') {
      leaveOut(result, row, kind, table);
      addControls(result, row, control, columns);
      continue;
    }
    result.rowsRead++;
    result.firstDataRow ??= row.index + 1;
    const problems: RefusedCell[] = [];
    const values = new Map<number, string>(group);
    const sides: ReadRow['sides'] = new Map();
    for (const column of columns) {
      const cell = row.cells[column.column] ?? above(row.index, column);
      const reading = read(cell, column);
      if (reading === undefined) continue;
      if ('value' in reading) {
        values.set(column.column, reading.value);
        if (reading.side) sides.set(column.column, reading.side);
      } else if (needed.includes(column) || sums.has(column.column))
        problems.push(problem(row, column.column, cell, reading.reason));
    }
    if (problems.length === 0) problems.push(...missingIn(row, values));
    if (problems.length > 0) {
      result.rowsRefused++;
      result.refusedRows.push(row.index);
      if (result.refused.length < MAX_LISTED) result.refused.push(...problems);
      continue;
    }
    for (const [column, sum] of sums) {
      const value = values.get(column);
      if (value !== undefined) sum.add(value);
    }
    result.rows.push({ index: row.index, values, sides });
  }
  for (const column of columns) {
    const sum = sums.get(column.column);
    if (sum) result.totals[totalName(column, result.totals)] = sum.text();
  }
  return result;
}

export function columnLabel(column: { header: string | null; column: number }): string {
  return column.header ?? columnName(column.column);
}

function totalName(column: UnderstoodColumn, taken: Record<string, string>): string {
  const name = columnLabel(column);
  return name in taken ? `${name} (${columnName(column.column)})` : name;
}

type Read = (cell: Cell | undefined, column: UnderstoodColumn) => CellReading;

function cellReader(columns: UnderstoodColumn[], datev: DatevHeader | undefined): Read {
  const dated = new Set(
    columns.filter(({ mapped }) => datev && mapped?.concept === 'date').map(({ column }) => column),
  );
  return (cell, column) => {
    if (datev && cell !== undefined && dated.has(column.column)) {
      const value = datevDay(cell.text, datev.fiscalYearStart);
      return value ? { value } : { reason: 'It is not a day and month of the fiscal year.' };
    }
    return readCell(cell, column.type, column.conventions, column.hint);
  };
}

/** Which columns make a row an entry, which are balances, and which name it. */
function rowColumns(columns: UnderstoodColumn[], read: Read): RowColumns {
  const numeric = columns.filter(
    ({ type }) => type === 'decimal' || type === 'integer' || type === 'percent',
  );
  const isBalance = (column: UnderstoodColumn) =>
    NOT_ADDED.has(meaningOf(column) ?? '') || column.type === 'percent';
  const isCount = (column: UnderstoodColumn) => column.type === 'integer' && column.hint === undefined;
  const sure = numeric.filter((column) => !isBalance(column) && !isCount(column));
  const some = sure.length > 0 ? sure : numeric.filter((column) => !isBalance(column));
  const amounts =
    some.length > 0 ? some : numeric.filter((column) => meaningOf(column)?.startsWith('unit_') === true);
  const inAmounts = new Set(amounts);
  const byNumber = new Map(columns.map((column) => [column.column, column]));
  const balances = numeric.filter((column) => !inAmounts.has(column));
  return {
    headers: new Map(
      columns.flatMap(({ column, header, headerCells }) => {
        const last = headerCells.at(-1);
        return header === null || !last ? [] : [[column, normalizeHeader(last.text)] as const];
      }),
    ),
    amounts: amounts.map(({ column }) => column),
    balances: balances.map(({ column }) => column),
    others: columns.filter((column) => !numeric.includes(column)).map(({ column }) => column),
    numberAt(row, at) {
      const column = byNumber.get(at);
      const reading = column && read(row.cells[at], column);
      return reading && 'value' in reading ? Number(reading.value) : undefined;
    },
  };
}

function meaningOf(column: UnderstoodColumn): string | undefined {
  return (
    column.mapped?.concept ??
    (column.candidates[0] && column.candidates[0].confidence >= 0.6
      ? column.candidates[0].concept
      : undefined)
  );
}

function isSummed({ type, hint }: UnderstoodColumn): boolean {
  return type === 'decimal' || (type === 'integer' && hint !== 'code');
}

/** What is mapped must be right; where nothing is, what has a name. */
function isNeeded(column: UnderstoodColumn, feed: UploadFeed | undefined, groups: Set<number>): boolean {
  if (groups.has(column.column)) return false;
  return feed ? column.mapped !== undefined || column.hint === 'amount' : column.header !== null;
}

/** The value of a cell that is merged over several rows counts in each of them, unless it is an amount. */
function mergedDown(
  merges: CellRange[],
  body: SheetRow[],
): (row: number, column: UnderstoodColumn) => Cell | undefined {
  const rows = new Map(body.map((row) => [row.index, row]));
  const tall = merges.filter(
    (merge) => merge.bottom > merge.top && merge.left === merge.right && rows.has(merge.top),
  );
  if (tall.length === 0) return () => undefined;
  const byColumn = groupBy(tall, (merge) => merge.left);
  return (row, { column, hint, type }) => {
    if (hint === 'amount' || hint === 'quantity' || type === 'decimal') return undefined;
    const merge = byColumn.get(column)?.find((other) => row > other.top && row <= other.bottom);
    return merge && rows.get(merge.top)?.cells[column];
  };
}

/** Looks whether a row of a known feed lacks what every row of it has. */
function missingValues(
  columns: UnderstoodColumn[],
  feed: UploadFeed | undefined,
): (row: SheetRow, values: Map<number, string>) => RefusedCell[] {
  const mapped = new Map(
    columns.flatMap((column) => (column.mapped ? [[column.mapped.to, column] as const] : [])),
  );
  const required = (feed?.required ?? [])
    .map((alternatives) => alternatives.flat().flatMap((name) => mapped.get(name) ?? []))
    .filter((alternatives) => alternatives.length > 0);
  return (row, values) => {
    const lacking = required.find((alternatives) => !alternatives.some(({ column }) => values.has(column)));
    return lacking ? [nothingIn(lacking, row)] : [];
  };
}

function nothingIn(alternatives: UnderstoodColumn[], row: SheetRow): RefusedCell {
  const what = alternatives.map((column) => `'${columnLabel(column)}'`);
  const reason =
    what.length === 1
      ? `There is nothing in ${what[0]}.`
      : `There is nothing in ${what.slice(0, -1).join(', ')} or ${what.at(-1)}.`;
  return { cell: cellName(alternatives[0]?.column ?? 0, row.index), value: '', reason };
}

function problem(row: SheetRow, column: number, cell: Cell | undefined, reason: string): RefusedCell {
  const value = cell?.kind === 'formula' ? `=${cell.formula ?? ''}` : (cell?.text ?? '');
  return { cell: cellName(column, row.index), value: value.slice(0, 200), reason };
}

const KINDS: Record<Exclude<ClassifiedRow['kind'], 'data'>, string> = {
  total: 'total',
  balance: 'balance, no entry',
  heading: 'heading',
  note: 'note',
  'repeated-header': 'heading repeated',
};

function leaveOut(
  result: ReadTable,
  row: SheetRow,
  kind: Exclude<ClassifiedRow['kind'], 'data'>,
  table: SurveyedTable,
): void {
  const texts = row.cells
    .slice(table.left, table.right + 1)
    .filter((cell): cell is Cell => cell !== undefined && !isBlank(cell))
    .map((cell) => cell.text.trim());
  result.leftOut.push({ row: row.index + 1, kind: KINDS[kind], text: texts.join(' | ').slice(0, 160) });
}

function addControls(
  result: ReadTable,
  row: SheetRow,
  control: ClassifiedRow['control'],
  columns: UnderstoodColumn[],
): void {
  for (const { column, says, rows, agrees } of control ?? []) {
    const found = columns.find((other) => other.column === column);
    result.controlTotals.push({
      cell: cellName(column, row.index),
      column: found ? columnLabel(found) : columnName(column),
      says: plain(says),
      rowsComeTo: plain(rows),
      agrees,
    });
  }
}

/** Sums of doubles, as far as they can be trusted. */
function plain(value: number): string {
  return String(Number(value.toFixed(4)));
}
