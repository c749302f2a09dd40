import { type Cell, isBlank, type SheetRow } from './workbook.ts';

/** One column: of each row, by its position, which of `cells` stands in it. 0 is none. Cells that are equal are mostly one. */
export type CodedColumn = { codes: Int32Array; cells: (Cell | undefined)[] };

/** All that stands on a sheet, by column; `indexes` says of each position which row it is, counted from 0, rising. */
export type Grid = { indexes: Int32Array; hidden: ReadonlySet<number>; columns: CodedColumn[] };

/**
 * Rows of a sheet, from the top down. A look at all of them goes by columns and codes, since a hundred thousand rows have few
 * different cells; a row by itself is made when it is asked for, and stays the same.
 */
export type Rows = {
  readonly length: number;
  readonly grid: Grid;
  /** Undefined outside of them. */
  row(at: number): SheetRow | undefined;
  /** Where the row stands on the sheet, counted from 0. */
  index(at: number): number;
  slice(from: number, to?: number): SheetRow[];
  part(from: number, to?: number): Rows;
  keep(isKept: (at: number) => boolean): Rows;
  /** The codes of a column in these rows alone. */
  codes(column: number): Int32Array;
  cell(at: number, column: number): Cell | undefined;
  /** With another column, or one more, of which `codes` are given for these rows. */
  withColumn(column: number, coded: CodedColumn): Rows;
  [Symbol.iterator](): Iterator<SheetRow>;
};

const NOTHING: CodedColumn = { codes: new Int32Array(0), cells: [undefined] };

export function allRows(grid: Grid): Rows {
  return rowsAt(
    grid,
    grid.indexes.map((_, at) => at),
    [],
  );
}

function rowsAt(grid: Grid, positions: Int32Array, made: (SheetRow | undefined)[]): Rows {
  const gathered: (Int32Array | undefined)[] = [];
  const { length } = positions;
  const row = (at: number) => {
    const position = positions[at];
    if (position === undefined) return undefined;
    const known = made[position] ?? rowOf(grid, position);
    made[position] = known;
    return known;
  };
  const rows: Rows = {
    length,
    grid,
    row,
    index: (at) => grid.indexes[positions[at] ?? -1] ?? -1,
    slice: (from, to = length) =>
      Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, at) => row(from + at) as SheetRow),
    part: (from, to = length) => rowsAt(grid, positions.subarray(from, to), made),
    keep(isKept) {
      const kept = new Int32Array(length);
      let found = 0;
      for (let at = 0; at < length; at++) if (isKept(at)) kept[found++] = positions[at] as number;
      return found === length ? rows : rowsAt(grid, kept.subarray(0, found), made);
    },
    codes(column) {
      let own = gathered[column];
      if (own === undefined) {
        own = gather((grid.columns[column] ?? NOTHING).codes, positions);
        gathered[column] = own;
      }
      return own;
    },
    cell(at, column) {
      const found = grid.columns[column];
      return found?.cells[found.codes[positions[at] ?? -1] ?? 0];
    },
    withColumn(column, coded) {
      const codes = new Int32Array(grid.indexes.length);
      for (let at = 0; at < length; at++) codes[positions[at] as number] = coded.codes[at] as number;
      const columns = [...grid.columns];
      columns[column] = { codes, cells: coded.cells };
      return rowsAt({ ...grid, columns }, positions, []);
    },
    *[Symbol.iterator]() {
      for (let at = 0; at < length; at++) yield row(at) as SheetRow;
    },
  };
  return rows;
}

function gather(codes: Int32Array, positions: Int32Array): Int32Array {
  const { length } = positions;
  const first = positions[0] ?? 0;
  if (codes.length === 0) return new Int32Array(length);
  if (positions[length - 1] === first + length - 1) return codes.subarray(first, first + length);
  const own = new Int32Array(length);
  for (let at = 0; at < length; at++) own[at] = codes[positions[at] as number] as number;
  return own;
}

function rowOf({ indexes, hidden, columns }: Grid, position: number): SheetRow {
  const cells: (Cell | undefined)[] = [];
  for (let column = 0; column < columns.length; column++) {
    const coded = columns[column];
    const code = coded?.codes[position];
    if (code) cells[column] = coded?.cells[code];
  }
  return { index: indexes[position] ?? 0, hidden: hidden.has(position), cells };
}

const blanks = new WeakMap<(Cell | undefined)[], Uint8Array>();

/** By code: 1 where the cell holds nothing. */
export function blankCodes({ grid }: Rows, column: number): Uint8Array {
  const { cells } = grid.columns[column] ?? NOTHING;
  let own = blanks.get(cells);
  if (own === undefined) {
    own = new Uint8Array(cells.length);
    for (let code = 0; code < cells.length; code++) own[code] = isBlank(cells[code]) ? 1 : 0;
    blanks.set(cells, own);
  }
  return own;
}

/** What is made of a column's cells, by code, each made when it is asked for first. `none` is that of no cell. */
export function byCode<T extends {} | null>(
  { grid }: Rows,
  column: number,
  none: T,
  make: (cell: Cell) => T,
): (code: number) => T {
  const { cells } = grid.columns[column] ?? NOTHING;
  const made: (T | undefined)[] = [none];
  return (code) => {
    let own = made[code];
    if (own === undefined) {
      const cell = cells[code];
      own = cell === undefined ? none : make(cell);
      made[code] = own;
    }
    return own;
  };
}

/** The same for small whole numbers below 255. */
export function flagByCode(rows: Rows, column: number, none: number, make: (cell: Cell) => number) {
  const { cells } = rows.grid.columns[column] ?? NOTHING;
  const made = new Uint8Array(cells.length).fill(255);
  made[0] = none;
  return (code: number): number => {
    let own = made[code] as number;
    if (own === 255) {
      const cell = cells[code];
      own = cell === undefined ? none : make(cell);
      made[code] = own;
    }
    return own;
  };
}

/** Of each row, how many of these columns hold something. */
export function filledPerRow(rows: Rows, columns: readonly number[]): Uint16Array {
  const filled = new Uint16Array(rows.length);
  for (const column of columns) {
    const codes = rows.codes(column);
    const blank = blankCodes(rows, column);
    for (let at = 0; at < codes.length; at++)
      if (blank[codes[at] as number] === 0) filled[at] = (filled[at] as number) + 1;
  }
  return filled;
}

/** How many rows have something in a column. */
export function filledIn(rows: Rows, column: number): number {
  const codes = rows.codes(column);
  const blank = blankCodes(rows, column);
  let filled = 0;
  for (let at = 0; at < codes.length; at++) if (blank[codes[at] as number] === 0) filled++;
  return filled;
}

export function isFilledAt(rows: Rows, column: number): (at: number) => boolean {
  const codes = rows.codes(column);
  const blank = blankCodes(rows, column);
  return (at) => blank[codes[at] as number] === 0;
}
