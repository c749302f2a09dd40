import type { Cell, ResultColumn, ResultTable } from '../domain/result-table.ts';

/** A spreadsheet reads a cell that begins like this as a formula. */
const LOOKS_LIKE_A_FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A result as a CSV file: UTF-8 with its mark (Excel needs it), exact values, text that is no formula. */
export function toCsv(table: ResultTable): Uint8Array {
  const header = table.columns.map((column) => quoted(harmless(column.label ?? column.name)));
  const rows = table.rows.map((row) =>
    table.columns.map((column, index) => csvCell(row[index] ?? null, column)).join(','),
  );
  return Buffer.from(`\uFEFF${[header.join(','), ...rows].join('\r\n')}\r\n`, 'utf8');
}

export function fileName(title: string, extension: string): string {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'answer'}.${extension}`;
}

function csvCell(cell: Cell, column: ResultColumn): string {
  if (cell === null) return '';
  const text = String(cell);
  const isNumber = column.type === 'integer' || column.type === 'decimal';
  return quoted(isNumber && /^-?\d+(\.\d+)?$/.test(text) ? text : harmless(text));
}

function harmless(text: string): string {
  return LOOKS_LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
