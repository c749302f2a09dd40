import type { SurveyedColumn } from './match-columns.ts';
import type { Conventions } from './read-column.ts';
import type { SurveyedTable } from './understand-table.ts';
import type { ReadOptions } from './upload-preview.ts';
import type { Workbook } from './workbook.ts';

/** How a column's dates and decimals are written: by its own proof, else by that of the whole file, else as usual. */
export function fileConventions(
  tables: SurveyedTable[],
  workbook: Workbook,
  { answers }: ReadOptions,
): (column: SurveyedColumn) => Conventions {
  const surveys = tables.flatMap(({ surveyed }) => surveyed.map(({ survey }) => survey));
  const sum = (pick: (survey: SurveyedColumn['survey']) => number) =>
    surveys.reduce((total, survey) => total + pick(survey), 0);
  const comma = sum(({ signs }) => signs[',']);
  const dot = sum(({ signs }) => signs['.']);
  const dmy = sum(({ orders }) => orders.dmy);
  const mdy = sum(({ orders }) => orders.mdy);
  const fileSign = comma > dot || (comma === dot && workbook.delimiter === ';') ? ',' : '.';
  const fileOrder = mdy > dmy ? 'mdy' : 'dmy';
  return ({ survey: { signs, orders } }) => ({
    decimalSign:
      (answers?.['decimal-sign'] as ',' | '.' | undefined) ??
      (signs[','] === signs['.'] ? fileSign : signs[','] > signs['.'] ? ',' : '.'),
    dateOrder:
      (answers?.['date-order'] as 'dmy' | 'mdy' | undefined) ??
      (orders.dmy === orders.mdy ? fileOrder : orders.mdy > orders.dmy ? 'mdy' : 'dmy'),
  });
}
