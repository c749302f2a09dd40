import { cellShape, isTyped } from './cell-shape.ts';
import {
  type Block,
  cellsOf,
  columnShapes,
  findHeader,
  isHeaderLike,
  isKnownName,
  mergeAt,
  scoreHeader,
} from './find-header.ts';
import { normalizeHeader } from './normalize-header.ts';
import { blankCodes, filledPerRow, flagByCode, type Rows } from './sheet-rows.ts';
import { type Cell, isBlank, type Sheet, type SheetRow } from './workbook.ts';

export type TableColumn = { column: number; header: string | null; headerCells: Cell[] };

/** A table on a sheet: where its names stand, and every row below them up to the next table. */
export type FoundTable = {
  left: number;
  right: number;
  /** Indexes of rows; none when the table has no heading. */
  headerRows: number[];
  columns: TableColumn[];
  body: Rows;
  /** Texts above the heading: titles, dates, notes. */
  titles: string[];
};

/** All the tables of a sheet: beside each other, and below each other. */
export function findTables(sheet: Sheet): FoundTable[] {
  const filled = filledPerRow(sheet.rows, [...sheet.rows.grid.columns.keys()]);
  const rows = sheet.rows.keep((at) => filled[at] !== 0);
  if (rows.length === 0) return [];
  return columnBlocks({ ...sheet, rows }).flatMap((block) => stackedTables(block));
}

/** Parts of the sheet between blank columns that are tables by themselves. */
function columnBlocks(sheet: Sheet): Block[] {
  const used = usedColumns(sheet.rows);
  const segments: { left: number; right: number }[] = [];
  for (const column of used) {
    const last = segments.at(-1);
    if (last && column === last.right + 1) last.right = column;
    else segments.push({ left: column, right: column });
  }
  const whole: { left: number; right: number }[] = [];
  for (const segment of segments) {
    const last = whole.at(-1);
    if (last && !standApart(sheet, last, segment)) last.right = segment.right;
    else whole.push({ ...segment });
  }
  return whole.map((range) => blockOf(sheet, range));
}

function usedColumns(rows: Rows): number[] {
  return [...rows.grid.columns.keys()].filter((column) => isUsed(rows, column));
}

function blockOf(sheet: Sheet, between: { left: number; right: number }): Block {
  const filled = filledPerRow(sheet.rows, range(between));
  return { ...between, rows: sheet.rows.keep((at) => filled[at] !== 0), merges: sheet.merges };
}

function standApart(
  sheet: Sheet,
  left: { left: number; right: number },
  right: { left: number; right: number },
): boolean {
  const [a, b] = [blockOf(sheet, left), blockOf(sheet, right)];
  if (right.left === right.right && a.rows.length > 2 && b.rows.length <= 2) return true;
  const inBoth = filledPerRow(a.rows, range(right));
  const both = inBoth.filter((filled) => filled > 0).length;
  if (right.right - right.left < 1 || left.right - left.left < 1) return false;
  const [headerA, headerB] = [findHeader(a), findHeader(b)];
  if (!headerA || !headerB) return both < Math.min(a.rows.length, b.rows.length) * 0.3;
  if (both < Math.min(a.rows.length, b.rows.length) * 0.4) return true;
  const [rowA, rowB] = [a.rows.row(headerA.last), b.rows.row(headerB.last)];
  if (!rowA || !rowB) return false;
  if (rowA.index !== rowB.index) return true;
  const names = new Set(
    cellsOf(rowA, a)
      .map(({ cell }) => normalizeHeader(cell.text))
      .filter(Boolean),
  );
  const repeated = cellsOf(rowB, b).filter(({ cell }) => names.has(normalizeHeader(cell.text))).length;
  const known = (row: SheetRow, block: Block) =>
    cellsOf(row, block).filter(({ cell }) => isKnownName(cell.text)).length;
  return repeated >= 2 || (repeated === 1 && known(rowA, a) >= 2 && known(rowB, b) >= 2);
}

