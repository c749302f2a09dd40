import type { Rows } from './sheet-rows.ts';

/**
 * A spreadsheet as it was found, whatever its file type. `text` is: for a number its exact decimal text (15 significant
 * digits, as Excel keeps them), for a date 'YYYY-MM-DD' with 'THH:MM:SS' where it has a time, for a time 'HH:MM:SS', for an
 * error its sign ('#REF!'), for a formula that was saved without its result ''.
 */
export type Cell = {
  kind: 'text' | 'number' | 'date' | 'time' | 'boolean' | 'error' | 'formula';
  text: string;
  /** The number format, where it says more than 'General'. */
  format?: string;
  formula?: string;
};

/** `index` counts from 0; cells are by column, counted from 0, with holes. */
export type SheetRow = { index: number; hidden: boolean; cells: (Cell | undefined)[] };

/** Rows and columns counted from 0, both ends inclusive. */
export type CellRange = { top: number; left: number; bottom: number; right: number };

export type Sheet = {
  name: string;
  hidden: boolean;
  rows: Rows;
  merges: CellRange[];
  hiddenColumns: number[];
};

export type FileKind = 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'html' | 'xml' | 'text';

export type Workbook = {
  kind: FileKind;
  sheets: Sheet[];
  /** What a person should know of the file: macros, links, hidden parts, encoding that was guessed. */
  warnings: string[];
  /** Of text files only. */
  delimiter?: string;
  encoding?: string;
};

/** 'B7' of column 1, row 6. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row + 1}`;
}

export function columnName(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}

/** The column of 'B7' or 'B', counted from 0; -1 when there is none. */
export function columnOf(name: string): number {
  let column = 0;
  for (const letter of name) {
    const code = letter.charCodeAt(0) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** Nothing, or a line drawn with signs. */
const BLANK = /^\s*([-=_*+~#]\s?){4,}$|^\s*$/;

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (cell.kind === 'text' && !beginsPlainly(cell.text) && BLANK.test(cell.text));
}

/** With a letter or a digit of ASCII, as most texts do. */
function beginsPlainly(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
}
