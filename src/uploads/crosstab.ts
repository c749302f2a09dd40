import type { TableColumn } from './find-tables.ts';
import { type PeriodHeader, periodHeader } from './period-headers.ts';
import type { Cell } from './workbook.ts';

export type CrosstabColumn = { column: number; period: PeriodHeader; measure?: string };

/** Months, quarters or years across: at least three headings of one grain. */
export function findCrosstab(columns: TableColumn[]): CrosstabColumn[] {
  const found = columns.flatMap((column): CrosstabColumn[] => {
    for (const [at, cell] of column.headerCells.entries()) {
      const period = headingPeriod(cell);
      if (!period) continue;
      const rest = column.headerCells.filter((_, index) => index !== at).map((other) => other.text.trim());
      return [{ column: column.column, period, ...(rest.length > 0 ? { measure: rest.join(' ') } : {}) }];
    }
    return [];
  });
  for (const grain of ['month', 'quarter', 'year'] as const) {
    const own = found.filter(({ period }) => period.grain === grain);
    if (new Set(own.map(({ period }) => period.start)).size >= 3) return own;
  }
  return [];
}

/** 'Jan', but also 'Budget Jan 2025' and 'Jan-25 Actual'. */
function headingPeriod(cell: Cell): PeriodHeader | undefined {
  const whole = periodHeader(cell);
  if (whole || cell.kind !== 'text') return whole;
  const words = cell.text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 4) return undefined;
  for (const part of [
    words.slice(1).join(' '),
    words.slice(0, -1).join(' '),
    words.at(-1) ?? '',
    words[0] ?? '',
  ]) {
    const period = periodHeader({ kind: 'text', text: part });
    if (period) return period;
  }
  return undefined;
}
