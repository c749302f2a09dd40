import { type ClassifiedRows, classifyRows, type RowColumns, type RowKind } from './classify-rows.ts';
import { type DatevHeader, datevDay } from './datev.ts';
import { exactSum } from './exact-sum.ts';
import type { UploadFeed } from './feeds.ts';
import { withMergesDown } from './merges-down.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type CellReading, readCell } from './read-column.ts';
import { byCode, type Rows } from './sheet-rows.ts';
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
  rowsLoadable: number;
  /** The rows that may be loaded, each made as it is asked for. */
  rows(from?: number, to?: number): Iterable<ReadRow>;
  /** What the rows that may be loaded have in a column, each value once. */
  distinct(column: number): Set<string>;
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
const NO_SIDES: ReadRow['sides'] = new Map();
const NOT_ADDED = new Set(['balance', 'unit_price', 'unit_cost', 'exchange_rate', 'tax_rate']);

/** How one column is read. */
type Way = {
  column: UnderstoodColumn;
  codes: Int32Array;
  read: (code: number) => Reading;
  sum: ReturnType<typeof exactSum> | undefined;
  mustBeRight: boolean;
};

/** Null for blank, which a code can be, too. */
type Reading = NonNullable<CellReading> | null;

/** Reads every row of a table with what was understood of its columns. */
export function readTable(
  table: SurveyedTable,
  columns: UnderstoodColumn[],
  feed: UploadFeed | undefined,
  merges: CellRange[],
  datev: DatevHeader | undefined,
): ReadTable {
  const reading = columnReader(columns, datev);
  const classified = classifyRows(table.body, rowColumns(columns, reading));
  const groupColumns = [...new Set([...classified.groups.values()].flatMap((group) => [...group.keys()]))];
  const body = withMergesDown(table.body, merges, columns);
  const ways = columns.map((column): Way => {
    const sum = isSummed(column) ? exactSum() : undefined;
    return {
      column,
      codes: body.codes(column.column),
      read: readByCode(body, column, reading),
      sum,
      mustBeRight: sum !== undefined || isNeeded(column, feed, groupColumns),
    };
  });
  const result = { ...emptyResult(), groupColumns };
  leaveOut(result, table, columns, classified);
  const good = readRows(result, body, classified, { ways, lacking: missingValues(ways, feed) });
  for (const { column, sum } of ways) if (sum) result.totals[totalName(column, result.totals)] = sum.text();
  const width = 1 + Math.max(table.right, ...columns.map(({ column }) => column));
  return { ...result, ...loadable(body, classified, ways, good, width) };
}

function emptyResult() {
  return {
    rowsRead: 0,
    rowsRefused: 0,
    refused: [] as RefusedCell[],
    refusedRows: [] as number[],
    totals: {} as Record<string, string>,
    leftOut: [] as LeftOut[],
    controlTotals: [] as SheetPreview['controlTotals'],
    firstDataRow: null as number | null,
  };
}

type Result = ReturnType<typeof emptyResult>;

/** Judges each entry and adds up the good ones, which are given back. */
function readRows(
  result: Result,
  body: Rows,
  { kinds, groups }: ClassifiedRows,
  { ways, lacking }: { ways: Way[]; lacking: ReturnType<typeof missingValues> },
): number[] {
  const good: number[] = [];
  const summed = ways.filter(({ sum }) => sum !== undefined);
  const judged = ways.filter(({ mustBeRight }) => mustBeRight);
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] !== 'data') continue;
    result.rowsRead++;
    result.firstDataRow ??= body.index(at) + 1;
    let problems: RefusedCell[] | undefined;
    for (const way of judged) {
      const reading = way.read(way.codes[at] as number);
      if (reading === null || !('reason' in reading)) continue;
      problems ??= [];
      problems.push(
        problem(body.index(at), way.column.column, body.cell(at, way.column.column), reading.reason),
      );
    }
    const lacks = problems ? undefined : lacking(at, groups.get(at));
    if (lacks) problems = [nothingIn(lacks, body.index(at))];
    if (problems) {
      result.rowsRefused++;
      result.refusedRows.push(body.index(at));
      if (result.refused.length < MAX_LISTED) result.refused.push(...problems);
      continue;
    }
    for (const { codes, read, sum } of summed) {
      const reading = read(codes[at] as number);
      if (reading !== null && 'value' in reading) sum?.add(reading.value);
    }
    good.push(at);
  }
  return good;
}

/** The good rows, for whoever wants them one by one. */
function loadable(
  body: Rows,
  { groups }: ClassifiedRows,
  ways: Way[],
  good: number[],
  width: number,
): Pick<ReadTable, 'rows' | 'distinct' | 'rowsLoadable'> {
  const valueOf = ({ codes, read, column }: Way, at: number) => {
    const reading = read(codes[at] as number);
    return reading !== null && 'value' in reading ? reading : groups.get(at)?.get(column.column);
  };
  return {
    rowsLoadable: good.length,
    *rows(from = 0, to = good.length) {
      for (const at of good.slice(from, to)) {
        const values: ReadRow['values'] = new Array(width);
        let sides: Map<number, 'debit' | 'credit'> | undefined;
        for (const [column, value] of groups.get(at) ?? []) values[column] = value;
        for (const { column, codes, read } of ways) {
          const reading = read(codes[at] as number);
          if (reading === null || !('value' in reading)) continue;
          values[column.column] = reading.value;
          if (!reading.side) continue;
          sides ??= new Map();
          sides.set(column.column, reading.side);
        }
        yield { index: body.index(at), values, sides: sides ?? NO_SIDES };
      }
    },
    distinct(column) {
      const way = ways.find((other) => other.column.column === column);
      const found = new Set<ReturnType<typeof valueOf>>();
      if (way) for (const at of good) found.add(valueOf(way, at));
      const texts = [...found].map((value) => (typeof value === 'object' ? value.value : value));
      return new Set(texts.filter((text) => text !== undefined));
    },
  };
}

