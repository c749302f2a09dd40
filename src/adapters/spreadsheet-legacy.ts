import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import type { Rows } from '../uploads/sheet-rows.ts';
import type { Cell, FileKind, Sheet, Workbook } from '../uploads/workbook.ts';
import { gridBuilder } from './spreadsheet-grid-builder.ts';
import { cellCounter, SPREADSHEET_LIMITS as LIMITS, tooLarge, unreadable } from './spreadsheet-limits.ts';
import { numberCell } from './spreadsheet-number-formats.ts';

/** Reads xls, xlsb, ods, the XML of Excel 2003, and pages of HTML that were named .xls. */
export async function readLegacy(bytes: Buffer, kind: FileKind, text?: string): Promise<Workbook> {
  const { read, utils } = await import('@e965/xlsx');
  const options = { dense: true, cellNF: true, cellStyles: true, sheetStubs: true, bookVBA: true } as const;
  let book: WorkBook;
  try {
    book =
      text === undefined
        ? read(bytes, { ...options, type: 'buffer' })
        : read(text, { ...options, type: 'string', raw: true });
  } catch (cause) {
    throw unreadable(sentenceFor(cause), cause);
  }
  if (book.SheetNames.length > LIMITS.sheets) throw tooLarge(`It has more than ${LIMITS.sheets} sheets.`);
  const count = cellCounter();
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  // A damaged file may have a sheet without a name.
  const names: readonly (string | undefined)[] = book.SheetNames;
  const sheets = names.map((found, at): Sheet => {
    const name = found ?? `Sheet ${at + 1}`;
    const sheet = book.Sheets[found ?? 'undefined'] ?? {};
    const hidden = (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0;
    return {
      name,
      hidden,
      rows: readRows(sheet, is1904, count, utils.decode_range),
      merges: (sheet['!merges'] ?? [])
        .slice(0, LIMITS.merges)
        .map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c })),
      hiddenColumns: (sheet['!cols'] ?? []).flatMap((column, index) => (column?.hidden ? [index] : [])),
    };
  });
  const warnings = book.vbaraw ? ['The workbook holds macros. They were not run.'] : [];
  return { kind, sheets, warnings };
}

function readRows(
  sheet: WorkSheet,
  is1904: boolean,
  count: (cells: number) => void,
  decode: (range: string) => { s: { r: number }; e: { r: number } },
): Rows {
  const grid = gridBuilder();
  const reference = sheet['!ref'];
  const data = sheet['!data'];
  if (!reference || !data) return grid.rows();
  const { s, e } = decode(reference);
  for (let index = s.r; index <= Math.min(e.r, LIMITS.rows); index++) {
    const cells: [number, Cell][] = [];
    for (const [column, found] of (data[index] ?? []).entries()) {
      const cell = found && toCell(found, is1904);
      if (!cell) continue;
      if (column >= LIMITS.columns) throw tooLarge(`It has more than ${LIMITS.columns} columns.`);
      count(1);
      cells.push([column, cell]);
    }
    if (cells.length === 0) continue;
    grid.startRow(index, sheet['!rows']?.[index]?.hidden === true);
    for (const [column, cell] of cells) grid.put(column, cell);
  }
  return grid.rows();
}

function toCell(cell: CellObject, is1904: boolean): Cell | undefined {
  const formula = typeof cell.f === 'string' ? { formula: cell.f } : {};
  const format = typeof cell.z === 'string' ? cell.z : undefined;
  if (cell.v === undefined || cell.v === null)
    return 'formula' in formula && cell.t !== 'e' ? { kind: 'formula', text: '', ...formula } : undefined;
  switch (cell.t) {
    case 'n':
      return { ...numberCell(Number(cell.v), format, is1904), ...formula };
    case 'b':
      return { kind: 'boolean', text: cell.v ? 'true' : 'false', ...formula };
    case 'e':
      return { kind: 'error', text: errorSign(cell), ...formula };
    case 'd':
      return { kind: 'date', text: dateText(cell.v as Date), ...formula };
    case 's': {
      const text = String(cell.v).slice(0, LIMITS.cellCharacters);
      return text === '' && !('formula' in formula) ? undefined : { kind: 'text', text, ...formula };
    }
    case 'z':
      return undefined;
  }
}

const ERROR_SIGNS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

function errorSign(cell: CellObject): string {
  return cell.w ?? ERROR_SIGNS[Number(cell.v)] ?? '#ERROR!';
}

function dateText(value: Date): string {
  const rounded = new Date(Math.round(value.getTime() / 1000) * 1000);
  return Number.isNaN(rounded.getTime()) ? '' : rounded.toISOString().slice(0, 19).replace('T00:00:00', '');
}

function sentenceFor(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/password|encrypt/i.test(message)) return 'It is protected by a password. Send it without one.';
  return 'The workbook is damaged, or not of the kind that its name says. Save it again as xlsx and resend it.';
}
