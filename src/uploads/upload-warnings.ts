import { groupBy } from './group-by.ts';
import { columnLabel, type ReadTable } from './read-table.ts';
import { filledIn } from './sheet-rows.ts';
import type { UnderstoodColumn } from './understand-table.ts';
import type { UploadTable } from './upload-table.ts';
import { cellName, columnName, type Sheet, type Workbook } from './workbook.ts';

/** What a person should know of how it was read. */
export function uploadWarnings(tables: readonly UploadTable[], workbook: Workbook): string[] {
  return [
    ...workbook.warnings,
    ...workbook.sheets.flatMap(warningsOfSheet),
    ...tables.flatMap(warningsOfTable),
  ];
}

function warningsOfSheet(sheet: Sheet): string[] {
  const warnings: string[] = [];
  if (sheet.hidden) warnings.push(`The sheet '${sheet.name}' is hidden. It is not used.`);
  const rows = sheet.rows.grid.hidden.size;
  if (rows > 0 && !sheet.hidden)
    warnings.push(
      `'${sheet.name}' has ${rows} hidden ${rows === 1 ? 'row' : 'rows'}. They are read like the others.`,
    );
  const columns = sheet.hiddenColumns.filter((column) => filledIn(sheet.rows, column) > 0);
  if (columns.length > 0)
    warnings.push(
      `'${sheet.name}' has hidden columns (${columns.slice(0, 10).map(columnName).join(', ')}). They are read like the others.`,
    );
  return warnings;
}

function warningsOfTable({ sheet, feed, used, read, columns, table }: UploadTable): string[] {
  const warnings: string[] = [];
  if (!used) {
    if (!sheet.hidden && table.body.length > 0)
      warnings.push(
        `'${sheet.name}', ${cellName(table.left, table.headerRows[0] ?? table.body.row(0)?.index ?? 0)}: this table is not used.`,
      );
    return warnings;
  }
  warnings.push(...differences(sheet.name, read));
  const left = groupBy(read.leftOut, ({ kind }) => kind);
  for (const [kind, rows] of left)
    warnings.push(
      `'${sheet.name}': ${rows.length} ${rows.length === 1 ? 'row was' : 'rows were'} left out as ${kind} (row ${rows
        .slice(0, 5)
        .map(({ row }) => row)
        .join(', ')}${rows.length > 5 ? ' ...' : ''}).`,
    );
  if (read.groupColumns.length > 0)
    warnings.push(
      `'${sheet.name}': headings above groups of rows were taken as values of the rows below them.`,
    );
  const balances = feed?.name === 'ledger_entries' || feed?.name === 'trial_balance';
  const unbalanced = balances ? imbalance(columns, read) : undefined;
  if (unbalanced) warnings.push(`'${sheet.name}': debits and credits differ by ${unbalanced}.`);
  return warnings;
}

function differences(name: string, read: ReadTable): string[] {
  return read.controlTotals
    .filter(({ agrees }) => !agrees)
    .slice(0, 10)
    .map(
      ({ cell, says, rowsComeTo, column }) =>
        `'${name}' ${cell} says that '${column}' comes to ${says}, but the rows come to ${rowsComeTo}.`,
    );
}

function imbalance(columns: UnderstoodColumn[], read: ReadTable): string | undefined {
  const total = (to: string) => {
    const column = columns.find(({ mapped }) => mapped?.to === to);
    return column ? Number(read.totals[columnLabel(column)] ?? Number.NaN) : Number.NaN;
  };
  const difference = Math.abs(total('debit')) - Math.abs(total('credit'));
  return Number.isNaN(difference) || Math.abs(difference) < 0.005 || read.rowsRefused > 0
    ? undefined
    : difference.toFixed(2);
}
