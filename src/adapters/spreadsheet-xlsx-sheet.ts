import { type Cell, type CellRange, columnOf, type Sheet } from '../uploads/workbook.ts';
import { type GridBuilder, gridBuilder } from './spreadsheet-grid-builder.ts';
import { SPREADSHEET_LIMITS as LIMITS, tooLarge } from './spreadsheet-limits.ts';
import { isPlainNumber, numberCell, plainNumberFormat } from './spreadsheet-number-formats.ts';
import { type CellMaker, plainCells } from './spreadsheet-plain-cells.ts';
import { attribute, scanXml, unescapeXml } from './spreadsheet-xml.ts';

export type SheetParts = {
  strings: string[];
  formats: (string | undefined)[];
  is1904: boolean;
  count: (cells: number) => void;
};

type Open = { column: number; type: string; style: number; value: string; inline: string; formula?: string };

/**
 * The rows of one sheet's XML, in UTF-8. Rows and cells that do not say where they stand follow the one before them. It is read as
 * a text of a sign for each byte, in which all that is XML stands as it is; what is not ASCII is read as UTF-8 where it is kept.
 */
export function readXlsxSheet(
  bytes: Buffer,
  parts: SheetParts,
): Pick<Sheet, 'rows' | 'merges' | 'hiddenColumns'> {
  const xml = bytes.toString('latin1');
  const grid = gridBuilder();
  const merges: CellRange[] = [];
  const hiddenColumns: number[] = [];
  let inRow = false;
  let cell: Open | undefined;
  let into: 'value' | 'inline' | 'formula' | undefined;
  let inReading = false;
  const textAt = (from: number, to: number) => fromUtf8(xml.slice(from, to));
  const readPlain = plainCells({ bytes, textAt, maker: plainCellMaker(parts), count: parts.count, grid });

  scanXml(xml, {
    whole: {
      letter: 99,
      read: (open) => (inRow && !cell && !into && !inReading ? readPlain(open) : -1),
    },
    open(name, attributes, empty) {
      switch (name) {
        case 'row':
          startRow(attributes, grid);
          inRow = true;
          break;
        case 'c':
          if (inRow) cell = startCell(attributes, grid.width());
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
      const text = fromUtf8(raw);
      if (into === 'formula') cell.formula = (cell.formula ?? '') + text;
      else cell[into] += text;
    },
    close(name) {
      if (name === 'v' || name === 'f' || name === 't') into = undefined;
      else if (name === 'rPh') inReading = false;
      else if (name === 'row') inRow = false;
      else if (name === 'c' && cell && inRow) {
        const finished = finishCell(cell, parts);
        if (finished) {
          parts.count(1);
          grid.put(cell.column, finished);
        }
        cell = undefined;
      }
    },
  });
  return { rows: grid.rows(), merges, hiddenColumns };
}

function startRow(attributes: string, grid: GridBuilder): void {
  const index = Number(attribute(attributes, 'r') ?? grid.lastIndex() + 2) - 1;
  if (!(index >= 0 && index < LIMITS.rows)) throw tooLarge('It has a row beyond what a workbook can hold.');
  grid.startRow(index, isOn(attribute(attributes, 'hidden')));
}

function fromUtf8(text: string): string {
  return /[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
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

/** Numbers that stand as they are read, which most do, the short way. */
function plainCellMaker(parts: SheetParts): CellMaker {
  return (attributes, isInline) => {
    const { type, style } = shapeOf(attributes);
    const numbers = type === 'n' && !isInline ? plainNumberFormat(parts.formats[style]) : undefined;
    return (text) => {
      if (numbers !== undefined && isPlainNumber(text))
        return numbers.format === undefined
          ? { kind: 'number', text }
          : { kind: 'number', text, format: numbers.format };
      const [value, inline] = isInline ? ['', text] : [text, ''];
      return finishCell({ column: 0, type, style, value, inline }, parts);
    };
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

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
