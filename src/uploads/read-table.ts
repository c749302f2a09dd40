import { byCell, byColumn } from './by-cell.ts';
import { type ClassifiedRow, classifyRows, type RowColumns } from './classify-rows.ts';
import { type DatevHeader, datevDay } from './datev.ts';
import { exactSum } from './exact-sum.ts';
import type { UploadFeed } from './feeds.ts';
import { groupBy } from './group-by.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type CellReading, readCell } from './read-column.ts';
import { totalWord } from './total-words.ts';
import type { SurveyedTable, UnderstoodColumn } from './understand-table.ts';
import type { LeftOut, RefusedCell, SheetPreview } from './upload-preview.ts';
import { type Cell, type CellRange, cellName, columnName, isBlank, type SheetRow } from './workbook.ts';

/** A row that may be loaded, by the column's number. */
export type ReadRow = {
  index: number;
  /** With holes where cells are blank. */
  values: (string | undefined)[];
  sides: ReadonlyMap<number, 'debit' | 'credit'>;
};

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
const NO_GROUP: ReadonlyMap<number, string> = new Map();
const NO_SIDES: ReadRow['sides'] = new Map();
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
  const ways = columns.map((column) => {
    const sum = isSummed(column) ? exactSum() : undefined;
    return {
      column,
      at: column.column,
      readOwn: read.of(column),
      sum,
      mustBeRight: sum !== undefined || isNeeded(column, feed, groups),
    };
  });
  const missingIn = missingValues(columns, feed);
  const width = 1 + Math.max(table.right, ...columns.map(({ column }) => column));
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
    const values: ReadRow['values'] = new Array(width);
    let sides: Map<number, 'debit' | 'credit'> | undefined;
    for (const [at, value] of group ?? NO_GROUP) values[at] = value;
    for (const { column, at, readOwn, mustBeRight } of ways) {
      const cell = row.cells[at] ?? above?.(row.index, column);
      const reading = cell && readOwn(cell);
      if (reading === undefined) continue;
      if ('value' in reading) {
        values[at] = reading.value;
        if (reading.side) {
          sides ??= new Map();
          sides.set(at, reading.side);
        }
      } else if (mustBeRight) problems.push(problem(row, at, cell, reading.reason));
    }
    if (problems.length === 0) problems.push(...missingIn(row, values));
    if (problems.length > 0) {
      result.rowsRefused++;
      result.refusedRows.push(row.index);
      if (result.refused.length < MAX_LISTED) result.refused.push(...problems);
      continue;
    }
    for (const { at, sum } of ways) {
      const value = sum && values[at];
      if (value !== undefined) sum?.add(value);
    }
    result.rows.push({ index: row.index, values, sides: sides ?? NO_SIDES });
  }
  for (const { column, sum } of ways) if (sum) result.totals[totalName(column, result.totals)] = sum.text();
  return result;
}

export function columnLabel(column: { header: string | null; column: number }): string {
  return column.header ?? columnName(column.column);
}

function totalName(column: UnderstoodColumn, taken: Record<string, string>): string {
  const name = columnLabel(column);
  return name in taken ? `${name} (${columnName(column.column)})` : name;
}

/** The reader of each column. */
type Read = { of(column: UnderstoodColumn): (cell: Cell) => CellReading };

function cellReader(columns: UnderstoodColumn[], datev: DatevHeader | undefined): Read {
  const dated = new Set(
    columns.filter(({ mapped }) => datev && mapped?.concept === 'date').map(({ column }) => column),
  );
  const readers = new Map(
    columns.map((column) => [
      column,
      byCell((cell): CellReading => {
        if (datev && dated.has(column.column)) {
          const value = datevDay(cell.text, datev.fiscalYearStart);
          return value ? { value } : { reason: 'It is not a day and month of the fiscal year.' };
        }
        return readCell(cell, column.type, column.conventions, column.hint);
      }),
    ]),
  );
  return { of: (column) => readers.get(column) ?? (() => undefined) };
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
  const byNumber = new Map(columns.map((column) => [column.column, read.of(column)]));
  const number = byColumn((cell, at) => {
    const reading = byNumber.get(at)?.(cell);
    return reading && 'value' in reading ? Number(reading.value) : undefined;
  });
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
    wordOf: byColumn((cell) => totalWord(cell.text)),
    numberAt(row, at) {
      const cell = row.cells[at];
      return cell && number(cell, at);
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
): ((row: number, column: UnderstoodColumn) => Cell | undefined) | undefined {
  const down = merges.filter((merge) => merge.bottom > merge.top && merge.left === merge.right);
  if (down.length === 0) return undefined;
  const rows = new Map(body.map((row) => [row.index, row]));
  const tall = down.filter((merge) => rows.has(merge.top));
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
): (row: SheetRow, values: ReadRow['values']) => RefusedCell[] {
  const mapped = new Map(
    columns.flatMap((column) => (column.mapped ? [[column.mapped.to, column] as const] : [])),
  );
  const required = (feed?.required ?? [])
    .map((alternatives) => alternatives.flat().flatMap((name) => mapped.get(name) ?? []))
    .filter((alternatives) => alternatives.length > 0);
  return (row, values) => {
    const lacking = required.find((alternatives) =>
      alternatives.every(({ column }) => values[column] === undefined),
    );
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
