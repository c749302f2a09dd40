import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';
import { formatCell, type Locale, readable } from '../questions/format-value.ts';
import { type Block, cut } from './block.ts';
import { LIMITS } from './limits.ts';

export type TableBlock = { block: Block | null; shownRows: number; shownColumns: number };

const CELL_TEXT = 120;
/** Rows on one screen of the table; the rest is a click away. */
const PAGE = 10;

/** Slack's own data table, with as many rows as `room` (characters of JSON) and Slack's limits allow. */
export function tableBlock(
  table: ResultTable,
  options: { caption: string; locale: Locale; room: number },
): TableBlock {
  const columns = table.columns.slice(0, LIMITS.tableColumns);
  const header = columns.map((column) => rawText(column.label ?? inWords(column.name)));
  const rows: Block[][] = [header];
  const frame = { type: 'data_table', block_id: 'table', caption: cut(options.caption, 200) };
  let json = JSON.stringify({ ...frame, rows, page_size: PAGE }).length;
  let characters = lettersIn(header);
  for (const row of table.rows.slice(0, LIMITS.tableRows)) {
    const cells = columns.map((column, index) => tableCell(row[index] ?? null, column, options.locale));
    json += JSON.stringify(cells).length + 1;
    characters += lettersIn(cells);
    if (json > options.room || characters > LIMITS.tableCharacters) break;
    rows.push(cells);
  }
  if (columns.length === 0 || rows.length < 2) return { block: null, shownRows: 0, shownColumns: 0 };
  return {
    block: { ...frame, rows, page_size: PAGE },
    shownRows: rows.length - 1,
    shownColumns: columns.length,
  };
}

function inWords(name: string): string {
  const words = readable(name);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function tableCell(cell: Cell, column: ResultColumn, locale: Locale): Block {
  const text = formatCell(cell, column, locale);
  const isNumber = column.type === 'integer' || column.type === 'decimal';
  const value = Number(cell);
  return isNumber && cell !== null && cell !== '' && Number.isFinite(value)
    ? { type: 'raw_number', value, text: cut(text, CELL_TEXT) }
    : rawText(text);
}

function rawText(text: string): Block {
  return { type: 'raw_text', text: cut(text, CELL_TEXT) };
}

function lettersIn(cells: Block[]): number {
  return cells.reduce((sum, cell) => sum + String(cell.text).length, 0);
}
