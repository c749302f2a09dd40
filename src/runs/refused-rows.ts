import type { Cell } from '../domain/result-table.ts';
import type { Warehouse } from '../ports/warehouse.ts';

const MOST_ROWS = 100_000;
const HEADER = ['file', 'line', 'column', 'value', 'reason', 'row'];

/** All refused rows of a run as CSV, with cells that a spreadsheet would run as a formula made harmless; null when there are none. */
export async function refusedRowsCsv(
  run: string,
  warehouse: Warehouse,
): Promise<{ name: string; csv: Uint8Array } | null> {
  const found = await warehouse.read({
    sql: 'select file_name, line_no, column_name, value, reason, raw from ops.refused_rows where run_id = :run order by file_name, line_no, column_name',
    params: { run },
    schema: 'retail',
    maxRows: MOST_ROWS,
    timeoutMs: 60_000,
  });
  if (found.rows.length === 0) return null;
  const lines = [HEADER, ...found.rows].map((row) => row.map(csvCell).join(','));
  return { name: `refused-${run}.csv`, csv: new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`) };
}

function csvCell(cell: Cell | undefined): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
