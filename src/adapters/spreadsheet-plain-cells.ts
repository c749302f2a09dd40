import type { Cell } from '../uploads/workbook.ts';
import { areSame, type CellTable, cellTable } from './spreadsheet-cell-table.ts';
import type { GridBuilder } from './spreadsheet-grid-builder.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';

/**
 * Reads plain cells from where one begins, and plain rows after it, up to what is not plain and has to be read with all that a
 * cell may have. Gives where that is; -1 when the first is not plain.
 */
export type ReadPlainCells = (open: number) => number;

/** What makes cells of these attributes, which stand after the one that says where the cell is. */
export type CellMaker = (attributes: string, isInline: boolean) => (text: string) => Cell | undefined;

type Sheet = {
  bytes: Uint8Array;
  /** The text of the bytes from one place to another. */
  textAt(from: number, to: number): string;
  maker: CellMaker;
  count: (cells: number) => void;
  grid: GridBuilder;
};

/** How the cells of a column are written: nearly always as the one above. */
type Shape = { number: number; from: number; length: number; make: (text: string) => Cell | undefined };

type Column = { table: CellTable; shape: Shape | undefined; shapes: Map<string, Shape>; made: number };

/** Signs of XML, four at a time. */
const C_R = four('<c r');
const VALUE = four('><v>');
const INLINE = [four('><is'), four('><t>')] as const;
const VALUE_END = [four('</v>'), four('</c>')] as const;
const INLINE_END = [four('</t>'), four('</is'), four('></c')] as const;
const NEXT_ROW = [four('</ro'), four('w><r'), four('ow r')] as const;
const IS_QUOTED = 0x3d22; // ="
/** More than the signs around a value and those after it together. */
const ROOM = 64;

/**
 * Cells that hold nothing but a value or one inline text are nearly all cells of nearly all sheets. They are read from the bytes,
 * and what was seen before in a column is found by its bytes: no text and no cell is made of it again (and it is judged once
 * later). It looks no further ahead than to the next signs '>' and '<', so nothing makes it slow.
 */
export function plainCells({ bytes, textAt, maker, count, grid }: Sheet): ReadPlainCells {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - ROOM;
  const columns: Column[] = [];
  /** Where the row's number stood in the cell before, and how long it is. */
  let rowFrom = 0;
  let rowLength = 0;

  const shapeAt = (own: Column, from: number, close: number, isInline: boolean): Shape => {
    const attributes = textAt(from, close);
    const key = `${isInline}${attributes}`;
    const known = own.shapes.get(key);
    const shape = { from, length: close - from, ...(known ?? newShape(own, attributes, isInline)) };
    if (!known && own.shapes.size < 1_000) own.shapes.set(key, shape);
    own.shape = { ...shape, from, length: close - from };
    return own.shape;
  };
  const newShape = (own: Column, attributes: string, isInline: boolean) => ({
    number: own.made++ * 2 + (isInline ? 1 : 0),
    make: maker(attributes, isInline),
  });

  const readCell = (open: number): number => {
    if (open > last || view.getInt32(open) !== C_R || view.getUint16(open + 4) !== IS_QUOTED) return -1;
    let at = open + 6;
    let column = 0;
    for (let sign = bytes[at] as number; sign >= 65 && sign <= 90; sign = bytes[++at] as number)
      column = column * 26 + sign - 64;
    if (column === 0 || column > LIMITS.columns) return -1;
    column--;
    const digits = at;
    if (bytes[at + rowLength] === 34 && areSame(view, rowFrom, at, at + rowLength)) at += rowLength;
    else {
      while (isDigit(bytes[at])) at++;
      rowFrom = digits;
      rowLength = at - digits;
    }
    if (bytes[at] !== 34) return -1;
    at++;
    let own = columns[column];
    if (own === undefined) {
      own = { table: cellTable(view), shape: undefined, shapes: new Map(), made: 0 };
      columns[column] = own;
    }
    let { shape } = own;
    let close = shape === undefined ? -1 : at + shape.length;
    if (shape === undefined || bytes[close] !== 62 || !areSame(view, shape.from, at, close)) {
      close = endOfTag(bytes, at);
      shape = undefined;
    }
    if (close === -1 || close > last) return -1;
    if (bytes[close - 1] === 47) return isUntyped(bytes, at, close) ? close + 1 : -1;
    const isInline = view.getInt32(close) === INLINE[0];
    if (isInline ? view.getInt32(close + 4) !== INLINE[1] : view.getInt32(close) !== VALUE) return -1;
    shape =
      shape !== undefined && shape.number % 2 === (isInline ? 1 : 0)
        ? shape
        : shapeAt(own, at, close, isInline);
    const start = close + (isInline ? 8 : 4);
    let end = start;
    let hash = shape.number;
    for (let sign = bytes[end] as number; sign !== 60; sign = bytes[++end] as number) {
      if (end > last) return -1;
      hash = (Math.imul(hash, 31) + sign) | 0;
    }
    if (!(isInline ? isInlineEnd(view, end) : isValueEnd(view, end))) return -1;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let code = own.table.find(hash, shape.number, start, end);
    if (code === 0) {
      code = grid.add(column, shape.make(textAt(start, end)));
      own.table.keep(hash, shape.number, start, end, code);
    }
    if (grid.cellOf(column, code) !== undefined) {
      count(1);
      grid.putCode(column, code);
    }
    return end + (isInline ? 13 : 8);
  };

  /** Ends a row and starts the next, where that is plain; -1 where it is not. */
  const nextRow = (open: number): number => {
    if (open > last || view.getInt32(open) !== NEXT_ROW[0] || view.getInt32(open + 4) !== NEXT_ROW[1])
      return -1;
    if (view.getInt32(open + 8) !== NEXT_ROW[2] || view.getUint16(open + 12) !== IS_QUOTED) return -1;
    let at = open + 14;
    let number = 0;
    for (; isDigit(bytes[at]) && number < LIMITS.rows; at++)
      number = number * 10 + (bytes[at] as number) - 48;
    if (bytes[at] !== 34 || number === 0 || number > LIMITS.rows) return -1;
    const close = endOfTag(bytes, at);
    if (close === -1 || bytes[close - 1] === 47) return -1;
    for (let sign = at; sign < close; sign++) if (bytes[sign] === 104 && bytes[sign + 1] === 105) return -1;
    grid.startRow(number - 1, false);
    return close + 1;
  };

  return (open) => {
    let at = readCell(open);
    for (let next = at; next !== -1; ) {
      at = next;
      next = bytes[at + 1] === 99 ? readCell(at) : nextRow(at);
    }
    return at;
  };
}

function isValueEnd(view: DataView, at: number): boolean {
  return view.getInt32(at) === VALUE_END[0] && view.getInt32(at + 4) === VALUE_END[1];
}

function isInlineEnd(view: DataView, at: number): boolean {
  return (
    view.getInt32(at) === INLINE_END[0] &&
    view.getInt32(at + 4) === INLINE_END[1] &&
    view.getInt32(at + 8) === INLINE_END[2] &&
    view.getUint8(at + 12) === 62
  );
}

function four(signs: string): number {
  return Buffer.from(signs, 'latin1').readInt32BE(0);
}

function endOfTag(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === 62) return at;
  return -1;
}

/** A cell of a style alone holds nothing; one with a type may. */
function isUntyped(bytes: Uint8Array, at: number, close: number): boolean {
  for (let sign = at; sign < close; sign++) if (bytes[sign] === 116 && bytes[sign + 1] === 61) return false;
  return true;
}

function isDigit(sign: number | undefined): boolean {
  return sign !== undefined && sign >= 48 && sign <= 57;
}
