import { allRows, type CodedColumn, type Grid, type Rows } from '../uploads/sheet-rows.ts';
import type { Cell } from '../uploads/workbook.ts';
import { SPREADSHEET_LIMITS as LIMITS, tooLarge } from './spreadsheet-limits.ts';

/** A sheet as it is being read. */
export type GridBuilder = {
  /** The row that was started last; -1 before the first. */
  lastIndex(): number;
  startRow(index: number, isHidden: boolean): void;
  /** One more than the last column that the row has something in. */
  width(): number;
  /** A cell that is its own, in the row that was started last. */
  put(column: number, cell: Cell): void;
  /** A cell that the column has already. */
  putCode(column: number, code: number): void;
  /** Gives the code of a cell that is new to the column. */
  add(column: number, cell: Cell | undefined): number;
  cellOf(column: number, code: number): Cell | undefined;
  rows(): Rows;
};

export function gridBuilder(): GridBuilder {
  const columns: CodedColumn[] = [];
  const hidden = new Set<number>();
  let indexes = new Int32Array(64);
  let position = -1;
  let width = 0;
  let used = 0;
  const checkArea = () => {
    if (used * (position + 1) > LIMITS.area)
      throw tooLarge('It has many columns over many rows with hardly anything in them. Send it in parts.');
  };
  const columnAt = (at: number): CodedColumn => {
    let column = columns[at];
    if (column === undefined) {
      used++;
      checkArea();
      column = { codes: new Int32Array(indexes.length), cells: [undefined] };
      columns[at] = column;
    }
    return column;
  };
  const putCode = (at: number, code: number) => {
    const column = columnAt(at);
    if (column.codes.length <= position) column.codes = longer(column.codes, indexes.length);
    column.codes[position] = code;
    if (at >= width) width = at + 1;
  };
  const add = (at: number, cell: Cell | undefined) => columnAt(at).cells.push(cell) - 1;
  return {
    lastIndex: () => (position === -1 ? -1 : (indexes[position] as number)),
    startRow(index, isHidden) {
      position++;
      width = 0;
      if (position === indexes.length) indexes = longer(indexes, position * 2);
      if (position % 1_024 === 0) checkArea();
      indexes[position] = index;
      if (isHidden) hidden.add(position);
    },
    width: () => width,
    put: (at, cell) => putCode(at, add(at, cell)),
    putCode,
    add,
    cellOf: (at, code) => columns[at]?.cells[code],
    rows() {
      const length = position + 1;
      checkArea();
      const whole = columns.map(({ codes, cells }) => ({ codes: longer(codes, length), cells }));
      return allRows(inOrder({ indexes: indexes.subarray(0, length), hidden, columns: whole }));
    },
  };
}

function longer(codes: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer>;
function longer(codes: Int32Array, length: number): Int32Array;
function longer(codes: Int32Array, length: number): Int32Array {
  if (codes.length >= length) return codes.subarray(0, length);
  const own = new Int32Array(length);
  own.set(codes);
  return own;
}

/** Rows may stand in the file in any order. */
function inOrder(grid: Grid): Grid {
  const { indexes, hidden, columns } = grid;
  let isRising = true;
  for (let at = 1; at < indexes.length && isRising; at++)
    isRising = (indexes[at - 1] as number) < (indexes[at] as number);
  if (isRising) return grid;
  const from = Array.from(indexes, (index, at) => ({ index, at })).toSorted((a, b) => a.index - b.index);
  const moved = (codes: Int32Array) => Int32Array.from(from, ({ at }) => codes[at] as number);
  return {
    indexes: moved(indexes),
    hidden: new Set(from.flatMap(({ at }, to) => (hidden.has(at) ? [to] : []))),
    columns: columns.map(({ codes, cells }) => ({ codes: moved(codes), cells })),
  };
}