export function columnLabel(column: { header: string | null; column: number }): string {
  return column.header ?? columnName(column.column);
}

function totalName(column: UnderstoodColumn, taken: Record<string, string>): string {
  const name = columnLabel(column);
  return name in taken ? `${name} (${columnName(column.column)})` : name;
}

type ReadColumnCell = (column: UnderstoodColumn, cell: Cell) => CellReading;

function columnReader(columns: UnderstoodColumn[], datev: DatevHeader | undefined): ReadColumnCell {
  const dated = new Set(
    columns.filter(({ mapped }) => datev && mapped?.concept === 'date').map(({ column }) => column),
  );
  return (column, cell) => {
    if (datev && dated.has(column.column)) {
      const value = datevDay(cell.text, datev.fiscalYearStart);
      return value ? { value } : { reason: 'It is not a day and month of the fiscal year.' };
    }
    return readCell(cell, column.type, column.conventions, column.hint);
  };
}

function readByCode(
  rows: Rows,
  column: UnderstoodColumn,
  reading: ReadColumnCell,
): (code: number) => Reading {
  return byCode<Reading>(rows, column.column, null, (cell) => reading(column, cell) ?? null);
}

/** Which columns make a row an entry, which are balances, and which name it. */
function rowColumns(columns: UnderstoodColumn[], reading: ReadColumnCell): RowColumns {
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
    numbersIn(rows, at) {
      const column = columns.find((other) => other.column === at);
      const codes = rows.codes(at);
      const numbers = byCode(rows, at, Number.NaN, (cell) => {
        const found = column && reading(column, cell);
        return found && 'value' in found ? Number(found.value) : Number.NaN;
      });
      return (row) => numbers(codes[row] as number);
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
function isNeeded(column: UnderstoodColumn, feed: UploadFeed | undefined, groups: number[]): boolean {
  if (groups.includes(column.column)) return false;
  return feed ? column.mapped !== undefined || column.hint === 'amount' : column.header !== null;
}

/** The columns of which a row of a known feed lacks what every row of it has in one of them. */
function missingValues(
  ways: Way[],
  feed: UploadFeed | undefined,
): (at: number, group: ReadonlyMap<number, string> | undefined) => UnderstoodColumn[] | undefined {
  const mapped = new Map(ways.flatMap((way) => (way.column.mapped ? [[way.column.mapped.to, way]] : [])));
  const required = (feed?.required ?? [])
    .map((alternatives) => alternatives.flat().flatMap((name) => mapped.get(name) ?? []))
    .filter((alternatives) => alternatives.length > 0);
  const isMissing = ({ read, codes, column }: Way, at: number, group?: ReadonlyMap<number, string>) => {
    const reading = read(codes[at] as number);
    return (reading === null || !('value' in reading)) && !group?.has(column.column);
  };
  return (at, group) => {
    for (const alternatives of required)
      if (alternatives.every((way) => isMissing(way, at, group)))
        return alternatives.map(({ column }) => column);
    return undefined;
  };
}

function nothingIn(alternatives: UnderstoodColumn[], row: number): RefusedCell {
  const what = alternatives.map((column) => `'${columnLabel(column)}'`);
  const reason =
    what.length === 1
      ? `There is nothing in ${what[0]}.`
      : `There is nothing in ${what.slice(0, -1).join(', ')} or ${what.at(-1)}.`;
  return { cell: cellName(alternatives[0]?.column ?? 0, row), value: '', reason };
}

function problem(index: number, column: number, cell: Cell | undefined, reason: string): RefusedCell {
  const value = cell?.kind === 'formula' ? `=${cell.formula ?? ''}` : (cell?.text ?? '');
  return { cell: cellName(column, index), value: value.slice(0, 200), reason };
}

const KINDS: Record<Exclude<RowKind, 'data'>, string> = {
  total: 'total',
  balance: 'balance, no entry',
  heading: 'heading',
  note: 'note',
  'repeated-header': 'heading repeated',
};

/** Tells of the rows that are no entries. */
function leaveOut(
  result: Result,
  table: SurveyedTable,
  columns: UnderstoodColumn[],
  { kinds, controls }: ClassifiedRows,
): void {
  for (const [at, kind] of kinds.entries()) {
    if (kind === 'data') continue;
    const row = table.body.row(at);
    if (!row) continue;
    result.leftOut.push({ row: row.index + 1, kind: KINDS[kind], text: textIn(row, table) });
    for (const { column, says, rows, agrees } of controls.get(at) ?? []) {
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
}

function textIn({ cells }: SheetRow, { left, right }: SurveyedTable): string {
  return cells
    .slice(left, right + 1)
    .filter((cell): cell is Cell => cell !== undefined && !isBlank(cell))
    .map((cell) => cell.text.trim())
    .join(' | ')
    .slice(0, 160);
}

/** Sums of doubles, as far as they can be trusted. */
function plain(value: number): string {
  return String(Number(value.toFixed(4)));
}
