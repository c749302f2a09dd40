import { type Cell, type CellRange, columnOf, type Sheet, type SheetRow } from '../uploads/workbook.ts';
import { SPREADSHEET_LIMITS as LIMITS, tooLarge } from './spreadsheet-limits.ts';
import { isPlainNumber, numberCell, plainNumberFormat } from './spreadsheet-number-formats.ts';
import { type MakeCell, plainCells } from './spreadsheet-plain-cells.ts';
import { attribute, scanXml, unescapeXml } from './spreadsheet-xml.ts';

export type SheetParts = {
  strings: string[];
  formats: (string | undefined)[];
  is1904: boolean;
  count: (cells: number) => void;
};

type Open = { column: number; type: string; style: number; value: string; inline: string; formula?: string };

/** The rows of one sheet's XML. Rows and cells that do not say where they stand follow the one before them. */
export function readXlsxSheet(
  xml: string,
  parts: SheetParts,
): Pick<Sheet, 'rows' | 'merges' | 'hiddenColumns'> {
  const rows: SheetRow[] = [];
  const merges: CellRange[] = [];
  const hiddenColumns: number[] = [];
  let row: SheetRow | undefined;
  /** Of the row that is open; a row keeps a copy that is as long as it must be. */
  const cells: SheetRow['cells'] = [];
  let cell: Open | undefined;
  let into: 'value' | 'inline' | 'formula' | undefined;
  let inReading = false;
  const readPlain = plainCells(plainCellMaker(parts), parts.count);

  scanXml(xml, {
    whole: {
      letter: 99,
      read: (text, open) => (row && !cell && !into && !inReading ? readPlain(text, open, cells) : -1),
    },
    open(name, attributes, empty) {
      switch (name) {
        case 'row':
          if (row) endRow(row, cells);
          row = startRow(attributes, rows.at(-1)?.index ?? -1);
          rows.push(row);
          break;
        case 'c':
          if (row) cell = startCell(attributes, cells.length);
          break;
        case 'v':
          into = empty ? undefined : 'value';
          break;
        case 'f':
          if (cell) cell.formula ??= '';
          into = empty ? undefined : 'formula';
          break;
        case 't':
          into = empty || inReading ? undefined : 'inline';
          break;
        case 'rPh':
          inReading = !empty;
          break;
        case 'col':
          hideColumns(attributes, hiddenColumns);
          break;
        case 'mergeCell':
          addMerge(attribute(attributes, 'ref') ?? '', merges);
          break;
      }
    },
    text(raw) {
      if (!cell || !into) return;
      if (into === 'formula') cell.formula = (cell.formula ?? '') + raw;
      else cell[into] += raw;
    },
    close(name) {
      if (name === 'v' || name === 'f' || name === 't') into = undefined;
      else if (name === 'rPh') inReading = false;
      else if (name === 'row') {
        if (row) endRow(row, cells);
        row = undefined;
      } else if (name === 'c' && cell && row) {
        const finished = finishCell(cell, parts);
        if (finished) {
          parts.count(1);
          cells[cell.column] = finished;
        }
        cell = undefined;
      }
    },
  });
  if (row) endRow(row, cells);
  return { rows: inOrder(rows), merges, hiddenColumns };
}

function endRow(row: SheetRow, cells: SheetRow['cells']): void {
  row.cells = cells.slice();
  cells.length = 0;
}

function startRow(attributes: string, before: number): SheetRow {
  const index = Number(attribute(attributes, 'r') ?? before + 2) - 1;
  if (!(index >= 0 && index < LIMITS.rows)) throw tooLarge('It has a row beyond what a workbook can hold.');
  return { index, hidden: isOn(attribute(attributes, 'hidden')), cells: [] };
}

function startCell(attributes: string, next: number): Open {
  const reference = attribute(attributes, 'r');
  const column = reference ? columnOf(reference) : next;
  if (!(column >= 0 && column < 16_384)) throw tooLarge('It has a cell beyond what a workbook can hold.');
  if (column >= LIMITS.columns) throw tooLarge(`It has more than ${LIMITS.columns} columns.`);
  return { column, ...shapeOf(attributes), value: '', inline: '' };
}

