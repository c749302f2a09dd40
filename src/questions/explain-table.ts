import { capitalise } from '../composer/describe-query.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { formatCell, type Locale } from './format-value.ts';

/** Plain sentences about a table that no metric query made: what it is, and what its first row says. */
export function explainTable(title: string, table: ResultTable, locale: Locale): string[] {
  const [first] = table.rows;
  if (!first) return [];
  const [day, ...figures] = table.columns;
  if (
    table.rows.length === 1 &&
    day?.type === 'date' &&
    figures.length > 0 &&
    figures.every(({ type }) => type !== 'text')
  )
    return [oneDay(table, locale)];
  const said = table.columns.slice(0, 6).map((column, index) => {
    const label = (column.label ?? column.name.replaceAll('_', ' ')).toLowerCase();
    return `${label} ${formatCell(first[index] ?? null, column, locale)}`;
  });
  if (table.rows.length === 1) return [`${capitalise(title)}: ${said.join(', ')}.`];
  const rows = table.truncated ? `the first ${table.rows.length} rows` : `${table.rows.length} rows`;
  return [`${capitalise(title)}: ${rows}.`, `First: ${said.join(', ')}.`];
}

/** 'On 15 Nov 2026: orders 53, revenue ...'. */
function oneDay(table: ResultTable, locale: Locale): string {
  const row = table.rows[0] ?? [];
  const [day = '', ...figures] = table.columns.map((column, index) =>
    formatCell(row[index] ?? null, column, locale),
  );
  const said = figures.map((figure, index) => {
    const column = table.columns[index + 1];
    return `${(column?.label ?? column?.name ?? '').toLowerCase()} ${figure}`;
  });
  return `On ${day}: ${said.join(', ')}.`;
}