function stackedTables(block: Block): FoundTable[] {
  const tables: FoundTable[] = [];
  let from = 0;
  while (from < block.rows.length) {
    const header = findHeader(block, from);
    if (!header) {
      if (tables.length === 0) tables.push(headerless(block));
      break;
    }
    const end = endOfTable(block, header.first, header.last);
    tables.push(tableOf(block, from, header, end));
    from = end;
  }
  return tables;
}

/** What stands above a heading that is only printed again. */
const PAGE = /^(page|seite|blatt|pagina|feuille|hoja|folha|foglio|sheet)( no)? \d+\b/;

/** Where another heading begins: with other names, or with the same ones under another title. */
function endOfTable(block: Block, first: number, last: number): number {
  const names = namesOf(block.rows.row(last), block);
  const ownTitle = titleBefore(block, first);
  const shapes = columnShapes(block.rows.slice(last + 1, last + 41), block);
  const couldBe = couldBeHeading(block);
  for (let at = last + 2; at < block.rows.length; at++) {
    const row = couldBe(at) ? block.rows.row(at) : undefined;
    if (!row) continue;
    const own = namesOf(row, block);
    const same = [...own.keys()].filter((name) => names.has(name)).length;
    if (same >= 2 && same >= own.size * 0.8) {
      const title = titleBefore(block, at);
      if (title === undefined || title.text === ownTitle?.text || PAGE.test(title.text)) continue;
      return title.at;
    }
    if (!isNewHeading(block, at, last, shapes)) continue;
    return titleBefore(block, at)?.at ?? at;
  }
  return block.rows.length;
}

/** Two short texts at least, and nothing else. */
function couldBeHeading(block: Block): (at: number) => boolean {
  const columns = range(block).map((column) => ({
    codes: block.rows.codes(column),
    names: flagByCode(block.rows, column, BLANK, (cell) =>
      isBlank(cell) ? BLANK : cell.kind === 'text' && cell.text.length <= 80 ? NAME : VALUE,
    ),
  }));
  return (at) => {
    let filled = 0;
    for (const { codes, names } of columns) {
      const found = names(codes[at] as number);
      if (found === VALUE) return false;
      filled += found;
    }
    return filled >= 2;
  };
}

const BLANK = 0;
const NAME = 1;
const VALUE = 2;

/** Names of its own over typed values, after a gap or where the rows before it have numbers. */
function isNewHeading(
  block: Block,
  at: number,
  last: number,
  shapes: ReturnType<typeof columnShapes>,
): boolean {
  const row = block.rows.row(at);
  const before = block.rows.row(at - 1);
  if (!row || !before || at - last < 2) return false;
  const filled = cellsOf(row, block).filter(({ cell }) => !isBlank(cell));
  if (!filled.every(({ cell }) => isHeaderLike(cell))) return false;
  const overTyped = filled.filter(({ column }) => (shapes.get(column)?.typedShare ?? 0) >= 0.6).length;
  const known = filled.filter(({ cell }) => isKnownName(cell.text)).length;
  const gap =
    row.index - before.index > 1 || cellsOf(before, block).filter(({ cell }) => !isBlank(cell)).length === 1;
  if (!(gap && (known >= 2 || overTyped >= 1)) && !(known >= 2 && overTyped >= 1)) return false;
  return scoreHeader(block, at, at) >= 1.8;
}

/** A line of one text above a heading, blank rows between allowed. */
function titleBefore(block: Block, at: number): { text: string; at: number } | undefined {
  const before = block.rows.row(at - 1);
  if (!before) return undefined;
  const filled = cellsOf(before, block).filter(({ cell }) => !isBlank(cell));
  const [only] = filled;
  if (filled.length !== 1 || only?.cell.kind !== 'text' || isTyped(cellShape(only.cell))) return undefined;
  return { text: normalizeHeader(only.cell.text), at: at - 1 };
}

