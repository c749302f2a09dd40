import { cellShape, isTyped, isYear } from './cell-shape.ts';
import { CONCEPT_NAMES } from './concepts.ts';
import { normalizeHeader } from './normalize-header.ts';
import { periodHeader } from './period-headers.ts';
import type { Rows } from './sheet-rows.ts';
import { type Cell, type CellRange, isBlank, type SheetRow } from './workbook.ts';

/** The rows of a sheet between two columns, blank rows left out. */
export type Block = { rows: Rows; left: number; right: number; merges: CellRange[] };

/** Positions in `block.rows`: the first and last row of the heading. */
export type Header = { first: number; last: number; score: number };

const SAMPLE = 60;
const CANDIDATES = 80;
const THRESHOLD = 1.15;

/** The earliest row that names the columns of what stands below it, with the rows that belong to the same heading. */
export function findHeader(block: Block, from = 0): Header | undefined {
  const scores: number[] = [];
  let best = 0;
  const end = Math.min(block.rows.length, from + CANDIDATES);
  for (let at = from; at < end; at++) {
    const score = scoreHeader(block, at, from);
    scores.push(score);
    if (score > best) best = score;
  }
  if (best < THRESHOLD) return undefined;
  const chosen = from + scores.findIndex((score) => score >= Math.max(THRESHOLD, best * 0.88));
  const { first, last } = wholeHeading(block, chosen, from);
  return { first, last, score: best };
}

/** How much row `at` looks like names of what follows: known names, covers the columns, text over typed values. */
export function scoreHeader(block: Block, at: number, from: number): number {
  const row = block.rows.row(at);
  if (!row) return 0;
  const filled = cellsOf(row, block).filter(({ cell }) => !isBlank(cell));
  if (filled.length === 0) return 0;
  const named = filled.filter(({ cell }) => isHeaderLike(cell));
  const typed = filled.length - named.length;
  const below = block.rows.slice(at + 1, at + 1 + SAMPLE);
  if (below.length === 0 && filled.length < 2) return 0;
  const columns = columnShapes(below, block);
  const used = [...columns.values()].filter(({ filled: rows }) => rows >= Math.max(1, below.length * 0.15));
  const covered = named.filter(({ column }) => columns.has(column)).length;
  const coverage = used.length === 0 ? (filled.length >= 2 ? 0.6 : 0) : Math.min(1, covered / used.length);
  const contrasting = named.filter(({ column }) => (columns.get(column)?.typedShare ?? 0) >= 0.6).length;
  const typedColumns = used.filter(({ typedShare }) => typedShare >= 0.6).length;
  const contrast = typedColumns === 0 ? 0 : Math.min(1, contrasting / typedColumns);
  const known = named.filter(({ cell }) => isKnownName(cell.text)).length;
  const vocabulary = Math.min(1, known / Math.max(2, filled.length * 0.6));
  const texts = new Set(named.map(({ cell }) => normalizeHeader(cell.text)));
  const repeated = 1 - texts.size / Math.max(1, named.length);
  const above = block.rows.slice(Math.max(from, at - 12), at);
  const dataAbove = above.filter((other) => looksLikeData(other, block, columns)).length;
  const lone = filled.length === 1 && block.right > block.left ? 0.5 : 0;
  return (
    1.2 * coverage +
    0.9 * contrast +
    0.9 * vocabulary +
    (typed === 0 ? 0.2 : 0) -
    (1.4 * typed) / filled.length -
    0.3 * repeated -
    Math.min(1.2, 0.5 * dataAbove) -
    lone -
    0.002 * (at - from)
  );
}

/** A text that could name a column; years and months do in crosstabs. */
export function isHeaderLike(cell: Cell): boolean {
  const shape = cellShape(cell);
  if (shape === 'text') return cell.text.length <= 120;
  return (isYear(cell.text) || shape === 'month' || cell.kind === 'date') && periodHeader(cell) !== undefined;
}

export function isKnownName(text: string): boolean {
  const name = normalizeHeader(text);
  return CONCEPT_NAMES.has(name) || CONCEPT_NAMES.has(normalizeHeader(text.replace(/\(.*?\)|\[.*?\]/g, '')));
}

/** Heading rows above by merges or groups, and below by merges or units. */
function wholeHeading(block: Block, chosen: number, from: number): { first: number; last: number } {
  let first = chosen;
  let last = chosen;
  for (let grown = true; grown; ) {
    grown = false;
    const top = block.rows.row(first)?.index ?? 0;
    const bottom = block.rows.row(last)?.index ?? 0;
    for (const merge of block.merges) {
      if (merge.left > block.right || merge.right < block.left || merge.bottom - merge.top > 6) continue;
      if (merge.right - merge.left >= block.right - block.left && block.right - block.left > 1) continue;
      if (merge.top > bottom || merge.bottom < top) continue;
      while (first > from && (block.rows.row(first - 1)?.index ?? -1) >= merge.top)
        [first, grown] = [first - 1, true];
      while ((block.rows.row(last + 1)?.index ?? Number.POSITIVE_INFINITY) <= merge.bottom)
        [last, grown] = [last + 1, true];
    }
    if (first > from && isGroupRow(block, first - 1, first)) [first, grown] = [first - 1, true];
    if (last - chosen < 3 && isUnderHeading(block, last + 1)) [last, grown] = [last + 1, true];
    if (last - first > 8) break;
  }
  return { first, last };
}

