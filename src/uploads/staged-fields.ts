import { add, decimal, toShortText, ZERO } from '../domain/decimal.ts';
import { titleDay } from './ask-about.ts';
import type { ReadRow } from './read-table.ts';
import type { ReadOptions } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';

/** A row of a staged file, by column. */
export type Fields = Record<string, string>;

/** A row of a table that is about to become rows of a staged file. */
export type RowToStage = {
  table: UploadTable;
  row: ReadRow;
  /** What the row says, by the name of what each column means. */
  values: Fields;
  id: string;
  options: ReadOptions;
  /** Gathers sentences for the person who uploads. */
  notes: Set<string>;
};

/** A day from a day, a time or a month. */
export function dayText(text: string | undefined): string {
  if (text === undefined) return '';
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text.slice(0, 10);
}

/** The one day of a whole table: as it was answered, else as a title says. */
export function dayOfTable({ table, options }: RowToStage): string | undefined {
  return options.answers?.[`day:${table.keys.own}`] ?? titleDay(table.table.titles)?.days[0]?.slice(0, 10);
}

/** Empty when there is nothing to add. */
export function sumText(...texts: (string | undefined)[]): string {
  const given = texts.filter((text) => text !== undefined);
  return given.length === 0
    ? ''
    : toShortText(given.reduce((total, text) => add(total, decimal(text)), ZERO));
}

/** Whether it was answered that the signs of the table's amounts stand for their contrary. */
export function isReversed({ table, options }: RowToStage): boolean {
  return options.answers?.[`sign:${table.keys.key}`] === 'reversed';
}