function namesOf(row: SheetRow | undefined, block: Block): Map<string, number> {
  const names = new Map<string, number>();
  if (!row) return names;
  for (const { cell, column } of cellsOf(row, block)) {
    const name = normalizeHeader(cell.text);
    if (name !== '') names.set(name, column);
  }
  return names;
}

function tableOf(
  block: Block,
  from: number,
  header: { first: number; last: number },
  end: number,
): FoundTable {
  const headerRows = block.rows.slice(header.first, header.last + 1);
  const body = block.rows.part(header.last + 1, end);
  const columns = range(block).flatMap((column): TableColumn[] => {
    const headerCells = headerRows.flatMap((row) => {
      const cell = headingCell(row, column, headerRows, block);
      return cell ? [cell] : [];
    });
    return headerCells.length > 0 || isUsed(body, column)
      ? [{ column, header: joined(headerCells), headerCells }]
      : [];
  });
  const titles = block.rows
    .slice(from, header.first)
    .flatMap((row) => cellsOf(row, block).map(({ cell }) => cell.text.trim()))
    .filter((text) => text !== '');
  return {
    left: block.left,
    right: block.right,
    headerRows: headerRows.map((row) => row.index),
    columns,
    body,
    titles,
  };
}

/** The text over a column: its own, that of the merge over it, or in a row of groups the nearest on its left. */
function headingCell(row: SheetRow, column: number, rows: SheetRow[], block: Block): Cell | undefined {
  const own = row.cells[column];
  if (own !== undefined && !isBlank(own)) return own;
  const merge = mergeAt(block.merges, row.index, column);
  if (merge) {
    const cell = merge.top === row.index ? row.cells[merge.left] : undefined;
    return cell === undefined || isBlank(cell) ? undefined : cell;
  }
  const last = rows.at(-1);
  if (row === last || isBlank(last?.cells[column])) return undefined;
  if (
    block.merges.some(
      (found) => found.top <= row.index && found.bottom >= row.index && found.right > found.left,
    )
  )
    return undefined;
  for (let left = column - 1; left >= block.left; left--) {
    const cell = row.cells[left];
    if (cell !== undefined && !isBlank(cell)) return cell;
  }
  return undefined;
}

function joined(cells: Cell[]): string | null {
  const texts: string[] = [];
  for (const cell of cells) {
    const text = cell.text.replace(/\s+/g, ' ').trim();
    if (text !== '' && texts.at(-1) !== text) texts.push(text);
  }
  return texts.length === 0 ? null : texts.join(' ');
}

/** Nothing names the columns: the body starts at the first row that is filled like most of the others. */
function headerless(block: Block): FoundTable {
  const widths = filledPerRow(block.rows, range(block));
  const typical = widths.toSorted()[Math.floor(widths.length / 2)] ?? 1;
  const typed = widths.findIndex(
    (width, at) =>
      width >= Math.min(typical, 2) &&
      cellsOf(block.rows.row(at), block).some(({ cell }) => isTyped(cellShape(cell))),
  );
  const start = Math.max(0, typed);
  const body = block.rows.part(start);
  const columns = range(block)
    .filter((column) => isUsed(body, column))
    .map((column) => ({ column, header: null, headerCells: [] }));
  const titles = block.rows
    .slice(0, start)
    .flatMap((row) => cellsOf(row, block).map(({ cell }) => cell.text.trim()))
    .filter((text) => text !== '');
  return { left: block.left, right: block.right, headerRows: [], columns, body, titles };
}

function isUsed(rows: Rows, column: number): boolean {
  const blank = blankCodes(rows, column);
  return rows.codes(column).some((code) => blank[code] === 0);
}

function range(block: { left: number; right: number }): number[] {
  return Array.from({ length: block.right - block.left + 1 }, (_, at) => block.left + at);
}
