import type { SheetText } from '../ports/workbook-reader.ts';
import { type Cell, cellName, type Sheet, type Workbook } from '../uploads/workbook.ts';
import { unreadable } from './spreadsheet-limits.ts';

/** The sheets that hold anything. A line break within a cell becomes a space, so that lines are rows. */
export function sheetTexts(workbook: Workbook): SheetText[] {
  return workbook.sheets
    .filter(({ rows }) =>
      rows.grid.columns.some(({ cells }) => cells.some((cell) => cell !== undefined && cell.text !== '')),
    )
    .map((sheet) => ({ name: sheet.name, hidden: sheet.hidden, csv: Buffer.from(csvOf(sheet)) }));
}

function csvOf(sheet: Sheet): string {
  const width = sheet.rows.grid.columns.length;
  const lines: string[] = [];
  for (const { index, cells } of sheet.rows) {
    while (lines.length < index) lines.push('');
    const texts = Array.from({ length: width }, (_, column) => textOf(cells[column], sheet, column, index));
    lines.push(texts.every((text) => text === '') ? '' : texts.join(','));
  }
  return `${lines.join('\n')}\n`;
}

function textOf(cell: Cell | undefined, sheet: Sheet, column: number, row: number): string {
  if (!cell) return '';
  if (cell.kind === 'formula')
    throw unreadable(
      `${sheet.name}!${cellName(column, row)} is a formula that was saved without its result. Open the workbook, let it calculate, and save it again.`,
    );
  const text = cell.text.replace(/\s*[\r\n]+\s*/g, ' ');
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
