import type { Cell, SheetRow } from '../uploads/workbook.ts';
import { SPREADSHEET_LIMITS as LIMITS } from './spreadsheet-limits.ts';

/** Where a cell's XML begins, to where it ends; -1 when it is not plain, and has to be read with all that a cell may have. */
export type ReadPlainCell = (xml: string, open: number, cells: SheetRow['cells']) => number;

/** `attributes` as they stand after the one that says where the cell is. */
export type MakeCell = (attributes: string, text: string, isInline: boolean) => Cell | undefined;

type Kept = { cells: Map<string, Cell | null> | undefined; asked: number };

const LOOK_AFTER = 4_000;
const MOST_KEPT = 50_000;

/**
 * Reads cells that hold nothing but a value or one inline text: nearly all cells of nearly all sheets, in a third of the time.
 * Equal cells of a column become one, which is made once (and is judged once later); where most of a column are different, as
 * document numbers are, that is given up. It looks no further ahead than to the next sign '<', so nothing makes it slow.
 */
export function plainCells(make: MakeCell, count: (cells: number) => void): ReadPlainCell {
  const columns: Kept[] = [];
  return (xml, open, cells) => {
    if (!xml.startsWith('<c r="', open)) return -1;
    let at = open + 6;
    let column = 0;
    for (let code = xml.charCodeAt(at); code >= 65 && code <= 90; code = xml.charCodeAt(++at))
      column = column * 26 + code - 64;
    if (column === 0 || column > LIMITS.columns) return -1;
    column--;
    while (isDigit(xml.charCodeAt(at))) at++;
    if (xml.charCodeAt(at) !== 34) return -1;
    at++;
    const close = xml.indexOf('>', at);
    if (close === -1) return -1;
    if (xml.charCodeAt(close - 1) === 47) return isUntyped(xml, at, close) ? close + 1 : -1;
    const isInline = xml.startsWith('<is><t>', close + 1);
    if (!isInline && !xml.startsWith('<v>', close + 1)) return -1;
    const start = close + (isInline ? 8 : 4);
    const end = xml.indexOf('<', start);
    if (end === -1 || !xml.startsWith(isInline ? '</t></is></c>' : '</v></c>', end)) return -1;
    let kept = columns[column];
    if (kept === undefined) {
      kept = { cells: new Map(), asked: 0 };
      columns[column] = kept;
    }
    kept.asked++;
    let cell: Cell | undefined | null;
    if (kept.cells === undefined) cell = make(xml.slice(at, close), xml.slice(start, end), isInline);
    else {
      const key = xml.slice(at, end);
      cell = kept.cells.get(key);
      if (cell === undefined) {
        cell = make(xml.slice(at, close), xml.slice(start, end), isInline);
        keep(kept, key, cell);
      }
    }
    if (cell) {
      count(1);
      cells[column] = cell;
    }
    return end + (isInline ? 13 : 8);
  };
}

function keep(kept: Kept, key: string, cell: Cell | undefined): void {
  const { cells } = kept;
  if (!cells) return;
  cells.set(key, cell ?? null);
  const isMostlyOther = cells.size % LOOK_AFTER === 0 && kept.asked < cells.size * 2;
  if (isMostlyOther || cells.size >= MOST_KEPT) kept.cells = undefined;
}

/** A cell of a style alone holds nothing; one with a type may. */
function isUntyped(xml: string, at: number, close: number): boolean {
  for (let sign = at; sign < close; sign++)
    if (xml.charCodeAt(sign) === 116 && xml.charCodeAt(sign + 1) === 61) return false;
  return true;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