/** 'Budget | | Actual |' above 'Q1 | Q2 | Q1 | Q2': texts alone, right above, over columns that have names below. */
function isGroupRow(block: Block, at: number, below: number): boolean {
  const row = block.rows.row(at);
  const under = block.rows.row(below);
  if (!row || !under || under.index - row.index !== 1) return false;
  const filled = cellsOf(row, block).filter(({ cell }) => !isBlank(cell));
  if (filled.length === 0 || !filled.every(({ cell }) => isHeaderLike(cell))) return false;
  const widthOf = (column: number) => {
    const merge = mergeAt(block.merges, row.index, column);
    return merge ? merge.right - merge.left + 1 : 1;
  };
  const spanning = filled.some(
    ({ column }) => widthOf(column) > 1 && widthOf(column) < block.right - block.left + 1,
  );
  const named = cellsOf(under, block).filter(({ cell }) => !isBlank(cell)).length;
  return (
    spanning ||
    (filled.length >= 2 &&
      filled.length < named &&
      filled.every(({ column }) => column > block.left) &&
      repeats(under, block))
  );
}

function repeats(row: SheetRow, block: Block): boolean {
  const texts = cellsOf(row, block)
    .map(({ cell }) => normalizeHeader(cell.text))
    .filter(Boolean);
  return new Set(texts).size < texts.length;
}

/** A row of texts over columns that hold numbers or dates below: units, or the second line of names. */
function isUnderHeading(block: Block, at: number): boolean {
  const row = block.rows.row(at);
  const before = block.rows.row(at - 1);
  if (!row || !before || row.index - before.index > 1) return false;
  const below = block.rows.slice(at + 1, at + 1 + SAMPLE);
  if (below.length === 0) return false;
  const columns = columnShapes(below, block);
  const filled = cellsOf(row, block).filter(({ cell }) => !isBlank(cell));
  if (filled.length === 0 || !filled.every(({ cell }) => isHeaderLike(cell))) return false;
  const typedColumns = [...columns].filter(
    ([, { typedShare, filled: rows }]) => typedShare >= 0.8 && rows >= 2,
  );
  if (typedColumns.length === 0) return false;
  const over = typedColumns.filter(([column]) => filled.some((cell) => cell.column === column)).length;
  return (
    over > typedColumns.length * 0.5 ||
    (over > 0 && filled.every(({ column }) => typedColumns.some(([typed]) => typed === column)))
  );
}

export type ColumnShape = { filled: number; typedShare: number };

export function columnShapes(rows: SheetRow[], block: Block): Map<number, ColumnShape> {
  const counts = new Map<number, { filled: number; typed: number }>();
  for (const row of rows) {
    for (const { cell, column } of cellsOf(row, block)) {
      const shape = cellShape(cell);
      if (shape === 'blank') continue;
      const count = counts.get(column) ?? { filled: 0, typed: 0 };
      count.filled++;
      if (isTyped(shape) || shape === 'broken') count.typed++;
      counts.set(column, count);
    }
  }
  return new Map(
    [...counts].map(([column, { filled, typed }]) => [column, { filled, typedShare: typed / filled }]),
  );
}

function looksLikeData(row: SheetRow, block: Block, columns: Map<number, ColumnShape>): boolean {
  let typed = 0;
  for (const { cell, column } of cellsOf(row, block))
    if (isTyped(cellShape(cell)) && (columns.get(column)?.typedShare ?? 0) >= 0.6) typed++;
  return (
    typed >= 1 && typed >= [...columns.values()].filter(({ typedShare }) => typedShare >= 0.6).length * 0.5
  );
}

export function cellsOf(
  row: SheetRow | undefined,
  block: { left: number; right: number },
): { cell: Cell; column: number }[] {
  const found: { cell: Cell; column: number }[] = [];
  if (!row) return found;
  for (let column = block.left; column <= Math.min(block.right, row.cells.length - 1); column++) {
    const cell = row.cells[column];
    if (cell !== undefined) found.push({ cell, column });
  }
  return found;
}

export function mergeAt(merges: CellRange[], row: number, column: number): CellRange | undefined {
  return merges.find(
    (merge) => row >= merge.top && row <= merge.bottom && column >= merge.left && column <= merge.right,
  );
}
