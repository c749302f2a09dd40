import type { ResultTable } from '../domain/result-table.ts';
import { capitalise } from './describe-query.ts';
import { formatCell, type Locale } from './format-value.ts';

/** Plain sentences about a table that no metric query made: what it is, and what its first row says. */
export function explainTable(title: string, table: ResultTable, locale: Locale): string[] {
  const [first] = table.rows;
  if (!first) return [];
  const said = table.columns.slice(0, 6).map((column, index) => {
    const label = (column.label ?? column.name.replaceAll('_', ' ')).toLowerCase();
    return `${label} ${formatCell(first[index] ?? null, column, locale)}`;
  });
  if (table.rows.length === 1) return [`${capitalise(title)}: ${said.join(', ')}.`];
  const rows = table.truncated ? `the first ${table.rows.length} rows` : `${table.rows.length} rows`;
  return [`${capitalise(title)}: ${rows}.`, `First: ${said.join(', ')}.`];
}