function shapeOf(attributes: string): { type: string; style: number } {
  return { type: attribute(attributes, 't') ?? 'n', style: Number(attribute(attributes, 's') ?? -1) };
}

function finishCell(open: Open, parts: SheetParts): Cell | undefined {
  const formula = open.formula === undefined ? NO_FORMULA : { formula: unescapeXml(open.formula) };
  const value = unescapeXml(open.value);
  const format = parts.formats[open.style];
  switch (open.type) {
    case 's':
      return textCell(parts.strings[Number(value)] ?? '', formula);
    case 'inlineStr':
      return textCell(unescapeXml(open.inline), formula);
    case 'str':
      return textCell(value, formula);
    case 'b':
      return value === ''
        ? withoutResult(open)
        : { kind: 'boolean', text: isOn(value) ? 'true' : 'false', ...formula };
    case 'e':
      return { kind: 'error', text: value || '#ERROR!', ...formula };
    case 'd':
      return { kind: 'date', text: value.replace(/Z$|\.\d+/g, '').replace(/T00:00(:00)?$/, ''), ...formula };
    default:
      if (value.trim() === '') return withoutResult(open);
      if (Number.isNaN(Number(value))) return textCell(value, formula);
      return withFormula(numberCell(Number(value), format, parts.is1904), formula);
  }
}

/** A cell of these attributes; numbers that stand as they are read, which most do, the short way. */
function plainCellMaker(parts: SheetParts): MakeCell {
  const shapes = new Map<string, { type: string; style: number; numbers: { format?: string } | undefined }>();
  const shapeBy = (attributes: string) => {
    let shape = shapes.get(attributes);
    if (shape === undefined) {
      const { type, style } = shapeOf(attributes);
      shape = { type, style, numbers: type === 'n' ? plainNumberFormat(parts.formats[style]) : undefined };
      if (shapes.size < 1_000) shapes.set(attributes, shape);
    }
    return shape;
  };
  return (attributes, text, isInline) => {
    const { type, style, numbers } = shapeBy(attributes);
    if (numbers !== undefined && !isInline && isPlainNumber(text))
      return numbers.format === undefined
        ? { kind: 'number', text }
        : { kind: 'number', text, format: numbers.format };
    const [value, inline] = isInline ? ['', text] : [text, ''];
    return finishCell({ column: 0, type, style, value, inline }, parts);
  };
}

const NO_FORMULA: { formula?: string } = {};

function withFormula(cell: Cell, formula: { formula?: string }): Cell {
  return formula === NO_FORMULA ? cell : { ...cell, ...formula };
}

/** A formula that was saved without what it came to: no program here computes it. */
function withoutResult(open: Open): Cell | undefined {
  return open.formula === undefined
    ? undefined
    : { kind: 'formula', text: '', formula: unescapeXml(open.formula) };
}

function textCell(text: string, formula: { formula?: string }): Cell | undefined {
  if (text === '' && formula.formula === undefined) return undefined;
  const cut = text.length > LIMITS.cellCharacters ? text.slice(0, LIMITS.cellCharacters) : text;
  return withFormula({ kind: 'text', text: unescapeControls(cut) }, formula);
}

/** Control characters are kept in workbooks as _x000D_. */
function unescapeControls(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-F]{4})_/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function hideColumns(attributes: string, hidden: number[]): void {
  if (!isOn(attribute(attributes, 'hidden'))) return;
  const last = Math.min(Number(attribute(attributes, 'max')), LIMITS.columns);
  for (let column = Number(attribute(attributes, 'min')); column <= last; column++) hidden.push(column - 1);
}

function addMerge(reference: string, merges: CellRange[]): void {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i.exec(reference);
  if (!match || merges.length >= LIMITS.merges) return;
  const [, left = '', top = '', right = '', bottom = ''] = match;
  merges.push({
    top: Number(top) - 1,
    left: columnOf(left),
    bottom: Number(bottom) - 1,
    right: columnOf(right),
  });
}

function inOrder(rows: SheetRow[]): SheetRow[] {
  const sorted = rows.every((row, at) => at === 0 || (rows[at - 1]?.index ?? 0) < row.index);
  return sorted ? rows : rows.toSorted((a, b) => a.index - b.index);
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
