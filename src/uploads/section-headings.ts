import { byColumn } from './by-cell.ts';
import { cellShape } from './cell-shape.ts';
import type { FoundTable } from './find-tables.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type TotalWord, totalWord } from './total-words.ts';
import { type Cell, isBlank, type SheetRow } from './workbook.ts';

/**
 * Lists by account or branch often have a line with its name alone above its entries, in a column that holds something else
 * in the entries. Such lines become a column of their own beside the table, filled for the entries under them.
 */
export function withSections(table: FoundTable): FoundTable {
  const headings = loneTexts(table);
  if (headings.size < 2 || !areSections(table, headings)) return table;
  const column = Math.max(table.right, ...table.columns.map((other) => other.column)) + 1;
  let current: Cell | undefined;
  const body = table.body.map((row) => {
    const heading = headings.get(row);
    if (heading) current = heading;
    if (heading || !current || saysTotal(row)) return row;
    const cells = [...row.cells];
    cells[column] = current;
    return { ...row, cells };
  });
  return { ...table, body, columns: [...table.columns, { column, header: null, headerCells: [] }] };
}

/** Whether a row is no entry, as far as its own words tell. */
export function asideRows(): (row: SheetRow) => boolean {
  const wordOf = byColumn((cell) => totalWord(cell.text));
  return (row) => loneText(row) !== undefined || saysTotal(row, wordOf);
}

function loneTexts({ body }: FoundTable): Map<SheetRow, Cell> {
  const found = new Map<SheetRow, Cell>();
  for (const row of body) {
    const cell = loneText(row);
    if (cell) found.set(row, cell);
  }
  return found;
}

function loneText({ cells }: SheetRow): Cell | undefined {
  let only: Cell | undefined;
  for (const cell of cells) {
    if (isBlank(cell)) continue;
    if (only !== undefined) return undefined;
    only = cell;
  }
  return only?.kind === 'text' && cellShape(only) === 'text' ? only : undefined;
}

type WordOf = (cell: Cell, column: number) => TotalWord | undefined;

/** One of its first two texts does. */
function saysTotal({ cells }: SheetRow, wordOf: WordOf = (cell) => totalWord(cell.text)): boolean {
  let texts = 0;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column];
    if (cell?.kind !== 'text' || isBlank(cell)) continue;
    if (wordOf(cell, column) !== undefined) return true;
    texts++;
    if (texts === 2) return false;
  }
  return false;
}

/** They stand where entries have values, entries follow them, and they are accounts or have totals of their own. */
function areSections({ body, columns }: FoundTable, headings: Map<SheetRow, Cell>): boolean {
  if (columns.length < 3) return false;
  const entries = body.filter((row) => !headings.has(row) && !saysTotal(row));
  const at = [...headings.keys()].map((row) => row.cells.findIndex((cell) => !isBlank(cell)));
  const [column = -1] = at;
  if (entries.length < 2 || at.some((other) => other !== column)) return false;
  if (entries.filter((row) => !isBlank(row.cells[column])).length < entries.length * 0.6) return false;
  const texts = [...headings.values()].map((cell) => normalizeHeader(cell.text));
  const totals = body
    .filter((row) => saysTotal(row))
    .map((row) => row.cells.map((cell) => normalizeHeader(cell?.text ?? '')).join(' '));
  const totalled = texts.filter((text) => totals.some((total) => total.includes(text))).length;
  const coded = texts.filter((text) => /^\d{2,}\b/.test(text)).length;
  return totalled >= texts.length / 2 || coded >= texts.length / 2;
}
