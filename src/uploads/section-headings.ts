import { cellShape } from './cell-shape.ts';
import type { FoundTable } from './find-tables.ts';
import { normalizeHeader } from './normalize-header.ts';
import { filledIn, filledPerRow, flagByCode, type Rows } from './sheet-rows.ts';
import { totalWord } from './total-words.ts';
import { type Cell, isBlank, type SheetRow } from './workbook.ts';

/**
 * Lists by account or branch often have a line with its name alone above its entries, in a column that holds something else
 * in the entries. Such lines become a column of their own beside the table, filled for the entries under them.
 */
export function withSections(table: FoundTable): FoundTable {
  const headings = loneTexts(table.body);
  if (headings.size < 2) return table;
  const isTotal = totalRows(table.body);
  if (!areSections(table, headings, isTotal)) return table;
  const column = Math.max(table.right, ...table.columns.map((other) => other.column)) + 1;
  const codes = new Int32Array(table.body.length);
  const cells: (Cell | undefined)[] = [undefined];
  for (let at = 0; at < codes.length; at++) {
    const heading = headings.get(at);
    if (heading) cells.push(heading);
    else if (isTotal[at] === 0) codes[at] = cells.length - 1;
  }
  return {
    ...table,
    body: table.body.withColumn(column, { codes, cells }),
    columns: [...table.columns, { column, header: null, headerCells: [] }],
  };
}

/** The rows that are entries, as far as their own words tell. */
export function withoutAsides(body: Rows): Rows {
  const lone = loneTexts(body);
  const isTotal = totalRows(body);
  return body.keep((at) => isTotal[at] === 0 && !lone.has(at));
}

/** Of rows that hold one text alone, that text. */
function loneTexts(body: Rows): Map<number, Cell> {
  const found = new Map<number, Cell>();
  const filled = filledPerRow(body, [...body.grid.columns.keys()]);
  for (let at = 0; at < filled.length; at++) {
    const cell = filled[at] === 1 ? loneText(body.row(at)) : undefined;
    if (cell) found.set(at, cell);
  }
  return found;
}

function loneText(row: SheetRow | undefined): Cell | undefined {
  const only = row?.cells.find((cell) => !isBlank(cell));
  return only?.kind === 'text' && cellShape(only) === 'text' ? only : undefined;
}

const NO_TEXT = 0;
const TEXT = 1;
const TOTAL = 2;

/** 1 where one of a row's first two texts says that it is a total. */
function totalRows(body: Rows): Uint8Array {
  const found = new Uint8Array(body.length);
  const texts = new Uint8Array(body.length);
  for (const column of body.grid.columns.keys()) {
    const codes = body.codes(column);
    const saying = flagByCode(body, column, NO_TEXT, (cell) =>
      cell.kind !== 'text' || isBlank(cell) ? NO_TEXT : totalWord(cell.text) === undefined ? TEXT : TOTAL,
    );
    for (let at = 0; at < codes.length; at++) {
      if (texts[at] === 2) continue;
      const says = saying(codes[at] as number);
      if (says === TOTAL) found[at] = 1;
      if (says !== NO_TEXT) texts[at] = (texts[at] as number) + 1;
    }
  }
  return found;
}

/** They stand where entries have values, entries follow them, and they are accounts or have totals of their own. */
function areSections(
  { body, columns }: FoundTable,
  headings: Map<number, Cell>,
  isTotal: Uint8Array,
): boolean {
  if (columns.length < 3) return false;
  const entries = body.keep((at) => !headings.has(at) && isTotal[at] === 0);
  const stands = [...headings.keys()].map((at) => body.row(at)?.cells.findIndex((cell) => !isBlank(cell)));
  const [column = -1] = stands;
  if (entries.length < 2 || stands.some((other) => other !== column)) return false;
  if (filledIn(entries, column) < entries.length * 0.6) return false;
  const texts = [...headings.values()].map((cell) => normalizeHeader(cell.text));
  const totals = [...body.keep((at) => isTotal[at] === 1)].map((row) =>
    row.cells.map((cell) => normalizeHeader(cell?.text ?? '')).join(' '),
  );
  const totalled = texts.filter((text) => totals.some((total) => total.includes(text))).length;
  const coded = texts.filter((text) => /^\d{2,}\b/.test(text)).length;
  return totalled >= texts.length / 2 || coded >= texts.length / 2;
}
