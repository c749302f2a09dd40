import type { UploadFeed } from './feeds.ts';
import type { ReadTable } from './read-table.ts';
import type { TableKeys } from './table-keys.ts';
import type { SurveyedTable, Understanding, UnderstoodColumn } from './understand-table.ts';
import type { Sheet } from './workbook.ts';

/** All that was found of one table, for the preview and for what is made of it later. */
export type UploadTable = {
  keys: TableKeys;
  sheet: Sheet;
  table: SurveyedTable;
  columns: UnderstoodColumn[];
  understanding: Understanding;
  feed: UploadFeed | undefined;
  used: boolean;
  read: ReadTable;
};
