import type { Cell } from '../uploads/workbook.ts';
import { type CellTable, cellTable } from './spreadsheet-cell-table.ts';
import type { GridBuilder } from './spreadsheet-grid-builder.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';

/**
 * Reads plain cells from where one begins, and plain rows after it, up to what is not plain and has to be read with all that a
 * cell may have. Gives where that is; -1 when the first is not plain.
 */
export type ReadPlainCells = (open: number) => number;

/** `attributes` as they stand after the one that says where the cell is. */
export type MakeCell = (attributes: string, text: string, isInline: boolean) => Cell | undefined;

type Sheet = {
  bytes: Uint8Array;
  /** The text of the bytes from one place to another. */
  textAt(from: number, to: number): string;
  make: MakeCell;
  count: (cells: number) => void;
  grid: GridBuilder;
};

const code = (text: string) => Buffer.from(text, 'latin1');
const CELL = code('<c r="');
const VALUE = code('<v>');
const VALUE_END = code('</v></c>');
const INLINE = code('<is><t>');
const INLINE_END = code('</t></is></c>');
const NEXT_ROW = code('</row><row r="');

/**
 * Cells that hold nothing but a value or one inline text are nearly all cells of nearly all sheets. They are read from the bytes,
 * and what was seen before in a column is found by its bytes: no text and no cell is made of it again (and it is judged once
 * later). It looks no further ahead than to the next sign '<', so nothing makes it slow.
 */
export function plainCells({ bytes, textAt, make, count, grid }: Sheet): ReadPlainCells {
  const tables: CellTable[] = [];

  const readCell = (open: number): number => {
    if (!isAt(bytes, CELL, open)) return -1;
    let at = open + 6;
    let column = 0;
    for (let sign = bytes[at] as number; sign >= 65 && sign <= 90; sign = bytes[++at] as number)
      column = column * 26 + sign - 64;
    if (column === 0 || column > LIMITS.columns) return -1;
    column--;
    while (isDigit(bytes[at])) at++;
    if (bytes[at] !== 34) return -1;
    at++;
    const close = endOfTag(bytes, at);
    if (close === -1) return -1;
    if (bytes[close - 1] === 47) return isUntyped(bytes, at, close) ? close + 1 : -1;
    const isInline = bytes[close + 2] === 105;
    if (!isAt(bytes, isInline ? INLINE : VALUE, close + 1)) return -1;
    const start = close + (isInline ? 8 : 4);
    let end = start;
    let hash = 0;
    for (let sign = bytes[end]; sign !== 60; sign = bytes[++end]) {
      if (sign === undefined) return -1;
      hash = (Math.imul(hash, 31) + sign) | 0;
    }
    if (!isAt(bytes, isInline ? INLINE_END : VALUE_END, end)) return -1;
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    const table = tables[column] ?? cellTable(bytes);
    tables[column] = table;
    let found = table.find(mixed, at, end);
    if (found === 0) {
      found = grid.add(column, make(textAt(at, close), textAt(start, end), isInline));
      table.keep(mixed, at, end, found);
    }
    if (grid.cellOf(column, found) !== undefined) {
      count(1);
      grid.putCode(column, found);
    }
    return end + (isInline ? 13 : 8);
  };

  /** Ends a row and starts the next, where that is plain; -1 where it is not. */
  const nextRow = (open: number): number => {
    if (!isAt(bytes, NEXT_ROW, open)) return -1;
    let at = open + NEXT_ROW.length;
    let number = 0;
    for (; isDigit(bytes[at]) && number < LIMITS.rows; at++) number = number * 10 + (bytes[at] as number) - 48;
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

function isAt(bytes: Uint8Array, what: Uint8Array, at: number): boolean {
  for (let sign = 0; sign < what.length; sign++) if (bytes[at + sign] !== what[sign]) return false;
  return true;
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
