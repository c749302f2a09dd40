import { cellShape } from './cell-shape.ts';
import type { FoundTable } from './find-tables.ts';
import { normalizeHeader } from './normalize-header.ts';
import { totalWord } from './total-words.ts';
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
export function isAsideRow(row: SheetRow): boolean {
  return loneText(row) !== undefined || saysTotal(row);
}

function loneTexts({ body }: FoundTable): Map<SheetRow, Cell> {
  const found = new Map<SheetRow, Cell>();
  for (const row of body) {
    const cell = loneText(row);
    if (cell) found.set(row, cell);
  }
  return found;
}

function loneText(row: SheetRow): Cell | undefined {
  const filled = row.cells.filter((cell): cell is Cell => !isBlank(cell));
  const [only] = filled;
  return filled.length === 1 && only?.kind === 'text' && cellShape(only) === 'text' ? only : undefined;
}

function saysTotal(row: SheetRow): boolean {
  const texts = row.cells.filter((cell): cell is Cell => cell?.kind === 'text' && !isBlank(cell)).slice(0, 2);
  return texts.some((cell) => totalWord(cell.text) !== undefined);
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
    .filter(saysTotal)
    .map((row) => row.cells.map((cell) => normalizeHeader(cell?.text ?? '')).join(' '));
  const totalled = texts.filter((text) => totals.some((total) => total.includes(text))).length;
  const coded = texts.filter((text) => /^\d{2,}\b/.test(text)).length;
  return totalled >= texts.length / 2 || coded >= texts.length / 2;
}
